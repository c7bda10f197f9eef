"""A text of the campus in both languages."""

from dataclasses import dataclass

from kiosk.domain.language import Language


@dataclass(frozen=True, slots=True)
class Text:
    zh: str
    en: str

    def of(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en
