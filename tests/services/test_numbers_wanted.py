"""A kiosk asks for numbers again where it got none, not at once; and for others where it gives some again."""

import pytest

from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Refused, TicketAccepted, Unreachable, Unreached
from kiosk.domain.parcels import Parcel
from kiosk.services.delivery import ANSWER_WITHIN
from kiosk.services.hub_requests import (
    Deliver,
    DeliveredTogether,
    DeliverTogether,
    FetchNumbers,
    HubAnswered,
    HubOutcome,
)
from tests.services.test_delivery import NOW, Desk


@pytest.mark.parametrize("outcome", [Refused("numbers_used_up"), Unreachable(Unreached.HUB_ERROR, by_hub=True)])
def test_a_hub_that_has_no_numbers_is_not_asked_again_at_once(outcome: HubOutcome) -> None:
    desk = Desk()
    desk.outbox.wanted = OpId.new()
    request = FetchNumbers(desk.outbox.wanted)
    desk.delivery.beat()
    desk.delivery.answered(HubAnswered(request, outcome))
    for _ in range(10):
        desk.clock.passed += 1.0
        desk.delivery.beat()
    assert desk.hub.requests == [request]
    desk.clock.passed += ANSWER_WITHIN
    desk.delivery.beat()
    assert desk.hub.requests == [request, request], "under the same id: no block is lost on the way"


@pytest.mark.parametrize(("answered", "doubted"), [("the one sent", False), ("A12-0201-N", True)])
@pytest.mark.parametrize("together", [False, True])
def test_an_answer_with_another_number_than_was_sent_makes_the_kiosk_doubt_what_it_has(
    together: bool, answered: str, doubted: bool
) -> None:
    desk = Desk()
    op, other = OpId.new(), OpId.new()
    parcels = tuple(Parcel(each, OperationClass.TICKET, f"number of {each}", 1, b"") for each in (other, op))
    numbers = [parcels[0].aggregate, answered if doubted else parcels[1].aggregate]
    outcomes = tuple(TicketAccepted(number, NOW, None, None) for number in numbers)
    if together:
        desk.delivery.answered(HubAnswered(DeliverTogether(parcels), DeliveredTogether(outcomes)))
    else:
        desk.delivery.answered(HubAnswered(Deliver(parcels[1]), outcomes[1]))
    assert desk.outbox.doubted is doubted
