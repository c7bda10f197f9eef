"""Slips of the current visit: queued once each, and what became of them told to whoever asked for it."""

from collections.abc import Callable

from kiosk.domain.devices import PrinterState
from kiosk.domain.outcomes import PaperKept, Printed, PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.services.ports import SlipPrinted, SlipPrinter
from kiosk.services.session import Session

Told = Callable[[PrintOutcome], None]


class Printing:
    """At most one slip of a visit is waited for; a later one takes its place, the earlier one still comes out."""

    def __init__(self, session: Session, printer: SlipPrinter) -> None:
        self._session, self._printer = session, printer
        self._job = 0
        self._then: Told | None = None

    def print(self, slip: Slip, then: Told, only_proof: bool = False) -> bool:
        """False where this kiosk never had a printer: then ``then`` is not called.

        ``only_proof``: nothing but this slip shows what was done. Near the roll's end only such slips are printed; of
        the others ``then`` is told at once that paper is kept.
        """
        if self._session.printer is PrinterState.NONE:
            return False
        self._job += 1
        if self._session.printer is PrinterState.PAPER_LOW and not only_proof:
            self._then = None
            then(PaperKept())
            return True
        self._then = then
        self._printer.print(self._job, slip)
        return True

    def printed(self, event: SlipPrinted) -> None:
        if event.job_id != self._job or self._then is None:
            return
        then, self._then = self._then, None
        if isinstance(event.outcome, Printed):
            self._session.printer = PrinterState.PAPER_LOW if event.outcome.paper_low else PrinterState.READY
        then(event.outcome)

    def forget(self) -> None:
        """The visitor has gone: nobody is told any more."""
        self._then = None
