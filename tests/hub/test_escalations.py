"""That a promise runs out is told to its owner, the lead and whoever is on call, each once, and in few letters."""

from datetime import timedelta

from kiosk.domain.language import Language
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services.desk_acts import assign
from kiosk.hub.services.escalations import MOST_LISTED, QUIET, sweep
from kiosk.hub.services.follow import told_steps
from kiosk.hub.services.group_notices import Group
from kiosk.hub.store.outgoing_tables import OutgoingMessage
from kiosk.hub.store.tables import Ticket
from tests.hub.conftest import PUBLIC_URL, World
from tests.hub.test_approvals import messages
from tests.hub.test_clocks import at, desk, made, requester, to
from tests.hub.test_tickets import listed, send
from tests.real.plain_kiosk import card

LETTERS = ("runs_out", "overdue", "long_overdue")
LI = "9F3A21C4"


def swept(world: World, groups: tuple[Group, ...] = ()) -> int:
    return sweep(world.store, BuiltinNotices(world.clock, groups=groups), PUBLIC_URL, world.now)


def told(world: World) -> list[tuple[str, str]]:
    """Kind and whom, one of the two channels of each."""
    return [(kind, person) for kind in LETTERS for person, channel, _ in messages(world, kind) if channel == "email"]


def answered(world: World) -> str:
    """On Monday at ten; to be solved until Thursday at ten."""
    reference = made(world)
    desk(world, reference, TicketState.IN_PROGRESS)
    with world.store.write() as db:
        assert assign(db, db.get_one(Ticket, reference), "T2019967", world.now) is None
    return reference


def test_owner_lead_and_on_call_are_told_each_at_their_time_and_once(world: World) -> None:
    reference = answered(world)
    for moment, expected in (
        ("2026-11-18T12:29", []),
        ("2026-11-18T12:30", [("runs_out", "tang-jun")]),
        ("2026-11-19T09:59", [("runs_out", "tang-jun")]),
        ("2026-11-19T10:00", [("runs_out", "tang-jun"), ("overdue", "feng-gang")]),
    ):
        to(world, moment)
        swept(world)
        assert told(world) == expected, moment
        assert swept(world) == 0, moment
    to(world, "2026-11-20T15:00")
    assert swept(world) == 1
    assert [kind for kind, _ in told(world)] == list(LETTERS)
    assert all(reference in text for kind in LETTERS for _, _, text in messages(world, kind))
    to(world, "2026-12-20T15:00")
    assert swept(world) == 0


def test_nobody_is_told_of_what_waits_or_is_over(world: World) -> None:
    waiting, over = answered(world), answered(world)
    desk(world, waiting, TicketState.WAITING_FOR_REQUESTER, "哪一层？")
    desk(world, over, TicketState.RESOLVED, "好了")
    world.move(days=30)
    assert swept(world) == 0
    requester(world, waiting, Act.COMMENT)
    world.move(days=1)
    assert swept(world) == 0
    assert told(world) == []


def test_what_was_told_is_not_told_again_after_it_was_opened_again(world: World) -> None:
    reference = answered(world)
    to(world, "2026-11-19T10:00")
    swept(world)
    before = told(world)
    desk(world, reference, TicketState.RESOLVED, "好了")
    world.move(days=3)
    requester(world, reference, Act.REOPEN)
    world.move(minutes=1)
    assert swept(world) == 0
    assert told(world) == before


def test_a_hub_that_was_off_tells_everybody_how_it_stands_now(world: World) -> None:
    answered(world)
    to(world, "2026-11-19T11:00")
    assert swept(world) == 2
    assert told(world) == [("overdue", "tang-jun"), ("overdue", "feng-gang")]


def test_many_at_once_are_one_letter_that_lists_few_and_counts_all(world: World) -> None:
    references = [answered(world) for _ in range(MOST_LISTED + 2)]
    to(world, "2026-11-18T12:30")
    assert swept(world) == 1
    text = messages(world, "runs_out")[0][2]
    assert sum(reference in text for reference in references) == MOST_LISTED
    assert str(len(references)) in text


def test_what_comes_soon_after_a_letter_waits_for_the_next_and_is_not_lost(world: World) -> None:
    answered(world)
    to(world, "2026-11-16T10:05")
    second = answered(world)
    to(world, "2026-11-18T12:30")
    assert swept(world) == 1
    to(world, "2026-11-18T12:35")
    assert swept(world) == 0
    world.move(minutes=QUIET / timedelta(minutes=1))
    assert swept(world) == 1
    assert second in messages(world, "runs_out")[-1][2]


def test_the_requester_reads_that_the_lead_was_told_and_nothing_before(world: World) -> None:
    reference = answered(world)
    for moment in ("2026-11-18T12:30", "2026-11-19T10:00"):
        to(world, moment)
        swept(world)
    with world.store.read() as db:
        steps = [line.what for line in told_steps(db, db.get_one(Ticket, reference))]
    assert steps == ["created", "state:in_progress", "overdue"]
    assert "told_before" in [step.what for step in listed(world)[0].history]


def test_the_group_of_the_service_is_told_of_the_breach_and_never_of_a_complaint(world: World) -> None:
    groups = (Group("duty", Language.EN),)
    kiosk = world.new_kiosk()
    send(world, kiosk, kiosk.report(service="complaint", symptom="", claim=card(LI)))
    reference = answered(world)
    world.move(days=20)
    swept(world, groups)
    with world.store.read() as db:
        texts = [row.text for row in db.query(OutgoingMessage).where(OutgoingMessage.kind == "group_overdue")]
    assert len(texts) == 1
    assert reference in texts[0]


def test_a_p0_waits_for_no_other_letter(world: World) -> None:
    answered(world)
    kiosk = world.kiosks[0]
    to(world, "2026-11-18T12:20")
    urgent = send(world, kiosk, kiosk.report(impact="many", claim=card(LI))).reference
    with world.store.write() as db:
        from kiosk.domain.priority import Priority
        from kiosk.hub.services.clocks import regrade

        ticket = db.get_one(Ticket, urgent)
        regrade(db, world.book, ticket, Priority.P0)
        assert ticket.respond_by == at("2026-11-18T12:35")
        assert assign(db, ticket, "T2019967", world.now) is None
    to(world, "2026-11-18T12:30")
    assert swept(world) == 1
    to(world, "2026-11-18T12:32")
    assert swept(world) == 1
