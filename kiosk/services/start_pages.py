"""Attract and home: only what exists is offered."""

from kiosk.domain.devices import ReaderState
from kiosk.domain.language import Language
from kiosk.services.hints import reader_hint
from kiosk.services.session import Session
from kiosk.services.views import AttractPage, HomePage, ReaderHint, Row
from kiosk.words import say

_TILES = (("report", "wrench"), ("tickets", "clipboard-text"))


def attract_page(session: Session) -> AttractPage:
    if session.reader is not ReaderState.READY:
        return AttractPage()
    where = f"reader.{session.reader_position}"
    return AttractPage(session.reader_position, say(Language.ZH, where), say(Language.EN, where))


def home_page(session: Session) -> HomePage:
    speak = session.speak
    tiles = tuple(Row(row, speak(f"home.{row}"), speak(f"home.{row}_hint"), icon) for row, icon in _TILES)
    # A card that was read must not be asked for again: tapped twice it ends the visit.
    reader = reader_hint(session, speak("home.reader_title")) if session.claim is None else ReaderHint()
    return HomePage(tiles=tiles, reader=reader)


def matter_of(session: Session, purpose: str) -> tuple[str, str]:
    """Title and icon of what the person is asked to identify for."""
    return (session.speak("home.tickets"), "clipboard-text") if purpose == "tickets" else ("", "")
