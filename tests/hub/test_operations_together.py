"""Operations that come together take effect once each, as if each had come alone; no one of them costs the others."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import msgspec
import pytest
from sqlalchemy import func, select

from kiosk.hub.services import operations
from kiosk.hub.services.operations import Answer, carry_out
from kiosk.hub.services.operations_together import carry_out_all
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.tables import Operation, PinCounter, Row, Ticket
from kiosk.wire.enrolment import Token
from kiosk.wire.envelope import Envelope
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_card_losses import WRONG, ZHANG, envelope, loss, sealed_pin
from tests.hub.test_operations import refused

MANY = 12


def bearer(world: World, kiosk: HubKiosk) -> str:
    with world.store.write() as db:
        token = buy_token(db, kiosk.assertion(), world.now)
    assert isinstance(token, Token)
    return f"Bearer {token.token}"


def together(world: World, kiosk: HubKiosk, envelopes: Sequence[Envelope]) -> list[Answer | No]:
    outcome = carry_out_all(world, world.house, bearer(world, kiosk), envelopes)
    assert not isinstance(outcome, No)
    return outcome


def reports(kiosk: HubKiosk, count: int = MANY) -> list[Envelope]:
    return [kiosk.envelope(kiosk.report(note=f"{made}")) for made in range(count)]


def held(world: World, table: type[Row]) -> int:
    with world.store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def test_what_comes_together_takes_effect_once_each_and_is_answered_as_alone(world: World) -> None:
    kiosk = world.new_kiosk()
    sent = reports(kiosk)
    first = together(world, kiosk, sent)
    assert [answer.status for answer in first] == [200] * MANY
    assert held(world, Ticket) == MANY
    world.move(hours=3)
    assert together(world, kiosk, sent) == first
    assert [carry_out(world, world.house, bearer(world, kiosk), one) for one in sent] == first
    assert held(world, Ticket) == MANY


def test_the_same_one_twice_in_one_request_has_one_effect(world: World) -> None:
    kiosk = world.new_kiosk()
    (one,) = reports(kiosk, 1)
    first, second = together(world, kiosk, [one, one])
    assert first == second
    assert held(world, Ticket) == 1


def test_one_that_is_refused_takes_none_with_it(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    sent = reports(kiosk)
    sent[3] = kiosk.seal(b"{}", kiosk.next_reference())
    sent[7] = other.envelope(other.report())
    answers = together(world, kiosk, sent)
    assert refused(answers[3]) == (422, "malformed")
    assert refused(answers[7]) == (422, "signature")
    assert held(world, Ticket) == MANY - 2


def test_one_that_needs_its_pin_judged_goes_alone_and_counts_one_try(world: World) -> None:
    kiosk = world.new_kiosk()
    sent = reports(kiosk)
    sent[5] = envelope(kiosk, loss(kiosk, ZHANG, sealed_pin(kiosk, ZHANG, WRONG)))
    first = together(world, kiosk, sent)
    assert [answer.status for answer in first] == [200] * MANY
    assert together(world, kiosk, sent) == first
    with world.store.read() as db:
        assert db.scalar(select(func.sum(PinCounter.failures))) == 1


def test_a_fault_of_the_hub_at_one_is_that_ones_alone(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kiosk = world.new_kiosk()
    sent = reports(kiosk)
    bad = sent[4].context.op
    sound = operations.KINDS["ticket"]

    def effect(doing: Any) -> Any:
        made = sound.effect(doing)
        if doing.context.op == bad:
            raise ZeroDivisionError
        return made

    with monkeypatch.context() as planted:
        planted.setitem(operations.KINDS, "ticket", operations.Kind(effect))
        answers = together(world, kiosk, sent)
    assert [answer.status for answer in answers] == [500 if made == 4 else 200 for made in range(MANY)]
    assert (held(world, Ticket), held(world, Operation)) == (MANY - 1, MANY - 1), "nothing of it stays"
    assert together(world, kiosk, sent)[4].status == 200, "once the fault is mended"
    assert held(world, Ticket) == MANY


def test_together_forwards_and_backwards_at_once_have_one_effect_each(world: World) -> None:
    """On PostgreSQL they wait for each other's rows in opposite orders: one of the two loses, and goes one by one."""
    kiosk = world.new_kiosk()
    sent = reports(kiosk)
    token = bearer(world, kiosk)
    with ThreadPoolExecutor(4) as pool:
        turns = [sent, sent[::-1]] * 2
        found = list(pool.map(lambda turn: carry_out_all(world, world.house, token, turn), turns))
    for turn, outcome in zip(turns, found, strict=True):
        assert not isinstance(outcome, No)
        for one, answer in zip(turn, outcome, strict=True):
            assert isinstance(answer, Answer), answer
            assert msgspec.json.decode(answer.body)["reference"] == one.context.aggregate
    assert held(world, Ticket) == MANY


def test_a_kiosk_that_is_not_trusted_gets_one_no_for_all(world: World) -> None:
    kiosk = world.new_kiosk()
    outcome = carry_out_all(world, world.house, "Bearer nobody's", reports(kiosk))
    assert isinstance(outcome, No)
    assert outcome.status == 401
    assert held(world, Operation) == 0
