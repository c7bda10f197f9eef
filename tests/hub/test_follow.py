"""The page behind a slip's code: what it says, what the code alone may change, and what needs more."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from httpx import Response
from litestar.testing import TestClient
from PIL import Image
from sqlalchemy import select

from kiosk.hub.api.follow_limits import MOST_MISSES, MOST_WRITES_OF_CODE
from kiosk.hub.app import make_follow_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.parts import Parts
from kiosk.hub.services.follow import close_page
from kiosk.hub.services.photos import LONGEST_SIDE, MOST_PHOTOS, made_anew
from kiosk.hub.store.tables import HistoryLine, Message, Rating, Ticket, TicketPhoto
from tests.hub.conftest import PUBLIC_URL, World
from tests.hub.test_tickets import ZHANG, send
from tests.real.plain_kiosk import card

HERE = {"sec-fetch-site": "same-origin"}


class Phone:
    """A phone with the code of one ticket, whose requester has written ``CANARY``."""

    def __init__(self, world: World, folder: Path, state: str = "new") -> None:
        self.world, self.seen = world, dict[str, str]()
        kiosk = world.new_kiosk()
        answer = send(world, kiosk, kiosk.report(claim=card(ZHANG), note="CANARY", location="CANARY"))
        self.reference, self.path = answer.reference, answer.page.removeprefix(PUBLIC_URL)
        with world.store.write() as db:
            db.get_one(Ticket, self.reference).state = state
        outside = BuiltinCards(), BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
        parts = Parts(
            Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside, photos=folder
        )
        app: Any = make_follow_app(parts)
        self.client = TestClient(app, base_url="https://testserver.local")

    def page(self, **headers: str) -> str:
        return str(self.client.get(self.path, headers=headers).text)

    def post(self, to: str, *, headers: Any = HERE, files: Any = None, **fields: str) -> Response:
        """As the page's form would; where the page shows none any more, as the one seen before would."""
        page = self.page()
        self.seen |= {
            name: value for name in ("form", "op") if (value := found(rf'name="{name}" value="([^"]*)"', page))
        }
        where, data = f"{self.path}/{to}", {**self.seen, **fields}
        return self.client.post(where, data=data, files=files, headers=headers, follow_redirects=False)

    def said(self, to: str, *, files: Any = None, **fields: str) -> str:
        answer = self.post(to, files=files, **fields)
        assert answer.status_code == 303, answer.status_code
        return found(r"said=(\w+)", answer.headers["location"])

    def prove(self) -> str:
        assert self.said("code") == "sent"
        with self.world.store.read() as db:
            text = db.scalars(select(Message.text).order_by(Message.id.desc())).first() or ""
        return self.said("prove", digits=found(r"(\d{6})", text))

    @property
    def ticket(self) -> Ticket:
        with self.world.store.read() as db:
            return db.get_one(Ticket, self.reference)


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match[1] if match else ""


@pytest.mark.parametrize("state", ["new", "in_progress", "waiting_for_requester", "resolved", "closed", "withdrawn"])
def test_the_page_is_small_scriptless_and_holds_nothing_personal(world: World, tmp_path: Path, state: str) -> None:
    phone = Phone(world, tmp_path, state)
    answer = phone.client.get(phone.path)
    assert len(answer.content) <= 60 * 1024
    assert "<script" not in answer.text
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "noindex" in answer.headers["x-robots-tag"]
    assert all(secret not in answer.text for secret in ("CANARY", "张", "Zhang", "2023", "138001"))
    assert phone.reference in answer.text


def test_the_phone_is_answered_in_its_language_and_can_change_it(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path)
    assert 'lang="en"' in phone.page(**{"accept-language": "en-GB,en"}).split("<head>")[0]
    assert 'lang="zh"' in phone.page(**{"accept-language": "zh-CN"}).split("<head>")[0]
    assert "Connected, but pages do not open" in phone.client.get(f"{phone.path}?lang=en").text


def test_the_code_alone_says_solved_or_not_and_rates_once(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "resolved")
    assert phone.said("solved", answer="no") == "reopened"
    assert phone.ticket.state == "in_progress"
    assert phone.said("solved", answer="yes") == "nothing"
    with world.store.write() as db:
        db.get_one(Ticket, phone.reference).state = "resolved"
    assert phone.said("solved", answer="yes") == "confirmed"
    assert phone.ticket.state == "closed"
    assert phone.said("rate", mark="good", solved="1") == "rated"
    assert phone.said("rate", mark="poor") == "nothing"
    with world.store.read() as db:
        (rating,) = db.scalars(select(Rating))
    assert (rating.mark, rating.reasons, rating.kiosk) == ("good", "solved", "")


@pytest.mark.parametrize("act", ["comment", "withdraw"])
def test_the_code_alone_neither_writes_nor_withdraws(world: World, tmp_path: Path, act: str) -> None:
    phone = Phone(world, tmp_path)
    assert phone.said("act", act=act, text="x") == "nothing"
    assert phone.post("photo", files={"photo": ("x.jpg", picture("JPEG"))}).status_code == 403
    assert phone.ticket.state == "new"


def test_with_the_code_on_file_one_may_write_send_pictures_and_withdraw(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path)
    assert phone.prove() == "proven"
    assert phone.said("act", act="comment", text="<b>二楼</b>\u202e也是") == "added"
    for _ in range(MOST_PHOTOS):
        assert phone.said("photo", files={"photo": ("a.png", picture("PNG"))}) == "photo"
    assert phone.said("photo", files={"photo": ("a.png", picture("PNG"))}) == "no_photo"
    with world.store.read() as db:
        photos = db.scalars(select(TicketPhoto)).all()
        written = db.scalars(select(HistoryLine.text).where(HistoryLine.what == "commented")).all()
    assert len(photos) == MOST_PHOTOS
    assert written == ["<b>二楼</b>也是"]
    assert sorted(file.name for file in tmp_path.iterdir() if file.suffix == ".jpg") == sorted(p.file for p in photos)
    assert "<b>" not in phone.page().replace("<li><b>", "")
    assert phone.said("act", act="withdraw") == "withdrawn"
    assert phone.ticket.state == "withdrawn"


def test_a_wrong_code_proves_nothing(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path)
    assert phone.said("code") == "sent"
    assert phone.said("prove", digits="000000") == "wrong"
    assert phone.said("act", act="withdraw") == "nothing"


def test_a_form_from_elsewhere_or_with_another_token_is_refused(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "resolved")
    assert phone.post("solved", headers={"sec-fetch-site": "cross-site"}, answer="yes").status_code == 403
    assert phone.post("solved", answer="yes", form="0" * 64).status_code == 403
    assert phone.post("solved", answer="yes", form="é").status_code == 403
    assert phone.ticket.state == "resolved"


def test_guessing_and_flooding_are_slowed(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "resolved")
    answers = [phone.post("solved", answer="maybe", form="x").status_code for _ in range(MOST_WRITES_OF_CODE + 1)]
    assert answers == [403] * MOST_WRITES_OF_CODE + [429]
    wrong = [phone.client.get(f"/f/{'x' * 12}").status_code for _ in range(MOST_MISSES + 1)]
    assert wrong == [404] * MOST_MISSES + [429]
    world.move(minutes=11)
    assert phone.client.get(phone.path).status_code == 200


def test_a_page_that_was_closed_or_is_over_shows_and_does_nothing(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "resolved")
    assert phone.post("solved", answer="maybe", form="x").status_code == 403
    with world.store.write() as db:
        close_page(db, db.get_one(Ticket, phone.reference))
    assert phone.client.get(phone.path).status_code == 404
    assert phone.reference not in phone.page()
    assert phone.said("solved", answer="yes") == "nothing"
    assert phone.ticket.state == "resolved"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_made_anew_small_and_without_metadata(kind: str) -> None:
    made = made_anew(picture(kind, (3000, 900)))
    assert made is not None
    with Image.open(BytesIO(made)) as image:
        assert image.format == "JPEG"
        assert max(image.size) == LONGEST_SIDE
        assert not image.getexif()
    assert b"CANARY" not in made


@pytest.mark.parametrize("file", [b"", b"GIF89a", b"<svg onload=alert(1)>", b"\xff\xd8\xff\xe0 no", b"%PDF-1.7"])
def test_what_is_no_picture_is_not_kept(file: bytes) -> None:
    assert made_anew(file) is None


def picture(kind: str, size: tuple[int, int] = (300, 200)) -> bytes:
    image, kept = Image.new("RGB", size, "red"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "CANARY"  # ImageDescription
    image.save(kept, kind, exif=exif)
    return kept.getvalue()
