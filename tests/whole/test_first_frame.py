"""The start is a budget: what the first screen does not need is imported after its first frame, or never."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.ui import bindings
from tests.patience import PATIENCE

from ..real.hub_process import hub_with_sample
from .enrolled import config_file, enrolled

LATER = frozenset(
    {"requests", "urllib3", "sqlite_utils", "pysqlite3", "jwt", "cryptography", "PIL", "escpos", "qrcode"}
)
NEVER = frozenset({"numpy", "pandas", "sqlalchemy", "litestar", "uvicorn", "alembic", "psycopg", "jinja2", "pytest"})
QT = frozenset({"PySide6", "shiboken6"})

STARTED = """
import importlib, json, os, sys
from kiosk import worker
from kiosk.cli import main

make = worker.Worker.__init__

def made(*arguments, **more):
    # here, so that the command itself decides in which order all is imported
    sys.modules["kiosk.app"].START_AT_LATEST_MS = 10 ** 9  # only a frame starts the worker
    for name in sys.argv[2:]:
        importlib.import_module(name)
    make(*arguments, **more)

def first_frame(_worker):
    print(json.dumps([name for name in sys.modules if "_later" not in vars(sys.modules[name])]), flush=True)
    os._exit(0)

worker.Worker.__init__, worker.Worker.start = made, first_frame
sys.exit(main(["run", "--config", sys.argv[1]]))
"""


def modules(script: str, *arguments: str) -> set[str]:
    """Names of what the process has imported when it says so."""
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 0, done.stderr
    names: list[str] = json.loads(done.stdout)
    return set(names)


def imported(script: str, *arguments: str) -> set[str]:
    """The same, top-level names only."""
    return {name.partition(".")[0] for name in modules(script, *arguments)}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first-frame")
    with hub_with_sample(folder / "hub") as hub:
        return config_file(enrolled(hub, folder / "kiosk"), folder)


def test_at_the_first_frame_nothing_is_imported_that_it_does_not_need(config: Path) -> None:
    found = imported(STARTED, str(config))
    assert found >= QT, "there was no frame"
    assert found & (LATER | NEVER) == set()


def test_at_the_first_frame_nothing_of_the_search_is_loaded(config: Path) -> None:
    assert {name for name in modules(STARTED, str(config)) if name.startswith("kiosk.search")} == set()
    assert "kiosk.search.index" in modules(STARTED, str(config), "kiosk.search.index"), "the guard sees a planted one"


def test_at_the_first_frame_the_bindings_have_explained_nothing(config: Path) -> None:
    assert modules(STARTED, str(config)) & bindings.LATER == set()
    explained = modules(STARTED, str(config), "PySide6.support.signature.lib.pyi_generator") & bindings.LATER
    assert explained == set(), "importing a part alone runs nothing"
    assert modules(STARTED, str(config), "tests.whole.explaining") & bindings.LATER, "the guard sees one that ran"


def test_the_guard_sees_planted_imports(config: Path) -> None:
    assert imported(STARTED, str(config), *sorted(LATER)) & LATER == LATER


def test_the_commands_alone_load_neither_qt_nor_anything_heavy() -> None:
    found = imported("import json, sys, kiosk.cli; print(json.dumps(sorted(sys.modules)))")
    assert found & (LATER | NEVER | QT | {"smartcard", "sqlite3"}) == set()


def test_importing_beside_qt_reads_no_source_and_keeps_none() -> None:
    """Qt's bindings would read every module for ``from __feature__``; a version that asks another way shows here."""
    found = imported(
        "import json, linecache, kiosk.ui.window, wave\n"
        "print(json.dumps([name for name in linecache.cache if name.endswith(('wave.py', 'window.py'))]))"
    )
    assert found == set()


def test_the_line_to_the_hub_guesses_no_character_sets_and_signs_without_a_library() -> None:
    found = imported("import json, sys, kiosk.uplink.hub_client; print(json.dumps(sorted(sys.modules)))")
    assert "requests" in found
    assert found & {"charset_normalizer", "chardet", "jwt"} == set()
