"""Into the console and out of it: what is asked, what is counted, what ends a session, and what nobody can tell."""

import hmac
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha1
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, select

from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.console.cookies import DEVICE, FORM, LANGUAGE, SESSION
from kiosk.hub.keys import HubKeys, open_keys
from kiosk.hub.ports import DirectorySilent, Password
from kiosk.hub.services.staff_factor import (
    STEP_SECONDS,
    FactorSecret,
    app_address,
    code_at,
    step_of,
    unseal,
)
from kiosk.hub.services.staff_guesses import NUMBER, NUMBER_FROM_ADDRESS, device_of
from kiosk.hub.services.staff_sign_in import Held, NotIn, SignedIn, Typed, sign_in
from kiosk.hub.store.staff_tables import StaffFactor
from kiosk.hub.store.tables import BadTry
from tests.hub.account_world import stored
from tests.hub.conftest import World
from tests.hub.console_world import DONG, HOME, PASSWORD, YU, ZHANG, Console, says_no, secret_in, token_in, typed


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def test_a_first_sign_in_sets_up_the_app_and_the_next_ones_ask_for_it(console: Console) -> None:
    browser, code, number = console.browser(), console.first_code(DONG), console.person(DONG).number
    answer = browser.sign_in(number, PASSWORD, f"{code[:4].lower()} - {code[4:]}", "/console/first")
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/factor")
    assert browser.get(HOME).headers["location"] == "/console/factor", "nothing else is open yet"
    page = browser.get("/console/factor")
    secret = secret_in(page.text)
    assert app_address(secret, number, console.world.book.name.en).reveal().replace("&", "&amp;") in page.text
    wrong = browser.post("/console/factor", token_in(page), code="000000")
    assert wrong.status_code == 401
    before = browser.cookie
    done = browser.post("/console/factor", token_in(page), code=console.shown(secret))
    assert (done.status_code, done.headers["location"]) == (303, "/console")
    assert browser.cookie != before
    assert browser.get(HOME).status_code == 200
    other = console.browser()
    assert other.sign_in(number, PASSWORD, console.shown(secret)).status_code == 401, "the app's digits work once"
    console.next_step()
    assert other.sign_in(number, PASSWORD, console.shown(secret)).status_code == 303
    assert other.get(HOME).status_code == 200
    assert [act[1] for act in console.acts()] == [
        "code_made",
        "first_sign_in",
        "factor_set",
        "sign_in_refused",
        "sign_in",
    ]
    assert console.browser().sign_in(number, PASSWORD, code, "/console/first").status_code == 401, "one use"


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, of eight digits the last six; and by the formula of RFC 4226, 5.3."""
    secret = FactorSecret("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        at = datetime.fromtimestamp(seconds, UTC)
        assert code_at(secret, at) == code
        assert step_of(secret, code, at) == seconds // STEP_SECONDS
        mac = hmac.new(b"12345678901234567890", (seconds // STEP_SECONDS).to_bytes(8), sha1).digest()
        cut = mac[-1] & 15
        assert f"{(int.from_bytes(mac[cut : cut + 4]) & 0x7FFFFFFF) % 10**6:06d}" == code


@pytest.mark.parametrize(("off", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(console: Console, off: int, taken: bool) -> None:
    secret = console.give_factor(DONG)
    code = code_at(secret, console.world.now + timedelta(seconds=off * STEP_SECONDS))
    assert isinstance(sign_in(console.desk, typed(console, DONG, code)), SignedIn) is taken


def test_no_code_is_taken_twice_nor_one_before_it(console: Console) -> None:
    secret = console.give_factor(DONG)
    before, now = code_at(secret, console.world.now - timedelta(seconds=STEP_SECONDS)), console.shown(secret)
    assert isinstance(sign_in(console.desk, typed(console, DONG, now)), SignedIn)
    assert sign_in(console.desk, typed(console, DONG, now)) is NotIn.WRONG
    assert sign_in(console.desk, typed(console, DONG, before)) is NotIn.WRONG
    assert console.directory.asked["sign_in"] == 1, "the directory was not asked again"


def test_of_two_that_bring_one_code_at_once_one_is_let_in(console: Console) -> None:
    secret = console.give_factor(DONG)
    code, desk = console.shown(secret), console.desk
    with ThreadPoolExecutor(2) as threads:
        addresses = ("10.0.0.1", "10.0.0.2")
        tries = [typed(console, DONG, code, address=address) for address in addresses]
        answers = list(threads.map(lambda one: sign_in(desk, one), tries))
    assert sorted(isinstance(answer, SignedIn) for answer in answers) == [False, True]


def test_a_code_is_used_up_by_a_wrong_password(console: Console) -> None:
    secret = console.give_factor(DONG)
    assert sign_in(console.desk, typed(console, DONG, console.shown(secret), "wrong")) is NotIn.WRONG
    assert sign_in(console.desk, typed(console, DONG, console.shown(secret))) is NotIn.WRONG
    with console.world.store.read() as db:
        assert [row.door for row in db.scalars(select(BadTry).where(BadTry.locked.is_(False)))][-1:] == ["console"]


def unknown(_: Console) -> str:
    return "T9999999"


def student_with_everything(console: Console) -> str:
    console.give_factor(ZHANG)
    return console.person(ZHANG).number


def staff_without_app(console: Console) -> str:
    return console.person(DONG).number


def staff_with_app(console: Console) -> str:
    console.give_factor(DONG)
    return console.person(DONG).number


def nothing_typed(_: Console) -> str:
    return ""


def unspeakable(_: Console) -> str:
    return "T20\x0017852"


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/first"])
def test_nobody_can_tell_who_works_here(console: Console, path: str) -> None:
    """The same answer for as much work: the database is asked the same, the directory nothing at all."""
    seen: dict[str, tuple[int, str, list[str]]] = {}
    for who in (unknown, student_with_everything, staff_without_app, staff_with_app, nothing_typed, unspeakable):
        number, browser = who(console), console.browser()
        token = token_in(browser.get(path))
        with Statements(console) as said:
            answer = browser.post(path, token, number=number, password=PASSWORD, code="000000")
        text = answer.text.replace(token, "").replace(token_in(answer), "")
        seen[who.__name__] = (answer.status_code, text, said)
        console.world.move(days=2)  # the address begins anew
    first = seen["unknown"]
    assert first[0] == 401
    for name, found in seen.items():
        assert found == first, name
    assert console.directory.asked == {}


def test_a_student_is_not_let_in_with_everything_right(console: Console) -> None:
    secret = console.give_factor(ZHANG)
    assert sign_in(console.desk, typed(console, ZHANG, console.shown(secret))) is NotIn.WRONG
    assert says_no(console, "code", console.person(ZHANG).number) == 1


def test_guessing_costs_time_and_what_is_held_is_not_judged(console: Console) -> None:
    secret, desk = console.give_factor(DONG), console.desk
    for _ in range(NUMBER_FROM_ADDRESS.free):
        assert sign_in(desk, typed(console, DONG, "000000")) is NotIn.WRONG
    held = sign_in(desk, typed(console, DONG, console.shown(secret)))
    assert held == Held(console.world.now + NUMBER_FROM_ADDRESS.first)
    elsewhere = sign_in(desk, typed(console, DONG, console.shown(secret), address="10.0.0.2"))
    assert isinstance(elsewhere, SignedIn), "whoever guesses keeps nobody out who is somewhere else"
    console.world.now = held.until
    console.next_step()
    assert isinstance(sign_in(desk, typed(console, DONG, console.shown(secret))), SignedIn)
    assert sign_in(desk, typed(console, DONG, "000000")) is NotIn.WRONG, "and the row of failures is over"


def test_guessing_from_many_addresses_is_slowed_down_too(console: Console) -> None:
    secret, desk = console.give_factor(DONG), console.desk
    for index in range(NUMBER.free):
        assert sign_in(desk, typed(console, DONG, "000000", address=f"10.0.1.{index}")) is NotIn.WRONG
    held = sign_in(desk, typed(console, DONG, console.shown(secret), address="10.0.2.1"))
    assert isinstance(held, Held)
    assert held.until - console.world.now <= NUMBER.longest, "and nobody is locked out for long"


def test_whoever_guesses_for_ever_holds_up_no_browser_that_staff_use(console: Console) -> None:
    browser, desk, keys = console.signed_in(), console.desk, console.world.keys
    number, known = console.person(DONG).number, browser.client.cookies.get(DEVICE) or ""
    secret = console.give_factor(DONG)
    for index in range(NUMBER.free + 20):
        sign_in(desk, typed(console, DONG, "000000", address=f"10.0.1.{index}"))
        console.world.move(minutes=15)
    sign_in(desk, typed(console, DONG, "000000", address="10.0.3.1"))
    mine = typed(console, DONG, console.shown(secret), address="10.0.2.1")
    for device in ("", "x", device_of(keys, "T2013744"), f"x{known}", known[:-1] + "x"):
        assert isinstance(sign_in(desk, replace(mine, device=device)), Held), "a stranger"
    assert isinstance(sign_in(desk, replace(mine, device=known)), SignedIn)
    assert known != device_of(keys, number)
    for _ in range(NUMBER_FROM_ADDRESS.free):
        assert sign_in(desk, replace(mine, code="000000", device=known)) is NotIn.WRONG
    assert isinstance(sign_in(desk, replace(mine, code="000000", device=known)), Held), "a stolen one is slowed too"


def test_an_unknown_number_is_held_like_a_known_one(console: Console) -> None:
    answers = [
        sign_in(console.desk, Typed("T9999999", Password("x"), "000000", "10.0.0.1"))
        for _ in range(NUMBER_FROM_ADDRESS.free + 1)
    ]
    assert isinstance(answers[-1], Held)


def test_a_try_is_counted_before_it_is_judged(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bool:
        raise RuntimeError

    monkeypatch.setattr(BuiltinDirectory, "sign_in", broken)
    secret = console.give_factor(DONG)
    for _ in range(NUMBER_FROM_ADDRESS.free):
        console.next_step()
        with pytest.raises(RuntimeError):
            sign_in(console.desk, typed(console, DONG, console.shown(secret)))
    assert isinstance(sign_in(console.desk, typed(console, DONG, console.shown(secret))), Held)


def test_a_silent_directory_lets_nobody_in_and_costs_nobody_a_try(
    console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = console.give_factor(DONG)
    monkeypatch.setattr(BuiltinDirectory, "find", lambda *_, **__: DirectorySilent("down"))
    for _ in range(NUMBER_FROM_ADDRESS.free + 1):
        assert sign_in(console.desk, typed(console, DONG, console.shown(secret))) is NotIn.SILENT
        console.next_step()
    monkeypatch.undo()
    assert isinstance(sign_in(console.desk, typed(console, DONG, console.shown(secret))), SignedIn)


@pytest.mark.parametrize("path", ["/console/sign-in", "/console/first", "/console/factor", "/console/look"])
def test_a_form_of_somebody_else_does_nothing(console: Console, path: str) -> None:
    secret, number = console.give_factor(DONG), console.person(DONG).number
    stranger, browser = console.browser(), console.browser() if path != "/console/look" else console.signed_in(YU)
    theirs = token_in(stranger.get("/console/sign-in"))
    mine = token_in(browser.get("/console/sign-in" if path != "/console/look" else HOME))
    fields = {"number": number, "password": PASSWORD, "code": console.shown(secret)}
    before = console.acts()
    for token in ("", theirs, mine[:-1] + ("0" if mine[-1] != "0" else "1")):
        browser.post(path, token, **fields)
    headers = {"sec-fetch-site": "cross-site"}
    browser.client.post(path, data={"form": mine, **fields}, headers=headers, follow_redirects=False)
    assert console.acts() == before
    assert browser.get(HOME).status_code == (200 if path == "/console/look" else 303)


def test_cookies_are_this_hubs_alone_and_nothing_is_kept(console: Console) -> None:
    browser, secret = console.browser(), console.give_factor(DONG)
    first = browser.get("/console/sign-in?lang=en")
    answer = browser.sign_in(console.person(DONG).number, PASSWORD, console.shown(secret))
    cookies = first.headers.get_list("set-cookie") + answer.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {DEVICE, FORM, SESSION, LANGUAGE}
    for cookie in cookies:
        parts = {part.strip().lower() for part in cookie.split(";")[1:]}
        assert parts >= {"path=/", "secure", "httponly", "samesite=strict"}, cookie
        assert not any(part.startswith(("domain", "expires")) for part in parts), cookie
    paths = (HOME, "/console/letters", "/console/acts", "/console/none", "/console/files/console.css", "/console/live2")
    for page in (first, answer, *(browser.get(path) for path in paths), console.browser().get("/console/live")):
        assert page.headers["cache-control"] == "no-store", page.url
        policy = page.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy


def test_no_secret_is_kept_or_logged(console: Console, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    secret = console.give_factor(DONG)
    code = console.shown(secret)
    first = console.first_code(YU)
    browser = console.browser()
    browser.sign_in(console.person(DONG).number, PASSWORD, code)
    browser.sign_in(console.person(YU).number, PASSWORD, first, "/console/first")
    said = "".join(str(vars(record)) for record in caplog.records).encode() + stored(console.world)
    for kept in (secret.reveal(), code, first, PASSWORD, browser.cookie):
        assert kept.encode() not in said
    assert secret.reveal() not in repr(secret) + f"{secret}"


def test_a_sealed_secret_is_one_persons_and_lives_through_a_new_key(console: Console, tmp_path: Path) -> None:
    secret, keys = console.give_factor(DONG), console.world.keys
    with console.world.store.read() as db:
        sealed = db.get_one(StaffFactor, DONG).sealed
    assert unseal(keys, DONG, sealed) == secret
    assert unseal(keys, YU, sealed) is None
    assert unseal(keys, DONG, sealed[:-1] + bytes([sealed[-1] ^ 1])) is None
    renewed = newer(keys, tmp_path)
    console.world.keys = renewed
    assert isinstance(sign_in(console.desk, typed(console, DONG, console.shown(secret))), SignedIn)
    with console.world.store.read() as db:
        again = db.get_one(StaffFactor, DONG).sealed
    only_new = HubKeys({renewed.newest: renewed.private[renewed.newest]}, renewed.public[:1])
    assert unseal(only_new, DONG, sealed) is None
    assert unseal(only_new, DONG, again) == secret


def newer(keys: HubKeys, folder: Path) -> HubKeys:
    """The same hub's keys with a new one in front."""
    other = open_keys(folder / "other")
    return HubKeys({**keys.private, **other.private}, [*other.public, *keys.public])


class Statements:
    """What the database is asked meanwhile, without the values."""

    def __init__(self, console: Console) -> None:
        self._engine, self.said = console.world.store.engine, list[str]()

    def __enter__(self) -> list[str]:
        event.listen(self._engine, "before_cursor_execute", self._note)
        return self.said

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_cursor_execute", self._note)

    def _note(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        self.said.append(statement)
