"""The printed list of movements: everything it says is on the paper whole, however many there are, and no merchant."""

from datetime import timedelta

import pytest

from kiosk.devices.receipt_boxes import Text
from kiosk.devices.receipt_layout import MARGIN, MAX_LENGTH, WIDTH, lay_out
from kiosk.devices.receipt_raster import draw
from kiosk.domain.card_accounts import Movement, MovementKind, MovementList
from kiosk.domain.language import Language
from kiosk.domain.receipts import Slip
from kiosk.services import requests as r
from kiosk.services.movement_slip import MOST_ON_SLIP
from kiosk.services.views import Screen
from tests.devices.slips import real_fonts
from tests.services.a_station import NOW, text
from tests.services.test_own_card import on_the_card

#: The longest amounts, and every kind there is.
WIDEST = 12345678


def printed(language: Language, count: int, kind: str = "all") -> Slip:
    """The slip of ``count`` movements of one day, every third of them money that came in."""
    kinds = [kind for kind in MovementKind if kind is not MovementKind.TOP_UP]
    found = tuple(
        Movement(
            str(place),
            NOW - timedelta(minutes=place),
            MovementKind.TOP_UP if place % 3 == 2 else kinds[place % len(kinds)],
            WIDEST if place % 3 == 2 else -WIDEST,
            text("三食堂 清真窗口", "Canteen 3, halal counter"),
        )
        for place in range(count)
    )
    station = on_the_card().press(r.ChooseLanguage(language), r.Open("movements"))
    station.answer(MovementList(NOW - timedelta(days=180), found))
    station.press(r.Choose(Screen.MOVEMENTS, "filter", kind), r.Choose(Screen.MOVEMENTS, "movement", "0"))
    station.press(r.Choose(Screen.MOVEMENTS, "print", ""))
    ((_, slip),) = station.printer.slips
    return slip


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("count", [1, MOST_ON_SLIP, MOST_ON_SLIP + 1, 1000])
@pytest.mark.parametrize("kind", ["all", "spent", "paid_in"])
def test_everything_on_the_list_is_on_the_paper_whole(language: Language, count: int, kind: str) -> None:
    if kind == "paid_in":
        count = max(3, count)
    slip = printed(language, count, kind)
    layout = lay_out(slip, real_fonts())
    texts = [element for element in layout.elements if isinstance(element, Text)]
    said = "\n".join(element.text for element in texts)
    for part in (slip.headline, slip.body, *(word for fact in slip.facts if fact[1] for word in fact)):
        assert part in said, part
    assert layout.height <= MAX_LENGTH
    picture = draw(layout, real_fonts())
    for element in texts:
        box = (element.x, element.y - element.size, WIDTH - MARGIN, element.y + 4)
        ink = picture.crop(box).histogram()
        assert ink[0 if not element.white else -1], element.text


@pytest.mark.parametrize("language", Language)
def test_the_list_names_its_month_and_kind_and_how_much_it_leaves_out(language: Language) -> None:
    year = "2026年11月" if language is Language.ZH else "Nov 2026"
    assert {printed(language, 3, kind).headline.replace(year, "") for kind in ("all", "spent", "paid_in")} == (
        {"校园卡交易明细 ", "校园卡消费明细 ", "校园卡充值明细 "}
        if language is Language.ZH
        else {"Transactions, ", "Spending, ", "Top-ups, "}
    )
    assert printed(language, MOST_ON_SLIP).body == ""
    body = printed(language, 1000).body
    assert str(MOST_ON_SLIP) in body
    assert year in printed(language, 3).headline


@pytest.mark.parametrize("language", Language)
def test_the_sums_are_of_all_that_were_chosen_and_not_only_of_those_that_fit(language: Language) -> None:
    def sums(kind: str) -> list[str]:
        return [value for _, value in printed(language, 30, kind).facts[-2:]]

    assert sums("all") == ["−2,469,135.60", "+1,234,567.80"]
    assert sums("spent") == ["−2,469,135.60", ""]
    assert sums("paid_in") == ["", "+1,234,567.80"]


@pytest.mark.parametrize("language", Language)
def test_no_merchant_is_printed_not_even_one_that_was_just_looked_at(language: Language) -> None:
    said = repr(printed(language, 20))
    assert "食堂" not in said
    assert "Canteen" not in said
