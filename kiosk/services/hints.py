"""The yellow block: where the card reader is, only while there is one."""

from kiosk.domain.devices import ReaderState
from kiosk.services.session import Session
from kiosk.services.views import ReaderHint


def reader_hint(session: Session, title: str, text: str = "") -> ReaderHint:
    if session.reader is not ReaderState.READY:
        return ReaderHint()
    speak = session.speak
    where = speak("reader.reading") if session.reading else text or speak(f"reader.{session.reader_position}")
    return ReaderHint(session.reader_position, title, where, session.reading)
