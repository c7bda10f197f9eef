"""The kiosk by ear: every page and everything on it is said, a secret never, and about a person only to that person."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.domain.language import Language
from kiosk.domain.speech import Tone, Utterance
from kiosk.services import hearing, requests
from kiosk.services import views as v
from kiosk.services.spoken import spoken
from kiosk.tour.keypad import BACK, DOWN, OK, UP
from kiosk.tour.page_checks import is_pressable, is_text, shown
from kiosk.tour.qt_warnings import KNOWN
from kiosk.ui import by_ear, key_hold
from kiosk.words import say
from tests.patience import PATIENCE
from tests.ui.page_samples import pages, questions, view
from tests.ui.poison import poisoned
from tests.ui.test_pages import Stage

pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))
ZH = Language.ZH
ALOUD = v.Ear(on=True, open=True, hints=True)
SECRET_PAGES = ("pin", "pin_new", "code")
CANARY = "Canary7391"
#: Qt's own keyboard has nothing to type into in a window that was never active.
TYPED_ON = (v.Screen.NOTE, v.Screen.WRITE, v.Screen.SEARCH)
#: So often nothing more is said before the next key.
QUIET = 2


@dataclass
class Recorder:
    said: list[Utterance] = field(default_factory=list)
    hushed: int = 0

    def say(self, utterance: Utterance) -> None:
        self.said.append(utterance)

    def hush(self) -> None:
        self.hushed += 1


class Heard(Stage):
    """A window whose pages are listened to."""

    def __init__(self, form: str) -> None:
        self.recorder = Recorder()
        self._last = 0
        super().__init__(form, speech=self.recorder)

    def open(
        self,
        page: v.Page,
        ear: v.Ear = ALOUD,
        look: v.Look | None = None,
        question: v.Question | None = None,
        visit: int = 7,
        silent: bool = False,
    ) -> str:
        """Shows it; what is heard then. ``silent``: nothing may be."""
        self.window.show(replace(view(page, look or v.Look(), question=question, visit=visit), ear=ear))
        return self.settle(silent)

    def settle(self, silent: bool = False) -> str:
        """Waits for words, then until no more come."""
        begun, quiet, end = self._last, 0, time.monotonic() + PATIENCE
        self.window.root.grabWindow()
        while quiet < QUIET or (not silent and len(self.recorder.said) == begun):
            assert time.monotonic() < end, "nothing is said"
            before = len(self.recorder.said)
            QTest.qWait(2 * by_ear.SETTLE_MS)  # this thread's own clock: what is due has happened then
            quiet = quiet + 1 if len(self.recorder.said) == before else 0
        return self.heard()

    def heard(self) -> str:
        """Everything that was said since the last time."""
        new = self.recorder.said[self._last :]
        self._last = len(self.recorder.said)
        return " ".join(said.text for said in new)

    def key(self, key: Qt.Key, silent: bool = False) -> str:
        QTest.keyClick(self.window.root, key)
        return self.settle(silent)

    def hold(self, key: Qt.Key, until: Callable[[], bool]) -> None:
        QTest.keyPress(self.window.root, key)
        end = time.monotonic() + PATIENCE
        while not until():
            assert time.monotonic() < end, "a held key does nothing"
            QTest.qWait(10)
        QTest.keyRelease(self.window.root, key)


@pytest.fixture
def heard(qapp: QGuiApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Heard]:
    monkeypatch.setattr(by_ear, "SETTLE_MS", 4)
    stage = Heard("portrait")
    yield stage
    stage.window.close()
    qapp.processEvents()


def one_of_each(language: Language) -> list[tuple[str, v.Page]]:
    """A page of each screen of a visit."""
    found = {page.screen: (name, page) for name, page in pages(language).items()}
    return [one for screen, one in found.items() if screen not in (v.Screen.ATTRACT, v.Screen.OUT_OF_SERVICE)]


def told(text: str, language: Language = ZH) -> str:
    return " ".join(piece.text for piece in spoken(text, language))


@pytest.mark.parametrize("language", Language)
def test_every_page_is_said_when_it_opens_title_first(heard: Heard, language: Language) -> None:
    missing, titles = [], []
    for visit, (name, page) in enumerate(one_of_each(language), 20):
        said = heard.open(page, look=v.Look(language=language), visit=visit)
        whole = list(shown(heard.window.root))
        pressed = {id(one.item) for one in whole if is_pressable(one)}
        stage = next(one for one in whole if one.item.objectName() == "stage")
        for one in whole:
            if (
                not pressed & set(one.path)
                and is_text(one)
                and id(stage.item) in one.path
                and one.item.property("spoken")
            ):
                words = told(str(one.item.property("text")), language)
                if words not in said:
                    missing.append(f"{name}: {words}")
                elif one.item.property("heading") and name not in titles:
                    titles.append(name)
    assert missing == []
    assert len(titles) > 10


@pytest.mark.parametrize("language", Language)
def test_what_the_keys_come_to_is_said_by_name_role_state_and_place(heard: Heard, language: Language) -> None:
    look = v.Look(language=language)
    category = pages(language)["category"]
    assert isinstance(category, v.CategoryPage)
    rows = [row.title for group in category.groups for row in group.rows]
    begun = heard.open(category, look=look)
    button = say(language, "ear.button")
    names = [begun, *(heard.key(DOWN) for _ in rows)]
    for name, said in zip([*rows, say(language, "ear.bar")], names, strict=True):
        assert told(name, language) in said
    assert all(told(button, language) in said for said in names[:-1])
    count = len(rows) + 1
    for at, said in enumerate(names, 1):
        assert told(say(language, "ear.place", place=at, count=count), language) in said


def test_an_answer_says_whether_it_is_chosen(heard: Heard) -> None:
    details = pages(ZH)["details_new"]
    assert isinstance(details, v.DetailsPage)
    first = details.symptoms[0]
    assert say(ZH, "ear.not_chosen") in heard.open(details)
    said = heard.open(replace(details, symptom=first.id))
    assert say(ZH, "ear.chosen") in said
    assert told(first.title) in said


def test_a_question_is_said_with_its_answers_and_its_seconds(heard: Heard) -> None:
    heard.open(pages(ZH)["category"])
    for question in questions(ZH).values():
        said = heard.open(pages(ZH)["category"], question=question)
        for words in (question.title, question.text, question.leave, question.stay):
            assert told(words) in said
        if question.seconds:
            assert say(ZH, "ear.seconds_left", seconds=question.seconds) in said
        assert heard.open(pages(ZH)["category"])


def test_what_comes_up_on_a_page_is_said_and_a_running_clock_is_not(heard: Heard) -> None:
    pin = pages(ZH)["pin"]
    assert isinstance(pin, v.PinPage)
    heard.open(replace(pin, notice=None, filled=0))
    notice = v.Notice(v.NoticeKind.DANGER, "查询密码不对", "再看一下。")
    assert "查询密码不对" in heard.open(replace(pin, notice=notice, filled=0))
    assert heard.recorder.said[-1].tone is Tone.WRONG
    for second in range(3):
        code = pages(ZH)["code"]
        assert isinstance(code, v.CodePage)
        said = heard.open(
            replace(code, locked=False, busy=False, notice=None, resend=f"{30 - second} 秒后可以再发"),
            silent=second > 0,
        )
        assert (said == "") is (second > 0)


@pytest.mark.parametrize("name", SECRET_PAGES)
def test_every_key_of_a_secret_sounds_alike(heard: Heard, name: str) -> None:
    page = pages(ZH)[name]
    assert isinstance(page, v.PinPage | v.PinNewPage | v.CodePage)
    heard.open(replace(page, locked=False, busy=False))
    sounds = set()
    for row in (UP, OK, DOWN):
        for part in (UP, OK, DOWN):
            begin = len(heard.recorder.said)
            heard.key(row)
            heard.key(part)
            sounds.add(tuple(said.text for said in heard.recorder.said[begin:]))
            assert {said.tone for said in heard.recorder.said[begin:]} == {Tone.KEY}
    assert sounds == {("", "")}
    assert len(heard.asked) > 0


def test_of_a_password_only_its_length_is_said(heard: Heard) -> None:
    page = pages(ZH)["password"]
    assert isinstance(page, v.PasswordPage)
    heard.open(page)
    sounds = {tuple(heard.key(key) for key in (row, UP, UP)) for row in (UP, OK, DOWN)}
    assert len(sounds) == 1, sounds


def test_of_a_number_each_digit_is_said_to_whoever_hears_alone(heard: Heard) -> None:
    number = pages(ZH)["number"]
    assert isinstance(number, v.NumberPage)
    begun = heard.open(number)
    assert f"{say(ZH, 'ear.key_up')}:" in begun.replace("：", ":")
    assert "1" in heard.key(UP)
    assert heard.key(OK) == "2"
    heard.open(number, ear=v.Ear(on=True), visit=8)
    heard.key(UP)
    assert heard.key(OK) == say(ZH, "ear.one_typed")


@pytest.mark.parametrize("language", Language)
def test_a_number_that_is_being_typed_is_said_to_nobody_else(heard: Heard, language: Language) -> None:
    look, closed = v.Look(language=language), v.Ear(on=True)
    number = pages(language)["number"]
    assert isinstance(number, v.NumberPage)
    missing = say(language, "number.missing", count=10)
    label = say(language, "screen.number_label")
    heard.open(replace(number, typed="", hint=""), ear=closed, look=look)
    said = heard.open(replace(number, typed="7", hint=missing), ear=closed, look=look)
    assert told(missing, language) in said
    assert told(f"{label} 7", language) not in said
    said = heard.open(replace(number, typed="20230924117", hint=""), ear=closed, look=look)
    said += heard.open(replace(number, typed="20230924117", hint=""), ear=closed, look=look, visit=8)
    assert label in said
    assert told("20230924117", language) not in said
    assert told("20230924117", language) in heard.open(replace(number, typed="20230924117"), look=look, visit=9)


def test_a_loudspeaker_says_nothing_about_a_person(heard: Heard) -> None:
    closed, withheld = v.Ear(on=True), 0
    for visit, (name, page) in enumerate(one_of_each(ZH), 50):
        if page.screen in hearing.OPEN | hearing.NAMES:
            continue
        said = heard.open(poisoned(page, lambda _: CANARY), ear=closed, visit=visit)
        for _ in range(0 if page.screen in TYPED_ON else 3):
            said += heard.key(DOWN, silent=True)
        assert CANARY not in said.replace(" ", ""), name
        withheld += say(ZH, "ear.withheld") in said
        assert told(CANARY) in heard.open(poisoned(page, lambda _: CANARY), visit=visit + 100), name
    assert withheld > 10


def test_what_the_visitor_wrote_stays_unsaid_below_the_names_of_a_report(heard: Heard) -> None:
    details = pages(ZH)["details"]
    assert isinstance(details, v.DetailsPage)
    details = replace(details, note=v.Row("note", "补充说明", CANARY))
    said = heard.open(details, ear=v.Ear(on=True, open=True))
    for _ in range(12):
        said += heard.key(DOWN)
    assert "补充说明" in said
    assert told(CANARY) not in said


def test_a_key_that_is_held_begins_speech_and_pressed_it_is_a_key_as_ever(heard: Heard) -> None:
    heard.open(pages(ZH)["home"], ear=v.Ear(), silent=True)
    heard.hold(DOWN, lambda: requests.HearScreen() in heard.asked)
    assert heard.asked.count(requests.HearScreen()) == 1
    for key in (DOWN, UP, DOWN):
        heard.key(key, silent=True)
    assert heard.asked.count(requests.HearScreen()) == 1
    assert heard.recorder.said == []


def test_held_while_it_speaks_the_keys_set_how_it_is_heard_and_press_nothing(heard: Heard) -> None:
    first = heard.open(pages(ZH)["home"])
    asked = len([one for one in heard.asked if isinstance(one, requests.Open)])
    for key, how in ((UP, "louder"), (DOWN, "softer"), (BACK, "speed")):
        heard.hold(key, lambda how=how: requests.Hear(how) in heard.asked)  # type: ignore[misc]
    heard.settle(silent=True)
    heard.hold(OK, lambda: len(heard.recorder.said) > heard._last)
    again = heard.settle()
    assert len(again) > len(first) / 3
    assert again in first
    assert len([one for one in heard.asked if isinstance(one, requests.Open)]) == asked
    assert heard.open(pages(ZH)["home"], ear=replace(ALOUD, loudness=1)) == say(ZH, "ear.loudness", step=4, steps=5)


def test_who_holds_ok_to_hear_the_kiosk_presses_nothing(heard: Heard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(key_hold, "BEGINS_MS", 50)
    heard.window.show(replace(view(pages(ZH)["category"], v.Look(), visit=7), hearable=True))
    heard.key(DOWN, silent=True)
    heard.hold(OK, lambda: requests.HearScreen() in heard.asked)
    heard.settle(silent=True)
    assert not any(isinstance(one, requests.ChooseService) for one in heard.asked)
    heard.key(OK, silent=True)
    assert any(isinstance(one, requests.ChooseService) for one in heard.asked), "pressed and let go it presses"


def test_it_falls_silent_with_the_visit(heard: Heard) -> None:
    heard.open(pages(ZH)["home"])
    assert heard.open(pages(ZH)["attract"], ear=v.Ear(), visit=-7, silent=True) == ""
    assert heard.recorder.hushed
    assert heard.key(DOWN, silent=True) == ""


def test_switched_off_it_says_so_and_the_keys_go_on(heard: Heard) -> None:
    heard.open(pages(ZH)["home"])
    assert heard.open(pages(ZH)["home"], ear=v.Ear()) == say(ZH, "ear.over")
    assert heard.key(DOWN, silent=True) == ""
    QCoreApplication.processEvents()
