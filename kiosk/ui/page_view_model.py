"""A frozen value shown field by field: only what changed is announced, so that lists are not rebuilt for a choice."""

from collections.abc import Callable
from enum import Enum
from typing import Any

from msgspec import Struct
from PySide6.QtCore import Property, QObject, Signal

from kiosk.services.requests import Request
from kiosk.services.views import Notice, NoticeKind, Row, TicketDetail

Post = Callable[[Request], None]

# QML reads parts of a map: where there is nothing, it gets the same parts, empty.
_NOTHING: dict[str, Any] = {
    "notice": Notice(NoticeKind.INFO, ""),
    "place": Row("", ""),
    "note": Row("", ""),
    "here": Row("", ""),
    "known": Row("", ""),
    "who": Row("", ""),
    "ticket": Row("", ""),
    "words": Row("", ""),
    "detail": TicketDetail("", "", ()),
}


def for_qml(value: Any) -> Any:
    """Tuples become lists, values become maps, enumerations their text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [for_qml(item) for item in value]
    if isinstance(value, Struct):
        return {camel_case(name): for_qml(getattr(value, name)) for name in value.__struct_fields__}
    return value


def camel_case(name: str) -> str:
    head, *rest = name.split("_")
    return head + "".join(word.title() for word in rest)


class PageViewModel(QObject):
    """Holds one value of a screen; subclasses name its fields as read-only properties and post what a touch asks."""

    def __init__(self, empty: Struct, post: Post) -> None:
        super().__init__()
        self.post = post
        self._empty = empty
        self._value = empty
        self._shown = {name: self._plain(name) for name in empty.__struct_fields__}

    def _plain(self, name: str) -> Any:
        value = getattr(self._value, name)
        return for_qml(_NOTHING[name] if value is None else value)

    def take(self, value: Struct) -> None:
        """Shows ``value``: the fields that differ are announced, once each."""
        old, self._value = self._value, value
        changed = [name for name in self._shown if getattr(old, name) != getattr(value, name)]
        for name in changed:
            self._shown[name] = self._plain(name)
        for name in changed:
            getattr(self, camel_case(name) + "Changed").emit()

    def forget(self) -> None:
        """Holds nothing of a visitor any more."""
        self.take(self._empty)

    def shown_text(self, name: str) -> str:
        return str(self._shown[name])

    def shown_flag(self, name: str) -> bool:
        return bool(self._shown[name])

    def shown_number(self, name: str) -> int:
        return int(self._shown[name])

    def shown_rows(self, name: str) -> list[Any]:
        return list(self._shown[name])

    def shown_part(self, name: str) -> dict[str, Any]:
        return dict(self._shown[name])


class BusyViewModel(PageViewModel):
    """Of a page on which something is handed in: meanwhile its buttons wait, and say what for."""

    busyChanged = Signal()
    busyTextChanged = Signal()

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self.shown_flag("busy")

    @Property(str, notify=busyTextChanged)
    def busyText(self) -> str:
        return self.shown_text("busy_text")
