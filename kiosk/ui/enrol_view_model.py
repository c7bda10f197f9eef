"""What the page of a kiosk shows that nobody knows yet."""

from typing import Any

from PySide6.QtCore import Property, Signal
from PySide6.QtQml import QmlElement

from kiosk.services import views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class EnrolViewModel(PageViewModel):
    """Both languages at once."""

    titleZhChanged = Signal()
    titleEnChanged = Signal()
    textZhChanged = Signal()
    textEnChanged = Signal()
    qrChanged = Signal()
    codeChanged = Signal()
    sameZhChanged = Signal()
    sameEnChanged = Signal()
    wordsZhChanged = Signal()
    wordsEnChanged = Signal()
    leftZhChanged = Signal()
    leftEnChanged = Signal()
    kindChanged = Signal()
    stateChanged = Signal()
    hubChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.EnrolPage(), post)

    @Property(str, notify=titleZhChanged)
    def titleZh(self) -> str:
        return self.shown_text("title_zh")

    @Property(str, notify=titleEnChanged)
    def titleEn(self) -> str:
        return self.shown_text("title_en")

    @Property(str, notify=textZhChanged)
    def textZh(self) -> str:
        return self.shown_text("text_zh")

    @Property(str, notify=textEnChanged)
    def textEn(self) -> str:
        return self.shown_text("text_en")

    @Property(str, notify=qrChanged)
    def qr(self) -> str:
        return self.shown_text("qr")

    @Property(str, notify=codeChanged)
    def code(self) -> str:
        return self.shown_text("code")

    @Property(str, notify=sameZhChanged)
    def sameZh(self) -> str:
        return self.shown_text("same_zh")

    @Property(str, notify=sameEnChanged)
    def sameEn(self) -> str:
        return self.shown_text("same_en")

    @Property(str, notify=wordsZhChanged)
    def wordsZh(self) -> str:
        return self.shown_text("words_zh")

    @Property(str, notify=wordsEnChanged)
    def wordsEn(self) -> str:
        return self.shown_text("words_en")

    @Property(str, notify=leftZhChanged)
    def leftZh(self) -> str:
        return self.shown_text("left_zh")

    @Property(str, notify=leftEnChanged)
    def leftEn(self) -> str:
        return self.shown_text("left_en")

    @Property(str, notify=kindChanged)
    def kind(self) -> str:
        return self.shown_text("kind")

    @Property(str, notify=hubChanged)
    def hub(self) -> str:
        return self.shown_text("hub")

    @Property(QVariantList, notify=stateChanged)
    def state(self) -> list[Any]:
        return self.shown_rows("state")
