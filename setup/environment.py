"""The virtual environment ``.venv`` with exactly what the locks name; nothing that is not hashed is fetched."""

import hashlib
import json
import subprocess
import sys
import tomllib
from pathlib import Path

from setup.trouble import Trouble

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ROOT / "requirements"
# The test lock is a superset of the run lock, so an environment ready for tests is ready to run.
ENOUGH = {"run": ("run", "test"), "test": ("test",)}


def prepare(purpose: str, folder: Path = ROOT / ".venv") -> None:
    python = folder / "bin" / "python"
    if not _runs(python):
        _create(folder)
    if any(_read(_stamp(folder, kind)) == fingerprint(kind) for kind in ENOUGH[purpose]):
        return
    print(f"setup: installing {purpose}.lock into {folder.name}", flush=True)
    pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check", "install"]
    # In two steps: pyscard is built from source, with the locked tools instead of an unlocked build environment.
    _run([*pip, "--require-hashes", "--only-binary=:all:", "-r", str(LOCKS / "build.lock")])
    _run([*pip, "--require-hashes", "--no-build-isolation", "-r", str(LOCKS / f"{purpose}.lock")])
    _run([*pip, "--no-deps", "--no-build-isolation", "--no-index", "--editable", str(ROOT)])
    # pip compiles what it installs; our own code stays where it is, and where Python may not write the result beside it
    # (PYTHONDONTWRITEBYTECODE) each start would compile it anew.
    _run([str(python), "-m", "compileall", "-q", str(ROOT / "kiosk")])
    _stamp(folder, purpose).write_text(fingerprint(purpose), encoding="ascii")


def fingerprint(purpose: str) -> str:
    """Changes with the locks, with what is installed of pyproject.toml, and with the place of the checkout."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    installed = [project["build-system"], project["project"], project["tool"]["hatch"], str(ROOT)]
    digest = hashlib.sha256(json.dumps(installed, sort_keys=True).encode())
    for lock in ("build", purpose):
        digest.update(hashlib.sha256((LOCKS / f"{lock}.lock").read_bytes()).digest())
    return digest.hexdigest()


def _create(folder: Path) -> None:
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    print(f"setup: making {folder.name} with Python {version} ({sys.executable})", flush=True)
    if subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=False).returncode != 0:
        raise Trouble(f"Python {version} cannot make virtual environments; on Debian, install python{version}-venv")


def _runs(python: Path) -> bool:
    """Whether the environment still works: its Python may have been removed or replaced by the system."""
    check = "import sys, pip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))"
    return python.exists() and subprocess.run([python, "-c", check], capture_output=True, check=False).returncode == 0


def _run(command: list[str]) -> None:
    if subprocess.run(command, check=False).returncode != 0:
        raise Trouble("the locked dependencies could not be installed; pip's own words are above")


def _stamp(folder: Path, purpose: str) -> Path:
    return folder / f".ready-{purpose}"


def _read(stamp: Path) -> str:
    return stamp.read_text(encoding="ascii") if stamp.exists() else ""
