"""The second code of a slip: on the paper, in white, and read by a reader however the paper was treated."""

import random
from dataclasses import replace
from io import BytesIO

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFilter
from qrcode import base
from qrcode.constants import ERROR_CORRECT_M

from kiosk.devices import receipt_qr
from kiosk.devices.receipt_boxes import STRIPS, Code, Rule, Strip, Text
from kiosk.devices.receipt_layout import lay_out
from kiosk.devices.receipt_raster import draw_slip
from kiosk.domain.on_paper import MOST_DIGITS
from kiosk.domain.receipts import Slip
from tests.counts import count
from tests.devices.slips import OFFLINE, real_fonts
from tests.devices.test_receipt_layout import Plain, words

ADDRESS = "https://it.yunlu.example/b/"
TITLE, BODY = "也可以用手机送出", "用手机扫一下，报告就送到服务台，不用等这台终端联网。"
#: Digits of an ordinary report, of one with a note, and of the longest.
LENGTHS = (700, 1_000, 1_900)


def digits(length: int, seed: int = 1) -> str:
    dice = random.Random(seed)
    return str(dice.randrange(1, 10)) + "".join(dice.choice("0123456789") for _ in range(length - 1))


def carrying(length: int, seed: int = 1) -> Slip:
    return replace(OFFLINE, carries=ADDRESS + digits(length, seed), carries_title=TITLE, carries_body=BODY)


def read(picture: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(picture)]


def on_a_phone(picture: Image.Image, seed: int) -> Image.Image:
    """A slip as a phone sees it: askew, a little out of focus, in poor light, as a JPEG."""
    dice = random.Random(seed)
    large = Image.new("L", (picture.width + 160, picture.height + 160), 235)
    large.paste(picture, (80, 80))
    large = large.resize((round(large.width * 1.5), round(large.height * 1.5)), Image.Resampling.BICUBIC)
    large = large.rotate(dice.uniform(-12, 12), Image.Resampling.BICUBIC, fillcolor=235)
    large = large.filter(ImageFilter.GaussianBlur(dice.uniform(0.5, 1.6)))
    large = large.point([60 + round(level * 0.6) for level in range(256)])
    noise = Image.effect_noise(large.size, dice.uniform(5, 25))
    mixed = Image.blend(large, noise, 0.15)
    data = BytesIO()
    mixed.save(data, "JPEG", quality=60)
    return Image.open(data)


def thermal(picture: Image.Image) -> Image.Image:
    """Dots that ran into their neighbours, as on hot paper."""
    return picture.filter(ImageFilter.MinFilter(3))


@pytest.mark.parametrize("dots", STRIPS)
@pytest.mark.parametrize("length", LENGTHS)
def test_a_reader_reads_it_from_the_slip(length: int, dots: int) -> None:
    slip = carrying(length)
    assert read(draw_slip(slip, real_fonts(), STRIPS[dots]).convert("L")) == [slip.carries]


@pytest.mark.parametrize("length", LENGTHS)
def test_a_phone_reads_it_askew_blurred_and_in_poor_light(length: int) -> None:
    slip = carrying(length)
    for seed in range(count(4, 100)):
        picture = draw_slip(slip, real_fonts()).convert("L")
        assert read(on_a_phone(picture, seed)) == [slip.carries], seed
        assert read(on_a_phone(thermal(picture), seed)) == [slip.carries], seed


@pytest.mark.parametrize("dots", STRIPS)
@pytest.mark.parametrize("length", LENGTHS)
def test_it_stands_in_white_with_its_words_above_it(length: int, dots: int) -> None:
    strip = STRIPS[dots]
    layout = lay_out(carrying(length), real_fonts(), strip)
    (code,) = [element for element in layout.elements if isinstance(element, Code)]
    assert len(receipt_qr.matrix(code.text)) * code.module == code.side
    assert code.module >= 3
    quiet = receipt_qr.QUIET_MODULES * code.module
    assert code.x - quiet >= 0
    assert code.x + code.side + quiet <= strip.dots
    assert code.y + code.side + quiet <= layout.height
    for element in layout.elements:
        if isinstance(element, Rule | Text):
            top = element.y if isinstance(element, Rule) else element.y - element.size
            assert element.y + 8 < code.y - quiet + 12 or top >= code.y + code.side + quiet
    assert TITLE in words(layout)
    assert layout.height - code.side - 2 * quiet <= strip.max_length


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(["", "https://it.yunlu.example/", "http://x.example/b/12", ADDRESS + "1" * (MOST_DIGITS + 1)]),
        st.just("https://" + "x" * 90 + "/b/123"),
        st.just(ADDRESS + "１２３"),
    ),
    st.sampled_from(list(STRIPS.values())),
)
def test_without_its_symbol_no_word_of_it_is_printed(address: str, strip: Strip) -> None:
    layout = lay_out(replace(OFFLINE, carries=address, carries_title=TITLE, carries_body=BODY), Plain(), strip)
    assert not [element for element in layout.elements if isinstance(element, Code)]
    assert TITLE not in words(layout)
    assert "用手机" not in words(layout)


def test_narrow_paper_leaves_out_what_would_be_too_fine() -> None:
    layout = lay_out(carrying(MOST_DIGITS - 80), Plain(), STRIPS[384])
    assert not [element for element in layout.elements if isinstance(element, Code)]


def test_the_size_promised_is_the_symbols_size_at_every_edge() -> None:
    for version in range(1, 27):
        capacity = 8 * sum(block.data_count for block in base.rs_blocks(version, ERROR_CORRECT_M))
        fixed = 8 + (18 if version < 10 else 28) + 8 * len(ADDRESS)
        most = (capacity - fixed) // 10 * 3 + (0, 0, 0, 0, 1, 1, 1, 2, 2, 2)[(capacity - fixed) % 10]
        if most < 1:
            continue
        assert receipt_qr.carried_modules(ADDRESS + "7" * most) == 17 + 4 * version
        if most < MOST_DIGITS:
            assert receipt_qr.carried_modules(ADDRESS + "7" * (most + 1)) != 17 + 4 * version
        assert len(receipt_qr.matrix(ADDRESS + "7" * most)) == 17 + 4 * version
