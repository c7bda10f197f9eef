"""Attract and home: only what exists is offered."""

from kiosk.domain.devices import ReaderState
from kiosk.domain.language import Language
from kiosk.services.announcing import headline
from kiosk.services.hints import reader_hint
from kiosk.services.session import Session
from kiosk.services.views import AttractPage, HomePage, ReaderHint, Row
from kiosk.words import say


def attract_page(session: Session) -> AttractPage:
    if session.reader is not ReaderState.READY:
        return AttractPage(notice_zh=headline(session, Language.ZH), notice_en=headline(session, Language.EN))
    where = f"reader.{session.reader_position}"
    return AttractPage(
        session.reader_position,
        say(Language.ZH, where),
        say(Language.EN, where),
        headline(session, Language.ZH),
        headline(session, Language.EN),
    )


def tile(session: Session, row: str, icon: str, hint: str = "") -> Row:
    """A tile of home with its words ``home.<row>`` and ``home.<row>_hint``, or ``home.<hint>``."""
    return Row(row, session.speak(f"home.{row}"), session.speak(f"home.{hint or f'{row}_hint'}"), icon)


def home_page(session: Session, tiles: tuple[Row, ...]) -> HomePage:
    # A card that was read must not be asked for again: tapped twice it ends the visit.
    reader = reader_hint(session, session.speak("home.reader_title")) if session.claim is None else ReaderHint()
    search, notice = session.speak("home.search"), headline(session, session.visit.language)
    return HomePage(tiles=tiles, reader=reader, notice=notice, search=search)
