"""What students and staff type finds the article of the sample campus that is about it."""

import pytest

from kiosk.domain.language import Language
from kiosk.hub.builtin.sample import sample_folder
from kiosk.hub.services.article_batch import ArticleBatch
from kiosk.hub.services.article_folder import read_folder
from kiosk.search.index import Document, Index, build
from kiosk.sqlite import dbapi

#: Results a person sees without turning the page.
SEEN = 3
TYPED = {
    Language.ZH: {
        "上不了网": "wifi-connected-no-pages",
        "网好慢": "wifi-slow",
        "密码忘了": "password-forgotten",
        "czmm": "password-forgotten",
        "yzm": "sms-code-missing",
        "账号锁了": "account-locked",
        "卡丢了": "card-lost",
        "挂失": "card-lost",
        "补卡": "card-replacement",
        "充值": "card-topup-missing",
        "捡到卡": "card-found",
        "邮箱满": "mail-quota",
        "卡纸": "print-jam",
        "office": "software-office",
        "投影没画面": "projector-no-picture",
        "话筒没声": "classroom-microphone",
        "选课": "timetable-system",
        "知网": "library-off-campus",
        "访客wifi": "wifi-guest",
        "路由器": "dorm-router-rules",
        "病毒": "virus-removal",
        "骗子": "phishing-spot",
        "大字": "kiosk-accessibility",
        "进度": "follow-request",
        "离校": "leaving-campus",
    },
    Language.EN: {
        "no internet": "wifi-connected-no-pages",
        "slow wifi": "wifi-slow",
        "forgot password": "password-forgotten",
        "locked": "account-locked",
        "lost card": "card-lost",
        "found card": "card-found",
        "mailbox full": "mail-quota",
        "projector black": "projector-no-picture",
        "code not received": "sms-code-missing",
        "papers at home": "library-off-campus",
        "guest wifi": "wifi-guest",
        "router": "dorm-router-rules",
        "scan": "print-scan",
        "phishing": "phishing-spot",
        "large text": "kiosk-accessibility",
        "status": "follow-request",
        "gpu": "hpc-access",
    },
}


@pytest.fixture(scope="module")
def folder() -> ArticleBatch:
    return read_folder(sample_folder())


@pytest.fixture(scope="module")
def index(folder: ArticleBatch) -> Index:
    connection = dbapi.connect(":memory:")
    articles = [(pair.of(language), pair) for pair in folder.pairs for language in Language]
    documents = [
        Document(
            *(each.id, each.language, each.title, each.summary, each.tags, each.asked, each.body),
            pair.pinyin if each is pair.zh else (),
            each.weight,
        )
        for each, pair in articles
    ]
    build(connection, documents, folder.synonyms or ())
    return Index(connection)


def test_the_hub_finds_nothing_wrong_with_the_samples_folder(folder: ArticleBatch) -> None:
    assert folder.problems == ()
    assert folder.pairs
    assert folder.topics
    assert folder.synonyms


@pytest.mark.parametrize("language", Language)
def test_a_question_finds_the_article_that_answers_it(folder: ArticleBatch, index: Index, language: Language) -> None:
    asked = [(article.id, each) for pair in folder.pairs for article in [pair.of(language)] for each in article.asked]
    lost = [
        (id, question) for id, question in asked if id not in [hit.id for hit in index.search(question, language, SEEN)]
    ]
    assert lost == []


@pytest.mark.parametrize(
    ("language", "typed", "first"), [(language, *pair) for language, table in TYPED.items() for pair in table.items()]
)
def test_a_word_or_two_finds_the_right_article_first(index: Index, language: Language, typed: str, first: str) -> None:
    assert [hit.id for hit in index.search(typed, language, 1)] == [first]
