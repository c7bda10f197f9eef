"""What stands around the page: look, frame, strip, session bar and the covering question."""

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.domain.language import Language
from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LookViewModel(PageViewModel):
    """Language and the aids that are on."""

    languageChanged = Signal()
    largeChanged = Signal()
    contrastChanged = Signal()
    reachChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.Look(), post)

    @Property(str, notify=languageChanged)
    def language(self) -> str:
        return self.shown_text("language")

    @Property(bool, notify=largeChanged)
    def large(self) -> bool:
        return self.shown_flag("large")

    @Property(bool, notify=contrastChanged)
    def contrast(self) -> bool:
        return self.shown_flag("contrast")

    @Property(bool, notify=reachChanged)
    def reach(self) -> bool:
        return self.shown_flag("reach")

    @Slot(str)
    def chooseLanguage(self, language: str) -> None:
        self.post(requests.ChooseLanguage(Language(language)))

    @Slot(str)
    def toggle(self, aid: str) -> None:
        self.post(requests.ToggleAid(aid))


@QmlElement
class FrameViewModel(PageViewModel):
    """Brand, place and clock."""

    campusChanged = Signal()
    productChanged = Signal()
    markChanged = Signal()
    placeChanged = Signal()
    clockChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.Frame(), post)

    @Property(str, notify=campusChanged)
    def campus(self) -> str:
        return self.shown_text("campus")

    @Property(str, notify=productChanged)
    def product(self) -> str:
        return self.shown_text("product")

    @Property(str, notify=markChanged)
    def mark(self) -> str:
        return self.shown_text("mark")

    @Property(str, notify=placeChanged)
    def place(self) -> str:
        return self.shown_text("place")

    @Property(str, notify=clockChanged)
    def clock(self) -> str:
        return self.shown_text("clock")


@QmlElement
class StripViewModel(PageViewModel):
    """The one message at the top."""

    kindChanged = Signal()
    textChanged = Signal()
    countChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.Strip(), post)

    @Property(str, notify=kindChanged)
    def kind(self) -> str:
        return self.shown_text("kind")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(str, notify=countChanged)
    def count(self) -> str:
        return self.shown_text("count")


@QmlElement
class BarViewModel(PageViewModel):
    """The session bar."""

    visibleChanged = Signal()
    backChanged = Signal()
    whoIconChanged = Signal()
    whoChanged = Signal()
    whoDetailChanged = Signal()
    deskChanged = Signal()
    deskDetailChanged = Signal()
    leftChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.Bar(), post)

    @Property(bool, notify=visibleChanged)
    def visible(self) -> bool:
        return self.shown_flag("visible")

    @Property(bool, notify=backChanged)
    def back(self) -> bool:
        return self.shown_flag("back")

    @Property(str, notify=whoIconChanged)
    def whoIcon(self) -> str:
        return self.shown_text("who_icon")

    @Property(str, notify=whoChanged)
    def who(self) -> str:
        return self.shown_text("who")

    @Property(str, notify=whoDetailChanged)
    def whoDetail(self) -> str:
        return self.shown_text("who_detail")

    @Property(str, notify=deskChanged)
    def desk(self) -> str:
        return self.shown_text("desk")

    @Property(str, notify=deskDetailChanged)
    def deskDetail(self) -> str:
        return self.shown_text("desk_detail")

    @Property(str, notify=leftChanged)
    def left(self) -> str:
        return self.shown_text("left")

    @Slot()
    def goBack(self) -> None:
        self.post(requests.Back())

    @Slot()
    def end(self) -> None:
        self.post(requests.End())


@QmlElement
class QuestionViewModel(PageViewModel):
    """The question that covers everything, or none."""

    kindChanged = Signal()
    titleChanged = Signal()
    textChanged = Signal()
    secondsChanged = Signal()
    leaveChanged = Signal()
    stayChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.Question(), post)

    @Property(str, notify=kindChanged)
    def kind(self) -> str:
        return self.shown_text("kind")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(str, notify=secondsChanged)
    def seconds(self) -> str:
        return self.shown_text("seconds")

    @Property(str, notify=leaveChanged)
    def leave(self) -> str:
        return self.shown_text("leave")

    @Property(str, notify=stayChanged)
    def stay(self) -> str:
        return self.shown_text("stay")

    @Slot()
    def goOn(self) -> None:
        self.post(requests.Stay())

    @Slot()
    def goAway(self) -> None:
        self.post(requests.Leave())
