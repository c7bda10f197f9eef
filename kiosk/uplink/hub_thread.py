"""The one thread that talks to the hub, so that nobody else ever waits for it."""

import contextlib
import itertools
import logging
import queue
import threading
from collections.abc import Callable

from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.services.desk_requests import EndShift
from kiosk.services.health_requests import TellHealth
from kiosk.services.hub_requests import (
    Deliver,
    DeliverTogether,
    EndSession,
    FetchCampus,
    FetchKnowledge,
    FetchNumbers,
    FetchPicture,
    FetchTexts,
    HubAnswered,
    HubOutcome,
    HubRequest,
    TellPresence,
)

#: Most requests that may wait. Delivery keeps a few under way; a visitor asks one thing at a time.
QUEUE_LIMIT = 32

_log = logging.getLogger(__name__)
_Entry = tuple[int, int, HubRequest | None]


class HubThread:
    """``services.ports.Hub``. ``make_handle`` runs on the thread: what it imports costs the first frame nothing.

    ``post`` gets a ``HubAnswered`` for every request that was taken, exactly once. Whom somebody stands and waits for
    goes first.
    """

    def __init__(
        self, make_handle: Callable[[], Callable[[HubRequest], HubOutcome]], post: Callable[[HubAnswered], object]
    ) -> None:
        self._make_handle = make_handle
        self._post = post
        self._waiting: queue.PriorityQueue[_Entry] = queue.PriorityQueue(QUEUE_LIMIT)
        self._order = itertools.count()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="hub", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def ask(self, request: HubRequest) -> bool:
        if self._stopping.is_set():
            return False
        try:
            self._waiting.put_nowait((_urgency(request), next(self._order), request))
        except queue.Full:
            return False
        return True

    def stop(self, seconds: float) -> bool:
        """Lets the exchange under way end, drops what waits. False where that took longer than ``seconds``."""
        self._stopping.set()
        with contextlib.suppress(queue.Full):  # then the thread is awake anyway and looks at the flag
            self._waiting.put_nowait((-1, next(self._order), None))
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        handle = self._make_handle()
        while not self._stopping.is_set():
            _, _, request = self._waiting.get()
            if request is None:
                return
            self._post(HubAnswered(request, self._handled(handle, request)))

    def _handled(self, handle: Callable[[HubRequest], HubOutcome], request: HubRequest) -> HubOutcome:
        try:
            return handle(request)
        except Exception as error:
            _log.error("%s failed: %s", type(request).__name__, type(error).__name__)
            return Unreachable(Unreached.HUB_ERROR)


def _urgency(request: HubRequest) -> int:
    match request:
        case Deliver(parcel) if parcel.attempt == 1:
            return 1  # its reporter may still stand there waiting for the slip
        case DeliverTogether(parcels) if any(parcel.attempt == 1 for parcel in parcels):
            return 1
        case (
            Deliver()
            | DeliverTogether()
            | FetchCampus()
            | FetchKnowledge()
            | FetchTexts()
            | FetchPicture()
            | FetchNumbers()
            | TellPresence()
            | TellHealth()
            | EndSession()
            | EndShift()
        ):
            return 2
        case _:
            return 0  # somebody waits for it
