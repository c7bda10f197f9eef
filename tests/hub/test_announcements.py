"""Announcements at the hub: published by staff with an end, shown to the kiosks they concern, taken back at once."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import select

from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.text import Text
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services import announcements
from kiosk.hub.services.campus import campus_of
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Kiosk, Message
from kiosk.wire.me_too import MeToo, MeTooAnswer
from kiosk.wire.tickets import ClaimMade
from tests.hub.conftest import HubKiosk, World
from tests.real.plain_kiosk import card, new_op

HOUR = timedelta(hours=1)


def an_outage(world: World) -> Announcement:
    return Announcement(
        id="gym-door",
        kind=AnnouncementKind.OUTAGE,
        title=Text("体育馆门禁刷不开", "Gym doors do not open"),
        text=Text("", ""),
        starts_at=world.now,
        ends_at=world.now + 4 * HOUR,
        published_at=world.now,
        service="door",
        buildings=("library",),
    )


def _seen_by(world: World, kiosk: HubKiosk) -> set[str]:
    with world.store.read() as db:
        row = db.get_one(Kiosk, kiosk.id)
        here = announcements.at_kiosk(db, world.book, row.place, world.now)
        keys, today = world.keys.public, world.now.date()
        answer = campus_of(row, world.book, keys, "", announcements=here, policy=world.policy, today=today)
    assert answer is not None
    return {each.id for each in answer.campus.announcements}


def _publish(world: World, announcement: Announcement) -> str | No:
    with world.store.write() as db:
        return announcements.publish(db, world.book, announcement, world.now)


def test_an_outage_reaches_the_kiosks_of_its_building_and_no_other(world: World) -> None:
    here, there = world.new_kiosk("lib-1f"), world.new_kiosk("teach2-1f")
    assert _publish(world, an_outage(world)) == "gym-door"
    assert "gym-door" in _seen_by(world, here)
    assert "gym-door" not in _seen_by(world, there)


def test_what_is_withdrawn_or_over_is_gone(world: World) -> None:
    kiosk = world.new_kiosk()
    _publish(world, an_outage(world))
    with world.store.write() as db:
        assert announcements.withdraw(db, BuiltinNotices(world.clock), "gym-door", world.now)
    assert "gym-door" not in _seen_by(world, kiosk)
    with world.store.write() as db:
        assert not announcements.withdraw(db, BuiltinNotices(world.clock), "gym-door", world.now)
    _publish(world, replace(an_outage(world), id="again"))
    world.move(hours=4)
    assert "again" not in _seen_by(world, kiosk)


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"service": "laundry"}, "service"),
        ({"service": ""}, "service"),
        ({"buildings": ("moon",)}, "building"),
        ({"title": Text("门禁", "")}, "title"),
        ({"title": Text("门" * 49, "Door")}, "title"),
        ({"text": Text("坏了\x1b[2J", "Broken")}, "text"),
        ({"ends_in": -1}, "end"),
        ({"ends_in": 24 * 70}, "end"),
    ],
)
def test_what_cannot_be_announced_is_refused_with_a_reason(world: World, change: dict[str, object], word: str) -> None:
    fields = dict(change)
    if hours := fields.pop("ends_in", None):
        assert isinstance(hours, int)
        fields["ends_at"] = world.now + hours * HOUR
    refused = _publish(world, replace(an_outage(world), **fields))  # type: ignore[arg-type]
    assert isinstance(refused, No)
    assert word in refused.detail


ZHANG = card("04A1B2C3D4E580")


def _me_too(world: World, kiosk: HubKiosk, claim: ClaimMade | None, building: str = "library", op: str = "") -> int:
    op = op or new_op()
    told = msgspec.json.encode(MeToo("zh", "gym-door", building, claim, kiosk.now()))
    answer = world.take(kiosk, kiosk.seal(told, op, op, kind="me_too"))
    assert getattr(answer, "status", 0) == 200, answer
    return msgspec.json.decode(answer.body, type=MeTooAnswer).affected  # type: ignore[union-attr]


def test_me_too_counts_a_person_once_and_each_unknown_visitor_and_per_place(world: World) -> None:
    kiosk = world.new_kiosk()
    _publish(world, an_outage(world))
    assert _me_too(world, kiosk, ZHANG) == 1
    assert _me_too(world, kiosk, ZHANG) == 1
    assert _me_too(world, kiosk, None) == 2
    assert _me_too(world, kiosk, None, building="gym") == 1
    assert _me_too(world, kiosk, card("DEADBEEF")) == 3


def test_the_same_me_too_delivered_twice_counts_once(world: World) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    _publish(world, an_outage(world))
    told = msgspec.json.encode(MeToo("zh", "gym-door", "library", None, kiosk.now()))
    sealed = kiosk.seal(told, op, op, kind="me_too")
    assert world.take(kiosk, sealed) == world.take(kiosk, sealed)
    assert _me_too(world, kiosk, None) == 2


def test_who_said_me_too_is_told_once_when_staff_say_it_works_again(world: World) -> None:
    kiosk = world.new_kiosk()
    _publish(world, an_outage(world))
    _me_too(world, kiosk, ZHANG)
    _me_too(world, kiosk, ZHANG)
    with world.store.write() as db:
        assert announcements.withdraw(db, BuiltinNotices(world.clock), "gym-door", world.now)
    with world.store.read() as db:
        told = list(db.scalars(select(Message).where(Message.kind == "outage_over")))
    assert {message.channel for message in told} == {"phone", "email"}
    assert len(told) == 2
    assert all("体育馆门禁刷不开" in message.text for message in told)
    assert _me_too(world, kiosk, ZHANG) == 0, "the outage is over"
