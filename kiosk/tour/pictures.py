"""Pictures of the screens, written beside the walk: compressing one takes longer than drawing it."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from PySide6.QtGui import QImage

#: Pictures (8 MB each) that may wait to be written; beyond that the walk waits.
MOST_WAITING = 2
#: As Qt counts it, zlib's level 1: a fifth larger and a quarter less work than its own choice.
QUICKLY = 80


class Pictures:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writer = ThreadPoolExecutor(1, "pictures")
        self._waiting: list[tuple[str, Future[bool]]] = []

    def keep(self, image: QImage, name: str) -> None:
        self._waiting.append((name, self._writer.submit(_write, image, self.folder / name)))
        if len(self._waiting) > MOST_WAITING:
            self._written(*self._waiting.pop(0))

    def close(self) -> None:
        """Returns when every picture is on disk. Raises OSError where one could not be written."""
        while self._waiting:
            self._written(*self._waiting.pop(0))
        self._writer.shutdown()

    def _written(self, name: str, done: "Future[bool]") -> None:
        if not done.result():
            raise OSError(f"{self.folder / name} cannot be written")


def _write(image: QImage, file: Path) -> bool:
    return bool(image.save(str(file), "PNG", QUICKLY))  # type: ignore[call-overload]  # its stub wants bytes
