"""A thread between the hub's tickets and the campus's own helpdesk: brings what happened here, fetches what did there.

Nobody waits for it, and it holds no transaction while it waits; several hub processes may each have one.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass

from kiosk.hub.clock import Clock
from kiosk.hub.helpdesk_port import Done, Filed, Filing, Helpdesk, Rejected, RemoteTicket, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.logs import code, event, trouble
from kiosk.hub.ports import Notices
from kiosk.hub.services import helpdesk_copy
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import NoCampus, read_book
from kiosk.hub.services.helpdesk_outbox import NOT_FILED, Taken, settle
from kiosk.hub.services.helpdesk_sending import take
from kiosk.hub.store.database import Store

#: Tickets read in one round; the rest comes with the next.
MOST_A_ROUND = 20
#: Tickets that may stay unread in a round; when there are more it is the helpdesk that is silent.
MOST_SILENT = 2
#: Seconds between two looks, and after a helpdesk that did not answer.
EVERY, AFTER_SILENCE = 1.0, 5.0
#: How long ending may take, seconds: what is under way is finished, or looked for by the next start.
STOP_WITHIN = 1.0


@dataclass(frozen=True, slots=True)
class Between:
    """What the courier goes between."""

    store: Store
    helpdesk: Helpdesk
    settings: HelpdeskSettings
    notices: Notices
    clock: Clock
    public_url: str = ""


class Courier:
    def __init__(self, between: Between, every: float = EVERY) -> None:
        self._between, self._every = between, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="courier", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(STOP_WITHIN)

    def carry_one(self) -> Filed | Done | Silent | Rejected | None:
        """``None`` where nothing is due."""
        with self._between.store.write() as db:
            taken = take(db, self._between.settings, self._between.clock())
        if taken is None:
            return None
        answer = self._hand_over(taken)
        with self._between.store.write() as db:
            settle(db, self._between.settings, taken, answer, self._between.clock())
        why = answer.why if isinstance(answer, Silent | Rejected) else ""
        event("helpdesk", op=taken.op, reference=taken.reference, answer=type(answer).__name__, why=code(why))
        return answer

    def fetch(self) -> bool:
        """False where it was not time, or the helpdesk did not answer: then the copy is as old as it was."""
        between = self._between
        with between.store.read() as db:
            if not helpdesk_copy.is_time(db, between.clock()):
                return False
        with between.store.write() as db:
            begun = helpdesk_copy.begin(db, between.clock())
        if begun is None:
            return False
        fetched = False
        try:
            fetched = self._fetch(begun)
        finally:
            if not fetched:
                with between.store.write() as db:
                    helpdesk_copy.give_up(db, between.clock())
        return fetched

    def _fetch(self, begun: helpdesk_copy.Round) -> bool:
        between = self._between
        glances = between.helpdesk.changed_since(begun.since)
        if not isinstance(glances, tuple):
            event("helpdesk not read", why=code(glances.why))
            return False
        with between.store.read() as db:
            wanted = helpdesk_copy.choose(db, glances)
        until, silent = wanted.until, 0
        # The oldest first, and not all at once; what was reported meanwhile goes before what is read.
        for done, (glance, after) in enumerate(sorted(wanted.look, key=lambda one: one[0].changed_at)):
            if done < MOST_A_ROUND and not self._carry_all():
                return False
            remote = between.helpdesk.read(glance.key, after) if done < MOST_A_ROUND else None
            if isinstance(remote, Silent):
                event("helpdesk not read", key=glance.key, why=code(remote.why))
                silent += 1
                if silent > MOST_SILENT:
                    return False
            if remote is None or isinstance(remote, Silent):
                until = min(until, glance.changed_at) if until else glance.changed_at
            if isinstance(remote, Rejected):
                event("helpdesk ticket not readable", key=glance.key, why=code(remote.why))
            if isinstance(remote, RemoteTicket):
                with between.store.write() as db:
                    around = Around(read_book(db), between.notices, between.public_url)
                    now = between.clock()
                    if not helpdesk_copy.take_over(db, around, between.settings, glance, remote, now):
                        until = min(until, glance.changed_at) if until else glance.changed_at
        with between.store.write() as db:
            helpdesk_copy.end(db, begun, until, between.clock())
        return True

    def _carry_all(self) -> bool:
        """Until something is not taken. False where nobody knows what became of it: the helpdesk does not answer."""
        while (answer := self.carry_one()) is not None:
            if isinstance(answer, Silent):
                return answer.sure
        return True

    def _hand_over(self, taken: Taken) -> Filed | Done | Silent | Rejected:
        if isinstance(taken.what, Filing):
            return self._between.helpdesk.create(taken.what, taken.again)
        if not taken.key:
            return Rejected(NOT_FILED)
        return self._between.helpdesk.change(taken.key, taken.what, taken.again)

    def _run(self) -> None:
        while not self._stopping.is_set():
            answer = self._guarded(self.carry_one)
            if not isinstance(answer, Filed | Done):
                self._guarded(self.fetch)
                self._stopping.wait(AFTER_SILENCE if isinstance(answer, Silent) else self._every)

    def _guarded(self, work: Callable[[], object]) -> object:
        try:
            return work()
        except NoCampus:
            return None
        except Exception as error:
            trouble("helpdesk not served", error)
            return None
