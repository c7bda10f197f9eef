"""Speech begins, is set and ends with the visit, and is never on where nothing can speak."""

import pytest

from kiosk.domain.speech import LOUDNESS, HeadphonesChanged, SpeechChanged, SpeechState
from kiosk.services.hearing import NAMES, OPEN
from kiosk.services.requests import ChooseService, End, Hear, HearScreen, Open, Start
from kiosk.services.views import Ear, Screen, StripKind
from tests.services.a_station import AStation

IN, OUT = HeadphonesChanged(plugged=True), HeadphonesChanged(plugged=False)


def speaking(state: SpeechState = SpeechState.READY) -> AStation:
    station = AStation()
    station.station.speech(SpeechChanged(state))
    return station


def test_a_held_key_begins_a_visit_that_is_heard() -> None:
    station = speaking().press(HearScreen())
    assert station.shows(Screen.HOME)
    assert station.view.ear == Ear(on=True, open=True, hints=True)


def test_in_a_visit_it_only_begins_speech() -> None:
    station = speaking().tap().press(Open("report"), HearScreen())
    assert station.shows(Screen.CATEGORY)
    assert station.view.ear.on


@pytest.mark.parametrize("state", [SpeechState.NONE, SpeechState.NO_ENGINE, SpeechState.NO_SOUND])
def test_where_nothing_speaks_no_key_begins_it(state: SpeechState) -> None:
    station = speaking(state).press(HearScreen())
    assert station.shows(Screen.ATTRACT)
    station.station.speech(IN)
    assert station.shows(Screen.ATTRACT)
    assert station.strip_is(StripKind.NORMAL if state is SpeechState.NONE else StripKind.TROUBLE)


def test_an_engine_that_goes_leaves_the_visit_silent_and_running() -> None:
    station = speaking().press(HearScreen())
    station.station.speech(SpeechChanged(SpeechState.NO_SOUND))
    assert station.shows(Screen.HOME)
    assert station.view.ear == Ear()
    assert station.strip_is(StripKind.TROUBLE)


def test_headphones_begin_speech_and_end_it() -> None:
    station = speaking()
    station.station.speech(IN)
    assert station.view.ear.on
    station.station.speech(OUT)
    assert not station.view.ear.on
    assert station.shows(Screen.HOME)


def test_headphones_that_stay_in_do_not_speak_to_the_next_one() -> None:
    station = speaking()
    station.station.speech(IN)
    station.press(End(), Start(station.view.look.language))
    assert station.shows(Screen.HOME)
    assert not station.view.ear.on
    assert station.press(HearScreen()).view.ear.on


def test_where_nothing_but_headphones_is_built_in_the_first_ones_begin_it_too() -> None:
    station = speaking()
    station.session.private = True
    station.station.speech(IN)
    assert station.view.ear.on
    station.station.speech(OUT)
    assert not station.view.ear.on
    station.press(HearScreen()).tap().press(Open("report"), ChooseService("network"))
    assert station.view.ear.hints, "nobody else hears it"


def test_a_view_says_whether_a_held_key_begins_it() -> None:
    station = speaking()
    assert station.view.hearable
    station.station.speech(SpeechChanged(SpeechState.NO_SOUND))
    assert not station.view.hearable


def test_loudness_and_speed_are_set_and_gone_with_the_visit() -> None:
    station = speaking().press(HearScreen(), *[Hear("louder")] * 9)
    assert station.view.ear.loudness == LOUDNESS[-1]
    assert station.press(Hear("softer")).view.ear.loudness == LOUDNESS[-2]
    assert station.press(Hear("speed")).view.ear.speed == 1
    station.press(End(), HearScreen())
    assert (station.view.ear.loudness, station.view.ear.speed) == (0, 0)


def test_after_the_last_speed_it_is_silent() -> None:
    station = speaking().press(HearScreen(), *[Hear("speed")] * 4)
    assert not station.view.ear.on
    assert not station.press(Hear("louder")).view.ear.on


def test_only_pages_of_the_campus_are_open_to_others() -> None:
    station = speaking().tap().press(HearScreen(), Open("report"))
    assert station.view.ear.open
    station.press(ChooseService("network"))
    assert station.shows(Screen.DETAILS)
    assert (station.view.ear.open, station.view.ear.hints) == (True, False)
    station.station.speech(IN)
    assert (station.view.ear.open, station.view.ear.hints) == (True, True)


def test_no_page_of_a_flow_that_shows_a_persons_things_is_open() -> None:
    station = AStation()
    personal = {screen for flow in station.flows.all for screen in flow.personal}
    assert personal
    assert personal.isdisjoint(OPEN | NAMES)
    assert {Screen.NUMBER, Screen.PIN, Screen.CODE, Screen.PASSWORD, Screen.DONE, Screen.NOTE}.isdisjoint(OPEN | NAMES)
