"""What the pages of a report show, from its category to how we shall answer."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CategoryViewModel(PageViewModel):
    """All services by type."""

    titleChanged = Signal()
    groupsChanged = Signal()

    def __init__(self, post: Post, empty: views.CategoryPage | None = None) -> None:
        super().__init__(empty or views.CategoryPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantList, notify=groupsChanged)
    def groups(self) -> list[Any]:
        return self.shown_rows("groups")

    @Slot(str)
    def choose(self, service: str) -> None:
        self.post(requests.ChooseService(service))


@QmlElement
class SubjectViewModel(CategoryViewModel):
    """What a complaint is about."""

    def __init__(self, post: Post) -> None:
        super().__init__(post, views.SubjectPage())

    @Slot(str)
    def choose(self, service: str) -> None:
        self.post(requests.Choose(views.Screen.SUBJECT, "service", service))


@QmlElement
class DetailsViewModel(BusyViewModel):
    """What is wrong, how bad, where.

    Rows and the chosen one are separate properties, so that a choice rebuilds nothing.
    """

    titleChanged = Signal()
    symptomsChanged = Signal()
    symptomChanged = Signal()
    impactTitleChanged = Signal()
    impactsChanged = Signal()
    impactChanged = Signal()
    placeChanged = Signal()
    noteChanged = Signal()
    answerLineChanged = Signal()
    submitChanged = Signal()
    submitIconChanged = Signal()
    canSubmitChanged = Signal()
    knownChanged = Signal()
    knownTitleChanged = Signal()
    meTooChanged = Signal()
    suggestionsTitleChanged = Signal()
    suggestionsChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.DetailsPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantList, notify=symptomsChanged)
    def symptoms(self) -> list[Any]:
        return self.shown_rows("symptoms")

    @Property(str, notify=symptomChanged)
    def symptom(self) -> str:
        return self.shown_text("symptom")

    @Property(str, notify=impactTitleChanged)
    def impactTitle(self) -> str:
        return self.shown_text("impact_title")

    @Property(QVariantList, notify=impactsChanged)
    def impacts(self) -> list[Any]:
        return self.shown_rows("impacts")

    @Property(str, notify=impactChanged)
    def impact(self) -> str:
        return self.shown_text("impact")

    @Property(QVariantMap, notify=placeChanged)
    def place(self) -> dict[str, Any]:
        return self.shown_part("place")

    @Property(QVariantMap, notify=noteChanged)
    def note(self) -> dict[str, Any]:
        return self.shown_part("note")

    @Property(str, notify=answerLineChanged)
    def answerLine(self) -> str:
        return self.shown_text("answer_line")

    @Property(str, notify=submitChanged)
    def submit(self) -> str:
        return self.shown_text("submit")

    @Property(str, notify=submitIconChanged)
    def submitIcon(self) -> str:
        return self.shown_text("submit_icon")

    @Property(bool, notify=canSubmitChanged)
    def canSubmit(self) -> bool:
        return self.shown_flag("can_submit")

    @Property(QVariantMap, notify=knownChanged)
    def known(self) -> dict[str, Any]:
        return self.shown_part("known")

    @Property(str, notify=knownTitleChanged)
    def knownTitle(self) -> str:
        return self.shown_text("known_title")

    @Property(str, notify=meTooChanged)
    def meToo(self) -> str:
        return self.shown_text("me_too")

    @Property(str, notify=suggestionsTitleChanged)
    def suggestionsTitle(self) -> str:
        return self.shown_text("suggestions_title")

    @Property(QVariantList, notify=suggestionsChanged)
    def suggestions(self) -> list[Any]:
        return self.shown_rows("suggestions")

    @Slot(str)
    def chooseSymptom(self, row: str) -> None:
        self.post(requests.ChooseSymptom(row))

    @Slot(str)
    def chooseImpact(self, row: str) -> None:
        self.post(requests.ChooseImpact(row))

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot()
    def send(self) -> None:
        self.post(requests.Submit())


@QmlElement
class PlaceViewModel(PageViewModel):
    """Buildings, then the floors of the chosen one."""

    titleChanged = Signal()
    hereChanged = Signal()
    recentTitleChanged = Signal()
    recentChanged = Signal()
    lettersTitleChanged = Signal()
    lettersChanged = Signal()
    letterChanged = Signal()
    matchesChanged = Signal()
    floorsChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.PlacePage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantMap, notify=hereChanged)
    def here(self) -> dict[str, Any]:
        return self.shown_part("here")

    @Property(str, notify=recentTitleChanged)
    def recentTitle(self) -> str:
        return self.shown_text("recent_title")

    @Property(QVariantList, notify=recentChanged)
    def recent(self) -> list[Any]:
        return self.shown_rows("recent")

    @Property(str, notify=lettersTitleChanged)
    def lettersTitle(self) -> str:
        return self.shown_text("letters_title")

    @Property(QVariantList, notify=lettersChanged)
    def letters(self) -> list[Any]:
        return self.shown_rows("letters")

    @Property(str, notify=letterChanged)
    def letter(self) -> str:
        return self.shown_text("letter")

    @Property(QVariantList, notify=matchesChanged)
    def matches(self) -> list[Any]:
        return self.shown_rows("matches")

    @Property(QVariantList, notify=floorsChanged)
    def floors(self) -> list[Any]:
        return self.shown_rows("floors")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(str)
    def chooseLetter(self, letter: str) -> None:
        self.post(requests.ChooseLetter(letter))

    @Slot(str)
    def choose(self, place: str) -> None:
        self.post(requests.ChoosePlace(place))


@QmlElement
class NoteViewModel(PageViewModel):
    """Free text; it stays in the field until done."""

    kindChanged = Signal()
    titleChanged = Signal()
    hintChanged = Signal()
    textChanged = Signal()
    limitChanged = Signal()
    phrasesChanged = Signal()
    doneChanged = Signal()
    errorChanged = Signal()

    def __init__(self, post: Post, empty: views.NotePage | None = None) -> None:
        super().__init__(empty or views.NotePage(), post)

    @Property(str, notify=kindChanged)
    def kind(self) -> str:
        return self.shown_text("kind")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self.shown_text("hint")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(int, notify=limitChanged)
    def limit(self) -> int:
        return self.shown_number("limit")

    @Property(QVariantList, notify=phrasesChanged)
    def phrases(self) -> list[Any]:
        return self.shown_rows("phrases")

    @Property(str, notify=doneChanged)
    def done(self) -> str:
        return self.shown_text("done")

    @Property(str, notify=errorChanged)
    def error(self) -> str:
        return self.shown_text("error")

    @Slot(str)
    def finish(self, text: str) -> None:
        self.post(requests.NoteDone(text))


@QmlElement
class WriteViewModel(NoteViewModel):
    """The same for whoever asks for words."""

    def __init__(self, post: Post) -> None:
        super().__init__(post, views.WritePage())

    @Slot(str)
    def finish(self, text: str) -> None:
        self.post(requests.Choose(views.Screen.WRITE, "done", text))


@QmlElement
class AnswerViewModel(BusyViewModel):
    """How shall we answer someone we do not know?"""

    titleChanged = Signal()
    textChanged = Signal()
    readerChanged = Signal()
    waysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.AnswerPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantMap, notify=readerChanged)
    def reader(self) -> dict[str, Any]:
        return self.shown_part("reader")

    @Property(QVariantList, notify=waysChanged)
    def ways(self) -> list[Any]:
        return self.shown_rows("ways")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))
