"""What is announced is shown where and while it is true, the pressing things first."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.announcements import AHEAD, MOST_SHOWN, Announcement, AnnouncementKind, known_outage, shown
from kiosk.domain.text import Text

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

_some = st.builds(
    Announcement,
    id=st.text("abc", min_size=1, max_size=4),
    kind=st.sampled_from(AnnouncementKind),
    title=st.just(Text("标题", "Title")),
    text=st.just(Text("", "")),
    starts_at=st.integers(-200, 200).map(lambda hours: NOW + hours * HOUR),
    ends_at=st.integers(-200, 200).map(lambda hours: NOW + hours * HOUR),
    published_at=st.integers(-200, 0).map(lambda hours: NOW + hours * HOUR),
    service=st.sampled_from(["", "network", "door"]),
    buildings=st.lists(st.sampled_from(["library", "gym"]), max_size=2).map(tuple),
)


@given(st.lists(_some, max_size=20))
def test_only_what_is_true_here_and_now_is_shown_and_pressing_things_come_first(many: list[Announcement]) -> None:
    current = shown(many, "library", NOW)
    assert len(current) <= MOST_SHOWN
    for one in current:
        assert one.concerns("library")
        assert one.ends_at > NOW
        assert one.starts_at <= NOW or (one.kind is AnnouncementKind.PLANNED and one.starts_at <= NOW + AHEAD)
    kinds = [list(AnnouncementKind).index(one.kind) for one in current]
    assert kinds == sorted(kinds)


@given(st.lists(_some, max_size=20))
def test_a_known_outage_is_of_that_service_at_that_place(many: list[Announcement]) -> None:
    found = known_outage(many, "network", "gym", NOW)
    if found is not None:
        assert (found.kind, found.service) == (AnnouncementKind.OUTAGE, "network")
        assert found.concerns("gym")
