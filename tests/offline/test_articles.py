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
from kiosk.offline.places import Places
from kiosk.services.article_requests import (
    ArticlesAnswered,
    ArticlesChanged,
    ArticlesWanted,
    FindArticles,
    FoundArticles,
    ListArticles,
    NoArticle,
    ReadArticle,
    SuggestArticles,
)
from kiosk.services.hub_requests import KnowledgeList, PictureCame
from kiosk.wire.knowledge import MOST_TEXTS, ArticleList, packed_list, text_id
from tests.patience import PATIENCE
from tests.search.stores import SAMPLE, came, etag_of, listed, texts_of, written

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


@pytest.mark.parametrize("body", [b"", b"{}", b"\xff", b'{"zh":1,"en":2}'])
def test_what_is_no_article_leaves_the_old_articles(tmp_path: Path, body: bytes) -> None:
    path = written(tmp_path, FEW)
    before = path.read_bytes()
    with pytest.raises(ValueError, match=r"JSON|object|field|truncated|malformed|Expected"):
        article_store.write(path, "x", ArticleList("x", (), (), (text_id(body),)), [(text_id(body), body)])
    assert path.read_bytes() == before


def test_of_two_that_fit_alike_the_one_whose_review_is_overdue_stands_behind(tmp_path: Path) -> None:
    def first(folder: Path, late: tuple[str, ...]) -> list[str]:
        folder.mkdir()
        store = ArticleStore(written(folder, late=late))
        topic = ids(store.answer(ListArticles(1, "wifi")))
        store.close()
        return topic

    before = first(tmp_path / "before", ())
    after = first(tmp_path / "after", (before[0],))
    assert after[0] == before[1]
    assert set(after) == set(before), "it is still there"


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
    """A thread, what it posts, and a hub that has these texts."""

    def __init__(self, folder: Path, *, start: bool = True) -> None:
        self.posted: queue.Queue[ArticlesAnswered | ArticlesChanged | ArticlesWanted] = queue.Queue()
        self.hub: dict[str, bytes] = {}
        self.fetched: list[str] = []
        self.thread = ArticleThread(Places(folder), self.posted.put)
        if start:
            self.thread.start()

    def any(self) -> ArticlesAnswered | ArticlesChanged | ArticlesWanted:
        return self.posted.get(timeout=WITHIN)

    def next(self) -> ArticlesAnswered | ArticlesChanged:
        """Texts that are asked for meanwhile are brought."""
        while isinstance(event := self.any(), ArticlesWanted):
            self.bring(event)
        return event

    def bring(self, wanted: ArticlesWanted) -> None:
        self.fetched += wanted.texts
        self.thread.keep_texts(came(wanted.texts, self.hub))

    def keep(self, knowledge: Knowledge = SAMPLE) -> None:
        self.hub = texts_of(knowledge)
        self.thread.keep(listed(knowledge))

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
    desk.keep()
    changed = desk.next()
    assert isinstance(changed, ArticlesChanged)
    assert (changed.etag, len(changed.topics)) == ('"sample"', len(SAMPLE.topics))
    assert isinstance(desk.read("card-lost"), ArticlePair)


def test_articles_are_replaced_whole(desk: Desk) -> None:
    desk.next()
    desk.keep()
    desk.next()
    desk.keep(FEW)
    assert desk.next() == ArticlesChanged(
        '"few"', tuple(t for t in SAMPLE.topics if t.id in {p.zh.topic for p in FEW.articles})
    )
    gone = next(pair.id for pair in SAMPLE.articles if pair not in FEW.articles)
    assert desk.read(gone) == NoArticle()


def test_a_list_that_is_none_changes_nothing(desk: Desk) -> None:
    desk.next()
    desk.keep()
    desk.next()
    desk.thread.keep(KnowledgeList("bad", b"bad"))
    changed = desk.next()
    assert isinstance(changed, ArticlesChanged)
    assert changed.etag == '"sample"'


def test_a_file_that_turns_out_damaged_is_thrown_away_and_asked_for_again(tmp_path: Path, desk: Desk) -> None:
    desk.next()
    desk.keep()
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
    written(tmp_path)
    desk = Desk(tmp_path, start=False)
    thread, posted = desk.thread, desk.posted
    for number, text in enumerate(("w", "wi", "wif", "wifi"), 1):
        thread.ask(FindArticles(number, text, Language.ZH))
    thread.ask(ReadArticle(9, "card-lost"))
    thread.start()
    first, *answers = [posted.get(timeout=WITHIN) for _ in range(3)]
    assert isinstance(first, ArticlesChanged)
    assert [a.request.number for a in answers if isinstance(a, ArticlesAnswered)] == [4, 9]
    assert thread.stop(WITHIN)
    assert posted.empty()


def changed_one(knowledge: Knowledge, version: str) -> Knowledge:
    first, *others = knowledge.articles
    return replace(knowledge, version=version, articles=(replace(first, zh=replace(first.zh, title="改过")), *others))


def test_after_a_change_only_what_changed_travels(desk: Desk) -> None:
    desk.next()
    desk.keep()
    desk.next()
    assert set(desk.fetched) == set(texts_of()), "all of them the first time"
    desk.fetched.clear()
    changed = changed_one(SAMPLE, "changed")
    desk.keep(changed)
    assert desk.next() == ArticlesChanged(etag_of(changed), SAMPLE.topics)
    assert desk.fetched == list(texts_of(changed).keys() - texts_of().keys())
    desk.fetched.clear()
    fewer = replace(changed, version="fewer", articles=changed.articles[:5])
    desk.keep(fewer)
    event = desk.next()
    assert isinstance(event, ArticlesChanged)
    assert (event.etag, desk.fetched) == (etag_of(fewer), []), "what goes costs nothing"


def test_a_kiosk_that_was_stopped_on_the_way_goes_on_where_it_was(tmp_path: Path) -> None:
    many = replace(SAMPLE, articles=tuple(_numbered(number) for number in range(MOST_TEXTS + 50)))
    first = Desk(tmp_path)
    first.next()
    first.keep(many)
    wanted = first.any()
    assert isinstance(wanted, ArticlesWanted)
    assert len(wanted.texts) == MOST_TEXTS
    first.bring(wanted)
    assert isinstance(first.any(), ArticlesWanted), "kept, and asks on"
    assert first.thread.stop(WITHIN)
    second = Desk(tmp_path)
    assert second.next() == ArticlesChanged(""), "never half of them"
    second.keep(many)
    assert isinstance(second.next(), ArticlesChanged)
    assert len(second.fetched) == 50
    assert second.thread.stop(WITHIN)
    assert not Places(tmp_path).articles_coming.exists(), "what is searched is not kept twice"


def _numbered(number: int) -> ArticlePair:
    pair = SAMPLE.articles[number % len(SAMPLE.articles)]
    id = f"n{number}"
    return replace(pair, zh=replace(pair.zh, id=id), en=replace(pair.en, id=id))


def test_a_text_that_is_not_what_it_is_called_is_never_kept(desk: Desk) -> None:
    desk.next()
    desk.keep(FEW)
    wanted = desk.any()
    assert isinstance(wanted, ArticlesWanted)
    desk.thread.keep_texts(came(["x"], {"x": b'{"other":1}'}))
    desk.keep(FEW)
    assert desk.any() == wanted, "asked for again, with the next list"


def test_what_came_half_way_and_was_damaged_comes_again(tmp_path: Path) -> None:
    first = Desk(tmp_path)
    first.next()
    first.keep(FEW)
    wanted = first.any()
    assert isinstance(wanted, ArticlesWanted)
    first.thread.keep_texts(came(wanted.texts[:1], texts_of(FEW)))
    assert isinstance(first.any(), ArticlesWanted)
    assert first.thread.stop(WITHIN)
    coming = Places(tmp_path).articles_coming
    coming.write_bytes(b"x" * coming.stat().st_size)
    second = Desk(tmp_path)
    second.next()
    second.keep(FEW)
    event = second.next()
    assert isinstance(event, ArticlesChanged)
    assert event.etag == etag_of(FEW)
    assert second.thread.stop(WITHIN)


def test_a_text_damaged_on_the_disk_is_noticed_before_it_is_searched(tmp_path: Path) -> None:
    """The old file is good enough to be opened; one of its texts is not what it was."""
    path = written(tmp_path)
    title = SAMPLE.articles[0].zh.title.encode()
    body = path.read_bytes()
    assert title in body
    path.write_bytes(body.replace(title, b"?" * len(title)))
    desk = Desk(tmp_path)
    desk.next()
    changed = replace(SAMPLE, version="next", articles=SAMPLE.articles[:-1])
    desk.keep(changed)
    assert desk.next() == ArticlesChanged(""), "thrown away"
    desk.keep(changed)
    assert isinstance(desk.next(), ArticlesChanged)
    read = desk.read(SAMPLE.articles[0].id)
    assert isinstance(read, ArticlePair)
    assert read.zh.title == SAMPLE.articles[0].zh.title
    assert desk.thread.stop(WITHIN)


def test_a_list_may_name_nothing_that_is_read_as_more_than_a_name(tmp_path: Path) -> None:
    """Texts are named by the hub; what it calls them is only compared."""
    desk = Desk(tmp_path)
    desk.next()
    strange = ("../../etc/passwd", "'; DROP TABLE texts; --", "")
    desk.thread.keep(KnowledgeList("x", packed_list(ArticleList("x", (), (), strange))))
    assert desk.any() == ArticlesWanted(strange)
    assert desk.thread.stop(WITHIN)


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
    desk.keep(with_pictures(one, two))
    assert missing(desk.next()) == (one, two)
    desk.thread.keep_picture(PictureCame(one, b"jpeg"))
    desk.keep(with_pictures(one, two))
    assert missing(desk.next()) == (two,)
    assert (tmp_path / "pictures" / f"{one}.jpg").read_bytes() == b"jpeg"
    desk.keep(with_pictures(two))
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
