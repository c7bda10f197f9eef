"""One's own tickets: an answer read, a remark, *withdrawn*, *not solved*, *solved*, one disowned, and a whole story."""

from functools import partial

from kiosk.domain.tickets import TicketState
from kiosk.services.views import DoneKind, DonePage, FeedbackPage, Screen, TicketActPage, TicketsPage, WritePage
from kiosk.tour.identity_flows import open_tickets
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import Walker
from kiosk.tour.world import COME_BACK_AFTER

#: Somebody with a PIN and without tickets; what the desk writes to them.
TELLER, FIRST, SECOND = "maria-garcia", "Please restart it once more.", "The disk was replaced. Does it work now?"
#: A helpdesk is asked for news at least this often, seconds.
NEWS_EVERY = 31.0


def ticket_answer(walker: Walker) -> None:
    """The desk's answer is read; it works now, and that is rated."""
    open_tickets(walker, STUDENT)
    _choose(walker, "B03-0291-L")
    _act(walker, "confirm")
    rate(walker, "good", "solved")


def ticket_comment(walker: Walker) -> None:
    open_tickets(walker, STUDENT)
    _choose(walker, "B03-0284-J")
    _add(walker)


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


def ticket_story(walker: Walker) -> None:
    """From the report to the rating, with the desk in between: a remark, an answer, *not solved*, another, *solved*."""
    reference = _reported(walker, "slow")
    open_tickets(walker, TELLER)
    _choose(walker, reference)
    _add(walker)
    walker.end()
    _desk_resolves(walker, reference, FIRST)
    _read(walker, reference, FIRST)
    _act(walker, "reopen")
    walker.arrive(Screen.WRITE)
    walker.touch(walker.say("ticket_act.reopen_done"))
    _done(walker, "reopen")
    walker.end()
    _desk_resolves(walker, reference, SECOND)
    _read(walker, reference, SECOND)
    _act(walker, "confirm")
    rate(walker, "good", "solved")


def ticket_undone(walker: Walker) -> None:
    """Reported, and withdrawn once the desk has it."""
    reference = _reported(walker, "no-start")
    open_tickets(walker, TELLER)
    _choose(walker, reference)
    _act(walker, "withdraw")
    walker.arrive(Screen.TICKET_ACT)
    walker.touch(walker.page(TicketActPage).act)
    _done(walker, "withdraw")
    walker.end()
    walker.world.until_at_hub(lambda: not walker.world.hub.waits_for_helpdesk(), "everything at the helpdesk")


def _reported(walker: Walker, symptom: str) -> str:
    """A report of the teller's that the desk has; its number."""
    walker.begin_with_card(uid(TELLER))
    choose(walker, "computer", symptom)
    submit(walker)
    reference = handed_in(walker)
    walker.end()
    walker.world.until_at_hub(lambda: not walker.world.hub.waits_for_helpdesk(), "everything at the helpdesk")
    return reference


def _add(walker: Walker) -> None:
    """A remark, by its phrase."""
    _act(walker, "comment")
    walker.arrive(Screen.WRITE)
    walker.touch(walker.page(WritePage).phrases[0])
    walker.touch(walker.say("ticket_act.comment_done"))
    _done(walker, "comment")


def _desk_resolves(walker: Walker, reference: str, words: str) -> None:
    """Where a helpdesk stands beside the hub: once it has everything, and until the hub has heard of it."""
    world = walker.world
    world.until_at_hub(lambda: not world.hub.waits_for_helpdesk(), "everything at the helpdesk")
    world.hub.desk_says(reference, TicketState.RESOLVED, words)
    world.until_at_hub(partial(_has_heard, walker, reference), "the desk's answer at the hub")


def _has_heard(walker: Walker, reference: str) -> bool:
    if walker.world.hub.state_of(reference) == TicketState.RESOLVED:
        return True
    walker.world.pass_time(NEWS_EVERY)
    return False


def _read(walker: Walker, reference: str, words: str) -> None:
    open_tickets(walker, TELLER)
    _choose(walker, reference)
    page = walker.page(TicketsPage)
    chips = {row.id: row.chip for row in page.rows}
    walker.check(chips[reference] == walker.say("state.resolved"), f"what is solved is called “{chips[reference]}”")
    said = [step.text for step in page.detail.steps] if page.detail else []
    walker.check(
        any(walker.say("tickets.quote", text=words) in text for text in said), "the desk's words are not shown"
    )


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
