"""Live counters over server-sent events: what changed since a page was made, read once for all who look.

A stream is not a use of its session: it ends with it and keeps it from nothing.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
from litestar import Response
from litestar.response import Stream

from kiosk.hub.console.cookies import SESSION
from kiosk.hub.console.rendering import HEADERS
from kiosk.hub.parts import Parts
from kiosk.hub.services.letters import counts
from kiosk.hub.services.rounds import last
from kiosk.hub.services.staff_sessions import is_alive
from kiosk.hub.web import Asked

#: Streams at once in this process; whoever comes later loads the page again instead.
MOST_STREAMS = 40
#: Seconds between two looks, and after how many of them a browser connects anew.
BEAT, BEATS = 2.0, 150
_THREADS = 2


class Live:
    def __init__(self, parts: Parts, beat: float = BEAT) -> None:
        self._parts, self._beat = parts, beat
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="live")
        self._open = self._asking = 0
        self._text, self._read_at = "", -beat
        self._reading = asyncio.Lock()

    async def follow(self, request: Asked) -> Response[Any]:
        cookie = request.cookies.get(SESSION, "")
        if self._asking + self._open >= MOST_STREAMS:  # before anything is asked about a cookie that may be anybody's
            return Response("", status_code=503, headers=HEADERS, media_type="text/plain")
        self._asking += 1
        try:
            alive = await self._on_thread(self._alive, cookie)
        finally:
            self._asking -= 1
        if not alive:
            return Response("", status_code=401, headers=HEADERS, media_type="text/plain")
        return Stream(self._events(cookie), media_type="text/event-stream", headers=HEADERS)

    async def _events(self, cookie: str) -> AsyncIterator[str]:
        self._open += 1
        said = ""
        try:
            for beat in range(BEATS):
                if beat:
                    await asyncio.sleep(self._beat)
                if not await self._on_thread(self._alive, cookie):
                    yield "event: over\ndata: {}\n\n"
                    return
                # What was read before this page was made would call it out of date.
                text = await self._counters(fresh=beat == 0)
                yield f"data: {text}\n\n" if text != said else ": still here\n\n"
                said = text
        finally:
            self._open -= 1

    async def _counters(self, *, fresh: bool) -> str:
        """Read once a beat, however many look, and once for each that begins."""
        async with self._reading:
            if fresh or time.monotonic() >= self._read_at + self._beat:
                self._text = await self._on_thread(self._read)
                self._read_at = time.monotonic()
        return self._text

    def _read(self) -> str:
        with self._parts.store.read() as db:
            counted, seen = counts(db), last(db, self._parts.clock())
        found = {"waiting": counted.waiting, "dead": counted.dead, "round": seen.version if seen else ""}
        return msgspec.json.encode(found).decode()

    def _alive(self, cookie: str) -> bool:
        return is_alive(self._parts.store, cookie, self._parts.clock())

    async def _on_thread(self, call: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._threads, call, *arguments)
