"""A picture of an article stands whole on its page, in its place, and where it has not come its words stand alone."""

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtQuick import QQuickItem
from pytestqt.qtbot import QtBot

from kiosk.domain.language import Language
from kiosk.services import views as v
from kiosk.ui.article_pictures import ArticlePictureProvider
from tests.patience import PATIENCE
from tests.ui.knowledge_samples import TALL, WIDE
from tests.ui.page_samples import pages
from tests.ui.test_pages import LOOKS, SIZES, Stage

RED = QColor(200, 20, 20)
PATIENCE_MS = int(PATIENCE * 1000)


def drawn(folder: Path, width: int, height: int) -> str:
    """A picture in the folder; its id."""
    image, file = QImage(width, height, QImage.Format.Format_RGB32), folder / "drawn.jpg"
    image.fill(RED)
    assert image.save(str(file), "JPEG")  # type: ignore[call-overload]
    id = sha256(file.read_bytes()).hexdigest()[:32]
    file.rename(folder / f"{id}.jpg")
    return id


@pytest.fixture(params=SIZES)
def stage(request: pytest.FixtureRequest, qapp: QGuiApplication, tmp_path: Path) -> Iterator[Stage]:
    stage = Stage(request.param, tmp_path)
    yield stage
    stage.window.close()
    qapp.processEvents()


def shown(item: QQuickItem) -> list[QQuickItem]:
    """Pictures of the article below ``item``, as they follow each other."""
    found = [item] if str(item.property("source") or "").find("image://article/") >= 0 else []
    for child in item.childItems():
        found += shown(child)
    return found


@pytest.mark.parametrize("look", ["plain", "large"])
def test_a_picture_stands_whole_on_a_page(stage: Stage, qtbot: QtBot, tmp_path: Path, look: str) -> None:
    sizes = ((1200, 700), (500, 1200))
    ids = {name: drawn(tmp_path, *size) for name, size in zip((WIDE, TALL), sizes, strict=True)}
    page = pages(Language.ZH)["article_pictured"]
    assert isinstance(page, v.ArticlePage)
    parts = tuple(replace(part, picture=ids.get(part.picture, "")) for part in page.parts)
    stage.show(replace(page, parts=parts), LOOKS[look])
    found = shown(stage.window.root.contentItem())
    assert len(found) == len(sizes)
    qtbot.waitUntil(lambda: all(item.implicitWidth() > 1 for item in found), timeout=PATIENCE_MS)
    stage.window.root.grabWindow()
    stage.keep(f"article_pictured-shown-{look}")
    for item, (width, height) in zip(found, sizes, strict=True):
        assert item.width() > 100
        assert item.height() == pytest.approx(item.width() * height / width, abs=2)
    centre = found[0].mapToScene(found[0].boundingRect().center())
    seen = stage.window.root.grabWindow()
    scale = seen.width() / stage.window.root.width()
    colour = seen.pixelColor(int(centre.x() * scale), int(centre.y() * scale))
    assert abs(colour.red() - RED.red()) < 12
    assert colour.green() < 50


@pytest.mark.parametrize("id", ["", "../" + "1" * 32, "3" * 32, "1" * 31, "1" * 32 + ".jpg"])
def test_what_is_no_picture_of_this_kiosk_is_one_clear_pixel(tmp_path: Path, id: str) -> None:
    inside = tmp_path / "pictures"
    inside.mkdir()
    sound = (tmp_path / f"{drawn(tmp_path, 40, 40)}.jpg").read_bytes()  # a picture, under names that are not its own
    for file in (
        tmp_path / f"{'1' * 32}.jpg",
        *(inside / f"{name}.jpg" for name in ("1" * 31, "1" * 32 + ".jpg", "3" * 32, "")),
    ):
        file.write_bytes(sound)
    provider = ArticlePictureProvider(inside)
    image = provider.requestImage(id, None, QImage().size())  # type: ignore[arg-type]
    assert (image.width(), image.pixelColor(0, 0).alpha()) == (1, 0)
