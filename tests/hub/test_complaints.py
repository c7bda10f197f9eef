"""A complaint goes to the lead of the service it is about, and never to anybody it may be about."""

from typing import Any

import pytest

from kiosk.domain.ticket_views import TicketList
from kiosk.hub.services.desk_acts import assign
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Person, Ticket
from kiosk.wire.tickets import ContactTyped, NumberClaimed, TicketAnswer
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_approvals import change_roles, messages
from tests.hub.test_tickets import ZHANG, listed, seen, send, signed_in
from tests.real.plain_kiosk import card

#: Who leads the network, who leads the desk, and who is above both: numbers of the sample.
NETWORK, DESK, TOP = "T2013744", "T2009186", "T2005071"


def complained(world: World, kiosk: HubKiosk | None = None, **changed: Any) -> TicketAnswer:
    kiosk = kiosk or world.new_kiosk()
    told = {"service": "complaint", "symptom": "nobody", "subject": "network", "claim": card(ZHANG), **changed}
    return send(world, kiosk, kiosk.report(**told))


def assigned(world: World, reference: str) -> str:
    return next(one.assignee for one in listed(world) if one.reference == reference)


def give(world: World, reference: str, number: str) -> No | None:
    with world.store.write() as db:
        return assign(db, db.get_one(Ticket, reference), number, world.now)


@pytest.mark.parametrize(
    ("subject", "symptom", "number"),
    [
        ("network", "nobody", NETWORK),
        ("software", "wrong", DESK),
        ("", "manner", DESK),
        ("gone from the catalogue", "manner", DESK),
        ("network", "head", TOP),
        ("", "head", TOP),
    ],
)
def test_it_goes_to_the_lead_of_what_it_is_about_or_above_where_it_is_about_the_lead(
    world: World, subject: str, symptom: str, number: str
) -> None:
    answer = complained(world, subject=subject, symptom=symptom)
    assert answer.goes_to is not None
    assert assigned(world, answer.reference) == number
    (one,) = listed(world)
    assert one.type == "complaint"
    assert answer.respond_by is not None


def test_the_lead_is_told_that_there_is_one_and_nothing_of_what_it_says(world: World) -> None:
    answer = complained(world, note="CANARY", contact=ContactTyped("138 0000 1111"))
    told = messages(world, "complaint")
    assert {person for person, _, _ in told} == {"feng-gang"}
    assert all(answer.reference in text for _, _, text in told)
    assert all(secret not in text for _, _, text in told for secret in ("CANARY", "张", "2023", "138"))


def test_whoever_had_the_matter_does_not_get_the_complaint_about_it(world: World) -> None:
    kiosk = world.new_kiosk()
    matter = send(world, kiosk, kiosk.report(claim=card(ZHANG)))
    assert give(world, matter.reference, NETWORK) is None
    answer = complained(world, kiosk)
    assert assigned(world, answer.reference) == TOP
    assert answer.goes_to is not None
    assert answer.goes_to.zh == "信息中心主任"
    for number in (NETWORK, "20230114287"):
        refused = give(world, answer.reference, number)
        assert isinstance(refused, No)
        assert refused.code == "complained_of"
    assert give(world, answer.reference, DESK) is None


def test_somebody_elses_matter_is_no_reason_to_pass_the_lead_by(world: World) -> None:
    kiosk = world.new_kiosk()
    matter = send(world, kiosk, kiosk.report(claim=card("9F3A21C4")))
    assert give(world, matter.reference, NETWORK) is None
    assert assigned(world, complained(world, kiosk).reference) == NETWORK
    assert assigned(world, complained(world, kiosk, claim=None).reference) == NETWORK


def test_a_lead_who_complains_does_not_answer_themselves(world: World) -> None:
    answer = complained(world, claim=NumberClaimed(NETWORK))
    assert assigned(world, answer.reference) == TOP


def test_where_nobody_is_left_the_desk_as_a_whole_has_it_and_the_list_says_why(world: World) -> None:
    change_roles(world, network_head="", centre_head="")
    answer = complained(world)
    (one,) = listed(world)
    assert (answer.goes_to, one.assignee, one.team) == (None, "", "it-desk")
    assert "no_lead" in [step.what for step in one.history]


def test_a_lead_who_left_is_no_lead(world: World) -> None:
    with world.store.write() as db:
        db.get_one(Person, "feng-gang").valid_until = world.now
    assert assigned(world, complained(world).reference) == TOP


def test_the_list_says_who_answers_for_the_service(world: World) -> None:
    complained(world)
    (one,) = listed(world)
    assert (one.subject, one.owner, one.lead, one.on_call) == ("network", NETWORK, NETWORK, "T2019967")
    assert one.team == "network-head"


def test_the_person_reads_whose_it_is_by_their_post(world: World) -> None:
    kiosk = world.new_kiosk()
    complained(world, kiosk)
    mine = seen(world, kiosk, signed_in(world, kiosk))
    assert isinstance(mine, TicketList)
    assert mine.tickets[0].goes_to == next(role.title for role in world.book.roles if role.id == "network-head")
    assert "冯" not in repr(mine)
