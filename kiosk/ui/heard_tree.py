"""The page as assistive tools are told it, in reading order: what is spoken is what a screen reader would say."""

import re
from collections.abc import Iterator
from typing import Any

from msgspec import Struct
from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible

_ROLE = QAccessible.Role
#: What is read when a page opens.
_READ = frozenset(
    {
        _ROLE.Heading,
        _ROLE.StaticText,
        _ROLE.AlertMessage,
        _ROLE.EditableText,
        _ROLE.ListItem,
        _ROLE.Graphic,
    }
)
#: What is heard when the keys come to it, with all that stands in it.
_PRESSED = frozenset({_ROLE.Button, _ROLE.CheckBox, _ROLE.RadioButton, _ROLE.Link})
#: Deepest a page is built; whatever lies deeper is no text of it.
_DEEPEST = 60


class Line(Struct, frozen=True):
    """One text of a page. ``note``: what is said of it, such as how much was typed; ``typed``: of a field that holds no
    secret, what stands in it; its note may begin with that."""

    role: Any
    name: str
    note: str = ""
    typed: str = ""

    @property
    def whole(self) -> str:
        typed = "" if self.note.startswith(self.typed) else self.typed
        return " ".join(part for part in (self.name, self.note, typed) if part)

    @property
    def untyped(self) -> str:
        """Without what stands in it."""
        return " ".join(part for part in (self.name, self.note.removeprefix(self.typed).strip()) if part)

    @property
    def still(self) -> str:
        """The same for a text in which only figures run."""
        return re.sub(r"\d+", "", self.whole)


class Control(Struct, frozen=True):
    """Something that can be pressed. ``on``: whether it is switched on or chosen, ``None`` where it is neither."""

    role: Any
    name: str
    hint: str = ""
    on: bool | None = None


def control(item: QObject) -> Control:
    face = QAccessible.queryAccessibleInterface(item)
    if face is None or not face.isValid():
        return Control(_ROLE.NoRole, "")
    role, state = face.role(), face.state()
    checkable = bool(state.checkable) or role == _ROLE.CheckBox
    return Control(
        role,
        face.text(QAccessible.Text.Name).strip(),
        face.text(QAccessible.Text.Description).strip(),
        bool(state.checked) if checkable else None,
    )


def lines(page: QObject | None) -> list[Line]:
    """Everything on ``page`` that is read; nothing of controls."""
    face = QAccessible.queryAccessibleInterface(page) if page is not None else None
    return [] if face is None else list(_lines(face, 0))


def dialog(window: QObject) -> list[Line]:
    """The same of the question that covers the window's page."""
    face = QAccessible.queryAccessibleInterface(window)
    faces = [] if face is None else [face.child(at) for at in range(face.childCount())]
    asked = [one for one in faces if one is not None and one.isValid() and one.role() == _ROLE.Dialog]
    return [line for one in asked for line in _lines(one, 0)]


def _lines(face: Any, depth: int) -> Iterator[Line]:
    for at in range(face.childCount()):
        child = face.child(at)
        if child is None or not child.isValid():
            continue
        state, role = child.state(), child.role()
        if state.invisible or role in _PRESSED or depth > _DEEPEST:
            continue
        if role in _READ:
            name = child.text(QAccessible.Text.Name).strip()
            note = child.text(QAccessible.Text.Description).strip()
            typed = "" if state.passwordEdit or role != _ROLE.EditableText else _typed(child)
            if name or note:
                yield Line(role, name, note, typed)
        yield from _lines(child, depth + 1)


def _typed(field: Any) -> str:
    texts = field.textInterface()
    return "" if texts is None else str(texts.text(0, texts.characterCount()))
