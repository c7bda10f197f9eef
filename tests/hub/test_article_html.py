"""What a rich text editor made becomes blocks of plain text, and nothing of it runs, loads or is lost half."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.articles import Block, BlockKind, Item, Picture
from kiosk.domain.why import Why, why
from kiosk.hub.services.article_html import blocks_from
from tests.domain.amount import many

K = BlockKind


def test_an_article_of_an_editor_keeps_its_order_its_lists_and_its_pictures() -> None:
    html = """
    <h2>连&nbsp;Wi-Fi</h2><p>先看 <b>这里</b>，<a href="https://x.example">再</a>往下。<br>第二行</p>
    <ol><li>打开设置。再点 WLAN<ul><li>平板也要</li></ul></li><li><p>忘记网络</p><img src="a.png" alt="ⓘ"></li>
    <li>再连</li></ol><blockquote><p>别漏掉</p></blockquote>
    <table><tr><th>楼</th><th>网</th></tr><tr><td>东</td><td>A</td></tr></table><p><img src="b.png"></p>结束
    """
    assert blocks_from(html, "标题") == (
        Block(K.HEADING, "连 Wi-Fi"),
        Block(K.PARAGRAPH, "先看 这里，再往下。"),
        Block(K.PARAGRAPH, "第二行"),
        Block(K.STEPS, items=(Item("打开设置。再点 WLAN", "平板也要"), Item("忘记网络"), Item("再连"))),
        Block(K.PICTURE, "ⓘ", picture=Picture("a.png")),
        Block(K.NOTE, "别漏掉"),
        Block(K.LIST, items=(Item("楼 · 网"), Item("东 · A"))),
        Block(K.PICTURE, "标题", picture=Picture("b.png")),
        Block(K.PARAGRAPH, "结束"),
    )


def test_lines_without_a_tag_are_paragraphs_and_signs_stay_signs() -> None:
    assert blocks_from("一 < 二\n\n*)(uid=* 🧑‍💻 # x", "t") == (
        Block(K.PARAGRAPH, "一 < 二"),
        Block(K.PARAGRAPH, "*)(uid=* 🧑‍💻 # x"),
    )


HOSTILE = [
    "<script>alert('CANARY')</script>",
    "<style>p{background:url(CANARY)}</style>",
    "<img src=x onerror=CANARY()>",
    "<svg><script>CANARY</script></svg>",
    "<iframe srcdoc='CANARY'></iframe>",
    "<a href='javascript:CANARY()'>x</a>",
    "<!-- CANARY -->",
    "<p style='x:CANARY' class=CANARY>x</p>",
    "<noscript><p title='</noscript><img src=x onerror=CANARY()>'></noscript>",
    "<textarea>CANARY</textarea>",
    "<img src='javascript:CANARY'>",
]


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_that_runs_or_hides_is_left(html: str) -> None:
    found = blocks_from(f"<p>good</p>{html}", "t")
    assert isinstance(found, tuple)
    assert "CANARY" not in str(found)
    assert found[0] == Block(K.PARAGRAPH, "good")


TOO_MUCH = [
    ("", why("no_text")),
    ("<p> </p><br>", why("no_text")),
    ("<img src='a.png' alt='x'>", why("no_text")),
    ("<p>x</p>" * 81, why("many_blocks", most=80)),
    ("<ul>" + "<li>x</li>" * 41 + "</ul>", why("many_items", most=40)),
    ("<p>" + "长" * 12_001 + "</p>", why("long_piece", most=12_000)),
    (("<p>" + "长" * 11_000 + "</p>") * 4, why("too_long", most=40_000)),
    ("<p>x</p>" + "<img src='a.png'>" * 9, why("many_pictures", most=8)),
]


@pytest.mark.parametrize(("html", "refused"), TOO_MUCH)
def test_what_is_too_much_is_refused_whole(html: str, refused: Why) -> None:
    assert blocks_from(html, "t") == refused


@many
@given(st.text("<>/= \"'&;!-plioulih1brdtvsmgcxé中\n", max_size=200))
def test_any_text_is_blocks_or_a_reason(text: str) -> None:
    found = blocks_from(text, "t")
    assert isinstance(found, Why) or all(block.text or block.items for block in found)


@many
@given(
    st.lists(st.sampled_from(["<ol>", "</ol>", "<ul>", "<li>", "</li>", "<p>", "</p>", "<table>", "<tr>", "<td>", "x"]))
)
def test_every_word_of_any_nesting_is_kept_once(parts: list[str]) -> None:
    """Each is another one; whatever is opened and never closed."""
    words = iter(range(len(parts)))
    text = "".join(f"w{next(words)}q" if part == "x" else part for part in parts)
    found = blocks_from(f"<p>first</p>{text}", "t")
    if isinstance(found, tuple):
        said = str(found)
        assert all(said.count(f"w{number}q") == 1 for number in range(sum(part == "x" for part in parts)))
