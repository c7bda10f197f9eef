"""A place where people help: what it is called, when it is open, what to bring."""

from dataclasses import dataclass

from kiosk.domain.language import Language


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the campus in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


@dataclass(frozen=True, slots=True)
class Opening:
    """``day`` 1 (Monday) .. 7; ``opens`` and ``closes`` local ``HH:MM``."""

    day: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Desk:
    place: Text
    phone: str
    hours: tuple[Opening, ...]
    bring: tuple[Text, ...]
