"""A real hub that can be taken away, frozen, and brought back."""

import signal
import socket
from pathlib import Path

from ..real.hub_process import RunningHub, config_file, load_sample, start_hub


class AbsentHub:
    """A real hub that can be taken away and comes back at the same address."""

    def __init__(self, data: Path, *options: str) -> None:
        self._options = options
        config_file(data)
        load_sample(data)
        self.running: RunningHub = start_hub(data, *options)
        self._place: socket.socket | None = None

    def away(self) -> None:
        self.running.kill()
        self._close()
        # Nobody listens, and nobody else on this machine is given the port meanwhile.
        self._place = socket.socket()
        self._place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._place.bind(("127.0.0.1", self._port))

    def back(self) -> None:
        self.running = start_hub(self.running.data, *self._options, port=self._port)
        self._free()

    @property
    def _port(self) -> int:
        return int(self.running.url.rpartition(":")[2])

    def frozen(self, yes: bool) -> None:
        self.running.process.send_signal(signal.SIGSTOP if yes else signal.SIGCONT)

    def count(self, reference: str) -> int:
        return [ticket["reference"] for ticket in self.running.tickets()].count(reference)

    def stop(self) -> None:
        if self.running.process.poll() is None:
            self.running.kill()
        self._close()
        self._free()

    def _free(self) -> None:
        if self._place is not None:
            self._place.close()
            self._place = None

    def _close(self) -> None:
        if self.running.process.stdout is not None:
            self.running.process.stdout.close()
