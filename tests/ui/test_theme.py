"""The theme against the published tables: contrast, type sizes, scaling to panels."""

from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from tests.ui.stage import GALLERY, Stage

PRESSES = GALLERY.with_name("Presses.qml")

# pair -> contrast in the light theme and in high contrast, WCAG 2.x; None: not used there
MEASURED = {
    ("ink", "bg"): (15.40, 21.00),
    ("ink", "surface"): (17.24, 21.00),
    ("ink", "sunken"): (13.81, 21.00),
    ("ink2", "bg"): (7.05, 21.00),
    ("ink2", "surface"): (7.89, 21.00),
    ("ink2", "sunken"): (6.33, 21.00),
    ("ink2", "tint"): (6.63, 21.00),
    ("off", "sunken"): (5.02, 8.63),
    ("brandInk", "brand"): (15.56, 21.00),
    ("brandInk2", "brand"): (10.14, 21.00),
    ("brandWords", "brand"): (6.23, None),
    ("primaryInk", "primary"): (9.08, 21.00),
    ("primary", "bg"): (8.11, 21.00),
    ("primary", "tint"): (7.62, 21.00),
    ("hwInk", "hw"): (10.97, 15.91),
    ("hw", "brand"): (9.90, 15.91),
    ("ok", "okTint"): (6.11, 15.07),
    ("warn", "warnTint"): (6.89, 15.91),
    ("danger", "dangerTint"): (5.95, 12.01),
    ("dangerInk", "danger"): (7.02, 12.01),
    ("control", "bg"): (4.17, 21.00),
    ("edge", "bg"): (3.07, None),
    ("selInk", "sel"): (14.48, 21.00),
}
# pairs in states that the table leaves out; the least they may have
AT_LEAST = {
    ("primaryInk", "primaryPress"): 7,
    ("dangerInk", "dangerPress"): 7,
    ("ink", "press"): 7,
    ("off", "bg"): 4.5,
    ("surface", "ink"): 7,
}


@pytest.fixture
def theme(qapp: object) -> Any:  # noqa: ARG001
    stage = Stage(PRESSES)
    theme = stage.root.theme()  # type: ignore[attr-defined]
    assert isinstance(theme, QObject)
    yield theme
    del stage


def _luminance(colour: QColor) -> float:
    """Relative luminance, WCAG 2.2 definition."""
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def _contrast(theme: QObject, one: str, other: str) -> float:
    low, high = sorted(_luminance(QColor(theme.property(name))) for name in (one, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("high", [False, True], ids=["light", "contrast"])
def test_colours_have_the_contrast_that_was_published(theme: QObject, high: bool) -> None:
    theme.setProperty("contrast", high)
    wrong = {}
    for pair, expected in MEASURED.items():
        published = expected[high]
        if published is not None and abs(_contrast(theme, *pair) - published) > 0.011:
            wrong[pair] = round(_contrast(theme, *pair), 2)
    assert wrong == {}
    low = {pair: _contrast(theme, *pair) for pair, least in AT_LEAST.items() if _contrast(theme, *pair) < least}
    assert low == {}


@pytest.mark.parametrize(
    ("size", "plain", "large"), [(26, 26, 39), (47, 47, 70), (48, 48, 58), (69, 69, 83), (70, 70, 78), (150, 150, 168)]
)
def test_large_text_grows_small_sizes_most(qapp: object, size: int, plain: int, large: int) -> None:  # noqa: ARG001
    stage = Stage(PRESSES)
    theme = stage.root.theme()  # type: ignore[attr-defined]
    assert stage.root.textSize(size) == plain  # type: ignore[attr-defined]
    theme.setProperty("large", True)
    assert abs(stage.root.textSize(size) - large) <= 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("width", "height", "inches", "u", "small", "tall"),
    [
        (1920, 1080, 22, 1.0, False, False),
        (1920, 1080, 15.6, 1.0, True, False),
        (3840, 2160, 27, 2.0, False, False),
        (1080, 1920, 32, 1.0, False, True),
        (1080, 1920, 43, 1.0, False, True),
        (1366, 768, 0, 768 / 1080, False, False),
    ],
)
def test_sizes_follow_the_panel(
    theme: QObject, width: int, height: int, inches: float, u: float, small: bool, tall: bool
) -> None:
    theme.setProperty("width", width)
    theme.setProperty("height", height)
    theme.setProperty("diagonal", inches)
    assert theme.property("u") == pytest.approx(u)
    assert (theme.property("smallPanel"), theme.property("tallPanel")) == (small, tall)
    assert theme.property("largeText") is small
    if inches:
        # At least 20 mm, less half a per cent for whole pixels and the 15.6-inch panel's 19.8 mm.
        millimetres = theme.property("target") * 25.4 / theme.property("ppi")
        assert millimetres >= 19.75
