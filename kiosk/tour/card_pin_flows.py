"""The PIN that tills ask for: changed, and what is said when the present one is wrong or there is no network."""

from functools import partial

from kiosk.services.views import CardOfficePage, CardPinPage, CodePage, DonePage, NoticeKind, Screen, UnavailablePage
from kiosk.tour import sample
from kiosk.tour.card_flows import open_card
from kiosk.tour.code_flows import last_code, type_code
from kiosk.tour.report_flows import BACK_ONLINE
from kiosk.tour.reporting import STUDENT
from kiosk.tour.walker import Walker

#: Longer than the hub ever makes one wait for another code, seconds: other flows have asked for this person's before.
ANY_CODE_AGAIN = 905.0
#: Nobody's, everybody's, and one that nobody would guess.
WRONG, EASY, NEW = "602847", "888888", "735914"


def card_pin(walker: Walker) -> None:
    """The present one, an easy one that is not taken, a new one twice; then back, which shows that it works."""
    present = str(sample.person(STUDENT)["card_pin"])
    _to_pad(walker)
    _type(walker, present)
    walker.see("the new one asked for", lambda: walker.page(CardPinPage).step == 2)
    _twice(walker, EASY)
    walker.see("that it is too easy", lambda: _says(walker, walker.say("pin_new.easy")))
    walker.check(walker.page(CardPinPage).step == 2, "the present one is asked for again")
    _twice(walker, NEW)
    _changed(walker)
    walker.touch(walker.say("done.again"))
    walker.arrive(Screen.HOME)
    walker.touch(walker.say("home.card"))
    walker.arrive(Screen.CARD)
    walker.touch(walker.say("card_pin.change"))
    walker.arrive(Screen.CARD_PIN)
    _type(walker, NEW)
    walker.see("the new one asked for", lambda: walker.page(CardPinPage).step == 2)
    _twice(walker, present)
    _changed(walker)


def card_pin_wrong(walker: Walker) -> None:
    """A wrong present one changes nothing; whoever forgot it is led to the card office."""
    _to_pad(walker)
    _type(walker, WRONG)
    walker.see("the new one asked for", lambda: walker.page(CardPinPage).step == 2)
    _twice(walker, NEW)
    walker.see("that the present one is wrong", lambda: _says(walker, walker.say("card_pin.wrong")))
    walker.check(walker.page(CardPinPage).step == 1, "the present one is not asked for again")
    walker.touch(walker.say("card_pin.forgotten"))
    walker.arrive(Screen.CARD_OFFICE)
    walker.check(bool(walker.page(CardOfficePage).office_lines), "the card office has no place")


def card_pin_offline(walker: Walker) -> None:
    """The network goes while the card is on the screen: said before anything is typed, with where to go."""
    open_card(walker)
    walker.world.do("net off")
    walker.touch(walker.say("card_pin.change"))
    walker.arrive(Screen.UNAVAILABLE)
    walker.check(
        walker.page(UnavailablePage).title == walker.say("card_pin.unavailable"), "it is not said what cannot be"
    )
    walker.touch(walker.say("card.office_way"))
    walker.arrive(Screen.CARD_OFFICE)
    walker.end()
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.world.until(lambda: walker.view.strip.kind != "offline", "the network being back")


def _to_pad(walker: Walker) -> None:
    walker.world.pass_time(ANY_CODE_AGAIN)
    open_card(walker)
    walker.touch(walker.say("card_pin.change"))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))
    walker.arrive(Screen.CARD_PIN)


def _type(walker: Walker, digits: str) -> None:
    walker.world.until(
        lambda: walker.page(CardPinPage).filled == 0 and not walker.page(CardPinPage).busy, "an empty pad"
    )
    for count, digit in enumerate(digits, 1):
        walker.touch(digit)
        if count < len(digits):
            walker.world.until(partial(_filled, walker, count), f"{count} digits typed")


def _filled(walker: Walker, count: int) -> bool:
    return walker.page(CardPinPage).filled == count


def _twice(walker: Walker, digits: str) -> None:
    _type(walker, digits)
    walker.see("that it is to be typed again", lambda: walker.page(CardPinPage).step == 3)
    _type(walker, digits)


def _says(walker: Walker, title: str) -> bool:
    notice = walker.page(CardPinPage).notice
    return notice is not None and notice.kind is NoticeKind.DANGER and notice.title == title


def _changed(walker: Walker) -> None:
    walker.arrive(Screen.DONE)
    walker.check(walker.page(DonePage).headline == walker.say("card_pin.changed"), "it is not said that it is changed")
