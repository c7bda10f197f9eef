"""What a helpdesk's clock, its silence and its wish to be left alone do to what goes there and comes from there."""

import json
import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.hub.helpdesk_port import Filing, Silent
from kiosk.hub.logs import JsonLines, log
from kiosk.hub.services.helpdesk_listing import resend
from kiosk.hub.services.helpdesk_outbox import UNSURE_PAUSE
from kiosk.hub.services.helpdesk_sending import take
from tests.hub.conftest import World
from tests.hub.helpdesk_world import LOST, beside, filed, reported, seen, state


@pytest.mark.parametrize("off", [timedelta(hours=-3), timedelta(hours=3)])
def test_an_answer_is_from_between_its_report_and_now_whatever_the_helpdesks_clock_says(
    world: World, off: timedelta
) -> None:
    made, kiosk, reference = filed(world)
    begun = world.now
    made.staff(reference, "open", "我们来看看")
    there = made.played.tickets[f"key-{reference}"]
    (remark,) = there.remarks
    made.played.tickets[f"key-{reference}"] = replace(there, remarks=(replace(remark, at=remark.at + off),))
    assert made.fetch()
    (ticket,) = seen(world, kiosk).tickets
    created, answered, _ = ticket.history
    assert (created.what, answered.what) == ("created", "answered")
    assert created.at <= answered.at <= world.now
    assert answered.at == (created.at if off < timedelta() else world.now)
    assert created.at < begun < world.now


def test_what_is_not_taken_now_keeps_no_news_from_being_read(world: World) -> None:
    """Of a queue without a right a report is tried again and again, and another one every time."""
    made, kiosk, reference = filed(world)
    for _ in range(3):
        reported(world, kiosk)
        made.staff(reference, "open")
        made.played.answers = [Silent("403", sure=True)]
        assert made.fetch()
    assert state(world, reference) == "in_progress"


def test_a_helpdesk_that_does_not_answer_is_not_asked_for_news_as_well(world: World) -> None:
    made, kiosk, reference = filed(world)
    reported(world, kiosk)
    made.staff(reference, "open")
    made.played.answers = [LOST]
    assert not made.fetch()
    assert state(world, reference) == "new"
    assert made.fetch()
    assert state(world, reference) == "in_progress"


def test_a_helpdesk_that_wants_to_be_left_alone_gets_nothing_sooner(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reported(world, kiosk)
    made.played.answers = [Silent("429", sure=True, wait=300)]
    made.carry()
    world.move(seconds=299)
    assert made.carry() == []
    world.move(seconds=1)
    assert [type(what) for what in made.carry()] == [Filing]


def test_why_something_did_not_arrive_is_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reported(world, kiosk)
    made.played.answers = [Silent("not JSON")]
    with caplog.at_level(logging.INFO, logger=log.name):
        made.carry()
    written = [json.loads(JsonLines(world.clock).format(each)) for each in caplog.records if each.msg == "helpdesk"]
    assert [line["why"] for line in written] == ["not_JSON"]


def test_what_may_be_on_its_way_is_not_sent_beside_itself(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reported(world, kiosk)
    with world.store.write() as db:
        taken = take(db, made.settings, world.now)
        assert taken is not None
    with world.store.write() as db:
        assert resend(db, taken.op, world.now)
    assert made.carry() == [], "another process has it"
    world.now += UNSURE_PAUSE
    made.carry()
    assert [again for _, again in made.played.got] == [True]
