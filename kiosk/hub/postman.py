"""A thread that carries waiting messages to their gateways; several hub processes may each have one."""

import threading
from collections.abc import Mapping

from kiosk.hub.clock import Clock
from kiosk.hub.logs import event, trouble
from kiosk.hub.ports import Gateway
from kiosk.hub.services.outgoing import settle, take
from kiosk.hub.store.database import Store

#: Seconds between two looks: somebody stands at a kiosk and waits for a code.
EVERY = 1.0
#: How long ending may take, seconds: a message under way is finished, or tried again by the next start.
STOP_WITHIN = 3.0


class Postman:
    def __init__(self, store: Store, gateways: Mapping[str, Gateway], clock: Clock, every: float = EVERY) -> None:
        self._store, self._gateways, self._clock, self._every = store, gateways, clock, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="postman", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(STOP_WITHIN)

    def carry_one(self) -> bool:
        """False where nothing is due. The gateway is asked outside any transaction."""
        with self._store.write() as db:
            letter = take(db, tuple(self._gateways), self._clock())
        if letter is None:
            return False
        handed = self._gateways[letter.channel].send(letter)
        with self._store.write() as db:
            settle(db, letter.op, handed.state, handed.why, self._clock())
        event("message", op=letter.op, kind=letter.kind.value, state=handed.state.value, why=handed.why or None)
        return True

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                carried = self.carry_one()
            except Exception as error:
                trouble("message not carried", error)
                carried = False
            if not carried:
                self._stopping.wait(self._every)
