"""Words are read a table at a time; that must give what reading the whole file gives."""

import tomllib

import pytest

from kiosk.domain.language import Language
from kiosk.words import assets, say, table


@pytest.mark.parametrize("language", Language)
def test_table_by_table_the_catalogue_is_the_whole_file(language: Language) -> None:
    whole = tomllib.loads((assets() / "i18n" / f"{language.value}.toml").read_text(encoding="utf-8"))
    assert whole
    assert {name: table(language, name) for name in whole} == whole


@pytest.mark.parametrize("key", ["screen.no_such_word", "no_such_table.start"])
def test_a_word_that_does_not_exist_is_a_bug(key: str) -> None:
    with pytest.raises(KeyError):
        say(Language.ZH, key)
