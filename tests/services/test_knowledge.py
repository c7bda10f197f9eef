"""Finding out by oneself, as one visitor meets it: nothing is asked twice, and nothing is counted with a name."""

from dataclasses import replace
from datetime import date
from typing import TypeVar

import pytest

from kiosk.domain.articles import Article, ArticlePair, Block, BlockKind, Item, Topic
from kiosk.domain.campus import Text
from kiosk.domain.devices import PrinterState
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NoPaper, Printed
from kiosk.domain.queueable import FeedbackDraft, Mark
from kiosk.services import article_page, requests
from kiosk.services.article_requests import (
    ArticleOutcome,
    ArticleRequest,
    ArticlesAnswered,
    ArticlesChanged,
    FindArticles,
    FoundArticle,
    FoundArticles,
    ListArticles,
    NoArticle,
    ReadArticle,
    SuggestArticles,
)
from kiosk.services.requests import Back, ChooseLanguage, Open, SearchFor, Start, Submit
from kiosk.services.views import ArticlePage, DetailsPage, Screen, SearchPage, TopicPage, TopicsPage
from tests.services.a_station import AStation
from tests.services.test_announcing import OUTAGE

ZH, EN = Language.ZH, Language.EN
PageOf = TypeVar("PageOf")
WIFI = Topic("wifi", "wifi-high", Text("网络", "Network"), Text("连不上", "No connection"))


def article(id: str = "wifi-forget", **more: object) -> ArticlePair:
    steps = Block(BlockKind.STEPS, items=(Item("打开设置", "点右边。"), Item("点忘记网络")))
    zh = Article(
        id=id,
        language=ZH,
        title="改密码后连不上",
        summary="忘记网络。",
        topic="wifi",
        tags=(),
        asked=(),
        owner="network",
        reviewed=date(2026, 10, 1),
        minutes=2,
        devices=("iPhone",),
        service="network",
        symptom="none",
        action="",
        weight=9,
        blocks=(steps,),
    )
    zh = replace(zh, **more)  # type: ignore[arg-type]
    return ArticlePair(zh, replace(zh, language=EN, title="After a change", summary="Forget it."))


def found(*pairs: ArticlePair) -> FoundArticles:
    return FoundArticles(
        tuple(
            FoundArticle(
                p.id,
                Text(p.zh.title, p.en.title),
                Text(p.zh.summary, p.en.summary),
                p.zh.action,
                service=p.zh.service,
            )
            for p in pairs
        )
    )


class Visit(AStation):
    """A visit of nobody; ``reply`` answers the latest question of a kind."""

    def __init__(self, printer: PrinterState = PrinterState.READY, language: Language = ZH) -> None:
        super().__init__(printer)
        self.station.articles(ArticlesChanged("1", (WIFI,)))
        self.press(Start(language))

    def reply(self, kind: type[ArticleRequest], outcome: ArticleOutcome) -> "Visit":
        asked = [request for request in self.articles.asked if isinstance(request, kind)]
        self.station.articles(ArticlesAnswered(asked[-1], outcome))
        return self

    def reads(self, pair: ArticlePair) -> "Visit":
        self.press(Open(f"article:{pair.id}"))
        return self.reply(ReadArticle, pair)


def page(visit: AStation, kind: type[PageOf]) -> PageOf:
    assert isinstance(visit.view.page, kind)
    return visit.view.page


def test_home_leads_to_the_search_and_to_the_topics() -> None:
    visit = Visit()
    assert visit.press(Open("search")).screen is Screen.SEARCH
    assert visit.press(Back()).screen is Screen.HOME
    visit.press(Open("knowledge"))
    visit.reply(ListArticles, found(article()))
    shown = page(visit, TopicsPage)
    assert [row.id for row in shown.topics] == ["topic:wifi"]
    assert [row.id for row in shown.helpful] == ["article:wifi-forget"]


def test_a_topic_lists_its_articles_and_goes_back_to_the_topics() -> None:
    visit = Visit()
    visit.press(Open("knowledge"), Open("topic:wifi"))
    assert page(visit, TopicPage).loading
    visit.reply(ListArticles, found(article(), article("other")))
    assert [row.id for row in page(visit, TopicPage).rows] == ["article:wifi-forget", "article:other"]
    assert visit.press(Back()).screen is Screen.TOPICS


def test_every_letter_is_searched_for_and_an_older_answer_is_dropped() -> None:
    visit = Visit()
    visit.press(Open("search"), SearchFor("w"), SearchFor("wi"))
    older, newer = [request for request in visit.articles.asked if isinstance(request, FindArticles)]
    visit.station.articles(ArticlesAnswered(newer, found(article())))
    visit.station.articles(ArticlesAnswered(older, found(article("old"))))
    assert [row.id for row in page(visit, SearchPage).rows] == ["article:wifi-forget"]


def test_nothing_found_says_so_and_leads_to_a_report() -> None:
    visit = Visit()
    visit.press(Open("search"), SearchFor("xyz")).reply(FindArticles, found())  # type: ignore[attr-defined]
    assert "xyz" in page(visit, SearchPage).empty_title
    assert visit.press(Open("report")).screen is Screen.CATEGORY


def test_what_can_be_done_here_at_once_stands_first_and_opens_its_flow() -> None:
    visit = Visit()
    visit.press(Open("search"), SearchFor("报修"))
    visit.reply(FindArticles, found(article(), article("how-to-report", action="report")))
    (direct,) = page(visit, SearchPage).direct
    assert visit.press(Open(direct.id)).screen is Screen.CATEGORY


@pytest.mark.parametrize("action", ["nothing_like_it", ""])
def test_what_no_flow_offers_is_not_shown(action: str) -> None:
    visit = Visit()
    visit.press(Open("search"), SearchFor("x"))
    visit.reply(FindArticles, found(article(action=action)))
    assert page(visit, SearchPage).direct == ()


def test_the_text_is_still_there_after_an_article_and_gone_with_the_visit() -> None:
    visit = Visit()
    visit.press(Open("search"), SearchFor("wifi"))
    visit.reply(FindArticles, found(article())).reads(article()).press(Back())
    assert page(visit, SearchPage).text == "wifi"
    visit.press(requests.End(), Start(ZH), Open("search"))
    assert page(visit, SearchPage) == replace_text(page(visit, SearchPage))


def replace_text(shown: SearchPage) -> SearchPage:
    assert (shown.text, shown.rows, shown.direct) == ("", (), ())
    return shown


def test_in_another_language_it_is_searched_for_again() -> None:
    visit = Visit()
    visit.press(Open("search"), SearchFor("wifi"), ChooseLanguage(EN))
    assert visit.articles.asked[-1] == FindArticles(visit.articles.asked[-1].number, "wifi", EN)


def test_solved_is_counted_and_ends_the_visit() -> None:
    visit = Visit()
    visit.reads(article()).press(Open("solved"))
    assert visit.screen is Screen.ATTRACT
    assert visit.outbox.marks == [FeedbackDraft(ZH, "article:wifi-forget", Mark.SOLVED)]


def test_still_stuck_is_counted_once_and_nothing_is_asked_twice() -> None:
    visit = Visit()
    visit.reads(article(symptom="s1")).press(Open("stuck"), Back(), Open("stuck"))
    shown = page(visit, DetailsPage)
    assert (shown.symptom, shown.can_submit) == ("s1", True)
    assert [draft.mark for draft in visit.outbox.marks] == [Mark.STILL_STUCK]
    visit.press(Submit(), Open("look"))
    (ticket,) = visit.outbox.drafts
    assert (ticket.service, ticket.symptom, ticket.article) == ("network", "s1", "wifi-forget")


def test_with_large_text_a_known_outage_comes_first_and_what_the_article_says_is_not_lost() -> None:
    visit = Visit()
    assert visit.session.campus is not None
    visit.session.campus = replace(visit.session.campus, announcements=(OUTAGE,))
    visit.press(requests.ToggleAid("large")).reads(article(symptom="s1")).press(Open("stuck"))  # type: ignore[attr-defined]
    assert visit.screen is Screen.OUTAGE
    visit.press(Open("not_mine"))
    assert page(visit, DetailsPage).symptom == "s1"


def test_whoever_reports_is_shown_what_could_help_and_loses_nothing_by_reading_it() -> None:
    visit = Visit()
    visit.press(Open("report"), requests.ChooseService("network"), requests.ChooseSymptom("s2"))
    visit.reply(SuggestArticles, found(article()))
    (row,) = page(visit, DetailsPage).suggestions
    visit.press(Open(row.id)).reply(ReadArticle, article(symptom="s1")).press(Open("stuck"))  # type: ignore[attr-defined]
    shown = page(visit, DetailsPage)
    assert (shown.symptom, shown.can_submit) == ("s2", True)
    visit.press(requests.End(), Start(ZH), Open("report"), requests.ChooseService("network"))
    assert page(visit, DetailsPage).suggestions == ()


def test_an_article_about_no_service_leads_to_all_of_them() -> None:
    visit = Visit()
    assert visit.reads(article(service="gone")).press(Open("stuck")).screen is Screen.CATEGORY


def test_an_article_that_is_gone_is_not_counted() -> None:
    visit = Visit()
    visit.press(Open("article:gone"))
    assert page(visit, ArticlePage).loading
    visit.reply(ReadArticle, NoArticle())
    assert page(visit, ArticlePage).solved == ""
    assert visit.press(Open("stuck")).screen is Screen.CATEGORY
    assert visit.outbox.marks == []


@pytest.mark.parametrize(("language", "end"), [(ZH, "/a/wifi-forget"), (EN, "/a/wifi-forget?lang=en")])
def test_it_is_taken_along_by_code_only_where_phones_reach_the_hub(language: Language, end: str) -> None:
    visit = Visit(language=language)
    visit.reads(article())
    assert page(visit, ArticlePage).qr == "https://k.example" + end
    assert visit.session.campus is not None
    visit.session.campus = replace(visit.session.campus, public_url="")
    visit.station.beat()
    assert page(visit, ArticlePage).qr == ""
    assert page(visit, ArticlePage).slip != ""


def test_it_is_printed_once_at_a_time_and_says_what_became_of_it() -> None:
    visit = Visit()
    visit.reads(article()).press(Open("print"), Open("print"))
    (job,) = visit.printer.slips
    assert job[1].headline == "改密码后连不上"
    assert job[1].steps == ("1. 打开设置 点右边。", "2. 点忘记网络")
    assert not page(visit, ArticlePage).can_print
    visit.printed(NoPaper())
    assert page(visit, ArticlePage).slip_note
    visit.press(Open("print")).printed(Printed())
    assert not page(visit, ArticlePage).can_print
    assert page(visit, ArticlePage).slip_note == ""


def test_without_a_printer_nothing_is_offered_to_print() -> None:
    visit = Visit(PrinterState.NONE)
    visit.reads(article()).press(Open("print"))
    assert page(visit, ArticlePage).slip == ""
    assert visit.printer.slips == []


def test_a_kiosk_without_articles_says_so_and_leads_on() -> None:
    visit = Visit()
    visit.station.articles(ArticlesChanged(""))
    visit.press(Open("knowledge"))
    shown = page(visit, TopicsPage)
    assert (shown.search, shown.topics) == ("", ())
    assert shown.empty_title


def test_new_articles_are_on_the_page_that_is_shown() -> None:
    visit = Visit()
    visit.press(Open("knowledge"))
    visit.station.articles(ArticlesChanged("2", (WIFI, replace(WIFI, id="mail"))))
    assert len(page(visit, TopicsPage).topics) == 2


def test_an_endless_paragraph_is_parted_so_that_every_page_can_be_turned_to() -> None:
    hostile = '<img src="x">' + "字" * 10_000
    visit = Visit()
    visit.reads(article(blocks=(Block(BlockKind.PARAGRAPH, hostile), Block(BlockKind.STEPS, items=(Item(hostile),)))))
    parts = page(visit, ArticlePage).parts
    assert len(parts) <= article_page.MOST_PIECES
    assert all(len(part.title) <= article_page.PIECE and len(part.text) <= article_page.PIECE for part in parts)
    visit.press(Open("print"))
    assert len(visit.printer.slips[0][1].steps) <= article_page.MOST_ON_SLIP


def searched(*answers: tuple[str, FoundArticles]) -> Visit:
    """Typed one after the other into one search."""
    visit = Visit()
    visit.press(Open("search"))
    for text, rows in answers:
        visit.press(SearchFor(text))
        visit.reply(FindArticles, rows)
    return visit


def told(visit: Visit) -> list[tuple[Mark, str]]:
    visit.press(requests.End())
    assert all(draft.about == "search" for draft in visit.outbox.marks)
    return [(draft.mark, draft.words) for draft in visit.outbox.marks]


def test_a_search_that_found_nothing_is_told_once_and_without_who_searched() -> None:
    assert told(searched(("d", found()), ("dy", found()), ("dyj", found()))) == [(Mark.NOT_FOUND, "dyj")]
    assert told(searched(("dyj", found()), ("", found()), ("dyj", found()))) == [(Mark.NOT_FOUND, "dyj")]


def test_one_that_was_left_without_opening_anything_is_told_and_one_that_helped_is_not() -> None:
    assert told(searched(("vpn", found(article())))) == [(Mark.FOUND_AND_LEFT, "vpn")]
    visit = searched(("vpn", found(article())))
    visit.press(Open("report"), Back(), Back())
    assert told(visit) == [(Mark.FOUND_AND_LEFT, "vpn")], "nothing of it helped"
    visit = searched(("vpn", found(article())))
    visit.reads(article())
    assert told(visit) == []
    visit = searched(("报修", found(article("how-to-report", action="report"))))
    visit.press(Open("report"))
    assert told(visit) == [], "what can be done at once was found"


def test_a_search_that_may_be_about_somebody_or_was_not_answered_is_not_told() -> None:
    assert told(searched(("20230114287", found()))) == []
    visit = Visit()
    visit.press(Open("search"), SearchFor("vpn"))
    assert told(visit) == []


def test_of_one_visit_a_few_searches_are_told() -> None:
    tries = [(text, found()) for word in ("aa", "bb", "cc", "dd", "ee") for text in (word, "")]
    assert [words for _, words in told(searched(*tries))] == ["aa", "bb", "cc"]


def test_a_known_outage_stands_first_in_a_search_about_it_and_opens() -> None:
    visit = Visit()
    assert visit.session.campus is not None
    visit.session.campus = replace(visit.session.campus, announcements=(OUTAGE,))
    visit.press(Open("search"), SearchFor("mail"))
    visit.reply(FindArticles, found(article(service="mail")))
    assert page(visit, SearchPage).direct == ()
    visit.press(SearchFor("wifi"))
    visit.reply(FindArticles, found(article(action="report")))
    known, direct = page(visit, SearchPage).direct
    assert (known.id, known.title) == ("known:now", OUTAGE.title.zh)
    assert direct.id == "report"
    assert visit.press(Open(known.id)).screen is Screen.OUTAGE
    assert told(visit) == []
