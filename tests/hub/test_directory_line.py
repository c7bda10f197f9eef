"""Directories behind a line that breaks, hangs or is not whose it says: an outcome each time, and in time."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.domain.accounts import AccountDone, AccountRefusal, AccountRefused, AccountState
from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus.ldap_messages import Ask, ChangePassword, Modify, Reply, SetPassword
from kiosk.hub.campus.ldap_pool import IDLE_FOR, LdapPool
from kiosk.hub.campus_systems import directory_of
from kiosk.hub.ports import DirectoryAccount, DirectorySilent, DirectoryUnsure, Password
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.directories import PATIENT, Campus, openldap_campus, samba_campus, settings_of
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.line import Fault, Line
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.servers import make_certificate

S = AccountState
NEW = Password("river-Stone-74")
#: How long the hub waits where the test is about a directory that does not answer, seconds.
SHORT = 1.5


@dataclass
class Lined:
    """A server behind a line; ``directory`` makes a directory of it with these lines of hub.toml changed."""

    line: Line
    campus: Callable[[LdapDirectory], Campus]
    directory: Callable[..., LdapDirectory]


@pytest.fixture(params=["openldap", "active-directory"])
def lined(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Lined]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield from _lined(request, world, tmp_path)


def _lined(request: pytest.FixtureRequest, world: World, folder: Path) -> Iterator[Lined]:
    is_openldap = request.param == "openldap"
    server: OpenLdap | Samba = request.getfixturevalue("openldap_server" if is_openldap else "samba_server")
    line = Line(server.tls_port)
    made: list[LdapDirectory] = []

    def campus(directory: LdapDirectory) -> Campus:
        if isinstance(server, OpenLdap):
            return openldap_campus(server, directory)
        return samba_campus(server, directory)

    def directory(**changed: str) -> LdapDirectory:
        if isinstance(server, OpenLdap):
            table = openldap_table(server, folder, line.port, **changed)
        else:
            table = samba_table(server, folder, line.port, **changed)
        settings = settings_of(folder, table)
        found = directory_of(settings, world.store, world.hasher, server.clock.now)
        assert isinstance(found, LdapDirectory)
        made.append(found)
        return found

    yield Lined(line, campus, directory)
    for one in made:
        one.close()
    line.stop()


def assert_silent(campus: Campus, login: str, number: str) -> None:
    now = campus.clock()
    assert isinstance(campus.directory.find(number, now), DirectorySilent)
    unavailable = AccountRefused(AccountRefusal.UNAVAILABLE)
    assert campus.directory.unlock(login, now) == unavailable
    assert campus.directory.reset(login, NEW, now) == unavailable
    assert campus.directory.change(login, campus.password, NEW, now) == unavailable
    assert not campus.directory.verifies(login, NEW, now)
    signed_in = campus.directory.sign_in(login, campus.password, "console", now)
    assert isinstance(signed_in, DirectorySilent), "which is no wrong password"


def test_a_directory_that_is_down_is_an_outcome_and_is_asked_again_when_it_is_back(lined: Lined) -> None:
    directory = lined.directory()
    campus = lined.campus(directory)
    number = campus.number(S.ACTIVE)
    lined.line.fault = Fault.DOWN
    assert_silent(campus, f"u{number}", number)
    lined.line.fault = Fault.NONE
    assert isinstance(directory.find(number, campus.clock()), DirectoryAccount)
    lined.line.fault = Fault.DOWN  # what is connected ends
    assert_silent(campus, f"u{number}", number)
    lined.line.fault = Fault.NONE
    assert isinstance(directory.reset(f"u{number}", NEW, campus.clock()), AccountDone)
    assert campus.sign_in(f"u{number}", NEW)


def test_a_connection_that_was_dropped_while_nobody_asked_costs_no_visitor_an_answer(
    lined: Lined, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = lined.directory()
    campus = lined.campus(directory)
    number = campus.number(S.ACTIVE)
    assert isinstance(directory.find(number, campus.clock()), DirectoryAccount)
    lined.line.fault = Fault.DOWN  # what is connected ends
    lined.line.fault = Fault.NONE
    monkeypatch.setattr(directory.pool, "_clock", lambda: time.monotonic() + IDLE_FOR)
    assert isinstance(directory.find(number, campus.clock()), DirectoryAccount)


@pytest.mark.parametrize("connected", [False, True])
def test_a_directory_that_takes_thirty_seconds_is_given_up_in_time_each_time(lined: Lined, connected: bool) -> None:
    """With the deadline injected short: nothing here waits for the line, which never answers."""
    directory = lined.directory()
    campus = lined.campus(directory)
    number = campus.number(S.ACTIVE)
    if connected:
        assert isinstance(directory.find(number, campus.clock()), DirectoryAccount)
    lined.line.fault = Fault.SILENT
    directory.pool.within = SHORT
    assert_silent(campus, f"u{number}", number)
    lined.line.fault = Fault.NONE
    directory.pool.within = PATIENT
    assert isinstance(directory.find(number, campus.clock()), DirectoryAccount), "asked anew, it answers"
    assert campus.sign_in(f"u{number}", campus.password), "nothing was done that was not told"


@pytest.mark.parametrize("name", ["reset", "change"])
@pytest.mark.parametrize("fault", [Fault.CUT, Fault.SILENT])
def test_an_answer_that_is_lost_is_not_taken_for_a_no(
    lined: Lined, monkeypatch: pytest.MonkeyPatch, fault: Fault, name: str
) -> None:
    """It may be done: asked again, what is in force is seen."""
    directory = lined.directory()
    campus = lined.campus(directory)
    login = campus.login(S.ACTIVE)
    honest = LdapPool.ask

    def ask(pool: LdapPool, what: Ask) -> Reply:
        if isinstance(what, Modify | SetPassword | ChangePassword):
            lined.line.fault = fault
            pool.within = SHORT if fault is Fault.SILENT else PATIENT
        return honest(pool, what)

    monkeypatch.setattr(LdapPool, "ask", ask)
    if name == "reset":
        outcome = directory.reset(login, NEW, campus.clock())
    else:
        outcome = directory.change(login, campus.password, NEW, campus.clock())
    monkeypatch.undo()
    lined.line.fault, directory.pool.within = Fault.NONE, PATIENT
    if campus.sign_in(login, NEW):
        assert outcome == DirectoryUnsure(), "what may be done is not told as not done"
        assert directory.verifies(login, NEW, campus.clock())
    else:
        assert outcome in (DirectoryUnsure(), AccountRefused(AccountRefusal.UNAVAILABLE))
        assert campus.sign_in(login, campus.password)


def test_a_server_of_another_authority_hears_no_password(lined: Lined, tmp_path: Path) -> None:
    other = tmp_path / "other"
    make_certificate(other, "somebody else's CA")
    directory = lined.directory(ca=f'"{other / "ca.pem"}"')
    campus = lined.campus(directory)
    number = campus.number(S.ACTIVE)
    assert_silent(campus, f"u{number}", number)
    # a client's hello and its alert; a bind would be some hundred bytes more
    assert lined.line.bytes_asked < 4 * 1500


def test_a_name_the_certificate_does_not_have_is_not_the_directory(lined: Lined) -> None:
    directory = lined.directory(servers=f'["ldaps://127.0.0.2:{lined.line.port}"]')
    campus = lined.campus(directory)
    number = campus.number(S.ACTIVE)
    assert_silent(campus, f"u{number}", number)


def test_a_second_server_is_asked_where_the_first_is_down(lined: Lined) -> None:
    dead = Line(1)
    directory = lined.directory(servers=f'["ldaps://127.0.0.1:{dead.port}", "ldaps://127.0.0.1:{lined.line.port}"]')
    campus = lined.campus(directory)
    login = campus.login(S.ACTIVE)
    assert isinstance(directory.reset(login, NEW, campus.clock()), AccountDone)
    dead.stop()
    assert isinstance(directory.find(campus.number(S.ACTIVE), campus.clock()), DirectoryAccount)
