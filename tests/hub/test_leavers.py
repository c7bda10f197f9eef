"""Whoever leaves takes no open matter along: it goes to the lead of its service, who gets a list."""

from datetime import datetime

import pytest

from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services.leavers import MOST_LISTED, sweep
from kiosk.hub.store.tables import Person, Ticket
from tests.hub.conftest import PUBLIC_URL, World
from tests.hub.test_approvals import change_roles, messages
from tests.hub.test_complaints import DESK, NETWORK, assigned, complained, give
from tests.hub.test_tickets import ZHANG, listed, send
from tests.real.plain_kiosk import card

#: An engineer of the sample without a post of their own in the service of devices.
TANG = "T2019967"


def matter(world: World, number: str = TANG) -> str:
    kiosk = world.kiosks[0] if world.kiosks else world.new_kiosk()
    reference = send(world, kiosk, kiosk.report(claim=card(ZHANG))).reference
    assert give(world, reference, number) is None
    return reference


def leaves(world: World, number: str, at: datetime | None = None) -> None:
    with world.store.write() as db:
        person = db.query(Person).where(Person.number == number).one()
        person.valid_until = at or world.now


def swept(world: World) -> int:
    return sweep(world.store, BuiltinNotices(world.clock), PUBLIC_URL, world.now)


def test_the_lead_gets_what_is_open_and_one_list(world: World) -> None:
    first, second, closed, kept = matter(world), matter(world), matter(world), matter(world, DESK)
    with world.store.write() as db:
        db.get_one(Ticket, closed).state = TicketState.CLOSED
    leaves(world, TANG)
    assert swept(world) == 2
    assert [assigned(world, one) for one in (first, second, closed, kept)] == [NETWORK, NETWORK, TANG, DESK]
    told = messages(world, "handed_over")
    assert {person for person, _, _ in told} == {"feng-gang"}
    assert len(told) == 2, "one list on each of two channels"
    assert all(first in text and second in text and closed not in text for _, _, text in told)
    assert "assigned" in [step.what.partition(":")[0] for step in listed(world)[0].history]
    assert swept(world) == 0


def test_nobody_who_is_still_there_loses_anything(world: World) -> None:
    reference = matter(world)
    world.now = world.now.replace(microsecond=0)
    leaves(world, TANG, world.now.replace(hour=world.now.hour + 1))
    assert swept(world) == 0
    world.move(minutes=59)
    assert swept(world) == 0
    world.move(minutes=1)
    assert swept(world) == 1
    assert assigned(world, reference) == NETWORK


def test_where_the_lead_leaves_it_goes_to_the_post_above_and_else_to_the_team(world: World) -> None:
    first = matter(world, NETWORK)
    leaves(world, NETWORK)
    assert swept(world) == 1
    assert assigned(world, first) == "T2005071"
    change_roles(world, network_head="", centre_head="")
    leaves(world, "T2005071")
    assert swept(world) == 1
    assert assigned(world, first) == ""
    assert listed(world)[0].team == "network"
    assert swept(world) == 0


def test_a_complaint_goes_on_to_somebody_it_cannot_be_about(world: World) -> None:
    about_it = matter(world, NETWORK)
    complaint = complained(world, world.kiosks[0]).reference
    assert assigned(world, complaint) == "T2005071", "the lead had the matter"
    leaves(world, "T2005071")
    assert swept(world) == 1
    assert assigned(world, complaint) == ""
    (one,) = [one for one in listed(world) if one.reference == complaint]
    assert one.team == world.book.desk_team
    assert assigned(world, about_it) == NETWORK


@pytest.mark.parametrize("count", [MOST_LISTED, MOST_LISTED + 3])
def test_a_long_list_is_counted_and_not_written_out(world: World, count: int) -> None:
    references = [matter(world) for _ in range(count)]
    leaves(world, TANG)
    assert swept(world) == count
    text = messages(world, "handed_over")[0][2]
    assert str(count) in text
    assert sum(reference in text for reference in references) == min(count, MOST_LISTED)
