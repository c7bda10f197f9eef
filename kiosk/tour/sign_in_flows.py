"""Signing in at the campus's page on one's own phone: with neither card nor PIN, and what goes wrong on the way."""

from kiosk.domain.phone_sign_in import SignInEnd
from kiosk.services.signing_in import ASK_EVERY
from kiosk.services.views import PinPage, Screen, SignInPage, TicketsPage
from kiosk.tour.identity_flows import type_pin
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker

#: Longer than the code is good, and until the hub's word for it is waited for no longer, seconds.
CODE_OVER = 70.0


def sign_in(walker: Walker) -> None:
    """No card, no number, no PIN: the phone signs in at the campus's page, the number on the screen joins the two."""
    _to_the_code(walker)
    _on_the_phone(walker, STUDENT)
    walker.see("the number", lambda: walker.page(SignInPage).number != "")
    walker.check(walker.page(SignInPage).qr == "", "the code can still be scanned")
    walker.world.do("phone number")
    _look(walker)
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def sign_in_expired(walker: Walker) -> None:
    """Nobody scans: the code is over, a new one comes at one touch."""
    _to_the_code(walker)
    walker.world.pass_time(CODE_OVER)
    _over(walker, SignInEnd.EXPIRED)
    walker.touch(walker.say("sign_in.again"))
    walker.see("another code", lambda: walker.page(SignInPage).qr != "")


def sign_in_wrong_number(walker: Walker) -> None:
    """A phone that does not know what stands here: after few tries the attempt is void, and the PIN still works."""
    walker.begin_with_card(uid(STUDENT))
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    walker.touch(walker.say("sign_in.by_phone"))
    walker.arrive(Screen.SIGN_IN, lambda: walker.page(SignInPage).qr != "")
    _on_the_phone(walker, STUDENT)
    walker.see("the number", lambda: walker.page(SignInPage).number != "")
    walker.world.do("phone wrong")
    walker.world.do("phone wrong")
    _look(walker)
    _over(walker, SignInEnd.WRONG_NUMBER)
    walker.touch(walker.say("code.by_pin"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, STUDENT)
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def sign_in_other_person(walker: Walker) -> None:
    """The card is one person's, the phone another's."""
    walker.begin_with_card(uid(STUDENT))
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    walker.touch(walker.say("sign_in.by_phone"))
    walker.arrive(Screen.SIGN_IN, lambda: walker.page(SignInPage).qr != "")
    _on_the_phone(walker, "chen-jie")
    walker.see("the number", lambda: walker.page(SignInPage).number != "")
    walker.world.do("phone number")
    _look(walker)
    _over(walker, SignInEnd.OTHER_PERSON)


def sign_in_declined(walker: Walker) -> None:
    """The phone's owner changes their mind at the campus's page."""
    _to_the_code(walker)
    _on_the_phone(walker, "decline")
    _over(walker, SignInEnd.DECLINED)
    walker.touch(walker.say("identify.none"))
    walker.arrive(Screen.NONE_OF_THESE)


def sign_in_silent(walker: Walker) -> None:
    """The campus's page gives no answer about who came back: nobody is signed in, and the card still works."""
    _to_the_code(walker)
    _on_the_phone(walker, "silent")
    _over(walker, SignInEnd.SILENT)
    walker.touch(walker.say("sign_in.by_claim"))
    walker.arrive(Screen.IDENTIFY)
    walker.card(uid(STUDENT))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)


def _to_the_code(walker: Walker) -> None:
    walker.begin()
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("sign_in.by_phone"))
    walker.arrive(Screen.SIGN_IN, lambda: walker.page(SignInPage).qr != "")


def _on_the_phone(walker: Walker, who: str) -> None:
    walker.world.do(f"phone {who}")
    _look(walker)


def _look(walker: Walker) -> None:
    """The kiosk asks how it stands."""
    walker.world.pass_time(ASK_EVERY)


def _over(walker: Walker, why: SignInEnd) -> None:
    title = walker.say(f"sign_in.{why}")

    def said() -> bool:
        page = walker.page(SignInPage)
        return page.notice is not None and page.notice.title == title

    walker.see("what became of it", said)
