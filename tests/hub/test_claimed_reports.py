"""A report in somebody's name that nobody has proven: its owner is told and can disown it; too many are in no name."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from kiosk.domain.policy import Factor
from kiosk.domain.tickets import IdentityLevel
from kiosk.hub.app import make_app, make_follow_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.parts import Parts
from kiosk.hub.services import claimed_reports
from kiosk.hub.services.claimed_reports import MOST_ARRIVING_OF_CLAIM, MOST_OF_CLAIM, MOST_OF_KIOSK
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.sessions import begin
from kiosk.hub.store.claimed_tables import ClaimedReport, OwnerCode
from kiosk.hub.store.tables import HistoryLine, Incident, Kiosk, Message, Person, Ticket
from kiosk.wire.tickets import ClaimMade, ContactOnFile, ContactTyped, NumberClaimed
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.real.plain_kiosk import card

ZHANG = card("04A1B2C3D4E580")
ZHANG_BY_NUMBER = NumberClaimed("20230114287")
NOBODY = card("04FE11D2C39A80")


def told(world: World, kiosk: HubKiosk, claim: ClaimMade | None = ZHANG, **changed: Any) -> dict[str, Any]:
    """The hub's answer to a report in this name."""
    report = kiosk.report(claim=claim, contact=changed.pop("contact", ContactOnFile()), **changed)
    answer = world.take(kiosk, kiosk.envelope(report))
    assert isinstance(answer, Answer)
    assert answer.status == 200, answer.body
    decoded: dict[str, Any] = msgspec.json.decode(answer.body)
    return decoded


def messages(world: World, person: str = "zhang-ming") -> list[tuple[str, str, str]]:
    with world.store.read() as db:
        rows = db.scalars(select(Message).where(Message.person == person).order_by(Message.channel))
        return [(row.kind, row.channel, row.text) for row in rows]


def link_of(world: World) -> str:
    return str(re.findall(r"https://\S+", messages(world)[0][2])[0])


def ticket(world: World, reference: str) -> Ticket:
    with world.store.read() as db:
        return db.get_one(Ticket, reference)


def phone(world: World, *, dmz: bool = False) -> "TestClient[Any]":
    outside = BuiltinCards(), BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
    parts = Parts(Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside)
    app: Any = make_follow_app(parts) if dmz else make_app(parts)
    return TestClient(app)


# -- telling ------------------------------------------------------------------------------------------------------
def test_the_person_hears_on_every_channel_what_was_told_in_their_name_and_under_which_number(world: World) -> None:
    answer = told(world, world.new_kiosk())
    found = messages(world)
    assert [(kind, channel) for kind, channel, _ in found] == [("report_made", "email"), ("report_made", "phone")]
    for _, _, text in found:
        assert answer["reference"] in text
        assert "连上了，打不开网页" in text
        assert f"{PUBLIC_URL}/n/" in text


def test_the_person_is_told_in_their_own_language(world: World) -> None:
    told(world, world.new_kiosk(), card("04667788990080"))
    assert all(text.startswith("A report was made in your name") for _, _, text in messages(world, "emma-smith"))


def test_where_phones_cannot_reach_the_hub_the_kiosk_and_the_desk_are_named(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.hub.conftest.PUBLIC_URL", "")
    told(world, world.new_kiosk())
    kind, _, text = messages(world)[0]
    assert (kind, "https" in text, "8231 0000" in text) == ("report_made_no_page", False, True)


def test_whoever_was_verified_and_whoever_is_unknown_is_told_nothing(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        row, person = db.get_one(Kiosk, kiosk.id), db.get_one(Person, "zhang-ming")
        token = begin(db, row, person, frozenset({Factor.PIN}), world.now)
    told(world, kiosk, session=token)
    told(world, kiosk, NOBODY)
    told(world, kiosk, None)
    with world.store.read() as db:
        assert list(db.scalars(select(Message))) == []


def test_the_same_report_sent_again_is_told_once(world: World) -> None:
    kiosk = world.new_kiosk()
    envelope = kiosk.envelope(kiosk.report(claim=ZHANG, contact=ContactOnFile()))
    assert world.take(kiosk, envelope) == world.take(kiosk, envelope)
    assert len(messages(world)) == 2


# -- disowning ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("dmz", [False, True])
def test_one_touch_takes_the_name_off_the_ticket(world: World, dmz: bool) -> None:
    reference = told(world, world.new_kiosk())["reference"]
    path = link_of(world).removeprefix(PUBLIC_URL)
    with phone(world, dmz=dmz) as client:
        page = client.get(path)
        assert (page.status_code, "不是我报的" in page.text, reference in page.text) == (200, True, True)
        assert ticket(world, reference).person == "zhang-ming", "looking changes nothing"
        assert client.get(path, headers={"accept-language": "en"}).text.count("I did not report this") == 1
        answer = client.post(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, path)
        after = client.get(path).text
    assert "不是我报的" not in after
    found = ticket(world, reference)
    assert (found.person, found.identity, found.contact) == (None, IdentityLevel.NONE, "look")


def test_disowned_twice_it_stays_disowned_once(world: World) -> None:
    reference = told(world, world.new_kiosk())["reference"]
    path = link_of(world).removeprefix(PUBLIC_URL)
    with phone(world) as client:
        assert [client.post(path).status_code for _ in range(2)] == [200, 200]
    with world.store.read() as db:
        lines = select(HistoryLine).where(HistoryLine.reference == reference, HistoryLine.what == "disowned")
        assert len(list(db.scalars(lines))) == 1


def test_the_page_is_small_plain_not_indexed_and_tells_nothing_personal(world: World) -> None:
    told(world, world.new_kiosk(), note="my room is 402", contact=ContactTyped("13812345521"))
    with phone(world) as client:
        page = client.get(link_of(world).removeprefix(PUBLIC_URL))
    assert len(page.content) < 60_000
    assert "noindex" in page.headers["x-robots-tag"]
    assert "<script" not in page.text
    for private in ("张一明", "402", "13812345521", "20230114287"):
        assert private not in page.text


@pytest.mark.parametrize("code", ["", "x", "2" * 12, "é" * 12, "2" * 500])
def test_a_link_that_is_none_opens_nothing(world: World, code: str) -> None:
    reference = told(world, world.new_kiosk())["reference"]
    with phone(world) as client:
        assert client.get(f"/n/{code}").status_code == 404
        client.post(f"/n/{code}")
    assert ticket(world, reference).person == "zhang-ming"


def test_a_link_is_over_after_its_time_and_a_guesser_is_slowed_down(world: World) -> None:
    told(world, world.new_kiosk())
    path = link_of(world).removeprefix(PUBLIC_URL)
    with phone(world) as client:
        world.move(days=31)
        assert client.get(path).status_code == 404
        assert 429 in {client.get(f"/n/{'3' * 11}{letter}").status_code for letter in "abcdefghjk" * 5}


def test_only_the_digest_of_a_link_is_kept(world: World) -> None:
    told(world, world.new_kiosk())
    code = link_of(world).rsplit("/", 1)[1]
    with world.store.read() as db:
        (row,) = db.scalars(select(OwnerCode))
    assert code not in row.digest


# -- limits -------------------------------------------------------------------------------------------------------
def test_more_than_the_limit_in_one_name_are_tickets_in_nobodys_and_the_person_is_left_alone(world: World) -> None:
    kiosks = [world.new_kiosk(), world.new_kiosk("teach2-1f")]
    named = [told(world, kiosks[turn % 2])["named"] for turn in range(MOST_OF_CLAIM)]
    assert named == [True] * MOST_OF_CLAIM
    before = len(messages(world))
    answer = told(world, kiosks[0])
    assert answer["named"] is False
    found = ticket(world, answer["reference"])
    assert (found.person, found.identity, found.contact) == (None, IdentityLevel.NONE, "look")
    assert len(messages(world)) == before
    with world.store.read() as db:
        lines = select(HistoryLine.what).where(HistoryLine.reference == answer["reference"])
        assert claimed_reports.LEFT_OUT in list(db.scalars(lines))


def test_an_address_that_was_left_is_still_answered(world: World) -> None:
    kiosk = world.new_kiosk()
    for _ in range(MOST_OF_CLAIM):
        told(world, kiosk)
    answer = told(world, kiosk, contact=ContactTyped("13812345521"))
    assert ticket(world, answer["reference"]).address == "13812345521"


def test_reports_in_a_name_that_come_at_the_same_time_wait_for_each_other_and_are_all_taken(world: World) -> None:
    kiosk = world.new_kiosk()
    sealed = [kiosk.envelope(kiosk.report(claim=ZHANG)) for _ in range(MOST_OF_CLAIM + 8)]
    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(lambda envelope: world.take(kiosk, envelope), sealed))
    named = [msgspec.json.decode(answer.body)["named"] for answer in answers if isinstance(answer, Answer)]
    assert (named.count(True), named.count(False)) == (MOST_OF_CLAIM, 8)


def test_another_number_and_a_proven_person_are_not_held_up(world: World) -> None:
    kiosk = world.new_kiosk()
    for _ in range(MOST_OF_CLAIM + 1):
        told(world, kiosk)
    assert told(world, kiosk, ZHANG_BY_NUMBER)["named"]
    with world.store.write() as db:
        row, person = db.get_one(Kiosk, kiosk.id), db.get_one(Person, "zhang-ming")
        token = begin(db, row, person, frozenset({Factor.PIN}), world.now)
    answer = told(world, kiosk, session=token)
    assert (answer["named"], ticket(world, answer["reference"]).identity) == (True, IdentityLevel.VERIFIED)


def test_unknown_and_known_claims_meet_the_same_limit(world: World) -> None:
    kiosk = world.new_kiosk()
    for claim in (ZHANG, NOBODY):
        answers = [told(world, kiosk, claim)["named"] for _ in range(MOST_OF_CLAIM + 1)]
        assert answers == [*[True] * MOST_OF_CLAIM, False]


def test_a_day_later_it_is_a_new_day(world: World) -> None:
    kiosk = world.new_kiosk()
    for _ in range(MOST_OF_CLAIM):
        told(world, kiosk)
    world.move(hours=24, seconds=1)
    assert told(world, kiosk)["named"]


def test_what_waited_for_days_in_an_offline_kiosk_counts_for_when_it_was_made(world: World) -> None:
    kiosk = world.new_kiosk()
    begun = world.now
    for day in range(3):
        for _ in range(MOST_OF_CLAIM - 2):
            assert told(world, kiosk, made_at=begun - timedelta(days=3 - day))["named"]


def test_one_kiosk_does_not_tell_in_everybodys_name(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    answers = [told(world, kiosk, NumberClaimed(f"2023999{turn:04d}"))["named"] for turn in range(MOST_OF_KIOSK + 2)]
    assert answers == [*[True] * MOST_OF_KIOSK, False, False]
    assert told(world, other, ZHANG_BY_NUMBER)["named"]
    with world.store.read() as db:
        noted = [row.kiosk for row in db.scalars(select(Incident).where(Incident.code == "claimed_reports"))]
    assert noted == [kiosk.id], "the admins are told once a siege"
    world.move(hours=1, seconds=1)
    assert told(world, kiosk)["named"]


def test_a_kiosk_that_says_other_times_floods_nobody(world: World) -> None:
    """Made 25 hours apart, it says, and all of them today."""
    kiosk = world.new_kiosk()
    times = [world.now - timedelta(hours=25 * turn) for turn in range(MOST_ARRIVING_OF_CLAIM + 2)]
    named = [told(world, kiosk, made_at=at)["named"] for at in reversed(times)]
    assert named == [*[True] * MOST_ARRIVING_OF_CLAIM, False, False]
    assert told(world, kiosk, NOBODY)["named"]
    world.move(hours=24, seconds=1)
    assert told(world, kiosk)["named"]


def test_a_kiosk_whose_clock_is_ahead_takes_nobodys_name_away(world: World) -> None:
    ahead, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    for _ in range(MOST_OF_CLAIM):
        assert told(world, ahead, made_at=world.now + timedelta(days=300))["named"]
    assert not told(world, other)["named"], "they count for when they came"
    world.move(hours=24, seconds=1)
    assert told(world, other)["named"]


def test_what_was_made_since_does_not_count_against_what_waited_for_days(world: World) -> None:
    late, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    made_at = world.now
    world.move(days=2)
    for _ in range(MOST_OF_CLAIM):
        told(world, other)
    assert told(world, late, made_at=made_at)["named"]
    assert not told(world, other)["named"]


def test_nothing_of_it_is_kept_longer_than_it_is_counted(world: World) -> None:
    kiosk = world.new_kiosk()
    told(world, kiosk)
    world.move(days=4)
    told(world, kiosk, NOBODY)
    with world.store.read() as db:
        assert len(list(db.scalars(select(ClaimedReport)))) == 1
