"""The slip's layout, measured with a font that needs no file."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices import receipt_qr
from kiosk.devices.receipt_boxes import STRIPS, Box, Code, Layout, Rule, Strip, Text
from kiosk.devices.receipt_layout import MAX_LENGTH, QR_MIN_SIDE, lay_out
from kiosk.domain.language import Language
from kiosk.domain.receipts import Slip
from tests.devices.slips import CHINESE, ENGLISH, OFFLINE, real_fonts
from tests.domain.amount import EXAMPLES

some = settings(max_examples=min(EXAMPLES, 1_500), deadline=None)  # each lays out whole slips


class Plain:
    """Full-width characters one em, all others a bit over half."""

    def width(self, text: str, size: int, bold: bool) -> float:
        return sum(size if ord(c) >= 0x2E80 else size * (0.58 if bold else 0.55) for c in text)


def texts(layout: Layout) -> list[Text]:
    return [element for element in layout.elements if isinstance(element, Text)]


def words(layout: Layout) -> str:
    return "\n".join(text.text for text in texts(layout))


NASTY = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="字，。（）Wi-Fi 8231\n", max_size=400),
    st.sampled_from(
        ["\x1b@\x1dV\x00" * 20, "\u202e" * 50, '<img src="x">', "W" * 10_000, "，" * 10_000, "字\n" * 5_000]
    ),
)
SLIPS = st.builds(
    Slip,
    language=st.sampled_from(Language),
    campus=NASTY,
    mark=NASTY,
    place=NASTY,
    headline=NASTY,
    reference_label=NASTY,
    reference=st.one_of(NASTY, st.just("A12-0473-K")),
    steps=st.lists(NASTY, max_size=20).map(tuple),
    facts=st.lists(st.tuples(NASTY, NASTY), max_size=12).map(tuple),
    promise=NASTY,
    body=NASTY,
    qr=st.one_of(NASTY, st.text(alphabet="abcdefghij/:.", min_size=1, max_size=45)),
    qr_title=NASTY,
    qr_body=NASTY,
    other_language=NASTY,
)


@some
@given(SLIPS, st.sampled_from(list(STRIPS.values())))
def test_no_words_whatever_make_a_slip_too_long_or_leave_the_margins(slip: Slip, strip: Strip) -> None:
    layout = lay_out(slip, Plain(), strip)
    assert layout.width == strip.dots
    assert 0 < layout.height <= strip.max_length
    for element in layout.elements:
        match element:
            case Text(x, y, text, size, bold):
                assert text.isprintable()
                assert x >= strip.margin
                assert x + Plain().width(text, size, bold) <= strip.dots - strip.margin + size
                assert size <= y <= layout.height
            case Box(x, y, width, height) | Code(x=x, y=y, side=width, module=height):
                assert x >= strip.margin
                assert x + width <= strip.dots - strip.margin
                assert 0 <= y < layout.height
            case Rule(y, height):
                assert 0 <= y <= layout.height - height


@some
@given(SLIPS, st.sampled_from(list(STRIPS.values())))
def test_reference_and_promise_outlive_everything_else(slip: Slip, strip: Strip) -> None:
    honest = replace(slip, reference="A12-0473-K", promise="周五 11月20日 16:30 前回复你", facts=slip.facts)
    seen = words(lay_out(honest, Plain(), strip))
    assert "A12-0473-K" in seen
    assert "周五11月20日16:30前回复你" in seen.replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("dots", STRIPS)
@pytest.mark.parametrize("slip", [CHINESE, ENGLISH, OFFLINE], ids=["chinese", "english", "offline"])
def test_an_ordinary_slip_is_printed_whole(slip: Slip, dots: int) -> None:
    seen = words(lay_out(slip, real_fonts(), STRIPS[dots])).replace("\n", "").replace(" ", "")
    parts = [
        slip.campus,
        slip.place,
        slip.headline,
        slip.reference,
        slip.promise,
        slip.body,
        slip.qr_title,
        slip.qr_body,
    ]
    for part in [*parts, *(text for fact in slip.facts for text in fact)]:
        assert part.replace("\n", "").replace(" ", "") in seen


@some
@given(
    st.text(alphabet="abcdefghijkmnpqrstuvwxyzABC0123456789/:.-", min_size=1, max_size=45),
    st.sampled_from(list(STRIPS.values())),
)
def test_the_code_is_large_enough_and_stands_in_white(address: str, strip: Strip) -> None:
    layout = lay_out(replace(CHINESE, qr=address), Plain(), strip)
    code = next(element for element in layout.elements if isinstance(element, Code))
    assert len(receipt_qr.matrix(address)) * code.module == code.side
    assert code.side >= QR_MIN_SIDE
    quiet = receipt_qr.QUIET_MODULES * code.module
    assert code.x - quiet >= 0
    assert code.x + code.side + quiet <= strip.dots
    for element in layout.elements:
        if isinstance(element, Rule):
            assert element.y + element.height <= code.y - quiet or element.y >= code.y + code.side + quiet
        if isinstance(element, Text) and code.y - quiet < element.y - element.size < code.y + code.side + quiet:
            assert element.x >= code.x + code.side + quiet


def test_the_size_promised_for_an_address_is_the_symbols_size() -> None:
    for length in range(1, receipt_qr.MAX_CHARS + 1):
        address = ("https://it.yunlu.example/" + "7Qx" * 10)[:length]
        assert len(receipt_qr.matrix(address)) == receipt_qr.modules(address)


@pytest.mark.parametrize("address", ["https://it.yunlu.example/" + "x" * 21, "网址", "a b\n", ""])
def test_an_address_no_phone_could_read_is_left_out(address: str) -> None:
    layout = lay_out(replace(CHINESE, qr=address), Plain())
    assert not [element for element in layout.elements if isinstance(element, Code)]
    assert "扫码看进度" in words(layout)


def test_empty_parts_leave_no_gap() -> None:
    whole = lay_out(CHINESE, Plain())
    bare = lay_out(replace(CHINESE, promise="", body="", qr="", qr_title="", qr_body="", other_language=""), Plain())
    assert not [rule for rule in bare.elements if isinstance(rule, Rule) and rule.dashed]
    assert bare.height < whole.height / 2


def test_a_long_reference_gets_smaller_letters_before_it_is_cut() -> None:
    text = next(t for t in texts(lay_out(replace(CHINESE, reference="LIBRARY-0473-KQ"), Plain())) if "0473" in t.text)
    assert text.text == "LIBRARY-0473-KQ"
    assert text.size < 84


ARTICLE = replace(
    CHINESE,
    headline="改密码后 Wi-Fi 连不上",
    reference_label="",
    reference="",
    facts=(),
    steps=("1. 打开设置，点无线局域网。", "2. 点忽略此网络。", "3. 重新连接，输入新密码。"),
    promise="",
    body="",
)


def test_the_steps_of_an_article_stand_whole_and_in_order() -> None:
    layout = lay_out(ARTICLE, Plain())
    shown = words(layout)
    assert [shown.index(step) for step in ARTICLE.steps] == sorted(shown.index(step) for step in ARTICLE.steps)
    assert any(isinstance(element, Code) for element in layout.elements)


def test_of_a_long_article_the_first_steps_and_the_code_stay() -> None:
    layout = lay_out(replace(ARTICLE, steps=tuple(f"{n}. " + "很长的一步" * 30 for n in range(1, 21))), Plain())
    assert layout.height <= MAX_LENGTH
    assert "1. 很长的一步" in words(layout)
    assert any(isinstance(element, Code) for element in layout.elements)
