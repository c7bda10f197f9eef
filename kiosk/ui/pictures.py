"""Two more pictures for the screens: QR codes and the drawn campus card.

``image://qr/<text>`` gives one pixel for each module with a quiet zone of 4 modules (ISO/IEC 18004), black on
white, level M; QML scales it by whole numbers. ``image://card/<primary>/<school>/<words>`` (colour as six hex digits)
gives the tilted card. Texts are percent-encoded with ``~`` for ``%``, because Qt decodes a path in parts.
"""

from urllib.parse import unquote

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPainterPath, QPen

from kiosk.ui.quick import QQuickImageProvider

QUIET_ZONE = 4  # modules
QR_TEXT_LIMIT = 300  # bytes: version 13 at level M, still readable from a screen at arm's length
CARD_SIZE = QSize(420, 284)
CARD_TILT = -6.0  # degrees; drawn here because the scene graph's software renderer leaves stairs on rotated edges
_FAMILY = "Noto Sans CJK SC"


def decoded(text: str) -> str:
    return unquote(text.replace("~", "%"))


def qr_image(text: str) -> QImage:
    """One pixel for each module, quiet zone included. Raises ValueError if ``text`` is too long for a screen."""
    # Imported here: only screens with a code need it, and never the first one.
    from qrcode.constants import ERROR_CORRECT_M
    from qrcode.main import QRCode

    if len(text.encode("utf-8")) > QR_TEXT_LIMIT:
        raise ValueError("too long for a QR code on a screen")
    code = QRCode(error_correction=ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    image = QImage(len(rows), len(rows), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                image.setPixelColor(x, y, QColor(Qt.GlobalColor.black))
    return image


class QrProvider(QQuickImageProvider):
    """``engine.addImageProvider("qr", QrProvider())``; keeps nothing, so a visit leaves no code behind."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: ARG002
        """One white pixel for an address from elsewhere that is too long for a screen."""
        try:
            return qr_image(decoded(id))
        except ValueError:
            image = QImage(1, 1, QImage.Format.Format_RGB32)
            image.fill(Qt.GlobalColor.white)
            return image


def _text(
    painter: QPainter,
    box: QRectF,
    words: str,
    pixels: int,
    bold: bool,
    align: Qt.AlignmentFlag,
) -> None:
    font = QFont(_FAMILY)
    font.setPixelSize(pixels)
    font.setBold(bold)
    painter.setFont(font)
    words = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
    painter.drawText(box, align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, words)


def card_image(primary: QColor, school: str, words: str, size: QSize) -> QImage:
    """A campus card seen at a tilt, on a transparent ground of ``size`` px (drawn in a 420 × 284 frame)."""
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    scale = min(size.width() / CARD_SIZE.width(), size.height() / CARD_SIZE.height())
    painter.translate(size.width() / 2, size.height() / 2)
    painter.scale(scale, scale)
    painter.rotate(CARD_TILT)
    card = QRectF(-190, -119, 380, 238)
    shape = QPainterPath()
    shape.addRoundedRect(card, 22, 22)
    painter.fillPath(shape, QColor("#FFFFFF"))
    head = QPainterPath()
    head.addRect(QRectF(-190, -119, 380, 88))
    painter.fillPath(shape.intersected(head), primary)
    painter.setPen(QColor("#FFFFFF"))
    _text(
        painter,
        QRectF(-164, -115, 210 if words else 328, 84),
        school,
        29,
        True,
        Qt.AlignmentFlag.AlignLeft,
    )
    _text(
        painter,
        QRectF(46, -115, 120, 84),
        words,
        22,
        False,
        Qt.AlignmentFlag.AlignRight,
    )
    painter.setPen(Qt.PenStyle.NoPen)
    for box, colour in (
        (QRectF(-164, -8, 84, 102), "#E6EBFA"),
        (QRectF(-52, 4, 130, 22), "#D8D3C6"),
        (QRectF(-52, 52, 190, 22), "#E9E6DD"),
    ):
        painter.setBrush(QColor(colour))
        painter.drawRoundedRect(box, 10, 10)
    painter.setBrush(primary)
    painter.drawEllipse(QPointF(-122, 30), 17, 17)
    shoulders = QPainterPath(QPointF(-148, 70))
    shoulders.cubicTo(-144, 38, -100, 38, -96, 70)
    shoulders.closeSubpath()
    painter.fillPath(shoulders, primary)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor("#131A30"), 3))
    painter.drawPath(shape)
    painter.end()
    return image


class CardProvider(QQuickImageProvider):
    """``engine.addImageProvider("card", CardProvider())``."""

    def __init__(self) -> None:
        super().__init__(QQuickImageProvider.ImageType.Image)

    def requestImage(self, id: str, size: QSize, requestedSize: QSize) -> QImage:  # noqa: ARG002
        primary, school, words = id.split("/")
        wanted = requestedSize if requestedSize.width() > 0 and requestedSize.height() > 0 else CARD_SIZE
        return card_image(QColor("#" + primary), decoded(school), decoded(words), wanted)
