"""The printed list of movements: kind and time of one month, no merchants, as many as fit a slip."""

from collections.abc import Callable, Sequence

from kiosk.domain.card_accounts import Movement
from kiosk.domain.devices import PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, PaperKept, Printed, PrintOutcome, PrintUnknown
from kiosk.domain.receipts import Slip
from kiosk.services.money import signed
from kiosk.services.session import Session
from kiosk.words import Speaker

#: Most movements on one slip; the newest. With the sums they fit the longest slip whole, in both languages.
MOST_ON_SLIP = 14


def can_print(session: Session) -> bool:
    return session.printer in (PrinterState.READY, PrinterState.PAPER_LOW)


def slip(
    session: Session,
    kind: str,
    month: str,
    movements: Sequence[Movement],
    words: Callable[[Movement], str],
    as_of: str = "",
) -> Slip:
    """``kind``: all, spent or paid_in; ``month`` ``2026-11``; ``words`` names a movement's kind; ``as_of`` says how far
    the list goes, '' where it goes to now."""
    campus, speak, verified = session.campus, session.speak, session.verified
    assert campus is not None
    shown = movements[:MOST_ON_SLIP]
    out = sum(-movement.amount for movement in movements if movement.amount < 0)
    into = sum(movement.amount for movement in movements if movement.amount > 0)
    other = Speaker(session.visit.language.other)
    first = speak("movements.slip_first", count=len(shown), all=len(movements)) if len(shown) < len(movements) else ""
    return Slip(
        language=session.visit.language,
        campus=f"{campus.name.of(speak.language)} {campus.product.of(speak.language)}",
        mark=campus.mark,
        place=f"{campus.kiosk.title.of(speak.language)} · {speak('slip.terminal', code=campus.kiosk.code)}",
        headline=speak(f"movements.slip_{kind}", month=_month(session, month)),
        reference_label="",
        reference="",
        facts=(
            *((_moment(session, movement), f"{words(movement)} {signed(movement.amount)}") for movement in shown),
            (speak("movements.slip_out"), signed(-out) if out else ""),
            (speak("movements.slip_in"), signed(into) if into else ""),
        ),
        promise="",
        body="\n".join(part for part in (first, as_of) if part),
        other_language=other("movements.slip_line", number=verified.shown_number if verified else ""),
    )


def _month(session: Session, month: str) -> str:
    year, number = month.split("-")
    return session.speak("when.year_month", year=year, month=session.speak(f"when.month_{int(number)}"))


def _moment(session: Session, movement: Movement) -> str:
    return f"{movement.at.astimezone(session.zone):%m-%d %H:%M}"


def outcome_word(outcome: PrintOutcome) -> str:
    """The part of the catalogue that says what became of the list."""
    match outcome:
        case Printed():
            return "printed"
        case NoPaper():
            return "no_paper"
        case NoPrinter():
            return "no_printer"
        case PrintUnknown():
            return "print_unknown"
        case PaperKept():
            return "paper_kept"
