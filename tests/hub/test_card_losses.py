"""A card reported lost: blocked once when proven; when not, the desk's to look at and nobody's dead letter."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from kiosk.hub.services.deferred_proof import Unproven
from kiosk.hub.services.operations import Answer, take
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.tables import Card, CardLoss, HistoryLine, Kiosk, Operation, PinCounter, Rating, Ticket
from kiosk.wire.cards_told import LossAnswer, LossReport
from kiosk.wire.enrolment import Token
from kiosk.wire.envelope import Envelope
from kiosk.wire.feedback import Feedback
from kiosk.wire.identity import Pin, PinAccepted, PinDenied, claim_digest, deferred_pin_kind
from kiosk.wire.tickets import ClaimMade, NumberClaimed, TicketAnswer
from tests.counts import count as examples
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_operations import refused
from tests.real.plain_kiosk import card, new_op

ZHANG, RIGHT, WRONG = card("04A1B2C3D4E580"), "739154", "111222"
ZHANG_NUMBER = NumberClaimed("20230114287")
DEFAULT, DEFAULT_PIN = card("04B7112A3C5F80"), "888888"
NO_PIN = card("9F3A21C4")
NOBODY, NOBODYS_NUMBER = card("DEADBEEF"), NumberClaimed("20999999999")
AT_ONCE = 12


def sealed_pin(kiosk: HubKiosk, claim: ClaimMade, pin: str, kind: str = "card_loss") -> Envelope:
    payload = msgspec.json.encode(Pin(pin))
    return kiosk.seal(payload, claim_digest(claim), kind=deferred_pin_kind(kind))


def loss(kiosk: HubKiosk, claim: ClaimMade, proof: Envelope | None, session: str = "") -> LossReport:
    return LossReport(kiosk.next_reference(), "zh", claim, session, proof, kiosk.now())


def envelope(kiosk: HubKiosk, report: LossReport, op: str = "") -> Envelope:
    return kiosk.seal(msgspec.json.encode(report), report.reference, op, kind="card_loss")


def told(world: World, kiosk: HubKiosk, claim: ClaimMade, pin: str) -> LossAnswer:
    report = loss(kiosk, claim, sealed_pin(kiosk, claim, pin))
    return taken(world, kiosk, envelope(kiosk, report))


def taken(world: World, kiosk: HubKiosk, sealed: Envelope) -> LossAnswer:
    answer = world.take(kiosk, sealed)
    assert getattr(answer, "status", 0) == 200, answer
    return msgspec.json.decode(answer.body, type=LossAnswer)  # type: ignore[union-attr]


def state(world: World, uid: str = "04A1B2C3D4E580") -> str:
    with world.store.read() as db:
        return db.get_one(Card, uid).state


def desk(world: World) -> list[tuple[str, str]]:
    """What the desk has to look at: service and the last step of each ticket."""
    with world.store.read() as db:
        steps = db.scalars(select(HistoryLine).order_by(HistoryLine.id))
        last = {step.reference: step.what for step in steps}
        return [(ticket.service, last[ticket.reference]) for ticket in db.scalars(select(Ticket))]


def failures(world: World) -> int:
    with world.store.read() as db:
        return db.scalar(select(func.coalesce(func.sum(PinCounter.failures), 0))) or 0


@pytest.mark.parametrize("claim", [ZHANG, ZHANG_NUMBER], ids=str)
def test_a_right_pin_blocks_the_card_and_makes_no_ticket(world: World, claim: ClaimMade) -> None:
    kiosk = world.new_kiosk()
    answer = told(world, kiosk, claim, RIGHT)
    assert (answer.effect, answer.received_at) == ("blocked", world.now)
    assert state(world) == "lost"
    assert (desk(world), failures(world)) == ([], 0)


@pytest.mark.parametrize(
    ("claim", "pin", "effect"),
    [
        (ZHANG, WRONG, "not_proven"),
        (ZHANG_NUMBER, WRONG, "not_proven"),
        (DEFAULT, DEFAULT_PIN, "not_proven"),
        (NO_PIN, WRONG, "not_proven"),
        (NOBODY, RIGHT, "nobody"),
        (NOBODYS_NUMBER, RIGHT, "nobody"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_proven_changes_nothing_and_is_the_desks(
    world: World, claim: ClaimMade, pin: str, effect: str
) -> None:
    kiosk = world.new_kiosk()
    assert told(world, kiosk, claim, pin).effect == "not_proven", "who exists is not told"
    with world.store.read() as db:
        assert set(db.scalars(select(Card.state))) == {"active"}
    assert desk(world) == [("card-loss", f"loss_{effect}")]
    assert failures(world) == 1, "one attempt, counted"


def test_every_attempt_costs_one_verification_whoever_it_is_about(world: World) -> None:
    kiosk = world.new_kiosk()
    for claim, pin in ((ZHANG, WRONG), (NO_PIN, WRONG), (NOBODY, RIGHT), (DEFAULT, DEFAULT_PIN), (ZHANG, RIGHT)):
        before = world.hasher.verifications
        told(world, kiosk, claim, pin)
        assert world.hasher.verifications == before + 1


@pytest.mark.parametrize("kind", ["reset", "pin", "ticket"])
def test_a_pin_sealed_for_something_else_proves_no_loss(world: World, kind: str) -> None:
    kiosk = world.new_kiosk()
    report = loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, RIGHT, kind))
    assert taken(world, kiosk, envelope(kiosk, report)).effect == "not_proven"


def test_a_pin_sealed_for_another_claim_proves_no_loss(world: World) -> None:
    kiosk = world.new_kiosk()
    report = loss(kiosk, DEFAULT, sealed_pin(kiosk, ZHANG, RIGHT))
    assert taken(world, kiosk, envelope(kiosk, report)).effect == "not_proven"
    assert state(world) == "active"


def test_without_any_proof_nothing_is_blocked(world: World) -> None:
    kiosk = world.new_kiosk()
    for session in ("", "made-up"):
        report = loss(kiosk, ZHANG, None, session)
        assert taken(world, kiosk, envelope(kiosk, report)).effect == "not_proven"
    assert state(world) == "active"


def test_who_was_verified_when_the_line_broke_stays_so(world: World) -> None:
    kiosk = world.new_kiosk()
    report = loss(kiosk, ZHANG_NUMBER, None, session(world, kiosk))
    world.move(hours=5)
    assert taken(world, kiosk, envelope(kiosk, report)).effect == "blocked"


def test_a_session_that_was_over_when_it_was_told_proves_nothing(world: World) -> None:
    kiosk = world.new_kiosk()
    token = session(world, kiosk)
    world.move(minutes=20)
    report = loss(kiosk, ZHANG_NUMBER, None, token)
    assert taken(world, kiosk, envelope(kiosk, report)).effect == "not_proven"


def test_a_card_lost_already_is_said_and_nothing_more(world: World) -> None:
    kiosk = world.new_kiosk()
    assert told(world, kiosk, ZHANG, RIGHT).effect == "blocked"
    assert told(world, kiosk, ZHANG, WRONG).effect == "already_lost", "the card itself says so to whoever taps it"
    assert told(world, kiosk, ZHANG_NUMBER, RIGHT).effect == "already_lost"
    assert desk(world) == []


def test_a_card_reported_lost_opens_nothing(world: World) -> None:
    kiosk = world.new_kiosk()
    told(world, kiosk, ZHANG_NUMBER, RIGHT)
    assert isinstance(attempt(world, kiosk, ZHANG, RIGHT), PinDenied)
    assert isinstance(attempt(world, kiosk, ZHANG_NUMBER, RIGHT), PinAccepted), "its owner is still its owner"


def test_delivered_many_times_at_once_it_takes_effect_once(world: World) -> None:
    kiosk = world.new_kiosk()
    for pin, tickets in ((WRONG, 1), (RIGHT, 1)):
        sealed = envelope(kiosk, loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, pin)))
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda _, sealed=sealed: world.take(kiosk, sealed), range(AT_ONCE)))
        assert len({(answer.status, answer.body) for answer in answers}) == 1  # type: ignore[union-attr]
        assert len(desk(world)) == tickets
    assert failures(world) == 0, "one wrong one was counted, the right one forgot it"
    assert state(world) == "lost"


def test_a_hub_that_ends_before_the_pin_is_judged_counts_it_once(world: World) -> None:
    kiosk = world.new_kiosk()
    sealed = envelope(kiosk, loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, WRONG)))
    for _ in range(3):
        with world.store.write() as db:
            row = db.get_one(Kiosk, kiosk.id)
            assert isinstance(take(db, world.book, world.house, row, sealed, world.now), Unproven)
    assert failures(world) == 1
    assert taken(world, kiosk, sealed).effect == "not_proven"
    assert failures(world) == 1


def test_the_same_id_with_another_pin_is_no_second_try(world: World) -> None:
    kiosk = world.new_kiosk()
    op, report = new_op(), loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, WRONG))
    assert taken(world, kiosk, envelope(kiosk, report, op)).effect == "not_proven"
    again = msgspec.structs.replace(report, proof=sealed_pin(kiosk, ZHANG, RIGHT))
    assert refused(world.take(kiosk, envelope(kiosk, again, op))) == (409, "other_content")
    assert state(world) == "active"


def test_after_too_many_wrong_ones_it_waits_and_is_judged_later(world: World) -> None:
    kiosk = world.new_kiosk()
    for _ in range(5):
        told(world, kiosk, ZHANG, WRONG)
    sealed = envelope(kiosk, loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, RIGHT)))
    for _ in range(2):
        answer = world.take(kiosk, sealed)
        assert refused(answer) == (429, "locked")
        assert getattr(answer, "retry_after", 0) == 16
    with world.store.read() as db:
        assert db.get(Operation, sealed.context.op) is None, "not answered: it may come again"
    world.move(seconds=16)
    assert taken(world, kiosk, sealed).effect == "blocked"


def test_a_number_is_given_to_one_report_only(world: World) -> None:
    kiosk = world.new_kiosk()
    report = loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, RIGHT))
    assert taken(world, kiosk, envelope(kiosk, report)).effect == "blocked"
    ticket = kiosk.report(reference=report.reference)
    answer = world.take(kiosk, kiosk.envelope(ticket))
    assert isinstance(answer, Answer)
    made = msgspec.json.decode(answer.body, type=TicketAnswer)
    assert made.instead_of == report.reference != made.reference
    again = msgspec.structs.replace(loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, RIGHT)), reference=made.reference)
    other = taken(world, kiosk, envelope(kiosk, again))
    assert (other.instead_of, other.effect) == (made.reference, "already_lost")
    assert len({report.reference, made.reference, other.reference}) == 3


@settings(
    max_examples=examples(15, 300),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_any_deliveries_in_any_order_leave_what_the_first_of_each_said(world: World, data: st.DataObject) -> None:
    """Every report is answered alike however often it comes, and the card is blocked from the first proven one on."""
    with world.store.write() as db:
        db.get_one(Card, ZHANG.uid).state = "active"
    kiosk = world.new_kiosk()
    pins = data.draw(st.lists(st.sampled_from([RIGHT, WRONG, ""]), min_size=1, max_size=4))
    sealed = [
        envelope(kiosk, loss(kiosk, ZHANG_NUMBER, sealed_pin(kiosk, ZHANG_NUMBER, pin) if pin else None))
        for pin in pins
    ]
    order = data.draw(st.lists(st.sampled_from(range(len(sealed))), min_size=1, max_size=10))
    said: dict[int, LossAnswer] = {}
    blocked = False
    for index in order:
        answer = taken(world, kiosk, sealed[index])
        if index not in said:
            wanted = "not_proven" if pins[index] != RIGHT else "already_lost" if blocked else "blocked"
            assert answer.effect == wanted
            blocked = blocked or pins[index] == RIGHT
        assert said.setdefault(index, answer) == answer
        assert state(world) == ("lost" if blocked else "active")
    with world.store.read() as db:
        losses = db.scalars(select(CardLoss.reference).where(CardLoss.kiosk == kiosk.id)).all()
    assert sorted(losses) == sorted(answer.reference for answer in said.values())


def test_feedback_is_counted_once_and_tied_to_nobody(world: World) -> None:
    kiosk = world.new_kiosk()
    op = new_op()
    payload = msgspec.json.encode(Feedback("zh", "article:wifi", "solved", kiosk.now()))
    sealed = kiosk.seal(payload, op, op, kind="feedback")
    assert world.take(kiosk, sealed) == world.take(kiosk, sealed)
    with world.store.read() as db:
        (row,) = db.scalars(select(Rating))
        operation = db.get_one(Operation, op)
    assert (row.about, row.mark, row.day, row.kiosk) == ("article:wifi", "solved", "2026-11-16", "A12")
    columns = {str(value) for value in (row.key, row.kiosk, row.day, row.about, row.mark, row.reasons, row.words)}
    assert op not in columns
    assert operation.at == world.now - timedelta(hours=10)
    assert f"{world.now:%H:%M:%S}" not in operation.body.decode()
    bad = kiosk.seal(msgspec.json.encode(Feedback("zh", "x", "hm", kiosk.now())), new_op(), kind="feedback")
    assert refused(world.take(kiosk, bad)) == (422, "malformed")


def session(world: World, kiosk: HubKiosk) -> str:
    answer = attempt(world, kiosk, ZHANG_NUMBER, RIGHT)
    assert isinstance(answer, PinAccepted)
    return answer.session


def attempt(world: World, kiosk: HubKiosk, claim: ClaimMade, pin: str) -> PinAccepted | PinDenied:
    with world.store.write() as db:
        token = buy_token(db, kiosk.assertion(), world.now)
    assert isinstance(token, Token)
    bearer = f"Bearer {token.token}"
    made = kiosk.attempt(claim, pin)
    answer = try_pin(world.store, world.keys, world.hasher, bearer, made, world.clock, latin=False)
    assert isinstance(answer, PinAccepted | PinDenied), answer
    return answer
