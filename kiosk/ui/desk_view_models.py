"""What the pages of the desk show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.identity_view_models import IdentifyViewModel
from kiosk.ui.maintenance_view_models import MaintenanceViewModel
from kiosk.ui.page_view_model import BusyViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DeskDoorViewModel(IdentifyViewModel):
    """The locked door: a card is asked for as everywhere."""


@QmlElement
class DeskListViewModel(MaintenanceViewModel):
    """Rows to choose from or to read."""

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.DESK_LIST, part, row))


@QmlElement
class DeskViewModel(BusyViewModel):
    """A matter that is logged for somebody."""

    whoChanged = Signal()
    factsChanged = Signal()
    earlierChanged = Signal()
    findChanged = Signal()
    closesChanged = Signal()
    titleChanged = Signal()
    templatesChanged = Signal()
    askedChanged = Signal()
    actionsChanged = Signal()
    optionsChanged = Signal()
    handChanged = Signal()
    solveChanged = Signal()
    canLogChanged = Signal()
    recentTitleChanged = Signal()
    recentCountChanged = Signal()
    recentChanged = Signal()
    undoChanged = Signal()
    noticeChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.DeskPage(), post)

    @Property(QVariantMap, notify=whoChanged)
    def who(self) -> dict[str, Any]:
        return self.shown_part("who")

    @Property(QVariantList, notify=factsChanged)
    def facts(self) -> list[Any]:
        return self.shown_rows("facts")

    @Property(str, notify=earlierChanged)
    def earlier(self) -> str:
        return self.shown_text("earlier")

    @Property(str, notify=findChanged)
    def find(self) -> str:
        return self.shown_text("find")

    @Property(str, notify=closesChanged)
    def closes(self) -> str:
        return self.shown_text("closes")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantList, notify=templatesChanged)
    def templates(self) -> list[Any]:
        return self.shown_rows("templates")

    @Property(str, notify=askedChanged)
    def asked(self) -> str:
        return self.shown_text("asked")

    @Property(QVariantList, notify=actionsChanged)
    def actions(self) -> list[Any]:
        return self.shown_rows("actions")

    @Property(QVariantList, notify=optionsChanged)
    def options(self) -> list[Any]:
        return self.shown_rows("options")

    @Property(str, notify=handChanged)
    def hand(self) -> str:
        return self.shown_text("hand")

    @Property(str, notify=solveChanged)
    def solve(self) -> str:
        return self.shown_text("solve")

    @Property(bool, notify=canLogChanged)
    def canLog(self) -> bool:
        return self.shown_flag("can_log")

    @Property(str, notify=recentTitleChanged)
    def recentTitle(self) -> str:
        return self.shown_text("recent_title")

    @Property(str, notify=recentCountChanged)
    def recentCount(self) -> str:
        return self.shown_text("recent_count")

    @Property(QVariantList, notify=recentChanged)
    def recent(self) -> list[Any]:
        return self.shown_rows("recent")

    @Property(str, notify=undoChanged)
    def undo(self) -> str:
        return self.shown_text("undo")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.DESK, part, row))
