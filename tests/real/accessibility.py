"""An accessibility bus of our own, and a reader of what programs say on it."""

import json
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..whole.waiting import until
from .display import end

WALK = Path(__file__).parent / "atspi_walk.py"
#: PyGObject comes with the system's Python, not from a package index.
SYSTEM_PYTHON = "/usr/bin/python3"
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen><standard_session_servicedirs/>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
</policy></busconfig>
"""


@dataclass(frozen=True, slots=True)
class Node:
    """What an assistive tool is told about one thing; ``depth`` 0 is the application, ``id`` names it to ``press``."""

    id: int
    depth: int
    role: str
    name: str
    description: str
    states: tuple[str, ...]
    actions: tuple[str, ...]

    @property
    def showing(self) -> bool:
        return "showing" in self.states

    @property
    def can_be_pressed(self) -> bool:
        return self.showing and "enabled" in self.states and "press" in self.actions


@dataclass
class Reader:
    """Reads the tree of one application; every answer is of this moment."""

    process: "subprocess.Popen[str]"
    nodes: list[Node] = field(default_factory=list)

    def read(self) -> list[Node]:
        self.nodes = [
            Node(**{**node, "states": tuple(node["states"]), "actions": tuple(node["actions"])})
            for node in self._ask({"do": "tree"})
        ]
        return self.nodes

    def showing(self) -> list[Node]:
        return [node for node in self.read() if node.showing]

    def names(self) -> str:
        """All that is on screen, one name a line."""
        return "\n".join(node.name for node in self.showing())

    def press(self, wanted: Callable[[Node], bool], what: str) -> str:
        """Presses the first enabled control that is ``wanted``, once it is on screen; returns its name. One that had
        gone since it was read is pressed again where another one has come in its place."""
        tried: list[Node] = []

        def pressed() -> Node | None:
            node = next((node for node in self.showing() if node.can_be_pressed and wanted(node)), None)
            if node is None:
                # what its own press takes away may be gone before it has answered
                return tried[-1] if tried else None
            tried.append(node)
            return node if self._ask({"do": "press", "id": node.id}) else None

        node = until(pressed, f"a control to press: {what}")
        assert node is not None
        return node.name

    def press_named(self, name: str) -> None:
        """The control whose name begins so."""
        self.press(lambda node: node.name.startswith(name), name)

    def _ask(self, request: dict[str, object]) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps(request), file=self.process.stdin, flush=True)
        return json.loads(self.process.stdout.readline())


@contextmanager
def session_bus(folder: Path) -> Iterator[dict[str, str]]:
    """The environment of programs that meet on a private session bus, where at-spi starts by itself."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    socket = folder / "bus"
    config = folder / "bus.conf"
    config.write_text(BUS.format(socket=socket))
    with (folder / "bus.log").open("w") as log:
        command = ["dbus-daemon", f"--config-file={config}", "--nofork", "--nopidfile"]
        environment = {"XDG_RUNTIME_DIR": str(runtime)}
        daemon = subprocess.Popen(command, stdout=log, stderr=log, text=True, env=environment)
        try:
            until(socket.exists, "the session bus")
            yield {
                **environment,
                "DBUS_SESSION_BUS_ADDRESS": f"unix:path={socket}",
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
                "NO_AT_BRIDGE": "0",
            }
        finally:
            end(daemon)


@contextmanager
def reader(application: str, environment: dict[str, str], log: Path) -> Iterator[Reader]:
    """A reader that has found the application on the bus of ``environment``."""
    with log.open("w") as trouble:
        process = subprocess.Popen(
            [SYSTEM_PYTHON, str(WALK), application],
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=trouble,
            text=True,
        )
        try:
            yield Reader(process)
        finally:
            end(process)
            for stream in (process.stdin, process.stdout):
                assert stream is not None
                stream.close()
