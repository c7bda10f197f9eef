"""A thread that brings to an end what nobody waits for any more: top-ups whose kiosk went away."""

import threading

from kiosk.hub.logs import trouble
from kiosk.hub.services.top_ups import TopUps

#: Seconds between two looks.
EVERY = 15.0


class Sweeper:
    def __init__(self, top_ups: TopUps, every: float = EVERY) -> None:
        self._top_ups, self._every = top_ups, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(self._every)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            try:
                self._top_ups.sweep()
            except Exception as error:
                trouble("sweep failed", error)
