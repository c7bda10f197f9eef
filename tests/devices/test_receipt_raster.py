"""The drawn slip, with the fonts of the real printer."""

from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw

from kiosk.devices import receipt_qr
from kiosk.devices.escpos_bytes import encode, without_commands
from kiosk.devices.receipt_boxes import Box, Code, Layout, Text
from kiosk.devices.receipt_fonts import FontsMissing, find_fonts
from kiosk.devices.receipt_layout import MARGIN, MAX_LENGTH, REVERSED_MAX_SHARE, WIDTH, lay_out
from kiosk.devices.receipt_raster import draw, draw_slip
from kiosk.domain.receipts import Slip
from tests.devices.slips import CHINESE, ENGLISH, OFFLINE, real_fonts
from tests.devices.test_receipt_layout import SLIPS
from tests.domain.amount import EXAMPLES
from tests.real.escpos_device import Mechanism

BOTH = pytest.mark.parametrize("slip", [CHINESE, ENGLISH, OFFLINE], ids=["chinese", "english", "offline"])


def burnt(picture: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Black dots in a part of the picture."""
    return picture.crop(box).histogram()[0]


@BOTH
def test_a_slip_is_black_and_white_and_keeps_its_margins(slip: Slip) -> None:
    picture = draw_slip(slip, real_fonts())
    assert picture.mode == "1"
    assert (picture.width, picture.height <= MAX_LENGTH) == (WIDTH, True)
    assert burnt(picture, (0, 0, MARGIN, picture.height)) == 0
    assert burnt(picture, (WIDTH - MARGIN, 0, WIDTH, picture.height)) == 0


def test_the_symbol_on_paper_is_the_symbol_of_the_address() -> None:
    layout = lay_out(CHINESE, real_fonts())
    code = next(element for element in layout.elements if isinstance(element, Code))
    picture = draw(layout, real_fonts())
    expected = receipt_qr.matrix(CHINESE.qr)
    half = code.module // 2
    seen = [
        [
            not picture.getpixel((code.x + column * code.module + half, code.y + row * code.module + half))
            for column in range(len(expected))
        ]
        for row in range(len(expected))
    ]
    assert seen == expected
    quiet = 4 * code.module
    end = code.x + code.side
    around = burnt(picture, (code.x - quiet, code.y - quiet, end + quiet, code.y + code.side + quiet))
    assert around == burnt(picture, (code.x, code.y, end, code.y + code.side))


@settings(max_examples=60)
@given(st.text(alphabet="abcdefghijkmnpqrstuvwxyzABC0123456789/:.-", min_size=1, max_size=receipt_qr.MAX_CHARS))
def test_a_reader_reads_the_address_from_the_slip(address: str) -> None:
    picture = draw_slip(replace(CHINESE, qr=address), real_fonts()).convert("L")
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [address]


def test_the_number_is_reversed_out_of_black_only_where_that_is_a_small_part() -> None:
    for slip in (CHINESE, ENGLISH, OFFLINE, replace(CHINESE, qr="", qr_title="", qr_body="")):
        layout = lay_out(slip, real_fonts())
        picture = draw(layout, real_fonts())
        box = next(element for element in layout.elements if isinstance(element, Box) and element.height > 100)
        black = burnt(picture, (box.x, box.y, box.x + box.width, box.y + box.height))
        assert black <= REVERSED_MAX_SHARE * layout.width * layout.height
        assert box.frame == (5 if slip is OFFLINE else 0)


def test_reversed_and_framed_numbers_can_be_told_from_their_ground() -> None:
    for slip in (CHINESE, OFFLINE):
        layout = lay_out(slip, real_fonts())
        number = next(e for e in layout.elements if isinstance(e, Text) and e.text == slip.reference)
        picture = draw(layout, real_fonts())
        wide = round(real_fonts().width(number.text, number.size, number.bold))
        area = (number.x, number.y - 62, number.x + wide, number.y)
        share = burnt(picture, area) / (wide * 62)
        assert 0.2 < (1 - share if number.white else share) < 0.6


def test_grey_up_to_68_percent_is_burnt() -> None:
    text, at = "答复发到你在学校登记的联系方式", (MARGIN, 40)
    grey = Image.new("L", (WIDTH, 60), 255)
    ImageDraw.Draw(grey).text(at, text, fill=0, font=real_fonts().at(26, bold=False), anchor="ls")
    counts = grey.histogram()
    picture = draw(Layout(WIDTH, 60, (Text(*at, text, 26),)), real_fonts())
    assert picture.histogram()[0] == sum(counts[:173])
    assert picture.histogram()[0] > 1.05 * sum(counts[:128])


@pytest.mark.parametrize(("size", "bold"), [(24, False), (26, False), (26, True), (44, True), (84, True)])
def test_what_is_measured_is_what_is_drawn(size: int, bold: bool) -> None:
    for text in (CHINESE.body, ENGLISH.body, CHINESE.other_language, "AVATAR To. Ye", "𠮷野家…"):
        assert real_fonts().width(text, size, bold) == real_fonts().at(size, bold).getlength(text)


@settings(max_examples=max(EXAMPLES // 20, 20), deadline=None)
@given(SLIPS)
def test_no_words_whatever_become_a_command_for_the_printer(slip: Slip) -> None:
    picture = without_commands(draw_slip(slip, real_fonts()))
    device = Mechanism()
    answers = b"".join(device.receive(piece) for piece in encode(picture))
    assert answers == b""
    assert device.real_time == []
    assert device.unknown == []
    assert {command[:3] for command in device.commands} == {b"\x1b@", b"\x1dv0", b"\x1dVB"}
    assert device.slips == [ImageChops.invert(picture).tobytes()]


def test_picture_data_that_reads_like_a_command_is_changed_by_single_dots() -> None:
    rows = (b"\x10\x04\x01\x10\x14\x01\x00\x01\x10\x05" + bytes(61) + b"\x10") + (b"\x04" + bytes(71))
    picture = ImageChops.invert(Image.frombytes("1", (WIDTH, 2), rows))
    device = Mechanism()
    for piece in encode(picture):
        device.receive(piece)
    assert device.real_time  # a printer would have obeyed
    safe, device = without_commands(picture), Mechanism()
    for piece in encode(safe):
        device.receive(piece)
    assert device.real_time == []
    assert ImageChops.logical_xor(picture, safe).histogram()[255] == 4


def test_missing_fonts_are_a_value_that_names_the_package(tmp_path: Path) -> None:
    missing = find_fonts([tmp_path])
    assert isinstance(missing, FontsMissing)
    assert "fonts-noto-cjk" in missing.detail
    (tmp_path / "NotoSansCJK-Regular.ttc").write_bytes(b"not a font")
    assert isinstance(find_fonts([tmp_path]), FontsMissing)
