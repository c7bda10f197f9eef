"""The real hub in this process: its application is asked without a socket, its process dies by plan."""

import asyncio
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from litestar.concurrency import set_asyncio_executor
from requests import PreparedRequest
from sqlalchemy.orm import Session

from kiosk.hub.api.follow_limits import FollowLimits
from kiosk.hub.api.top_ups import top_ups_of
from kiosk.hub.app import make_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.card_settings import CardExtent
from kiosk.hub.config import Settings
from kiosk.hub.keys import HubKeys
from kiosk.hub.parts import Parts
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.store.database import Store
from kiosk.wire.envelope import HubKey
from tests.sim.campus import BEGIN, CHEAP

URL = "https://hub.sim"


class HubDied(BaseException):
    """The hub's process is gone in the middle of a request."""


class Dies(Enum):
    """When, in one of a request's transactions."""

    BEFORE_COMMIT = "before commit"
    AFTER_COMMIT = "after commit"


class DyingStore(Store):
    """``doom``: in the n-th writing transaction from now (from 0), and when."""

    doom: tuple[int, Dies] | None = None

    def start(self) -> None:
        """As a process that starts anew: nothing but what is in the file. Only what SQLAlchemy has compiled is kept."""
        self.close()
        self.doom = None

    @contextmanager
    def write(self) -> Iterator[Session]:
        dies = None
        if self.doom is not None:
            left, when = self.doom
            dies, self.doom = (when, None) if left == 0 else (None, (left - 1, when))
        with Store.write(self) as db:
            yield db
            if dies is Dies.BEFORE_COMMIT:
                raise HubDied
        if dies is Dies.AFTER_COMMIT:
            raise HubDied


class _AtOnce(ThreadPoolExecutor):
    """Runs what it is given here and now: no threads, no order but one."""

    def __init__(self) -> None:
        super().__init__(1)

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        try:
            future.set_result(work(*given, **named))
        except BaseException as error:
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class HubProgram:
    """The hub's application, made once for all seeds; its store, its time and its keys are those of the present one."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.store = DyingStore(f"sqlite:///{file}")
        self.seconds: Callable[[], float] = lambda: 0.0
        self.keys = HubKeys({}, [])
        hasher = PinHasher(CHEAP)
        self.payments = SimulatedPayments(self.store, self.now, URL)
        parts = Parts(
            settings=Settings(pin=CHEAP),
            store=self.store,
            hasher=hasher,
            keys=self.keys,
            clock=self.now,
            public_url=URL,
            version="sim",
            cards=BuiltinCards(CardExtent.ALL, hasher),
            directory=BuiltinDirectory(self.store, hasher),
            notices=BuiltinNotices(self.now),
            payments=self.payments,
        )
        top_ups = top_ups_of(parts)
        assert top_ups is not None
        self.top_ups = top_ups
        self._limits: list[FollowLimits] = []
        with patch.object(FollowLimits, "__init__", self._noted(FollowLimits.__init__)):
            self._app = make_app(parts)
        self._loop = asyncio.new_event_loop()
        self._at_once = _AtOnce()

    def now(self) -> datetime:
        return BEGIN + timedelta(seconds=self.seconds())

    def begin(self, database: Path, seconds: Callable[[], float]) -> None:
        """With a copy of ``database`` and one key."""
        self.start()
        for part in self.file.parent.glob(f"{self.file.name}*"):
            part.unlink()
        shutil.copyfile(database, self.file)
        self.seconds = seconds
        self.keys.private.clear()
        self.keys.public.clear()
        self.add_key()

    def start(self) -> None:
        """As a process that starts anew: what only its memory held is gone."""
        self.store.start()
        for limits in self._limits:
            FollowLimits.__init__(limits)

    def _noted(self, make: Callable[[FollowLimits], None]) -> Callable[[FollowLimits], None]:
        def made(limits: FollowLimits) -> None:
            self._limits.append(limits)
            make(limits)

        return made

    def add_key(self) -> None:
        """Kiosks seal to the newest; what is sealed to an older one is opened all the same."""
        name = f"key-{len(self.keys.public) + 1}"
        private = X25519PrivateKey.generate()
        self.keys.private[name] = private
        self.keys.public.insert(0, HubKey(name, private.public_key().public_bytes_raw()))

    def take(self, request: PreparedRequest) -> Reply:
        """Raises HubDied where its process ended meanwhile."""
        url = urlsplit(request.url or "")
        body = request.body or b""
        content = body if isinstance(body, bytes) else str(body).encode()
        scope = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.4"},
            "http_version": "1.1",
            "method": request.method,
            "scheme": "https",
            "path": url.path,
            "raw_path": url.path.encode(),
            "query_string": url.query.encode(),
            "root_path": "",
            "headers": [(_bytes(name).lower(), _bytes(value)) for name, value in request.headers.items()],
            "client": ("kiosk.sim", 1),
            "server": ("hub.sim", 443),
        }
        incoming = [{"type": "http.request", "body": content, "more_body": False}]
        outgoing: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return incoming.pop() if incoming else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            outgoing.append(message)

        set_asyncio_executor(self._at_once)
        self._loop.run_until_complete(_awaited(self._app(scope, receive, send)))
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in outgoing[0]["headers"]}
        return Reply(outgoing[0]["status"], headers, b"".join(part.get("body", b"") for part in outgoing[1:]))

    def close(self) -> None:
        self.store.close()
        self._loop.close()
        set_asyncio_executor(None)


async def _awaited(answering: Any) -> None:
    await answering


def _bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("latin-1")
