"""One's own campus card, on a campus that can do everything, one that only shows, and one that lets nobody in."""

from kiosk.services.own_card import BALANCE_SHOWN_FOR
from kiosk.services.views import CardOfficePage, CardPage, DetailsPage, HomePage, MovementsPage, Screen
from kiosk.tour.identity_flows import type_pin
from kiosk.tour.report_flows import BACK_ONLINE
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker

_HIDDEN = "¥••••"


def card(walker: Walker) -> None:
    """The overview behind the PIN; the balance by touch, hidden again by itself."""
    open_card(walker)
    walker.check(walker.page(CardPage).balance == _HIDDEN, "a balance nobody asked for is on the screen")
    walker.touch(walker.say("card.show_balance"))
    walker.see("the balance", lambda: walker.page(CardPage).balance != _HIDDEN)
    walker.world.pass_time(BALANCE_SHOWN_FOR + 0.5)
    walker.see("the balance hidden again", lambda: walker.page(CardPage).balance == _HIDDEN)


def movements(walker: Walker) -> None:
    """Transactions: one opened for its merchant, another kind, another month, and the list on paper."""
    open_card(walker)
    walker.touch(walker.say("movements.title"))
    walker.arrive(Screen.MOVEMENTS, lambda: bool(walker.page(MovementsPage).months))
    page = walker.page(MovementsPage)
    spent = next(row for row in page.rows if row.chip_kind == "out")
    walker.touch(spent.title)
    walker.see("where it was", lambda: walker.page(MovementsPage).opened_text != "")
    walker.touch(walker.say("movements.paid_in"))
    walker.see("another kind", lambda: walker.page(MovementsPage).filter == "paid_in")
    walker.touch(page.months[1].title)
    walker.see("another month", lambda: walker.page(MovementsPage).month == page.months[1].id)
    walker.touch(walker.say("movements.all"))
    walker.see("all kinds", lambda: walker.page(MovementsPage).filter == "all")
    walker.touch(walker.say("movements.print"))
    walker.see("the list printed", lambda: walker.page(MovementsPage).print_text == walker.say("movements.printed"))
    walker.receipt()


def card_read_only(walker: Walker) -> None:
    """A card system that only shows: the one tile is what it can."""
    _become(walker, "read-only")
    open_card(walker)
    walker.see("the one tile", lambda: {row.id for row in walker.page(CardPage).tiles} == {"movements"})
    walker.end()
    _become(walker, "all")


def card_nothing(walker: Walker) -> None:
    """A card system that lets nobody in: where its people are, when, and a ticket to them."""
    _become(walker, "none")
    walker.begin_with_card(uid(STUDENT))
    hint = walker.say("home.card_office_hint")
    walker.see("the other tile", lambda: any(row.hint == hint for row in walker.page(HomePage).tiles))
    walker.touch(walker.say("home.card_office"))
    walker.arrive(Screen.CARD_OFFICE)
    walker.check(bool(walker.page(CardOfficePage).office_lines), "the card office has no place")
    walker.touch(walker.say("card_office.ticket"))
    walker.arrive(Screen.DETAILS, lambda: bool(walker.page(DetailsPage).symptoms))
    walker.end()
    _become(walker, "all")


def open_card(walker: Walker, person: str = STUDENT) -> None:
    walker.begin_with_card(uid(person))
    walker.touch(walker.say("home.card"))
    walker.arrive(Screen.PIN)
    type_pin(walker, person)
    walker.arrive(Screen.CARD, lambda: not walker.page(CardPage).loading)


def _become(walker: Walker, capabilities: str) -> None:
    """The hub is started with other settings; the kiosk hears of it by itself."""
    walker.world.reconfigure(f'[cards]\ncapabilities = "{capabilities}"\n')
    walker.world.pass_time(BACK_ONLINE)
