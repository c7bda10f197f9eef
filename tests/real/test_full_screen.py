"""The kiosk under a real window manager: it fills the screen, and and keys and clicks do not close it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ..whole.demo_process import Demo, demo
from .display import Display, display


@pytest.fixture(scope="module", params=[(1080, 1920), (1920, 1080)], ids=["portrait", "landscape"])
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Demo, Display]]:
    folder: Path = tmp_path_factory.mktemp("full-screen")
    with display(request.param, folder) as screen, demo(folder, environment=screen.environment) as shown:
        screen.window("kiosk")
        yield shown, screen


def test_the_window_fills_the_screen(running: tuple[Demo, Display]) -> None:
    _, screen = running
    place = screen.geometry(screen.window("kiosk"))
    assert (place["X"], place["Y"]) == ("0", "0")
    assert (int(place["WIDTH"]), int(place["HEIGHT"])) == screen.size


@pytest.mark.parametrize("keys", ["alt+F4", "ctrl+q", "ctrl+w", "F11"])
def test_no_key_closes_the_window(running: tuple[Demo, Display], keys: str) -> None:
    shown, screen = running
    window = screen.window("kiosk")
    screen.tool("xdotool", "key", keys)
    assert shown.drawer("card-off").returncode == 0
    assert shown.process.poll() is None
    assert screen.window("kiosk") == window


def test_a_right_click_opens_nothing(running: tuple[Demo, Display]) -> None:
    shown, screen = running
    before = screen.windows()
    width, height = screen.size
    for part in (0.1, 0.5, 0.9):
        screen.tool("xdotool", "mousemove", str(int(width * part)), str(int(height * part)), "click", "3")
    assert shown.drawer("card-off").returncode == 0
    assert screen.windows() == before


def test_escape_ends_the_demo(tmp_path: Path) -> None:
    with display((1080, 1920), tmp_path) as screen, demo(tmp_path, environment=screen.environment) as shown:
        screen.window("kiosk")
        screen.tool("xdotool", "key", "Escape")
        assert shown.ended() == 0
