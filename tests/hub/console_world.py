"""A hub's console with staff, an authenticator app in a test's hand, and a directory that counts."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import select

from kiosk.domain.roles import Role
from kiosk.hub.api.frame import Application, Frame
from kiosk.hub.api.problems import HANDLERS
from kiosk.hub.check_lines import Look, nothing
from kiosk.hub.console.cookies import SESSION
from kiosk.hub.console.router import router
from kiosk.hub.parts import Parts
from kiosk.hub.ports import Password
from kiosk.hub.services import staff
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_factor import STEP_SECONDS, FactorSecret, code_at, new_secret, seal
from kiosk.hub.services.staff_sessions import StaffDesk
from kiosk.hub.services.staff_sign_in import Typed
from kiosk.hub.store.staff_tables import StaffAct, StaffFactor
from kiosk.hub.store.tables import Person
from tests.hub.account_world import SAMPLE, CountingDirectory
from tests.hub.conftest import World

#: An engineer and an administrator of the sample campus, and a student.
DONG, YU, ZHANG = "dong-mei", "yu-hua", "zhang-ming"
PASSWORD = SAMPLE
HOME = "/console/connections"
_TOKEN = re.compile(r'name="form" value="(\w+)"')


def token_in(page: Response) -> str:
    found = _TOKEN.search(page.text)
    return found[1] if found else ""


class DoorDirectory(CountingDirectory):
    """Counts how often it was a door, too."""

    def sign_in(self, login: str, password: Password, door: str, now: datetime) -> bool:
        self.asked["sign_in"] += 1
        return super().sign_in(login, password, door, now)


@dataclass
class Console:
    world: World
    directory: DoorDirectory
    parts: Parts
    app: Application

    @classmethod
    def of(cls, world: World, look: Look = nothing) -> "Console":
        directory = DoorDirectory(world)
        parts = world.parts(directory, look=look)
        inner = Litestar([router(parts)], exception_handlers=HANDLERS, openapi_config=None, logging_config=None)
        return cls(world, directory, parts, Frame(cast("Application", inner), world.clock))

    def browser(self) -> "Browser":
        return Browser(self)

    @property
    def desk(self) -> StaffDesk:
        return StaffDesk(self.world.store, self.directory, self.world.keys, self.world.clock)

    def person(self, id: str) -> Person:
        with self.world.store.read() as db:
            return db.get_one(Person, id)

    def give_role(self, id: str, role: Role) -> None:
        with self.world.store.write() as db:
            db.get_one(Person, id).role = role.value

    def give_factor(self, id: str) -> FactorSecret:
        """As if the app was set up long ago."""
        secret = new_secret()
        with self.world.store.write() as db:
            sealed = seal(self.world.keys, id, secret)
            db.merge(StaffFactor(person=id, sealed=sealed, last_step=0, made_at=self.world.now))
        return secret

    def first_code(self, id: str) -> str:
        with self.world.store.write() as db:
            made = staff.make_code(db, self.world.keys, db.get_one(Person, id).number, self.world.now)
        assert isinstance(made, staff.FirstCode)
        return made.code

    def shown(self, secret: FactorSecret) -> str:
        """What the app shows now."""
        return code_at(secret, self.world.now)

    def next_step(self) -> None:
        self.world.move(seconds=STEP_SECONDS)

    def acts(self) -> list[tuple[str, str, str, str]]:
        with self.world.store.read() as db:
            rows = db.scalars(select(StaffAct).order_by(StaffAct.id))
            return [(row.by, row.what, row.about, row.why) for row in rows]

    def signed_in(self, id: str = DONG) -> "Browser":
        browser = self.browser()
        secret = self.give_factor(id)
        answer = browser.sign_in(self.person(id).number, PASSWORD, self.shown(secret))
        assert answer.status_code == 303, answer.text
        return browser


class Browser:
    """Keeps cookies as browsers do, follows nothing by itself."""

    def __init__(self, console: Console) -> None:
        app = cast(Any, console.app)
        self.client = TestClient(app, base_url="https://hub.example.edu")
        self.client.headers["accept-language"] = "en"
        self.here = {"sec-fetch-site": "same-origin"}

    @property
    def cookie(self) -> str:
        return self.client.cookies.get(SESSION) or ""

    def get(self, path: str) -> Response:
        return self.client.get(path, follow_redirects=False)

    def post(self, path: str, form: str | None = None, /, **fields: str) -> Response:
        """``form``: the token, else the one of the page that is open."""
        token = form if form is not None else token_in(self.get("/console/connections"))
        return self.client.post(path, data={"form": token, **fields}, headers=self.here, follow_redirects=False)

    def sign_in(self, number: str, password: str, code: str, path: str = "/console/sign-in") -> Response:
        token = token_in(self.get(path))
        return self.post(path, token, number=number, password=password, code=code)


def secret_in(page: str) -> FactorSecret:
    return FactorSecret("".join(page.partition('class="secret">')[2].partition("<")[0].split()))


def typed(console: Console, person: str, code: str, password: str = PASSWORD, address: str = "10.0.0.1") -> Typed:
    return Typed(console.person(person).number, Password(password), code, address)


def says_no(console: Console, act: str, number: str) -> int:
    """1 where ``kiosk hub staff ACT NUMBER`` refuses."""
    with console.world.store.write() as db:
        if act == "code":
            return int(isinstance(staff.make_code(db, console.world.keys, number, console.world.now), No))
        return int(isinstance(staff.forget(db, number, console.world.now), No))
