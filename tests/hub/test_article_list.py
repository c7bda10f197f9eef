"""Which articles kiosks are told of, which texts they get, and what an article said before."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from kiosk.domain.articles import ArticlePair
from kiosk.domain.language import Language
from kiosk.hub.app import make_app
from kiosk.hub.builtin.sample import load_articles
from kiosk.hub.services import article_versions, knowledge
from kiosk.hub.services.article_batch import said
from kiosk.hub.services.article_folder import read_folder
from kiosk.hub.services.article_list import listed
from kiosk.hub.store.tables import ArticleText
from kiosk.wire.enrolment import Assertion
from kiosk.wire.knowledge import MEDIA_TYPE, MOST_TEXTS, TextsWanted, unpacked_list, unpacked_texts
from kiosk.wire.routes import KNOWLEDGE, KNOWLEDGE_TEXTS, TOKEN
from kiosk.words import Speaker
from tests.hub.conftest import World
from tests.hub.test_knowledge import SAMPLE, parts_of, taken, write


@pytest.fixture
def asking(world: World) -> "Iterator[tuple[TestClient[Any], dict[str, str]]]":
    """A kiosk's line to the hub, with its token."""
    kiosk = world.new_kiosk()
    app: Any = make_app(parts_of(world))
    with TestClient(app) as client:
        asked = msgspec.json.encode(Assertion(kiosk.assertion()))
        yield client, {"authorization": f"Bearer {client.post(TOKEN, content=asked).json()['token']}"}


def texts(client: "TestClient[Any]", token: dict[str, str], ids: Iterable[str]) -> dict[str, bytes]:
    answer = client.post(KNOWLEDGE_TEXTS, headers=token, content=msgspec.json.encode(TextsWanted(list(ids))))
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    return unpacked_texts(answer.content)


def test_a_kiosk_gets_the_list_once_and_every_text_it_names(
    world: World, asking: "tuple[TestClient[Any], dict[str, str]]"
) -> None:
    client, token = asking
    with world.store.write() as db:
        load_articles(db, world.now)
    assert client.get(KNOWLEDGE).status_code == 401
    answer = client.get(KNOWLEDGE, headers=token)
    assert (answer.status_code, answer.headers["content-type"]) == (200, MEDIA_TYPE)
    wanted = unpacked_list(answer.content).texts
    came: dict[str, bytes] = {}
    while missing := [id for id in wanted if id not in came]:
        came |= (some := texts(client, token, missing[:MOST_TEXTS]))
        assert some, "the first of them always fits"
    assert {msgspec.json.decode(body, type=ArticlePair).id for body in came.values()} == {p.id for p in SAMPLE.pairs}
    again = client.get(KNOWLEDGE, headers={**token, "if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_texts_the_hub_has_not_are_left_out_and_too_many_at_once_are_refused(
    asking: "tuple[TestClient[Any], dict[str, str]]",
) -> None:
    client, token = asking
    assert texts(client, token, ["0" * 32, "'; DROP TABLE articles; --", "\x00"]) == {}
    many = msgspec.json.encode(TextsWanted(["0" * 32] * (MOST_TEXTS + 1)))
    assert client.post(KNOWLEDGE_TEXTS, headers=token, content=many).status_code == 422
    assert client.post(KNOWLEDGE_TEXTS, content=b'{"ids":[]}').status_code == 401


def test_an_article_is_there_from_its_first_day_to_its_last_and_a_late_review_is_told(
    world: World, tmp_path: Path
) -> None:
    write(tmp_path, "always")
    write(tmp_path, "term")
    for file in tmp_path.glob("term.*.md"):
        days = 'shown_from = "2026-09-01"\nshown_until = 2027-01-15\nreview_by = 2026-12-01\n+++\n'
        file.write_text(file.read_text(encoding="utf-8").replace("+++\nText", days + "Text"), encoding="utf-8")
    taken(world, tmp_path)

    def on(day: str) -> tuple[set[str], int, bool]:
        with world.store.read() as db:
            found = unpacked_list(listed(db, date.fromisoformat(day)).body)
            there = {row.text: row.id for row in db.query(ArticleText)}
            page = knowledge.article(db, "term", date.fromisoformat(day)) is not None
        return {there[text] for text in found.texts}, len(found.late), page

    assert on("2026-08-31") == ({"always"}, 0, False)
    assert on("2026-09-01") == ({"always", "term"}, 0, True)
    assert on("2026-12-01") == ({"always", "term"}, 0, True)
    assert on("2026-12-02") == ({"always", "term"}, 1, True)
    assert on("2027-01-15") == ({"always", "term"}, 1, True)
    assert on("2027-01-16") == ({"always"}, 0, False)
    assert on("2027-10-01") == ({"always"}, 0, False)
    assert on("2027-10-02") == ({"always"}, 1, False), "a year after its last review"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('audience = ["student", "root"]', "must be a list of these words"),
        ("audience = 7", "must be a list of these words"),
        ("audience = [{}]", "must be a list of these words"),
        ('shown_from = "tomorrow"', "must be a date"),
        ("shown_from = 2026-10-02\nshown_until = 2026-10-01", "would never be shown"),
    ],
)
def test_whom_and_when_it_is_for_is_said_soundly_or_the_article_is_not_taken(
    tmp_path: Path, line: str, reason: str
) -> None:
    write(tmp_path, "bad", en="")
    file = tmp_path / "bad.zh.md"
    file.write_text(file.read_text(encoding="utf-8").replace("+++\nText", f"{line}\n+++\nText"), encoding="utf-8")
    (problem,) = read_folder(tmp_path).problems
    assert reason in said(problem, Speaker(Language.EN))


def test_what_an_article_said_before_is_kept_with_when_and_whence(world: World, tmp_path: Path) -> None:
    write(tmp_path, "a")
    taken(world, tmp_path)
    for number in range(article_versions.MOST_KEPT + 3):
        write(tmp_path, "a", zh=f"改过 {number}")
        taken(world, tmp_path)
    taken(world, tmp_path)  # nothing changed
    with world.store.read() as db:
        versions = article_versions.of(db, "a")
        assert [v.number for v in versions] == list(range(len(versions) + 4, 4, -1))
        assert len(versions) == article_versions.MOST_KEPT
        assert {(v.by, v.at) for v in versions} == {("source:folder", world.now)}
        assert versions[0].body == db.get_one(ArticleText, "a").body
