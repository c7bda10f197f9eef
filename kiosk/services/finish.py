"""The done page, whichever flow it ends: what is said, the slip, and what comes next."""

from collections.abc import Callable

from kiosk.domain.outcomes import Printed, PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.domain.visit_events import ContextChanged
from kiosk.domain.visit_limits import Context
from kiosk.services import requests
from kiosk.services.flow import Flow
from kiosk.services.printing import Printing
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import DonePage, Screen

#: Makes the page from what became of the slip: ``None`` while it prints, or where none is printed.
MakePage = Callable[[PrintOutcome | None], DonePage]


class Finish(Flow):
    screens = frozenset({Screen.DONE})

    def __init__(self, session: Session, printing: Printing) -> None:
        self._session, self._printing = session, printing
        self._make: MakePage | None = None
        self._again: Callable[[], None] | None = None
        self._slip: PrintOutcome | None = None

    def show(
        self,
        make: MakePage,
        slip: Slip | None = None,
        again: Callable[[], None] | None = None,
        only_proof: bool = False,
    ) -> None:
        """The matter is done: there is no way back into it. ``again`` is what the secondary button does, else home;
        ``only_proof``: nothing but the slip shows it."""
        self._make, self._again, self._slip = make, again, None
        self._session.pages[:] = [Screen.HOME, Screen.DONE]
        self._session.happen(ContextChanged(Context.DONE))
        if slip is not None:
            self._printing.print(slip, self._printed, only_proof)

    def page(self, screen: Screen) -> DonePage:
        return self._make(self._slip) if self._make else DonePage()

    def touch(self, request: Request) -> bool:
        if not isinstance(request, requests.Again) or self._make is None:
            return False
        again = self._again or self._session.home
        self.forget()
        again()
        return True

    def forget(self) -> None:
        self._printing.forget()
        self._make = self._again = self._slip = None

    def _printed(self, outcome: PrintOutcome) -> None:
        self._slip = outcome
        if isinstance(outcome, Printed) and self._session.screen is Screen.DONE:
            self._session.happen(ContextChanged(Context.DONE_WITH_SLIP))
