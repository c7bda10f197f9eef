"""The pictures of this kiosk's articles, a file each, named by what it holds."""

import logging
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kiosk.domain.articles import PICTURE_ID
from kiosk.offline import durable_file

_ENDS = ".jpg"
_log = logging.getLogger(__name__)


class PictureFolder:
    """Used by one thread; the screen reads the files it names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def missing(self, wanted: Iterable[str]) -> tuple[str, ...]:
        return tuple(id for id in wanted if PICTURE_ID.fullmatch(id) and not file_of(self._folder, id).is_file())

    def keep(self, id: str, body: bytes) -> None:
        """A disk that refuses leaves the picture out; it is asked for again with the next articles."""
        if not PICTURE_ID.fullmatch(id):
            return
        try:
            self._folder.mkdir(mode=0o700, exist_ok=True)
            durable_file.write(file_of(self._folder, id), body)
        except OSError as error:
            _log.error("a picture is not kept: %s", error.strerror)

    def forget_others(self, wanted: Iterable[str]) -> None:
        keep = {f"{id}{_ENDS}" for id in wanted}
        with suppress(OSError):
            for name in os.listdir(self._folder):
                if name not in keep:
                    (self._folder / name).unlink(missing_ok=True)


def file_of(folder: Path, id: str) -> Path:
    return folder / f"{id}{_ENDS}"
