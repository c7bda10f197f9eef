"""The types our Python exports to QML, described for qmllint; fills in what PySide6's describing tool leaves out."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import PySide6

MODULE = "CampusKiosk"
METATYPES = Path(PySide6.__file__).parent / "Qt" / "metatypes"
FOREIGN = ("core", "gui", "qml", "quick")
TOOLS = Path(sys.executable).parent


def describe(package: Path, out: Path) -> None:
    """Write the module ``CampusKiosk`` below ``out`` with all types that ``package`` exports to QML."""
    module = out / MODULE
    module.mkdir(parents=True, exist_ok=True)
    (module / "qmldir").write_text(f"module {MODULE}\ntypeinfo kiosk.qmltypes\n", encoding="ascii")
    sources = {path: path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))}
    trees = {path: ast.parse(source) for path, source in sources.items() if imports_qt(source)}
    if not trees:
        (module / "kiosk.qmltypes").write_text("import QtQuick.tooling 1.2\nModule {}\n", encoding="ascii")
        return
    found = out / "metaobjects.json"
    subprocess.run([TOOLS / "pyside6-metaobjectdump", "--quiet", "-o", found, *bases_first(trees)], check=True)
    files = json.loads(found.read_text(encoding="utf-8"))
    mark_constants(files, {name for tree in trees.values() for name in constants(tree)})
    found.write_text(json.dumps(files), encoding="utf-8")
    foreign = ",".join(str(METATYPES / f"qt6{name}_metatypes.json") for name in FOREIGN)
    subprocess.run(
        [
            *(TOOLS / "pyside6-qmltyperegistrar", found, "-o", out / "unused.cpp"),
            *("--generate-qmltypes", module / "kiosk.qmltypes", "--foreign-types", foreign),
            *("--import-name", MODULE, "--major-version", "1", "--minor-version", "0"),
        ],
        check=True,
    )


def imports_qt(source: str) -> bool:
    """Whether a file may define exported classes or what they inherit from."""
    return any(line.startswith(("from PySide6", "import PySide6")) for line in source.splitlines())


def bases_first(trees: dict[Path, ast.Module]) -> list[Path]:
    """Files in an order in which every class follows its base: the tool knows only the classes it has already met."""
    home = {node.name: path for path, tree in trees.items() for node in _classes(tree)}
    needs = {
        path: {
            home[base.id]
            for node in _classes(tree)
            for base in node.bases
            if isinstance(base, ast.Name) and base.id in home
        }
        - {path}
        for path, tree in trees.items()
    }
    return list(TopologicalSorter(needs).static_order())


def constants(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Class and property of each ``@Property(..., constant=True)``, which the tool does not pass on."""
    for node in _classes(tree):
        for function in node.body:
            for mark in function.decorator_list if isinstance(function, ast.FunctionDef) else []:
                words = mark.keywords if isinstance(mark, ast.Call) else []
                if any(word.arg == "constant" and ast.unparse(word.value) == "True" for word in words):
                    yield node.name, getattr(function, "name", "")


def mark_constants(files: list[dict[str, Any]], known: set[tuple[str, str]]) -> None:
    for each in (entry for file in files for entry in file["classes"]):
        for declared in each.get("properties", []):
            if (each["className"], declared["name"]) in known:
                declared["constant"] = True


def _classes(tree: ast.Module) -> list[ast.ClassDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
