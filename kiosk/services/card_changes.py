"""Changes to a card, each on the same page: reported lost, in use again, replaced."""

from collections.abc import Callable, Mapping

from kiosk.domain.card_accounts import CardOverview, CardState
from kiosk.services import requests
from kiosk.services.card_matter import CANCEL, LOST, REPLACE, Matter
from kiosk.services.card_places import declared, found_here
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import HubAnswered
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import CardConfirmPage, Row, Screen


class CardChanges(Flow):
    """``matters`` by the row that leads to them. A row the card system does not declare leads nowhere."""

    screens = frozenset({Screen.CARD_CONFIRM})

    def __init__(
        self, session: Session, matters: Mapping[str, Matter], overview: Callable[[], CardOverview | None]
    ) -> None:
        self._session, self._matters, self._overview = session, matters, overview
        self._matter: Matter | None = None

    @property
    def busy(self) -> bool:
        return any(matter.busy for matter in self._matters.values())

    def tiles(self) -> tuple[Row, ...]:
        """One tile for whoever lost or found a card; the page behind it leads to the other one."""
        cards, found, speak = declared(self._session), found_here(self._session), self._session.speak
        if not (cards.freeze or found):
            return ()
        word = "both" if cards.freeze and found else "lost" if cards.freeze else "found"
        row = LOST if cards.freeze else "found_card"
        return (Row(row, speak(f"card_lost.tile_{word}"), speak(f"card_lost.tile_{word}_hint"), "magnifying-glass"),)

    def entrances(self) -> tuple[Row, ...]:
        speak = self._session.speak
        lost = Row(LOST, speak("card_lost.tile_lost"), speak("card_lost.tile_lost_hint"), "prohibit")
        return (lost,) if declared(self._session).freeze else ()

    def card_tiles(self) -> tuple[Row, ...]:
        """What the page of one's own card offers of this, as its state allows."""
        cards, speak, seen = declared(self._session), self._session.speak, self._overview()
        state = seen.state if seen else CardState.ACTIVE
        offered = (
            (cards.freeze is not None and state is CardState.ACTIVE, LOST, "prohibit"),
            (cards.unfreeze and state is CardState.LOST, CANCEL, "arrow-counter-clockwise"),
            (cards.replace is not None, REPLACE, "identification-card"),
        )
        return tuple(
            Row(row, speak(f"card_tile.{row}"), speak(f"card_tile.{row}_hint"), icon)
            for can, row, icon in offered
            if can
        )

    def enter(self, row: str) -> bool:
        cards = declared(self._session)
        offered = {LOST: bool(cards.freeze), CANCEL: cards.unfreeze, REPLACE: cards.replace is not None}
        if row not in self._matters or not offered[row]:
            return False
        self._matter = self._matters[row]
        self._matter.begin()
        return True

    def page(self, screen: Screen) -> CardConfirmPage:
        return self._matter.page() if self._matter else CardConfirmPage()

    def touch(self, request: Request) -> bool:
        if self._matter is None or self._matter.busy:
            return False
        match request:
            case requests.Open(id=row):
                return self._matter.open(row)
            case requests.Choose(id="act"):
                if first := self._matter.act():
                    self.enter(first)
            case requests.Choose():
                self._session.back()
            case _:
                return False
        return True

    def take(self, answer: HubAnswered) -> bool:
        return any(matter.take(answer) for matter in self._matters.values())

    def beat(self) -> None:
        for matter in self._matters.values():
            matter.beat()

    def forget(self) -> None:
        self._matter = None
        for matter in self._matters.values():
            matter.forget()
