"""What can be found is found, whatever is typed."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.language import Language
from kiosk.search.index import Document, Index, build
from kiosk.search.tokens import page
from kiosk.sqlite import dbapi
from tests.domain.amount import many

ZH, EN = Language.ZH, Language.EN


def document(id: str, title: str, *, language: Language = ZH, pinyin: Sequence[str] = (), **more: str) -> Document:
    asked = tuple(filter(None, more.get("asked", "").split("|")))
    tags = tuple(filter(None, more.get("tags", "").split("|")))
    return Document(id, language, title, more.get("summary", ""), tags, asked, more.get("body", ""), tuple(pinyin))


def index(*documents: Document, synonyms: Sequence[Sequence[str]] = ()) -> Index:
    connection = dbapi.connect(":memory:")
    build(connection, documents, synonyms)
    return Index(connection)


CAMPUS = index(
    document("reset", "重置密码", pinyin=["chong zhi mi ma"], body="在终端上就能办。"),
    document("reset", "Reset a password", language=EN),
    document("mail", "邮箱密码是同一个吗", pinyin=["you xiang mi ma shi tong yi ge ma"]),
    document("mail", "Is the mail password the same", language=EN),
    document("wifi", "连不上 Wi-Fi 怎么办", pinyin=["lian bu shang 'wifi zen me ban"], tags="无线"),
    document("wifi", "Wi-Fi does not connect", language=EN),
    document("print", "打印机卡纸", pinyin=["da yin ji ka zhi"], body="打开前盖，轻轻拉出纸。"),
    document("print", "Printer jammed", language=EN, body="Open the front cover."),
    synonyms=[["wifi", "校园网", "无线"], ["上不了网", "连不上"]],
)


def found(text: str, language: Language = ZH) -> list[str]:
    return [hit.id for hit in CAMPUS.search(text, language, 5)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("重置密码", "reset"),
        ("czmm", "reset"),
        ("czm", "reset"),
        ("chongzhi", "reset"),
        ("chong zhi mi", "reset"),
        ("zhimima", "reset"),
        ("ＣＺＭＭ", "reset"),
        ("密码怎么重置？", "reset"),
        ("wifi", "wifi"),
        ("WIFI", "wifi"),
        ("wi-fi", "wifi"),
        ("wif", "wifi"),
        ("校园网", "wifi"),
        ("校园网上不了网", "wifi"),
        ("wifizmb", "wifi"),
        ("lbswifi", "wifi"),
        ("卡", "print"),
        ("纸", "print"),
        ("卡纸", "print"),
        ("轻轻拉出", "print"),
        ("printer", "print"),
        ("how do I reset my password", "reset"),
        ("front cover", "print"),
    ],
)
def test_it_is_found_first(typed: str, first: str) -> None:
    assert found(typed)[:1] == [first]


def test_every_article_stands_once_though_both_its_languages_match() -> None:
    assert found("wifi").count("wifi") == 1


@pytest.mark.parametrize("typed", ["", " ", "。", "zzzzqq", "天气"])
def test_nothing_is_found_for_nothing(typed: str) -> None:
    assert found(typed) == []


def test_the_shorter_of_two_that_begin_alike_stands_first() -> None:
    both = index(
        document("long", "重置密码以后要改哪些地方", pinyin=["chong zhi mi ma yi hou yao gai na xie di fang"]),
        document("short", "重置密码", pinyin=["chong zhi mi ma"]),
    )
    assert [hit.id for hit in both.search("czm", ZH, 5)] == ["short", "long"]


@pytest.mark.parametrize(("language", "first"), [(ZH, "zh-one"), (EN, "en-one")])
def test_the_visitors_language_stands_ahead_among_equals(language: Language, first: str) -> None:
    both = index(document("zh-one", "vpn"), document("en-one", "vpn", language=EN))
    assert both.search("vpn", language, 5)[0].id == first


def test_a_common_word_costs_no_more_than_the_budget() -> None:
    """The rarest word decides where a common one alone would touch every row."""
    many_of_them = [document(f"d{i}", f"校园卡 第{i}篇") for i in range(4000)]
    big = index(*many_of_them, document("rare", "校园卡 密钥"))
    assert big.search("校园卡密钥", ZH, 1)[0].id == "rare"
    assert len(big.search("校园卡", ZH, 5)) == 5


def test_a_page_keeps_sentences_apart_and_words_between_spaces() -> None:
    assert page("校園網 Wi-Fi６。下一句") == " 校园网 wi fi6 wifi6 \n 下一句 "


@many
@given(st.text(max_size=40) | st.text("\"'*^():-+{}<>ORANDNEAR 密码ab\x00", max_size=40))
@example('"')
@example("NEAR(")
@example("{spoken}: x")
@example("\ud800")
@example("ﷺ" * 100)
def test_nothing_that_is_typed_breaks_the_search(text: str) -> None:
    hits = CAMPUS.search(text, ZH, 5)
    assert len(hits) <= 5
    assert sorted(hits, key=lambda hit: -hit.score) == hits
