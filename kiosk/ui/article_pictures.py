"""``image://article/<id>``: a picture of an article, from this kiosk's own folder of them and nowhere else."""

from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from kiosk.domain.articles import PICTURE_ID
from kiosk.ui.icons import nothing
from kiosk.ui.quick import QQuickImageProvider


class ArticlePictureProvider(QQuickImageProvider):
    """Keeps nothing. One clear pixel where the picture has not come yet, or the file is not the one of its name."""

    def __init__(self, folder: Path | None) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)
        self._folder = folder

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: ARG002
        body = self._body(id)
        image = QImage()
        return image if body and image.loadFromData(body) else nothing(1)

    def _body(self, id: str) -> bytes:
        if self._folder is None or not PICTURE_ID.fullmatch(id):
            return b""
        try:
            body = (self._folder / f"{id}.jpg").read_bytes()
        except OSError:
            return b""
        return body if sha256(body).hexdigest()[:32] == id else b""
