"""Searches of one visit that led nowhere: told to the campus without who searched, as feedback is (journeys 1)."""

from kiosk.domain.language import Language
from kiosk.domain.queueable import FeedbackDraft, Mark
from kiosk.domain.search_words import SEARCH, telling
from kiosk.services.ports import Outbox

#: Searches of one visit that are told; each once.
MOST_TOLD = 3


class SearchTrail:
    """Text is what was typed last: whoever types on or corrects it is still searching for the same."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._told: list[FeedbackDraft] = []
        self._text, self._language, self._rows = "", Language.ZH, -1

    def typed(self, text: str, language: Language) -> None:
        if not text:
            self.left()
        self._text, self._language, self._rows = text, language, -1

    def answered(self, rows: int) -> None:
        """To the text typed last; direct actions count as rows."""
        self._rows = rows

    def opened(self) -> None:
        """Something that was found."""
        self._text = ""

    def left(self) -> None:
        """The search, for something that it did not find. One that was not answered yet says nothing."""
        words = telling(self._text) if self._rows >= 0 else ""
        mark = Mark.FOUND_AND_LEFT if self._rows else Mark.NOT_FOUND
        self._text = ""
        if words and all(draft.words != words for draft in self._told):
            self._told.append(FeedbackDraft(self._language, SEARCH, mark, words=words))

    def ended(self) -> None:
        """The visit. Where the disk refuses, nothing is told."""
        self.left()
        told, self._told = self._told, []
        for draft in told[:MOST_TOLD]:
            self._outbox.enqueue(draft)
