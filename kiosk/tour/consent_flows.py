"""A request that needs a consent, refused in the end; a complaint; and a matter that is open already."""

from kiosk.services.views import (
    DetailsPage,
    DonePage,
    Screen,
    SubjectPage,
    TicketActPage,
    TicketsPage,
    WritePage,
)
from kiosk.tour import sample
from kiosk.tour.identity_flows import open_tickets
from kiosk.tour.reporting import choose, handed_in, submit, uid
from kiosk.tour.walker import Walker

#: Somebody of the sample with a PIN, for each flow one whose list no other flow changes.
ASKS, COMPLAINS, AGAIN = "chen-jie", "ouyang-xue", "chen-jie"


def consent_declined(walker: Walker) -> None:
    """Screen and slip say whom it waits for; then the answer is no, and my requests say why."""
    walker.begin_with_card(uid(ASKS))
    choose(walker, "port", "borrow")
    asked = sample.role("asset-approver")["title"][walker.language.value]
    hints = [row.hint for row in walker.page(DetailsPage).symptoms]
    walker.check(walker.say("report.approver") in hints, "nothing says that somebody has to agree")
    submit(walker)
    reference = handed_in(walker)
    walker.check(walker.page(DonePage).promise == walker.say("done.approval", who=asked), "it promises something else")
    slip = walker.world.printer.last
    walker.check(slip is not None and asked in slip.promise, "the slip does not say whom it waits for")
    walker.end()
    open_tickets(walker, ASKS)
    walker.check(_chip(walker, reference) == walker.say("state.waiting_for_approval"), "it does not wait")
    walker.end()
    walker.world.hub.decide(reference, "declined", "No laptop is free.")
    open_tickets(walker, ASKS)
    walker.check(_chip(walker, reference) == walker.say("state.declined"), "it does not say that the answer was no")
    detail = walker.page(TicketsPage).detail
    walker.check(
        detail is not None and walker.say("tickets.quote", text="No laptop is free.") in detail.steps[-1].text,
        "the reason is not shown",
    )


def complaint(walker: Walker) -> None:
    """From the question to the complaint, about one service; it goes to the head of that one."""
    walker.begin_with_card(uid(COMPLAINS))
    walker.touch(walker.say("home.report"))
    walker.arrive(Screen.CATEGORY)
    walker.touch(sample.service("ask")["title"][walker.language.value])
    walker.arrive(Screen.DETAILS)
    walker.touch(sample.symptom("ask", "complaint", walker.language))
    walker.arrive(Screen.SUBJECT, lambda: bool(walker.page(SubjectPage).groups))
    walker.touch(sample.service("computer")["title"][walker.language.value])
    walker.arrive(Screen.DETAILS)
    walker.check(not walker.page(DetailsPage).can_submit, "nothing is chosen, and it can be sent")
    walker.touch(sample.symptom("complaint", "manner", walker.language))
    walker.see("the complaint chosen", lambda: walker.page(DetailsPage).symptom == "manner")
    submit(walker)
    handed_in(walker)
    head = sample.role("device-head")["title"][walker.language.value]
    titles = [step.title for step in walker.page(DonePage).steps]
    walker.check(walker.say("done.step_lead", who=head) in titles, "it does not say who answers")


def same_ticket(walker: Walker) -> None:
    """Whoever is known is shown their open matter before they report it again, and adds to it instead."""
    open_tickets(walker, AGAIN)
    walker.touch(walker.say("screen.back"))
    walker.arrive(Screen.HOME)
    choose(walker, "access", "permission")
    submit(walker)
    walker.arrive(Screen.TICKET_ACT, lambda: bool(walker.page(TicketActPage).act))
    walker.check(walker.page(TicketActPage).title == walker.say("ticket_act.same_title"), "it asks something else")
    walker.touch(walker.page(TicketActPage).act)
    walker.arrive(Screen.WRITE)
    walker.touch(walker.page(WritePage).phrases[0])
    walker.touch(walker.say("ticket_act.comment_done"))
    walker.arrive(Screen.DONE)
    walker.check(walker.page(DonePage).headline == walker.say("ticket_act.comment_headline"), "it does not say so")


def _chip(walker: Walker, reference: str) -> str:
    rows = walker.page(TicketsPage).rows
    return next((row.chip for row in rows if row.id == reference), "")
