"""One-time codes: a way on without the PIN, and what goes wrong with them."""

import math
import re
from functools import partial

from kiosk.services.views import CodePage, NoticeKind, NumberPage, PinNewPage, Screen, TicketsPage
from kiosk.tour import sample
from kiosk.tour.identity_flows import to_pin
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker

#: Another code can be sent to the same person after this, seconds.
ANOTHER_CODE = 120.0
#: A code is over by then, seconds.
CODE_GOOD_FOR = 630.0
#: How long nothing is touched while somebody stays, seconds: far from any idle limit.
STAY_STEP = 60.0


def code(walker: Walker) -> None:
    """A number, no PIN at hand: the code on the phone opens one's own tickets."""
    walker.begin()
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("identify.by_number"))
    walker.arrive(Screen.NUMBER)
    number = str(sample.person(STUDENT)["number"])
    walker.type(number)
    walker.see("the number typed", lambda: walker.page(NumberPage).typed == number)
    walker.touch(walker.say("screen.next"))
    walker.arrive(Screen.PIN)
    to_code(walker)
    walker.check("138" not in walker.page(CodePage).text, "an address is shown before anything was proven")
    type_code(walker, last_code(walker))
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def code_troubles(walker: Walker) -> None:
    """A wrong code, then one that is over, then another one to the mailbox."""
    walker.begin_with_card(uid("chen-jie"))
    to_pin(walker)
    to_code(walker)
    first = last_code(walker)
    type_code(walker, "000000" if first != "000000" else "000001")
    walker.see("that the code is wrong", lambda: _told(walker, NoticeKind.DANGER))
    walker.touch(walker.say("code.to_email"))
    walker.see("another code sent", lambda: last_code(walker) != first and not walker.page(CodePage).locked)
    second = last_code(walker)
    _stay(walker, CODE_GOOD_FOR)
    type_code(walker, second)
    walker.see("that the code is over", lambda: _told(walker, NoticeKind.WARN))
    walker.touch(walker.say("code.none"))
    walker.arrive(Screen.NONE_OF_THESE)


def _stay(walker: Walker, seconds: float) -> None:
    """Somebody stays for so long and types a digit now and then, which begins the idle limit anew.

    Time goes on only when what was touched has been done: the kiosk works beside the tour.
    """
    for _ in range(math.ceil(seconds / STAY_STEP)):
        walker.world.pass_time(STAY_STEP)
        for key, digits in (("1", "1"), (walker.say("screen.clear"), "")):
            walker.touch(key)
            walker.world.until(partial(_typed, walker, digits), f"“{digits}” in the boxes")


def _told(walker: Walker, kind: NoticeKind) -> bool:
    page = walker.page(CodePage)
    return not page.busy and page.notice is not None and page.notice.kind is kind


def first_pin(walker: Walker) -> None:
    """A new student with a card and a phone: a PIN everybody would guess is refused, then one is set."""
    walker.begin_with_card(uid("li-na"))
    to_pin(walker)
    walker.touch(walker.say("pin.forgotten"))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))
    walker.arrive(Screen.PIN_NEW)
    for digits in ("888888", "735914"):
        type_new_pin(walker, digits)
        walker.see("that it is to be typed again", lambda: walker.page(PinNewPage).step == 2)
        type_new_pin(walker, digits)
        walker.see("what became of it", lambda: new_pin_judged(walker))
    walker.touch(walker.say("pin_new.finish"))
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def type_new_pin(walker: Walker, digits: str) -> None:
    walker.world.until(lambda: walker.page(PinNewPage).filled == 0, "an empty pad")
    for count, digit in enumerate(digits, 1):
        walker.touch(digit)
        if count < len(digits):
            walker.world.until(partial(_new_filled, walker, count), f"{count} digits typed")


def _new_filled(walker: Walker, count: int) -> bool:
    return walker.page(PinNewPage).filled == count


def new_pin_judged(walker: Walker) -> bool:
    page = walker.page(PinNewPage)
    return not page.busy and page.notice is not None and page.notice.kind in (NoticeKind.OK, NoticeKind.DANGER)


def to_code(walker: Walker) -> None:
    walker.touch(walker.say("pin.by_code"))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)


def last_code(walker: Walker) -> str:
    """As somebody reads it on the phone."""
    found = re.findall(r"\b[0-9]{6}\b", walker.world.drawer.codes())
    walker.check(bool(found), "no code was sent")
    return str(found[-1])


def type_code(walker: Walker, digits: str) -> None:
    for count, digit in enumerate(digits, 1):
        walker.touch(digit)
        if count < len(digits):
            walker.world.until(partial(_typed, walker, digits[:count]), f"{count} digits typed")


def _typed(walker: Walker, digits: str) -> bool:
    return walker.page(CodePage).digits == digits
