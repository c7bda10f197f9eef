"""Qt's bindings without the parts that only explain them: signatures for error messages, help and stub files.

``import shiboken6`` compiles those from source at every start and builds their search patterns: half of what importing
Qt takes (PySide6 6.11.3). Here each is run by whoever first reads a name of it, such as the message of a TypeError.
"""

import importlib.machinery
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from kiosk.lean import without

_SUPPORT = "shibokensupport.signature."
#: Those that hold nothing which importing Qt itself needs.
LATER = frozenset(
    _SUPPORT + name
    for name in (
        "errorhandler",
        "layout",
        "lib.enum_sig",
        "lib.pyi_generator",
        "lib.tool",
        "mapping",
        "parser",
    )
)
#: The one name that libshiboken takes out of a module's dictionary, where no module is asked (SetError_Argument).
_TAKEN = "update_mapping"
#: Releases whose C++ side has been read for more of those; another one loads as it likes.
_READ = (6, 11)
_one_at_a_time = threading.RLock()


class LaterModule(ModuleType):
    """Empty until a name of it is asked for. Double-underscored names, which imports look for, do not count."""

    def __init__(self, name: str, loader: Any) -> None:
        super().__init__(name)
        self.__dict__["_later"] = (name, loader)
        if name.endswith(".mapping"):
            self.__dict__[_TAKEN] = self._take

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        self._run()
        if name not in self.__dict__:
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return self.__dict__[name]

    def _take(self) -> Any:
        self._run()  # which puts the real one in this one's place
        return self.__dict__[_TAKEN]()

    def _run(self) -> None:
        with _one_at_a_time:
            later = self.__dict__.pop("_later", None)
            if later is None:
                return
            name, loader = later
            # The bindings have given the module a second name since; their loader knows it by the first.
            spec: Any = self.__spec__
            second, spec.name = spec.name, name
            try:
                loader.exec_module(self)
            finally:
                spec.name = second


class _LaterLoader:
    def __init__(self, loader: Any) -> None:
        self._loader = loader

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> ModuleType:
        return LaterModule(spec.name, self._loader)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing yet."""


class _Spec(importlib.machinery.ModuleSpec):
    """What the bindings' own finder describes a module with; it passes name and loader."""

    def __init__(self, name: str, loader: Any, **more: Any) -> None:
        read = getattr(sys.modules.get("shiboken6"), "__version_info__", ())[:2] == _READ
        chosen: Any = _LaterLoader(loader) if read and name in LATER else loader
        super().__init__(name, chosen, **more)


@contextmanager
def _specs() -> Iterator[None]:
    plain = importlib.machinery.ModuleSpec
    importlib.machinery.ModuleSpec = _Spec  # type: ignore[misc]
    try:
        yield
    finally:
        importlib.machinery.ModuleSpec = plain  # type: ignore[misc]


def import_lean() -> bool:
    """Imports the bindings' core, not Qt itself. False where it was there already, or these bindings load otherwise."""
    if "shiboken6" in sys.modules:
        return False
    # bz2 and lzma: for archives nobody here opens.
    with _specs(), without("bz2", "lzma"):
        import shiboken6  # noqa: F401
    return any(isinstance(sys.modules.get(name), LaterModule) for name in LATER)
