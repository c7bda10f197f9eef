"""The page of a kiosk nobody knows: what it shows comes from the hub, and what is over is not shown."""

import pytest

from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.references import NumberBlock
from kiosk.services.enrolling import Approved, Asked, CodeGiven, Enrolling
from kiosk.services.views import EnrolPage, NoticeKind, View
from kiosk.words import say, table

HUB = "https://hub.example.edu:8443"
GIVEN = CodeGiven("KWQDXMPT", 860, 3, (0, 1, 2, 255))


class Screen:
    def __init__(self) -> None:
        self.now = 100.0
        self.pages: list[EnrolPage] = []
        self.enrolling = Enrolling(HUB, lambda: self.now, self._show)

    def _show(self, view: View) -> None:
        assert isinstance(view.page, EnrolPage)
        self.pages.append(view.page)

    def after(self, outcome: Asked) -> EnrolPage:
        self.enrolling.told(outcome)
        return self.pages[-1]


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_the_code_stands_there_in_two_groups_with_words_and_the_time_it_has_left(screen: Screen) -> None:
    page = screen.after(GIVEN)
    assert (page.code, page.qr) == ("KWQD XMPT", f"{HUB}/console/kiosks?code=KWQDXMPT")
    for words, language in ((page.words_zh, Language.ZH), (page.words_en, Language.EN)):
        listed = say(language, "fingerprint.words").split()
        assert words.split(" · ") == [listed[place] for place in GIVEN.words]
    assert page.left_en == say(Language.EN, "enrol.left", left="14:20")
    screen.now += 61
    screen.enrolling.beat()
    assert screen.pages[-1].left_en == say(Language.EN, "enrol.left", left="13:19")


def test_what_says_the_same_is_not_shown_again(screen: Screen) -> None:
    screen.after(GIVEN)
    shown = len(screen.pages)
    screen.enrolling.beat()
    assert len(screen.pages) == shown


def test_a_code_that_is_over_is_not_shown_any_more(screen: Screen) -> None:
    screen.after(GIVEN)
    screen.now += GIVEN.seconds
    screen.enrolling.beat()
    page = screen.pages[-1]
    assert (page.code, page.qr, page.words_zh, page.left_zh) == ("", "", "", "")


def test_a_code_stays_while_the_line_is_away(screen: Screen) -> None:
    screen.after(GIVEN)
    page = screen.after(Unreachable(Unreached.NO_CONNECTION))
    assert (page.code, page.kind) == ("KWQD XMPT", NoticeKind.WARN)


@pytest.mark.parametrize(
    ("outcome", "key", "kind"),
    [
        (GIVEN, "waiting", NoticeKind.OK),
        (Approved("lib-1f-1", NumberBlock.fresh("A12", 1, 200), (), ""), "approved", NoticeKind.OK),
        (Unreachable(Unreached.TIMED_OUT), "unreached", NoticeKind.WARN),
        (Unreachable(Unreached.NOT_THE_HUB), "not_the_hub", NoticeKind.WARN),
        (Unreachable(Unreached.WRONG_CERTIFICATE), "wrong_certificate", NoticeKind.DANGER),
        (Refused("other_authority"), "wrong_certificate", NoticeKind.DANGER),
        (Refused("too_many_waiting"), "refused", NoticeKind.WARN),
    ],
)
def test_how_it_stands_is_said_in_both_languages(screen: Screen, outcome: Asked, key: str, kind: NoticeKind) -> None:
    page = screen.after(outcome)
    assert [row.title for row in page.state] == [say(language, f"enrol.{key}") for language in Language]
    assert page.hub == HUB
    assert page.kind is kind


@pytest.mark.parametrize("language", Language)
def test_each_list_has_256_words_nobody_takes_for_another(language: Language) -> None:
    words = table(language, "fingerprint")["words"].split()
    assert len(words) == len({word.casefold() for word in words}) == 256
