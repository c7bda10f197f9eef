"""The page *connections*: what ``kiosk hub check`` finds, looked at again on a thread of its own."""

import threading
import time

from kiosk.hub.check_lines import CheckLine
from kiosk.hub.checked import Level
from kiosk.hub.console.door import Form, Visit
from kiosk.hub.logs import trouble
from kiosk.hub.parts import Parts
from kiosk.hub.services import rounds
from kiosk.hub.services.staff_acts import note_act

#: Seconds a look may take; what has not been looked at by then is told as such.
WITHIN = 120.0
_NAME = "console.page_connections"
TOO_LONG = CheckLine(Level.BAD, _NAME, "connections.too_long")
BROKEN = CheckLine(Level.BAD, _NAME, "connections.broken")


class Connections:
    def __init__(self, parts: Parts, within: float = WITHIN) -> None:
        self._parts, self._within = parts, within

    def show(self, visit: Visit) -> dict[str, object]:
        with self._parts.store.read() as db:
            found = rounds.last(db, visit.now)
        lines = found.lines if found else ()
        groups: dict[str, list[CheckLine]] = {}
        for line in lines:
            groups.setdefault(line.named(visit.say), []).append(line)
        return {
            "round": found,
            "groups": groups,
            "bad": sum(line.level is Level.BAD for line in lines),
            "Course": rounds.Course,
        }

    def look(self, visit: Visit, form: Form) -> str:  # noqa: ARG002  every act is given its form
        with self._parts.store.write() as db:
            version = rounds.begin(db, visit.now)
            if version is None:
                return "under_way"
            note_act(db, visit.who.person, "connections_looked_at", visit.now)
        threading.Thread(target=self._run, args=(version,), name="connections", daemon=True).start()
        return "begun"

    def _run(self, version: str) -> None:
        until = time.monotonic() + self._within
        try:
            for line in self._parts.look():
                self._add(version, line)
                if time.monotonic() >= until:
                    self._add(version, TOO_LONG)
                    break
        except Exception as error:
            trouble("connections not looked at", error)
            self._add(version, BROKEN)
        with self._parts.store.write() as db:
            rounds.finish(db, version, self._parts.clock())

    def _add(self, version: str, line: CheckLine) -> None:
        with self._parts.store.write() as db:
            rounds.add(db, version, line)
