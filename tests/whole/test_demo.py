"""``kiosk demo``: one campus in one folder, its drawer from outside, and no trace of it when it ends."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from .demo_process import Demo, demo, kiosk


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with demo(tmp_path_factory.mktemp("demo"), "--size", "1080x1920") as shown:
        yield shown


@pytest.mark.parametrize(
    "action",
    [
        ("tap", "zhang-ming"),
        ("card-off",),
        ("card-bad",),
        ("net", "off"),
        ("net", "on"),
        ("paper", "low"),
        ("paper", "out"),
        ("paper", "ok"),
        ("printer", "off"),
        ("printer", "on"),
        ("codes",),
    ],
)
def test_the_drawer_does_everything_from_outside(running: Demo, action: tuple[str, ...]) -> None:
    done = running.drawer(*action)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("action", [("tap", "nobody"), ("paper", "green"), ("dance",)])
def test_an_action_that_is_not_understood_is_refused_in_one_line(running: Demo, action: tuple[str, ...]) -> None:
    done = running.drawer(*action)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1


def test_the_folder_serves_the_commands_of_hub_and_kiosk(running: Demo) -> None:
    assert running.tickets() == []
    assert kiosk("outbox", "list", "--data", str(running.data), "--json").stdout == "[]\n"


def test_a_second_demo_on_the_folder_is_refused_in_one_line(running: Demo) -> None:
    second = kiosk("demo", "--data", str(running.data))
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert str(running.process.pid) in second.stderr
    assert running.drawer("card-off").returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_kiosk_and_hub(tmp_path: Path, number: signal.Signals) -> None:
    with demo(tmp_path, "--size", "1920x1080", "--lang", "en") as ending:
        hub = psutil.Process(ending.process.pid).children()
        assert [child for child in hub if "kiosk.hub" in child.cmdline()]
        ending.process.send_signal(number)
        assert ending.ended() == 0
        assert [child for child in hub if child.is_running()] == []
        assert not (ending.data / "drawer.sock").exists()
        assert ending.drawer("card-off").returncode == 1
        assert "Traceback" not in ending.log
