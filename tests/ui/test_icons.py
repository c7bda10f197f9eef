"""Icons and the other drawn pictures."""

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

from kiosk.domain.language import Language
from kiosk.services import maintenance_pages
from kiosk.ui.icons import CACHE_LIMIT, Glyphs, IconProvider, UnknownIconError, draw
from kiosk.ui.pictures import CARD_SIZE, QR_TEXT_LIMIT, QUIET_ZONE, card_image, decoded, qr_image
from tests.ui.page_samples import pages

PACKAGE = Path(__file__).parents[2] / "kiosk"
ICON_PROPERTY = re.compile(r"\b(?:icon|iconAfter|infoIcon|secondaryIcon|buttonIcon)\s*:\s*([^\n]*)")
NAME_IN_ICON = re.compile(r"\bIcon \{[^}]*?\bname: ([^\n]*)", re.S)
MAPPED = re.compile(r"Icon: \(\{(.*?)\}\)|arrow: \(\{(.*?)\}\)|sign: \(\{(.*?)\}\)", re.S)


def _names_in_qml() -> dict[str, str]:
    """icon name -> a file that uses it, as far as names stand in the text."""
    names = {}
    for path in sorted((PACKAGE / "ui" / "qml").rglob("*.qml")):
        text = path.read_text("utf-8")
        values = [*ICON_PROPERTY.findall(text), *NAME_IN_ICON.findall(text)]
        results = [part for value in values for part in re.findall(r'(?<![=!]= )"([a-z0-9-]+)"', value)]
        for groups in MAPPED.findall(text):
            results += re.findall(r':\s*"([a-z0-9-]+)"', "".join(groups))
        names.update(dict.fromkeys(results, path.name))
    return names


def test_every_icon_named_on_a_screen_exists(qapp: object) -> None:  # noqa: ARG001
    glyphs = Glyphs()
    names = _names_in_qml()
    assert len(names) > 20
    assert {name: where for name, where in names.items() if not glyphs.has(name)} == {}


def test_every_icon_a_page_is_given_exists(qapp: object) -> None:  # noqa: ARG001
    glyphs, given = Glyphs(), set[str]()

    def collect(part: object) -> None:
        if isinstance(part, tuple):
            for one in part:
                collect(one)
        elif isinstance(part, Struct):
            given.update(str(getattr(part, name)) for name in part.__struct_fields__ if name.endswith("icon"))
            for name in part.__struct_fields__:
                collect(getattr(part, name))

    collect(tuple(pages(Language.ZH).values()))
    given |= {*maintenance_pages.ICONS.values(), *maintenance_pages.CLOSED_FOR.values()}
    assert len(given) > 40
    assert {name for name in given if name and not glyphs.has(name)} == set()


@pytest.mark.parametrize("weight", ["regular", "bold", "fill", "two-tone"])
@pytest.mark.parametrize("name", ["lock-key", "contactless", "receipt"])
def test_an_icon_has_ink_in_its_colour_and_an_empty_rim(qapp: object, name: str, weight: str) -> None:  # noqa: ARG001
    image = draw(Glyphs(), f"{name}/{weight}/1d3fa6", 84)
    inked = [image.pixelColor(x, y) for x in range(84) for y in range(84) if image.pixelColor(x, y).alpha() == 255]
    assert len(inked) > 200
    assert {colour.name() for colour in inked} == {"#1d3fa6"}
    assert all(image.pixelColor(x, 0).alpha() == 0 for x in range(84))


def test_two_tone_takes_a_second_colour(qapp: object) -> None:  # noqa: ARG001
    image = draw(Glyphs(), "lock-key/two-tone/1d3fa6/ffc629", 84)
    colours = {image.pixelColor(x, y).name() for x in range(84) for y in range(84)}
    assert {"#1d3fa6", "#ffc629"} <= colours


@pytest.mark.parametrize("address", ["no-such-icon/bold/000000", "lock/thick/000000", "lock/bold/zz", "lock/bold", ""])
def test_a_mistaken_icon_name_is_loud(qapp: object, address: str) -> None:  # noqa: ARG001
    with pytest.raises(UnknownIconError):
        draw(Glyphs(), address, 44)


def test_the_widget_library_behind_the_font_is_never_imported(qapp: object) -> None:  # noqa: ARG001
    Glyphs().outline("lock", "bold")
    assert "qtawesome" not in sys.modules


def test_an_icon_is_drawn_once_and_the_store_is_bounded(qapp: object) -> None:  # noqa: ARG001
    provider = IconProvider()
    first = provider.requestImage("lock/bold/000000", QSize(), QSize(44, 44))
    again = provider.requestImage("lock/bold/000000", QSize(), QSize(44, 44))
    assert first.cacheKey() == again.cacheKey()
    for shade in range(CACHE_LIMIT + 8):
        provider.requestImage(f"check/bold/{shade:06x}", QSize(), QSize(8, 8))
    assert len(provider._drawn) == CACHE_LIMIT


def test_a_code_on_screen_is_the_standard_one_with_its_quiet_zone(qapp: object) -> None:  # noqa: ARG001
    text = "https://kiosk.example/t/K7MQ2XW9"
    image = qr_image(text)
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    assert image.width() == len(rows) + 2 * QUIET_ZONE
    drawn = [
        [image.pixelColor(x + QUIET_ZONE, y + QUIET_ZONE) == QColor("black") for x in range(len(rows))]
        for y in range(len(rows))
    ]
    assert drawn == [[bool(cell) for cell in row] for row in rows]
    rim = [image.pixelColor(x, y).name() for x in range(image.width()) for y in range(QUIET_ZONE)]
    assert set(rim) == {"#ffffff"}


def test_a_text_too_long_for_a_screen_is_refused(qapp: object) -> None:  # noqa: ARG001
    with pytest.raises(ValueError, match="too long"):
        qr_image("x" * (QR_TEXT_LIMIT + 1))


def test_the_card_is_tilted_and_fits_its_frame(qapp: object) -> None:  # noqa: ARG001
    image = card_image(QColor("#1D3FA6"), "云麓大学" * 20, "校园卡", CARD_SIZE)
    assert isinstance(image, QImage)
    edge = [image.pixelColor(x, y).alpha() for y in (0, 283) for x in range(420)]
    edge += [image.pixelColor(x, y).alpha() for x in (0, 419) for y in range(284)]
    assert max(edge) == 0
    colours = {image.pixelColor(x, 142).name() for x in range(420)}
    assert "#ffffff" in colours


@settings(max_examples=50)
@given(st.text(max_size=60).filter(lambda text: text.isprintable()))
def test_words_survive_the_way_through_an_image_address(text: str) -> None:
    from urllib.parse import quote

    address = quote(text, safe="!'()*-._").replace("~", "%7E").replace("%", "~")
    assert re.fullmatch(r"[A-Za-z0-9!'()*\-._~]*", address)
    assert decoded(address) == text
