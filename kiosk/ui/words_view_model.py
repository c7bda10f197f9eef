"""The fixed words of the screens, whole tables at a time, so that a change of language is one announcement."""

from typing import Any

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.domain.language import Language
from kiosk.ui.qml_types import QVariantMap
from kiosk.words import table

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1
TABLE = "screen"


@QmlElement
class WordsViewModel(QObject):
    """``words.of.back``; ``zh`` and ``en`` are for the pages that carry both."""

    ofChanged = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def speak(self, language: Language) -> None:
        if language is not self._language:
            self._language = language
            self.ofChanged.emit()

    @Property(QVariantMap, notify=ofChanged)
    def of(self) -> dict[str, Any]:
        return dict(table(self._language, TABLE))

    @Property(QVariantMap, constant=True)
    def zh(self) -> dict[str, Any]:
        return dict(table(Language.ZH, TABLE))

    @Property(QVariantMap, constant=True)
    def en(self) -> dict[str, Any]:
        return dict(table(Language.EN, TABLE))
