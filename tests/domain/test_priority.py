from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.calendar import DayHours, ServiceHours, due
from kiosk.domain.priority import DEFAULT_TARGETS, Graded, Impact, Priority, Urgency, grade

ZONE = ZoneInfo("Asia/Shanghai")
CAMPUS = ServiceHours(ZONE, (DayHours(time(8), time(18)),) * 5 + (None, None))


@pytest.mark.parametrize(
    ("impact", "low", "normal", "high"),
    [
        (None, "P3", "P3", "P2"),
        (Impact.INCONVENIENT, "P3", "P3", "P2"),
        (Impact.BLOCKED, "P3", "P2", "P1"),
        (Impact.MANY, "P2", "P1", "P1"),
    ],
)
def test_priority_follows_impact_and_urgency(impact: Impact | None, low: str, normal: str, high: str) -> None:
    assert [grade(impact, urgency).priority for urgency in Urgency] == [low, normal, high]


def test_no_visitor_can_make_a_p0() -> None:
    graded = {(impact, urgency): grade(impact, urgency) for impact in [None, *Impact] for urgency in Urgency}
    assert all(result.priority is not Priority.P0 for result in graded.values())
    assert [key for key, result in graded.items() if result.suspected_p0] == [(Impact.MANY, Urgency.HIGH)]


def test_more_impact_or_urgency_never_lowers_the_priority() -> None:
    for impact, more in zip(Impact, list(Impact)[1:], strict=False):
        for urgency in Urgency:
            assert grade(more, urgency).priority <= grade(impact, urgency).priority
    for urgency, more_urgent in zip(Urgency, list(Urgency)[1:], strict=False):
        for impact in Impact:
            assert grade(impact, more_urgent).priority <= grade(impact, urgency).priority


def test_only_a_suspicion_can_be_confirmed() -> None:
    assert Graded(Priority.P1, suspected_p0=True).confirmed() == Graded(Priority.P0)
    assert Graded(Priority.P1).confirmed() == Graded(Priority.P1)


@pytest.mark.parametrize(
    ("priority", "respond_by", "resolve_by"),
    [
        (Priority.P0, "2026-11-20T17:15", "2026-11-20T21:00"),
        (Priority.P1, "2026-11-23T09:00", "2026-11-23T15:00"),
        (Priority.P2, "2026-11-23T15:00", "2026-11-25T17:00"),
        (Priority.P3, "2026-11-24T17:00", "2026-11-27T17:00"),
    ],
)
def test_a_report_on_friday_at_five_has_these_target_times(
    priority: Priority, respond_by: str, resolve_by: str
) -> None:
    start = datetime(2026, 11, 20, 17, 0, tzinfo=ZONE)
    targets = DEFAULT_TARGETS[priority]
    assert due(start, targets.respond, CAMPUS).replace(tzinfo=None).isoformat("T", "minutes") == respond_by
    assert due(start, targets.resolve, CAMPUS).replace(tzinfo=None).isoformat("T", "minutes") == resolve_by
