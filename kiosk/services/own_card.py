"""One's own campus card: its state, its balance by touch, and the tiles of what this card system can do."""

from msgspec.structs import replace

from kiosk.domain.card_accounts import Balance, CardOverview, CardRefusal, CardState
from kiosk.domain.outcomes import Refused
from kiosk.domain.policy import Action
from kiosk.services import requests, when
from kiosk.services.card_office import card_office_page
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import FetchBalance, FetchCard, HubAnswered
from kiosk.services.money import HIDDEN, yuan
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.views import CardPage, Page, Row, Screen

#: A balance that was asked for is hidden again after this, seconds (journeys 8).
BALANCE_SHOWN_FOR = 10.0
_CHIP = {CardState.ACTIVE: "ok", CardState.LOST: "danger", CardState.REPLACED: "warn"}


class OwnCard(Flow):
    """Where the card system lets nobody in, the tile leads to the card office instead (journeys 12)."""

    screens = frozenset({Screen.CARD, Screen.CARD_OFFICE})
    personal = frozenset({Screen.CARD})

    def __init__(self, session: Session, hub: Hub, proving: Proving, front: Front) -> None:
        self._session, self._hub, self._proving, self._front = session, hub, proving, front
        self.forget()

    def forget(self) -> None:
        self.overview: CardOverview | None = None
        self._unknown = False  # the card system knows no card of this person
        self._asked = False
        self._hide()

    def _hide(self) -> None:
        self._balance: int | None = None
        self._shown_until = 0.0

    def tiles(self) -> tuple[Row, ...]:
        campus = self._session.campus
        if campus is None or not (campus.cards.of_one_card or campus.card_office):
            return ()
        words = "card" if campus.cards.of_one_card else "card_office"
        return (Row("card", *self._home_words(words), "identification-card"),)

    def _home_words(self, words: str) -> tuple[str, str]:
        shown = tile(self._session, words, "")
        return shown.title, shown.hint

    def enter(self, row: str) -> bool:
        session = self._session
        if row == "card_office":
            session.show(Screen.CARD_OFFICE)
        elif row != "card" or session.campus is None:
            return False
        elif not session.campus.cards.of_one_card:
            session.show(Screen.CARD_OFFICE)
        elif session.online:
            self._proving.prove(Action.SEE_CARD, self.open, self.tiles()[0], self._unavailable)
        else:
            self._unavailable()
        return True

    def open(self) -> None:
        """The overview, asked anew: what was done a moment ago shows."""
        self.forget()
        self._session.show(Screen.CARD)
        verified = self._session.verified
        if verified is None or not self._hub.ask(FetchCard(verified.session, self._session.visit.generation)):
            self._unavailable()

    def touch(self, request: Request) -> bool:
        if request != requests.Choose(Screen.CARD, "balance", "show"):
            return False
        if self._balance is not None:
            self._hide()
        elif not self._asked:
            self._proving.prove(Action.SEE_BALANCE, self._ask_balance)
        return True

    def _ask_balance(self) -> None:
        verified = self._session.verified
        asked = FetchBalance(verified.session, self._session.visit.generation) if verified else None
        self._asked = asked is not None and self._hub.ask(asked)

    def take(self, answer: HubAnswered) -> bool:
        session = self._session
        match answer.request:
            case FetchCard(visit=visit):
                if visit == session.visit.generation and session.screen is Screen.CARD:
                    self._overview(answer.outcome)
            case FetchBalance(visit=visit):
                self._asked = False
                if visit == session.visit.generation and session.screen is Screen.CARD:
                    self._show_balance(answer.outcome)
            case _:
                return False
        return True

    def _overview(self, outcome: object) -> None:
        if isinstance(outcome, CardOverview):
            self.overview = outcome
        elif isinstance(outcome, Refused) and outcome.code == CardRefusal.NO_CARD:
            self._unknown = True
            self._session.replace(Screen.CARD_OFFICE)
        else:
            self._unavailable()

    def _show_balance(self, outcome: object) -> None:
        if isinstance(outcome, Balance):
            self._balance = outcome.amount
            self._shown_until = self._session.clock.monotonic() + BALANCE_SHOWN_FOR
        else:
            self._unavailable()

    def beat(self) -> None:
        if self._balance is not None and self._session.clock.monotonic() >= self._shown_until:
            self._hide()

    def settle(self) -> None:
        if self._session.screen is not Screen.CARD:
            self._hide()

    def _unavailable(self) -> None:
        if self._session.screen is Screen.CARD:
            self._session.back()
        self._front.cannot("card", "identification-card", *self._office_way())

    def _office_way(self) -> tuple[Row, ...]:
        campus, speak = self._session.campus, self._session.speak
        if campus is None or campus.card_office is None:
            return ()
        place = campus.card_office.place.of(speak.language)
        return (Row("card_office", speak("card.office_way"), place, "map-pin"),)

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        if screen is Screen.CARD_OFFICE:
            return card_office_page(self._session, self._unknown)
        return self.card_page(())

    def card_page(self, tiles: tuple[Row, ...]) -> CardPage:
        """``tiles``: what all flows offer of the card."""
        session, speak = self._session, self._session.speak
        campus, verified = session.campus, session.verified
        if campus is None or self.overview is None:
            return CardPage(title=speak("card.title"), loading=True)
        state = self.overview.state
        page = CardPage(
            title=speak("card.title"),
            chip=speak(f"card.state_{state}"),
            chip_kind=_CHIP[state],
            school=campus.name.of(session.visit.language),
            words=speak("card.words"),
            name=verified.shown_name if verified else "",
            number=verified.shown_number if verified else "",
            tiles=tiles,
        )
        return self._with_balance(page) if campus.cards.balance else page

    def _with_balance(self, page: CardPage) -> CardPage:
        speak, shown = self._session.speak, self._balance is not None
        return replace(
            page,
            balance_label=speak("card.balance"),
            balance=yuan(self._balance) if self._balance is not None else HIDDEN,
            balance_button=speak("card.hide_balance" if shown else "card.show_balance"),
            balance_icon="eye-slash" if shown else "eye",
            balance_hint=self._as_of() or speak("card.hidden_after", seconds=int(BALANCE_SHOWN_FOR)),
        )

    def _as_of(self) -> str:
        """How old all of it is, where the card system does not tell of now."""
        session, as_of = self._session, self.overview.as_of if self.overview else None
        if as_of is None:
            return ""
        return session.speak("card.as_of", when=when.past(as_of, session.now, session.zone, session.speak))
