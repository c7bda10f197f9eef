"""Nothing half done, nothing excused, no names that say nothing, and a long file says why it is long."""

import ast
import io
import re
import tokenize
from pathlib import Path

import pytest

from tests.repository.tree import files, name

MARKS = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")
EXCUSES = frozenset(
    {"skip", "skipif", "skipUnless", "skipIf", "SkipTest", "skipTest", "xfail", "importorskip", "expectedFailure"}
)
MOST_LINES = 400


def excused(source: str) -> list[str]:
    """Skipped, expected to fail, or not implemented."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Attribute)
            and node.attr in EXCUSES
            and _names(node.value) & {"pytest", "mark", "unittest", "self"}
        ):
            found.append(node.attr)
        if isinstance(node, ast.Name) and node.id in {"NotImplementedError", "NotImplemented"}:
            found.append(node.id)
    return found


def half_done(source: str) -> list[str]:
    """Marks in comments and docstrings of Python."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return [
        mark
        for token in tokens
        if token.type in (tokenize.COMMENT, tokenize.STRING)
        for mark in MARKS.findall(token.string)
    ]


def empty_names(path: str, source: str) -> list[str]:
    """Modules and classes named after nothing they do."""
    classes = [node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)]
    stem = Path(path).stem
    found = [name for name in classes if re.search(r"(?:Manager|Helper|Util|Utils)$|^Base(?:[A-Z]|$)|[a-z]Base$", name)]
    return [*found, *([stem] if stem in {"utils", "util", "common_utils", "misc", "manager", "base"} else [])]


def too_long(source: str) -> bool:
    return len(source.splitlines()) > MOST_LINES and "because" not in (ast.get_docstring(ast.parse(source)) or "")


def _names(node: ast.AST) -> set[str]:
    return {
        part.id if isinstance(part, ast.Name) else part.attr
        for part in ast.walk(node)
        if isinstance(part, ast.Name | ast.Attribute)
    }


PYTHON = [(name(path), path.read_text(encoding="utf-8")) for path in files(".py")]
OTHERS = [(name(path), path.read_text(encoding="utf-8")) for path in files(".qml", ".sh")]


def test_no_test_is_excused_and_nothing_is_left_unimplemented() -> None:
    assert {path: excused(source) for path, source in PYTHON if path != name(Path(__file__)) and excused(source)} == {}


def test_nothing_is_left_half_done() -> None:
    marked = {path: half_done(source) for path, source in PYTHON if path != name(Path(__file__))}
    marked |= {path: MARKS.findall(source) for path, source in OTHERS}
    assert {path: marks for path, marks in marked.items() if marks} == {}


def test_every_name_says_something() -> None:
    assert {path: empty_names(path, source) for path, source in PYTHON if empty_names(path, source)} == {}


def test_a_long_file_says_why_it_is_long() -> None:
    assert [path for path, source in PYTHON if too_long(source)] == []
    assert [
        path for path, source in OTHERS if len(source.splitlines()) > MOST_LINES and "because" not in source[:500]
    ] == []


@pytest.mark.parametrize(
    "source",
    [
        "pytest.skip('later')",
        "@pytest.mark.xfail\ndef test_x(): pass",
        "@pytest.mark.skipif(True, reason='x')\ndef test_x(): pass",
        "pytest.importorskip('cups')",
        "import unittest\nraise unittest.SkipTest",
        "def x():\n    raise NotImplementedError",
    ],
)
def test_the_guard_sees_planted_excuses(source: str) -> None:
    assert excused(source)


def test_the_guard_sees_planted_marks_names_and_lengths() -> None:
    assert half_done("x = 1  # TODO later")
    assert half_done('"""FIXME"""')
    assert not half_done("todo = 1")
    assert empty_names("a.py", "class CardManager: ...\nclass BaseCard: ...\nclass CardBase: ...") == [
        "CardManager",
        "BaseCard",
        "CardBase",
    ]
    assert empty_names("kiosk/utils.py", "") == ["utils"]
    assert empty_names("a.py", "class Database: ...") == []
    assert too_long('"""Long."""\n' + "x = 1\n" * 400)
    assert not too_long('"""Long because one table."""\n' + "x = 1\n" * 400)
