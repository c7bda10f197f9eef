"""The import contracts are about modules that exist, and a planted import breaks them."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.repository.tree import ROOT

ALSO = frozenset({"kiosk.sqlite", "kiosk.words", "kiosk.worker", "kiosk.hub.builtin", "kiosk.hub.store"})


def contracts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
        "contracts"
    ]
    return found


def modules(contract: dict[str, Any]) -> set[str]:
    listed = [entry for key in ("layers", "packages", "importers", "source_modules") for entry in contract.get(key, [])]
    return {name.strip(" ()") for entry in listed for name in entry.split("|")}


def exists(module: str) -> bool:
    path = ROOT.joinpath(*module.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def test_every_module_in_a_contract_exists() -> None:
    named = {name for contract in contracts() for name in modules(contract) if name.startswith("kiosk.")}
    assert {name for name in named if not exists(name)} == set()


def lint(tree: Path) -> str:
    """What import-linter says about a copy of the package's folders holding only what ``tree`` holds."""
    (tree / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text(encoding="utf-8"), encoding="utf-8")
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-logo", "--no-cache"]
    environment = {"PYTHONPATH": f"{tree}:{ROOT}", "COLUMNS": "300"}
    done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


@pytest.fixture
def skeleton(tmp_path: Path) -> Path:
    """The package's shape without its code: every module a contract names, and those that planted code stands in."""
    named = {name for contract in contracts() for name in modules(contract) if name.startswith("kiosk.")}
    for name in sorted({"kiosk", "kiosk.hub", "kiosk.hub.services", *named, *ALSO}):
        path = tmp_path.joinpath(*name.split("."))
        if ROOT.joinpath(*name.split(".")).is_dir():
            path.mkdir(parents=True, exist_ok=True)
            path = path / "__init__"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(".py").touch()
    return tmp_path


def test_the_empty_shape_keeps_every_contract(skeleton: Path) -> None:
    assert f"Contracts: {len(contracts())} kept, 0 broken" in lint(skeleton)


PLANTED = {
    "kiosk-layers": ("kiosk/ui/page.py", "import kiosk.devices"),
    "hub-layers": ("kiosk/hub/services/tickets.py", "import kiosk.hub.api"),
    "domain": ("kiosk/domain/people.py", "import kiosk.words"),
    "wire": ("kiosk/wire/routes.py", "import kiosk.search"),
    "search": ("kiosk/search/index.py", "import kiosk.words"),
    "services": ("kiosk/services/visits.py", "import kiosk.wire"),
    "secret": ("kiosk/secret/helper.py", "import kiosk.words"),
    "hub": ("kiosk/hub/clock.py", "def late():\n    import kiosk.services"),
    "no-hub": ("kiosk/cli.py", "def serve():\n    import kiosk.hub"),
    "wire-importers": ("kiosk/devices/card.py", "import kiosk.wire"),
    "search-importers": ("kiosk/ui/find.py", "import kiosk.search"),
    "sqlite-importers": ("kiosk/app.py", "import kiosk.sqlite"),
    "store-importers": ("kiosk/hub/api/tickets.py", "import kiosk.hub.store"),
    "qt": ("kiosk/worker.py", "from PySide6.QtCore import QObject"),
    "plugs": ("kiosk/ui/printer.py", "import escpos.printer"),
    "ldap": ("kiosk/hub/services/people.py", "def late():\n    import bonsai"),
    "requests": ("kiosk/offline/send.py", "import requests"),
    "strength": ("kiosk/backstage.py", "def late():\n    import zxcvbn"),
    "sign-in": ("kiosk/hub/services/people.py", "def late():\n    from joserfc import jwt"),
}


def test_every_contract_has_a_planted_violation() -> None:
    assert PLANTED.keys() == {contract["id"] for contract in contracts()}


@pytest.mark.parametrize("contract", PLANTED)
def test_a_planted_import_breaks_its_contract(contract: str, skeleton: Path) -> None:
    file, source = PLANTED[contract]
    (skeleton / file).write_text(source + "\n", encoding="utf-8")
    name = next(each["name"] for each in contracts() if each["id"] == contract)
    assert f"{name} BROKEN" in lint(skeleton)
