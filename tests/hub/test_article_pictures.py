"""Pictures of articles are made anew, small and plain, and never taken from anywhere but the folder."""

from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from kiosk.domain.articles import PICTURE_ID, Block, BlockKind
from kiosk.domain.language import Language
from kiosk.hub.app import make_app
from kiosk.hub.services import knowledge
from kiosk.hub.services.article_batch import LARGEST_PICTURE, LONGEST_SIDE, ArticleBatch, said
from kiosk.hub.services.article_folder import read_folder
from kiosk.hub.services.photos import LARGEST_FILE
from kiosk.hub.store.tables import ArticlePicture
from kiosk.wire.enrolment import Assertion
from kiosk.wire.knowledge import picture_id
from kiosk.wire.routes import PICTURE, TOKEN
from kiosk.words import Speaker
from tests.hub.conftest import World
from tests.hub.test_knowledge import parts_of, phone, taken, write

SHOWN = "![点右上角的 ⓘ](screen.png)"


def png(width: int = 400, height: int = 300, colour: object = (20, 60, 200), **more: object) -> bytes:
    made = BytesIO()
    mode = "RGBA" if isinstance(colour, tuple) and len(colour) == 4 else "RGB"
    Image.new(mode, (width, height), colour).save(made, "PNG", **more)  # type: ignore[arg-type]
    return made.getvalue()


def folder(path: Path, picture: bytes | None, body: str = SHOWN) -> ArticleBatch:
    write(path, "good")
    write(path, "shown", body=f"First.\n\n{body}\n\nLast.")
    if picture is not None:
        (path / "screen.png").write_bytes(picture)
    return read_folder(path)


def refused(path: Path, picture: bytes | None, body: str = SHOWN) -> str:
    found = folder(path, picture, body)
    assert [pair.id for pair in found.pairs] == ["good"]
    assert found.pictures == {}
    return said(found.problems[0], Speaker(Language.EN))


def test_a_picture_goes_with_its_article_and_holds_nothing_but_pixels(tmp_path: Path) -> None:
    told = PngInfo()
    told.add_text("Author", "CANARY")
    found = folder(tmp_path, png(3000, 1500, pnginfo=told))
    assert found.problems == ()
    pair = next(pair for pair in found.pairs if pair.id == "shown")
    kinds = [block.kind for block in pair.zh.blocks]
    assert kinds == [BlockKind.PARAGRAPH, BlockKind.PICTURE, BlockKind.PARAGRAPH]
    shown = pair.zh.blocks[1]
    assert shown.text == "点右上角的 ⓘ"
    assert shown.picture is not None
    assert (shown.picture.width, shown.picture.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    body = found.pictures[shown.picture.name]
    assert PICTURE_ID.fullmatch(shown.picture.name)
    assert picture_id(body) == shown.picture.name
    assert body.startswith(b"\xff\xd8")
    assert b"CANARY" not in body
    assert len(found.pictures) == 1, "both languages show the same one"


def test_what_is_clear_in_a_picture_is_white_on_the_screen(tmp_path: Path) -> None:
    (body,) = folder(tmp_path, png(20, 20, (0, 0, 0, 0))).pictures.values()
    assert Image.open(BytesIO(body)).getpixel((10, 10)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../outside.png", "beside the article"),
        ("/etc/passwd", "beside the article"),
        ("a/b.png", "beside the article"),
        ("https://example.edu/x.png", "beside the article"),
        ("x.svg", "beside the article"),
        ("", "beside the article"),
        ("none.png", "cannot be read"),
        ("link.png", "outside of the folder"),
        ("text.png", "is no PNG"),
        ("bomb.png", "is no PNG"),
        ("huge.png", "is larger than"),
    ],
)
def test_a_picture_that_is_none_is_told_and_its_article_is_not_taken(tmp_path: Path, name: str, reason: str) -> None:
    inside = tmp_path / "folder"
    inside.mkdir()
    (tmp_path / "outside.png").write_bytes(png())
    (inside / "link.png").symlink_to(tmp_path / "outside.png")
    (inside / "text.png").write_bytes(b"<script>alert(1)</script>")
    (inside / "bomb.png").write_bytes(png(8000, 7000))  # 56 megapixels in a few kilobytes
    with (inside / "huge.png").open("wb") as stream:
        stream.truncate(LARGEST_FILE + 1)
    assert reason in refused(inside, None, f"![x]({name})")


def test_a_picture_needs_words_and_there_are_not_many(tmp_path: Path) -> None:
    assert "say what the picture shows" in refused(tmp_path, png(), "![](screen.png)")
    assert "more than 8 pictures" in refused(tmp_path, png(), f"{SHOWN}\n\n" * 9)


def test_one_that_stays_large_is_refused(tmp_path: Path) -> None:
    noise = BytesIO()
    Image.effect_noise((LONGEST_SIDE, LONGEST_SIDE), 200).convert("RGB").save(noise, "PNG")
    assert f"larger than {LARGEST_PICTURE // 1024} KB" in refused(tmp_path, noise.getvalue())


def test_within_a_line_it_is_only_characters(tmp_path: Path) -> None:
    found = folder(tmp_path, png(), f"Look: {SHOWN} there")
    assert found.pictures == {}
    assert found.pairs[1].zh.blocks[1] == Block(BlockKind.PARAGRAPH, f"Look: {SHOWN} there")


def test_kiosk_and_phone_get_it_until_no_article_shows_it(world: World, tmp_path: Path) -> None:
    (id,) = folder(tmp_path, png()).pictures
    taken(world, tmp_path)
    kiosk = world.new_kiosk()
    app: Any = make_app(parts_of(world))
    with TestClient(app) as client:
        assert client.get(f"{PICTURE}{id}").status_code == 401
        asked = msgspec.json.encode(Assertion(kiosk.assertion()))
        token = {"authorization": f"Bearer {client.post(TOKEN, content=asked).json()['token']}"}
        answer = client.get(f"{PICTURE}{id}", headers=token)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert picture_id(answer.content) == id
        assert client.get(f"{PICTURE}{'0' * 32}", headers=token).status_code == 404
    with phone(world) as client:
        page = client.get("/a/shown")
        assert f'src="picture/{id}"' in page.text
        assert "img-src 'self'" in page.headers["content-security-policy"]
        assert client.get(f"/a/picture/{id}").content == answer.content
        assert client.get("/a/picture/..%2f..%2fetc").status_code == 404
    write(tmp_path, "shown", body="Without.")
    taken(world, tmp_path)
    with world.store.read() as db:
        assert knowledge.picture(db, id) is None, "nobody outside gets what no article shows"
        assert db.query(ArticlePicture).count() == 1, "one can go back to the version that showed it"
    write(tmp_path, "other")
    taken(world, tmp_path)
    for file in tmp_path.glob("shown.*.md"):
        file.unlink()
    assert taken(world, tmp_path, removing=1).removed == ("shown",)
    with world.store.read() as db:
        assert db.query(ArticlePicture).count() == 0


def test_an_article_that_keeps_its_old_text_keeps_its_pictures(world: World, tmp_path: Path) -> None:
    (id,) = folder(tmp_path, png()).pictures
    taken(world, tmp_path)
    (tmp_path / "screen.png").write_bytes(b"no picture any more")
    assert taken(world, tmp_path).kept == ("shown",)
    with world.store.read() as db:
        assert knowledge.picture(db, id) is not None
