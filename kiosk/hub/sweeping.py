"""A thread that goes after what nobody waits for any more: top-ups whose kiosk went away, silent approvers, what
leavers left behind, the nightly list."""

import threading
from collections.abc import Callable, Sequence

from kiosk.hub.logs import trouble

#: Seconds between two looks.
EVERY = 15.0
#: How long ending may take, seconds: what is under way is given up, and done by the next start.
STOP_WITHIN = 1.0


class Sweeper:
    """``jobs`` are run one after the other; one that fails does not keep the others from running."""

    def __init__(self, jobs: Sequence[Callable[[], object]], every: float = EVERY) -> None:
        self._jobs, self._every = jobs, every
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sweeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join(STOP_WITHIN)

    def _run(self) -> None:
        while not self._stopping.wait(self._every):
            for job in self._jobs:
                try:
                    job()
                except Exception as error:
                    trouble("sweep failed", error)
