"""One ticket, every way to it: its own kiosk, the phone page, another kiosk by PIN and by the slip at its scanner, and
its own after three days offline. And out of service, a kiosk names the other one."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
import requests as http

from kiosk.config import Settings
from kiosk.devices.scan_lines import SAME_PAPER_SECONDS
from kiosk.domain.language import Language
from kiosk.domain.tickets import TicketState
from kiosk.services import requests
from kiosk.services.views import DoneKind, DonePage, OutOfServicePage, Row, Screen, SlipPage, TicketsPage
from kiosk.words import say

from ..patience import PATIENCE
from ..real.hub_process import command
from .absent_hub import AbsentHub
from .enrolled import enrolled, open_operations
from .whole_kiosk import WholeKiosk, whole_kiosk

PERSON, PIN = "zhang-ming", "739154"
THREE_DAYS = timedelta(days=3).total_seconds()
#: Every back-off and every watch has come round by then, seconds.
LINE_IS_UP = 120.0
#: So often that is waited for: what was tried the moment before the clock moved counts against the next time.
ROUNDS = 20


@dataclass
class Campus:
    """A hub and two kiosks that share one clock, which can be moved."""

    hub: AbsentHub
    clock: Path
    first: Settings
    kiosks: list[WholeKiosk]

    @property
    def here(self) -> WholeKiosk:
        return self.kiosks[0]

    def pass_time(self, seconds: float) -> None:
        ahead = self.here.drawer.seconds_ahead + seconds
        written = self.clock.with_suffix(".part")
        written.write_text(f"{ahead:.3f}")
        written.replace(self.clock)
        for kiosk in self.kiosks:
            kiosk.drawer.seconds_ahead = ahead

    def away(self) -> None:
        self.hub.away()
        self.pass_time(LINE_IS_UP)
        self.here.until(lambda: self.here.view.strip.kind == "offline", "the strip's “no network”")

    def back(self) -> None:
        self.hub.back()
        for _ in range(ROUNDS):
            self.pass_time(LINE_IS_UP)
            end = time.monotonic() + PATIENCE / ROUNDS
            self.here.until(lambda end=end: self._online or time.monotonic() >= end, "")  # type: ignore[misc]
            if self._online:
                return
        raise AssertionError("the line is not up again")

    @property
    def _online(self) -> bool:
        return all(kiosk.view.strip.kind != "offline" for kiosk in self.kiosks)

    def desk(self, reference: str, state: TicketState) -> None:
        command(
            self.hub.running.data, "ticket", reference, "--state", state.value, "--clock-offset-file", str(self.clock)
        )


@pytest.fixture
def campus(tmp_path: Path) -> Iterator[Campus]:
    clock = tmp_path / "clock"
    clock.write_text("0")
    hub = AbsentHub(tmp_path / "hub", "--public-url", "own", "--clock-offset-file", str(clock))
    places = (("library", "lib-1f"), ("teaching", "teach2-1f"))
    settings = [enrolled(hub.running, tmp_path / name, place) for name, place in places]
    with ExitStack() as running:
        running.callback(hub.stop)
        kiosks = [running.enter_context(whole_kiosk(each)) for each in settings]
        yield Campus(hub, clock, settings[0], kiosks)


def reported(kiosk: WholeKiosk, kind: DoneKind) -> DonePage:
    """With a card in the hand, and gone again."""
    kiosk.on(Screen.ATTRACT)
    kiosk.do(f"tap {PERSON}")
    kiosk.on(Screen.HOME)
    kiosk.fill_in()
    kiosk.ask(requests.Submit(), Screen.DONE)
    page = kiosk.page(DonePage, lambda page: page.slip == "printed")
    assert page.kind is kind
    kiosk.ask(requests.End(), Screen.ATTRACT)
    return page


def seen_at(kiosk: WholeKiosk) -> dict[str, Row]:
    """The person's tickets as this kiosk shows them behind the PIN, by number."""
    kiosk.at_pin(PERSON)
    kiosk.type_pin(PIN)
    kiosk.on(Screen.TICKETS)
    page = kiosk.page(TicketsPage, lambda page: not page.loading)
    kiosk.ask(requests.End(), Screen.ATTRACT)
    return {row.id: row for row in page.rows}


def scanned_at(kiosk: WholeKiosk, page_url: str) -> SlipPage:
    """What the slip shows to whoever holds it before this kiosk's scanner."""
    kiosk.on(Screen.ATTRACT)
    kiosk.drawer.printer.last_code = page_url
    kiosk.do("scan slip")
    kiosk.on(Screen.SLIP)
    page = kiosk.page(SlipPage, lambda page: not page.loading)
    kiosk.ask(requests.End(), Screen.ATTRACT)
    return page


def on_the_phone(hub: AbsentHub, page_url: str) -> str:
    with http.Session() as session:
        session.trust_env = False
        answer = session.get(f"{page_url}?lang=zh", verify=str(hub.running.ca), timeout=20)
    assert answer.status_code == 200
    return answer.text


def all_say(campus: Campus, page_url: str, reference: str, state: TicketState) -> None:
    word = say(Language.ZH, f"state.{state}")
    for kiosk in campus.kiosks:
        row = seen_at(kiosk)[reference]
        assert (row.hint.split(" · ")[0], row.chip) == (reference, word)
    slip = scanned_at(campus.kiosks[1], page_url)
    assert slip.detail is not None
    assert slip.detail.line == say(Language.ZH, "tickets.number", reference=reference)
    assert [chip.title for chip in slip.chips] == [word]
    campus.pass_time(SAME_PAPER_SECONDS)
    phone = on_the_phone(campus.hub, page_url)
    assert f'<p class="reference">{reference}</p>' in phone
    assert f'<p class="state">{word}</p>' in phone


def test_number_and_state_are_the_same_whichever_way_one_comes(campus: Campus) -> None:
    made = reported(campus.here, DoneKind.RECEIVED)
    assert made.qr.startswith(campus.hub.running.url)
    all_say(campus, made.qr, made.reference, TicketState.NEW)
    campus.desk(made.reference, TicketState.IN_PROGRESS)
    all_say(campus, made.qr, made.reference, TicketState.IN_PROGRESS)

    campus.away()
    saved = reported(campus.here, DoneKind.SAVED)
    campus.pass_time(THREE_DAYS)
    campus.desk(made.reference, TicketState.RESOLVED)
    campus.back()
    campus.here.until(lambda: open_operations(campus.first.data) == 0, "what waited has not arrived")
    all_say(campus, made.qr, made.reference, TicketState.RESOLVED)
    for kiosk in campus.kiosks:
        row = seen_at(kiosk)[saved.reference]
        assert row.chip == say(Language.ZH, "state.new")
    assert campus.hub.count(saved.reference) == campus.hub.count(made.reference) == 1


def test_out_of_service_a_kiosk_names_the_one_that_is_ready_and_since_when_that_is_known(campus: Campus) -> None:
    campus.here.until(lambda: all(each.kiosk.backstage for each in campus.kiosks), "a kiosk does not start")
    backstage = campus.here.kiosk.backstage
    assert backstage is not None
    session = backstage.station._session
    for _ in range(ROUNDS):  # what each of them says reaches the other one with the next report
        known = session.neighbours
        campus.pass_time(LINE_IS_UP)
        campus.here.until(lambda known=known: session.neighbours is not known, "nothing is heard of others")  # type: ignore[misc]
        if session.neighbours and session.neighbours.ready:
            break
    campus.away()
    known = session.neighbours
    session.pages[:] = [Screen.OUT_OF_SERVICE]
    page = campus.here.page(OutOfServicePage)
    assert [row.title for row in page.neighbours] == ["二教学楼一层 · B03"]
    assert known is not None
    assert f"{known.as_of:%H:%M}" in page.near_zh, "the time of what is known, not of now"
