"""System calls that change what is on the disk, and strace's words for stopping a process at one of them."""

import re
from dataclasses import dataclass

#: `?` where a machine does not have a call of this name.
NAMES = tuple(
    word
    for line in (
        "write writev pwrite64 pwritev pwritev2 fsync fdatasync sync_file_range ftruncate truncate fallocate msync",
        "rename renameat renameat2 unlink unlinkat link linkat symlink symlinkat mkdir mkdirat rmdir",
        "chmod fchmod fchmodat copy_file_range sendfile",
    )
    for word in line.split()
)
WRITES = ",".join(f"?{name}" for name in NAMES)
_NAME = re.compile(r"^(\w+)\(")


@dataclass(frozen=True)
class Point:
    """The ``number``-th call of this name, from 1. strace counts each name by itself."""

    name: str
    number: int

    def __str__(self) -> str:
        return f"{self.name} {self.number}"

    def kill(self) -> list[str]:
        """The call does not happen any more."""
        return self._inject("signal=KILL")

    def fail(self, error: str) -> list[str]:
        """The call does nothing and says ``error``."""
        return self._inject(f"error={error}")

    def _inject(self, what: str) -> list[str]:
        return ["-e", f"trace={self.name}", "-e", f"inject={self.name}:{what}:when={self.number}", "-o", "/dev/null"]


def points(trace: list[str]) -> list[Point]:
    """Every call of NAMES in a trace, in order."""
    seen: dict[str, int] = {}
    found = []
    for line in trace:
        called = _NAME.match(line)
        if called and called[1] in NAMES:
            seen[called[1]] = seen.get(called[1], 0) + 1
            found.append(Point(called[1], seen[called[1]]))
    return found
