"""Account and password: unlock only, changed with the old one, refused, out of reach, unknown, and offline."""

from functools import partial

from kiosk.services.views import (
    AccountLockedPage,
    CodePage,
    DoneKind,
    DonePage,
    NoticeKind,
    NumberPage,
    PasswordPage,
    PinPage,
    Screen,
)
from kiosk.tour import sample
from kiosk.tour.code_flows import last_code, type_code
from kiosk.tour.identity_flows import type_pin, wrong_digits
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import STUDENT, handed_in, uid
from kiosk.tour.walker import Walker

#: Keeps every rule of the sample campus, on the first page of the pad alone.
NEW = "kite7moss4"
ANOTHER = "fern5lake8"
#: Everybody's present password on the sample campus (accounts.toml).
PRESENT = "yunlu-Sample-26"
#: A number as people here have them, and nobody has.
NOBODY = "20239999905"


def reset(walker: Walker) -> None:
    """Forgotten: card, PIN and a code on the phone; the new password works at the hub, the old one does not."""
    person = "sima-rui"
    _to(walker, person, "reset")
    type_pin(walker, person)
    _code(walker)
    walker.arrive(Screen.PASSWORD)
    _twice(walker, NEW)
    walker.touch(walker.say("password.do_reset"))
    _done(walker, "reset")
    walker.check(walker.world.hub.password_works(_login(person), NEW), "the new password does not work at the hub")
    walker.check(not walker.world.hub.password_works(_login(person), PRESENT), "the old password still works")


def first(walker: Walker) -> None:
    """Never activated, no PIN yet: the card in the hand and a code on the phone on file."""
    person = "gao-yuan"
    walker.begin_with_card(uid(person))
    walker.touch(walker.say("home.account"))
    walker.arrive(Screen.ACCOUNT)
    walker.touch(walker.say("account.activate"))
    _code(walker)
    walker.arrive(Screen.PASSWORD)
    _twice(walker, NEW)
    walker.touch(walker.say("password.do_activate"))
    _done(walker, "activate")
    walker.check(walker.world.hub.password_works(_login(person), NEW), "the first password does not work at the hub")


def unlock(walker: Walker) -> None:
    """A phone still uses the old password: the account is unlocked, the password stays."""
    person = "kenji-sato"
    _to(walker, person, "unlock")
    type_pin(walker, person)
    walker.arrive(Screen.ACCOUNT_LOCKED)
    page = walker.page(AccountLockedPage)
    walker.check(page.title == walker.say("account.relocked"), "it is not said that a device uses the old password")
    walker.check(len(page.places) >= 3, "it is not said where to forget the old password")
    walker.touch(page.unlock)
    _done(walker, "unlock")
    walker.check(walker.world.hub.password_works(_login(person), PRESENT), "the password is not what it was")


def change(walker: Walker) -> None:
    """The present password once, the new one twice: at the hub the new one works and the old one does not."""
    _to(walker, STUDENT, "change")
    _change(walker, STUDENT, PRESENT, NEW)
    _done(walker, "change")
    walker.check(walker.world.hub.password_works(_login(STUDENT), NEW), "the new password does not work at the hub")
    walker.check(not walker.world.hub.password_works(_login(STUDENT), PRESENT), "the old password still works")


def refused(walker: Walker) -> None:
    """Too easy a word is seen while it is typed; a wrong present one is said, and the page stays."""
    person = "wu-fang"
    _to(walker, person, "change")
    type_pin(walker, person)
    walker.arrive(Screen.PASSWORD)
    _word(walker, "x1", "old")
    walker.touch(walker.say("password.to_new"))
    _word(walker, "1234567890", "new")
    page = walker.page(PasswordPage)
    walker.check(not page.can_go and any(rule.state == "open" for rule in page.rules), "an easy password is taken")
    for _ in range(10):
        walker.touch(walker.say("screen.erase"))
    walker.world.until(lambda: walker.page(PasswordPage).fields[1].count == 0, "the word taken back")
    _twice(walker, ANOTHER)
    walker.touch(walker.say("password.do_change"))
    _told(walker, "password.wrong_old")
    walker.check(walker.world.hub.password_works(_login(person), PRESENT), "the password was changed")


def locked(walker: Walker) -> None:
    """Locked once: a change says so and until when, and unlocking is one touch away."""
    person = "chen-jie"
    _to(walker, person, "change")
    type_pin(walker, person)
    walker.arrive(Screen.ACCOUNT_LOCKED)
    page = walker.page(AccountLockedPage)
    walker.check(page.title == walker.say("account.locked"), f"a locked account is called “{page.title}”")
    walker.check(any(letter.isdigit() for letter in page.text), "it is not said when it opens by itself")
    walker.touch(page.unlock)
    _done(walker, "unlock")
    walker.check(walker.world.hub.password_works(_login(person), PRESENT), "the password is not what it was")


def used_before(walker: Walker) -> None:
    """A new password that was used before is refused by the directory, and the reason is said."""
    person = "anna-mueller"
    _to(walker, person, "change")
    _change(walker, person, PRESENT, NEW)
    _done(walker, "change")
    walker.end()
    _to(walker, person, "change")
    _change(walker, person, NEW, NEW)
    _told(walker, "password.in_history")
    walker.check(walker.world.hub.password_works(_login(person), NEW), "the password was changed")


def unknown(walker: Walker) -> None:
    """A number nobody has is answered as a wrong PIN is: nobody learns here who is known."""
    walker.begin()
    walker.touch(walker.say("home.account"))
    walker.arrive(Screen.ACCOUNT)
    walker.touch(walker.say("account.change"))
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("identify.by_number"))
    walker.arrive(Screen.NUMBER)
    walker.type(NOBODY)
    walker.see("the number typed", lambda: walker.page(NumberPage).typed == NOBODY)
    walker.touch(walker.say("screen.next"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    wrong_digits(walker, "739154")
    notice = walker.page(PinPage).notice
    said = (notice.title, notice.text) if notice else None
    walker.check(said == (walker.say("pin.wrong"), walker.say("pin.wrong_text")), f"it says {said}")


def protected(walker: Walker) -> None:
    """An account with special rights is not touched; where to go instead is said."""
    person = "feng-gang"
    _to(walker, person, "unlock")
    type_pin(walker, person)
    walker.arrive(Screen.UNAVAILABLE)
    walker.touch(walker.say("none.desk"))
    walker.arrive(Screen.NONE_OF_THESE)


def offline(walker: Walker) -> None:
    """Without network it is said before anything is typed; the desk is asked to call."""
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin_with_card(uid("han-xue"))
    walker.touch(walker.say("home.account"))
    walker.arrive(Screen.ACCOUNT)
    walker.touch(walker.say("account.reset"))
    walker.arrive(Screen.UNAVAILABLE)
    walker.touch(walker.say("call_back.title"))
    handed_in(walker, DoneKind.SAVED)
    walker.touch(walker.say("done.end_saved"))
    walker.arrive(Screen.ATTRACT)
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.world.until(lambda: walker.view.strip.kind != "offline", "the network being back")


def _to(walker: Walker, person: str, act: str) -> None:
    walker.begin_with_card(uid(person))
    walker.touch(walker.say("home.account"))
    walker.arrive(Screen.ACCOUNT)
    walker.touch(walker.say(f"account.{act}"))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)


def _change(walker: Walker, person: str, old: str, new: str) -> None:
    type_pin(walker, person)
    walker.arrive(Screen.PASSWORD)
    _word(walker, old, "old")
    walker.touch(walker.say("password.to_new"))
    _twice(walker, new)
    walker.touch(walker.say("password.do_change"))


def _code(walker: Walker) -> None:
    walker.arrive(Screen.CODE, lambda: not walker.page(CodePage).locked)
    type_code(walker, last_code(walker))


def _twice(walker: Walker, word: str) -> None:
    _word(walker, word, "new")
    walker.world.until(lambda: walker.page(PasswordPage).can_go, "every rule kept")
    walker.touch(walker.say("password.to_again"))
    _word(walker, word, "again")
    walker.see("both agree", lambda: walker.page(PasswordPage).can_go)
    walker.canaries.append(word)


def _word(walker: Walker, word: str, field: str) -> None:
    """On the page's own keys: capitals by their switch, one after the other."""
    walker.world.until(partial(_active, walker, field), f"the field {field}")
    capital = False
    for letter in word:
        if letter.isalpha() and letter.isupper() is not capital:
            walker.touch(walker.say("screen.key_shift"))
            capital = not capital
        elif letter == "-" and capital:
            walker.touch(walker.say("screen.key_shift"))
            capital = False
        walker.touch(letter)
    if capital:
        walker.touch(walker.say("screen.key_shift"))
    walker.see(f"{field} typed", partial(_typed, walker, field, len(word)))


def _active(walker: Walker, field: str) -> bool:
    page = walker.page(PasswordPage)
    return not page.busy and any(one.id == field and one.active for one in page.fields)


def _typed(walker: Walker, field: str, count: int) -> bool:
    return any(one.id == field and one.count == count for one in walker.page(PasswordPage).fields)


def _told(walker: Walker, key: str) -> None:
    def said() -> bool:
        page = walker.page(PasswordPage)
        return page.notice is not None and page.notice.title == walker.say(key) and not page.busy

    walker.see(key, said)
    notice = walker.page(PasswordPage).notice
    walker.check(notice is not None and notice.kind is NoticeKind.DANGER, f"{key} is not said as a refusal")


def _done(walker: Walker, act: str) -> None:
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).slip == "printed")
    page = walker.page(DonePage)
    walker.check(page.headline == walker.say(f"account_done.{act}"), "the done page says something else")
    walker.check(bool(page.guide), "what to do next is not said")
    walker.receipt()


def _login(person: str) -> str:
    return str(sample.person(person)["number"])
