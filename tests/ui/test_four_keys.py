"""The whole kiosk by four keys: where a page begins, where they lead, and that nobody is ever lost."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from kiosk.domain.language import Language
from kiosk.services import requests
from kiosk.services import views as v
from kiosk.tour.keypad import BACK, DOWN, OK, UP
from kiosk.tour.page_checks import is_pressable, shown
from kiosk.tour.qt_warnings import KNOWN
from kiosk.words import say
from tests.ui.page_samples import pages, questions, view
from tests.ui.test_pages import Stage

pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))
ZH = Language.ZH
BAR = "the session bar"
PAD = "a pad"
MOST_STOPS = 60


class ByKeys(Stage):
    """A window whose pages follow each other in one visit."""

    def open(self, page: v.Page, look: v.Look | None = None, question: v.Question | None = None, visit: int = 7) -> str:
        """Shows it; the name of what has the focus then."""
        self.window.show(view(page, look or v.Look(), question=question, visit=visit))
        self.settle()
        return self.at

    def settle(self) -> None:
        QCoreApplication.processEvents()
        self.window.root.grabWindow()
        QCoreApplication.processEvents()

    def keys(self, *keys: Qt.Key) -> str:
        """Presses them; the name of what has the focus then."""
        for key in keys:
            QTest.keyClick(self.window.root, key)
            QCoreApplication.processEvents()
        return self.at

    @property
    def focus(self) -> QQuickItem:
        return self.window.root.activeFocusItem()

    @property
    def at(self) -> str:
        group = self.inside
        if group is not None and group.property("leads"):
            return PAD
        if self.focus.property("keyGroup"):
            return PAD if self.focus.property("leads") else BAR
        return str(self.focus.property("name") or "")

    @property
    def inside(self) -> QQuickItem | None:
        groups = [one.item for one in shown(self.window.root) if one.item.property("keyGroup")]
        return next((group for group in groups if group.property("inside")), None)

    def pressables(self) -> list[QQuickItem]:
        """What a finger could press on the page, the bar and the pads left out."""
        whole = list(shown(self.window.root))  # kept: what is not would leave its id to another item
        groups = {id(one.item) for one in whole if one.item.property("keyGroup")}
        return [one.item for one in whole if is_pressable(one) and one.item.isEnabled() and not groups & set(one.path)]

    def said(self, kind: type[requests.Request]) -> list[object]:
        return [asked for asked in self.asked if isinstance(asked, kind)]


@pytest.fixture(params=("portrait", "landscape"))
def stage(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[ByKeys]:
    stage = ByKeys(request.param)
    yield stage
    stage.window.close()
    qapp.processEvents()


def _by_keys(stage: ByKeys) -> None:
    """Somebody has used the keys in this visit."""
    stage.open(pages(ZH)["home"])
    stage.keys(DOWN)


def test_the_first_key_only_shows_where_one_is(stage: ByKeys) -> None:
    assert stage.open(pages(ZH)["home"]) == ""
    for key in (OK, DOWN, UP, BACK):
        stage.open(pages(ZH)["attract"], visit=0)
        stage.open(pages(ZH)["home"])
        assert stage.keys(key) == say(ZH, "home.report")
    assert not stage.said(requests.Open)
    stage.keys(OK)
    assert stage.said(requests.Open)


def test_on_the_start_page_ok_starts(stage: ByKeys) -> None:
    stage.open(pages(ZH)["attract"], visit=0)
    stage.keys(OK)
    assert [asked for asked in stage.asked if not isinstance(asked, requests.Touched)] == [requests.Start(ZH)]


def test_up_and_down_go_round_everything_that_can_be_pressed_and_nothing_else(stage: ByKeys) -> None:
    _by_keys(stage)
    for look in (v.Look(), v.Look(large=True, reach=True)):
        for name, page in _one_of_each():
            first = stage.open(page, look)
            if stage.inside is not None:
                way_out = (UP,) if stage.inside.property("exit") == "up" else (BACK, BACK)
                first = stage.keys(*way_out)
            first = first or stage.keys(DOWN)
            begun, around = stage.focus, [first]
            while stage.keys(DOWN) and stage.focus != begun:
                around.append(stage.at)
                assert len(around) < MOST_STOPS, name
            assert around.count(BAR) == 1, name
            wanted = [_name(item) for item in stage.pressables() if not _passed_by(item)]
            assert sorted(stop for stop in around if stop not in (BAR, PAD)) == sorted(wanted), name
            assert [stage.keys(UP) for _ in around] == around[:0:-1] + around[:1], name


def _one_of_each() -> list[tuple[str, v.Page]]:
    """A page of each screen of a visit."""
    found = {page.screen: (name, page) for name, page in pages(ZH).items()}
    return [
        one
        for screen, one in found.items()
        if screen not in (v.Screen.ATTRACT, v.Screen.OUT_OF_SERVICE, v.Screen.ENROL)
    ]


def _name(item: QQuickItem) -> str:
    return str(item.property("name"))


def _passed_by(item: QQuickItem) -> bool:
    """Another answer to the same question is chosen."""
    others = item.parentItem().childItems()
    answered = any(other.isVisible() and other.property("choice") and other.property("chosen") for other in others)
    return bool(item.property("choice")) and not item.property("chosen") and answered


def test_the_blue_button_comes_last_and_the_bar_after_it(stage: ByKeys) -> None:
    _by_keys(stage)
    details = pages(ZH)["details"]
    assert isinstance(details, v.DetailsPage)
    stage.open(details)
    assert stage.keys(UP) == BAR
    assert stage.keys(UP) == details.submit


def test_an_answered_question_is_one_stop_and_ok_opens_it_again(stage: ByKeys) -> None:
    _by_keys(stage)
    details = pages(ZH)["details_new"]
    assert isinstance(details, v.DetailsPage)
    details = replace(details, symptoms=details.symptoms[:2])
    first, second = details.symptoms
    stage.open(details)
    assert stage.at == first.title
    assert stage.keys(DOWN) == second.title
    stage.keys(UP, OK)
    assert stage.said(requests.ChooseSymptom) == [requests.ChooseSymptom(first.id)]
    stage.open(replace(details, symptom=first.id))
    assert stage.at == first.title
    assert stage.keys(DOWN) not in {row.title for row in details.symptoms}
    assert stage.keys(UP, OK) == first.title
    assert len(stage.said(requests.ChooseSymptom)) == 1
    assert stage.keys(DOWN) == second.title
    stage.keys(OK)
    assert stage.said(requests.ChooseSymptom)[1:] == [requests.ChooseSymptom(second.id)]


def test_a_digit_takes_two_keys_and_two_more_come_out(stage: ByKeys) -> None:
    _by_keys(stage)
    pin = pages(ZH)["code"]
    assert isinstance(pin, v.CodePage)
    assert stage.open(replace(pin, locked=False, busy=False)) == PAD
    for keys, key in (
        ((UP, UP), "1"),
        ((UP, DOWN), "3"),
        ((OK, OK), "5"),
        ((DOWN, UP), "7"),
        ((BACK, OK), "0"),
        ((BACK, DOWN), "back"),
        ((BACK, UP), "clear"),
    ):
        stage.keys(*keys)
        asked = stage.said(requests.Choose)[-1]
        assert isinstance(asked, requests.Choose)
        assert (asked.part, asked.id) == ("key", key)
    count = len(stage.said(requests.Choose))
    stage.keys(UP, BACK, OK, OK)  # a row taken by mistake is given back
    assert len(stage.said(requests.Choose)) == count + 1
    stage.keys(BACK, BACK)
    assert stage.inside is None
    assert stage.keys(DOWN) not in ("", PAD)


def test_real_digits_type_at_once(stage: ByKeys) -> None:
    _by_keys(stage)
    code = pages(ZH)["code"]
    assert isinstance(code, v.CodePage)
    stage.open(replace(code, locked=False, busy=False))
    stage.keys(Qt.Key.Key_4)
    assert [asked.id for asked in stage.said(requests.Choose) if isinstance(asked, requests.Choose)] == ["4"]


def test_a_pad_that_opens_later_or_closes_is_followed(stage: ByKeys) -> None:
    _by_keys(stage)
    code = pages(ZH)["code"]
    assert isinstance(code, v.CodePage)
    assert stage.open(replace(code, locked=True, busy=False)) != PAD
    assert stage.open(replace(code, locked=False, busy=False)) == PAD
    stage.keys(OK)
    assert stage.open(replace(code, locked=False, busy=True)) == PAD  # the hub is asked
    assert stage.open(replace(code, locked=False, busy=False)) == PAD
    assert stage.open(replace(code, locked=True, busy=False)) not in ("", PAD, BAR)


def test_a_page_returned_to_is_where_it_was_left(stage: ByKeys) -> None:
    _by_keys(stage)
    stage.open(pages(ZH)["category"])
    where = stage.keys(DOWN, DOWN)
    stage.open(pages(ZH)["details"])
    assert stage.open(pages(ZH)["category"]) == where
    assert stage.open(pages(ZH)["home"]) == say(ZH, "home.report")


def test_back_goes_back(stage: ByKeys) -> None:
    _by_keys(stage)
    stage.open(pages(ZH)["category"])
    stage.keys(BACK)
    assert stage.said(requests.Back) == [requests.Back()]


def test_the_bar_is_gone_through_inside_and_left_by_back(stage: ByKeys) -> None:
    _by_keys(stage)
    stage.open(pages(ZH)["category"])
    assert stage.keys(UP) == BAR
    assert stage.keys(OK) == say(ZH, "screen.back")
    assert stage.keys(UP) == say(ZH, "screen.end")
    assert stage.keys(DOWN, DOWN, DOWN) == say(Language.EN, "screen.english")
    stage.keys(OK)
    assert stage.said(requests.ChooseLanguage) == [requests.ChooseLanguage(Language.EN)]
    assert stage.open(pages(Language.EN)["category"], v.Look(language=Language.EN)) == "English"
    assert stage.keys(BACK) == BAR


def test_a_change_of_language_leaves_nobody_without_a_place(stage: ByKeys) -> None:
    _by_keys(stage)
    for name, page in _one_of_each():
        stage.open(page)
        assert stage.keys(OK if stage.inside else DOWN), name
        assert stage.open(pages(Language.EN)[name], v.Look(language=Language.EN)), name


def test_a_question_is_answered_and_the_page_is_where_it_was(stage: ByKeys) -> None:
    _by_keys(stage)
    details = pages(ZH)["details_new"]
    stage.open(details)
    where = stage.keys(DOWN)
    for question in questions(ZH).values():
        if not question.stay:
            continue  # while the glass is wiped nothing is asked
        assert stage.open(details, question=question) == question.stay
        assert stage.keys(DOWN) == question.leave
        assert stage.open(details) == where


def test_the_next_visitor_sees_no_ring(stage: ByKeys) -> None:
    _by_keys(stage)
    stage.open(pages(ZH)["attract"], visit=0)
    assert stage.open(pages(ZH)["home"], visit=9) == ""
