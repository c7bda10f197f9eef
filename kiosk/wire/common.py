"""Shapes every topic shares."""

import msgspec

from kiosk.domain.language import Language


class Text(msgspec.Struct, frozen=True):
    """A text of the campus in both languages."""

    zh: str
    en: str

    def of(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


class Problem(msgspec.Struct, frozen=True):
    """Every answer that is not 2xx: a stable ``code`` for programs, ``detail`` in English for staff and logs."""

    code: str
    detail: str = ""
