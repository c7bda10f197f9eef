"""Cards, PINs and what a person may see with them."""

from functools import partial

from kiosk.domain.visit_limits import Context, idle_limit, warning_length
from kiosk.services.views import Look, NoticeKind, Overlay, PinPage, Row, Screen, TicketsPage
from kiosk.tour import sample
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import STILL_ON, Walker

#: Nobody's card, and the most wrong PINs before the hub makes one wait.
UNKNOWN_CARD = "04FE11D2C39A80"
MOST_TRIES = 8
#: Longer than the first lock, seconds.
FIRST_LOCK = 20.0


def my_tickets(walker: Walker) -> None:
    """What was reported is found again behind the PIN."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    submit(walker)
    reference = handed_in(walker)
    walker.touch(walker.say("done.again"))
    walker.arrive(Screen.HOME)
    to_pin(walker)
    type_pin(walker, STUDENT)
    walker.arrive(Screen.TICKETS, lambda: bool(walker.page(TicketsPage).rows))
    row = next((row for row in walker.page(TicketsPage).rows if row.id == reference), None)
    walker.check(row is not None, f"{reference} is not among the person's tickets")
    walker.touch(row.title if row else "")
    walker.see("the ticket's story", lambda: walker.page(TicketsPage).detail is not None)


def pin_again(walker: Walker) -> None:
    """ "Are you still there?" was answered: another ticket is shown only after the PIN was typed again."""
    walker.begin_with_card(uid(STUDENT))
    to_pin(walker)
    type_pin(walker, STUDENT)
    walker.arrive(Screen.TICKETS, lambda: len(walker.page(TicketsPage).rows) > 1)
    page, aids = walker.page(TicketsPage), walker.aids
    other = next(row for row in page.rows if row.id != page.selected and _is_alone(page, row))
    idle, warning = idle_limit(Context.PERSONAL, aids, went_on=False), warning_length(Context.PERSONAL, aids)
    walker.world.pass_time(idle - warning + 1)
    walker.asked(Overlay.WARNING)
    walker.touch(walker.say("question.warning_stay"))
    walker.see("the tickets again", lambda: _on(walker, Screen.TICKETS))
    walker.touch(other.title)
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, STUDENT)
    walker.arrive(Screen.TICKETS, lambda: walker.page(TicketsPage).selected == other.id)


def _is_alone(page: TicketsPage, row: Row) -> bool:
    """No other one has its title: it can be touched by name."""
    return [other.title for other in page.rows].count(row.title) == 1


def wrong_pin(walker: Walker) -> None:
    """Wrong twice: the tries left are said from the second time on; then right."""
    person = "chen-jie"
    walker.begin_with_card(uid(person))
    to_pin(walker)
    for text in (walker.say("pin.wrong_text"), ""):
        wrong_digits(walker, "000111")
        notice = walker.page(PinPage).notice
        walker.check(notice is not None and notice.title == walker.say("pin.wrong"), "a wrong PIN is not called wrong")
        walker.check(not text or (notice is not None and notice.text == text), "tries left are said too early")
    type_pin(walker, person)
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def too_many_pins(walker: Walker) -> None:
    """Wrong again and again: a lock that says until when, and opens by itself."""
    person = "ouyang-xue"
    walker.begin_with_card(uid(person))
    to_pin(walker)
    for _ in range(MOST_TRIES):
        wrong_digits(walker, "000111")
        if walker.page(PinPage).locked:
            break
    page = walker.page(PinPage)
    walker.check(page.locked, f"{MOST_TRIES} wrong PINs were not too many")
    walker.check(page.notice is not None and ":" in page.notice.text, "the lock does not say until when")
    walker.record.outcome["tries"] = walker.record.touches // len("000111")
    walker.world.pass_time(FIRST_LOCK)
    walker.see("the pad open again", lambda: not walker.page(PinPage).locked)
    type_pin(walker, person)
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def no_pin(walker: Walker) -> None:
    """Somebody who never set a PIN is led to what works now."""
    walker.begin_with_card(uid("li-na"))
    to_pin(walker)
    wrong_digits(walker, "123123")
    notice = walker.page(PinPage).notice
    walker.check(notice is not None and notice.title == walker.say("pin.none"), "it is not said that no PIN is set")
    walker.touch(walker.say("pin.no_way"))
    walker.arrive(Screen.NONE_OF_THESE)
    walker.touch(walker.say("none.report"))
    walker.arrive(Screen.CATEGORY)


def unknown_card(walker: Walker) -> None:
    """A card nobody knows opens nothing, but what is told with it reaches the desk."""
    walker.begin_with_card(UNKNOWN_CARD)
    to_pin(walker)
    wrong_digits(walker, "739154")
    walker.check(walker.view.screen is Screen.PIN, "an unknown card opened something")
    walker.touch(walker.say("screen.back"))
    walker.arrive(Screen.HOME)
    choose(walker, "computer", "slow")
    submit(walker)
    handed_in(walker)


def offline_tickets(walker: Walker) -> None:
    """Without network nobody's tickets can be shown; what can be done instead is."""
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin_with_card(uid(STUDENT))
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.UNAVAILABLE)
    walker.end()
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.world.until(lambda: walker.view.strip.kind != "offline", "the network being back")


def different_card(walker: Walker) -> None:
    """Another card in the middle: going on keeps everything, changing over leaves nothing behind."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    walker.world.pass_time(3.0)  # the first card has been put away
    walker.card(uid("chen-jie"))
    walker.asked(Overlay.DIFFERENT_CARD)
    walker.touch(walker.say("question.card_stay"))
    walker.see("the form again", lambda: _on(walker, Screen.DETAILS))
    walker.world.pass_time(3.0)
    walker.card(uid("chen-jie"))
    walker.asked(Overlay.DIFFERENT_CARD)
    walker.touch(walker.say("question.card_use"))
    walker.see("a new visit", lambda: _on(walker, Screen.HOME))
    walker.check(walker.view.look == Look(), STILL_ON)
    walker.world.pass_time(3.0)
    walker.card(uid(STUDENT))
    walker.asked(Overlay.DIFFERENT_CARD)
    walker.world.pass_time(16.0)
    walker.see("both ended", lambda: _on(walker, Screen.ATTRACT))


def _on(walker: Walker, screen: Screen) -> bool:
    return walker.view.screen is screen and walker.view.question.kind is Overlay.NONE


def to_pin(walker: Walker) -> None:
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)


def open_tickets(walker: Walker, person: str) -> None:
    """A card on the start page, the PIN, and the list."""
    walker.begin_with_card(uid(person))
    to_pin(walker)
    type_pin(walker, person)
    walker.arrive(Screen.TICKETS, lambda: bool(walker.page(TicketsPage).rows))


def type_pin(walker: Walker, person: str) -> None:
    type_digits(walker, str(sample.person(person)["pin"]))


def type_digits(walker: Walker, digits: str) -> None:
    """A digit is typed when its box is filled; after the last one the page goes on by itself."""
    for count, digit in enumerate(digits, 1):
        walker.touch(digit)
        if count < len(digits):
            walker.world.until(partial(_filled, walker, count), f"{count} digits typed")


def _filled(walker: Walker, count: int) -> bool:
    return walker.page(PinPage).filled == count


def wrong_digits(walker: Walker, digits: str) -> None:
    """Six digits and the hub's answer to them."""
    type_digits(walker, digits)

    def answered() -> bool:
        page = walker.page(PinPage)
        told = page.notice is not None and page.notice.kind in (NoticeKind.DANGER, NoticeKind.WARN)
        return told and not page.busy and page.filled == 0

    walker.see("the hub's answer to the PIN", answered)
