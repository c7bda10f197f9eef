"""The demo's drawer on screen: buttons for what a person does to a real kiosk by hand. Never part of a real kiosk."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Property, QCoreApplication, QObject, Qt, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.language import Language
from kiosk.ui.qml_types import QVariantList, QVariantMap
from kiosk.words import say, table

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1
TABLE = "drawer"


@dataclass(frozen=True, slots=True)
class Hand:
    """Somebody whose card can be tapped; ``pin`` and ``card_pin`` (of tills) empty: none."""

    id: str
    name: str
    role: str
    pin: str
    card_pin: str = ""


@dataclass(frozen=True, slots=True)
class Drawer:
    """What the drawer does: ``do`` takes an action in words, ``switches`` says how things stand, by name; ``messages``
    what people were told last."""

    hands: tuple[Hand, ...]
    do: Callable[[str], object]
    switches: Callable[[], dict[str, str]]
    messages: Callable[[], list[str]] = list


@QmlElement
class DrawerViewModel(QObject):
    """``stale`` may be called from any thread: somebody else (a command) has used the drawer."""

    switchesChanged = Signal()
    messagesChanged = Signal()
    _used = Signal()

    def __init__(self, drawer: Drawer, language: Language) -> None:
        super().__init__()
        self._drawer = drawer
        self._language = language
        self._messages: list[str] = []
        self._used.connect(self.switchesChanged, Qt.ConnectionType.QueuedConnection)

    def stale(self) -> None:
        self._used.emit()

    @Property(QVariantMap, constant=True)
    def words(self) -> dict[str, Any]:
        return dict(table(self._language, TABLE))

    @Property(QVariantList, constant=True)
    def hands(self) -> list[Any]:
        return [{"id": hand.id, "name": hand.name, "about": self._about(hand)} for hand in self._drawer.hands]

    @Property(QVariantMap, notify=switchesChanged)
    def switches(self) -> dict[str, Any]:
        return dict(self._drawer.switches())

    @Property(QVariantList, notify=messagesChanged)
    def messages(self) -> list[Any]:
        return list(self._messages)

    @Slot()
    def look(self) -> None:
        """Reads the messages anew; the panel asks while it is open."""
        now = self._drawer.messages()
        if now != self._messages:
            self._messages = now
            self.messagesChanged.emit()

    @Slot(str)
    def act(self, action: str) -> None:
        self._drawer.do(action)
        self.switchesChanged.emit()

    @Slot()
    def quit(self) -> None:
        QCoreApplication.exit(0)

    def _about(self, hand: Hand) -> str:
        role = say(self._language, f"{TABLE}.{hand.role}")
        pin = say(self._language, f"{TABLE}.pin", pin=hand.pin) if hand.pin else say(self._language, f"{TABLE}.no_pin")
        till = say(self._language, f"{TABLE}.card_pin", pin=hand.card_pin) if hand.card_pin else ""
        return " · ".join(part for part in (role, pin, till) if part)
