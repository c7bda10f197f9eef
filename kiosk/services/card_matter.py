"""One thing that can be done about a card on the confirm page: what it means, doing it, and what came of it."""

from kiosk.services.hub_requests import HubAnswered
from kiosk.services.session import Session
from kiosk.services.views import CardConfirmPage

#: The rows that lead to each matter.
LOST, CANCEL, REPLACE = "card_lost", "cancel_loss", "replace_card"
#: Until this the button says nothing of its own; after SLOW that it is slower than usual, seconds.
BUSY_AFTER = 0.3
SLOW_AFTER = 2.0


class Matter:
    """Belongs to CardChanges, the flow that owns the page. ``since`` is when the answer was asked for."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.since: float | None = None

    @property
    def busy(self) -> bool:
        return self.since is not None

    def begin(self) -> None:
        """Shows the confirm page, now or when what it has to say is known."""

    def page(self) -> CardConfirmPage:
        return CardConfirmPage()

    def act(self) -> str:
        """The button that changes something was pressed. The row of another matter that comes first, else ''."""
        return ""

    def open(self, row: str) -> bool:
        """Another way on that stays within this matter; false where it leads out of it."""
        return False

    def take(self, answer: HubAnswered) -> bool:
        """An answer of the hub; true where this matter waited for it."""
        return False

    def beat(self) -> None:
        """Some time has passed."""

    def forget(self) -> None:
        self.since = None

    def wait(self) -> None:
        self.since = self.session.clock.monotonic()

    def busy_text(self) -> str:
        if self.since is None or self.waited < BUSY_AFTER:
            return ""
        return self.session.speak("report.slow" if self.waited >= SLOW_AFTER else "report.busy")

    @property
    def waited(self) -> float:
        return self.session.clock.monotonic() - self.since if self.since is not None else 0.0

    def holder(self) -> tuple[str, ...]:
        verified = self.session.verified
        return (verified.shown_name, verified.shown_number) if verified else ()
