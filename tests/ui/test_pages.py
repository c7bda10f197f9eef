"""Every page from hand-made views: nothing cut, nothing too small, nothing that Qt warns about."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.services.ports import Speech
from kiosk.services.requests import Request
from kiosk.tour.page_checks import ONLY_BACK, is_pressable, is_text, shown, troubles
from kiosk.tour.qt_warnings import KNOWN
from kiosk.tour.walker import REACH_LANDSCAPE, REACH_PORTRAIT, TYPING, waits
from kiosk.ui.window import Window, WindowSettings, open_window
from kiosk.words import say
from tests.counts import COUNT
from tests.patience import PATIENCE
from tests.ui.page_samples import pages, questions, view

#: pytest-qt sees the message without its category; the list is the product's own
pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))

SIZES = {"landscape": (1920, 1080), "portrait": (1080, 1920)}
LOOKS = {
    "plain": v.Look(),
    "large": v.Look(large=True),
    "contrast": v.Look(contrast=True),
    "reach": v.Look(reach=True),
    "large_reach": v.Look(large=True, reach=True),
}
REACH_LINE = {"landscape": REACH_LANDSCAPE, "portrait": REACH_PORTRAIT}
#: Not in a visit, so without reach mode; in landscape the keyboard leaves no room below the line.
NO_REACH = (
    "attract",
    "attract_no_reader",
    "attract_notice",
    "out_of_service",
    "out_of_service_near",
    "enrol",
    "enrol_no_hub",
)
ABOVE_KEYBOARD = frozenset(name for name, page in pages(Language.ZH).items() if page.screen in TYPING)


class NoKeys:
    def key(self, code: int) -> None:
        pass

    def letter(self, code: int) -> None:
        pass

    def clear(self) -> None:
        pass


class Stage:
    """A window in which views are shown at once and looked at."""

    def __init__(self, form: str, pictures: Path | None = None, speech: Speech | None = None) -> None:
        self.form = form
        self.asked: list[Request] = []
        width, height = SIZES[form]
        settings = WindowSettings(
            full_screen=False, width=width, height=height, reduce_motion=True, warm_up=False, pictures=pictures
        )
        first = view(v.AttractPage(), v.Look())
        self.window: Window = open_window(settings, first, self.asked.append, NoKeys(), speech)
        self._visit = 1

    def show(self, page: v.Page, look: v.Look, question: v.Question | None = None) -> None:
        self._visit += 1
        self.window.show(view(page, look, question=question, visit=self._visit))
        QGuiApplication.processEvents()
        self.window.root.grabWindow()

    def switch(self, page: v.Page, look: v.Look) -> None:
        """The same page of the same visit in another look."""
        self.window.show(view(page, look, visit=self._visit))
        QGuiApplication.processEvents()
        self.window.root.grabWindow()

    def fit(self) -> None:
        """Waits until words that are too long for their page or their lines are smaller."""
        stage = self.window.root.findChild(QQuickItem, "stage")
        assert stage is not None
        page = stage.childItems()[0]
        deadline = time.monotonic() + PATIENCE
        QGuiApplication.processEvents()
        while page.property("settling") and time.monotonic() < deadline:
            QGuiApplication.processEvents()
        self.window.root.grabWindow()
        QGuiApplication.processEvents()
        self.window.root.grabWindow()

    def keep(self, name: str) -> None:
        """Writes what is on screen to build/pages, where KEEP_PNG asks for it."""
        if os.environ.get("KEEP_PNG"):
            folder = Path("build/pages")
            folder.mkdir(parents=True, exist_ok=True)
            self.window.root.grabWindow().save(str(folder / f"{name}-{self.form}.png"))

    def troubles(self, name: str, look: v.Look, *, words_may_be_cut: bool = False, leads_on: bool = False) -> list[str]:
        line = REACH_LINE[self.form] * self.window.root.height() if look.reach and name not in NO_REACH else 0.0
        if name in ABOVE_KEYBOARD and self.form == "landscape":
            line = 0.0
        return troubles(self.window.root, 1.0, line, words_may_be_cut=words_may_be_cut, leads_on=leads_on)


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[Stage]:
    form: str = request.param
    stage = Stage(form)
    yield stage
    stage.window.close()
    qapp.processEvents()


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("language", Language)
def test_every_page_stands_whole_and_pressable_in_every_look(stage: Stage, language: Language, name: str) -> None:
    look = replace(LOOKS[name], language=language)
    found = []
    for page, value in pages(language).items():
        stage.show(value, look)
        stage.keep(f"{page}-{language}-{name}")
        found += [f"{page}: {trouble}" for trouble in stage.troubles(page, look, leads_on=not waits(value))]
    assert not found, "\n".join(found)


STRIPS = ("offline", "sending", "reader", "disk", "speech", "scan_unreadable", "scan_not_now", "card_no_network")


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("language", Language)
def test_every_word_of_the_strip_stands_whole(stage: Stage, language: Language, name: str) -> None:
    look = replace(LOOKS[name], language=language)
    for visit, key in enumerate(STRIPS, 100):
        strip = v.Strip(v.StripKind.TROUBLE, say(language, f"strip.{key}"))
        stage.window.show(view(pages(language)["category"], look, strip=strip, visit=visit))
        QGuiApplication.processEvents()
        stage.window.root.grabWindow()
        assert not stage.troubles("category", look), key


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("language", Language)
def test_how_much_waits_and_since_when_stands_whole_beside_the_strip_s_word(
    stage: Stage, language: Language, name: str
) -> None:
    look = replace(LOOKS[name], language=language)
    count = say(language, "strip.waiting_since", count=4750, clock="14:02")
    strip = v.Strip(v.StripKind.OFFLINE, say(language, "strip.offline"), count)
    stage.window.show(view(pages(language)["category"], look, strip=strip, visit=99))
    QGuiApplication.processEvents()
    stage.keep(f"strip-{language}-{name}")
    assert not stage.troubles("category", look)


def test_a_page_whose_only_way_on_is_back_is_found(stage: Stage) -> None:
    stage.show(v.UnavailablePage(title="No network", text="Nothing can be done about it."), v.Look())
    assert stage.troubles("unavailable", v.Look(), leads_on=True) == [ONLY_BACK]


def test_an_aid_is_switched_on_and_off_on_any_page(stage: Stage) -> None:
    language = Language.EN if stage.form == "landscape" else Language.ZH
    found = []
    for page, value in pages(language).items():
        stage.show(value, v.Look(language=language))
        for name in ("large_reach", "reach", "large", "contrast", "plain"):
            look = replace(LOOKS[name], language=language)
            stage.switch(value, look)
            found += [f"{page}, {name}: {trouble}" for trouble in stage.troubles(page, look)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", LOOKS)
@pytest.mark.parametrize("language", Language)
def test_a_question_covers_the_page_and_everything_of_the_visit(stage: Stage, language: Language, name: str) -> None:
    look = replace(LOOKS[name], language=language)
    for kind, question in questions(language).items():
        stage.show(pages(language)["tickets"], look, question)
        stage.keep(f"{kind}-{language}-{name}")
        texts = {str(one.item.property("text")) for one in shown(stage.window.root) if is_text(one)}
        assert question.title in texts
        assert not any("A12-0473-K" in text or "Wi-Fi" in text for text in texts)
        assert not stage.troubles(kind, look)


@pytest.mark.parametrize("language", Language)
def test_long_titles_are_neither_cut_nor_run_into_anything(stage: Stage, language: Language) -> None:
    title = (
        "图书馆三层东侧自习区第二排靠窗座位旁边的网口和电源插座都没有反应要怎么办才好呢啊"
        if language is Language.ZH
        else ("Responsibility for interdepartmental telecommunications")
    )
    assert len(title) >= 40
    for name in ("details", "answer", "none_of_these", "privacy", "unavailable", "done", "tickets"):
        page = pages(language)[name]
        if isinstance(page, v.DetailsPage):
            page = replace(
                page, title=title[:40], symptoms=tuple(replace(row, title=title[:18]) for row in page.symptoms)
            )
        elif isinstance(page, v.DonePage):
            page = replace(page, lines=(title, *page.lines[1:]))
        elif isinstance(page, v.TicketsPage):
            page = replace(page, rows=tuple(replace(row, title=title[:40]) for row in page.rows))
        elif isinstance(page, v.PrivacyPage):
            page = replace(page, lines=tuple(replace(row, title=title) for row in page.lines))
        elif isinstance(page, v.AnswerPage | v.NoneOfThesePage | v.UnavailablePage):
            page = replace(page, ways=tuple(replace(row, title=title) for row in page.ways))
        look = v.Look(language=language)
        stage.show(page, look)
        stage.keep(f"long-{name}-{language}")
        assert not stage.troubles(name, look), name


#: Characters: a whole screen full and more.
ENDLESS = 2_000
HOSTILE = {
    "endless": "字" * ENDLESS,
    "markup": '<img src="http://127.0.0.1:9/x">',
    "bidi": "<b>fett</b> & \u202e gnirts",
    "control": "'; drop table \x00\x07",
}


#: The others stand on every page in test_hostile_strings too, where the endless ones stand on one of six.
HERE = HOSTILE if COUNT == "full" else {"endless": HOSTILE["endless"]}


@pytest.mark.parametrize("text", HERE.values(), ids=HERE.keys())
def test_text_from_anywhere_is_shown_as_it_is(stage: Stage, text: str) -> None:
    for page in pages(Language.ZH).values():
        if isinstance(page, v.NotePage):
            continue
        stage.show(_poisoned(page, text), v.Look())
        assert any(one.item.property("text") for one in shown(stage.window.root) if is_text(one))
    assert not stage.asked


def _poisoned(value: v.Page, text: str) -> v.Page:
    """The page with every text replaced; names of icons, kinds and positions stay, they come from our own code."""
    ours = {"icon", "kind", "position", "slip_position", "submit_icon", "chip_kind", "id", "selected", "slip", "state"}
    ours |= {"act_icon", "qr", "portal", "reader_position", "letters", "letter", "symptom", "impact"}
    ours |= {"about", "face", "chosen"}
    ours |= {"balance_icon", "amount", "filter", "month", "opened"}

    def poison(part: object, name: str) -> object:
        if isinstance(part, str):
            return text if part and name not in ours and type(part) is str else part
        if isinstance(part, tuple):
            return tuple(poison(one, name) for one in part)
        if isinstance(part, Struct):
            return replace(part, **{key: poison(getattr(part, key), key) for key in part.__struct_fields__})
        return part

    done = poison(value, "")
    assert isinstance(done, type(value))
    return done


def test_no_item_holds_a_text_of_the_visitor_before(stage: Stage) -> None:
    canary = "金丝雀"
    for page in pages(Language.ZH).values():
        stage.show(_poisoned(page, canary), v.Look())
        stage.fit()
        if _poisoned(page, canary) != page:
            assert _until(lambda: _held(stage, canary)), f"{page.screen}: not on screen"
        stage.show(v.AttractPage(), v.Look())
        stage.fit()
        assert _until(lambda: not _held(stage, canary)), f"{page.screen}: {_held(stage, canary)}"


def _held(stage: Stage, canary: str) -> list[str]:
    return [text for text in _everything(stage) if canary in text]


def _until(condition: Callable[[], object]) -> bool:
    """Whether it holds once what was put off has been done: a page that comes, and one that was left and goes."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        QGuiApplication.processEvents()
        QGuiApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    return True


def _everything(stage: Stage) -> Iterator[str]:
    """The texts of all objects of the window, shown or not."""
    waiting: list[QObject] = [stage.window.root]
    seen: dict[int, QObject] = {}  # holds them: a wrapper that is let go gives its id to the next
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen[id(one)] = one
        waiting += one.children()
        if isinstance(one, QQuickWindow):
            waiting.append(one.contentItem())
        if isinstance(one, QQuickItem):
            waiting += one.childItems()
        for name in ("text", "title", "name", "hint", "heading", "preeditText"):
            value = one.property(name) if one.metaObject().indexOfProperty(name) >= 0 else None
            if isinstance(value, str):
                yield value


@pytest.mark.parametrize("language", Language)
def test_four_symptoms_stand_on_one_page(stage: Stage, language: Language) -> None:
    stage.show(pages(language)["details"], v.Look(language=language))
    names = {one.item.property("name") for one in shown(stage.window.root) if is_pressable(one)}
    assert say(language, "screen.next_page") not in names


def test_a_press_asks_for_what_the_page_offers(stage: Stage) -> None:
    stage.show(pages(Language.ZH)["home"], v.Look())
    press(stage, "报修和申请")
    assert [type(one).__name__ for one in stage.asked] == ["Open"]


def press(stage: Stage, name: str) -> None:
    for one in shown(stage.window.root):
        if is_pressable(one) and one.item.property("name") == name:
            one.item.metaObject().invokeMethod(one.item, "activate")
            return
    raise AssertionError(f"nothing on screen is called {name}")
