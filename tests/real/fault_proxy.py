"""A TCP proxy on 127.0.0.1 that fails the way networks do, told by the test. No privileges needed."""

import contextlib
import socket
import threading
from enum import Enum


class Fault(Enum):
    NONE = "none"
    REFUSE_ALL = "refuse_all"  # the connection is reset at once
    HANG_RESPONSE = "hang_response"  # the hub does the work, its answer never comes
    CUT_RESPONSE = "cut_response"  # the answer ends after ``keep`` bytes


class FaultProxy:
    """``fault`` counts for connections made after it was set. ``keep`` bytes of the answer pass before a cut."""

    def __init__(self, port: int) -> None:
        self._upstream = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.fault = Fault.NONE
        self.keep = 0
        self.connections = 0
        self._stopped = threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while not self._stopped.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._carry, args=(client, self.fault, self.keep), daemon=True).start()

    def _carry(self, client: socket.socket, fault: Fault, keep: int) -> None:
        if fault is Fault.REFUSE_ALL:
            client.close()
            return
        with contextlib.suppress(OSError), client, socket.create_connection(self._upstream) as hub:
            threading.Thread(target=_pump, args=(client, hub), daemon=True).start()
            while chunk := hub.recv(65536):
                if fault is Fault.CUT_RESPONSE:
                    chunk, keep = chunk[:keep], keep - len(chunk)
                # TLS needs its handshake: what hangs is everything after the request, see ``hang_after``
                client.sendall(chunk)
                if fault is Fault.CUT_RESPONSE and keep <= 0:
                    return

    def stop(self) -> None:
        self._stopped.set()
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while chunk := source.recv(65536):
            target.sendall(chunk)
        target.shutdown(socket.SHUT_WR)
