"""An asyncio proxy between kiosks and a hub that fails the way networks and the boxes in them do.

It ends the kiosks' TLS with the hub's own certificate, as a reverse proxy does, and speaks TLS to the hub: so it can
carry a request twice, hold it back until others have passed, or answer in the hub's place. The bytes of TLS are in its
own hands: an answer can end after any byte that goes over the line, not only between two records.
"""

import asyncio
import contextlib
import re
import socket
import ssl
import struct
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from enum import Enum
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

_CHUNK = 64 * 1024
#: Seconds by which an answer is late, and by which a request comes after those that were sent later.
LATENCY = 0.15
HELD_BACK = 0.4
#: Bytes in a second of a line that is as good as dead.
TRICKLE = 100
_PORTAL = b"<html><title>Campus Wi-Fi</title>Please sign in</html>"
_PORTAL_ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(_PORTAL)
) + _PORTAL


class Fault(Enum):
    NONE = "none"
    LATENCY = "latency"
    BLACK_HOLE = "black hole"  # connected, and nothing more
    WITHHELD = "answer withheld"  # the hub did it, nobody says so
    RESET = "reset"  # RST after the first bytes of the answer
    CUT = "cut"  # the answer ends in order, but early
    DUPLICATE = "duplicate"  # the request reaches the hub twice at once
    LATE = "late"  # the line breaks, and the request reaches the hub after those that were sent later
    PORTAL = "captive portal"  # a page with status 200
    TRICKLE = "100 B/s"


Answer = TypeVar("Answer")


class LineProxy:
    """``choose`` says what happens to each connection; ``keep`` how many bytes of an answer of that many go over the
    line before it is reset or cut. Both are called on the proxy's thread. ``met`` counts what happened."""

    def __init__(self, hub: str, tls: Path, choose: Callable[[], Fault], keep: Callable[[int], int]) -> None:
        self._port = urlsplit(hub).port or 0
        self._choose, self._keep = choose, keep
        self._server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._server_side.load_cert_chain(tls / "server.pem", tls / "server.key")
        self._hub_side = ssl.create_default_context(cafile=str(tls / "ca.pem"))
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self.met: Counter[Fault] = Counter()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="line proxy", daemon=True)
        self._thread.start()
        self._tasks: set[asyncio.Task[object]] = set()
        self._server = self._within(asyncio.start_server(self._serve, "127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def _within(self, wanted: Coroutine[object, object, Answer]) -> Answer:
        return asyncio.run_coroutine_threadsafe(wanted, self._loop).result()

    def stop(self) -> None:
        """What is held back is carried first."""
        self._within(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._server.close()
        while self._tasks:
            await asyncio.wait(self._tasks)
        for _, writer in self._idle:
            writer.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        fault = self._choose()
        self.met[fault] += 1
        try:
            await self._talk(_Tls(self._server_side, reader, writer), fault)
        except (OSError, ssl.SSLError, asyncio.IncompleteReadError):
            pass  # the kiosk has given up
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _talk(self, line: "_Tls", fault: Fault) -> None:
        if fault is Fault.BLACK_HOLE:
            await line.until_given_up()
            return
        await line.handshake()
        request = await line.request()
        match fault:
            case Fault.PORTAL:
                line.send(line.sealed(_PORTAL_ANSWER))
                return
            case Fault.LATE:
                line.reset()
                await asyncio.sleep(HELD_BACK)
                await self._carried(request)
                return
            case Fault.DUPLICATE:
                answer, _ = await asyncio.gather(self._carried(request), self._carried(request))
            case _:
                answer = await self._carried(request)
        if fault is Fault.WITHHELD:
            await line.until_given_up()
            return
        if fault is Fault.LATENCY:
            await asyncio.sleep(LATENCY)
        sealed = line.sealed(answer)
        if fault is Fault.TRICKLE:
            await line.trickle(sealed)
            return
        if fault in (Fault.RESET, Fault.CUT):
            line.send(sealed[: self._keep(len(sealed))])
            await line.sent()
            if fault is Fault.RESET:
                line.reset()
            return
        line.send(sealed)
        await line.sent()

    async def _carried(self, request: bytes) -> bytes:
        """The hub's answer, whole, over a connection that is kept for the next one."""
        request = re.sub(rb"(?im)^connection:[^\r]*\r\n", b"", request, count=1)
        while True:
            used = bool(self._idle)
            reader, writer = self._idle.pop() if used else await self._connected()
            try:
                writer.write(request)
                answer = await _message(reader)
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                if not used:
                    raise
                continue  # the hub had closed it meanwhile
            self._idle.append((reader, writer))
            return answer

    async def _connected(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self._port, ssl=self._hub_side, server_hostname="127.0.0.1")


async def _message(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    return head + await reader.readexactly(_length(head))


def _length(head: bytes) -> int:
    found = re.search(rb"(?im)^content-length: *([0-9]+)", head)
    return int(found[1]) if found else 0


class _Tls:
    """The server's side of TLS over bytes that we send ourselves."""

    def __init__(self, context: ssl.SSLContext, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_side=True)
        self._reader, self._writer = reader, writer

    async def handshake(self) -> None:
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                self.send(self._out.read())
                await self._feed()
            else:
                self.send(self._out.read())
                return

    async def request(self) -> bytes:
        read = b""
        while b"\r\n\r\n" not in read or len(read) < read.index(b"\r\n\r\n") + 4 + _length(read):
            try:
                read += self._tls.read(_CHUNK)
            except ssl.SSLWantReadError:
                await self._feed()
        return read

    async def _feed(self) -> None:
        received = await self._reader.read(_CHUNK)
        if not received:
            raise ConnectionResetError
        self._in.write(received)

    def sealed(self, answer: bytes) -> bytes:
        """The bytes of the line."""
        self._tls.write(answer)
        return self._out.read()

    def send(self, sealed: bytes) -> None:
        self._writer.write(sealed)

    async def sent(self) -> None:
        await self._writer.drain()

    async def trickle(self, sealed: bytes) -> None:
        for begin in range(0, len(sealed), TRICKLE // 10):
            self.send(sealed[begin : begin + TRICKLE // 10])
            await self.sent()
            await asyncio.sleep(0.1)

    async def until_given_up(self) -> None:
        while await self._reader.read(_CHUNK):
            pass

    def reset(self) -> None:
        """RST instead of an orderly end."""
        connection: socket.socket = self._writer.get_extra_info("socket")
        with contextlib.suppress(OSError):
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()
