"""`kiosk printer`: a page from which a person sets an unknown printer up in five minutes."""

import sys

from kiosk.config import Settings
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown
from kiosk.offline.places import Places
from kiosk.words import Speaker

NO_END_MARK = "no end mark"


def new_roll(settings: Settings) -> int:
    """The count begins again; a running kiosk sees it at its next slip."""
    Places(settings.data).roll.unlink(missing_ok=True)
    return 0


def probe(settings: Settings, page_words: Speaker, speak: Speaker) -> int:
    """Prints the page, then what there is to choose: lines for kiosk.toml on stdout, words on stderr."""
    printer = settings.printer
    if not printer.kind.startswith("escpos"):
        return _failed(speak("printer_probe.nothing", kind=printer.kind), 2)
    from kiosk.offline import lock

    Places(settings.data).make()
    held = lock.take(Places(settings.data).lock)
    if isinstance(held, lock.InUse):
        return _failed(speak("commands.in_use", pid=held.pid), 1)
    try:
        outcome = _print(settings, page_words)
    finally:
        held.release()
    unmarked = isinstance(outcome, PrintUnknown) and outcome.detail == NO_END_MARK
    if not isinstance(outcome, Printed) and not unmarked:
        return _failed(speak("printer_probe.not_printed", why=_why(outcome, speak)), 1)
    _say_choices(speak, marked=not unmarked)
    return 0


def _print(settings: Settings, words: Speaker) -> PrintOutcome:
    import msgspec

    from kiosk.devices.escpos_probe import page
    from kiosk.devices.receipt_fonts import FontsMissing, find_fonts
    from kiosk.outside import escpos

    fonts = find_fonts()
    if isinstance(fonts, FontsMissing):
        return NoPrinter(fonts.detail)
    asked = msgspec.structs.replace(settings.printer, end_mark=True)  # whether it knows the mark is found out here
    return escpos(asked, settings.data).send(page(lambda key: words(f"printer_probe.{key}"), fonts))


def _why(outcome: PrintOutcome, speak: Speaker) -> str:
    match outcome:
        case NoPaper():
            return speak("printer_probe.no_paper")
        case NoPrinter(detail) | PrintUnknown(detail):
            return detail
        case _:
            return ""


def _say_choices(speak: Speaker, marked: bool) -> None:
    from kiosk.devices.escpos_probe import choices

    print(speak("printer_probe.printed"), file=sys.stderr)
    part = ""
    for choice in choices():
        if choice.part != part:
            part = choice.part
            print(f"\n# {speak(f'printer_probe.{part}')}")
        print(f"{choice.line:<22}# {choice.mark}")
    print(f"\n# {speak('printer_probe.end_mark')}")
    print(f"end_mark = {str(marked).lower()}")


def _failed(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status
