"""The network cable of a simulated kiosk: pulled and put back in the drawer."""

import threading
from collections.abc import Callable

from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.services.hub_requests import HubOutcome, HubRequest

Handle = Callable[[HubRequest], HubOutcome]


class Line:
    """Stands between the hub's thread and the client. Cutting it while a request is under way loses its answer, as a
    real cable does: the hub may have done the work."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._is_cut = threading.Event()

    def cut(self) -> None:
        self._is_cut.set()

    def restore(self) -> None:
        self._is_cut.clear()

    @property
    def is_cut(self) -> bool:
        return self._is_cut.is_set()

    def handle(self, request: HubRequest) -> HubOutcome:
        if self._is_cut.is_set():
            return Unreachable(Unreached.NO_CONNECTION)
        outcome = self._handle(request)
        return Unreachable(Unreached.NO_CONNECTION) if self._is_cut.is_set() else outcome
