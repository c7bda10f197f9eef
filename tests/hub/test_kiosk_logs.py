"""Logs that staff send in from a kiosk: only theirs, only logs, a few of each kiosk."""

import gzip

import pytest

from kiosk.domain.policy import SHIPPED, Factor, Proofs
from kiosk.domain.roles import Role
from kiosk.hub.services import kiosk_logs
from kiosk.hub.services.kiosk_logs import KEPT, MOST_BYTES, MOST_PACKED, newest, unpacked
from kiosk.hub.services.refusal import MORE_NEEDED, NO_VISIT, No
from kiosk.hub.services.sessions import begin
from kiosk.hub.services.staff_acts import latest
from kiosk.hub.store.fleet_tables import KioskLog
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire.upkeep import LogKept, LogSent
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_upkeep import CARD_AND_PIN


def send(
    world: World, kiosk: HubKiosk, log: bytes, proofs: Proofs = CARD_AND_PIN, proven_at: HubKiosk | None = None
) -> LogKept | No:
    with world.store.write() as db:
        row, there = db.get_one(Kiosk, kiosk.id), db.get_one(Kiosk, (proven_at or kiosk).id)
        token = begin(db, there, db.get_one(Person, "yu-hua"), proofs, world.now)
        return kiosk_logs.keep(db, SHIPPED, row, token, LogSent(log), world.now)


def test_the_newest_log_of_each_kiosk_is_read_and_a_few_are_kept(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    for number in range(KEPT + 3):
        assert isinstance(send(world, kiosk, gzip.compress(f'{{"what":"{number}"}}'.encode())), LogKept)
    assert isinstance(send(world, other, gzip.compress(b"")), LogKept)
    with world.store.read() as db:
        assert newest(db, kiosk.id) == f'{{"what":"{KEPT + 2}"}}'
        assert newest(db, other.id) == ""
        assert newest(db, "nobody") is None
        kept = db.query(KioskLog).where(KioskLog.kiosk == kiosk.id).count()
        assert kept == KEPT
        assert {line.what for line in latest(db)} == {"kiosk_log"}


def test_only_staff_of_this_kiosk_can_send_one(world: World) -> None:
    kiosk = world.new_kiosk()
    answer = send(world, kiosk, gzip.compress(b"x"), frozenset({Factor.PIN}))
    assert isinstance(answer, No)
    assert answer.code == MORE_NEEDED
    assert send(world, kiosk, gzip.compress(b"x"), proven_at=world.new_kiosk("teach2-1f")) == NO_VISIT
    with world.store.write() as db:
        db.get_one(Person, "yu-hua").role = Role.LEAD.value
    assert send(world, kiosk, gzip.compress(b"x")) == NO_VISIT
    with world.store.read() as db:
        assert newest(db, kiosk.id) is None


@pytest.mark.parametrize(
    "log",
    [
        b"",
        b"plain text",
        gzip.compress(b"\xff\xfe"),
        gzip.compress(b"cut short" * 100)[:-9],
        gzip.compress(bytes(MOST_BYTES + 1)),
        b"\x1f\x8b" + bytes(MOST_PACKED),
        gzip.compress(b'{"what":"\x1b]0;somebody\x07"}'),
    ],
    ids=("empty", "plain", "no_text", "cut", "bomb", "large", "orders to a terminal"),
)
def test_what_is_no_log_is_refused(world: World, log: bytes) -> None:
    answer = send(world, world.new_kiosk(), log)
    assert isinstance(answer, No)
    assert answer.status == 422


def test_a_bomb_is_never_unpacked_whole() -> None:
    assert unpacked(gzip.compress(bytes(MOST_BYTES))) is not None
    assert unpacked(gzip.compress(bytes(20 * MOST_BYTES))) is None
