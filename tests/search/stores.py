"""The sample campus's articles as a kiosk holds them, and as a hub sends them."""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from kiosk.domain.articles import Knowledge
from kiosk.hub.builtin.sample import sample_folder
from kiosk.hub.services.article_folder import read_folder
from kiosk.offline import article_store
from kiosk.services.hub_requests import KnowledgeList, TextsCame
from kiosk.wire.knowledge import ArticleList, packed_list, packed_texts, text_id

_SAMPLE = read_folder(sample_folder())
SAMPLE = Knowledge("sample", _SAMPLE.topics or (), _SAMPLE.synonyms or (), _SAMPLE.pairs)


def texts_of(knowledge: Knowledge = SAMPLE) -> dict[str, bytes]:
    bodies = (msgspec.json.encode(pair) for pair in knowledge.articles)
    return {text_id(body): body for body in bodies}


def list_of(knowledge: Knowledge = SAMPLE, late: Iterable[str] = ()) -> ArticleList:
    """``late``: ids of articles."""
    by_id = {pair.id: text_id(msgspec.json.encode(pair)) for pair in knowledge.articles}
    overdue = tuple(by_id[id] for id in late)
    return ArticleList(knowledge.version, knowledge.topics, knowledge.synonyms, tuple(by_id.values()), overdue)


def etag_of(knowledge: Knowledge) -> str:
    return f'"{knowledge.version}"'


def listed(knowledge: Knowledge = SAMPLE) -> KnowledgeList:
    return KnowledgeList(etag_of(knowledge), packed_list(list_of(knowledge)))


def came(ids: Iterable[str], texts: dict[str, bytes]) -> TextsCame:
    return TextsCame(packed_texts([texts[id] for id in ids if id in texts]))


def written(folder: Path, knowledge: Knowledge = SAMPLE, late: Iterable[str] = ()) -> Path:
    path = folder / "articles.db"
    article_store.write(path, etag_of(knowledge), list_of(knowledge, late), texts_of(knowledge).items())
    return path
