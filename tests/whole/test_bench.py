"""Every bench runs, at a tiny count, and gives well-formed rows; nothing is asserted about speed."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bench import __main__ as bench
from bench import directory, drain, enqueue, idle, insight, memory, pages, queues, search, slips, start, tickets, touch
from bench.rows import Row, median_row, percentile, row

KEYS = {"name", "ours", "anchor", "ratio", "unit", "goal"}
TINY: dict[str, Callable[[], list[Row]]] = {
    "start": lambda: start.measure(runs=1),
    "touch": lambda: touch.measure(presses=2, settled=0.5),
    "pages": lambda: pages.measure(touches=4),
    "memory": lambda: memory.measure(runs=1, settled=0.5, flow="report", visits=1),
    "idle": lambda: idle.measure(settled=0.5, counted=0.5),
    "enqueue": enqueue.measure,
    "queues": lambda: queues.measure(blocks=1, counted=3),
    "slips": lambda: slips.measure(slips=2),
    "directory": lambda: directory.measure(people=4, resets=2),
    "tickets": lambda: tickets.measure(blocks=1),
    "drain": lambda: drain.measure(blocks=1, per_block=70),
    "search": lambda: search.measure(articles=120, questions=6),
    "insight": lambda: insight.measure(on_sqlite=300, on_postgresql=300, asked=1),
}


def test_every_bench_is_tried_here() -> None:
    assert tuple(TINY) == bench.NAMES


@pytest.mark.parametrize("name", bench.NAMES)
def test_a_bench_gives_well_formed_rows(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enqueue, "BLOCKS", 3)
    rows = TINY[name]()
    assert rows
    for one in rows:
        assert set(one) == KEYS
        assert one["name"]
        assert one["unit"]
        assert isinstance(one["ours"], int | float)
        assert one["ours"] >= 0
    assert json.loads(json.dumps(rows)) == rows
    assert len(bench.table(rows).splitlines()) == len(rows) + 1


def test_the_rows_are_written_as_json_and_told_as_a_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [row("a", 3.0, 2.0, "ms", "ratio <= 1.3"), row("b", 1.0, None, "%")]
    monkeypatch.setattr(enqueue, "measure", lambda: rows)
    assert bench.main(["--only", "enqueue", "--json", str(tmp_path / "rows.json")]) == 0
    assert json.loads((tmp_path / "rows.json").read_text(encoding="utf-8")) == rows
    said = capsys.readouterr().out.splitlines()
    assert said[1].split() == ["a", "3.00", "2.00", "1.50", "ms", "ratio", "<=", "1.3"]
    assert said[2].split() == ["b", "1.00", "-", "-", "%"]


def test_a_ratio_is_ours_to_the_anchor_of_medians() -> None:
    assert median_row("a", [9, 1, 3], [2, 2, 50], "ms") == row("a", 3, 2, "ms")
    assert row("a", 3, 2, "ms")["ratio"] == 1.5
    assert row("a", 3, 0, "ms")["ratio"] is None


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1), (0.5, 51), (0.95, 96), (1.0, 100)])
def test_a_percentile_is_one_of_the_values(share: float, expected: int) -> None:
    assert percentile([float(value) for value in range(100, 0, -1)], share) == expected
