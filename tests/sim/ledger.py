"""What visitors did and what they were told: the simulator's own memory, beside everything it looks at."""

from dataclasses import dataclass, field
from enum import StrEnum

from tests.sim.campus import TEXTS_BEGIN, Somebody


class What(StrEnum):
    TICKET = "ticket"
    LOSS = "loss"
    FOUND = "found"
    FEEDBACK = "feedback"
    ME_TOO = "me_too"
    COMMENT = "comment"
    WITHDRAW = "withdraw"


class Shown(StrEnum):
    """Who the act is about, and what stood behind that."""

    NOBODY = "nobody"
    UNKNOWN = "unknown"  # a number or card that is nobody's
    NUMBER = "number"
    CARD = "card"
    VERIFIED = "verified"
    PIN = "pin"  # sealed into the operation
    WRONG_PIN = "wrong pin"


class Said(StrEnum):
    NOTHING = "nothing"  # the process died before it could say anything: saved or not, both are honest
    SAVED = "saved"
    NOT_SAVED = "not saved"


@dataclass(slots=True)
class Act:
    """``ops``: the ids it was sealed under; ``about``: the report it is about; ``text`` has the act's number in it;
    ``brought``: on paper, before its kiosk was heard."""

    number: int
    kiosk: str
    what: What
    shown: Shown
    who: Somebody | None
    about: str = ""
    uid: str = ""
    ops: list[str] = field(default_factory=list)
    said: Said = Said.NOTHING
    op: str = ""
    reference: str = ""
    effects: int = 0
    brought: bool = False

    @property
    def text(self) -> str:
        return f"{TEXTS_BEGIN}{self.number}"


@dataclass(slots=True)
class Order:
    """A top-up, under the id the kiosk made. ``paid``: the payer's phone said so; ``posted``: how often."""

    op: str
    who: Somebody
    amount: int
    paid: bool = False
    posted: int = 0


@dataclass
class Ledger:
    """``fresh``: saved, and not looked at by anybody yet."""

    acts: list[Act] = field(default_factory=list)
    by_op: dict[str, Act] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    references: dict[str, Act] = field(default_factory=dict)
    fresh: list[Act] = field(default_factory=list)
    present: dict[str, Act] = field(default_factory=dict)  # by kiosk: whose operation is being sealed

    def begin(self, kiosk: str, what: What, shown: Shown, who: Somebody | None, about: str = "", uid: str = "") -> Act:
        act = Act(len(self.acts) + 1, kiosk, what, shown, who, about, uid)
        self.acts.append(act)
        self.present[kiosk] = act
        return act

    def sealed(self, kiosk: str, op: str) -> None:
        act = self.present[kiosk]
        act.ops.append(op)
        self.by_op[op] = act

    def saved(self, act: Act, op: str, reference: str) -> None:
        act.said, act.op, act.reference = Said.SAVED, op, reference
        self.fresh.append(act)

    def not_saved(self, act: Act) -> None:
        act.said = Said.NOT_SAVED

    def counted(self, said: Said) -> int:
        return sum(act.said is said for act in self.acts)

    def tickets(self) -> list[Act]:
        """That were saved."""
        return [act for act in self.acts if act.what is What.TICKET and act.said is Said.SAVED]
