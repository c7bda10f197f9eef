"""A hub with a kiosk at which somebody is proven, and a directory that counts how often it is asked."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.identity import CardProof
from kiosk.domain.policy import SHIPPED, CardPresent, Factor, Proofs
from kiosk.domain.text import Text
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.clock import Clock
from kiosk.hub.ports import Channel, Reachable, Told
from kiosk.hub.services import sessions
from kiosk.hub.services.accounts import Asked, Desk, do, see
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire.accounts import ActAnswer
from kiosk.wire.enrolment import Token
from kiosk.wire.envelope import Envelope
from tests.hub.conftest import HubKiosk, World

PIN, CODE, CARD = Factor.PIN, Factor.CODE, CardPresent(CardProof.C0_UID)
ENOUGH: dict[AccountAct, Proofs] = {
    AccountAct.UNLOCK: frozenset({PIN, CARD}),
    AccountAct.RESET: frozenset({PIN, CODE}),
    AccountAct.CHANGE: frozenset({PIN}),
    AccountAct.ACTIVATE: frozenset({CODE, CARD}),
}
SAMPLE = "yunlu-Sample-26"


class CountingDirectory(BuiltinDirectory):
    """``asked``: how often each of its functions was called from outside."""

    def __init__(self, world: World) -> None:
        super().__init__(world.store, world.hasher)
        self.asked: Counter[str] = Counter()

    def __getattribute__(self, name: str) -> Any:
        if name in ("find", "unlock", "reset", "change", "activate", "verifies"):
            self.asked[name] += 1
        return super().__getattribute__(name)


class RememberingNotices:
    """Tells as the built-in notices do, and remembers whom it told what."""

    def __init__(self, clock: Clock) -> None:
        self._inner = BuiltinNotices(clock)
        self.told: list[tuple[str, Told, datetime]] = []

    def tell(self, db: Session, person: Reachable, what: Told, now: datetime, **values: str) -> None:
        self._inner.tell(db, person, what, now, **values)
        self.told.append((person.id, what, now))

    def mail(self, db: Session, person: Reachable, what: Told, until: datetime, **values: str) -> None:
        self._inner.mail(db, person, what, until, **values)

    def send_code(self, db: Session, person: Reachable | None, channel: Channel, code: str, until: datetime) -> Channel:
        return self._inner.send_code(db, person, channel, code, until)

    def tell_groups(self, db: Session, what: Told, service: str, now: datetime, **values: str | Text) -> int:
        return self._inner.tell_groups(db, what, service, now, **values)


@dataclass
class AccountWorld:
    world: World
    directory: CountingDirectory
    desk: Desk
    kiosk: HubKiosk
    told: list[tuple[str, Told, datetime]] = field(default_factory=list)

    @classmethod
    def of(cls, world: World) -> "AccountWorld":
        told = RememberingNotices(world.clock)
        directory = CountingDirectory(world)
        desk = Desk(world.store, directory, world.keys, SHIPPED, world.clock, told)
        return cls(world, directory, desk, world.new_kiosk(), told.told)

    def asked(self, person: str, proofs: Proofs, kiosk: HubKiosk | None = None) -> Asked:
        """The session of ``person`` at a kiosk, with these proofs."""
        kiosk = kiosk or self.kiosk
        now = self.world.now
        with self.world.store.write() as db:
            bought = buy_token(db, kiosk.assertion(), now)
            assert isinstance(bought, Token)
            row, who = db.get_one(Kiosk, kiosk.id), db.get_one(Person, person)
            return Asked(f"Bearer {bought.token}", sessions.begin(db, row, who, proofs, now))

    def at(self, person: str, act: AccountAct) -> tuple[Asked, AccountSeen]:
        asked = self.asked(person, ENOUGH[act])
        seen = see(self.desk, asked, act)
        assert isinstance(seen, AccountSeen), seen
        return asked, seen

    def sealed(self, act: AccountAct, handle: str, new: str = "", old: str = "", **changed: Any) -> Envelope:
        payload = bytes((len(old),)) + old.encode() + new.encode() if new else b"{}"
        expires = (self.world.now + timedelta(minutes=10)).isoformat()
        return self.kiosk.seal(payload, handle, **{"kind": act.value, "expires": expires, **changed})

    def do(self, asked: Asked, envelope: Envelope) -> ActAnswer | No:
        return do(self.desk, asked, envelope)

    def act(self, person: str, act: AccountAct, new: str = "", old: str = "") -> ActAnswer | No:
        """The whole of it: proven, seen, sealed, done."""
        asked, seen = self.at(person, act)
        return self.do(asked, self.sealed(act, seen.handle, new, old))

    def works(self, login: str, password: str) -> bool:
        from kiosk.hub.ports import Password

        return self.directory.sign_in(login, Password(password), "portal", self.world.now)


def stored(world: World) -> bytes:
    """Everything in the database as text, to look for what must not be in it."""
    found: list[object] = []
    with world.store.read() as db:
        from kiosk.hub.store.tables import Row

        for table in Row.metadata.sorted_tables:
            found += [tuple(row) for row in db.execute(table.select())]
    return msgspec.json.encode(found, enc_hook=str)
