"""The domain knows neither clock nor disk nor anybody's library: standard library only, time is a parameter."""

import ast
import sys

import pytest

from tests.repository.tree import ROOT

PURE = sys.stdlib_module_names - {
    *(
        "asyncio",
        "ctypes",
        "http",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "secrets",
        "select",
        "shutil",
        "signal",
    ),
    *("socket", "sqlite3", "ssl", "subprocess", "tempfile", "threading", "time", "urllib"),
}
CLOCKS = frozenset({"now", "utcnow", "today", "uuid1", "uuid4"})


def impure(source: str) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(source)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "."]
        found += [
            each for each in names if each.partition(".")[0] not in PURE and not f"{each}.".startswith("kiosk.domain.")
        ]
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Attribute) and called.attr in CLOCKS:
                found.append(called.attr)
            if isinstance(called, ast.Name) and called.id in {"open", "print", "input"}:
                found.append(called.id)
    return found


def test_the_domain_is_pure() -> None:
    sources = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "kiosk" / "domain").rglob("*.py")}
    assert sources
    assert {file: impure(source) for file, source in sources.items() if impure(source)} == {}


@pytest.mark.parametrize(
    "source",
    [
        "import msgspec",
        "from PySide6.QtCore import QObject",
        "from kiosk.wire import routes",
        "import time",
        "def f():\n    from os import path",
        "datetime.now()",
        "date.today()",
        "open('x')",
    ],
)
def test_the_guard_sees_planted_impurity(source: str) -> None:
    assert impure(source)
    assert impure("from kiosk.domain.people import Person\nimport enum") == []
