"""The page of the one-time code says that one was sent only when the hub has said so, and where it went."""

from datetime import timedelta

from kiosk.domain.language import Language
from kiosk.domain.outcomes import CodeOnTheWay, CodeWait, Unreachable, Unreached
from kiosk.services.hub_requests import CheckCode, SendCode
from kiosk.services.requests import Choose, Open, Start
from kiosk.services.views import CodePage, Screen
from tests.services.a_station import NOW, AStation

ON_PHONE = CodeOnTheWay("phone", "", NOW + timedelta(minutes=10), NOW + timedelta(minutes=1))
ON_EMAIL = CodeOnTheWay("email", "", NOW + timedelta(minutes=10), NOW + timedelta(minutes=1))
TO_PHONE = "已发到你在学校登记的手机。号码不在这里显示。"
TO_EMAIL = "已发到你在学校登记的邮箱。地址不在这里显示。"


def at_code() -> AStation:
    """The first code went to the phone."""
    station = AStation().press(Start(Language.ZH)).tap()
    return station.press(Open("tickets"), Open("by_code")).answer(ON_PHONE)


def page(station: AStation) -> CodePage:
    found = station.view.page
    assert isinstance(found, CodePage)
    return found


def type_all(station: AStation) -> AStation:
    return station.press(*(Choose(Screen.CODE, "key", digit) for digit in "407162"))


def test_another_channel_is_named_only_when_the_code_went_there() -> None:
    station = at_code().press(Open("email"))
    assert (page(station).text, page(station).locked) == ("正在发送验证码…", True)
    station.answer(ON_EMAIL)
    assert (page(station).text, page(station).locked) == (TO_EMAIL, False)


def test_digits_typed_while_another_code_is_on_its_way_are_not_judged_as_the_old_one() -> None:
    station = type_all(at_code().press(Open("email")))
    assert page(station).digits == ""
    assert not any(isinstance(asked, CheckCode) for asked in station.hub.asked)
    sent = station.hub.asked[-1]
    assert isinstance(sent, SendCode)
    type_all(station.answer(ON_EMAIL))
    checked = station.hub.asked[-1]
    assert isinstance(checked, CheckCode)
    assert checked.op == sent.op


def test_a_code_that_may_not_be_sent_yet_is_called_so_and_the_one_on_the_phone_still_counts() -> None:
    station = at_code().press(Open("email")).answer(CodeWait(NOW + timedelta(minutes=4)))
    assert (page(station).text, page(station).locked) == (TO_PHONE, False)
    notice = page(station).notice
    assert notice is not None
    assert (notice.title, notice.text.startswith("14:30")) == ("现在不能再发验证码", True)
    asked = len(station.hub.asked)
    station.press(Open("email"))
    assert (len(station.hub.asked), page(station).text) == (asked, TO_PHONE)
    type_all(station)
    assert isinstance(station.hub.asked[-1], CheckCode)


def test_a_lost_answer_about_another_code_claims_nothing_about_it() -> None:
    station = at_code().press(Open("email")).answer(Unreachable(Unreached.TIMED_OUT))
    assert page(station).text == TO_PHONE
    notice = page(station).notice
    assert notice is not None
    assert notice.title == "不知道新的验证码发出去没有"
