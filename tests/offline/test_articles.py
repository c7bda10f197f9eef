"""This kiosk's articles work without the hub, and are always one whole set."""

import queue
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.domain.articles import ArticlePair, Block, BlockKind, Knowledge, Picture
from kiosk.domain.language import Language
from kiosk.offline import article_store
from kiosk.offline.article_pictures import PictureFolder
from kiosk.offline.article_store import ArticleStore, NoStore
from kiosk.offline.article_thread import ArticleThread
from kiosk.services.article_requests import (
    ArticlesAnswered,
    ArticlesChanged,
    FindArticles,
    FoundArticles,
    ListArticles,
    NoArticle,
    ReadArticle,
    SuggestArticles,
)
from kiosk.services.hub_requests import KnowledgeSnapshot, PictureCame
from tests.patience import PATIENCE
from tests.search.stores import SAMPLE, snapshot, written

WITHIN = PATIENCE
FEW = replace(SAMPLE, version="few", articles=SAMPLE.articles[:3])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[ArticleStore]:
    opened = ArticleStore(written(tmp_path))
    yield opened
    opened.close()


def ids(outcome: object) -> list[str]:
    assert isinstance(outcome, FoundArticles)
    return [row.id for row in outcome.rows]


def test_what_the_hub_sent_can_be_searched_listed_and_read(store: ArticleStore) -> None:
    assert store.etag == '"sample"'
    assert ids(store.answer(FindArticles(1, "czmm", Language.ZH)))[0] == "password-forgotten"
    assert len(ids(store.answer(ListArticles(1, "")))) == article_store.MOST_HELPFUL
    topic = ids(store.answer(ListArticles(1, "wifi")))
    assert set(topic) == {pair.id for pair in SAMPLE.articles if pair.zh.topic == "wifi"}
    for pair in SAMPLE.articles:
        assert store.answer(ReadArticle(1, pair.id)) == pair


def test_topics_without_articles_are_not_offered(tmp_path: Path) -> None:
    store = ArticleStore(written(tmp_path, FEW))
    assert {topic.id for topic in store.topics} == {pair.zh.topic for pair in FEW.articles}


def test_for_a_report_the_articles_of_its_symptom_come_first(store: ArticleStore) -> None:
    found = ids(store.answer(SuggestArticles(1, "network", "no-pages")))
    assert found[0] == "wifi-connected-no-pages"
    assert len(found) == article_store.MOST_SUGGESTED


@pytest.mark.parametrize("id", ["nothing", "'; DROP TABLE articles; --", ""])
def test_an_article_that_is_not_there_is_none(store: ArticleStore, id: str) -> None:
    assert store.answer(ReadArticle(1, id)) == NoArticle()


def test_only_this_user_may_read_the_file(tmp_path: Path) -> None:
    assert written(tmp_path).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("body", [b"", b"{}", snapshot().body[:-9], snapshot().body + b"x"])
def test_what_is_no_snapshot_leaves_the_old_articles(tmp_path: Path, body: bytes) -> None:
    path = written(tmp_path, FEW)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"snapshot|JSON|object|field|truncated"):
        article_store.write(path, KnowledgeSnapshot("x", body))
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [lambda _: b"", lambda b: b[:5000], lambda b: b"x" * len(b), lambda b: b[:100] + b"\xff" * 4000 + b[4100:]],
)
def test_a_damaged_file_counts_as_none(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    path = written(tmp_path)
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(NoStore):
        ArticleStore(path)


def test_a_file_of_another_version_is_built_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path)
    monkeypatch.setattr(article_store, "FORMAT", article_store.FORMAT + 1)
    with pytest.raises(NoStore):
        ArticleStore(path)


class Desk:
    """A thread and what it posts."""

    def __init__(self, folder: Path) -> None:
        self.posted: queue.Queue[ArticlesAnswered | ArticlesChanged] = queue.Queue()
        self.thread = ArticleThread(folder / "articles.db", folder / "pictures", self.posted.put)
        self.thread.start()

    def next(self) -> ArticlesAnswered | ArticlesChanged:
        return self.posted.get(timeout=WITHIN)

    def read(self, id: str) -> object:
        self.thread.ask(ReadArticle(7, id))
        answered = self.next()
        assert isinstance(answered, ArticlesAnswered)
        return answered.outcome


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    assert made.thread.stop(WITHIN)


def test_a_new_kiosk_has_none_until_the_hubs_have_come(desk: Desk) -> None:
    assert desk.next() == ArticlesChanged("")
    assert desk.read("card-lost") == NoArticle()
    desk.thread.keep(snapshot())
    changed = desk.next()
    assert isinstance(changed, ArticlesChanged)
    assert (changed.etag, len(changed.topics)) == ('"sample"', len(SAMPLE.topics))
    assert isinstance(desk.read("card-lost"), ArticlePair)


def test_articles_are_replaced_whole(desk: Desk) -> None:
    desk.next()
    desk.thread.keep(snapshot())
    desk.next()
    desk.thread.keep(snapshot(FEW))
    assert desk.next() == ArticlesChanged(
        '"few"', tuple(t for t in SAMPLE.topics if t.id in {p.zh.topic for p in FEW.articles})
    )
    gone = next(pair.id for pair in SAMPLE.articles if pair not in FEW.articles)
    assert desk.read(gone) == NoArticle()


def test_a_snapshot_that_is_none_changes_nothing(desk: Desk) -> None:
    desk.next()
    desk.thread.keep(snapshot())
    desk.next()
    desk.thread.keep(KnowledgeSnapshot("bad", b"bad"))
    changed = desk.next()
    assert isinstance(changed, ArticlesChanged)
    assert changed.etag == '"sample"'


def test_a_file_that_turns_out_damaged_is_thrown_away_and_asked_for_again(tmp_path: Path, desk: Desk) -> None:
    desk.next()
    desk.thread.keep(snapshot())
    desk.next()
    path = tmp_path / "articles.db"
    path.write_bytes(path.read_bytes()[:8192])  # under the open connection
    desk.thread.ask(FindArticles(1, "密码", Language.ZH))
    assert desk.next() == ArticlesChanged("")
    answered = desk.next()
    assert isinstance(answered, ArticlesAnswered)
    assert answered.outcome == NoArticle()
    assert not path.exists()


def test_of_one_kind_only_the_latest_question_is_answered(tmp_path: Path) -> None:
    """Whoever types on has no use for the answer before: asked while the thread is not there yet, one is left."""
    posted: queue.Queue[ArticlesAnswered | ArticlesChanged] = queue.Queue()
    thread = ArticleThread(written(tmp_path), tmp_path / "pictures", posted.put)
    for number, text in enumerate(("w", "wi", "wif", "wifi"), 1):
        thread.ask(FindArticles(number, text, Language.ZH))
    thread.ask(ReadArticle(9, "card-lost"))
    thread.start()
    first, *answers = [posted.get(timeout=WITHIN) for _ in range(3)]
    assert isinstance(first, ArticlesChanged)
    assert [a.request.number for a in answers if isinstance(a, ArticlesAnswered)] == [4, 9]
    assert thread.stop(WITHIN)
    assert posted.empty()


def missing(event: object) -> tuple[str, ...]:
    assert isinstance(event, ArticlesChanged)
    return event.missing


def with_pictures(*ids: str) -> Knowledge:
    """Some articles, the first of which shows these."""
    first, *others = FEW.articles
    blocks = tuple(Block(BlockKind.PICTURE, "图", picture=Picture(id, 40, 30)) for id in ids)
    shown = replace(first, zh=replace(first.zh, blocks=blocks))
    return replace(FEW, version="-".join(ids), articles=(shown, *others))


def test_pictures_that_have_not_come_are_named_until_they_have(tmp_path: Path, desk: Desk) -> None:
    one, two = "1" * 32, "2" * 32
    desk.next()
    desk.thread.keep(snapshot(with_pictures(one, two)))
    assert missing(desk.next()) == (one, two)
    desk.thread.keep_picture(PictureCame(one, b"jpeg"))
    desk.thread.keep(snapshot(with_pictures(one, two)))
    assert missing(desk.next()) == (two,)
    assert (tmp_path / "pictures" / f"{one}.jpg").read_bytes() == b"jpeg"
    desk.thread.keep(snapshot(with_pictures(two)))
    desk.next()
    assert list((tmp_path / "pictures").iterdir()) == [], "what no article shows is not kept"


def test_a_picture_is_never_written_elsewhere(tmp_path: Path) -> None:
    folder = PictureFolder(tmp_path / "pictures")
    for id in ("../" + "1" * 32, "1" * 32 + "/..", "A" * 32, ""):
        folder.keep(id, b"x")
        assert folder.missing([id]) == ()
    assert not (tmp_path / "pictures").exists()
    (tmp_path / "pictures").write_text("a disk that refuses")
    folder.keep("1" * 32, b"x")
    assert folder.missing(["1" * 32]) == ("1" * 32,)
    folder.forget_others([])
