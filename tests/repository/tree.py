"""The files of the project, as a commit would hold them."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TEXT = frozenset({".py", ".qml", ".toml", ".md", ".sh", ".in", ".lock", ".apt", ".yaml", ".json", ".ini", ".csv", ""})
LEFT_OUT = frozenset({"build", "dist", "__pycache__"})


def files(*suffixes: str) -> list[Path]:
    """All files, or those with one of the suffixes; without git (an unpacked archive) whatever is not hidden."""
    found = [ROOT / name for name in _listed()] or list(_walked(ROOT))
    return sorted(path for path in found if path.is_file() and (not suffixes or path.suffix in suffixes))


def texts() -> list[tuple[Path, str]]:
    return [(path, path.read_text(encoding="utf-8")) for path in files(*TEXT) if path.name != "LICENSE"]


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _listed() -> list[str]:
    # Quiet where there is no git, no repository, or one that belongs to somebody else.
    git = ["git", "-C", str(ROOT), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        return [entry for entry in subprocess.run(git, capture_output=True, text=True).stdout.split("\0") if entry]
    except FileNotFoundError:
        return []


def _walked(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if not path.name.startswith(".") and path.name not in LEFT_OUT:
                yield from _walked(path)
        else:
            yield path
