"""Nothing about a person before a proof, and nothing unmasked after it: on no screen or slip, in no answer of the hub,
no log and no file. The person is made of marks that occur nowhere else."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
import requests

from kiosk.domain.language import Language
from kiosk.domain.masking import mask_email, mask_name, mask_number, mask_phone
from kiosk.services import requests as r
from kiosk.services.views import DonePage, Screen
from kiosk.wire.knowledge import unpacked_list, unpacked_texts

from .absent_hub import AbsentHub
from .enrolled import enrolled
from .explorer import CONTACT, WORDS, explore
from .headless import Headless, headless

ID, PIN = "zhang-ming", "739154"
NUMBER, NAME, LATIN = "20267319842", "麒标麟", "Qilin Markwell"
PHONE, EMAIL, BADGE = "13977319842", "qmarkwell@marked.example", "0499AABBCCDDEE"
#: On a ticket of theirs.
NOTE = "獬豸的备注"
RAW = {"number": NUMBER, "name": NAME, "latin name": LATIN, "phone": PHONE, "e-mail": EMAIL, "badge": BADGE}
MASKED = {
    "masked name": mask_name(NAME),
    "masked latin name": mask_name(LATIN),
    "masked phone": mask_phone(PHONE),
    "masked e-mail": mask_email(EMAIL),
    "note": NOTE,
}
#: What is reached without a proof, each walked by card, by number and by nobody.
BEFORE_A_PROOF = {
    Screen.ATTRACT, Screen.HOME, Screen.IDENTIFY, Screen.NUMBER, Screen.PIN, Screen.CODE, Screen.NONE_OF_THESE,
    Screen.CATEGORY, Screen.DETAILS, Screen.OUTAGE, Screen.PLACE, Screen.NOTE, Screen.TOPICS, Screen.TOPIC,
    Screen.SEARCH, Screen.ARTICLE, Screen.ANSWER, Screen.DONE, Screen.FEEDBACK, Screen.WRITE, Screen.ACCOUNT,
    Screen.PRIVACY, Screen.NOTICES, Screen.PROMISE, Screen.CARD_CONFIRM, Screen.FOUND_CARD, Screen.UNAVAILABLE,
    Screen.SLIP, Screen.SIGN_IN, Screen.DESK_CODE,
}  # fmt: skip
BEHIND_A_PROOF = {
    Screen.TICKETS, Screen.TICKET_ACT, Screen.ACCOUNT_LOCKED, Screen.PASSWORD, Screen.PIN_NEW, Screen.CARD,
    Screen.MOVEMENTS, Screen.TOP_UP, Screen.TOP_UP_PAY, Screen.LIMITS, Screen.CARD_PIN,
}  # fmt: skip
#: Of these what is reached without changing anything, or an account that is locked.
SEEN_WITH_PROOFS = BEHIND_A_PROOF - {
    Screen.ACCOUNT_LOCKED, Screen.PIN_NEW, Screen.TICKET_ACT, Screen.LIMITS, Screen.CARD_PIN,
}  # fmt: skip


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AbsentHub]:
    hub = AbsentHub(
        tmp_path_factory.mktemp("marked") / "hub",
        "--payments",
        "simulated",
        "--sign-in",
        "simulated",
        "--public-url",
        "own",
    )
    with sqlite3.connect(hub.running.data / "hub.db") as db:
        people = "number=?, name=?, latin_name=?, phone=?, email=?"
        db.execute(f"UPDATE people SET {people} WHERE id=?", (NUMBER, NAME, LATIN, PHONE, EMAIL, ID))
        db.execute("UPDATE cards SET uid=? WHERE person=?", (BADGE, ID))
        db.execute("UPDATE tickets SET note=? WHERE person=?", (NOTE, ID))
    db.close()
    yield hub
    hub.stop()


def texts(kiosk: Headless, but: Screen | None = None) -> str:
    """Whatever was shown, on every page ``but`` one, printed or heard."""
    shown = [msgspec.json.encode(view).decode() for view in kiosk.views if view.screen is not but]
    printed = [msgspec.json.encode(slip).decode() for slip in kiosk.printer.slips]
    return "\n".join((*shown, *printed, *map(plain, kiosk.heard)))


def plain(body: bytes) -> str:
    """The articles come compressed."""
    try:
        return body.decode()
    except UnicodeDecodeError:
        with suppress(msgspec.ValidationError):
            return msgspec.json.encode(unpacked_list(body)).decode()
        return b"\n".join(unpacked_texts(body).values()).decode()


def found(where: str, marks: dict[str, str]) -> list[str]:
    return [name for name, mark in marks.items() if mark in where]


def files(folder: Path) -> str:
    return "\n".join(file.read_bytes().decode("latin-1") for file in folder.rglob("*") if file.is_file())


def latin_1(marks: dict[str, str]) -> dict[str, str]:
    return {name: mark.encode().decode("latin-1") for name, mark in marks.items()}


def by_card(kiosk: Headless) -> None:
    kiosk.drawer.tap_uid(BADGE)
    kiosk.drawer.do("card-off")
    kiosk.shows(Screen.HOME)


def by_number(kiosk: Headless) -> None:
    """Up to where somebody is asked for; the number is what they typed themselves."""
    kiosk.press(r.Start(Language.EN), r.Open("tickets"), r.Open("number"))
    kiosk.press(*(r.NumberKey(digit) for digit in NUMBER), r.NumberDone())
    kiosk.shows(Screen.PIN)


def as_nobody(kiosk: Headless) -> None:
    kiosk.press(r.Start(Language.ZH))


def by_slip(kiosk: Headless) -> set[Screen]:
    """The last slip of the walks before, held before the scanner by whoever found it."""
    kiosk.drawer.do("scan slip")
    kiosk.shows(Screen.SLIP)
    assert kiosk.page["detail"]["steps"]
    kiosk.press(r.End())
    return {Screen.SLIP}


def offline(kiosk: Headless) -> None:
    """What needs the hub says so, and nothing else."""
    kiosk.drawer.do("net off")
    kiosk.drawer.seconds_ahead += 120.0
    kiosk.until(lambda: kiosk.view.strip.kind == "offline", "the network is not missed")
    by_card(kiosk)
    kiosk.press(r.Open("tickets"))
    kiosk.shows(Screen.UNAVAILABLE)
    kiosk.press(r.End())


@pytest.mark.timeout(900)
def test_before_a_proof_nothing_about_the_person_is_shown_printed_told_or_written(
    marked: AbsentHub, tmp_path: Path
) -> None:
    seen = {Screen.UNAVAILABLE}
    with headless(enrolled(marked.running, tmp_path / "kiosk")) as kiosk:
        kiosk.shows(Screen.ATTRACT)
        for begin in (by_card, by_number, as_nobody):
            seen |= explore(kiosk, begin)
        seen |= by_slip(kiosk)
        offline(kiosk)
        told(kiosk, seen)
    assert found(phone_pages(kiosk, marked), RAW | MASKED | {"words": WORDS, "contact": CONTACT}) == []
    assert seen >= BEFORE_A_PROOF
    assert seen.isdisjoint(BEHIND_A_PROOF)
    assert found(texts(kiosk), RAW | MASKED) == ["number"], "what was typed is on the page where it is typed"
    assert found(texts(kiosk, but=Screen.NUMBER), RAW | MASKED) == []
    written = files(tmp_path / "kiosk") + files(marked.running.data / "log")
    assert found(written, latin_1(RAW | MASKED)) == []


def phone_pages(kiosk: Headless, hub: AbsentHub) -> str:
    """What whoever finds a slip reads behind its code."""
    codes = {page.qr for view in kiosk.views if isinstance(page := view.page, DonePage) and "/f/" in page.qr}
    assert codes
    pages = [requests.get(code, verify=str(hub.running.ca), timeout=20) for code in codes]
    assert all(page.status_code == 200 for page in pages)
    return "\n".join(page.text for page in pages)


def proven(kiosk: Headless, hub: AbsentHub) -> None:
    """By card, PIN and a one-time code: enough for whatever a person can do at a kiosk."""
    by_card(kiosk)
    kiosk.press(r.Open("account"), r.Open("reset"))
    kiosk.type_pin(PIN)
    kiosk.shows(Screen.CODE)
    kiosk.until(lambda: not kiosk.page["locked"], "no code is sent")
    kiosk.press(*(r.Choose(Screen.CODE, "key", digit) for digit in newest_code(hub)))
    kiosk.shows(Screen.PASSWORD)


def by_pin(kiosk: Headless) -> None:
    by_card(kiosk)
    kiosk.press(r.Open("tickets"))
    kiosk.type_pin(PIN)
    kiosk.shows(Screen.TICKETS)


def newest_code(hub: AbsentHub) -> str:
    with sqlite3.connect(f"file:{hub.running.data / 'hub.db'}?mode=ro", uri=True) as db:
        (text,) = db.execute("SELECT text FROM messages WHERE kind='code' ORDER BY at DESC LIMIT 1").fetchone()
    db.close()
    return re.search("[0-9]{6}", text).group()  # type: ignore[union-attr]


@pytest.mark.timeout(900)
def test_after_every_proof_only_masks_are_shown_printed_told_or_written(marked: AbsentHub, tmp_path: Path) -> None:
    with headless(enrolled(marked.running, tmp_path / "kiosk")) as kiosk:
        kiosk.shows(Screen.ATTRACT)
        proven(kiosk, marked)
        seen = explore(kiosk, by_pin, avoid=(r.Choose(Screen.CARD_CONFIRM, "button", "act"),))
        told(kiosk, seen)
    assert seen >= SEEN_WITH_PROOFS
    assert found(texts(kiosk), RAW) == []
    assert {"masked name", "masked phone"} <= set(found(texts(kiosk), MASKED)), "the search finds what is there"
    assert mask_number(NUMBER) in texts(kiosk)
    written = files(tmp_path / "kiosk") + files(marked.running.data / "log")
    assert found(written, latin_1(RAW | MASKED)) == []


def told(kiosk: Headless, seen: set[Screen]) -> None:
    views, answers, slips = len(kiosk.views), len(kiosk.heard), len(kiosk.printer.slips)
    print(f"{views} views of {len(seen)} pages, {answers} answers of the hub, {slips} slips")
