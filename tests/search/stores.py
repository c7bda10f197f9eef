"""The sample campus's articles as a kiosk holds them."""

from pathlib import Path

from kiosk.domain.articles import Knowledge
from kiosk.hub.builtin.sample import sample_folder
from kiosk.hub.services.article_folder import read_folder
from kiosk.offline import article_store
from kiosk.services.hub_requests import KnowledgeSnapshot
from kiosk.wire.knowledge import packed

_SAMPLE = read_folder(sample_folder())
SAMPLE = Knowledge("sample", _SAMPLE.topics or (), _SAMPLE.synonyms or (), _SAMPLE.pairs)


def snapshot(knowledge: Knowledge = SAMPLE) -> KnowledgeSnapshot:
    return KnowledgeSnapshot(f'"{knowledge.version}"', packed(knowledge))


def written(folder: Path, knowledge: Knowledge = SAMPLE) -> Path:
    path = folder / "articles.db"
    article_store.write(path, snapshot(knowledge))
    return path
