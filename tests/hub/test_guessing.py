"""Guessing at a kiosk: ten thousand tries over a thousand accounts, with the clock that a kiosk would really need."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.hub.services.guesses import (
    FREE_TRIES,
    KIOSK_FREE,
    KIOSK_LEAK,
    KIOSK_PAUSE,
    STAFF_FROM,
    Counted,
    Waiting,
    count,
    right,
)
from kiosk.hub.store.tables import Account, GuessBucket, Incident, Kiosk, PinCounter
from kiosk.wire.identity import PinAccepted, PinDenied
from kiosk.wire.tickets import NumberClaimed
from tests.hub.conftest import World
from tests.hub.test_pins import ZHANG_NUMBER, attempt
from tests.real.plain_kiosk import card

ACCOUNTS, TRIES = 1_000, 10_000
PINS = 10**6
#: A person at the keys needs this long for six digits.
TYPING = timedelta(seconds=4)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_ten_thousand_tries_lock_nobody_out_elsewhere_and_hold_nobody_up_for_a_minute(world: World) -> None:
    """The attacker goes round all accounts and waits wherever the hub says so.

    Beyond the bucket every judged try costs KIOSK_PAUSE, so that 10⁴ of them take (10⁴ - 10) · 30 s = 3.5 days, and at
    most 2 880 are judged in a day. Each tries one PIN of 10⁶: success over all of them is at most 10⁴ / 10⁶ = 1 %, in a
    day 0.29 %. Against one account the ladder is stronger: 15 tries a day from one kiosk, 15 / 10⁶ = 1.5 · 10⁻⁵.
    """
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    begun, judged, tried = world.now, 0, 0
    with world.store.write() as db:
        here, there = db.get_one(Kiosk, kiosk.id), db.get_one(Kiosk, other.id)
        while judged < TRIES:
            claim = f"account-{tried % ACCOUNTS}"
            answer = count(db, here, claim, "", world.now)
            if isinstance(answer, Waiting) and answer.until - world.now > KIOSK_PAUSE:
                tried += 1  # this account is held here for longer than the kiosk: on to the next one
                continue
            if isinstance(answer, Waiting):
                world.now = answer.until
                continue
            judged, tried = judged + 1, tried + 1
            world.now += TYPING
            if judged == TRIES // 2:
                served = count(db, here, "somebody-else", "", world.now + KIOSK_PAUSE)
                assert isinstance(served, Counted), "who comes next is served within half a minute"
                right(db, here, "somebody-else")
            db.flush()
            db.expunge_all()  # as if each try were a request of its own
        elsewhere = [
            count(db, there, f"account-{number}", "", world.now + number * KIOSK_LEAK) for number in (0, 1, 999)
        ]
        assert [answer.failures for answer in elsewhere if isinstance(answer, Counted)] == [1, 1, 1]
        assert db.get_one(GuessBucket, kiosk.id).failures <= KIOSK_FREE + 1
        assert db.query(Incident).filter(Incident.code == "guessing").count() > 0, "the admins are told"
        most = max(row.failures for row in db.query(PinCounter).filter(PinCounter.kiosk == kiosk.id))
    assert most <= STAFF_FROM
    assert (world.now - begun) / (judged - KIOSK_FREE) >= 0.999 * KIOSK_PAUSE
    assert judged / PINS <= 0.01


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_one_account_is_tried_fifteen_times_a_day_at_most(world: World) -> None:
    kiosk = world.new_kiosk()
    end, judged = world.now + timedelta(hours=24), 0
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        while world.now < end:
            answer = count(db, row, "account", "", world.now)
            if isinstance(answer, Waiting):
                world.now = answer.until
            else:
                judged += 1
                world.now += TYPING
    assert judged == STAFF_FROM
    assert judged / PINS == pytest.approx(1.5e-5)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_is_right_is_no_guess(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        for number in range(10 * KIOSK_FREE):
            assert isinstance(count(db, row, f"account-{number}", "", world.now), Counted)
            right(db, row, f"account-{number}")
        assert db.query(Incident).filter(Incident.code == "guessing").count() == 0
        for _ in range(FREE_TRIES - 1):
            assert isinstance(count(db, row, "slips", "", world.now), Counted)
        right(db, row, "slips")
        answer = count(db, row, "slips", "", world.now)
        assert isinstance(answer, Counted)
        assert (answer.failures, answer.tries_left) == (1, None)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_at_the_worst_moment_of_a_siege_the_next_person_is_served_within_a_minute(world: World) -> None:
    """By PINs at the hub's own door: the kiosk pauses, nobody is locked elsewhere, no account of the directory is."""
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    before = accounts(world)
    for number in range(3 * KIOSK_FREE):
        claim = ZHANG_NUMBER if number % 10 == 0 else NumberClaimed(f"2099{number:07d}")
        answer = attempt(world, kiosk, claim, "111222")
        while isinstance(answer, PinDenied) and answer.why == "locked" and answer.tries_left == 0:
            assert answer.retry_at is not None
            if answer.retry_at - world.now > KIOSK_PAUSE:
                break  # this claim is held for longer than the kiosk
            world.now = answer.retry_at
            answer = attempt(world, kiosk, claim, "111222")
    came = world.now
    answer = attempt(world, kiosk, card("04667788990080"), "357142")
    if isinstance(answer, PinDenied):
        assert answer.retry_at is not None
        world.now = answer.retry_at
        answer = attempt(world, kiosk, card("04667788990080"), "357142")
    assert isinstance(answer, PinAccepted)
    assert world.now - came <= timedelta(seconds=60)
    assert isinstance(attempt(world, other, ZHANG_NUMBER, "739154"), PinAccepted), "the besieged one, elsewhere"
    assert accounts(world) == before


def accounts(world: World) -> list[dict[str, object]]:
    """Every account of the directory, whole."""
    with world.store.read() as db:
        return [dict(row) for row in db.execute(select(Account.__table__)).mappings()]
