"""What this kiosk runs on, for the pages of staff: versions, addresses, a restart."""

import platform
import socket
import struct
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from kiosk.domain.upkeep import Closed, MachineFacts

#: Linux: asks an interface for its IPv4 address (netdevice(7)).
_SIOCGIFADDR = 0x8915
_LOOPBACK = "127."
#: Libraries whose version matters to whoever looks after a kiosk, by their modules.
_LIBRARIES = ("PySide6", "cryptography", "requests")


@dataclass(frozen=True, slots=True)
class Machine:
    """``sqlite``: its version; ``restarts``: ends the program, ``None`` where nobody would start it again."""

    hub: str
    sqlite: str
    remember: Callable[[Closed | None], None]
    restarts: Callable[[], None] | None

    def facts(self) -> MachineFacts:
        libraries = [(name, found) for name in _LIBRARIES if (found := _loaded(name))]
        below = ("Python", platform.python_version()), ("SQLite", self.sqlite), ("Linux", platform.release())
        return MachineFacts(self.hub, (("campus-kiosk", _own()), *libraries, *below), addresses())

    def restart(self) -> bool:
        if self.restarts is None:
            return False
        self.restarts()
        return True

    def keep_closed(self, closed: Closed | None) -> None:
        self.remember(closed)


def addresses() -> tuple[str, ...]:
    """``192.0.2.7 (eth0)`` for every interface that has an IPv4 address, without loopback."""
    import fcntl

    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        for _, name in socket.if_nameindex():
            try:
                answer = fcntl.ioctl(asking.fileno(), _SIOCGIFADDR, struct.pack("256s", name.encode()[:15]))
            except OSError:  # it has none
                continue
            address = socket.inet_ntoa(answer[20:24])
            if not address.startswith(_LOOPBACK):
                found.append(f"{address} ({name})")
    return tuple(found)


def _loaded(module: str) -> str:
    """Of what runs here and now; nothing is imported for it."""
    return str(getattr(sys.modules.get(module), "__version__", ""))


@cache
def _own() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("campus-kiosk")
    except PackageNotFoundError:
        return "0"
