"""A list on several pages: whoever reads on stays where they are while the things in it go on changing."""

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.tour import sight
from kiosk.tour.qt_warnings import KNOWN
from kiosk.words import say
from tests.ui.page_samples import pages
from tests.ui.test_pages import SIZES, Stage, press

pytestmark = pytest.mark.qt_log_ignore(*(line.message for line in KNOWN))


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, qapp: QGuiApplication) -> Iterator[Stage]:
    stage = Stage(request.param)
    yield stage
    stage.window.close()
    qapp.processEvents()


def many(rows: tuple[v.Row, ...]) -> tuple[v.Row, ...]:
    return tuple(replace(row, id=f"{row.id}{again}") for again in range(5) for row in rows)


def page_of(stage: Stage) -> int:
    (grid,) = [
        item
        for item in sight.items(stage.window.root.contentItem())
        if item.metaObject().className().startswith("PagedGrid") and item.property("pages") > 1
    ]
    return int(grid.property("page"))


def test_another_figure_turns_no_page_and_another_list_begins_at_its_first(stage: Stage) -> None:
    shown = pages(Language.ZH)["maintenance_devices"]
    assert isinstance(shown, v.MaintenancePage)
    rows = many(shown.rows)
    stage.show(replace(shown, rows=rows), v.Look())
    press(stage, say(Language.ZH, "screen.next_page"))
    assert page_of(stage) == 1
    warmer = tuple(replace(row, hint="73 °C", chip_kind="warn") for row in rows)
    stage.switch(replace(shown, rows=warmer), v.Look())
    assert page_of(stage) == 1
    stage.switch(replace(shown, rows=tuple(reversed(warmer))), v.Look())
    assert page_of(stage) == 0
