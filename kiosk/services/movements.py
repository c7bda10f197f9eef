"""Movements of one's own card: by month and kind, time and kind first, the merchant after a touch (journeys 8)."""

from datetime import date

from kiosk.domain.card_accounts import Movement, MovementKind, MovementList
from kiosk.domain.policy import Action
from kiosk.services import movement_slip, requests, when
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import FetchMovements, HubAnswered
from kiosk.services.money import signed
from kiosk.services.ports import Hub
from kiosk.services.printing import Printing
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import MovementsPage, Row, Screen

_ICONS: dict[str, str] = {
    MovementKind.MEAL: "fork-knife",
    MovementKind.SHOP: "storefront",
    MovementKind.PRINTING: "printer",
    MovementKind.LIBRARY_FEE: "books",
    MovementKind.LAUNDRY: "shower",
    MovementKind.TOP_UP: "plus-circle",
    MovementKind.CARD_FEE: "identification-card",
}
_FILTERS = ("all", "spent", "paid_in")


class Movements(Flow):
    screens = personal = frozenset({Screen.MOVEMENTS})

    def __init__(self, session: Session, hub: Hub, proving: Proving, front: Front, printing: Printing) -> None:
        self._session, self._hub = session, hub
        self._proving, self._front, self._printing = proving, front, printing
        self.forget()

    def forget(self) -> None:
        self._found: MovementList | None = None
        self._filter, self._month, self._opened = "all", "", ""
        self._printed = ""

    def card_tiles(self) -> tuple[Row, ...]:
        campus, speak = self._session.campus, self._session.speak
        declared = campus.cards.transactions if campus else None
        if declared is None:
            return ()
        hint = speak("movements.tile_hint", months=declared.months)
        return (Row("movements", speak("movements.title"), hint, "list-bullets"),)

    def enter(self, row: str) -> bool:
        if row != "movements":
            return False
        self._proving.prove(Action.SEE_TRANSACTIONS, self._open, Row(row, self._session.speak("movements.title")))
        return True

    def _open(self) -> None:
        self.forget()
        self._session.show(Screen.MOVEMENTS)
        verified = self._session.verified
        if verified is None or not self._hub.ask(FetchMovements(verified.session, self._session.visit.generation)):
            self._unavailable()

    def _unavailable(self) -> None:
        if self._session.screen is Screen.MOVEMENTS:
            self._session.back()
        self._front.cannot("card", "identification-card")

    def take(self, answer: HubAnswered) -> bool:
        session = self._session
        if not isinstance(answer.request, FetchMovements):
            return False
        if answer.request.visit == session.visit.generation and session.screen is Screen.MOVEMENTS:
            if isinstance(answer.outcome, MovementList):
                self._found = answer.outcome
                self._month = next(iter(self._months()), "")
            else:
                self._unavailable()
        return True

    def shows_more(self, request: Request) -> Action | None:
        return Action.SEE_TRANSACTIONS if isinstance(request, requests.Choose) else None

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Choose(part="filter", id=choice) if choice in _FILTERS:
                self._filter, self._opened, self._printed = choice, "", ""
            case requests.Choose(part="month", id=choice) if choice in self._months():
                self._month, self._opened, self._printed = choice, "", ""
            case requests.Choose(part="movement", id=choice):
                self._opened = "" if choice == self._opened else choice
            case requests.Choose(part="print") if self._chosen() and self._printed != "printing":
                self._print()
            case _:
                return False
        return True

    def _months(self) -> tuple[str, ...]:
        """``2026-11`` …, those with movements, newest first."""
        found = self._found.movements if self._found else ()
        return tuple(dict.fromkeys(f"{self._day(movement):%Y-%m}" for movement in found))

    def _chosen(self) -> tuple[Movement, ...]:
        found = self._found.movements if self._found else ()
        wanted = {"all": (True, False), "spent": (False,), "paid_in": (True,)}[self._filter]
        return tuple(
            movement
            for movement in found
            if f"{self._day(movement):%Y-%m}" == self._month and (movement.amount > 0) in wanted
        )

    def _day(self, movement: Movement) -> date:
        return movement.at.astimezone(self._session.zone).date()

    def _print(self) -> None:
        chosen = self._chosen()
        slip = movement_slip.slip(self._session, self._filter, self._month, chosen, self._words, self._as_of())
        self._printed = "printing"
        self._printing.print(slip, lambda outcome: self._told(movement_slip.outcome_word(outcome)))

    def _told(self, word: str) -> None:
        self._printed = word

    # -- the page -----------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> MovementsPage:
        speak = self._session.speak
        if self._found is None:
            return MovementsPage(title=speak("movements.title"), loading=True)
        chosen = self._chosen()
        opened = next((movement for movement in chosen if movement.id == self._opened), None)
        can_print = movement_slip.can_print(self._session)
        return MovementsPage(
            title=speak("movements.title"),
            hint=self._hint(chosen),
            filters=tuple(Row(name, speak(f"movements.{name}")) for name in _FILTERS),
            filter=self._filter,
            months=tuple(Row(month, self._month_word(month)) for month in self._months()),
            month=self._month,
            rows=tuple(self._row(movement) for movement in chosen),
            opened=opened.id if opened else "",
            opened_text=self._where(opened) if opened else "",
            empty_title="" if chosen else speak("movements.empty"),
            empty_text="" if chosen else speak("movements.empty_text"),
            print=speak("movements.print") if chosen and can_print else "",
            print_text=speak(f"movements.{self._printed}") if self._printed else "",
        )

    def _hint(self, chosen: tuple[Movement, ...]) -> str:
        speak, as_of = self._session.speak, self._as_of()
        touch = speak("movements.touch_one") if any(movement.amount < 0 for movement in chosen) else ""
        return "\n".join(part for part in (as_of, touch) if part)

    def _as_of(self) -> str:
        """How far the list goes, where the card system does not tell of now."""
        session, found = self._session, self._found
        if found is None or found.as_of is None:
            return ""
        return session.speak("movements.as_of", when=when.past(found.as_of, session.now, session.zone, session.speak))

    def _row(self, movement: Movement) -> Row:
        session = self._session
        return Row(
            movement.id,
            self._words(movement),
            when.past(movement.at, session.now, session.zone, session.speak),
            _ICONS.get(movement.kind, "wallet"),
            chip=signed(movement.amount),
            chip_kind="in" if movement.amount > 0 else "out",
        )

    def _words(self, movement: Movement) -> str:
        kind = movement.kind if movement.kind in list(MovementKind) else MovementKind.OTHER
        return self._session.speak(f"movements.kind_{kind}")

    def _where(self, movement: Movement) -> str:
        return movement.merchant.of(self._session.visit.language) or self._session.speak("movements.no_merchant")

    def _month_word(self, month: str) -> str:
        speak = self._session.speak
        return speak("when.month", month=speak(f"when.month_{int(month[5:])}")) if month else ""
