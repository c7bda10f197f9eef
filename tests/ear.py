"""A port that is listened to: whoever fetches what a text merely mentions is heard."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Ear:
    port: int
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def listening() -> Iterator[Ear]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        ear = Ear(server.getsockname()[1])

        def listen() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    caller.settimeout(5)
                    ear.heard.append(b"somebody called")
                    with contextlib.suppress(OSError):  # it called, whatever became of it
                        ear.heard[-1] = caller.recv(200)

        thread = threading.Thread(target=listen, daemon=True)
        thread.start()
        try:
            yield ear
        finally:
            server.shutdown(socket.SHUT_RDWR)
            thread.join(10)
