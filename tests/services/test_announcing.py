"""What staff announce stands on start and home in both languages, and opens by touch."""

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.campus import Target
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, NotSavedReason
from kiosk.domain.queueable import MeTooDraft
from kiosk.domain.text import Text
from kiosk.services import requests
from kiosk.services.views import (
    AttractPage,
    DetailsPage,
    DoneKind,
    DonePage,
    HomePage,
    NoticesPage,
    PromisePage,
    Screen,
)
from tests.services.a_station import NOW, ZHANG, AStation

TONIGHT = Announcement(
    id="tonight",
    kind=AnnouncementKind.PLANNED,
    title=Text("登录维护", "Sign-in maintenance"),
    text=Text("期间登录不了。", "No sign-in meanwhile."),
    starts_at=NOW + timedelta(hours=8),
    ends_at=NOW + timedelta(hours=9),
    published_at=NOW,
)
OUTAGE = replace(TONIGHT, id="now", kind=AnnouncementKind.OUTAGE, service="network", starts_at=NOW - timedelta(hours=1))


def _station(*announced: Announcement) -> AStation:
    station = AStation()
    assert station.session.campus is not None
    station.session.campus = replace(
        station.session.campus, announcements=announced, targets=(Target("P1", "2h", "1d", always=False),)
    )
    station.station.beat()
    return station


def test_the_start_page_says_it_in_both_languages_with_its_time() -> None:
    page = _station(TONIGHT).view.page
    assert isinstance(page, AttractPage)
    assert (page.notice_zh, page.notice_en) == (
        "今天 22:26–23:26 登录维护",
        "today 22:26–23:26 Sign-in maintenance",
    )


def test_nothing_announced_leaves_no_line() -> None:
    assert _station().view.page == replace_notice(_station(TONIGHT).view.page)


def replace_notice(page: object) -> AttractPage:
    assert isinstance(page, AttractPage)
    return AttractPage(page.reader_position, page.reader_zh, page.reader_en)


def test_home_leads_to_all_notices_and_on_to_the_promise() -> None:
    station = _station(TONIGHT, OUTAGE).press(requests.Start(Language.EN))
    home = station.view.page
    assert isinstance(home, HomePage)
    assert home.notice == "Sign-in maintenance"
    notices = station.press(requests.Open("notices")).view.page
    assert isinstance(notices, NoticesPage)
    assert [row.id for row in notices.rows] == ["now", "tonight"]
    promise = station.press(requests.Open("promise")).view.page
    assert isinstance(promise, PromisePage)
    assert promise.targets[0].hint == "Answer in 2 hours, solved in 1 working day (desk time)"
    assert station.press(requests.Open("report")).screen is Screen.CATEGORY


def test_an_announcement_that_ends_leaves_the_screen_by_itself() -> None:
    station = _station(replace(OUTAGE, ends_at=NOW + timedelta(minutes=1)))
    assert isinstance(station.view.page, AttractPage)
    assert station.view.page.notice_zh
    assert isinstance(station.wait(61).view.page, AttractPage)
    assert station.view.page == replace_notice(station.view.page)


def _at_a_network_report(*announced: Announcement) -> AStation:
    return _station(*announced).tap().press(requests.Open("report"), requests.ChooseService("network"))


def test_a_known_outage_stands_beside_the_report_and_only_where_it_is() -> None:
    page = _at_a_network_report(OUTAGE).view.page
    assert isinstance(page, DetailsPage)
    assert page.known is not None
    assert page.known.title == "登录维护"
    elsewhere = _at_a_network_report(replace(OUTAGE, buildings=("gym",))).view.page
    assert isinstance(elsewhere, DetailsPage)
    assert elsewhere.known is None


def test_me_too_is_one_touch_and_makes_no_ticket() -> None:
    station = _at_a_network_report(OUTAGE).press(requests.Open("me_too"))
    assert station.screen is Screen.DONE
    [draft] = station.outbox.me_too
    assert draft == MeTooDraft(Language.ZH, "now", "library", ZHANG)
    done = station.view.page
    assert isinstance(done, DonePage)
    assert (done.kind, done.reference) == (DoneKind.SAVED, "")


def test_mine_is_different_leads_on_to_the_report() -> None:
    station = _at_a_network_report(OUTAGE).press(requests.Open("outage"))
    assert station.screen is Screen.OUTAGE
    assert station.press(requests.Open("not_mine")).screen is Screen.DETAILS


def test_with_large_text_the_outage_is_asked_before_the_form() -> None:
    station = _station(OUTAGE).tap().press(requests.ToggleAid("large"), requests.Open("report"))
    assert station.press(requests.ChooseService("network")).screen is Screen.OUTAGE


def test_me_too_that_cannot_be_kept_is_not_called_noted() -> None:
    station = _at_a_network_report(OUTAGE)
    station.outbox.outcome = NotSaved(NotSavedReason.DISK_FULL)
    done = station.press(requests.Open("me_too")).view.page
    assert isinstance(done, DonePage)
    assert done.kind is DoneKind.NOT_SAVED
