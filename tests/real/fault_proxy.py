"""A TCP proxy on 127.0.0.1 that fails the way networks do, told by the test. No privileges needed.

It lets the TLS handshake pass and fails at the answer, where it hurts most: the hub has done the work.
"""

import contextlib
import socket
import threading
from enum import Enum

#: RFC 8446, 5.1: a record is type (1 byte), version (2), length (2) and that many bytes.
_RECORD_HEADER = 5
#: Record type of application data. The client's last handshake message has it too, but is far shorter than any HTTP
#: request of ours.
_APPLICATION_DATA = 0x17
_SHORTEST_REQUEST = 200


class Fault(Enum):
    NONE = "none"
    RESET = "reset"  # every connection ends before its first byte
    HANG_RESPONSE = "hang_response"  # the request passes, the answer never comes
    CUT_RESPONSE = "cut_response"  # the answer ends after ``keep`` bytes


class FaultProxy:
    """``fault`` and ``keep`` count for connections made after they were set."""

    def __init__(self, port: int) -> None:
        self._upstream = ("127.0.0.1", port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._listener.getsockname()[1]}"
        self.fault = Fault.NONE
        self.keep = 0
        self.connections = 0
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._carry, args=(client, self.fault, self.keep), daemon=True).start()

    def _carry(self, client: socket.socket, fault: Fault, keep: int) -> None:
        with contextlib.suppress(OSError), client:
            if fault is Fault.RESET:
                return
            with socket.create_connection(self._upstream) as hub:
                self._open |= {client, hub}
                asked = threading.Event()
                threading.Thread(target=_pump, args=(client, hub, asked), daemon=True).start()
                while chunk := hub.recv(65536):
                    if asked.is_set() and fault is Fault.HANG_RESPONSE:
                        continue
                    if asked.is_set() and fault is Fault.CUT_RESPONSE:
                        client.sendall(chunk[:keep])
                        keep -= len(chunk)
                        if keep <= 0:
                            client.shutdown(socket.SHUT_RDWR)  # closed while the other thread reads, it would stay
                            return
                        continue
                    client.sendall(chunk)
                if fault is Fault.HANG_RESPONSE:
                    client.recv(1)  # until the kiosk gives up

    def end_all(self) -> None:
        """Ends what is under way."""
        for connection in list(self._open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def stop(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def _pump(client: socket.socket, hub: socket.socket, asked: threading.Event) -> None:
    records = Records()
    with contextlib.suppress(OSError):
        while chunk := client.recv(65536):
            if records.hold_a_request(chunk):
                asked.set()
            hub.sendall(chunk)
        hub.shutdown(socket.SHUT_WR)


class Records:
    """The client's TLS records. On a busy machine one ``recv`` brings the end of the handshake and the request
    together, or half a record: the stream is cut by the records' own lengths."""

    def __init__(self) -> None:
        self._rest = b""

    def hold_a_request(self, chunk: bytes) -> bool:
        """Whether a record that begins in what was read up to now is a request."""
        self._rest += chunk
        found = False
        while len(self._rest) >= _RECORD_HEADER:
            length = int.from_bytes(self._rest[3:5], "big")
            found |= self._rest[0] == _APPLICATION_DATA and length >= _SHORTEST_REQUEST
            if len(self._rest) < _RECORD_HEADER + length:
                break
            self._rest = self._rest[_RECORD_HEADER + length :]
        return found
