"""``kiosk tour`` as a stranger runs it: every flow through the real screens, real hub, real touches."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QImage
from PySide6.QtQuick import QQuickWindow

from kiosk.tour.noise import Noise
from kiosk.tour.qt_warnings import KNOWN, is_known
from kiosk.tour.residue import left_behind
from tests.counts import COUNT

ROOT = Path(__file__).parents[2]
#: A pass that takes longer than this hangs, seconds; two run at once here, beside whatever else the machine does.
PASS_WITHIN = 1_200
PROMISED = {
    "report",
    "report_offline",
    "report_no_paper",
    "my_tickets",
    "wrong_pin",
    "no_pin",
    "unknown_card",
    "timeout",
}
REPORTS = {"report", "report_nobody", "report_number", "report_offline", "report_no_paper", "report_printer_off"}


@dataclass(frozen=True)
class Way:
    """What a pass is called with; ``only`` while COUNT=ci where every flow is walked at COUNT=full."""

    size: str
    lang: str
    mode: str = "plain"
    only: tuple[str, ...] = ()

    @property
    def arguments(self) -> list[str]:
        chosen = ["--only", ",".join(self.only)] if self.only and COUNT == "ci" else []
        return ["--size", self.size, "--lang", self.lang, "--mode", self.mode, *chosen]

    def __str__(self) -> str:
        return "-".join((self.size, self.lang, self.mode))


SIZES, LANGUAGES = ("1080x1920", "1920x1080"), ("zh", "en")
WHOLE = (Way("1080x1920", "zh"), Way("1920x1080", "en"))
#: Touches of journeys.md 19; English one more, by four keys two and a half times as many.
JOURNEYS = {"report": 4, "lost_card": 20, "account_reset": 50, "find_wifi": 7}
KEYS_FACTOR = 2.5
#: Pages that are fullest, and those that are unlike the others. While COUNT=ci a pass of a mode walks every other flow
#: and the pass in the other size and language the rest; tests/ui looks at every page in all of them.
FULL = (
    *("report", "report_no_paper", "me_too", "place", "contact", "article_stuck", "find_wifi", "ticket_withdraw"),
    *("feedback", "code_troubles", "first_pin", "movements", "top_up_cancelled", "lost_offline", "notices"),
)
BY_KEYS = (*JOURNEYS, "note_pinyin", "place", "feedback", "different_card", "top_up_cancelled", "timeout")
IN_MODES = (
    Way("1080x1920", "en", only=("report", "lost_card")),
    Way("1920x1080", "zh", only=("report", "lost_card")),
    Way("1080x1920", "zh", "contrast", ("report", "ticket_answer", "code_troubles")),
    Way("1080x1920", "en", "large-reach", FULL[::2]),
    Way("1920x1080", "zh", "large-reach", FULL[1::2]),
    Way("1080x1920", "zh", "keys", BY_KEYS[::2]),
    Way("1920x1080", "en", "keys", BY_KEYS[1::2]),
)
EVERYWHERE = tuple(
    Way(size, lang, mode)
    for mode in ("plain", "contrast", "large", "reach", "large-reach", "keys")
    for size in SIZES
    for lang in LANGUAGES
    if Way(size, lang, mode) not in WHOLE
)
OTHERS = EVERYWHERE if COUNT == "full" else IN_MODES


def start(out: Path, arguments: list[str], before: str = "") -> "subprocess.Popen[str]":
    """A tour in a process of its own; ``before`` is run in it first, to plant a fault."""
    code = f"{before}\nimport sys; from kiosk.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", code, "tour", "--out", str(out), *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(command, env=env, cwd=out.parent, stderr=subprocess.PIPE, text=True)


def ended(process: "subprocess.Popen[str]", within: float = PASS_WITHIN) -> str:
    """What it said on stderr; a tour that hangs is ended."""
    try:
        return process.communicate(timeout=within)[1]
    except subprocess.TimeoutExpired:
        process.terminate()
        process.communicate(timeout=20)
        raise


def report(out: Path) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((out / "report.json").read_text(encoding="utf-8"))
    return told


def failures(told: dict[str, Any]) -> dict[str, str]:
    return {flow["name"]: flow["why"] for flow in told["flows"] if not flow["ok"]}


@pytest.fixture(scope="module")
def walked(tmp_path_factory: pytest.TempPathFactory) -> dict[Way, Path]:
    """The two whole passes, at once: neither may disturb the other."""
    outs = {way: tmp_path_factory.mktemp("tour") / "out" for way in WHOLE}
    running = {way: start(out, way.arguments) for way, out in outs.items()}
    for process in running.values():
        ended(process)
    return outs


@pytest.mark.timeout(2 * PASS_WITHIN)
@pytest.mark.parametrize("way", WHOLE, ids=str)
def test_every_flow_goes_well_in_both_sizes_and_languages(walked: dict[Way, Path], way: Way) -> None:
    told = report(walked[way])
    assert (told["size"], told["lang"], told["mode"]) == (way.size, way.lang, way.mode)
    assert failures(told) == {}
    assert {flow["name"] for flow in told["flows"]} >= PROMISED


@pytest.mark.timeout(2 * PASS_WITHIN)
@pytest.mark.parametrize("way", WHOLE, ids=str)
def test_a_report_with_a_card_takes_four_touches_and_arrives_once(walked: dict[Way, Path], way: Way) -> None:
    flows = {flow["name"]: flow for flow in report(walked[way])["flows"]}
    assert flows["report"]["touches"] <= 4 + (way.lang == "en")
    for name in REPORTS:
        assert flows[name]["outcome"]["delivered"] == 1, name
        assert flows[name]["outcome"]["reference"].startswith("A12-")


@pytest.mark.timeout(2 * PASS_WITHIN)
@pytest.mark.parametrize("way", WHOLE, ids=str)
def test_every_step_has_its_picture_and_every_slip_is_kept(walked: dict[Way, Path], way: Way) -> None:
    out = walked[way]
    for flow in report(out)["flows"]:
        assert flow["steps"], flow["name"]
        for place, step in enumerate(flow["steps"], 1):
            assert step["png"] == f"{flow['name']}-{place:02d}-{step['screen']}.png"
            size = QImage(str(out / step["png"])).size()
            assert f"{size.width()}x{size.height()}" == way.size
        assert all((out / slip).is_file() for slip in flow["receipts"])
    kept = {flow["name"]: len(flow["receipts"]) for flow in report(out)["flows"]}
    assert (kept["report"], kept["report_offline"], kept["report_no_paper"]) == (1, 1, 0)


@pytest.mark.timeout(PASS_WITHIN)
@pytest.mark.parametrize("way", OTHERS, ids=str)
def test_every_mode_holds_in_both_sizes_and_languages(tmp_path: Path, way: Way) -> None:
    out = tmp_path / "out"
    process = start(out, way.arguments)
    said = ended(process)
    assert process.returncode == 0, said
    told = report(out)
    assert (told["size"], told["lang"], told["mode"]) == (way.size, way.lang, way.mode)
    assert failures(told) == {}
    flows = {flow["name"]: flow for flow in told["flows"]}
    assert set(flows) >= set(way.only or PROMISED)
    if way.mode == "keys":
        for name in JOURNEYS.keys() & flows.keys():
            touches = JOURNEYS[name]
            assert flows[name]["touches"] <= (touches + (way.lang == "en")) * KEYS_FACTOR, name


DEAD_BUTTON = """
from kiosk.tour.world import World
World.until.__defaults__ = (15.0,)
from kiosk.services.reporting import Reporting
Reporting.submit = lambda self: None
"""
KEPT_NOTE = """
from kiosk.ui.page_view_model import PageViewModel
PageViewModel.forget = lambda self: None
"""
OTHER_NUMBER = """
from kiosk.tour import report_flows
handed_in = report_flows.handed_in
def lies(walker, *rest, **more):
    handed_in(walker, *rest, **more)
    walker.record.references[-1] = "A12-9999-X"
report_flows.handed_in = lies
"""
KEPT_AIDS = """
from dataclasses import replace
from kiosk.domain import visit
ended = visit._ended
visit._ended = lambda before, why: replace(ended(before, why), aids=before.aids)
"""
UNREADABLE = """
from kiosk.words import Speaker
speak = Speaker.__call__
times = lambda key: 30 if key == "home.report_hint" else 1
Speaker.__call__ = lambda self, key, **values: speak(self, key, **values) * times(key)
"""
NOISY = """
from PySide6.QtCore import qWarning
from kiosk.tour import report_flows
choose = report_flows.choose
report_flows.choose = lambda walker: (qWarning("something is wrong"), choose(walker))
"""


@pytest.mark.timeout(PASS_WITHIN)
@pytest.mark.parametrize(
    ("faults", "mode", "whys"),
    [
        ((DEAD_BUTTON,), "plain", {("report", "the page done: not within")}),
        (
            (KEPT_NOTE, OTHER_NUMBER, NOISY),
            "plain",
            {
                ("note_pinyin", "left behind in DetailsViewModel.note"),
                ("report", "A12-9999-X is 0 tickets"),
                ("report", "said on stderr: something is wrong"),
            },
        ),
        ((KEPT_AIDS,), "large-reach", {("report", "an aid or the language outlived the visit")}),
        ((UNREADABLE,), "plain", {("report", "is cut off")}),
    ],
    ids=["dead button", "a note that stays, an unknown number and a warning", "aids that stay", "words that are cut"],
)
def test_a_planted_fault_makes_the_tour_fail_and_say_why(
    tmp_path: Path, faults: tuple[str, ...], mode: str, whys: set[tuple[str, str]]
) -> None:
    out = tmp_path / "out"
    flows = ",".join({flow for flow, _ in whys})
    process = start(out, ["--only", flows, "--mode", mode], before="".join(faults))
    ended(process)
    assert process.returncode == 1
    failed = failures(report(out))
    assert {(flow, why) for flow, why in whys if why not in failed[flow]} == set()


def test_an_unknown_flow_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    process = start(tmp_path / "out", ["--only", "tea"])
    said = ended(process)
    assert process.returncode == 2
    assert "report_offline" in said


def test_what_a_visitor_typed_is_found_wherever_qt_keeps_it(qapp: object) -> None:  # noqa: ARG001
    window = QQuickWindow()
    assert left_behind(window, ["secret words"]) == []
    child = QObject(window)
    child.setObjectName("my secret words, kept")
    assert left_behind(window, ["secret words"]) == ["QObject.objectName"]


def test_only_the_known_lines_of_qt_pass(tmp_path: Path) -> None:
    noise = Noise(tmp_path / "stderr")
    known = (
        "qt.qml.propertyCache.append: Member contentWidth of the object PopupList_QMLTYPE_41 overrides a member of "
        "the base object. Consider renaming it or adding final or override specifier"
    )
    assert is_known(known)
    assert not is_known(known.replace("PopupList", "OurList"))
    (tmp_path / "stderr").write_text(f"{known}\nqml: ours\nhalf a li")
    assert noise.new_lines() == ["qml: ours"]
    assert all(line.reason and line.seen_in for line in KNOWN)
