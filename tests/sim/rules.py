"""What must hold, after every step: at the kiosks by what their disks say, at the hub by what its database says.

Nothing here asks the code under test: the ledger of what people did and were told, two databases, and the files.
"""

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from kiosk.domain.operations import OpId
from kiosk.hub.services.naming import CARD_LOSS
from kiosk.offline.outbox_reading import Verification, verify
from kiosk.sqlite import dbapi
from tests.sim.campus import CARDS_BEGIN, NUMBERS_BEGIN, TEXTS_BEGIN
from tests.sim.ledger import Act, Ledger, Said, Shown, What

if TYPE_CHECKING:
    from tests.sim.kiosk_side import KioskSide
    from tests.sim.simulation import Simulation

#: What may not stand readable in any file of a kiosk.
PERSONAL = tuple(text.encode() for text in (NUMBERS_BEGIN, CARDS_BEGIN, TEXTS_BEGIN))
_ROWS = (
    "SELECT op_id, state, last_answer FROM outbox WHERE state != 'settled' OR op_id IN (SELECT value FROM json_each(?))"
)
_LOST = "lost"


class Broken(AssertionError):
    """A rule does not hold; the message says which, and whose operation."""


class Rules:
    def __init__(self, sim: "Simulation") -> None:
        self._sim, self._ledger = sim, sim.ledger
        self._hub: Any = dbapi.connect(f"file:{sim.hub.file}?mode=ro", uri=True, isolation_level=None)
        self._seen = {table: self._last(table) for table in ("tickets", "card_losses", "card_findings", "affected")}
        self._seen |= {table: self._last(table) for table in ("ticket_history", "journal_entries")}
        self._open: dict[str, dict[str, Act]] = defaultdict(dict)  # by kiosk: saved, and not ended when last seen
        self._commits: dict[str, int] = {}
        self._done: dict[str, list[int]] = defaultdict(list)  # by report: acts in the order they took effect
        self._on_paper = False

    def close(self) -> None:
        self._hub.close()

    # -- a kiosk -----------------------------------------------------------------------------------------------
    def look_at(self, kiosk: "KioskSide") -> None:
        """After every step of it in which its disk changed."""
        self._take_in()
        if self._commits.get(kiosk.name) == kiosk.disk.commits or kiosk.disk.seen() is None:
            return
        self._commits[kiosk.name] = kiosk.disk.commits
        open_now = self._open[kiosk.name]
        rows = kiosk.disk.seen().execute(_ROWS, (_json(open_now),)).fetchall()
        states = {op: (state, answer) for op, state, answer in rows}
        for op, act in list(open_now.items()):
            state, answer = states.get(op, (_LOST, ""))
            if state == _LOST:
                raise Broken(f"{_about(act)}: what was saved is not on the disk of {kiosk.name} any more")
            if state == "settled":
                self._has_answer(act)
                del open_now[op]
            elif state == "dead":
                self._may_be_dead(act, answer)
                del open_now[op]

    def _take_in(self) -> None:
        """What people were told since the last look."""
        while self._ledger.fresh:
            act = self._ledger.fresh.pop()
            self._open[act.kiosk][act.op] = act
            other = self._ledger.references.setdefault(act.reference, act) if act.reference else act
            if other is not act:
                raise Broken(f"{_about(act)}: its number {act.reference} was given to act {other.number} before")

    def _has_answer(self, act: Act) -> None:
        if self._status(act.op) != 200:
            raise Broken(f"{_about(act)}: its kiosk takes it for done, the hub has never taken it")

    def _may_be_dead(self, act: Act, answer: str) -> None:
        raise Broken(f"{_about(act)}: what was saved is a dead letter ({answer})")

    # -- the hub -----------------------------------------------------------------------------------------------
    def look_at_hub(self, *, on_paper: bool = False) -> None:
        """After every request that may have changed something. ``on_paper``: it was one with a slip."""
        self._on_paper = on_paper
        for op, kiosk, reference, person, identity, claim, note, service in self._new(
            "tickets", "op, kiosk, reference, person, identity, claim, note, service"
        ):
            act = self._act(op, kiosk)
            if act.what is What.TICKET and note != act.text:
                raise Broken(f"{_about(act)}: its ticket {reference} says {note!r}")
            self._keeps_its_number(act, reference)
            if act.what is What.TICKET:
                self._is_right_person(act, person, identity, claim, reference)
                self._takes_effect(act)
                self._done[reference].append(act.number)
            elif act.what is not What.LOSS or service != CARD_LOSS:
                raise Broken(f"{_about(act)}: became a ticket")
        for op, kiosk, reference, person, effect in self._new("card_losses", "op, kiosk, reference, person, effect"):
            act = self._act(op, kiosk)
            self._keeps_its_number(act, reference)
            self._is_right_loss(act, person, effect)
            self._takes_effect(act)
        for op, kiosk, card, person in self._new("card_findings", "op, kiosk, card, person"):
            act = self._act(op, kiosk)
            if card != act.uid or person not in (None, act.who.id if act.who else None):
                raise Broken(f"{_about(act)}: card {card} of {person} was found instead")
            self._takes_effect(act)
        for op, kiosk in self._new("affected", "op, kiosk"):
            self._takes_effect(self._act(op, kiosk))
        for reference, what, text in self._new("ticket_history", "reference, what, text"):
            self._step(reference, what, text)
        self._ratings()
        self._money()

    def _act(self, op: str, kiosk_id: str) -> Act:
        """Whose operation has taken effect."""
        act = self._ledger.by_op.get(op)
        if act is None:
            raise Broken(f"operation {op} of {kiosk_id} took effect, and nobody made it")
        kiosk = self._sim.kiosk_of(kiosk_id)
        if kiosk.name != act.kiosk:
            raise Broken(f"{_about(act)}: came from {kiosk.name}")
        if kiosk.revoked_at is not None and kiosk.revoked_at < self._sim.course.now:
            raise Broken(f"{_about(act)}: was taken from a kiosk that is revoked")
        if self._status(op) != 200:
            raise Broken(f"{_about(act)}: it took effect, and its answer was not kept with it")
        return act

    def _takes_effect(self, act: Act) -> None:
        act.effects += 1
        act.brought = self._on_paper
        if act.effects > 1:
            raise Broken(f"{_about(act)}: happened {act.effects} times")
        if act.said is Said.NOT_SAVED:
            raise Broken(f"{_about(act)}: was told that it is not saved, and it was sent")

    def _keeps_its_number(self, act: Act, reference: str) -> None:
        if act.reference not in ("", reference):
            raise Broken(f"{_about(act)}: is {reference} at the hub")

    def _is_right_person(self, act: Act, person: str | None, identity: str, claim: str, reference: str) -> None:
        expected = act.who.id if act.who else None
        if act.shown is Shown.VERIFIED and (person, identity) != (expected, "verified"):
            raise Broken(f"{_about(act)}: was verified as {expected}, its ticket is {identity} of {person}")
        if person not in (None, expected):
            raise Broken(f"{_about(act)}: is {expected}'s, its ticket {person}'s")
        if act.shown is Shown.NOBODY and (identity, claim) != ("none", ""):
            raise Broken(f"{_about(act)}: is nobody's, its ticket is {identity} {claim}")
        if act.shown in (Shown.NUMBER, Shown.CARD) and person is None and not self._was_left_out(reference):
            raise Broken(f"{_about(act)}: is {expected}'s, its ticket nobody's")

    def _was_left_out(self, reference: str) -> bool:
        found = "SELECT 1 FROM ticket_history WHERE reference = ? AND what = 'claim_left_out'"
        return self._hub.execute(found, (reference,)).fetchone() is not None

    def _is_right_loss(self, act: Act, person: str | None, effect: str) -> None:
        assert act.who is not None
        proven = act.shown in (Shown.PIN, Shown.VERIFIED)
        if person != (act.who.id if proven else None) or (effect == "blocked") is not proven:
            raise Broken(f"{_about(act)}: of {act.who.id} ({act.shown}) became {effect} for {person}")

    def _step(self, reference: str, what: str, text: str) -> None:
        wanted = {"commented": What.COMMENT, "state:withdrawn": What.WITHDRAW}.get(what)
        if wanted is None:
            return
        told = [act for act in self._ledger.acts if act.what is wanted and act.about == reference]
        acts = [act for act in told if wanted is What.WITHDRAW or act.text == text]
        if len(acts) != 1:
            raise Broken(f"{wanted} of {reference} {text!r}: {len(acts)} people have done that")
        (act,) = acts
        if not any(self._status(op) == 200 for op in act.ops):
            raise Broken(f"{_about(act)}: it took effect, and its answer was not kept with it")
        self._takes_effect(act)
        before = self._done[reference]
        if not before or before[-1] > act.number:
            raise Broken(f"{_about(act)}: overtook what was done before it with {reference}")
        before.append(act.number)

    def _ratings(self) -> None:
        rows = self._hub.execute("SELECT words, count(*) FROM ratings WHERE words LIKE ? GROUP BY words", (_LIKE,))
        for words, count in rows.fetchall():
            act = self._ledger.acts[int(words.removeprefix(TEXTS_BEGIN)) - 1]
            if act.effects != count:
                act.effects = count - 1
                self._takes_effect(act)

    def _money(self) -> None:
        """Every entry is an order somebody paid, once; all lines together are nothing."""
        moved = self._new("journal_entries", "id, op, kind")
        for entry, op, kind in moved:
            order = self._ledger.orders.get(op)
            if order is None or not order.paid:
                raise Broken(f"{kind} {op}: money has moved that nobody paid")
            lines = dict(self._hub.execute("SELECT account, amount FROM journal_lines WHERE entry = ?", (entry,)))
            if lines.get(f"person:{order.who.id}") != -order.amount:
                raise Broken(f"{kind} {op}: {order.amount} of {order.who.id} was posted as {lines}")
            order.posted += 1
            if order.posted > 1:
                raise Broken(f"{kind} {op}: posted {order.posted} times")
        if moved and self._hub.execute("SELECT sum(amount) FROM journal_lines").fetchone() != (0,):
            raise Broken("the lines of the ledger do not sum to zero")

    # -- at the end, and now and then --------------------------------------------------------------------------
    def look_at_files(self, kiosk: "KioskSide") -> None:
        for file in sorted(kiosk.file.parent.glob(f"{kiosk.file.name}*")):
            content = file.read_bytes()
            if found := [text for text in PERSONAL if text in content]:
                raise Broken(f"{kiosk.name}: {found[0].decode()}… stands readable in {file.name}")

    def look_at_the_end(self, ledger: Ledger) -> None:
        """The sky has been clear for long: everything that was saved has arrived, or its kiosk is not one any more."""
        self._take_in()
        for kiosk in self._sim.kiosks:
            if kiosk.revoked_at is None and (left := self._open[kiosk.name]):
                raise Broken(f"{_about(next(iter(left.values())))}: never arrived, of {len(left)} at {kiosk.name}")
            verified = verify(kiosk.file, kiosk.key.public)
            if not isinstance(verified, Verification) or not verified.ok:
                raise Broken(f"{kiosk.name}: its queue does not hold: {verified}")
        for act in ledger.acts:
            revoked = self._sim.kiosk_named(act.kiosk).revoked_at is not None
            if act.said is Said.SAVED and act.effects != 1 and not revoked:
                raise Broken(f"{_about(act)}: was saved and took effect {act.effects} times")
        for order in ledger.orders.values():
            if order.posted != int(order.paid):
                raise Broken(f"top-up {order.op}: paid {order.paid}, posted {order.posted} times")

    def _status(self, op: str) -> int | None:
        row = self._hub.execute("SELECT status FROM operations WHERE op = ?", (OpId(op).value,)).fetchone()
        return row[0] if row else None

    def _last(self, table: str) -> int:
        return int(self._hub.execute(f"SELECT coalesce(max(rowid), 0) FROM {table}").fetchone()[0])

    def _new(self, table: str, columns: str) -> list[tuple[Any, ...]]:
        wanted = f"SELECT rowid, {columns} FROM {table} WHERE rowid > ? ORDER BY rowid"
        rows = self._hub.execute(wanted, (self._seen[table],)).fetchall()
        if rows:
            self._seen[table] = rows[-1][0]
        return [row[1:] for row in rows]


_LIKE = f"{TEXTS_BEGIN}%"


def _json(ops: dict[str, Act]) -> str:
    return "[" + ",".join(f'"{op}"' for op in ops) + "]"


def _about(act: Act) -> str:
    return f"act {act.number} ({act.what}, {act.kiosk}, {act.reference or act.op or act.ops})"
