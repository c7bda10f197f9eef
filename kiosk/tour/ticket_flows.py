"""One's own tickets: an answer read, a remark, *withdrawn*, *not solved*, *solved*, and a report disowned."""

from kiosk.services.views import DoneKind, DonePage, FeedbackPage, Screen, TicketActPage, TicketsPage, WritePage
from kiosk.tour.identity_flows import open_tickets
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import Walker
from kiosk.tour.world import COME_BACK_AFTER


def ticket_answer(walker: Walker) -> None:
    """The desk's answer is read; it works now, and that is rated."""
    open_tickets(walker, STUDENT)
    _choose(walker, "B03-0291-L")
    _act(walker, "confirm")
    rate(walker, "good", "solved")


def ticket_comment(walker: Walker) -> None:
    open_tickets(walker, STUDENT)
    _choose(walker, "B03-0284-J")
    _act(walker, "comment")
    walker.arrive(Screen.WRITE)
    walker.touch(walker.page(WritePage).phrases[0])
    walker.touch(walker.say("ticket_act.comment_done"))
    _done(walker, "comment")


def ticket_reopen(walker: Walker) -> None:
    """Solved, says the desk; not so, says the person, without a word."""
    open_tickets(walker, "emma-smith")
    _choose(walker, "C01-0134-M")
    _act(walker, "reopen")
    walker.arrive(Screen.WRITE)
    walker.touch(walker.say("ticket_act.reopen_done"))
    _done(walker, "reopen")


def ticket_withdraw(walker: Walker) -> None:
    """Left as it is at first, then withdrawn."""
    open_tickets(walker, "chen-jie")
    _choose(walker, "B03-0276-R")
    _act(walker, "withdraw")
    walker.arrive(Screen.TICKET_ACT)
    walker.touch(walker.page(TicketActPage).safe)
    walker.arrive(Screen.TICKETS)
    _act(walker, "withdraw")
    walker.arrive(Screen.TICKET_ACT)
    walker.touch(walker.page(TicketActPage).act)
    _done(walker, "withdraw")
    walker.touch(walker.page(DonePage).again)
    walker.arrive(Screen.TICKETS, lambda: bool(walker.page(TicketsPage).rows))
    chips = {row.id: row.chip for row in walker.page(TicketsPage).rows}
    walker.check(chips["B03-0276-R"] == walker.say("state.withdrawn"), "what was withdrawn does not say so")


def ticket_disown(walker: Walker) -> None:
    """A report somebody made in this person's name."""
    open_tickets(walker, STUDENT)
    _choose(walker, "C01-0166-G")
    _act(walker, "disown")
    walker.arrive(Screen.TICKET_ACT)
    walker.touch(walker.page(TicketActPage).act)
    _done(walker, "disown")


def ticket_waiting(walker: Walker) -> None:
    """What the hub has not taken yet waits here for its owner, who adds to it and takes it back; then all arrives."""
    walker.world.hub_is_full = True
    walker.begin_with_card(uid(STUDENT))
    choose(walker, "computer", "slow")
    submit(walker)
    reference = handed_in(walker, DoneKind.SAVED)
    walker.end()
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind != "offline", "the hub answering anything")
    open_tickets(walker, STUDENT)
    _waits(walker, reference)
    _choose(walker, reference)
    walker.check(walker.page(TicketsPage).notice is not None, "nobody is told that the desk has not seen it")
    _act(walker, "comment")
    walker.arrive(Screen.WRITE)
    walker.touch(walker.page(WritePage).phrases[0])
    walker.touch(walker.say("ticket_act.comment_done"))
    _queued(walker, "comment")
    walker.touch(walker.page(DonePage).again)
    walker.arrive(Screen.TICKETS, lambda: bool(walker.page(TicketsPage).rows))
    _choose(walker, reference)
    _act(walker, "withdraw")
    walker.arrive(Screen.TICKET_ACT)
    walker.touch(walker.page(TicketActPage).act)
    _queued(walker, "withdraw")
    walker.end()
    walker.world.hub_is_full = False
    walker.world.pass_time(COME_BACK_AFTER + BACK_ONLINE)
    walker.see("the strip's “everything has been sent”", lambda: walker.view.strip.kind == "sent")
    open_tickets(walker, STUDENT)
    chips = {row.id: row.chip for row in walker.page(TicketsPage).rows}
    walker.check(chips[reference] == walker.say("state.withdrawn"), "what waited behind it did not arrive")


def _waits(walker: Walker, reference: str) -> None:
    chips = {row.id: row.chip for row in walker.page(TicketsPage).rows}
    walker.check(chips.get(reference) == walker.say("done.chip_waiting"), "what waits is not shown as waiting")


def _queued(walker: Walker, act: str) -> None:
    walker.arrive(Screen.DONE)
    page = walker.page(DonePage)
    walker.check(page.kind is DoneKind.SAVED, "it claims to have been sent")
    walker.check(page.headline == walker.say(f"ticket_act.{act}_queued"), "it does not say so")


def feedback(walker: Walker) -> None:
    """About this kiosk, by nobody."""
    walker.begin()
    walker.touch(walker.say("home.feedback"))
    rate(walker, "very_good", "steps_clear", "fast")


def feedback_offline(walker: Walker) -> None:
    """The same without network: it is kept, and sent by itself."""
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin()
    walker.touch(walker.say("home.feedback"))
    rate(walker, "poor", "slow")
    walker.check(walker.page(DonePage).promise == walker.say("feedback.sent_later"), "it claims to have been sent")
    walker.end()
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.see("the strip's “everything has been sent”", lambda: walker.view.strip.kind == "sent")


def rate(walker: Walker, face: str, *reasons: str) -> None:
    walker.arrive(Screen.FEEDBACK)
    walker.check(not walker.page(FeedbackPage).can_submit, "nothing was said, and it can be sent")
    walker.touch(walker.say(f"feedback.face_{face}"))
    walker.see("the face chosen", lambda: walker.page(FeedbackPage).face == face)
    for reason in reasons:
        walker.touch(walker.say(f"feedback.{reason}"))
    walker.see("the reasons chosen", lambda: set(walker.page(FeedbackPage).chosen) == set(reasons))
    walker.touch(walker.page(FeedbackPage).submit)
    walker.arrive(Screen.DONE)
    walker.check(walker.page(DonePage).headline == walker.say("feedback.thanks"), "nobody is thanked")


def _choose(walker: Walker, reference: str) -> None:
    row = next((row for row in walker.page(TicketsPage).rows if row.id == reference), None)
    walker.check(row is not None, f"{reference} is not among the person's tickets")
    walker.touch(row.title if row else "")
    walker.see("its story", lambda: walker.page(TicketsPage).selected == reference)


def _act(walker: Walker, act: str) -> None:
    walker.touch(walker.say(f"tickets.act_{act}"))


def _done(walker: Walker, act: str) -> None:
    walker.arrive(Screen.DONE)
    walker.check(walker.page(DonePage).headline == walker.say(f"ticket_act.{act}_headline"), "it does not say so")
