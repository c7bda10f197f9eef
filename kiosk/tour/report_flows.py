"""Telling the campus what is broken, with every way of saying who one is."""

from kiosk.domain.visit_limits import Context, idle_limit
from kiosk.services.views import AnswerPage, DetailsPage, DoneKind, NumberPage, PlacePage, Screen
from kiosk.tour import sample
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import Walker

#: Everything that is waiting has been sent again by then: longer than the line's longest back-off, seconds.
BACK_ONLINE = 45.0
#: A cut line is noticed by then: longer than the campus watch's question, seconds.
NOTICED = 45.0


def report(walker: Walker) -> None:
    """Card in hand, four touches, a slip."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    submit(walker)
    handed_in(walker)


def report_nobody(walker: Walker) -> None:
    """Neither card nor number: the answer is looked up with the reference."""
    walker.begin()
    choose(walker, "computer", "paper-jam")
    submit(walker)
    walker.arrive(Screen.ANSWER)
    walker.touch(walker.say("answer.look"))
    handed_in(walker)


def report_number(walker: Walker) -> None:
    """A typed number instead of a card."""
    number = str(sample.person(STUDENT)["number"])
    walker.canaries.append(number)
    walker.begin()
    choose(walker, "door", "unread")
    submit(walker)
    walker.arrive(Screen.ANSWER, lambda: bool(walker.page(AnswerPage).ways))
    walker.touch(walker.say("answer.number"))
    walker.arrive(Screen.NUMBER)
    walker.type(number)
    walker.see("the number typed", lambda: walker.page(NumberPage).typed == number)
    walker.touch(walker.say("screen.next"))
    handed_in(walker)


def report_offline(walker: Walker) -> None:
    """Without network the report ends the same way; with it again it arrives by itself, once."""
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    submit(walker)
    reference = handed_in(walker, DoneKind.SAVED)
    slip = walker.world.printer.last
    walker.check(slip is not None and slip.reference == reference, "the slip has another number than the screen")
    walker.check(slip is not None and slip.promise == walker.say("slip.saved"), "the slip does not say when it is sent")
    walker.check(slip is not None and slip.carries != "", "the slip does not carry what was told")
    walker.world.do("phone slip")  # before the kiosk: the hub has it from the paper, and from the kiosk once more
    left_alone = idle_limit(Context.DONE_WITH_SLIP, walker.aids, went_on=False)
    walker.world.pass_time(left_alone + 1.0)  # whoever has taken the slip has gone
    walker.arrive(Screen.ATTRACT)
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.see("the strip's “everything has been sent”", lambda: walker.view.strip.kind == "sent")


def report_no_paper(walker: Walker) -> None:
    """The number and a code to photograph stand on screen instead of the slip."""
    walker.world.do("paper out")
    walker.world.until(lambda: walker.view.strip.kind == "trouble", "the strip's “out of paper”")
    _without_slip(walker)


def report_printer_off(walker: Walker) -> None:
    walker.world.do("printer off")
    walker.world.until(lambda: walker.view.strip.kind == "trouble", "the strip's “no slips”")
    _without_slip(walker)


def _without_slip(walker: Walker) -> None:
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    submit(walker)
    handed_in(walker, slip=False)


def place(walker: Walker) -> None:
    """Another building: its letter, its name, its floor."""
    chosen, language = sample.place("teaching-2"), walker.language.value
    walker.begin_with_card(uid(STUDENT))
    choose(walker, "classroom", "no-picture")
    row = walker.page(DetailsPage).place
    walker.check(row is not None, "the details do not ask for the place")
    walker.touch(row.title if row else "")
    walker.arrive(Screen.PLACE)
    before = walker.record.touches
    walker.touch(chosen["initial"])
    walker.see("its matches", lambda: bool(walker.page(PlacePage).matches))
    walker.touch(chosen["title"][language])
    walker.see("its floors", lambda: bool(walker.page(PlacePage).floors))
    walker.touch(chosen["floors"][2][language])
    walker.arrive(Screen.DETAILS)
    needed = walker.record.touches - before
    walker.check(walker.mode == "keys" or needed <= 3, f"another building took {needed} touches, not 3")
    row = walker.page(DetailsPage).place
    walker.check(row is not None and chosen["title"][language] in row.title, "the details show another place")
    submit(walker)
    handed_in(walker)


def language(walker: Walker) -> None:
    """The language is changed half-way: every choice stays, every word changes."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker, "computer", "charged")
    walker.switch_language(walker.language.other)
    walker.check(walker.page(DetailsPage).symptom == "charged", "the choice was lost with the language")
    submit(walker)
    handed_in(walker)
