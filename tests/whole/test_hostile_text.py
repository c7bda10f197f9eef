"""Whatever somebody types reaches hub, ticket page and slip as plain text, within its limit, or not at all."""

import unicodedata

import pytest

from kiosk.config import Settings
from kiosk.domain.plain_text import NOTE_LIMIT, clean
from kiosk.services import requests
from kiosk.services.views import DoneKind, DonePage, NotePage, Screen, TicketsPage
from kiosk.tour.qt_warnings import is_known

from .absent_hub import AbsentHub
from .whole_kiosk import SERVICE, SYMPTOM, whole_kiosk

TYPED = (
    "灯" * 10_000,
    '<img src="x"><b>bold</b>',
    "it's '; DROP TABLE tickets; --",
    "bell\x07 null\x00 escape\x1b[31m backwards\u202etxt\u2066 end",
    "{0} {name} %s %n \\u0041",
    "a" + "\u0301" * 500,
    "<script>alert(1)</script>&lt;\r\n\t\u2028next",
)


# Qt's keyboard opens on the note page, and it deadlocks with a listener to Qt's messages that is written in Python.
@pytest.mark.no_qt_log
def test_hostile_text_arrives_as_plain_text_everywhere(
    hub: AbsentHub, kiosk: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    sent: dict[str, str] = {}
    with whole_kiosk(kiosk) as running:
        running.on(Screen.ATTRACT)
        running.do("tap zhang-ming")
        running.on(Screen.HOME)
        for typed in TYPED:
            running.ask(requests.Open("report"), Screen.CATEGORY)
            running.ask(requests.ChooseService(SERVICE), Screen.DETAILS)
            running.post(requests.ChooseSymptom(SYMPTOM))
            running.write(typed)
            running.ask(requests.Open("note"), Screen.NOTE)
            shown = running.page(NotePage).text
            assert shown == clean(typed, NOTE_LIMIT)
            running.ask(requests.NoteDone(shown), Screen.DETAILS)
            running.ask(requests.Submit(), Screen.DONE)
            done = running.page(DonePage, lambda page: page.slip == "printed")
            assert done.kind is DoneKind.RECEIVED
            sent[done.reference] = shown
            running.ask(requests.Again(), Screen.HOME)
        running.ask(requests.Open("tickets"), Screen.PIN)
        running.type_pin("739154")
        listed = running.page(TicketsPage, lambda page: len(page.rows) >= len(TYPED))
        for row in listed.rows:
            running.post(requests.SelectTicket(row.id))
            running.page(TicketsPage, lambda page, row=row: page.selected == row.id)  # type: ignore[misc]
    arrived = {str(ticket["reference"]): str(ticket["description"]) for ticket in hub.running.tickets()}
    for reference, text in sent.items():
        assert text in arrived[reference]
        assert not [c for c in arrived[reference] if c != "\n" and unicodedata.category(c) in ("Cc", "Cf")]
    assert len(list(kiosk.printer.path.glob("*.png"))) == len(TYPED)
    said = [line for line in capfd.readouterr().err.splitlines() if line.strip()]
    assert [line for line in said if not is_known(line)] == []
