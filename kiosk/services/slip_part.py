"""What a done page says about the slip: the yellow block, or why there is no slip and what to do instead."""

from typing import TypedDict

from kiosk.domain.devices import PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, PaperKept, Printed, PrintOutcome, PrintUnknown
from kiosk.services.session import Session
from kiosk.services.views import Notice, NoticeKind


def paper_notice(session: Session, slip: PrintOutcome | None, instead: str) -> Notice | None:
    """Why there is no slip, and the sentence ``instead`` (a key); nothing while it prints or without a printer."""
    speak = session.speak
    match slip:
        case NoPaper():
            title = speak("done.no_paper")
        case NoPrinter():
            title = speak("done.no_printer")
        case PrintUnknown():
            title = speak("done.unknown_print")
        case PaperKept():
            title = speak("done.paper_kept")
        case _:
            return None
    return Notice(NoticeKind.WARN, title, speak(instead))


class SlipBlock(TypedDict, total=False):
    slip: str
    slip_title: str
    slip_text: str
    slip_position: str


def slip_block(session: Session, slip: PrintOutcome | None, what: str) -> SlipBlock:
    """The yellow block's four fields of DonePage; ``what`` is the key of what the slip carries."""
    if session.printer is PrinterState.NONE:
        return {}
    match slip:
        case None:
            state = "printing"
        case Printed():
            state = "printed"
        case _:
            return {}
    speak, where = session.speak, session.slip_position
    return {
        "slip": state,
        "slip_title": speak(f"done.slip_{state}"),
        "slip_text": speak(f"done.slip_{where}", what=speak(what)),
        "slip_position": where,
    }
