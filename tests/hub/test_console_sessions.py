"""How long somebody stays in the console: limits, leaving, signing out, and what keeps no session open."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select, update

from kiosk.domain.roles import Role
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.cli import main
from kiosk.hub.console import live
from kiosk.hub.console.cookies import SESSION
from kiosk.hub.ports import DirectorySilent
from kiosk.hub.services.staff_sessions import ABSOLUTE, CHECK_EVERY, IDLE, MOST_AT_ONCE, SETTING_UP, is_alive
from kiosk.hub.services.staff_sign_in import SignedIn, sign_in
from kiosk.hub.store.staff_tables import StaffSession
from kiosk.hub.store.tables import Account, Person
from tests.hub.conftest import World, fresh_database
from tests.hub.console_world import DONG, HOME, PASSWORD, YU, Console, says_no, secret_in, token_in, typed

#: At the end of the address of a page that console.js loads.
BY_ITSELF = "?by=itself"


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def test_the_limits_are_those_that_are_promised() -> None:
    assert timedelta(minutes=1) >= CHECK_EVERY
    assert (timedelta(minutes=30), timedelta(hours=12), timedelta(minutes=15)) == (IDLE, ABSOLUTE, SETTING_UP)


def test_a_session_ends_without_use_and_at_its_limit(console: Console) -> None:
    browser = console.signed_in()
    console.world.now += IDLE - timedelta(seconds=1)
    assert browser.get(HOME).status_code == 200
    for _ in range(int(ABSOLUTE / IDLE) - 1):
        console.world.now += IDLE - timedelta(minutes=1)
        browser.get(HOME)
    assert browser.get(HOME).status_code == 200
    console.world.now += IDLE - timedelta(minutes=1)
    assert browser.get(HOME).headers["location"] == "/console/sign-in", "twelve hours are over"
    browser = console.signed_in(YU)
    console.world.now += IDLE
    assert browser.get(HOME).headers["location"] == "/console/sign-in"


def test_what_a_page_asks_by_itself_keeps_no_session_open(console: Console) -> None:
    browser = console.signed_in()
    for _ in range(int(IDLE / timedelta(minutes=1))):
        assert is_alive(console.world.store, browser.cookie, console.world.now)
        console.world.move(minutes=1)
    assert not is_alive(console.world.store, browser.cookie, console.world.now)
    assert browser.client.get("/console/live").status_code == 401


def test_a_page_that_loads_itself_again_keeps_no_session_open_either(console: Console) -> None:
    """Where there are too many streams console.js does that once a minute."""
    browser = console.signed_in()
    assert '"itself"' in (Path(live.__file__).parent / "pages" / "console.js").read_text(encoding="utf-8")
    for _ in range(int(IDLE / timedelta(minutes=1))):
        assert browser.get(HOME + BY_ITSELF).status_code == 200
        console.world.move(minutes=1)
    assert browser.get(HOME + BY_ITSELF).headers["location"] == "/console/sign-in"


def demoted(console: Console) -> None:
    console.give_role(DONG, Role.STUDENT)


def left(console: Console) -> None:
    with console.world.store.write() as db:
        db.get_one(Person, DONG).valid_until = console.world.now


def disabled(console: Console) -> None:
    """As most staff's accounts, this one is protected too."""
    with console.world.store.write() as db:
        db.execute(update(Account).where(Account.person == DONG).values(disabled=True, protected=True))
    console.world.now += CHECK_EVERY


def password_changed(console: Console) -> None:
    console.world.move(seconds=1)
    with console.world.store.write() as db:
        db.execute(update(Account).where(Account.person == DONG).values(changed_at=console.world.now))
    console.world.now += CHECK_EVERY


def forgotten(console: Console) -> None:
    assert says_no(console, "forget", console.person(DONG).number) == 0


@pytest.mark.parametrize("happens", [demoted, left, disabled, password_changed, forgotten])
def test_a_leaver_is_out_within_a_minute(console: Console, happens: Callable[[Console], None]) -> None:
    browser = console.signed_in()
    assert browser.get(HOME).status_code == 200
    happens(console)
    assert browser.get(HOME).headers["location"] == "/console/sign-in"


def test_a_silent_directory_ends_nobodys_session(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = console.signed_in()
    monkeypatch.setattr(BuiltinDirectory, "find", lambda *_, **__: DirectorySilent("down"))
    console.world.now += CHECK_EVERY
    assert browser.get(HOME).status_code == 200


def test_a_sign_in_ends_the_session_before_it_and_too_many_end_the_oldest(console: Console) -> None:
    secret, browser, number = console.give_factor(DONG), console.browser(), console.person(DONG).number
    assert browser.sign_in(number, PASSWORD, console.shown(secret)).status_code == 303
    first = browser.cookie
    browser.get("/console/sign-in")
    console.next_step()
    assert isinstance(
        sign_in(console.desk, replace(typed(console, DONG, console.shown(secret)), before=first)), SignedIn
    )
    assert browser.get(HOME).headers["location"] == "/console/sign-in"
    for _ in range(MOST_AT_ONCE + 1):
        console.next_step()
        assert isinstance(sign_in(console.desk, typed(console, DONG, console.shown(secret))), SignedIn)
    with console.world.store.read() as db:
        assert len(list(db.scalars(select(StaffSession)))) == MOST_AT_ONCE


def test_signing_out_ends_it_at_the_hub(console: Console) -> None:
    browser = console.signed_in()
    stolen = browser.cookie
    answer = browser.post("/console/sign-out")
    assert answer.headers["location"] == "/console/sign-in?said=out"
    assert browser.cookie == ""
    browser.client.cookies.set(SESSION, stolen, domain="hub.example.edu")
    assert browser.get(HOME).headers["location"] == "/console/sign-in"
    assert ("dong-mei", "sign_out", "", "") in console.acts()


def test_setting_up_an_app_waits_a_quarter_of_an_hour_and_signs_out_what_was_signed_in(console: Console) -> None:
    before = console.signed_in()
    console.next_step()
    browser, number = console.browser(), console.person(DONG).number
    browser.sign_in(number, PASSWORD, console.first_code(DONG), "/console/first")
    page = browser.get("/console/factor")
    secret, token = secret_in(page.text), token_in(page)
    assert browser.post("/console/factor", token, code=console.shown(secret)).status_code == 303
    assert before.get(HOME).headers["location"] == "/console/sign-in"
    late = console.browser()
    late.sign_in(number, PASSWORD, console.first_code(DONG), "/console/first")
    console.world.now += SETTING_UP
    assert late.get("/console/factor").headers["location"] == "/console/sign-in"


def test_the_commands_say_who_may_and_let_them_in_and_out(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fresh_database(request, "sqlite", tmp_path)

    def run(*words: str) -> tuple[int, str]:
        status = main(["staff", *words, "--data", str(tmp_path)])
        return status, capsys.readouterr().out

    status, out = run("list")
    members = {member["number"]: member for member in msgspec.json.decode(out)}
    assert (status, members["T2017852"]) == (
        0,
        {
            "number": "T2017852",
            "role": "engineer",
            "rights": ["operate", "view"],
            "second_factor": False,
            "sessions": 0,
        },
    )
    assert not any(member["role"] == "student" for member in members.values())
    status, out = run("code", "T2017852")
    assert (status, len(msgspec.json.decode(out)["code"])) == (0, 8)
    for words in (("code", "20230114287"), ("code", "T9999999"), ("forget", "T9999999")):
        assert run(*words) == (1, "")
    assert run("forget", "T2017852") == (0, "")
