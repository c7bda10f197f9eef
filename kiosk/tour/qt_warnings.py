"""The one place for lines of Qt that are known and harmless. Any other line of Qt is a fault of ours."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class KnownLine:
    """``pattern`` matches the whole line; ``seen_in`` is the Qt version it was last seen in."""

    pattern: str
    seen_in: str
    reason: str

    @property
    def message(self) -> str:
        """The pattern without Qt's logging category, as a test sees the line."""
        return self.pattern.partition(": ")[2]


KNOWN = (
    KnownLine(
        r"qt\.qml\.propertyCache\.append: Member contentWidth of the object PopupList_QMLTYPE_\d+ overrides a member "
        r"of the base object\. .*",
        "6.11.3",
        "PopupList.qml of Qt Virtual Keyboard declares a property that its base has too",
    ),
    KnownLine(
        r"qt\.virtualkeyboard\.pinyin: PinyinDecoderService::init\(\): creating directory .*",
        "6.11.3",
        "the pinyin plugin says where it makes its (empty) dictionary",
    ),
)
_ANY = re.compile("|".join(f"(?:{line.pattern})" for line in KNOWN))


def is_known(line: str) -> bool:
    return _ANY.fullmatch(line.strip()) is not None
