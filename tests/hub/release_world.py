"""A hub at whose desk release codes are given, and kiosks at which they are typed."""

from dataclasses import dataclass

from sqlalchemy import select

from kiosk.domain.policy import Action
from kiosk.domain.release import Document, NotGiven
from kiosk.domain.roles import Role
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services.refusal import No
from kiosk.hub.services.release_codes import Desk, Given, Wanted, give
from kiosk.hub.services.release_use import judge
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.staff_tables import StaffAct
from kiosk.hub.store.tables import Message, Person
from kiosk.wire.enrolment import Token
from kiosk.wire.identity import PinAccepted, PinAnswer, PinDenied, ReleaseTyped
from kiosk.wire.tickets import ClaimMade, NumberClaimed
from tests.hub.account_world import CountingDirectory
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.real.plain_kiosk import new_op

#: An engineer, an administrator, and two students of the sample campus.
DONG, YU, ZHANG, EMMA = "dong-mei", "yu-hua", "zhang-ming", "emma-smith"
SEEN = frozenset({Document.ID_CARD})


@dataclass
class ReleaseDesk:
    world: World
    directory: CountingDirectory
    desk: Desk

    @classmethod
    def of(cls, world: World, public_url: str = PUBLIC_URL) -> "ReleaseDesk":
        directory, notices = CountingDirectory(world), BuiltinNotices(world.clock)
        return cls(world, directory, Desk(world.store, directory, world.keys, notices, world.clock, public_url))

    def person(self, id: str) -> Person:
        with self.world.store.read() as db:
            return db.get_one(Person, id)

    def claim(self, id: str = ZHANG) -> NumberClaimed:
        return NumberClaimed(self.person(id).number)

    def change(self, id: str, **fields: object) -> None:
        with self.world.store.write() as db:
            person = db.get_one(Person, id)
            for name, value in fields.items():
                setattr(person, name, value)

    def give_role(self, id: str, role: Role) -> None:
        self.change(id, role=role.value)

    def asked(
        self, by: str = DONG, whom: str = ZHANG, action: Action = Action.SET_PIN, seen: frozenset[Document] = SEEN
    ) -> Given | NotGiven:
        return give(self.desk, Wanted(by, self.person(whom).number, action, seen))

    def given(self, by: str = DONG, whom: str = ZHANG, action: Action = Action.SET_PIN) -> str:
        """The code."""
        answer = self.asked(by, whom, action)
        assert isinstance(answer, Given), answer
        return answer.code.reveal()

    def bearer(self, kiosk: HubKiosk) -> str:
        with self.world.store.write() as db:
            bought = buy_token(db, kiosk.assertion(), self.world.now)
        assert isinstance(bought, Token)
        return f"Bearer {bought.token}"

    def type(
        self, kiosk: HubKiosk, code: str, claim: ClaimMade | None = None, op: str = "", visit: str = ""
    ) -> PinAnswer:
        typed = ReleaseTyped(op or new_op(), claim or self.claim(), code)
        answer = judge(self.desk, self.bearer(kiosk), typed, visit, latin=False)
        assert not isinstance(answer, No), answer
        return answer

    def why(self, kiosk: HubKiosk, code: str, claim: ClaimMade | None = None, op: str = "") -> str:
        answer = self.type(kiosk, code, claim, op)
        return answer.why if isinstance(answer, PinDenied) else "accepted"

    def session(self, kiosk: HubKiosk, code: str, claim: ClaimMade | None = None, op: str = "") -> str:
        answer = self.type(kiosk, code, claim, op)
        assert isinstance(answer, PinAccepted), answer
        return answer.session


def messages(desk: ReleaseDesk, person: str = ZHANG) -> list[tuple[str, str, str]]:
    with desk.world.store.read() as db:
        rows = db.scalars(select(Message).where(Message.person == person).order_by(Message.id))
        return sorted((row.kind, row.channel, row.text) for row in rows)


def acts(desk: ReleaseDesk) -> list[tuple[str, str, str, str]]:
    with desk.world.store.read() as db:
        return [(row.by, row.what, row.about, row.why) for row in db.scalars(select(StaffAct).order_by(StaffAct.id))]


def other_than(code: str) -> str:
    """A wrong one."""
    return f"{(int(code) + 1) % 10 ** len(code):0{len(code)}d}"
