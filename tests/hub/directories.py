"""Directories the contract is run against. Another one is added by its name and a function that sets it up."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.domain.accounts import AccountState
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.campus_systems import directory_of
from kiosk.hub.config import load
from kiosk.hub.directory_settings import DirectorySettings
from kiosk.hub.ports import Directory, DirectoryAccount, Password
from kiosk.hub.store.tables import Account, Card, Person
from tests.hub.conftest import World
from tests.real.directory import samba_domain
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba

S = AccountState
#: Everybody's who has a password.
PASSWORD = Password("yunlu-Sample-26")
#: The hub gives up a directory after this in tests that are not about that, seconds: longer than a busy machine takes.
PATIENT = 60.0


@dataclass(frozen=True)
class Campus:
    """A directory with somebody in every state; ``password`` is everybody's who has one."""

    directory: Directory
    #: The number of somebody in this state, the same one each time.
    number: Callable[[AccountState], str]
    clock: Callable[[], datetime]
    move: Callable[..., None]
    sign_in: Callable[[str, Password], bool]
    #: Adds an account that is active: number, login, card ('' for none).
    add: Callable[[str, str, str], None]
    password: Password = PASSWORD

    def account(self, state: AccountState) -> DirectoryAccount:
        found = self.directory.find(self.number(state), self.clock())
        assert isinstance(found, DirectoryAccount)
        assert found.state is state
        return found

    def login(self, state: AccountState) -> str:
        return self.account(state).login


_SAMPLE = {
    S.ACTIVE: "20230114287",
    S.LOCKED: "20230520164",
    S.MUST_CHANGE: "T2016633",
    S.EXPIRED: "20211257268",
    S.NEVER_ACTIVATED: "20231368574",
    S.DISABLED: "20221035426",
    S.PROTECTED: "T2013744",
}


def builtin(world: World, folder: Path, request: pytest.FixtureRequest) -> Campus:  # noqa: ARG001
    directory = BuiltinDirectory(world.store, world.hasher)

    def add(number: str, login: str, card: str) -> None:
        with world.store.write() as db:
            person = f"person-{number}"
            row = {"name": number, "latin_name": "", "role": "student", "department": "", "phone": "", "email": ""}
            db.add(Person(id=person, number=number, language="zh", valid_until=None, **row))
            db.flush()
            if card:
                db.add(Card(uid=card, person=person, state="active", since=None))
            account = {"disabled": False, "protected": False, "must_change": False, "expires_at": None}
            never = {"locked_until": None, "signed_in_from": None}
            phc = world.hasher.hash(PASSWORD.reveal())
            changed_at = world.now - timedelta(days=1)
            db.add(Account(login=login, person=person, phc=phc, opens="", changed_at=changed_at, **account, **never))

    def sign_in(login: str, password: Password) -> bool:
        return directory.sign_in(login, password, "wifi", world.now)

    return Campus(directory, _SAMPLE.__getitem__, world.clock, world.move, sign_in, add)


def settings_of(folder: Path, table: str) -> DirectorySettings:
    file = folder / "hub.toml"
    file.write_text(table, encoding="utf-8")
    return replace(load(file).directory, answer_within=PATIENT)


def openldap(world: World, folder: Path, request: pytest.FixtureRequest) -> Campus:
    server: OpenLdap = request.getfixturevalue("openldap_server")
    settings = settings_of(folder, openldap_table(server, folder))
    directory = directory_of(settings, world.store, world.hasher, server.clock.now)
    request.addfinalizer(directory.close)
    return openldap_campus(server, directory)


def openldap_campus(server: OpenLdap, directory: Directory) -> Campus:
    @functools.cache
    def number(state: AccountState) -> str:
        fresh = server.fresh_number()
        more = {"unit": "staff", "employeeType": "staff"} if state is S.PROTECTED else {}
        password = "" if state is S.NEVER_ACTIVATED else PASSWORD.reveal()
        dn = server.person(_login(fresh), fresh, password, **more)
        match state:
            case S.MUST_CHANGE:
                server.put(dn, "pwdReset", True)
            case S.EXPIRED:
                server.put(dn, "pwdEndTime", "20200101000000Z")
            case S.DISABLED:
                server.put(dn, "pwdAccountLockedTime", "000001010000Z")
            case S.LOCKED:
                _lock(server, _login(fresh))
        return fresh

    return _real(server, directory, number, "carLicense")


def active_directory(world: World, folder: Path, request: pytest.FixtureRequest) -> Campus:
    server: Samba = request.getfixturevalue("samba_server")
    settings = settings_of(folder, samba_table(server, folder))
    directory = directory_of(settings, world.store, world.hasher, server.clock.now)
    request.addfinalizer(directory.close)
    return samba_campus(server, directory)


def samba_campus(server: Samba, directory: Directory) -> Campus:
    @functools.cache
    def number(state: AccountState) -> str:
        fresh = server.fresh_number()
        below = samba_domain.STAFF if state is S.PROTECTED else samba_domain.STUDENTS
        more = {"employeeType": "new"} if state is S.NEVER_ACTIVATED else {}
        password = "" if state is S.NEVER_ACTIVATED else PASSWORD.reveal()
        dn = server.person(_login(fresh), fresh, password, below, **more)
        match state:
            case S.MUST_CHANGE | S.NEVER_ACTIVATED:
                server.put(dn, "pwdLastSet", "0")
            case S.EXPIRED:
                server.put(dn, "accountExpires", "131000000000000000")
            case S.DISABLED:
                server.disable(dn)
            case S.LOCKED:
                _lock(server, _login(fresh))
        return fresh

    return _real(server, directory, number, "employeeID")


def _real(
    server: OpenLdap | Samba, directory: Directory, number: Callable[[AccountState], str], card_attribute: str
) -> Campus:
    def sign_in(login: str, password: Password) -> bool:
        return server.signs_in(login, password.reveal())

    def add(fresh: str, login: str, card: str) -> None:
        server.person(login, fresh, PASSWORD.reveal(), **({card_attribute: card} if card else {}))

    return Campus(directory, number, server.clock.now, server.clock.move, sign_in, add)


def _login(number: str) -> str:
    """Logins differ from numbers, so that nothing takes one for the other."""
    return f"u{number}"


def _lock(server: OpenLdap | Samba, login: str) -> None:
    for _ in range(3):
        assert not server.signs_in(login, "not-the-Right-1")


DIRECTORIES: dict[str, Callable[[World, Path, pytest.FixtureRequest], Campus]] = {
    "builtin": builtin,
    "openldap": openldap,
    "active-directory": active_directory,
}
