"""What the pages for staff who look after this kiosk show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.identity_view_models import IdentifyViewModel
from kiosk.ui.page_view_model import BusyViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap
from kiosk.ui.reading_view_models import TicketActViewModel

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class MaintenanceDoorViewModel(IdentifyViewModel):
    """The locked door: a card is asked for as everywhere."""


@QmlElement
class MaintenanceActViewModel(TicketActViewModel):
    """Before something is done to this kiosk."""

    @Slot(str)
    def choose(self, part: str) -> None:
        self.post(requests.Choose(views.Screen.MAINTENANCE_ACT, part, ""))


@QmlElement
class MaintenanceViewModel(BusyViewModel):
    """Rows to choose from or to read, and at most two buttons."""

    titleChanged = Signal()
    textChanged = Signal()
    chipsChanged = Signal()
    noticeChanged = Signal()
    rowsChanged = Signal()
    menuChanged = Signal()
    dotsChanged = Signal()
    wayChanged = Signal()
    actChanged = Signal()
    actIconChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.MaintenancePage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=chipsChanged)
    def chips(self) -> list[Any]:
        return self.shown_rows("chips")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(bool, notify=menuChanged)
    def menu(self) -> bool:
        return self.shown_flag("menu")

    @Property(QVariantList, notify=dotsChanged)
    def dots(self) -> list[Any]:
        return self.shown_rows("dots")

    @Property(str, notify=wayChanged)
    def way(self) -> str:
        return self.shown_text("way")

    @Property(str, notify=actChanged)
    def act(self) -> str:
        return self.shown_text("act")

    @Property(str, notify=actIconChanged)
    def actIcon(self) -> str:
        return self.shown_text("act_icon")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.MAINTENANCE, part, row))
