"""One's own campus card, on a campus that can do everything, one that only shows, and one that lets nobody in."""

from kiosk.services.own_card import BALANCE_SHOWN_FOR
from kiosk.services.top_up import ASK_EVERY, UNKNOWN_AFTER
from kiosk.services.views import (
    CardOfficePage,
    CardPage,
    CodePage,
    DetailsPage,
    DonePage,
    HomePage,
    LimitsPage,
    MovementsPage,
    Screen,
    TopUpPage,
    TopUpPayPage,
)
from kiosk.tour.code_flows import ANOTHER_CODE, last_code, type_code
from kiosk.tour.identity_flows import type_pin
from kiosk.tour.report_flows import BACK_ONLINE
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker

_HIDDEN = "¥••••"
#: How long the simulated provider's code is good, seconds.
WINDOW = 180.0


#: The code's three minutes pass in so many steps.
STEPS = 4


def _has_looked(walker: Walker, said: str) -> bool:
    page = walker.view.page
    return not isinstance(page, TopUpPayPage) or page.wait != said


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


def top_up(walker: Walker) -> None:
    """Paid on the phone: the page changes by itself, the money is on the card, the slip says so."""
    _to_the_code(walker)
    walker.world.hub.payment("pay")
    walker.world.pass_time(ASK_EVERY)
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).slip == "printed")
    walker.check(walker.page(DonePage).headline == walker.say("top_up.done"), "a paid top-up is not called done")
    walker.receipt()


def top_up_cancelled(walker: Walker) -> None:
    """Another amount after all: nothing was charged, and it is said."""
    _to_the_code(walker)
    walker.touch(walker.say("top_up.cancel"))
    walker.arrive(Screen.TOP_UP, lambda: _notice(walker) == walker.say("top_up.nothing"))
    walker.touch(walker.say("top_up.other"))
    walker.see("the pad", lambda: walker.page(TopUpPage).typing)
    walker.type("9")
    walker.type("9")
    walker.see("the amount typed", lambda: walker.page(TopUpPage).can_submit)
    walker.no_receipt()


def top_up_expired(walker: Walker) -> None:
    """Nobody pays: the code runs out, back to the amount."""
    _to_the_code(walker)
    for _ in range(STEPS):  # the kiosk asks how it stands meanwhile, which is what keeps the visit alive
        said = walker.page(TopUpPayPage).wait
        walker.world.pass_time(WINDOW / STEPS)
        walker.world.until(lambda said=said: _has_looked(walker, said), "a look")  # type: ignore[misc]
    walker.arrive(Screen.TOP_UP, lambda: _notice(walker) == walker.say("top_up.expired"))
    walker.no_receipt()


def top_up_unknown(walker: Walker) -> None:
    """Paid, but the provider says nothing: the slip has its words; asked again once it speaks, the money is there."""
    _to_the_code(walker)
    walker.world.hub.payment("silent")
    walker.touch(walker.say("top_up.cancel"))
    walker.see("the question to the hub", lambda: walker.page(TopUpPayPage).qr == "")
    walker.world.pass_time(UNKNOWN_AFTER + 1)
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).slip == "printed")
    walker.check(walker.page(DonePage).headline == walker.say("top_up.unknown"), "an unknown outcome is called known")
    walker.receipt()
    walker.world.hub.payment("speak")
    walker.touch(walker.say("top_up.ask_again"))
    done = walker.say("top_up.done")
    walker.see("the outcome", lambda: walker.view.screen is Screen.DONE and walker.page(DonePage).headline == done)


def limits(walker: Walker) -> None:
    """How much a payment and a day may come to: said before it changes, changed behind PIN and code."""
    walker.world.pass_time(ANOTHER_CODE)
    open_card(walker)
    walker.touch(walker.say("limits.tile"))
    walker.arrive(Screen.LIMITS, lambda: bool(walker.page(LimitsPage).amounts))
    walker.check(not walker.page(LimitsPage).can_submit, "a change is offered that changes nothing")
    _another_limit(walker)
    walker.touch(walker.say("limits.daily"))
    walker.see("the amounts of a day", lambda: walker.page(LimitsPage).kind == "daily")
    _another_limit(walker)
    walker.touch(walker.say("limits.submit"))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).slip == "printed")
    walker.check(walker.page(DonePage).headline == walker.say("limits.done"), f"“{walker.page(DonePage).headline}”")
    walker.receipt()


def _another_limit(walker: Walker) -> None:
    """Whatever is not in force: an earlier walk may have changed it."""
    page = walker.page(LimitsPage)
    other = next(row for row in page.amounts if row.id != page.amount)
    walker.touch(other.title)
    walker.see("the amount chosen", lambda: walker.page(LimitsPage).amount == other.id)


def _to_the_code(walker: Walker) -> None:
    open_card(walker)
    walker.touch(walker.say("top_up.tile"))
    walker.arrive(Screen.TOP_UP)
    walker.touch("¥50")
    walker.see("the amount chosen", lambda: walker.page(TopUpPage).can_submit)
    walker.touch(walker.page(TopUpPage).submit)
    walker.arrive(Screen.TOP_UP_PAY, lambda: walker.page(TopUpPayPage).qr != "")


def _notice(walker: Walker) -> str:
    notice = walker.page(TopUpPage).notice
    return notice.title if notice else ""


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
