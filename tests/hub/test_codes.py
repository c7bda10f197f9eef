"""One-time codes at the hub: whose they are, how long, how often, and that they tell nobody who exists."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.domain.policy import Factor
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.ports import Told
from kiosk.hub.services.codes import CODE_LIFE, KIOSK_FREE, KIOSK_PAUSE, MOST_AN_HOUR, TRIES_PER_CODE, Desk, judge, send
from kiosk.hub.services.guesses import FREE_TRIES
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import begin
from kiosk.hub.store.tables import Kiosk, Message, OneTimeCode, Person
from kiosk.wire.identity import (
    CodeAnswer,
    CodeSent,
    CodeTyped,
    CodeWaits,
    CodeWanted,
    PinAccepted,
    PinAnswer,
    PinDenied,
)
from kiosk.wire.tickets import ClaimMade, NumberClaimed
from tests.hub.conftest import HubKiosk, World
from tests.real.plain_kiosk import card, new_op

ZHANG, ZHANG_NUMBER = card("04A1B2C3D4E580"), NumberClaimed("20230114287")
NOBODY, NOBODYS_NUMBER = card("DEADBEEF"), NumberClaimed("20999999999")
ALL = [ZHANG, ZHANG_NUMBER, NOBODY, NOBODYS_NUMBER]


def test_a_code_opens_a_session_that_holds_it_and_the_card_once(world: World) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    sent(world, kiosk, ZHANG, op)
    answer = typed(world, kiosk, ZHANG, op, code(world))
    assert isinstance(answer, PinAccepted)
    assert answer.proofs == ("card:0", "code")
    assert denied(typed(world, kiosk, ZHANG, op, code(world))) == "expired", "it is good once"


@pytest.mark.parametrize(("seconds", "good"), [(599, True), (600, False)])
def test_a_code_is_good_for_ten_minutes(world: World, seconds: int, good: bool) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    assert sent(world, kiosk, ZHANG, op).expires_at == world.now + CODE_LIFE
    secret = code(world)
    world.move(seconds=seconds)
    assert isinstance(typed(world, kiosk, ZHANG, op, secret), PinAccepted) is good


def test_a_code_counts_at_its_kiosk_for_its_claim_and_its_visit_only(world: World) -> None:
    kiosk, other, op = world.new_kiosk(), world.new_kiosk("teach2-1f"), new_op()
    sent(world, kiosk, ZHANG, op)
    secret = code(world)
    assert denied(typed(world, other, ZHANG, op, secret)) == "expired"
    assert denied(typed(world, kiosk, ZHANG_NUMBER, op, secret)) == "expired"
    assert denied(typed(world, kiosk, ZHANG, new_op(), secret)) == "expired"
    assert isinstance(typed(world, kiosk, ZHANG, op, secret), PinAccepted)


def test_only_the_newest_code_counts(world: World) -> None:
    kiosk, first, second = world.new_kiosk(), new_op(), new_op()
    sent(world, kiosk, ZHANG, first)
    old = code(world)
    world.move(seconds=60)
    sent(world, kiosk, ZHANG, second)
    assert denied(typed(world, kiosk, ZHANG, first, old)) == "expired"
    assert isinstance(typed(world, kiosk, ZHANG, second, code(world)), PinAccepted)


@pytest.mark.parametrize("claim", ALL, ids=str)
def test_known_and_unknown_claims_read_alike_from_sending_to_the_last_wrong_try(world: World, claim: ClaimMade) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    answer = sent(world, kiosk, claim, op)
    assert (answer.channel, answer.shown) == ("phone", "")
    assert (answer.expires_at, answer.resend_at) == (world.now + CODE_LIFE, world.now + timedelta(seconds=60))
    right = code(world)
    wrong = "000000" if right != "000000" else "000001"
    read = [answer_of(typed(world, kiosk, claim, op, wrong)) for _ in range(FREE_TRIES + 1)]
    assert read == [("wrong", None), ("wrong", 3), ("wrong", 2), ("wrong", 1), ("locked", 0), ("locked", 0)]
    with world.store.read() as db:
        assert len(list(db.scalars(select(OneTimeCode)))) == 1, "as much is written for nobody"


def test_a_code_is_over_after_five_wrong_ones(world: World) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    sent(world, kiosk, ZHANG, op)
    right = code(world)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(TRIES_PER_CODE):
        typed(world, kiosk, ZHANG, op, wrong)
    world.move(seconds=15)
    assert denied(typed(world, kiosk, ZHANG, op, right)) in ("expired", "locked")


def test_the_address_is_shown_masked_only_after_a_factor_of_the_same_person(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        row, zhang, li = db.get_one(Kiosk, kiosk.id), db.get_one(Person, "zhang-ming"), db.get_one(Person, "li-na")
        own = begin(db, row, zhang, frozenset({Factor.PIN}), world.now)
        foreign = begin(db, row, li, frozenset({Factor.PIN}), world.now)
    assert sent(world, kiosk, ZHANG, visit=foreign).shown == ""
    world.move(seconds=60)
    assert sent(world, kiosk, ZHANG, visit=own).shown == "138••••5521"
    world.move(seconds=120)
    assert sent(world, kiosk, ZHANG, channel="email", visit=own).shown == "z•••••@yunlu.example"


def test_the_other_channel_is_used_where_one_is_not_on_file(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        db.get_one(Person, "zhang-ming").phone = ""
    assert sent(world, kiosk, ZHANG).channel == "phone", "nobody learns what is on file"
    with world.store.read() as db:
        assert db.scalars(select(Message)).one().channel == "email"


def test_the_next_code_waits_longer_each_time_and_nothing_is_sent_twice_for_one_operation(world: World) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    sent(world, kiosk, ZHANG, op)
    first = code(world)
    assert sent(world, kiosk, ZHANG, op).resend_at == world.now + timedelta(seconds=60)
    assert code(world) == first
    for wait in (60, 120, 240, 480, 900):
        answer = send_(world, kiosk, ZHANG)
        assert isinstance(answer, CodeWaits)
        assert answer.retry_at == world.now + timedelta(seconds=wait)
        world.move(seconds=wait)
        sent(world, kiosk, ZHANG)


@pytest.mark.parametrize("claim", [ZHANG, NOBODYS_NUMBER], ids=str)
def test_no_phone_is_flooded_from_many_kiosks(world: World, claim: ClaimMade) -> None:
    begun = world.now
    for _ in range(MOST_AN_HOUR):
        sent(world, world.new_kiosk(), claim)
    answer = send_(world, world.new_kiosk(), claim)
    assert isinstance(answer, CodeWaits)
    assert answer.retry_at == begun + timedelta(hours=1)


def test_a_kiosk_that_asks_for_many_people_pauses_for_half_a_minute_and_serves_the_next_one(world: World) -> None:
    kiosk = world.new_kiosk()
    for number in range(KIOSK_FREE):
        sent(world, kiosk, NumberClaimed(f"2099{number:07d}"))
    assert isinstance(send_(world, kiosk, ZHANG), CodeWaits)
    world.move(seconds=KIOSK_PAUSE.total_seconds())
    sent(world, kiosk, ZHANG)


def test_a_code_is_kept_as_a_keyed_digest_and_its_message_goes_when_it_is_over(world: World) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    sent(world, kiosk, ZHANG, op)
    secret = code(world)
    with world.store.read() as db:
        row = db.get_one(OneTimeCode, op)
        assert secret not in repr(vars(row))
    world.move(seconds=600)
    with world.store.write() as db:
        BuiltinNotices(world.clock).tell(db, db.get_one(Person, "li-na"), Told.PIN_SET, world.now)
    with world.store.read() as db:
        texts = [message.text for message in db.scalars(select(Message))]
    assert len(texts) == 2, "phone and e-mail are told"
    assert not any(secret in text for text in texts)


def test_what_cannot_be_a_code_is_refused(world: World) -> None:
    kiosk = world.new_kiosk()
    for wrong in ("12345", "1234567", "12345a", "１２３４５６"):
        assert isinstance(typed(world, kiosk, ZHANG, new_op(), wrong), No)
    assert isinstance(send_(world, kiosk, ZHANG, op="1"), No)
    assert isinstance(send_(world, kiosk, ZHANG, channel="post"), No)


def desk(world: World) -> Desk:
    return Desk(world.keys, BuiltinNotices(world.clock))


def send_(
    world: World, kiosk: HubKiosk, claim: ClaimMade, op: str = "", channel: str = "phone", visit: str = ""
) -> CodeAnswer | No:
    with world.store.write() as db:
        wanted = CodeWanted(op or new_op(), claim, channel)
        return send(db, desk(world), db.get_one(Kiosk, kiosk.id), wanted, visit, world.now)


def sent(
    world: World, kiosk: HubKiosk, claim: ClaimMade, op: str = "", channel: str = "phone", visit: str = ""
) -> CodeSent:
    answer = send_(world, kiosk, claim, op, channel, visit)
    assert isinstance(answer, CodeSent), answer
    return answer


def typed(world: World, kiosk: HubKiosk, claim: ClaimMade, op: str, digits: str) -> PinAnswer | No:
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        return judge(db, desk(world), row, CodeTyped(op, claim, digits), "", world.now, latin=False)


def code(world: World) -> str:
    """The last one that was sent, to somebody or nobody."""
    with world.store.read() as db:
        text = db.scalars(select(Message.text).where(Message.kind == "code").order_by(Message.id.desc())).first()
    assert text is not None
    return text[:6]


def answer_of(answer: PinAnswer | No) -> tuple[str, int | None]:
    assert isinstance(answer, PinDenied), answer
    return answer.why, answer.tries_left


def denied(answer: PinAnswer | No) -> str:
    return answer_of(answer)[0]
