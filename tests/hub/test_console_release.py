"""The console's page for release codes: look, compare, confirm anew, give; and what is refused there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from httpx import Response
from sqlalchemy import select

from kiosk.hub.services.staff_factor import FactorSecret
from kiosk.hub.store.release_tables import ReleaseGiven
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.console_world import DONG, PASSWORD, ZHANG, Browser, Console

LOOK, GIVE = "/console/release-look", "/console/release-give"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: what a form says is no question to it."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def at_the_desk(console: Console) -> tuple[Browser, FactorSecret]:
    """Signed in, and the app shows digits that were not taken yet."""
    browser, secret = console.browser(), console.give_factor(DONG)
    assert browser.sign_in(console.person(DONG).number, PASSWORD, console.shown(secret)).status_code == 303
    console.next_step()
    return browser, secret


def give(console: Console, browser: Browser, code: str, **changed: str) -> Response:
    fields = {
        "number": console.person(ZHANG).number,
        "action": "set_pin",
        "seen_passport": "yes",
        "password": PASSWORD,
        "code": code,
        **changed,
    }
    return browser.post(GIVE, **{name: value for name, value in fields.items() if value})


def given(console: Console) -> int:
    with console.world.store.read() as db:
        return len(list(db.scalars(select(ReleaseGiven))))


def test_a_code_is_given_and_shown_once_to_whoever_confirmed_who_they_are(console: Console) -> None:
    browser, secret = at_the_desk(console)
    person = console.person(ZHANG)
    looked = browser.post(LOOK, number=f" {person.number} ")
    assert looked.status_code == 200
    assert (person.name in looked.text, 'name="seen_passport"' in looked.text) == (True, True)
    answer = give(console, browser, console.shown(secret))
    assert answer.status_code == 200
    code = answer.text.partition('class="card release" role="status">')[2].partition("<")[0].replace(" ", "")
    assert (len(code), code.isdigit()) == (8, True)
    assert answer.headers["cache-control"] == "no-store"
    assert code not in browser.get("/console/release").text
    assert [what for _, what, _, _ in console.acts()] == ["sign_in", "release_looked", "release_set_pin"]
    assert console.acts()[-1] == (DONG, "release_set_pin", ZHANG, "passport")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"password": "not-it"}, "Not given: password or digits are not right."),
        ({"code": "000000"}, "Not given: password or digits are not right."),
        ({"seen_passport": ""}, "Not given: tick which document you saw."),
        ({"action": "see_tickets"}, "Not given: choose what the code is for."),
        ({"action": "activate_account"}, "Not given: this account is activated."),
        ({"number": "20999999999"}, "Nobody has this number"),
    ],
    ids=str,
)
def test_what_is_missing_is_said_and_nothing_is_given(console: Console, changed: dict[str, str], said: str) -> None:
    browser, secret = at_the_desk(console)
    answer = give(console, browser, **{"code": console.shown(secret), **changed})
    assert (answer.status_code, said in answer.text, given(console)) == (422, True, 0)


def test_digits_that_signed_somebody_in_confirm_nothing_and_each_confirm_once(console: Console) -> None:
    browser, secret = console.browser(), console.give_factor(DONG)
    used = console.shown(secret)
    browser.sign_in(console.person(DONG).number, PASSWORD, used)
    assert give(console, browser, used).status_code == 422
    console.next_step()
    fresh = console.shown(secret)
    assert give(console, browser, fresh).status_code == 200
    assert give(console, browser, fresh).status_code == 422, "the same form sent again gives no second code"
    assert given(console) == 1


def test_guessing_inside_a_session_is_slowed_down(console: Console) -> None:
    browser, secret = at_the_desk(console)
    for _ in range(4):
        give(console, browser, "000000")
    answer = give(console, browser, console.shown(secret))
    assert answer.status_code == 422
    assert "Too many tries" in answer.text
    assert given(console) == 0


def test_whoever_leaves_while_the_form_is_open_gives_none(console: Console) -> None:
    browser, secret = at_the_desk(console)
    page = browser.post(LOOK, number=console.person(ZHANG).number)
    token = page.text.partition('name="form" value="')[2].partition('"')[0]
    with console.world.store.write() as db:
        db.merge(console.person(DONG)).valid_until = console.world.now
    answer = browser.post(GIVE, token, number=console.person(ZHANG).number, code=console.shown(secret))
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/sign-in")
    assert given(console) == 0
