"""What a requester and the desk do with a ticket: by the rules of its state, once, with a line of history each."""

from itertools import product

import msgspec
import pytest

from kiosk.domain.policy import SHIPPED
from kiosk.domain.ticket_views import Act, Acted, TicketList
from kiosk.domain.tickets import IdentityLevel, TicketState, TicketType
from kiosk.hub.builtin.sample_tickets import LAST_NUMBER, load_sample_tickets, sample_tickets
from kiosk.hub.services.my_tickets import act
from kiosk.hub.services.refusal import No
from kiosk.hub.services.ticket_changes import MOST_REMARKS, by_desk
from kiosk.hub.store.tables import Kiosk, Ticket
from kiosk.wire.routes import MAX_NOTE
from kiosk.wire.tickets import TicketAct
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_tickets import ZHANG, listed, seen, send, signed_in
from tests.real.plain_kiosk import card, new_op

#: What each act makes of each state; whatever is not here is refused.
EFFECT = {
    (Act.COMMENT, TicketState.WAITING_FOR_APPROVAL): TicketState.WAITING_FOR_APPROVAL,
    (Act.WITHDRAW, TicketState.WAITING_FOR_APPROVAL): TicketState.WITHDRAWN,
    (Act.COMMENT, TicketState.NEW): TicketState.NEW,
    (Act.COMMENT, TicketState.IN_PROGRESS): TicketState.IN_PROGRESS,
    (Act.COMMENT, TicketState.WAITING_FOR_REQUESTER): TicketState.IN_PROGRESS,
    (Act.WITHDRAW, TicketState.NEW): TicketState.WITHDRAWN,
    (Act.WITHDRAW, TicketState.IN_PROGRESS): TicketState.WITHDRAWN,
    (Act.WITHDRAW, TicketState.WAITING_FOR_REQUESTER): TicketState.WITHDRAWN,
    (Act.REOPEN, TicketState.RESOLVED): TicketState.IN_PROGRESS,
    (Act.CONFIRM, TicketState.WAITING_FOR_REQUESTER): TicketState.CLOSED,
    (Act.CONFIRM, TicketState.RESOLVED): TicketState.CLOSED,
}


@pytest.mark.parametrize(("wanted", "state"), list(product((a for a in Act if a is not Act.DISOWN), TicketState)))
def test_every_act_does_in_every_state_what_the_table_says_or_nothing(
    world: World, wanted: Act, state: TicketState
) -> None:
    kiosk, session, reference = a_ticket(world, state)
    before = [step.what for step in listed(world)[0].history]
    answer = acted(world, kiosk, session, TicketAct(new_op(), reference, wanted.value, "还是不行"))
    if (wanted, state) in EFFECT:
        assert answer == Acted(reference, EFFECT[wanted, state])
        assert len(listed(world)[0].history) > len(before)
    else:
        assert isinstance(answer, No)
        assert listed(world)[0].state == state
        assert [step.what for step in listed(world)[0].history] == before


def test_the_same_act_sent_again_takes_effect_once(world: World) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    asked = TicketAct(new_op(), reference, Act.COMMENT.value, "二楼也这样")
    first = acted(world, kiosk, session, asked)
    assert acted(world, kiosk, session, asked) == first
    assert [step.what for step in listed(world)[0].history].count("commented") == 1
    other = acted(world, kiosk, session, msgspec.structs.replace(asked, text="三楼也这样"))
    assert isinstance(other, No)
    assert other.code == "other_content"


def test_somebody_elses_ticket_is_as_unknown_as_none(world: World) -> None:
    kiosk, _, reference = a_ticket(world, TicketState.NEW)
    stranger = signed_in(world, kiosk, "emma-smith")
    theirs = acted(world, kiosk, stranger, TicketAct(new_op(), reference, Act.WITHDRAW.value))
    none = acted(world, kiosk, stranger, TicketAct(new_op(), "A12-9999-X", Act.WITHDRAW.value))
    assert theirs == none
    assert listed(world)[0].state == TicketState.NEW


def test_nothing_happens_without_a_session_that_may_see_the_ticket(world: World) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    asked = TicketAct(new_op(), reference, Act.WITHDRAW.value)
    assert isinstance(acted(world, kiosk, "made up", asked), No)
    assert isinstance(acted(world, world.new_kiosk("teach2-1f"), session, asked), No)
    assert listed(world)[0].state == TicketState.NEW


def test_a_report_in_ones_name_can_be_disowned_and_then_answers_nobody(world: World) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    assert isinstance(acted(world, kiosk, session, TicketAct(new_op(), reference, Act.DISOWN.value)), Acted)
    (one,) = listed(world)
    assert (one.person, one.identity, one.contact, one.state) == ("", "none", "look", "new")
    mine = seen(world, kiosk, session)
    assert isinstance(mine, TicketList)
    assert mine.tickets == ()


def test_a_verified_report_cannot_be_disowned(world: World) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    with world.store.write() as db:
        db.get_one(Ticket, reference).identity = IdentityLevel.VERIFIED
    assert isinstance(acted(world, kiosk, session, TicketAct(new_op(), reference, Act.DISOWN.value)), No)
    assert listed(world)[0].person == "20230114287"


@pytest.mark.parametrize("text", ["", " \u202e\u200b\x00", "字" * (MAX_NOTE + 1)])
def test_a_remark_is_text_of_the_agreed_length(world: World, text: str) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    assert isinstance(acted(world, kiosk, session, TicketAct(new_op(), reference, Act.COMMENT.value, text)), No)


def test_remarks_have_an_end(world: World) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    for _ in range(MOST_REMARKS):
        assert isinstance(acted(world, kiosk, session, TicketAct(new_op(), reference, "comment", "再说一句")), Acted)
    assert isinstance(acted(world, kiosk, session, TicketAct(new_op(), reference, "comment", "再说一句")), No)


def test_the_requester_reads_what_the_desk_wrote_and_nothing_of_the_desks_own(world: World) -> None:
    kiosk, session, reference = a_ticket(world, TicketState.NEW)
    change(world, reference, TicketState.WAITING_FOR_REQUESTER, "一层的 AP\u202e 已经重启。")
    mine = seen(world, kiosk, session)
    assert isinstance(mine, TicketList)
    assert [(step.what, step.by, step.text) for step in mine.tickets[0].history] == [
        ("created", "kiosk", ""),
        ("state:waiting_for_requester", "desk", "一层的 AP 已经重启。"),
    ]


def test_the_promise_goes_on_when_the_requester_has_answered(world: World) -> None:
    kiosk, _, reference = a_ticket(world, TicketState.NEW)
    change(world, reference, TicketState.WAITING_FOR_REQUESTER, "哪一层？")
    before = listed(world)[0].resolve_by
    world.move(days=7)
    acted(world, kiosk, signed_in(world, kiosk), TicketAct(new_op(), reference, Act.COMMENT.value, "在二楼"))
    after = listed(world)[0].resolve_by
    assert before is not None
    assert after is not None
    assert before < world.now < after


def test_the_desk_cannot_take_a_ticket_where_its_state_does_not_lead(world: World) -> None:
    _, _, reference = a_ticket(world, TicketState.CLOSED)
    assert isinstance(change(world, reference, TicketState.IN_PROGRESS, ""), No)
    assert isinstance(change(world, reference, None, ""), No)


def test_the_sample_has_tickets_in_every_state_in_both_languages_once(world: World) -> None:
    for made in (len(sample_tickets()), 0):
        with world.store.write() as db:
            assert load_sample_tickets(db, world.book, world.now) == made
    tickets = listed(world)
    assert {one.state for one in tickets} == set(TicketState)
    assert {one.language for one in tickets} == {"zh", "en"}
    assert {one.identity for one in tickets} == {"claimed", "verified"}
    assert {one.type for one in tickets} >= {TicketType.INCIDENT, TicketType.REQUEST, TicketType.QUESTION}
    assert all(one.created_at <= step.at <= world.now for one in tickets for step in one.history)


def test_no_kiosk_gets_a_number_of_the_sample(world: World) -> None:
    with world.store.write() as db:
        load_sample_tickets(db, world.book, world.now)
    assert world.new_kiosk("teach2-1f").block.first > LAST_NUMBER


def a_ticket(world: World, state: TicketState) -> tuple[HubKiosk, str, str]:
    """A claimed ticket of Zhang's in ``state``, and a session of theirs."""
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report(claim=card(ZHANG))).reference
    with world.store.write() as db:
        db.get_one(Ticket, reference).state = state
    return kiosk, signed_in(world, kiosk), reference


def acted(world: World, kiosk: HubKiosk, session: str, asked: TicketAct) -> Acted | No:
    with world.store.write() as db:
        body = act(db, world.book, SHIPPED, db.get_one(Kiosk, kiosk.id), session, asked, world.now)
    return body if isinstance(body, No) else msgspec.json.decode(body, type=Acted)


def change(world: World, reference: str, state: TicketState | None, answer: str) -> No | None:
    with world.store.write() as db:
        return by_desk(db, world.book, db.get_one(Ticket, reference), state, answer, world.now)
