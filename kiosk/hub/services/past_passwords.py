"""Passwords that were in force at a directory whose own reset forgets to look: as slow hashes, a few for each login."""

from sqlalchemy import delete, select

from kiosk.hub.clock import Clock
from kiosk.hub.ports import Password
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import PastPassword

#: However long a directory's history is, so many are kept for one login: each is a hash to compute at a reset.
MOST_KEPT = 24


class PastPasswords:
    def __init__(self, store: Store, hasher: PinHasher, clock: Clock) -> None:
        self._store, self._hasher, self._clock = store, hasher, clock

    def used(self, login: str, password: Password, count: int) -> bool:
        with self._store.read() as db:
            newest = select(PastPassword.phc).where(PastPassword.login == login).order_by(PastPassword.id.desc())
            kept = list(db.scalars(newest.limit(min(count, MOST_KEPT))))
        return any(self._hasher.matches(password.reveal(), phc) for phc in kept)

    def note(self, login: str, password: Password, count: int) -> None:
        if count <= 0 or self.used(login, password, 1):
            return
        phc, now = self._hasher.hash(password.reveal()), self._clock()
        with self._store.write() as db:
            db.add(PastPassword(login=login, phc=phc, at=now))
            db.flush()
            mine = PastPassword.login == login
            newest = select(PastPassword.id).where(mine).order_by(PastPassword.id.desc()).limit(min(count, MOST_KEPT))
            db.execute(delete(PastPassword).where(mine, PastPassword.id.not_in(newest)))
