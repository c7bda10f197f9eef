"""No file may name a place of the machine it was written on, nor a package registry."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository.tree import ROOT, name, texts

PUBLIC = ("/", "/usr", "/usr/src", "/usr/local/src", "/opt", "/srv", "/var", "/home", "/etc", "/run", "/mnt", "/media")
GENERIC = r"/(?:home|Users)/\w+/|/root/|/tmp/\w"
REGISTRIES = r"\bpypi\.org\b|\bfiles\.pythonhosted\.org\b|\bregistry\.npmjs\.org\b"


def private_places() -> list[str]:
    """Folders of this checkout and of this person, and where this machine's pip fetches from."""
    # A folder at the top of the disk may share its name with a route of ours, so it counts only with what follows.
    folders = {f"{folder}/" for folder in (ROOT, ROOT.parent, Path.home()) if len(folder.parts) > 2 or folder != ROOT}
    folders -= {f"{folder.rstrip('/')}/" for folder in PUBLIC} | {"//"}
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    settings = [line.partition("=")[2] for line in listed.stdout.splitlines() if "index" in line or "links" in line]
    settings += [value for key, value in os.environ.items() if key.startswith(("PIP_", "UV_"))]
    hosts = re.findall(r"\w+://(?:[^/@\s]*@)?([^/\s'\"]+)", " ".join(settings))
    return sorted(folders) + sorted({host for host in hosts if "." in host})


def places(text: str, private: list[str]) -> list[str]:
    named = "|".join(re.escape(place) for place in private)
    return [found.group() for found in re.finditer(rf"(?<![\w.:$}}/-])(?:{named}|{GENERIC})|{REGISTRIES}", text)]


def test_no_file_names_a_private_place() -> None:
    private = private_places()
    found = {name(path): places(text, private) for path, text in texts() if path != Path(__file__).resolve()}
    assert {path: what for path, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "text",
    [
        f"see {ROOT}/notes",
        f"open('{Path.home()}/x')",
        "#!/home/ada/bin/python",
        'open("/tmp/x")',
        "https://pypi.org/simple",
        "/root/.ssh",
        "at /build/place/main",
    ],
)
def test_the_guard_sees_planted_places(text: str) -> None:
    assert places(text, [*private_places(), f"{ROOT}/", f"{Path.home()}/", "/build/place/"])


@pytest.mark.parametrize("text", ["frame/depot/x", "kiosk/tmp/x", "https://hub.example/home/", "${TMPDIR}/tmp/x"])
def test_the_guard_leaves_other_paths_alone(text: str) -> None:
    assert places(text, ["/depot/"]) == []
