"""What attract and home show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.language import Language
from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AttractViewModel(PageViewModel):
    """Both languages at once; only the two start buttons begin a visit."""

    readerPositionChanged = Signal()
    readerZhChanged = Signal()
    readerEnChanged = Signal()
    noticeZhChanged = Signal()
    noticeEnChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.AttractPage(), post)

    @Property(str, notify=readerPositionChanged)
    def readerPosition(self) -> str:
        return self.shown_text("reader_position")

    @Property(str, notify=readerZhChanged)
    def readerZh(self) -> str:
        return self.shown_text("reader_zh")

    @Property(str, notify=readerEnChanged)
    def readerEn(self) -> str:
        return self.shown_text("reader_en")

    @Property(str, notify=noticeZhChanged)
    def noticeZh(self) -> str:
        return self.shown_text("notice_zh")

    @Property(str, notify=noticeEnChanged)
    def noticeEn(self) -> str:
        return self.shown_text("notice_en")

    @Slot(str)
    def start(self, language: str) -> None:
        self.post(requests.Start(Language(language)))

    @Slot()
    def showPrivacy(self) -> None:
        self.post(requests.ShowPrivacy())


@QmlElement
class HomeViewModel(PageViewModel):
    """The tiles of what exists, and the reader's hint."""

    tilesChanged = Signal()
    readerChanged = Signal()
    noticeChanged = Signal()
    searchChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.HomePage(), post)

    @Property(QVariantList, notify=tilesChanged)
    def tiles(self) -> list[Any]:
        return self.shown_rows("tiles")

    @Property(QVariantMap, notify=readerChanged)
    def reader(self) -> dict[str, Any]:
        return self.shown_part("reader")

    @Property(str, notify=noticeChanged)
    def notice(self) -> str:
        return self.shown_text("notice")

    @Property(str, notify=searchChanged)
    def search(self) -> str:
        return self.shown_text("search")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot()
    def showPrivacy(self) -> None:
        self.post(requests.ShowPrivacy())
