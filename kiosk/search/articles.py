"""An article as what an index holds of it."""

from kiosk.domain.articles import ArticlePair
from kiosk.domain.language import Language
from kiosk.search.index import Document

#: Taken off the weight of an article whose review is overdue: of two that fit alike the other one stands first.
LATE_COSTS = 50


def weight_of(pair: ArticlePair, *, is_late: bool) -> int:
    return pair.zh.weight - LATE_COSTS * is_late


def document_of(pair: ArticlePair, language: Language, weight: int) -> Document:
    of = pair.of(language)
    pinyin = pair.pinyin if language is Language.ZH else ()
    return Document(pair.id, language, of.title, of.summary, of.tags, of.asked, of.body, pinyin, weight)
