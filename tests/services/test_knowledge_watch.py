"""Articles are asked for when there are none, now and then after that, and never in a hurry when it does not help."""

from dataclasses import dataclass, field

from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.services.article_requests import ArticleRequest, ArticlesChanged, ArticlesWanted
from kiosk.services.hub_requests import (
    FetchKnowledge,
    FetchPicture,
    FetchTexts,
    HubAnswered,
    HubOutcome,
    HubRequest,
    KnowledgeList,
    NotChanged,
    PictureCame,
    TextsCame,
)
from kiosk.services.knowledge_watch import LOOK_EVERY, SPREAD, TRY_EVERY, KnowledgeWatch
from tests.services.a_station import Clock


@dataclass
class Hub:
    asked: list[HubRequest] = field(default_factory=list)

    def ask(self, request: HubRequest) -> bool:
        self.asked.append(request)
        return True


@dataclass
class Articles:
    kept: list[KnowledgeList] = field(default_factory=list)
    texts: list[TextsCame] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)

    def ask(self, request: ArticleRequest) -> None:
        raise AssertionError(request)

    def keep(self, listed: KnowledgeList) -> None:
        self.kept.append(listed)

    def keep_texts(self, texts: TextsCame) -> None:
        self.texts.append(texts)

    def keep_picture(self, picture: PictureCame) -> None:
        self.pictures.append(picture.id)


class Watching:
    def __init__(self) -> None:
        self.clock, self.hub, self.articles = Clock(), Hub(), Articles()
        self.watch = KnowledgeWatch(self.articles, self.hub, self.clock, lambda: 1.0)

    def beats(self, seconds: float) -> int:
        """How often the hub is asked meanwhile; every question is answered with ``outcome`` at once."""
        before = len(self.hub.asked)
        for _ in range(int(seconds)):
            self.clock.seconds += 1
            self.watch.beat()
        return len(self.hub.asked) - before

    def answered(self, outcome: HubOutcome) -> None:
        self.watch.answered(HubAnswered(self.hub.asked[-1], outcome))


def test_nothing_is_asked_before_it_is_known_what_is_here() -> None:
    assert Watching().beats(600) == 0


def test_where_nothing_is_here_it_is_asked_for_at_once() -> None:
    watching = Watching()
    watching.watch.changed(ArticlesChanged(""))
    watching.watch.beat()
    assert watching.hub.asked == [FetchKnowledge("")]
    listed = KnowledgeList("1", b"x")
    watching.answered(listed)
    assert watching.articles.kept == [listed]


def test_what_is_here_is_looked_after_now_and_then() -> None:
    watching = Watching()
    watching.watch.changed(ArticlesChanged("1"))
    assert watching.beats(1) == 1
    watching.answered(NotChanged())
    assert watching.beats(LOOK_EVERY * (1 + SPREAD) - 1) == 0
    assert watching.beats(2) == 1


def test_without_a_line_it_is_tried_again_sooner() -> None:
    watching = Watching()
    watching.watch.changed(ArticlesChanged("1"))
    watching.beats(1)
    watching.answered(Unreachable(Unreached.TIMED_OUT))
    assert watching.beats(TRY_EVERY * (1 + SPREAD) + 1) == 1


def test_a_disk_that_refuses_is_not_hurried() -> None:
    watching = Watching()
    watching.watch.changed(ArticlesChanged(""))
    watching.beats(1)
    watching.answered(KnowledgeList("1", b"x"))
    watching.watch.changed(ArticlesChanged(""))
    assert watching.beats(LOOK_EVERY) == 0


def test_pictures_come_one_after_the_other_and_without_a_line_later() -> None:
    watching = Watching()
    watching.watch.changed(ArticlesChanged("1", missing=("a", "b", "c")))
    watching.watch.beat()
    watching.watch.answered(HubAnswered(FetchKnowledge("1"), NotChanged()))
    assert watching.hub.asked[1:] == [FetchPicture("a")]
    watching.answered(PictureCame("a", b"x"))
    watching.watch.beat()
    assert watching.hub.asked[-1] == FetchPicture("b")
    watching.answered(Unreachable(Unreached.TIMED_OUT))
    assert watching.beats(TRY_EVERY * (1 + SPREAD) - 1) == 0
    assert watching.beats(2) == 1
    assert watching.hub.asked[-1] == FetchPicture("c"), "one that never comes through keeps no other away"
    watching.answered(Refused("unknown"))
    watching.watch.beat()
    assert watching.hub.asked[-1] == FetchPicture("b"), "what the hub has not is no reason to stop"
    watching.answered(PictureCame("b", b"x"))
    assert watching.articles.pictures == ["a", "b"]
    assert watching.beats(60) == 0


def test_texts_that_are_missing_are_asked_for_and_without_a_line_later() -> None:
    watching = Watching()
    watching.watch.changed(ArticlesChanged("1"))
    watching.beats(1)
    watching.answered(NotChanged())
    watching.watch.wanted(ArticlesWanted(("a", "b")))
    watching.beats(1)
    assert watching.hub.asked[1:] == [FetchTexts(("a", "b"))]
    watching.answered(Unreachable(Unreached.TIMED_OUT))
    assert watching.beats(TRY_EVERY * (1 + SPREAD) - 1) == 0
    assert watching.beats(2) == 1
    old = watching.hub.asked[-1]
    watching.watch.wanted(ArticlesWanted(("c",)))
    watching.watch.answered(HubAnswered(old, TextsCame(b"a and b")))
    assert watching.articles.texts == [], "they were of an older list"
    watching.beats(1)
    watching.answered(TextsCame(b"c"))
    assert watching.articles.texts == [TextsCame(b"c")]
    assert watching.beats(60) == 0, "until more are wanted"
