"""A display of our own: Xvfb chooses a free one, openbox is the window manager with the keys a desktop has."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE

from ..whole.waiting import until


def end(process: "subprocess.Popen[str]") -> None:
    """Ends a process that a test started; its own pid only."""
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(PATIENCE)


@dataclass(frozen=True)
class Display:
    """``name`` as in DISPLAY."""

    name: str
    size: tuple[int, int]

    @property
    def environment(self) -> dict[str, str]:
        """For a program on this display."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("QT_")}
        return {**kept, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb", "QT_QUICK_BACKEND": "software"}

    def tool(self, *command: str) -> str:
        """What a command of X prints; '' where it fails, because there is no such window yet."""
        done = subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=PATIENCE, check=False
        )
        return done.stdout.strip() if done.returncode == 0 else ""

    def window(self, name: str) -> str:
        """Id of the visible window of that name, once there is one."""
        return until(lambda: self.tool("xdotool", "search", "--onlyvisible", "--name", f"^{name}$"), f"window {name}")

    def windows(self) -> list[str]:
        """All windows that are mapped, menus included."""
        return sorted(self.tool("xdotool", "search", "--onlyvisible", "--name", ".*").split())

    def geometry(self, window: str) -> dict[str, str]:
        """X, Y, WIDTH, HEIGHT … of a window."""
        lines = self.tool("xdotool", "getwindowgeometry", "--shell", window).splitlines()
        return dict(line.split("=", 1) for line in lines)

    def picture(self, file: Path) -> Path:
        self.tool("import", "-window", "root", str(file))
        return file


@contextmanager
def display(size: tuple[int, int], folder: Path) -> Iterator[Display]:
    """Xvfb and openbox on it, ended with the block; what they say is in ``folder``."""
    reading, writing = os.pipe()
    with (folder / "xvfb.log").open("w") as log:
        geometry = f"{size[0]}x{size[1]}x24"
        server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", geometry, "-nolisten", "tcp", "-noreset"],
            pass_fds=[writing],
            stdout=log,
            stderr=log,
            text=True,
        )
        os.close(writing)
        with os.fdopen(reading) as number:
            shown = Display(f":{number.readline().strip()}", size)
        manager = subprocess.Popen(
            ["openbox", "--sm-disable"], env=shown.environment, stdout=log, stderr=log, text=True
        )
        try:
            until(lambda: "window id" in shown.tool("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"), "openbox")
            yield shown
        finally:
            end(manager)
            end(server)
