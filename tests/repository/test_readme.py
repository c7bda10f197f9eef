"""What the documents tell people to type exists."""

import re

from tests.repository.tree import ROOT

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md")
MADE = re.compile(r"(?:`|^\s*(?:\$ )?)make ([a-z][\w-]*)", re.MULTILINE)


def targets(makefile: str) -> set[str]:
    return {name for names in re.findall(r"^([a-z][\w -]*):(?!=)", makefile, re.MULTILINE) for name in names.split()}


def unknown(document: str, makefile: str) -> set[str]:
    return set(MADE.findall(document)) - targets(makefile)


def test_documents_name_only_targets_that_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = {name: unknown((ROOT / name).read_text(encoding="utf-8"), makefile) for name in DOCUMENTS}
    assert {name: what for name, what in found.items() if what} == {}


def test_ci_runs_what_developers_run() -> None:
    ci = ROOT / ".ci" / "run"
    assert ci.stat().st_mode & 0o111
    assert ci.read_text(encoding="utf-8").rstrip().endswith("make test")


def test_the_guard_sees_a_planted_target() -> None:
    assert unknown("Type `make fly` or\n    make run\n", "run: x\n\ttrue\nX := 1\n") == {"fly"}
