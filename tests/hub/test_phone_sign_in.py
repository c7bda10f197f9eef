"""Signing in by phone at the hub: only who stands before the kiosk gets in, only as who they are, and only once.

Over 400 lines because each way in that must stay shut is a test of its own on the same few steps.
"""

import re
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import parse_qs, quote, urlencode, urlsplit
from uuid import uuid4

import pytest
from httpx import Response
from litestar.testing import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.people import PersonNumber
from kiosk.domain.phone_sign_in import SignInEnd, SignInStep
from kiosk.domain.policy import SHIPPED, Action, Factor
from kiosk.domain.proof_words import words_of
from kiosk.hub.app import make_app, make_follow_app
from kiosk.hub.services import phone_sign_in
from kiosk.hub.services.phone_sign_in import MOST_TRIES, Door
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import prove, require
from kiosk.hub.sign_in_port import Attempt, NotSignedIn, SignedInAs
from kiosk.hub.store.database import Store
from kiosk.hub.store.sign_in_tables import PhoneSignIn
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire import routes
from kiosk.wire.identity import SignedIn, SignInAnswer, SignInEnded, SignInWaits, SignInWanted
from kiosk.wire.tickets import CardClaimed, ClaimMade, NumberClaimed
from tests.hub.account_world import CountingDirectory
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World, fresh_database

CAMPUS = "https://sso.example.edu"
ZHANG, ZHANGS_CARD, CHEN = "zhang-ming", "04A1B2C3D4E580", "chen-jie"
BOTH = pytest.mark.parametrize("database_url", ["sqlite", "postgresql"], indirect=True)
TWO_HUBS = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
#: For what comes at once on a working hub, seconds.
PATIENCE = 60.0
_HIDDEN = re.compile(r'name="form" value="(\w+)"')
_HEADING = re.compile(r"<h1>(.*?)</h1>")
First = TypeVar("First")
Second = TypeVar("Second")


@dataclass
class Campus:
    """A campus's page that believes whoever comes back with ``who`` in hand; each answer is for one attempt."""

    finished: list[Attempt] = field(default_factory=list)
    silent: bool = False
    before: Callable[[], object] = lambda: None

    def origin(self) -> str | NotSignedIn:
        return NotSignedIn.SILENT if self.silent else CAMPUS

    def begin(self, attempt: Attempt) -> str | NotSignedIn:
        return NotSignedIn.SILENT if self.silent else f"{CAMPUS}/login?{urlencode({'state': attempt.state})}"

    def finish(self, attempt: Attempt, query: Mapping[str, str]) -> SignedInAs | NotSignedIn:
        self.finished.append(attempt)
        self.before()
        if self.silent:
            return NotSignedIn.SILENT
        return SignedInAs(PersonNumber(query["who"])) if "who" in query else NotSignedIn.DECLINED


@dataclass
class Hub:
    world: World
    campus: Campus
    app: Any
    kiosk: HubKiosk
    other: HubKiosk
    door: Door

    def number_of(self, person: str) -> str:
        with self.world.store.read() as db:
            return db.get_one(Person, person).number

    def phone(self) -> "Phone":
        return Phone(self, TestClient(self.app, base_url=PUBLIC_URL))

    def begin(self, claim: ClaimMade | None = None, kiosk: HubKiosk | None = None) -> "Begun":
        op = str(uuid4())
        begun = Begun(self, op, claim, kiosk or self.kiosk)
        with self.world.store.write() as db:
            row = db.get_one(Kiosk, begun.kiosk.id)
            answer = phone_sign_in.begin(db, self.door, row, SignInWanted(op, claim), self.world.now)
        assert isinstance(answer, SignInWaits)
        assert answer.step == SignInStep.SCAN
        begun.url = answer.url
        return begun


@dataclass
class Begun:
    """One attempt, as its kiosk sees it."""

    hub: Hub
    op: str
    claim: ClaimMade | None
    kiosk: HubKiosk
    url: str = ""

    def look(self, kiosk: HubKiosk | None = None, visit: str = "") -> SignInAnswer | No:
        world = self.hub.world
        with world.store.write() as db:
            row = db.get_one(Kiosk, (kiosk or self.kiosk).id)
            wanted = SignInWanted(self.op, self.claim)
            return phone_sign_in.look(db, self.hub.door, row, wanted, visit, world.now, latin=False)

    def number(self) -> str:
        answer = self.look()
        assert isinstance(answer, SignInWaits), answer
        assert answer.step == SignInStep.NUMBER
        return answer.number

    def over(self) -> SignInEnd:
        answer = self.look()
        assert isinstance(answer, SignInEnded), answer
        return SignInEnd(answer.why)

    def cancel(self) -> None:
        with self.hub.world.store.write() as db:
            phone_sign_in.cancel(db, db.get_one(Kiosk, self.kiosk.id), self.op)


@dataclass
class Phone:
    hub: Hub
    client: "TestClient[Any]"
    page: str = ""
    state: str = ""

    @property
    def heading(self) -> str:
        found = _HEADING.search(self.page)
        return found[1] if found else ""

    def get(self, address: str) -> Response:
        answer = self.client.get(address.removeprefix(PUBLIC_URL))
        self.page = answer.text
        return answer

    def post(self, address: str, headers: dict[str, str] | None = None, **fields: str) -> Response:
        token = _HIDDEN.search(self.page)
        return self.client.post(
            address.removeprefix(PUBLIC_URL),
            data={"form": token[1] if token else "", **fields},
            headers=headers,
            follow_redirects=False,
        )

    def scan(self, begun: Begun) -> "Phone":
        assert self.get(begun.url).status_code == 200
        return self

    def go(self, begun: Begun) -> "Phone":
        """To the campus's page."""
        answer = self.scan(begun).post(begun.url)
        assert answer.status_code == 303
        where = answer.headers["location"]
        if where.startswith(CAMPUS):
            self.state = parse_qs(urlsplit(where).query)["state"][0]
        return self

    def back(self, person: str = "", **query: str) -> "Phone":
        who = {"who": self.hub.number_of(person)} if person else {}
        self.get(f"{routes.PHONE_BACK}?{urlencode({'state': self.state, **who, **query})}")
        return self

    def type(self, number: str) -> "Phone":
        self.post(routes.PHONE_HERE, number=number)
        self.get(routes.PHONE_HERE)
        return self


@pytest.fixture(params=["sqlite"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Both databases only where a test says so."""
    return fresh_database(request, request.param, tmp_path)


@pytest.fixture
def hub(world: World) -> Hub:
    campus = Campus()
    app = cast(Any, make_follow_app(world.parts(CountingDirectory(world), sign_in=campus)))
    return Hub(world, campus, app, world.new_kiosk(), world.new_kiosk("teach2-1f"), Door(world.keys, PUBLIC_URL))


def signed_in(begun: Begun, visit: str = "") -> SignedIn:
    answer = begun.look(visit=visit)
    assert isinstance(answer, SignedIn), answer
    return answer


@BOTH
def test_who_signs_in_and_types_the_number_is_verified_in_that_visit(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().scan(begun)
    assert "图书馆一层 · " in phone.page
    phone.go(begun)
    assert isinstance(begun.look(), SignInWaits)
    phone.back(ZHANG)
    assert "图书馆一层 · " in phone.page
    assert phone.heading == "输入终端上的数字"
    phone.type(begun.number())
    assert phone.heading == "好了，请看终端的屏幕"
    told = signed_in(begun)
    assert (told.number, told.accepted.proofs) == (hub.number_of(ZHANG), ("campus_sign_in",))
    assert told.accepted.name == "张*明"
    phone.get(routes.PHONE_HERE)
    assert phone.heading == "好了，请看终端的屏幕"
    with hub.world.store.read() as db:
        kiosk = db.get_one(Kiosk, hub.kiosk.id)
        seen = require(db, kiosk, told.accepted.session, Action.SEE_TICKETS, SHIPPED, hub.world.now)
        reset = require(db, kiosk, told.accepted.session, Action.RESET_PASSWORD, SHIPPED, hub.world.now)
    assert isinstance(seen, Person)
    assert isinstance(reset, No)


def test_it_is_added_to_the_session_of_the_visit_and_counts_once(hub: Hub) -> None:
    begun = hub.begin(CardClaimed(ZHANGS_CARD, 0))
    hub.phone().go(begun).back(ZHANG).type(begun.number())
    told = signed_in(begun)
    assert told.number == ""
    assert told.accepted.proofs == ("campus_sign_in", "card:0")
    assert begun.over() is SignInEnd.EXPIRED
    again = hub.begin(CardClaimed(ZHANGS_CARD, 0))
    hub.phone().go(again).back(ZHANG).type(again.number())
    assert signed_in(again, visit=told.accepted.session).accepted.session == told.accepted.session


def test_the_number_is_on_no_screen_before_somebody_has_signed_in(hub: Hub) -> None:
    """A photograph of the code holds no number, and the phone's page never does."""
    begun = hub.begin()
    phone = hub.phone()
    for step in (phone.scan, phone.go):
        step(begun)
        answer = begun.look()
        assert isinstance(answer, SignInWaits)
        assert answer.number == ""
    phone.back(ZHANG)
    assert begun.number() not in re.sub(r'value="\w+"|<style>.*?</style>', "", phone.page, flags=re.DOTALL)


def test_the_code_is_good_for_one_phone(hub: Hub) -> None:
    begun = hub.begin()
    first, second = hub.phone().scan(begun), hub.phone().scan(begun)
    first.go(begun)
    late = second.post(begun.url)
    assert late.headers["location"] == urlsplit(begun.url).path
    second.get(begun.url)
    assert second.heading == "这个码已经用过了"
    assert hub.phone().scan(begun).heading == "这个码已经用过了"
    first.get(begun.url)
    assert first.heading == "请在学校的登录页登录"


def test_two_touches_in_a_row_both_lead_to_the_campuss_page(hub: Hub) -> None:
    """A browser follows the answer to the second one."""
    begun = hub.begin()
    phone = hub.phone().go(begun)
    again = phone.post(begun.url)
    assert parse_qs(urlsplit(again.headers["location"]).query)["state"] == [phone.state]
    phone.back(ZHANG).type(begun.number())
    signed_in(begun)


@pytest.mark.parametrize("seconds", [60, 61])
def test_a_code_nobody_scans_in_time_is_over(hub: Hub, seconds: int) -> None:
    begun = hub.begin()
    phone = hub.phone().scan(begun)
    hub.world.move(seconds=seconds)
    assert phone.post(begun.url).headers["location"] == urlsplit(begun.url).path
    phone.get(begun.url)
    assert phone.heading == "等得太久，已经失效"
    assert begun.over() is SignInEnd.EXPIRED


def test_every_step_has_its_end(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun)
    hub.world.move(seconds=179)
    phone.back(ZHANG)
    number = begun.number()
    hub.world.move(seconds=59)
    assert begun.number() == number
    hub.world.move(seconds=1)
    phone.type(number)
    assert phone.heading == "等得太久，已经失效"
    assert begun.over() is SignInEnd.EXPIRED


def test_who_comes_back_too_late_is_not_asked_about(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun)
    hub.world.move(seconds=180)
    phone.back(ZHANG)
    assert hub.campus.finished == []
    assert begun.over() is SignInEnd.EXPIRED


def test_a_right_number_nobody_at_the_kiosk_asks_about_opens_nothing_later(hub: Hub) -> None:
    begun = hub.begin()
    hub.phone().go(begun).back(ZHANG).type(begun.number())
    hub.world.move(seconds=60)
    assert begun.over() is SignInEnd.EXPIRED


@BOTH
def test_a_number_is_guessed_only_so_often(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back(ZHANG)
    right = begun.number()
    wrong = str(10 + (int(right) - 9) % 90)
    phone.type(wrong)
    assert "数字不对，再看一下屏幕。" in phone.page
    assert begun.number() == right
    for _ in range(MOST_TRIES - 1):
        phone.type(wrong)
    assert phone.heading == "数字不对，这次作废"
    phone.type(right)
    assert begun.over() is SignInEnd.WRONG_NUMBER


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "{0} {1}",
        "+{0}{1}",
        "0{0}{1}",
        "{0}{1}.0",
        "{0}{1}e0",
        "{0}_{1}",
        "{0}{1}" * 200,
        "{0}{1}\x00",
        "%3{0}%3{1}",
    ],
)
def test_nothing_but_the_number_is_the_number(hub: Hub, typed: str) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back(ZHANG)
    phone.type(typed.format(*begun.number()))
    assert not isinstance(begun.look(), SignedIn)


@pytest.mark.parametrize("zero", "０٠०")
def test_the_number_in_other_digits_is_not_the_number(hub: Hub, zero: str) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back(ZHANG)
    phone.type("".join(chr(ord(zero) + int(digit)) for digit in begun.number()))
    assert not isinstance(begun.look(), SignedIn)


def test_another_phone_with_the_state_gets_nothing_and_spoils_nothing(hub: Hub) -> None:
    """Login CSRF, and a stolen way back: the state alone is worth nothing."""
    begun = hub.begin()
    mine, stranger = hub.phone().go(begun), hub.phone().scan(hub.begin(kiosk=hub.other))
    stranger.state = mine.state
    stranger.back(CHEN)
    assert hub.campus.finished == []
    assert stranger.heading == "没有这个二维码"
    mine.back(ZHANG).type(begun.number())
    assert signed_in(begun).number == hub.number_of(ZHANG)


def test_a_way_back_is_good_once(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back(ZHANG)
    number = begun.number()
    phone.back(CHEN)
    assert len(hub.campus.finished) == 1
    phone.type(number)
    assert signed_in(begun).number == hub.number_of(ZHANG)


def test_a_way_back_of_another_attempt_of_the_same_phone_fits_only_that_one(hub: Hub) -> None:
    first = hub.begin()
    phone = hub.phone().go(first)
    old = phone.state
    second = hub.begin(kiosk=hub.other)
    phone.go(second)
    assert phone.state != old
    phone.state = old
    phone.back(ZHANG)
    answer = second.look()
    assert isinstance(answer, SignInWaits)
    assert answer.step == SignInStep.AWAY


def test_secrets_differ_from_attempt_to_attempt_and_from_phone_to_phone(hub: Hub) -> None:
    made = [hub.door.attempt(op, phone, Language.ZH) for op in ("a", "b") for phone in ("x", "y")]
    secrets = [secret for each in made for secret in (each.state, each.nonce, each.verifier)]
    assert len(set(secrets)) == len(secrets)
    assert all(43 <= len(each.verifier) <= 128 for each in made)  # RFC 7636, 4.1
    assert all(secret not in repr(made) for secret in secrets)


def test_no_form_from_elsewhere_takes_a_code_or_types_a_number(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().scan(begun)
    assert phone.post(begun.url, {"sec-fetch-site": "cross-site"}).status_code == 403
    other = hub.phone().scan(begun)
    borrowed = _HIDDEN.search(other.page)
    assert borrowed
    assert phone.client.post(urlsplit(begun.url).path, data={"form": borrowed[1]}).status_code == 403
    assert TestClient(hub.app, base_url=PUBLIC_URL).post(urlsplit(begun.url).path, data={"form": ""}).status_code == 403
    phone.go(begun).back(ZHANG)
    number = begun.number()
    assert phone.post(routes.PHONE_HERE, {"sec-fetch-site": "cross-site"}, number=number).status_code == 403
    assert phone.client.post(routes.PHONE_HERE, data={"form": "", "number": number}).status_code == 403
    assert begun.number() == number


@pytest.mark.parametrize(
    ("language", "says"), [("zh-CN", "手机没有记住这个页面"), ("en", "This phone did not keep the page")]
)
def test_a_phone_that_keeps_no_cookie_is_told_so_and_the_code_stays(hub: Hub, language: str, says: str) -> None:
    begun = hub.begin()
    phone = hub.phone().scan(begun)
    phone.client.cookies.clear()
    answer = phone.post(begun.url, {"accept-language": language})
    assert answer.status_code == 403
    assert f"<h1>{says}</h1>" in answer.text
    hub.phone().go(begun).back(ZHANG)
    begun.number()


def test_an_odd_code_is_led_back_to_as_an_address(hub: Hub) -> None:
    odd = routes.PHONE + quote("无\r\nx: y", safe="")
    assert hub.phone().scan(hub.begin()).post(odd).headers["location"] == odd


@BOTH
@pytest.mark.parametrize("op", ["", "\x00", "x" * 500])
def test_an_attempt_by_no_name_is_unknown(hub: Hub, op: str) -> None:
    begun = Begun(hub, op, None, hub.kiosk)
    assert isinstance(begun.look(), No)
    begun.cancel()


def test_another_kiosk_learns_and_ends_nothing(hub: Hub) -> None:
    begun = hub.begin()
    hub.phone().go(begun).back(ZHANG).type(begun.number())
    assert isinstance(begun.look(hub.other), No)
    with hub.world.store.write() as db:
        phone_sign_in.cancel(db, db.get_one(Kiosk, hub.other.id), begun.op)
        other = db.get_one(Kiosk, hub.other.id)
        assert isinstance(phone_sign_in.begin(db, hub.door, other, SignInWanted(begun.op), hub.world.now), No)
    signed_in(begun)


def test_another_claim_than_the_attempt_was_for_gets_nothing(hub: Hub) -> None:
    begun = hub.begin(CardClaimed(ZHANGS_CARD, 0))
    hub.phone().go(begun).back(ZHANG).type(begun.number())
    begun.claim = NumberClaimed(hub.number_of(CHEN))
    assert isinstance(begun.look(), No)


@pytest.mark.parametrize("claim", [CardClaimed(ZHANGS_CARD, 0), NumberClaimed("29999999999"), CardClaimed("04FE", 0)])
def test_somebody_else_than_the_card_or_number_is_told_so_known_or_not(hub: Hub, claim: ClaimMade) -> None:
    begun = hub.begin(claim)
    hub.phone().go(begun).back(CHEN).type(begun.number())
    assert begun.over() is SignInEnd.OTHER_PERSON


@pytest.mark.parametrize("who", ["29999999999", "", "*)(uid=*", "张三", "x" * 64, "2023\x00"])
def test_a_sign_in_of_nobody_here_ends_in_words(hub: Hub, who: str) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun)
    phone.back(who=who)
    assert phone.heading == "名单里没有这个账号"
    assert begun.over() is SignInEnd.NOBODY


def test_who_has_left_the_university_is_nobody(hub: Hub) -> None:
    with hub.world.store.write() as db:
        db.get_one(Person, ZHANG).valid_until = hub.world.now
    begun = hub.begin()
    hub.phone().go(begun).back(ZHANG)
    assert begun.over() is SignInEnd.NOBODY


def test_whoever_declines_there_is_not_signed_in(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back()
    assert phone.heading == "没有登录"
    assert begun.over() is SignInEnd.DECLINED


def test_a_campus_page_that_is_away_is_said_before_the_code_is_used_up(hub: Hub) -> None:
    begun = hub.begin()
    hub.campus.silent = True
    phone = hub.phone().scan(begun)
    assert phone.heading == "学校的登录页没有回应"
    assert "<form" not in phone.page
    hub.campus.silent = False
    phone.go(begun).back(ZHANG)
    begun.number()


@pytest.mark.parametrize("when", ["begin", "finish"])
def test_a_campus_page_that_falls_silent_on_the_way_ends_in_words(hub: Hub, when: str) -> None:
    begun = hub.begin()
    phone = hub.phone().scan(begun)
    if when == "begin":
        hub.campus.silent = True
        assert phone.post(begun.url).headers["location"] == routes.PHONE_HERE
        phone.get(routes.PHONE_HERE)
    else:
        phone.go(begun)
        hub.campus.silent = True
        phone.back(ZHANG)
    assert phone.heading == "学校的登录页没有回应"
    assert begun.over() is SignInEnd.SILENT


def test_a_visit_that_ended_while_the_phone_was_busy_signs_nobody_in(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun)
    begun.cancel()
    phone.back(ZHANG)
    assert hub.campus.finished == []
    assert phone.heading == "终端那边已经结束"
    assert begun.over() is SignInEnd.CANCELLED


def test_a_visit_that_ended_while_the_campus_was_asked_signs_nobody_in(hub: Hub) -> None:
    begun = hub.begin()
    hub.campus.before = begun.cancel
    phone = hub.phone().go(begun).back(ZHANG)
    assert phone.heading == "终端那边已经结束"
    assert begun.over() is SignInEnd.CANCELLED


@BOTH
def test_a_kiosk_has_one_attempt_at_a_time(hub: Hub) -> None:
    first = hub.begin()
    phone = hub.phone().scan(first)
    elsewhere = hub.begin(kiosk=hub.other)
    hub.begin()
    assert first.over() is SignInEnd.CANCELLED
    phone.get(first.url)
    assert phone.heading == "终端那边已经结束"
    assert isinstance(elsewhere.look(), SignInWaits)


def test_asked_again_the_code_is_the_same(hub: Hub) -> None:
    begun = hub.begin()
    with hub.world.store.write() as db:
        kiosk = db.get_one(Kiosk, hub.kiosk.id)
        again = phone_sign_in.begin(db, hub.door, kiosk, SignInWanted(begun.op), hub.world.now)
        other = phone_sign_in.begin(db, hub.door, kiosk, SignInWanted(begun.op, NumberClaimed("1")), hub.world.now)
        odd = phone_sign_in.begin(db, hub.door, kiosk, SignInWanted("1"), hub.world.now)
    assert isinstance(again, SignInWaits)
    assert again.url == begun.url
    assert len(begun.url) <= 45
    assert isinstance(other, No)
    assert isinstance(odd, No)


def test_nothing_that_opens_anything_is_in_the_database(hub: Hub) -> None:
    begun = hub.begin(NumberClaimed(hub.number_of(ZHANG)))
    phone = hub.phone().go(begun)
    phone.back(ZHANG)
    with hub.world.store.read() as db:
        row = db.get_one(PhoneSignIn, begun.op)
        kept = " ".join(str(getattr(row, column.name)) for column in PhoneSignIn.__table__.columns)
    cookie = phone.client.cookies["phone"]
    for secret in (urlsplit(begun.url).path.rpartition("/")[2], phone.state, cookie, hub.number_of(ZHANG)):
        assert secret not in kept


def test_no_person_stands_in_an_attempt_that_is_over(hub: Hub) -> None:
    done = hub.begin()
    hub.phone().go(done).back(ZHANG).type(done.number())
    signed_in(done)
    left = hub.begin()
    hub.phone().go(left).back(ZHANG)
    assert left.number()
    hub.begin()
    with hub.world.store.read() as db:
        rows = [db.get_one(PhoneSignIn, one.op) for one in (done, left)]
    assert [(row.person, row.number) for row in rows] == [(None, "")] * 2


# -- two at the same moment, at two processes of the hub --------------------------------------------------------
def at_once(hub: Hub, first: Callable[[Session], First], second: Callable[[Session], Second]) -> tuple[First, Second]:
    """``second`` comes while ``first`` is not committed yet, and has to wait for it."""
    here, url = hub.world.store, hub.world.store.engine.url.render_as_string(hide_password=False)

    def late() -> Second:
        with closing(Store(url)) as beside, beside.write() as db:
            return second(db)

    def waits(db: Session) -> bool:
        return bool(db.scalar(text("SELECT count(*) FROM pg_locks WHERE NOT granted")))

    with ThreadPoolExecutor(1) as threads:
        with here.write() as db:
            told = first(db)
            db.flush()
            running, end = threads.submit(late), time.monotonic() + PATIENCE
            while not waits(db):
                assert not running.done(), "the second one did not wait"
                assert time.monotonic() < end
        return told, running.result(PATIENCE)


@TWO_HUBS
def test_of_two_phones_at_once_one_gets_the_code(hub: Hub) -> None:
    code = hub.begin().url.rpartition("/")[2]

    def press(phone: str) -> Callable[[Session], Attempt | None]:
        return lambda db: phone_sign_in.taken(db, hub.door, code, phone, Language.ZH, hub.world.now)

    first, second = at_once(hub, press("mine"), press("another"))
    assert first is not None
    assert second is None


@TWO_HUBS
def test_of_two_looks_at_once_one_gets_the_session(hub: Hub) -> None:
    begun = hub.begin()
    hub.phone().go(begun).back(ZHANG).type(begun.number())

    def look(db: Session) -> SignInAnswer | No:
        kiosk, wanted = db.get_one(Kiosk, hub.kiosk.id), SignInWanted(begun.op)
        return phone_sign_in.look(db, hub.door, kiosk, wanted, "", hub.world.now, latin=False)

    first, second = at_once(hub, look, look)
    assert isinstance(first, SignedIn)
    assert isinstance(second, SignInEnded)


@TWO_HUBS
def test_a_right_number_that_comes_while_the_visit_ends_opens_nothing(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back(ZHANG)
    number, cookie = begun.number(), phone.client.cookies["phone"]

    def leave(db: Session) -> SignInEnded:
        return phone_sign_in.cancel(db, db.get_one(Kiosk, hub.kiosk.id), begun.op)

    at_once(hub, leave, lambda db: phone_sign_in.typed(db, cookie, number, hub.world.now))
    assert begun.over() is SignInEnd.CANCELLED


@TWO_HUBS
def test_two_wrong_numbers_at_once_are_both_counted(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone().go(begun).back(ZHANG)
    wrong, cookie = str(10 + (int(begun.number()) - 9) % 90), phone.client.cookies["phone"]

    def guess(db: Session) -> None:
        phone_sign_in.typed(db, cookie, wrong, hub.world.now)

    at_once(hub, guess, guess)
    assert begun.over() is SignInEnd.WRONG_NUMBER


@TWO_HUBS
def test_an_attempt_that_begins_holds_up_no_session_of_its_kiosk(hub: Hub) -> None:
    """An answer to the attempt before holds that one and names the kiosk: each would wait for the other for ever."""
    store, now = hub.world.store, hub.world.now
    with store.write() as db:
        wanted = SignInWanted(str(uuid4()))
        phone_sign_in.begin(db, hub.door, db.get_one(Kiosk, hub.kiosk.id), wanted, now)
        db.flush()
        with store.write() as other:
            other.execute(text("SET LOCAL lock_timeout = '5s'"))
            kiosk, person = other.get_one(Kiosk, hub.kiosk.id), other.get_one(Person, ZHANG)
            prove(other, kiosk, person, frozenset({Factor.PIN}), "", now)


@pytest.mark.parametrize("code", ["nothing", "A" * 200, "%00", "../f", "2345678923AB"])
def test_a_code_nobody_gave_out_leads_nowhere(hub: Hub, code: str) -> None:
    phone = hub.phone()
    assert phone.get(f"{routes.PHONE}{code}").status_code == 404
    assert hub.phone().get(routes.PHONE_HERE).status_code == 404


def test_the_page_is_private_and_goes_by_one_cookie(hub: Hub) -> None:
    answer = hub.phone().get(hub.begin().url)
    policy = answer.headers["content-security-policy"]
    assert f"form-action 'self' {CAMPUS}" in policy
    assert "default-src 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["referrer-policy"] == "no-referrer"
    cookies = answer.headers.get_list("set-cookie")
    assert all("HttpOnly" in one and "Secure" in one and "SameSite=lax" in one for one in cookies)
    assert all("Path=/s/" in one for one in cookies)


def test_the_page_speaks_the_language_that_was_chosen_to_the_end(hub: Hub) -> None:
    begun = hub.begin()
    phone = hub.phone()
    phone.get(f"{begun.url}?lang=en")
    assert phone.heading == "Sign in at this kiosk"
    phone.go(begun)
    phone.back(ZHANG)
    assert phone.heading == "Type the number on the kiosk"


def test_without_a_campus_page_nothing_is_offered(hub: Hub) -> None:
    parts = hub.world.parts(CountingDirectory(hub.world))
    client = TestClient(cast(Any, make_app(parts)), base_url=PUBLIC_URL)
    assert client.get(routes.PHONE_HERE).status_code == 404
    assert client.get(routes.PHONE_CAMPUS).status_code == 404


def test_the_proof_has_its_word() -> None:
    assert words_of(frozenset({Factor.CAMPUS_SIGN_IN})) == ("campus_sign_in",)
