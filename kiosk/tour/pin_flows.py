"""One's own PIN: still the one everybody got, forgotten, changed; and what to do with nothing at hand at all."""

from kiosk.services.views import (
    CodePage,
    DoneKind,
    DonePage,
    NotePage,
    NoticeKind,
    NumberPage,
    PinNewPage,
    PinPage,
    Screen,
    TicketsPage,
    UnavailablePage,
)
from kiosk.tour import sample
from kiosk.tour.code_flows import last_code, new_pin_judged, to_code, type_code, type_new_pin
from kiosk.tour.identity_flows import to_pin, type_digits, type_pin
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import handed_in, uid
from kiosk.tour.typing_flows import CONTACT, keys, write
from kiosk.tour.walker import Walker

#: Nobody would guess it from the sample campus.
NEW = "735914"


def default_pin(walker: Walker) -> None:
    """The PIN the campus gave out is right and counts for nothing: an own one is set and what was wanted goes on."""
    person = "wang-qiang"
    walker.begin_with_card(uid(person))
    to_pin(walker)
    type_pin(walker, person)

    def refused() -> bool:
        notice = walker.page(PinPage).notice
        return notice is not None and notice.title == walker.say("pin.none")

    walker.see("that it counts for nothing", refused)
    _set_own(walker)


def forgotten_pin(walker: Walker) -> None:
    """A wrong one, then *forgotten*: the code and the card are enough for a new one."""
    walker.begin_with_card(uid("lin-hao"))
    to_pin(walker)
    type_digits(walker, "000111")
    walker.see("that it is wrong", lambda: _notice_is(walker, NoticeKind.DANGER))
    _set_own(walker)


def change_pin(walker: Walker) -> None:
    """The old one, a code, the new one twice; from then on the new one opens and the old one does not."""
    person = "pierre-dupont"
    walker.begin_with_card(uid(person))
    walker.touch(walker.say("home.account"))
    walker.arrive(Screen.ACCOUNT)
    walker.touch(walker.say("pin_change.matter"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, person)
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))
    walker.arrive(Screen.PIN_NEW)
    _twice(walker)
    walker.arrive(Screen.DONE)
    walker.check(walker.page(DonePage).headline == walker.say("pin_change.done"), "it is not said that it is changed")
    walker.end()
    walker.begin_with_card(uid(person))
    to_pin(walker)
    type_pin(walker, person)
    walker.see("that the old one is wrong", lambda: _notice_is(walker, NoticeKind.DANGER))
    type_digits(walker, NEW)
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def change_pin_offline(walker: Walker) -> None:
    """Without network it is said before anything is typed; a touch asks the desk to call, and that is sent later."""
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin_with_card(uid("anna-mueller"))
    walker.touch(walker.say("home.account"))
    walker.arrive(Screen.ACCOUNT)
    walker.touch(walker.say("pin_change.matter"))
    walker.arrive(Screen.UNAVAILABLE)
    walker.check(
        walker.page(UnavailablePage).title == walker.say("pin_change.unavailable"), "it is not said what cannot be done"
    )
    walker.touch(walker.say("call_back.title"))
    handed_in(walker, DoneKind.SAVED)
    walker.touch(walker.say("done.end_saved"))
    walker.arrive(Screen.ATTRACT)
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.world.until(lambda: walker.view.strip.kind != "offline", "the network being back")


def lost_phone(walker: Walker) -> None:
    """The phone with the number on file is gone: the code goes to the e-mail."""
    _to_code_by_number(walker, "he-jing")
    walker.touch(walker.say("code.to_email"))
    walker.see("that it went to the e-mail", lambda: walker.page(CodePage).text == walker.say("code.sent_email"))
    type_code(walker, last_code(walker))
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def nothing_at_hand(walker: Walker) -> None:
    """No card, no PIN, no phone and no e-mail: one touch, and the desk calls on what it has on file."""
    _to_code_by_number(walker, "yu-hua")
    walker.touch(walker.say("code.none"))
    walker.arrive(Screen.NONE_OF_THESE)
    walker.touch(walker.say("call_back.title"))
    handed_in(walker)
    walker.record.outcome["note"] = walker.say("call_back.note_about", what=walker.say("home.tickets"))


def call_me(walker: Walker) -> None:
    """Nobody in particular, with nothing but a telephone number."""
    walker.canaries.append(CONTACT)
    walker.begin()
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("identify.none"))
    walker.arrive(Screen.NONE_OF_THESE)
    walker.touch(walker.say("call_back.title"))
    walker.arrive(Screen.NOTE, lambda: bool(keys(walker)))
    write(walker, CONTACT)
    walker.touch(walker.page(NotePage).done)
    handed_in(walker)


def _to_code_by_number(walker: Walker, person: str) -> None:
    number = str(sample.person(person)["number"])
    walker.begin()
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("identify.by_number"))
    walker.arrive(Screen.NUMBER)
    walker.type(number)
    walker.see("the number typed", lambda: walker.page(NumberPage).typed == number)
    walker.touch(walker.say("screen.next"))
    walker.arrive(Screen.PIN)
    to_code(walker)


def _set_own(walker: Walker) -> None:
    """From the PIN page to an own PIN, and on to what was wanted."""
    walker.touch(walker.say("pin.forgotten"))
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))
    walker.arrive(Screen.PIN_NEW)
    _twice(walker)
    walker.see("that it is set", lambda: new_pin_judged(walker))
    walker.touch(walker.say("pin_new.finish"))
    walker.arrive(Screen.TICKETS, lambda: not walker.page(TicketsPage).loading)


def _twice(walker: Walker) -> None:
    type_new_pin(walker, NEW)
    walker.see("that it is to be typed again", lambda: walker.page(PinNewPage).step == 2)
    type_new_pin(walker, NEW)


def _notice_is(walker: Walker, kind: NoticeKind) -> bool:
    page = walker.page(PinPage)
    return page.notice is not None and page.notice.kind is kind and page.filled == 0
