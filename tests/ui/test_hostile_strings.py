"""Hostile strings in every text of every page: nothing falls, nothing is fetched, nothing is read, nothing is said."""

import json
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6 import __file__ as qt

from kiosk.tour.qt_warnings import is_known
from kiosk.ui.environment import QML_FOLDER
from tests.counts import count
from tests.ear import listening
from tests.repository.tree import ROOT
from tests.ui.gallery.hostile_probe import BEGIN, END

#: How the strings are given, and how often.
WAYS = {"alone": 1, "mixed": count(1, 40)}
SECONDS = 900
#: The probe ends first: a test that is ended from outside would leave it running.
PROBE = SECONDS - 60
#: What Qt loads when it first needs it, perhaps while the strings are on screen: compiled pages, the time zone, the
#: keyboard's own words.
_LOADED_LATE = frozenset({"qmlcache", "localtime", "qtvirtualkeyboard"})
#: What the pages themselves are made of, which Qt looks up again for each of them.
QML = re.compile(r"(?:.*\.(?:qml|qmlc|js)|qmldir|\+\w+)")
_PATH = re.compile(r'^\d+ +(\w+)\((?:AT_FDCWD, |\d+, )?"([^"]*)"')
_SOCKET = re.compile(r"^\d+ +(?:<\.\.\. )?(socket|connect|sendto|sendmsg|bind)\b")


@dataclass
class Watched:
    """What the system was asked for while hostile strings were on screen."""

    figures: dict[str, int]
    sockets: list[str]
    paths: set[str]
    said: list[str]
    heard: list[bytes]


def watched(form: str, folder: Path, how: str, passes: int = 1) -> Watched:
    file, log = folder / "canary.png", folder / "calls"
    file.write_bytes(b"not shown to anybody")
    with listening() as ear:
        tracer = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%file,%network", "-s", "4096", "-o", str(log)]
        probe = [sys.executable, "-m", "tests.ui.gallery.hostile_probe", form, str(ear.port), str(file), how]
        done = subprocess.run(
            [*tracer, *probe, str(passes)], cwd=ROOT, capture_output=True, text=True, timeout=SECONDS - 60
        )
    assert done.returncode == 0, f"ended with {done.returncode}: {done.stderr[-2000:]}"
    lines = log.read_text(errors="replace").splitlines()
    begin, end = (next(i for i, line in enumerate(lines) if mark in line) for mark in (BEGIN, END))
    during = lines[begin + 1 : end]
    paths = {found[2] for line in during if (found := _PATH.match(line)) and found[2]}
    said = [line for line in done.stderr.splitlines() if line.strip() and not is_known(line)]
    sockets = [line for line in during if _SOCKET.match(line)]
    return Watched(
        json.loads(done.stdout), sockets, {path for path in paths if not _of_the_pages(path)}, said, ear.heard
    )


def _of_the_pages(path: str) -> bool:
    """The pages' own files and folders, and the fonts for letters that were not on screen before."""
    place = Path(path).resolve()
    # As it was asked for: where the name of the time zone leads to is the machine's business.
    if _LOADED_LATE.intersection(Path(path).parts) or path.startswith(":/qt-project.org/"):
        return True
    if place.is_relative_to("/usr/share/fonts") or "fontconfig" in place.parts:
        return True
    ours = place.is_relative_to(QML_FOLDER) or place.is_relative_to(Path(qt).parent)
    return (ours and (QML.fullmatch(place.name) is not None or place.is_dir())) or place == ROOT


@pytest.mark.timeout(SECONDS)
@pytest.mark.parametrize("how", WAYS)
@pytest.mark.parametrize("form", ["landscape", "portrait"])
def test_no_page_falls_fetches_or_reads_whatever_its_texts_say(form: str, how: str, tmp_path: Path) -> None:
    seen = watched(form, tmp_path, how, WAYS[how])
    print(f"{form}, {how}: {seen.figures}, sockets {len(seen.sockets)}, files {len(seen.paths)}")
    assert seen.figures["texts"] > 50 * seen.figures["strings"]
    assert seen.sockets == []
    assert seen.heard == []
    assert seen.paths == set()
    assert seen.said == []
    assert seen.figures["asked"] == 0, "nothing is pressed by a text"


@pytest.mark.timeout(SECONDS)
def test_whoever_watches_sees_a_text_that_reads_markup(tmp_path: Path) -> None:
    seen = watched("landscape", tmp_path, "planted")
    assert any("socket" in line for line in seen.sockets)
    assert any(b"/quoted.png" in line for line in seen.heard)
    assert any(path.endswith("/canary.png") for path in seen.paths)
    assert seen.said
