"""The languages a visitor can choose. Chinese is first; English is whole."""

from collections.abc import Mapping
from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"

    @property
    def other(self) -> "Language":
        return Language.EN if self is Language.ZH else Language.ZH


def language_of(environment: Mapping[str, str]) -> Language:
    """The language of commands: by LC_ALL, LC_MESSAGES, LANG (POSIX order); English unless the first set says zh."""
    named = next(filter(None, (environment.get(key) for key in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return Language.ZH if named.lower().startswith("zh") else Language.EN
