"""What leaves with the log: what happened and where, nothing of anybody."""

import gzip
import json
import random
from pathlib import Path

import pytest

from kiosk.log_export import HIDDEN, LONGEST, MOST_BYTES, filtered, packed
from kiosk.logs import FILE_BYTES

CANARIES = (
    *("张小明", "欧阳·阿卜杜拉", "Zhang Xiaoming", "20230114287", "T2013744", "13812345521", "+86 138 1234 5521"),
    *("zhang.ming@yunlu.example", "04A1B2C3D4E580", "04a1b2c3", "739154", "A12-0473-K", "k7Qz9-Xw2mP0vT4s"),
    *(
        "9f0c2f9e-1b1a-4c55-8f1e-0e3f4d5a6b7c",
        "我的电脑坏了",
        "図書館",
        "'my note'",
        '"my note"',
        "eyJhbGciOiJFZERTQSJ9.eyJ",
        "Anna Maria Schneider",
        "Marie-Claire Dupont",
        "04:A1:B2:C3:D4:E5:80",
        "04 a1 b2 c3 d4 e5 80",
    ),
)


def line(what: str, **more: str) -> str:
    said = {"at": "2026-11-20T06:26:11.123+00:00", "level": "error", "part": "kiosk.worker", "what": what, **more}
    return json.dumps(said, ensure_ascii=False)


@pytest.mark.parametrize("canary", CANARIES)
@pytest.mark.parametrize("around", ["{}", "read {} ok", "no such person:{}", "({}), again", "{}{}"])
def test_nothing_of_anybody_leaves(canary: str, around: str) -> None:
    kept = filtered(line(around.format(canary, canary)))
    assert kept is not None
    assert HIDDEN in kept
    whole = canary.strip("'\"")
    assert whole not in kept
    assert not [part for part in whole.split() if len(part) > 4 and part in kept]


@pytest.mark.parametrize(
    "what",
    [
        "beat failed: KeyError at _take:210 < take_due:180 < beat:52",
        "Deliver took 31 ms besides its commits",
        "the disk refuses: database or disk is full",
        "unreachable: no_connection after 4 tries",
    ],
)
def test_what_happened_is_still_told(what: str) -> None:
    kept = filtered(line(what))
    assert kept is not None
    assert json.loads(kept) == json.loads(line(what))


@pytest.mark.parametrize(
    "not_ours",
    [
        "",
        "张小明",
        "{}",
        "[]",
        line("x", at="张小明"),
        line("x", level="张小明"),
        line("x", part="张小明"),
        line("x")[:-3],
        line("a-" * LONGEST),
    ],
)
def test_what_is_no_line_of_the_log_does_not_leave(not_ours: str) -> None:
    assert filtered(not_ours) is None


def test_another_field_does_not_leave() -> None:
    kept = filtered(line("x", person="张小明"))
    assert kept is not None
    assert "张" not in kept


def test_the_newest_lines_leave_as_many_as_fit(tmp_path: Path) -> None:
    noise = random.Random(1)
    words = ["".join(noise.choices("abcdefghij", k=7)) for _ in range(4000)]
    lines = [line(" ".join(noise.choices(words, k=12)) + f" {number}") for number in range(9000)]
    (tmp_path / "kiosk.log.1").write_text("\n".join(lines[:4000]) + "\n", encoding="utf-8")
    (tmp_path / "kiosk.log").write_text("\n".join(lines[4000:]) + "\n", encoding="utf-8")
    body = packed(tmp_path)
    assert len(body) <= MOST_BYTES < FILE_BYTES
    told = gzip.decompress(body).decode().splitlines()
    assert len(told) > 100
    assert [json.loads(one)["what"] for one in told] == [json.loads(one)["what"] for one in lines[-len(told) :]]


def test_without_a_log_nothing_is_sent(tmp_path: Path) -> None:
    assert gzip.decompress(packed(tmp_path / "nowhere")) == b""
