"""Any order of touches, cards, answers and waits: nothing of a visitor survives the end, nothing shows unproven."""

from collections.abc import Callable

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.devices import CardFailed, CardRemoved, CardTrouble, PrinterState, ReaderChanged, ReaderState
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NoPaper, PinRefusal, PinRefused, Printed, Refused, Unreachable, Unreached
from kiosk.domain.ticket_views import TicketList
from kiosk.services.requests import (
    Again,
    Back,
    ChooseImpact,
    ChooseLanguage,
    ChooseLetter,
    ChoosePlace,
    ChooseService,
    ChooseSymptom,
    End,
    Hear,
    HearScreen,
    Leave,
    NoteDone,
    NumberDone,
    NumberKey,
    Open,
    Request,
    SelectTicket,
    ShowPrivacy,
    Start,
    Stay,
    Submit,
    ToggleAid,
    Touched,
)
from kiosk.services.views import Screen, TicketsPage
from tests.services.a_station import LI, ZHANG, AStation, verified

ZH = Language.ZH
CANARY = "金丝雀笔记"


def at_details() -> AStation:
    return AStation().tap().press(Open("report"), ChooseService("network"), ChooseSymptom("s1"))


_REQUESTS: list[Request] = [
    Start(ZH), Start(Language.EN), Touched(), ChooseLanguage(Language.EN), ToggleAid("large"), Back(), End(), Stay(),
    HearScreen(), Hear("speed"),
    Leave(), Open("report"), Open("tickets"), Open("number"), Open("none"), Open("place"), Open("note"),
    Open("contact"), Open("look"), Open("answer"), Open("on_file"),
    Open("nonsense"), ShowPrivacy(), NumberKey("2"), NumberKey("T"), NumberKey("back"),
    NumberDone(), ChooseService("network"), ChooseService("access"), ChooseService("gone"), ChooseSymptom("s1"),
    ChooseSymptom("gone"), ChooseImpact("many"), ChooseImpact("gone"), ChooseLetter("T"), ChoosePlace("library"),
    ChoosePlace("1"), ChoosePlace("outside"), ChoosePlace("whole"), NoteDone(CANARY), NoteDone("a@b.example"),
    Submit(), Again(), SelectTicket("A12-0473-K"),
]  # fmt: skip

_EVENTS = st.one_of(
    st.sampled_from(_REQUESTS).map(lambda request: lambda s: s.press(request)),
    st.sampled_from([ZHANG, LI]).map(lambda claim: lambda s: s.tap(claim)),
    st.sampled_from([CardRemoved(), CardFailed(CardTrouble.MUTE), ReaderChanged(ReaderState.NO_READER)]).map(
        lambda event: lambda s: s.station.reader(event)
    ),
    st.sampled_from([0.3, 5.0, 61.0, 130.0]).map(lambda seconds: lambda s: s.wait(seconds)),
    st.sampled_from(
        [verified(), PinRefused(PinRefusal.WRONG, 3), TicketList((), 6),
         Unreachable(Unreached.TIMED_OUT), Refused("no_visit")]
    ).map(lambda outcome: lambda s: s.hub.asked and s.answer(outcome)),
    st.just(lambda s: s.flows.submission.busy and s.delivered()),
    st.sampled_from([Printed(), NoPaper()]).map(lambda outcome: lambda s: s.printer.slips and s.printed(outcome)),
    st.just(lambda s: s.screen is Screen.PIN and s.pad.is_open and s.pin_typed()),
    st.sampled_from(list(PrinterState)).map(lambda state: lambda s: s.station.printer(state)),
)  # fmt: skip


def at_tickets() -> AStation:
    station = AStation().tap().press(Open("tickets")).pin_typed()
    return station.answer(verified())


def at_the_note() -> AStation:
    return at_details().press(Open("note"), NoteDone(CANARY))


@given(st.sampled_from([AStation, at_details, at_the_note, at_tickets]), st.lists(_EVENTS, max_size=40))
def test_whatever_happens_nothing_of_a_visitor_survives_the_end(
    begin: Callable[[], AStation], events: list[object]
) -> None:
    station = begin()
    for event in events:
        event(station)  # type: ignore[operator]
        if station.shows(Screen.ATTRACT):
            shown = repr(msgspec.to_builtins(station.view))
            assert CANARY not in shown
            assert "2023" not in shown
            assert "张*" not in shown
        assert not (station.pad.is_open and station.screen is not Screen.PIN)
        if isinstance(station.view.page, TicketsPage):
            assert station.session.verified is not None
    station.press(Leave(), End(), Leave(), End())
    assert station.shows(Screen.ATTRACT)
    draft = station.flows.reporting.draft
    assert draft == draft.fresh()
    assert station.flows.submission.result is None
