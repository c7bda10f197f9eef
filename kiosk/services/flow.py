"""One use case of a visit: the pages it owns, what a touch on them does, and what it holds of the visitor."""

from kiosk.domain.identity import CardClaim
from kiosk.domain.policy import Action
from kiosk.services.hub_requests import HubAnswered
from kiosk.services.ports import SecretEvent
from kiosk.services.requests import Request
from kiosk.services.views import Page, Row, Screen


class Flow:
    """Runs on the worker thread. The station gives what happens to the flow that owns the page on the screen; answers
    of the hub and beats go to all. What a flow has nothing to say to, it leaves to these."""

    #: Every screen belongs to exactly one flow.
    screens: frozenset[Screen] = frozenset()
    #: Those of them that show balance, transactions or tickets: 60 s idle (journeys 9).
    personal: frozenset[Screen] = frozenset()

    #: Those of them that wait for something done elsewhere, on a phone: they run out by themselves.
    paying: frozenset[Screen] = frozenset()

    #: Those of them for staff who look after this kiosk: a longer idle limit.
    upkeep: frozenset[Screen] = frozenset()

    #: Those of them for staff who log matters for others: a shift long.
    duty: frozenset[Screen] = frozenset()

    @property
    def busy(self) -> bool:
        """Something is being handed in: *back* and rows wait for it."""
        return False

    def tiles(self) -> tuple[Row, ...]:
        """What home offers of this flow: only what works on this campus."""
        return ()

    def card_tiles(self) -> tuple[Row, ...]:
        """What the page of one's own card offers of this flow: only what the card system declares."""
        return ()

    def entrances(self) -> tuple[Row, ...]:
        """What of this flow can be begun straight from a search, by the row that ``enter`` takes."""
        return self.tiles()

    def page(self, screen: Screen) -> Page:
        raise LookupError(screen)

    def touch(self, request: Request) -> bool:
        """A touch on one of its pages; false where it means nothing here (a row may be another flow's entrance)."""
        return False

    def shows_more(self, request: Request) -> Action | None:
        """What a touch that shows more about the person, or changes something, without asking the gate itself would
        need: after an answered warning it is asked anew (journeys 9). ``None``: the touch does neither."""
        return None

    def types_for(self, screen: Screen) -> Action | None:
        """What is changed by a secret that is typed on ``screen``: no question may come once it is typed."""
        return None

    def left(self, screen: Screen) -> float | None:
        """Seconds until a page of ``paying`` runs out by itself; negative once it has, ``None``: with the visit."""
        return None

    def enter(self, row: str) -> bool:
        """A row or tile somewhere that leads into this flow; false where it is none of its entrances."""
        return False

    def asks_before_leaving(self, screen: Screen) -> bool:
        """Whether *back* from ``screen`` would throw away what was filled in."""
        return False

    def back(self) -> bool:
        """A step back inside a page; true when that was all."""
        return False

    def identified(self) -> None:
        """On one of its pages somebody has just said who they are, by card or number."""

    def takes_card(self, claim: CardClaim) -> bool:
        """A card tapped on one of its pages; true where the page asked for that very card: then it is nobody's."""
        return False

    def card_seen(self, claim: CardClaim) -> None:
        """Somebody has just identified by this card."""

    def take(self, answer: HubAnswered) -> bool:
        """An answer of the hub; true where it was this flow's question. One to a visit that is over changes nothing."""
        return False

    def secret(self, event: SecretEvent) -> None:
        """What the secret helper says while one of its pages is shown."""

    def beat(self) -> None:
        """Some time has passed."""

    def settle(self) -> None:
        """After everything that happened, before the view is made."""

    def forget(self) -> None:
        """Everything of the visitor goes."""
