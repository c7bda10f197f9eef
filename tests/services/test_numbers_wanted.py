"""A kiosk asks for numbers again where it got none, and leaves the hub in peace meanwhile."""

import pytest

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.services.delivery import ANSWER_WITHIN
from kiosk.services.hub_requests import FetchNumbers, HubAnswered, HubOutcome
from tests.services.test_delivery import Desk


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
