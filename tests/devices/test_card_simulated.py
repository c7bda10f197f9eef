"""The simulated reader speaks like the real one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.simulated import READER_NAME, SimulatedReader
from kiosk.domain.devices import CardReading, CardRemoved, CardTrouble, ReaderChanged, ReaderEvent, ReaderState

from .card_log import assert_order, failed, read

READY = ReaderChanged(ReaderState.READY, READER_NAME)
NO_READER = ReaderChanged(ReaderState.NO_READER)


@pytest.fixture
def events() -> list[ReaderEvent]:
    return []


@pytest.fixture
def reader(events: list[ReaderEvent]) -> SimulatedReader:
    made = SimulatedReader(events.append)
    made.start()
    return made


def test_a_tap_is_read_and_taken_away(reader: SimulatedReader, events: list[ReaderEvent]) -> None:
    reader.tap("cafe1234")
    reader.remove()
    reader.remove()
    assert events == [READY, CardReading(), read("CAFE1234"), CardRemoved()]


def test_a_second_tap_takes_the_first_card_away(reader: SimulatedReader, events: list[ReaderEvent]) -> None:
    reader.tap("CAFE1234")
    reader.tap("04A1B2C3D4E5F6")
    assert events[3:] == [CardRemoved(), CardReading(), read("04A1B2C3D4E5F6")]


@pytest.mark.parametrize("uid", ["", "xyz", "CAFE12", "卡", "CAFE1234" * 40])
def test_a_text_that_is_no_uid_is_no_campus_card(reader: SimulatedReader, events: list[ReaderEvent], uid: str) -> None:
    reader.tap(uid)
    assert events[1:] == [CardReading(), failed(CardTrouble.NOT_A_CAMPUS_CARD)]


def test_losing_the_reader_ends_the_card_and_a_tap_does_nothing(
    reader: SimulatedReader, events: list[ReaderEvent]
) -> None:
    reader.fail(CardTrouble.MUTE)
    reader.set_state(ReaderState.NO_READER)
    reader.tap("CAFE1234")
    reader.set_state(ReaderState.READY)
    assert events[1:] == [CardReading(), failed(CardTrouble.MUTE), CardRemoved(), NO_READER, READY]


@given(st.lists(st.sampled_from(["tap", "bad", "fail", "remove", *ReaderState]), max_size=30))
def test_any_play_keeps_the_order_of_events(steps: list[str]) -> None:
    events: list[ReaderEvent] = []
    reader = SimulatedReader(events.append)
    reader.start()
    plays = {
        "tap": lambda: reader.tap("CAFE1234"),
        "bad": lambda: reader.tap("no"),
        "fail": lambda: reader.fail(CardTrouble.UNREADABLE),
        "remove": reader.remove,
    }
    for step in steps:
        if step in plays:
            plays[step]()
        elif isinstance(step, ReaderState):
            reader.set_state(step)
    reader.stop()
    assert_order(events)
