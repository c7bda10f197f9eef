"""The last snapshot of the campus, so that a kiosk without network still knows desk, catalogue and hub keys."""

import logging

import msgspec

from kiosk.domain.campus import Campus
from kiosk.offline.database import Database, disk_trouble
from kiosk.services.hub_requests import CampusSnapshot
from kiosk.services.ports import Clock
from kiosk.sqlite import dbapi
from kiosk.wire.campus import CampusAnswer
from kiosk.wire.envelope import HubKey

_log = logging.getLogger(__name__)


class CampusCache:
    """Holds the decoded snapshot; a damaged or outdated one counts as none until the hub is heard again."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._etag = ""
        self._answer: CampusAnswer | None = None
        row = database.execute("SELECT etag, body FROM campus").fetchone()
        if row is not None:
            self._read(*row)

    def _read(self, etag: str, body: bytes) -> None:
        try:
            self._hold(etag, msgspec.json.decode(body, type=CampusAnswer))
        except msgspec.DecodeError:
            self._etag, self._answer = "", None

    def _hold(self, etag: str, answer: CampusAnswer) -> Campus:
        self._etag, self._answer = etag, answer
        return answer.campus

    def campus(self) -> Campus | None:
        return self._answer.campus if self._answer else None

    def etag(self) -> str:
        return self._etag

    def hub_keys(self) -> list[HubKey]:
        """First the one to seal to; empty where there is no snapshot."""
        return self._answer.hub_keys if self._answer else []

    def keep(self, snapshot: CampusSnapshot) -> Campus:
        """Shown from now on; also where the disk refuses to keep it, which then has the one before for the next start.
        Raises msgspec.DecodeError on what the uplink should not have let through."""
        campus = self._hold(snapshot.etag, msgspec.json.decode(snapshot.body, type=CampusAnswer))
        try:
            self._write(snapshot)
        except dbapi.Error as error:
            if disk_trouble(error) is None:
                raise
            _log.warning("the campus is not written down")
        return campus

    def _write(self, snapshot: CampusSnapshot) -> None:
        read_at = self._clock.hub_now().at.isoformat(timespec="milliseconds")
        with self._database.transaction() as connection:
            connection.execute("DELETE FROM campus")
            connection.execute("INSERT INTO campus VALUES (?, ?, ?)", (snapshot.etag, snapshot.body, read_at))
