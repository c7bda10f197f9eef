"""What is said of a report that stands in nobody's name because too many were made in that name already."""

from kiosk.domain.language import Language
from kiosk.services.requests import ChooseService, ChooseSymptom, Open, Start, Submit
from kiosk.services.views import DonePage
from tests.services.a_station import AStation, accepted, replace


def handed_in(*, named: bool) -> AStation:
    station = AStation().press(Start(Language.ZH)).tap()
    station.press(Open("report"), ChooseService("network"), ChooseSymptom("s0"), Submit())
    return station.delivered(replace(accepted("A12-0001-K"), named=named))


def done(station: AStation) -> DonePage:
    page = station.view.page
    assert isinstance(page, DonePage)
    return page


def test_it_is_said_that_it_is_in_nobodys_name_and_how_the_answer_is_found() -> None:
    page = done(handed_in(named=False))
    assert page.notice is not None
    assert page.notice.title == "这次没有记在名下"
    assert page.steps[-1].text == "凭编号在任何一台终端或服务台查。"
    assert page.reference == "A12-0001-K"


def test_the_slip_says_how_the_answer_is_found_too() -> None:
    named, unnamed = (handed_in(named=named).printer.slips[-1][1] for named in (True, False))
    assert "在任何一台终端报这个编号都能查。" in unnamed.body
    assert "在任何一台终端报这个编号都能查。" not in named.body


def test_an_ordinary_report_says_nothing_of_the_kind() -> None:
    page = done(handed_in(named=True))
    assert (page.notice, page.steps[-1].text) == (None, "发到你在学校登记的联系方式，这里不显示。")
