"""Whether somebody has a number cannot be seen from the work it makes, at the real OpenLDAP (promises R16).

How long it takes is told by ``make bench ONLY=directory``, beside two random halves of the known.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus.ldap_messages import Ask, Reply, Search
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.campus_systems import directory_of
from kiosk.hub.ports import DirectoryAccount
from tests.hub.conftest import fresh_database, world_at
from tests.hub.directories import PASSWORD, settings_of
from tests.real.directory.hub_settings import openldap_table
from tests.real.directory.openldap import OpenLdap

#: Known numbers, and as many unknown ones between them.
NUMBERS = 500


@pytest.fixture
def directory(openldap_server: OpenLdap, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[LdapDirectory]:
    settings = settings_of(tmp_path, openldap_table(openldap_server, tmp_path))
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        made = directory_of(settings, world.store, world.hasher, openldap_server.clock.now)
        assert isinstance(made, LdapDirectory)
        yield made
        made.close()


def test_five_hundred_known_and_unknown_numbers_are_the_same_work(
    openldap_server: OpenLdap, directory: LdapDirectory, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = [openldap_server.fresh_number() for _ in range(NUMBERS)]
    for number in known:
        openldap_server.person(f"u{number}", number, PASSWORD.reveal())
    work: list[int] = []
    honest = LdapPool.ask

    def counted(pool: LdapPool, what: Ask) -> Reply:
        assert isinstance(what, Search)
        work.append(len(what.queries))
        return honest(pool, what)

    now = openldap_server.clock.now()
    directory.find(known[0], now)  # reads everybody's policy, once for all
    monkeypatch.setattr(LdapPool, "ask", counted)
    done: dict[bool, list[tuple[int, ...]]] = {True: [], False: []}
    for number in known:
        for asked in (number, f"9{number[1:]}"):
            work.clear()
            found = directory.find(asked, now)
            done[isinstance(found, DirectoryAccount)].append(tuple(work))
    assert (len(done[True]), len(done[False])) == (NUMBERS, NUMBERS)
    assert set(done[True]) == set(done[False]) == {(2,)}
