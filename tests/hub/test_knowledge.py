"""Articles come from a folder whole or not at all, and go to kiosks text by text and to phones as a page."""

import os
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from kiosk.domain.language import Language
from kiosk.domain.why import why
from kiosk.hub.app import make_follow_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.builtin.sample import load_articles, sample_book, sample_folder
from kiosk.hub.config import Settings
from kiosk.hub.parts import Parts
from kiosk.hub.services import knowledge
from kiosk.hub.services.article_batch import said
from kiosk.hub.services.article_folder import read_folder
from kiosk.hub.store.tables import ArticleText
from kiosk.words import Speaker
from tests.hub.conftest import PUBLIC_URL, World

SAMPLE = read_folder(sample_folder())
HEAD = '+++\ntitle = "{title}"\nsummary = "s"\ntopic = "wifi"\nreviewed = 2026-10-01\n+++\n'
SIXTY_KB = 60 * 1024


def write(folder: Path, id: str, zh: str = "报修", en: str = "Report", body: str = "Text.") -> None:
    for language, title in (("zh", zh), ("en", en)):
        if title:
            (folder / f"{id}.{language}.md").write_text(HEAD.format(title=title) + body, encoding="utf-8")


def taken(world: World, folder: Path, removing: int | None = None) -> knowledge.Imported:
    with world.store.write() as db:
        return knowledge.take(db, read_folder(folder), world.now, removing)


def ids(world: World) -> list[str]:
    with world.store.read() as db:
        return [pair.id for pair in knowledge.read(db).articles]


def test_the_sample_campus_has_sound_articles_about_what_exists() -> None:
    assert SAMPLE.problems == ()
    assert len(SAMPLE.pairs) >= 12
    symptoms = {entry.id: {symptom.id for symptom in entry.symptoms} for entry in sample_book().services}
    for pair in SAMPLE.pairs:
        assert not pair.zh.service or pair.zh.service in symptoms, pair.id
        assert not pair.zh.symptom or pair.zh.symptom in symptoms[pair.zh.service], pair.id
        assert len(f"{PUBLIC_URL}/a/{pair.id}") <= 60, pair.id


def test_every_sample_article_says_how_it_is_spoken() -> None:
    for pair in SAMPLE.pairs:
        assert len(pair.pinyin) == 1 + len(pair.zh.tags) + len(pair.zh.asked)
        assert all(re.fullmatch(r"[a-z0-9' ]*", phrase) for phrase in pair.pinyin), pair.pinyin


def test_a_reset_is_spoken_as_people_type_it(tmp_path: Path) -> None:
    write(tmp_path, "reset", zh="重置密码 Wi-Fi")
    assert read_folder(tmp_path).pairs[0].pinyin == ("chong zhi mi ma 'wifi",)


def test_a_bad_document_is_listed_and_its_article_left_out_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, "good")
    write(tmp_path, "half", en="")
    write(tmp_path, "broken")
    (tmp_path / "broken.en.md").write_bytes(b"+++\n\xff\n")
    (tmp_path / "notes.md").write_text("x")
    found = read_folder(tmp_path)
    assert [pair.id for pair in found.pairs] == ["good"]
    assert {(p.file, p.line) for p in found.problems} == {("half.zh.md", 0), ("broken.en.md", 2), ("notes.md", 0)}


def test_an_article_must_say_the_same_topic_in_both_languages(tmp_path: Path) -> None:
    write(tmp_path, "one")
    other = (tmp_path / "one.en.md").read_text().replace('"wifi"', '"mail"')
    (tmp_path / "one.en.md").write_text(other)
    assert [p.why for p in read_folder(tmp_path).problems] == [why("differs", field="topic")]


def test_the_hub_holds_what_the_folder_holds(world: World, tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "b")
    assert taken(world, tmp_path).added == ("a", "b")
    write(tmp_path, "a", zh="报修二")
    (tmp_path / "b.zh.md").unlink()
    (tmp_path / "b.en.md").unlink()
    again = taken(world, tmp_path, removing=1)
    assert (again.changed, again.removed, again.unchanged) == (("a",), ("b",), 0)
    assert ids(world) == ["a"]


def test_an_article_whose_new_text_is_bad_keeps_the_one_it_had(world: World, tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "b")
    taken(world, tmp_path)
    (tmp_path / "b.en.md").write_text("no front matter")
    assert taken(world, tmp_path).kept == ("b",)
    assert ids(world) == ["a", "b"]


def test_a_folder_without_sound_articles_removes_nothing(world: World, tmp_path: Path) -> None:
    write(tmp_path, "a")
    taken(world, tmp_path)
    empty = tmp_path / "empty"
    empty.mkdir()
    assert taken(world, empty).refused == "nothing_sound"
    assert ids(world) == ["a"]


def test_a_folder_that_would_remove_many_is_refused_until_their_number_is_confirmed(
    world: World, tmp_path: Path
) -> None:
    for number in range(40):
        write(tmp_path, f"a{number}")
    taken(world, tmp_path)

    def without(number: int) -> None:
        (tmp_path / f"a{number}.zh.md").unlink()
        (tmp_path / f"a{number}.en.md").unlink()

    without(0)
    without(1)
    assert taken(world, tmp_path).removed == ("a0", "a1"), "two in forty go by themselves"
    for number in (2, 3):
        without(number)
    write(tmp_path, "a9", zh="改过")
    assert taken(world, tmp_path).refused == "removes_many"
    assert taken(world, tmp_path, removing=3).refused == "removes_many"
    assert len(ids(world)) == 38
    with world.store.read() as db:
        kept = knowledge.article(db, "a9", world.now.date())
    assert kept is not None
    assert kept.zh.title == "报修", "and what changed is not taken either"
    assert taken(world, tmp_path, removing=2).removed == ("a2", "a3")


def test_trying_it_changes_nothing(world: World, tmp_path: Path) -> None:
    write(tmp_path, "a")
    with world.store.read() as db:
        assert knowledge.plan(db, read_folder(tmp_path)).added == ("a",)
    assert ids(world) == []


def test_what_did_not_change_is_not_written_again(world: World, tmp_path: Path) -> None:
    write(tmp_path, "a")
    write(tmp_path, "b")
    taken(world, tmp_path)
    write(tmp_path, "b", zh="改过")
    with world.store.write() as db:
        knowledge.take(db, read_folder(tmp_path), world.now)
        written = [row for row in db.identity_map.values() if isinstance(row, ArticleText) and row.id == "a"]
        assert not any(db.is_modified(row) for row in written)
        assert knowledge.take(db, read_folder(tmp_path), world.now).unchanged == 2


def test_nothing_outside_of_the_folder_is_read(tmp_path: Path) -> None:
    folder, outside = tmp_path / "folder", tmp_path / "outside"
    folder.mkdir()
    outside.mkdir()
    write(outside, "secret", body="CANARY")
    (outside / "topics.toml").write_text("CANARY = [")
    write(folder, "good")
    for name in ("secret.zh.md", "secret.en.md", "topics.toml"):
        (folder / name).symlink_to(Path("..") / "outside" / name)
    (folder / "loop.zh.md").symlink_to("loop.zh.md")
    (folder / "kept.zh.md").symlink_to("good.zh.md")
    (folder / "kept.en.md").symlink_to(folder / "good.en.md")
    os.mkfifo(folder / "pipe.zh.md")
    (folder / "folder.zh.md").mkdir()
    found = read_folder(folder)
    assert [pair.id for pair in found.pairs] == ["good", "kept"], "a link inside of the folder is one of its files"
    assert found.topics is None
    assert {problem.file for problem in found.problems} == {
        "secret.zh.md",
        "secret.en.md",
        "topics.toml",
        "loop.zh.md",
        "pipe.zh.md",
        "folder.zh.md",
    }
    assert "CANARY" not in str(found)
    (folder / "articles").symlink_to(outside)
    assert "CANARY" not in str(read_folder(folder))


BOMBS = {
    "deep": 'title = "t"\nx = ' + "[" * 20_000,
    "dotted": ".".join("a" * 9_000) + " = 1",
    "again": 'title = "a"\ntitle = "b"',
    "long": 'title = "' + "长" * 30_000 + '"',
    "many": "tags = [" + '"x",' * 9_000 + "]",
    "number": "minutes = 1" + "0" * 5_000,
    "nul": 'title = "\x00"',
    "day": 'title = "t"\nsummary = "s"\ntopic = "wifi"\nreviewed = 2026-13-77',
    "topic": 'title = "t"\nsummary = "s"\ntopic = "../../etc"\nreviewed = 2026-10-01',
    "script": 'title = "t"\nsummary = "s"\ntopic = "wifi"\nreviewed = "<script>"',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_front_matter_bomb_is_one_bad_document(tmp_path: Path, bomb: str) -> None:
    write(tmp_path, "good")
    write(tmp_path, "bad")
    (tmp_path / "bad.zh.md").write_text(f"+++\n{BOMBS[bomb]}\n+++\nText.", encoding="utf-8")
    found = read_folder(tmp_path)
    assert [pair.id for pair in found.pairs] == ["good"]
    (problem,) = found.problems
    assert problem.file == "bad.zh.md"
    assert problem.line >= 1
    assert len(said(problem, Speaker(Language.EN))) < 300


def test_a_file_too_large_to_be_a_document_is_not_read_whole(tmp_path: Path) -> None:
    write(tmp_path, "good")
    for name in ("big.zh.md", "synonyms.toml"):
        with (tmp_path / name).open("wb") as stream:
            stream.truncate(2**40)
    found = read_folder(tmp_path)
    assert [pair.id for pair in found.pairs] == ["good"]
    assert {problem.file for problem in found.problems} == {"big.zh.md", "synonyms.toml"}


def test_a_name_that_is_no_text_is_said_without_what_it_does_to_a_screen(tmp_path: Path) -> None:
    write(tmp_path, "good")
    for name in (b"\xff\xfe.zh.md", b"a\x1b[2Jb\nc.zh.md", b"..zh.md"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"x")
    found = read_folder(tmp_path)
    assert [pair.id for pair in found.pairs] == ["good"]
    assert all(problem.file.isprintable() for problem in found.problems)
    msgspec.json.encode(found.problems)


def test_the_version_changes_with_the_content_only(world: World, tmp_path: Path) -> None:
    def version() -> str:
        taken(world, tmp_path)
        with world.store.read() as db:
            return knowledge.read(db).version

    write(tmp_path, "a")
    first = version()
    assert version() == first
    write(tmp_path, "a", body="Other text.")
    assert version() != first


def parts_of(world: World) -> Parts:
    outside = BuiltinCards(), BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
    return Parts(Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside)


def phone(world: World) -> "TestClient[Any]":
    app: Any = make_follow_app(parts_of(world))
    return TestClient(app)


@pytest.mark.parametrize("language", list(Language))
def test_a_phone_reads_every_article_in_its_language(world: World, language: Language) -> None:
    with world.store.write() as db:
        load_articles(db, world.now)
    with phone(world) as client:
        for pair in SAMPLE.pairs:
            answer = client.get(f"/a/{pair.id}?lang={language.value}")
            assert answer.status_code == 200
            assert len(answer.content) <= SIXTY_KB
            assert "<script" not in answer.text
            assert "default-src 'none'" in answer.headers["content-security-policy"]


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.seen.add(tag)


def test_hostile_text_stays_text_on_the_phone(world: World, tmp_path: Path) -> None:
    hostile = '<img src="x" onerror=alert(1)><script>alert(1)</script>{{7*7}}'
    write(tmp_path, "bad-one", zh="标题", en="Title", body=f"{hostile}\n\n1. {hostile}\n\n> " + "长" * 10_000)
    taken(world, tmp_path)
    with phone(world) as client:
        answer = client.get("/a/bad-one")
    tags = _Tags()
    tags.feed(answer.text)
    assert answer.status_code == 200
    assert not tags.seen & {"img", "script"}
    assert "{{7*7}}" in answer.text


@pytest.mark.parametrize("id", ["nothing", "..%2f..%2fetc", "%00", "x" * 500])
def test_an_article_that_is_not_there_says_so(world: World, id: str) -> None:
    with phone(world) as client:
        answer = client.get(f"/a/{id}")
    assert answer.status_code in (400, 404)
    assert "Traceback" not in answer.text
