"""What the feedback page shows."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class FeedbackViewModel(PageViewModel):
    """Faces, reasons, words; tied to nobody."""

    titleChanged = Signal()
    textChanged = Signal()
    aboutsChanged = Signal()
    aboutChanged = Signal()
    facesChanged = Signal()
    faceChanged = Signal()
    reasonsTitleChanged = Signal()
    reasonsHintChanged = Signal()
    reasonsChanged = Signal()
    chosenChanged = Signal()
    wordsChanged = Signal()
    submitChanged = Signal()
    canSubmitChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.FeedbackPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=aboutsChanged)
    def abouts(self) -> list[Any]:
        return self.shown_rows("abouts")

    @Property(str, notify=aboutChanged)
    def about(self) -> str:
        return self.shown_text("about")

    @Property(QVariantList, notify=facesChanged)
    def faces(self) -> list[Any]:
        return self.shown_rows("faces")

    @Property(str, notify=faceChanged)
    def face(self) -> str:
        return self.shown_text("face")

    @Property(str, notify=reasonsTitleChanged)
    def reasonsTitle(self) -> str:
        return self.shown_text("reasons_title")

    @Property(str, notify=reasonsHintChanged)
    def reasonsHint(self) -> str:
        return self.shown_text("reasons_hint")

    @Property(QVariantList, notify=reasonsChanged)
    def reasons(self) -> list[Any]:
        return self.shown_rows("reasons")

    @Property(QVariantList, notify=chosenChanged)
    def chosen(self) -> list[Any]:
        return self.shown_rows("chosen")

    @Property(QVariantMap, notify=wordsChanged)
    def words(self) -> dict[str, Any]:
        return self.shown_part("words")

    @Property(str, notify=submitChanged)
    def submit(self) -> str:
        return self.shown_text("submit")

    @Property(bool, notify=canSubmitChanged)
    def canSubmit(self) -> bool:
        return self.shown_flag("can_submit")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.FEEDBACK, part, row))
