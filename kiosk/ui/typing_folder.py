"""What the input method learns from a visitor, and how it is forgotten."""

from pathlib import Path


class TypingFolder:
    """A folder of its own, best in memory (tmpfs); nothing else may live there. Without one nothing is kept."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self.forget()

    @property
    def text(self) -> str:
        return str(self._path) if self._path else ""

    def forget(self) -> None:
        """Empties the folder: a word someone typed is not offered to the next person."""
        if self._path is None or (self._path.is_dir() and not any(self._path.iterdir())):
            return
        import shutil

        shutil.rmtree(self._path, ignore_errors=True)
        self._path.mkdir(parents=True, exist_ok=True, mode=0o700)
