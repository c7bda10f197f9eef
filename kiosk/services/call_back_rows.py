"""Rows that ask the desk to ring up, wherever something cannot be done or proven now."""

from kiosk.domain.campus import Campus
from kiosk.services.session import Session
from kiosk.services.views import Row

#: Rows that lead to CallBack; after the colon what it is about: '' or ACCOUNT.
ON_FILE, TYPED = "callback", "callback_typed"
#: About the account the directory may name an entry of its own.
ACCOUNT = "account"


def call_back_rows(session: Session, about: str = "", *, all_ways: bool = False) -> tuple[Row, ...]:
    """Empty where the catalogue has no entry for it. ``all_ways``: also another number than the one on file."""
    if call_back_entry(session.campus, about) is None:
        return ()
    speak = session.speak
    on_file = Row(f"{ON_FILE}:{about}", speak("call_back.title"), speak("call_back.on_file"), "phone-call")
    if session.claim is None:
        return (Row(f"{TYPED}:{about}", speak("call_back.title"), speak("call_back.leave_one"), "phone-call"),)
    if not all_ways:
        return (on_file,)
    return on_file, Row(f"{TYPED}:{about}", speak("call_back.other"), speak("call_back.other_hint"), "device-mobile")


def call_back_entry(campus: Campus | None, about: str) -> tuple[str, str] | None:
    """Service and symptom of the catalogue."""
    if campus is None:
        return None
    named = campus.account.callback if about == ACCOUNT and campus.account else campus.callback
    entry = named or campus.callback
    return (entry[0], entry[1]) if len(entry) == 2 else None
