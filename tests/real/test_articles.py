"""Articles of a helpdesk's knowledge base: a real Request Tracker, Zammad and GLPI in recorded shape."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest

from kiosk.domain.articles import BlockKind, Topic
from kiosk.domain.campus import Text
from kiosk.hub.campus_systems import articles_of
from kiosk.hub.cli import main
from kiosk.hub.config import load
from kiosk.hub.nightly_articles import AGAIN, NightlyArticles
from kiosk.hub.services import helpdesk_articles, knowledge
from kiosk.hub.store.tables import ArticleText, Document
from tests.hub.conftest import World, sqlite_sample
from tests.hub.helpdesks import OUTSIDE
from tests.hub.test_article_pictures import png
from tests.real.helpdesk.beside import glpi_server, world, zammad_server
from tests.real.helpdesk.glpi_shape import GlpiShape
from tests.real.helpdesk.recorded import Answer, RecordedServer
from tests.real.helpdesk.request_tracker import RequestTrackerServer
from tests.real.helpdesk.zammad_shape import ZammadShape

__all__ = ["glpi_server", "sqlite_sample", "world", "zammad_server"]

#: What is written into each: title and text in both languages, with a picture of its own kind.
ZH, EN = "连不上校园网 🛜", "Cannot join the network"
BODY_ZH, BODY_EN = (
    "<p>先忘记网络。</p><ol><li>打开设置</li></ol>{picture}",
    "<p>Forget it first.</p><script>x()</script>",
)
KNOWLEDGE = '[knowledge]\nsource = "helpdesk"\nfield = "Kiosk text"\n[knowledge.topics]\n"校园网" = "wifi"\n'


def with_topic(world: World) -> None:
    topics = (Topic("wifi", "wifi", Text("网", "Net"), Text("", "")),)
    with world.store.write() as db:
        db.merge(Document(name=knowledge.TOPICS, version="", body=msgspec.json.encode(topics)))


@dataclass(frozen=True)
class Desk:
    """``write`` makes or changes an article of a name of ours; ``lines`` of hub.toml; ``prefix`` of ids."""

    prefix: str
    lines: str
    write: Callable[[str, str, str, str, str], object]
    forget: Callable[[str], object]
    picture: str
    asked: Callable[[], int]


def request_tracker(request: pytest.FixtureRequest, folder: Path) -> Desk:
    server: RequestTrackerServer = request.getfixturevalue("request_tracker_server")
    kept: dict[str, str] = {}

    def write(name: str, zh: str, en: str, body_zh: str, body_en: str, category: str = "校园网") -> None:
        text = f"{body_zh}<hr />{body_en}" if en else body_zh
        fields = {"Name": f"{zh} / {en}" if en else zh, "CustomFields": {"Kiosk text": text}}
        if name in kept:
            server.ask("PUT", f"article/{kept[name]}", json=fields)
        else:
            made = server.ask("POST", "article", json={**fields, "Class": category})
            kept[name] = str(made["id"])

    def forget(name: str) -> None:
        """Its name is free again."""
        server.ask("PUT", f"article/{kept[name]}", json={"Disabled": 1, "Name": f"gone {kept[name]}"})

    picture = f'<img alt="图" src="data:image/png;base64,{base64.b64encode(png()).decode()}">'
    return Desk("rt", OUTSIDE["request-tracker"](request).table(folder), write, forget, picture, int)


def zammad(request: pytest.FixtureRequest, folder: Path) -> Desk:
    server: RecordedServer = request.getfixturevalue("zammad_server")
    shape = server.shape
    assert isinstance(shape, ZammadShape)
    shape.attachments["7"] = png()
    kept: dict[str, int] = {}

    def write(name: str, zh: str, en: str, body_zh: str, body_en: str) -> None:
        server.clock.ahead += AGAIN
        shape.write(kept.setdefault(name, len(kept) + 1), {zh: body_zh, en: body_en} if en else {zh: body_zh})

    def asked() -> int:
        return sum("/answers/" in one for one in server.asked)

    shape.write(90, {"草稿": "<p>x</p>", "Draft": "<p>x</p>"}, published=False)
    shape.write(91, {"内部": "<p>x</p>", "Ours": "<p>x</p>"}, category=2)
    picture = '<img src="/api/v1/attachments/7">'
    table = OUTSIDE["zammad"](request).table(folder)
    return Desk("zammad", table, write, lambda name: shape.answers.pop(str(kept[name])), picture, asked)


def glpi(request: pytest.FixtureRequest, folder: Path) -> Desk:
    server: RecordedServer = request.getfixturevalue("glpi_server")
    shape = server.shape
    assert isinstance(shape, GlpiShape)
    shape.documents["7"] = png()
    kept: dict[str, int] = {}

    def write(name: str, zh: str, en: str, body_zh: str, body_en: str) -> None:
        server.clock.ahead += AGAIN
        key = kept.setdefault(name, len(kept) + 1)
        shape.write(key, f"{zh} / {en}" if en else zh, f"{body_zh}<hr>{body_en}" if en else body_zh)
        server.clock.ahead += AGAIN

    def asked() -> int:
        return sum("/Article/" in one for one in server.asked)

    shape.write(90, "旧 / Old", "<p>x</p><hr><p>x</p>", date_end="2020-01-01T00:00:00+00:00")
    picture = '<img src="/front/document.send.php?docid=7&itemtype=KnowbaseItem&items_id=1">'
    table = OUTSIDE["glpi"](request).table(folder)
    return Desk("glpi", table, write, lambda name: shape.articles.pop(kept[name]), picture, asked)


DESKS = {"request-tracker": request_tracker, "zammad": zammad, "glpi": glpi}


@pytest.fixture(params=list(DESKS))
def desk(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Desk:
    with_topic(world)
    made = DESKS[request.param](request, tmp_path)
    (tmp_path / "hub.toml").write_text(made.lines + KNOWLEDGE, encoding="utf-8")
    return made


def imported(folder: Path, capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, dict[str, Any], str]:
    capsys.readouterr()
    status = main(["kb", "import", "--data", str(folder), "--config", str(folder / "hub.toml"), *more])
    said = capsys.readouterr()
    return status, json.loads(said.out) if said.out else {}, said.err


def articles(world: World, prefix: str) -> dict[str, str]:
    with world.store.read() as db:
        pairs = knowledge.read(db).articles
    return {pair.id: pair.zh.title for pair in pairs if pair.id.startswith(prefix)}


def test_articles_come_in_both_languages_with_their_pictures_and_only_what_changed_is_read_again(
    world: World, tmp_path: Path, desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    desk.write("a", ZH, EN, BODY_ZH.format(picture=desk.picture), BODY_EN)
    desk.write("b", "打印", "Printing", "<p>按绿键</p>", "<p>Press the green key</p>")
    status, made, err = imported(tmp_path, capsys)
    assert (status, len(made["added"])) == (0, 2), err
    (id,) = [id for id, title in articles(world, desk.prefix).items() if title == ZH]
    with world.store.read() as db:
        pair = knowledge.article(db, id, world.now.date())
        assert pair is not None
        assert (pair.en.title, pair.en.summary, pair.zh.topic) == (EN, "Forget it first.", "wifi")
        kinds = [block.kind for block in pair.zh.blocks]
        assert kinds == [BlockKind.PARAGRAPH, BlockKind.STEPS, BlockKind.PICTURE]
        assert "x()" not in str(pair)
        (picture,) = pair.pictures
        assert knowledge.picture(db, picture)
        before = db.get_one(ArticleText, id).body
    asked = desk.asked()
    status, made, _ = imported(tmp_path, capsys)
    assert (status, made["unchanged"], made["changed"], desk.asked()) == (0, 2, [], asked)
    desk.write("b", "打印机", "Printing", "<p>按绿键</p>", "<p>Press the green key</p>")
    status, made, _ = imported(tmp_path, capsys)
    assert (status, made["unchanged"], len(made["changed"])) == (0, 1, 1)
    assert desk.asked() in (0, asked + 1)
    with world.store.read() as db:
        assert db.get_one(ArticleText, id).body == before
    desk.forget("b")
    status, made, err = imported(tmp_path, capsys)
    assert (status, made["refused"]) == (1, "removes_many"), err
    status, made, _ = imported(tmp_path, capsys, "--removing", "1")
    assert (status, len(made["removed"])) == (0, 1)
    desk.forget("a")


BAD = [
    ("one language", ("只有中文", "", "<p>中文。</p>", ""), "one_language"),
    (
        "elsewhere",
        ("图", "Picture", '<p>x</p><img src="https://elsewhere.example/x.png">', "<p>x</p>"),
        "picture_outside",
    ),
    ("no text", ("空", "Empty", "<p> </p>", "<p>x</p>"), "no_text"),
    ("long title", ("长" * 81, "Long", "<p>x</p>", "<p>x</p>"), "longer"),
    ("no picture", ("坏图", "Bad", '<p>x</p><img src="data:image/png;base64,AAAA">', "<p>x</p>"), "no_picture"),
]


@pytest.mark.parametrize(("name", "texts", "reason"), BAD, ids=[one[0] for one in BAD])
def test_a_bad_article_is_listed_and_never_half_taken(
    world: World,
    tmp_path: Path,
    desk: Desk,
    capsys: pytest.CaptureFixture[str],
    name: str,
    texts: tuple[str, str, str, str],
    reason: str,
) -> None:
    good = ("好", "Good", "<p>中文</p>", "<p>English</p>")
    desk.write("good", *good)
    desk.write(name, "也好", "Good too", *good[2:])
    assert imported(tmp_path, capsys)[0] == 0
    before = articles(world, desk.prefix)
    desk.write(name, *texts)
    status, made, err = imported(tmp_path, capsys)
    assert (status, len(made["kept"])) == (1, 1), err
    (problem,) = made["problems"]
    assert problem["why"]["words"] == reason
    assert problem["file"] in err
    assert articles(world, desk.prefix) == before, "what was there stays, whole"
    desk.forget("good")
    desk.forget(name)


def test_a_knowledge_base_that_does_not_answer_changes_nothing_and_is_asked_again_the_same_night(
    world: World, tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    with_topic(world)
    made = zammad(request, tmp_path)
    made.write("a", ZH, EN, "<p>中文</p>", "<p>English</p>")
    file = tmp_path / "hub.toml"
    file.write_text(made.lines + KNOWLEDGE, encoding="utf-8")
    settings = load(file)
    assert settings.knowledge is not None
    source = articles_of(settings.knowledge, settings.helpdesk)
    nightly = NightlyArticles(world.store, world.clock, settings.knowledge, source)
    zammad_server.instead = Answer(503, {"error": "maintenance"})
    nightly.sweep()
    assert articles(world, "zammad") == {}
    zammad_server.instead = None
    nightly.sweep()
    assert articles(world, "zammad") == {}, "not at once"
    world.now += AGAIN
    nightly.sweep()
    assert list(articles(world, "zammad").values()) == [ZH]
    asked = len(zammad_server.asked)
    world.now += AGAIN
    nightly.sweep()
    other = NightlyArticles(world.store, world.clock, settings.knowledge, source)
    other.sweep()
    assert len(zammad_server.asked) == asked, "once a night, whichever process"
    world.move(days=1)
    other.sweep()
    assert len(zammad_server.asked) > asked


def test_an_answer_is_here_from_when_it_is_published_until_it_is_archived(
    world: World,
    tmp_path: Path,
    zammad_server: RecordedServer,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with_topic(world)
    made, shape = zammad(request, tmp_path), zammad_server.shape
    assert isinstance(shape, ZammadShape)
    (tmp_path / "hub.toml").write_text(made.lines + KNOWLEDGE, encoding="utf-8")
    tomorrow = (zammad_server.clock.now() + timedelta(days=1)).isoformat()
    shape.write(1, {"以后": "<p>中文</p>", "Later": "<p>English</p>"}, published_at=tomorrow)
    shape.write(2, {"现在": "<p>中文</p>", "Now": "<p>English</p>"}, archived_at=tomorrow)
    assert imported(tmp_path, capsys)[0] == 0
    assert list(articles(world, "zammad").values()) == ["现在"]
    zammad_server.clock.ahead += timedelta(days=2)
    assert imported(tmp_path, capsys, "--removing", "1")[0] == 0
    assert list(articles(world, "zammad").values()) == ["以后"]


def test_a_text_in_character_references_is_in_the_language_it_is_in(
    world: World,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with_topic(world)
    made = zammad(request, tmp_path)
    (tmp_path / "hub.toml").write_text(made.lines + KNOWLEDGE, encoding="utf-8")
    references = "".join(f"&#{ord(letter)};" for letter in "先忘记网络")
    made.write("a", "Wi-Fi", "Wi-Fi 6", f"<p>{references}&nbsp;&nbsp;</p>", "<p>Forget it first.</p>")
    status, _, err = imported(tmp_path, capsys)
    assert status == 0, err
    assert list(articles(world, "zammad").values()) == ["Wi-Fi"]


def test_of_a_knowledge_base_that_is_too_large_no_article_is_asked_for(
    world: World,
    tmp_path: Path,
    zammad_server: RecordedServer,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with_topic(world)
    made = zammad(request, tmp_path)
    (tmp_path / "hub.toml").write_text(made.lines + KNOWLEDGE, encoding="utf-8")
    monkeypatch.setattr(helpdesk_articles, "MOST_ARTICLES", 1)
    for name in ("a", "b"):
        made.write(name, ZH, EN, "<p>中文</p>", "<p>English</p>")
    status, _, err = imported(tmp_path, capsys)
    assert (status, made.asked()) == (1, 0)
    assert "more than 1 articles" in err
    assert zammad_server.asked
    assert articles(world, "zammad") == {}


def test_the_check_names_a_category_nobody_writes_in(
    tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    made = zammad(request, tmp_path)
    made.write("a", ZH, EN, "<p>中文</p>", "<p>English</p>")
    file = tmp_path / "hub.toml"
    file.write_text(made.lines + KNOWLEDGE + 'Nowhere = "wifi"\n', encoding="utf-8")
    assert zammad_server.asked == []
    assert main(["check", "--config", str(file)]) == 1
    (bad,) = [text for text in capsys.readouterr().err.splitlines() if text.startswith(("BAD", "不行"))]
    line = int(bad.split(": ")[0].rpartition(":")[2])
    assert file.read_text(encoding="utf-8").splitlines()[line - 1].startswith("Nowhere")
