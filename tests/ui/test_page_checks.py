"""What is wrong with a page is seen: each fault planted on a page that is right is found, and said in words."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.tour.page_checks import Shown, is_icon, is_pressable, is_text, shown
from kiosk.tour.qt_warnings import KNOWN
from tests.ui.page_samples import pages
from tests.ui.test_pages import SIZES, Stage

pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))
LOOK = v.Look(language=Language.EN)


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[Stage]:
    stage = Stage(request.param)
    yield stage
    stage.window.close()
    qapp.processEvents()


def first(whole: list[Shown], wanted: Callable[[Shown], bool]) -> Shown:
    """The first such item of the page itself."""
    page = next(id(one.item) for one in whole if one.item.objectName() == "stage")
    return next(one for one in whole if page in one.path and wanted(one))


def long_words(one: Shown) -> bool:
    return is_text(one) and str(one.item.property("text")).startswith("Connected,")


def typing_keys(one: Shown) -> bool:
    return one.item.metaObject().indexOfProperty("candidatesShown") >= 0


def notice(one: Shown) -> bool:
    return one.kind.startswith("Notice_QMLTYPE")


def move(item: QQuickItem, onto: Shown) -> None:
    """Puts it where the other one is."""
    here = item.parentItem().mapFromScene(QPointF(onto.box.x(), onto.box.y()))
    item.setX(here.x() + 8)
    item.setY(here.y() + 8)


def narrow_words(whole: list[Shown]) -> None:
    first(whole, long_words).item.setWidth(60)


def icon_on_words(whole: list[Shown]) -> None:
    words = first(whole, long_words)
    icon = first(whole, lambda one: is_icon(one) and words.path[-2] in one.path).item
    words.item.parentItem().setX(icon.x())  # words follow their icon


def button_under_keys(whole: list[Shown]) -> None:
    move(
        first(whole, lambda one: is_pressable(one) and bool(one.item.property("last"))).item, first(whole, typing_keys)
    )


def notice_under_row(whole: list[Shown]) -> None:
    row = first(whole, lambda one: is_pressable(one) and one.kind.startswith("ListRow"))
    under = first(whole, notice).item
    move(under, row)
    under.setY(under.y() + row.box.height() - 24)


FAULTS = {
    "a word that is broken": ("details", narrow_words, "breaks the word Connected"),
    "an icon on words": ("details", icon_on_words, "lies on Say 'Connected,"),
    "a button under the keyboard": ("note", button_under_keys, "lies under the keyboard"),
    "a notice under a button": ("account_notice", notice_under_row, "a Notice lies under ListRow"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(stage: Stage, fault: str) -> None:
    name, plant, words = FAULTS[fault]
    stage.show(pages(Language.EN)[name], LOOK)
    assert not stage.troubles(name, LOOK)
    plant(list(shown(stage.window.root)))
    stage.window.root.grabWindow()
    found = stage.troubles(name, LOOK)
    assert any(words in trouble for trouble in found), found
