"""The page of kiosks: who waits is approved by what stands on its screen, and every change is in the record."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from kiosk.domain.language import Language
from kiosk.domain.roles import Role
from kiosk.hub.console.kiosks import in_words
from kiosk.hub.services.refusal import No
from kiosk.hub.services.waiting_kiosks import waiting
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.enrolment import EnrolWaits
from kiosk.words import Speaker
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.console_world import YU, Browser, Console, token_in
from tests.hub.test_waiting_kiosks import Newcomer

EN = Speaker(Language.EN)
PAGE = "/console/kiosks"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def said(browser: Browser, act: str, **fields: str) -> str:
    """The word with which the page answers a form."""
    return (
        browser.post(f"/console/{act}", token_in(browser.get(PAGE)), **fields).headers["location"].partition("said=")[2]
    )


def form_of(one: Newcomer, number: int, place: str, **other: str) -> dict[str, str]:
    fields = {"public": one.public.hex(), "code": one.code(), "place": place, "same": "yes", **other}
    return {f"{name}-{number}": value for name, value in fields.items()}


def kiosk_of(world: World, id: str) -> Kiosk:
    with world.store.read() as db:
        return db.get_one(Kiosk, id)


def test_the_page_shows_the_words_of_who_waits_and_never_the_code(console: Console) -> None:
    new = Newcomer(console.world)
    code = new.code()
    text = unescape(console.signed_in(YU).get(PAGE).text)
    with console.world.store.read() as db:
        (shown,) = waiting(db, console.world.now)
    assert in_words(shown.words, Language.ZH) in text
    assert in_words(shown.words, Language.EN) in text
    assert code not in text.replace(" ", "")


def test_a_code_brought_along_from_the_screen_stands_in_its_field(console: Console) -> None:
    new = Newcomer(console.world)
    code = new.code()
    browser = console.signed_in(YU)
    assert f'value="{code[:4]} {code[4:]}"' in browser.get(f"{PAGE}?code={code}").text
    assert EN("kiosks.code_not_found") in unescape(browser.get(f"{PAGE}?code=AAAAAAAA").text)


def test_several_of_one_building_are_approved_together_each_at_its_place(console: Console) -> None:
    world = console.world
    one, two, three = (Newcomer(world) for _ in range(3))
    fields = form_of(one, 1, "lib-1f") | form_of(two, 2, "teach2-1f")
    browser = console.signed_in(YU)
    assert said(browser, "kiosk-approve", **fields, **form_of(three, 3, "lib-1f", code="")) == "approved"
    assert isinstance(three.ask(), EnrolWaits)
    assert one.approved().id == "lib-1f-1"
    assert [act[:3] for act in console.acts() if act[1] == "kiosk_approved"] == [
        (YU, "kiosk_approved", one.approved().id),
        (YU, "kiosk_approved", two.approved().id),
    ]
    text = unescape(browser.get(PAGE).text)
    assert EN("kiosks.state_never") in text
    assert "lib-1f-1" in text


def test_one_wrong_code_keeps_none_of_the_others_waiting(console: Console) -> None:
    one, two = Newcomer(console.world), Newcomer(console.world)
    two.code()
    fields = form_of(one, 1, "lib-1f") | form_of(two, 2, "teach2-1f", code="AAAAAAAA")
    assert said(console.signed_in(YU), "kiosk-approve", **fields) == "approved_in_part"
    assert one.approved().id == "lib-1f-1"
    assert isinstance(two.ask(), EnrolWaits)
    assert [act[1:] for act in console.acts() if act[1] == "kiosk_not_approved"] == [
        ("kiosk_not_approved", "teach2-1f", "wrong_code")
    ]


@pytest.mark.parametrize(
    ("other", "word"),
    [({"code": ""}, "no_code"), ({"same": ""}, "not_compared"), ({"place": ""}, "unknown_place")],
)
def test_nothing_is_approved_before_code_words_and_place_are_there(
    console: Console, other: dict[str, str], word: str
) -> None:
    new = Newcomer(console.world)
    browser = console.signed_in(YU)
    fields = form_of(new, 1, "lib-1f") | {f"{name}-1": value for name, value in other.items()}
    assert said(browser, "kiosk-approve", **fields) == word
    assert EN(f"kiosks.said_{word}") in unescape(browser.get(f"{PAGE}?said={word}").text)
    assert isinstance(new.ask(), EnrolWaits)


def test_whoever_may_not_configure_sees_who_waits_and_approves_nobody(console: Console) -> None:
    new = Newcomer(console.world)
    fields = form_of(new, 1, "lib-1f")
    browser = console.signed_in()
    page = browser.get(PAGE)
    assert EN("kiosks.who_approves") in unescape(page.text)
    assert browser.post("/console/kiosk-approve", token_in(page), **fields).status_code == 404
    assert isinstance(new.ask(), EnrolWaits)


def test_moved_a_kiosk_stands_elsewhere_and_keeps_the_numbers_it_has(console: Console) -> None:
    world = console.world
    kiosk = world.new_kiosk("lib-1f")
    reference = kiosk.next_reference()
    browser = console.signed_in(YU)
    assert said(browser, "kiosk-move", kiosk=kiosk.id, place="teach2-1f") == "moved"
    row = kiosk_of(world, kiosk.id)
    standing = world.book.standing("teach2-1f")
    assert standing is not None
    assert (row.place, row.code) == ("teach2-1f", standing.code)
    answer = world.take(kiosk, kiosk.envelope(kiosk.report(reference=reference)))
    assert not isinstance(answer, No)
    assert answer.status == 200
    assert said(browser, "kiosk-move", kiosk=kiosk.id, place="nowhere") == "unknown_place"
    assert said(browser, "kiosk-move", kiosk="nobody", place="lib-1f") == "unknown"
    assert (YU, "kiosk_moved", kiosk.id, "teach2-1f") in console.acts()


def test_an_engineer_revokes_in_one_step_and_says_why(console: Console) -> None:
    world = console.world
    kiosk = world.new_kiosk()
    console.give_role("dong-mei", Role.ENGINEER)
    browser = console.signed_in()
    assert said(browser, "kiosk-revoke", kiosk=kiosk.id) == "no_reason"
    assert said(browser, "kiosk-revoke", kiosk=kiosk.id, why="retired") == "no_reason"
    assert kiosk_of(world, kiosk.id).revoked_at is None
    assert said(browser, "kiosk-revoke", kiosk=kiosk.id, why="stolen") == "revoked"
    row = kiosk_of(world, kiosk.id)
    assert (row.revoked_at, row.ended_why) == (world.now, "stolen")
    text = unescape(browser.get(f"{PAGE}?said=revoked").text)
    assert EN("kiosks.ended_stolen") in text
    assert said(browser, "kiosk-revoke", kiosk=kiosk.id, why="lost") == "over"
    assert ("dong-mei", "kiosk_revoked", kiosk.id, "stolen") in console.acts()


def test_a_retired_kiosk_is_over_like_a_revoked_one(console: Console) -> None:
    world = console.world
    kiosk = world.new_kiosk()
    browser = console.signed_in(YU)
    assert said(browser, "kiosk-retire", kiosk=kiosk.id) == "retired"
    assert kiosk_of(world, kiosk.id).ended_why == "retired"
    assert said(browser, "kiosk-move", kiosk=kiosk.id, place="teach2-1f") == "over"
    assert EN("kiosks.ended_retired") in unescape(browser.get(PAGE).text)
