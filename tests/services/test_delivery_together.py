"""A long queue goes together, a slow line still carries something, and no operation pays for another one."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import DeliveryOutcome, Refused, Unreachable, Unreached
from kiosk.domain.parcels import MOST_BYTES_TOGETHER, MOST_TOGETHER, Parcel, packed
from kiosk.services.delivery import LINE_BACK_OFF, MOST_UNDER_WAY
from kiosk.services.hub_requests import Deliver, DeliverTogether, HubAnswered
from tests.services.test_delivery import OFFLINE, Desk, accepted, operations_of


def go(desk: Desk, rounds: int, answer: Callable[[str], DeliveryOutcome]) -> list[int]:
    """How many went in each request, over that many rounds of one beat and its answers."""
    sizes: list[int] = []
    for _ in range(rounds):
        desk.clock.passed += LINE_BACK_OFF.cap
        desk.delivery.beat()
        while desk.hub.requests:
            sizes += [len(operations_of(request)) for request in desk.hub.requests]
            for op in desk.sent():
                desk.answer(op, answer(op))
    return sizes


def test_a_long_queue_goes_together_once_answers_come() -> None:
    desk = Desk()
    waiting = desk.outbox.put(1_000)
    sizes = go(desk, 1, lambda _: accepted())
    assert set(desk.outbox.ended) == set(waiting)
    assert sizes[:MOST_UNDER_WAY] == [1] * MOST_UNDER_WAY, "the first ask whether anybody answers"
    assert max(sizes) == MOST_TOGETHER
    assert len(sizes) < 1_000 / MOST_TOGETHER + 2 * MOST_TOGETHER


def test_a_line_too_slow_for_many_still_carries_a_few() -> None:
    """Requests of more than five get no answer in time."""
    desk = Desk()
    waiting = desk.outbox.put(100)
    go(desk, 1_000, lambda op: OFFLINE if len(operations_of(desk.under_way[op])) > 5 else accepted())
    assert set(desk.outbox.ended) == set(waiting)


def test_one_the_hub_refuses_or_chokes_on_takes_none_with_it_that_went_together() -> None:
    desk = Desk()
    waiting = desk.outbox.put(300)
    bad, poison = waiting[200], waiting[201]
    odd: dict[str, DeliveryOutcome] = {bad: Refused("malformed"), poison: Unreachable(Unreached.HUB_ERROR, by_hub=True)}
    go(desk, 3, lambda op: odd.get(op, accepted()))
    assert {op for op, how in desk.outbox.ended.items() if how == "settled"} == set(waiting) - set(odd)
    assert desk.outbox.ended[bad] == "malformed"
    assert list(desk.outbox.due_at) == [poison]
    assert next(wait for op, wait in desk.outbox.waits if op == poison) > 0


@pytest.mark.parametrize("why", [Unreached.NOT_THE_HUB, Unreached.NOT_TRUSTED, Unreached.HUB_ERROR])
def test_one_answer_among_many_that_says_nothing_is_not_asked_for_again_at_once(why: Unreached) -> None:
    """The line is up, so nothing else would make it wait."""
    desk = Desk()
    odd = desk.outbox.put(100)[50]
    asked = 0
    for _ in range(100):
        desk.clock.passed += 1.0
        desk.delivery.beat()
        while desk.hub.requests:
            for op in desk.sent():
                asked += op == odd
                desk.answer(op, Unreachable(why) if op == odd else accepted())
                assert asked < 100, "again and again"
        desk.outbox.put(3)  # others go on arriving
    assert odd in desk.outbox.due_at
    assert asked < 20


def test_a_hub_that_has_enough_to_do_is_asked_less_and_less_and_gets_it_all_in_the_end() -> None:
    desk = Desk()
    waiting = desk.outbox.put(100)
    busy = Unreachable(Unreached.HUB_ERROR, retry_after=2.0, by_hub=True)
    asked_at: list[float] = []
    while len(asked_at) < 8:
        desk.clock.passed += 0.25
        desk.delivery.beat()
        for request in list(desk.hub.requests):
            desk.hub.requests.remove(request)
            together = isinstance(request, DeliverTogether)
            asked_at += [desk.clock.passed] * together
            desk.delivery.answered(HubAnswered(request, busy if together else accepted()))
    gaps = [later - earlier for earlier, later in pairwise(asked_at) if later > earlier]
    assert min(gaps) >= 2.0, "as it asked"
    assert gaps == sorted(gaps)
    assert gaps[-1] > 2.0
    go(desk, 3, lambda _: accepted())
    assert set(desk.outbox.ended) == set(waiting)


def test_a_hub_that_takes_one_at_a_time_gets_one_at_a_time() -> None:
    desk = Desk()
    waiting = desk.outbox.put(100)
    sizes: list[int] = []
    for _ in range(200):
        desk.delivery.beat()
        for request in list(desk.hub.requests):
            desk.hub.requests.remove(request)
            sizes.append(len(operations_of(request)))
            desk.delivery.answered(HubAnswered(request, accepted() if isinstance(request, Deliver) else Refused("x")))
    assert set(desk.outbox.ended) == set(waiting), "and nothing is buried for it"
    assert set(desk.outbox.ended.values()) == {"settled"}
    assert len([size for size in sizes if size > 1]) <= MOST_UNDER_WAY


@given(
    kinds=st.lists(st.sampled_from(OperationClass), max_size=80),
    size=st.integers(1, MOST_BYTES_TOGETHER // 3),
    most=st.integers(1, MOST_TOGETHER),
)
def test_what_goes_together_keeps_its_order_and_the_hubs_limits(
    kinds: list[OperationClass], size: int, most: int
) -> None:
    parcels = [Parcel(OpId.new(), kind, "", 1, b"x" * size) for kind in kinds]
    packs = packed(parcels, most)
    assert [parcel for pack in packs for parcel in pack] == parcels
    for pack in packs:
        assert 0 < len(pack) <= most
        assert len(pack) == 1 or sum(len(parcel.envelope) for parcel in pack) <= MOST_BYTES_TOGETHER
        assert len(pack) == 1 or all(parcel.kind is not OperationClass.CARD_LOSS for parcel in pack)
