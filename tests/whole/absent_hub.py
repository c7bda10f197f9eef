"""A real hub that can be taken away, frozen, and brought back."""

import signal
from pathlib import Path

from ..real.hub_process import RunningHub, command, config_file, start_hub


class AbsentHub:
    """A real hub that can be taken away and comes back at the same address."""

    def __init__(self, data: Path, *options: str) -> None:
        self._options = options
        config_file(data)
        command(data, "sample")
        self.running: RunningHub = start_hub(data, *options)

    def away(self) -> None:
        self.running.kill()
        self._close()

    def back(self) -> None:
        port = int(self.running.url.rpartition(":")[2])
        self.running = start_hub(self.running.data, *self._options, port=port)

    def frozen(self, yes: bool) -> None:
        self.running.process.send_signal(signal.SIGSTOP if yes else signal.SIGCONT)

    def count(self, reference: str) -> int:
        return [ticket["reference"] for ticket in self.running.tickets()].count(reference)

    def stop(self) -> None:
        if self.running.process.poll() is None:
            self.running.kill()
        self._close()

    def _close(self) -> None:
        if self.running.process.stdout is not None:
            self.running.process.stdout.close()
