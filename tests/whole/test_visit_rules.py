"""The rules of a visit (journeys 9) on a whole kiosk: real window, real worker, real hub."""

import time

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtQuick import QQuickWindow
from PySide6.QtTest import QTest

from kiosk.config import Settings
from kiosk.domain.language import Language
from kiosk.domain.visit_limits import Aids, Context, idle_limit, warning_length
from kiosk.services import requests
from kiosk.services.views import DetailsPage, HomePage, Overlay, PinPage, Screen, TicketsPage
from kiosk.tour import sight
from kiosk.tour.hand import SAME_PLACE_AFTER
from kiosk.words import say

from .absent_hub import AbsentHub
from .whole_kiosk import SERVICE, SYMPTOM, WholeKiosk, whole_kiosk

ZH = Language.ZH
LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
ZHANG, ZHANG_PIN, OTHER = "zhang-ming", "739154", "chen-jie"
CANARY = "金丝雀笔记"
#: After this a card that was tapped has been put away, seconds.
PUT_AWAY = 3.0


def seen(window: QQuickWindow) -> str:
    """Every text that is on the glass."""
    return "\n".join(str(item.property("text") or "") for item in sight.items(window.contentItem()))


def asked(running: WholeKiosk, overlay: Overlay) -> QQuickWindow:
    """The question is in the newest view and on the glass."""
    window = running.kiosk.window.root
    running.until(lambda: running.view.question.kind is overlay, f"no question {overlay!r}")
    wanted = overlay is not Overlay.NONE
    running.until(lambda: bool(window.property("asking")) is wanted, f"{overlay!r} is not on the glass")
    assert running.view.question.title in seen(window)
    return window


_clicked_at = [0.0]


def click(running: WholeKiosk, name: str) -> None:
    """As a person does, who does not press twice within the guard against trembling fingers."""
    window = running.kiosk.window.root
    running.until(lambda: name in sight.controls(window), f"no control {name}")
    running.until(lambda: time.monotonic() - _clicked_at[0] > SAME_PLACE_AFTER, "a pause")
    _clicked_at[0] = time.monotonic()
    QTest.mouseClick(window, LEFT, NO_KEY, sight.centre(sight.controls(window)[name]))


def with_a_note(running: WholeKiosk) -> None:
    running.on(Screen.ATTRACT)
    running.do(f"tap {ZHANG}")
    running.on(Screen.HOME)
    running.ask(requests.Open("report"), Screen.CATEGORY)
    running.ask(requests.ChooseService(SERVICE), Screen.DETAILS)
    running.post(requests.ChooseSymptom(SYMPTOM))
    running.write(CANARY)
    running.until(lambda: CANARY in seen(running.kiosk.window.root), "the note is not on the glass")
    running.drawer.seconds_ahead += PUT_AWAY


# Qt's keyboard opens on the note page, and it deadlocks with a listener to Qt's messages that is written in Python.
@pytest.mark.no_qt_log
def test_another_card_is_asked_about_with_nothing_of_the_visit_on_the_glass(hub: AbsentHub, kiosk: Settings) -> None:
    assert hub.running
    with whole_kiosk(kiosk) as running:
        with_a_note(running)
        running.do(f"tap {OTHER}")
        window = asked(running, Overlay.DIFFERENT_CARD)
        assert CANARY not in seen(window)
        assert say(ZH, "bar.card_read") not in seen(window)
        click(running, say(ZH, "question.card_stay"))
        asked(running, Overlay.NONE)
        assert running.page(DetailsPage).symptom == SYMPTOM, "going on keeps what was filled in"
        running.drawer.seconds_ahead += PUT_AWAY
        running.do(f"tap {OTHER}")
        asked(running, Overlay.DIFFERENT_CARD)
        click(running, say(ZH, "question.card_use"))
        running.on(Screen.HOME)
        running.ask(requests.Open("report"), Screen.CATEGORY)
        running.ask(requests.ChooseService(SERVICE), Screen.DETAILS)
        assert running.page(DetailsPage).symptom == "", "changing over leaves nothing behind"
        running.drawer.seconds_ahead += PUT_AWAY
        running.do(f"tap {ZHANG}")
        asked(running, Overlay.DIFFERENT_CARD)
        running.drawer.seconds_ahead += 16
        running.on(Screen.ATTRACT)


def test_after_an_answered_warning_the_pin_is_asked_before_another_ticket_is_shown(
    hub: AbsentHub, kiosk: Settings
) -> None:
    assert hub.running
    with whole_kiosk(kiosk) as running:
        running.at_pin(ZHANG)
        running.page(PinPage, lambda page: not page.locked)
        running.type_pin(ZHANG_PIN)
        page = running.page(TicketsPage, lambda page: len(page.rows) > 1)
        other = next(row.id for row in page.rows if row.id != page.selected)
        idle = idle_limit(Context.PERSONAL, Aids(), went_on=False)
        running.drawer.seconds_ahead += idle - warning_length(Context.PERSONAL, Aids()) + 1
        window = asked(running, Overlay.WARNING)
        assert page.rows[0].title not in seen(window)
        click(running, say(ZH, "question.warning_stay"))
        asked(running, Overlay.NONE)
        assert running.page(TicketsPage).selected == page.selected, "what stood there stands there"
        running.ask(requests.SelectTicket(other), Screen.PIN)
        running.page(PinPage, lambda page: not page.locked)
        running.type_pin(ZHANG_PIN)
        running.page(TicketsPage, lambda page: page.selected == other)


def test_the_touch_that_wakes_the_screen_presses_nothing(hub: AbsentHub, kiosk: Settings) -> None:
    """A finger lies on the glass while the page under it changes: what it lifts from is not pressed."""
    assert hub.running
    with whole_kiosk(kiosk) as running:
        running.on(Screen.ATTRACT)
        window = running.kiosk.window.root
        start = say(ZH, "screen.start")
        running.until(lambda: start in sight.controls(window), "no start button")
        place = sight.centre(sight.controls(window)[start])
        for nowhere in (
            QPoint(5, 5),
            QPoint(window.width() // 2, window.height() - 5),
            QPoint(window.width() - 5, 400),
        ):
            QTest.mouseClick(window, LEFT, NO_KEY, nowhere)
        QTest.mousePress(window, LEFT, NO_KEY, place)
        running.do(f"tap {ZHANG}")
        running.on(Screen.HOME)
        QTest.mouseRelease(window, LEFT, NO_KEY, place)
        nothing_was_pressed(running, visit=1)
        tile = tile_under(running, place)
        QTest.mousePress(window, LEFT, NO_KEY, tile)
        running.ask(requests.End(), Screen.ATTRACT)
        QTest.mouseRelease(window, LEFT, NO_KEY, tile)
        running.until(lambda: start in sight.controls(window), "no start button")
        for _ in range(2):  # a trembling finger
            QTest.mouseClick(window, LEFT, NO_KEY, place)
        running.on(Screen.HOME)
        nothing_was_pressed(running, visit=2)


def nothing_was_pressed(running: WholeKiosk, visit: int) -> None:
    """What was posted before this has been done when the language has changed: still the same visit, still home."""
    for language in (Language.EN, ZH):
        running.post(requests.ChooseLanguage(language))
        running.until(lambda language=language: running.view.look.language is language, "the language")  # type: ignore[misc]
    assert (running.view.screen, running.view.visit) == (Screen.HOME, visit)


def tile_under(running: WholeKiosk, place: QPoint) -> QPoint:
    """A tile of home nearest to where the start button is."""
    window = running.kiosk.window.root
    titles = [row.title for row in running.page(HomePage).tiles]
    running.until(lambda: titles[0] in sight.controls(window), "no tiles")
    places = [sight.centre(item) for name, item in sight.controls(window).items() if name in titles]
    return min(places, key=lambda at: (at - place).manhattanLength())
