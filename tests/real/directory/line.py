"""A line to a directory server that fails as lines do, told by the test at any moment; no privileges needed."""

import contextlib
import socket
import threading
from enum import Enum


class Fault(Enum):
    NONE = "none"
    DOWN = "down"  # what is there ends, and new connections end before their first byte
    SILENT = "silent"  # what is asked arrives, no answer comes back
    CUT = "cut"  # the next answer ends in its middle, and the connection with it


class Line:
    """``fault`` counts at once, for connections there are too. ``upstream`` a port of 127.0.0.1."""

    def __init__(self, upstream: int) -> None:
        self._upstream = upstream
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._fault = Fault.NONE
        self._changed = threading.Condition()
        self._open: set[socket.socket] = set()
        #: Bytes that came from clients: a test holds that none came over a line that is not trusted.
        self.bytes_asked = 0
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def fault(self) -> Fault:
        return self._fault

    @fault.setter
    def fault(self, fault: Fault) -> None:
        with self._changed:
            self._fault = fault
            self._changed.notify_all()
            ending = list(self._open) if fault is Fault.DOWN else []
        for connection in ending:
            _shut(connection)

    @property
    def open(self) -> int:
        """Connections that are carried now."""
        return len(self._open) // 2

    def stop(self) -> None:
        self.fault = Fault.DOWN
        _shut(self._listener)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client:
            if self._fault is Fault.DOWN:
                _shut(client)
                return
            with socket.create_connection(("127.0.0.1", self._upstream)) as server:
                with self._changed:
                    self._open |= {client, server}
                threading.Thread(target=self._asked, args=(client, server), daemon=True).start()
                try:
                    self._answered(client, server)
                finally:
                    with self._changed:
                        self._open -= {client, server}
                    _shut(server)

    def _asked(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while chunk := client.recv(65536):
                self.bytes_asked += len(chunk)
                server.sendall(chunk)
        _shut(server)

    def _answered(self, client: socket.socket, server: socket.socket) -> None:
        while chunk := server.recv(65536):
            with self._changed:
                self._changed.wait_for(lambda: self._fault is not Fault.SILENT)
            if self._fault is Fault.CUT:
                client.sendall(chunk[: len(chunk) // 2])
                _shut(client)  # while the other thread reads from it, closing it would end nothing
                return
            client.sendall(chunk)


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)
