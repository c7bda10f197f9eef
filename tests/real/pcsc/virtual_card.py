"""A contactless card for vsmartcard's virtual reader: it connects to the reader's port, and that is the insertion.

The reader sends two bytes of length, then a message. One byte is control: 0 power off, 1 power on, 2 reset (no
answer), 4 asks for the ATR and is also how the reader looks whether the card is still there. Longer is an APDU.
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable

from tests.patience import PATIENCE

ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")  # PC/SC part 3: MIFARE Classic 1K
GET_UID = bytes.fromhex("FFCA000000")
_CONTROL_GET_ATR = 4

Answer = Callable[[bytes], bytes | None]  # None: the card says nothing, ever


def uid_card(uid: str) -> Answer:
    return lambda command: bytes.fromhex(uid) + b"\x90\x00" if command == GET_UID else b"\x6d\x00"


def mute_card(_command: bytes) -> None:
    return None


def garbage_card(answer: bytes) -> Answer:
    return lambda _command: answer


class VirtualCard:
    """``with VirtualCard(port, answer):`` the card lies in the field. ``asked`` and ``answered`` count APDUs."""

    def __init__(self, port: int, answer: Answer, atr: bytes = ATR) -> None:
        self.asked = threading.Semaphore(0)
        self.answered = threading.Semaphore(0)
        self._port = port
        self._answer = answer
        self._atr = atr
        self._socket: socket.socket | None = None

    def insert(self) -> "VirtualCard":
        deadline = time.monotonic() + PATIENCE
        while True:  # the reader takes a connection only when it polls
            try:
                self._socket = socket.create_connection(("127.0.0.1", self._port), timeout=PATIENCE)
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.02)
        self._socket.settimeout(None)
        threading.Thread(target=self._serve, args=(self._socket,), daemon=True).start()
        return self

    def remove(self) -> None:
        taken, self._socket = self._socket, None
        if taken is not None:
            with contextlib.suppress(
                OSError
            ):  # closed by the thread that serves it, else its number is reused under it
                taken.shutdown(socket.SHUT_RDWR)

    def __enter__(self) -> "VirtualCard":
        return self.insert()

    def __exit__(self, *_: object) -> None:
        self.remove()

    def _serve(self, reader: socket.socket) -> None:
        with reader, contextlib.suppress(OSError):
            while True:
                message = _take(reader, int.from_bytes(_take(reader, 2)))
                if len(message) > 1:
                    self.asked.release()
                    if (answer := self._answer(message)) is not None:
                        _give(reader, answer)
                        self.answered.release()
                elif message[:1] == bytes([_CONTROL_GET_ATR]):
                    _give(reader, self._atr)


def _give(reader: socket.socket, answer: bytes) -> None:
    reader.sendall(len(answer).to_bytes(2) + answer)


def _take(reader: socket.socket, count: int) -> bytes:
    taken = b""
    while len(taken) < count:
        reader.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)  # else 44 ms per message: Nagle, delayed ACK
        part = reader.recv(count - len(taken))
        if not part:
            raise ConnectionError
        taken += part
    return taken
