"""Words as another language would have them: all of the catalogue's 40 % longer.

What is left alone, because it is as long in any language: languages (called what they call themselves), signs on keys,
dates and times of the calendar, and whatever is filled in: numbers, names, references, places, amounts.
What people and the campus wrote (titles, articles, places) is measured elsewhere: by long titles and hostile strings.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

import kiosk.ui.words_view_model
import kiosk.words
from kiosk.domain.language import Language

LONGER = 0.4
_FILLER = {Language.ZH: "再长一些看看放得下吗", Language.EN: " and then some more of it"}
CALENDAR = "when"
BOUNDED = frozenset({"chinese", "english", "key_symbols", "key_letters"})
_VALUE = re.compile(r"\{[^}]*\}")


def longer(text: str, language: Language) -> str:
    """``text`` with 40 % more letters at the end of it; what is filled in counts nothing."""
    more = round(len(_VALUE.sub("", text)) * LONGER)
    filler = _FILLER[language] * (more // len(_FILLER[language]) + 1)
    end = "。" if text.endswith("。") else "." if text.endswith(".") else ""
    return text.removesuffix(end) + filler[:more].rstrip() + end


@contextmanager
def longer_words() -> Iterator[None]:
    """While it lasts, the whole catalogue is longer."""
    short = kiosk.words.table

    def table(language: Language, name: str) -> dict[str, str]:
        return {
            key: text if name == CALENDAR or (name == "screen" and key in BOUNDED) else longer(text, language)
            for key, text in short(language, name).items()
        }

    with mock.patch.object(kiosk.words, "table", table), mock.patch.object(kiosk.ui.words_view_model, "table", table):
        yield
