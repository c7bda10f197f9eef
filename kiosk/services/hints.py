"""What may be held where: the yellow block while there is a reader, words about scanning while there is a scanner."""

from kiosk.domain.devices import ReaderState, ScannerState
from kiosk.services.session import Session
from kiosk.services.views import ReaderHint


def reader_hint(session: Session, title: str, text: str = "") -> ReaderHint:
    if session.reader is not ReaderState.READY:
        return ReaderHint()
    speak = session.speak
    where = speak("reader.reading") if session.reading else text or speak(f"reader.{session.reader_position}")
    return ReaderHint(session.reader_position, title, where, session.reading)


def scans(session: Session) -> str:
    """The end of the key of a text that speaks of scanning too, '' while nothing can be scanned."""
    return "_scan" if session.scanner is ScannerState.READY else ""
