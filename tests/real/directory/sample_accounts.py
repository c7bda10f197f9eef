"""The accounts of the sample campus's people in a real directory, each in the state accounts.toml gives it."""

import tomllib
from collections.abc import Callable
from itertools import groupby

from kiosk.hub.builtin.sample import sample_folder, sample_people
from kiosk.hub.builtin.sample_accounts import SampleAccount, SampleDirectory, sample_directory
from tests.real.directory.openldap import BASE, OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.samba_domain import STAFF, STUDENTS

_BEFORE = "first-Stone-90"
_LONG_AGO = "20200101000000Z"
#: Within the hub's moved time no lock ends by itself, seconds.
_LOCK = "86400"
_EXPIRED = "131000000000000000"


def into_openldap(server: OpenLdap) -> None:
    sample = _sample()
    present = sample.sample_password

    def add(account: SampleAccount, number: str) -> None:
        more = {"unit": "staff", "employeeType": "staff"} if account.protected else {}
        if account.never_activated:
            server.person(number, number, **more)
            return
        dn = server.person(number, number, _BEFORE, **more)
        # by themselves: what the administrator sets has no time
        server.connect(dn, _BEFORE).modify_password(dn, present, _BEFORE)

    def special(account: SampleAccount, number: str) -> None:
        dn = f"uid={number},ou={'staff' if account.protected else 'people'},{BASE}"
        if account.must_change:
            server.put(dn, "pwdReset", True)
        if account.expired_days_ago:
            server.put(dn, "pwdEndTime", _LONG_AGO)
        if account.disabled:
            server.put(dn, "pwdAccountLockedTime", "000001010000Z")
        if account.locked_minutes_ago:
            server.policy(dn, pwdLockout="TRUE", pwdMaxFailure="3", pwdLockoutDuration=_LOCK, pwdInHistory="4")
            _lock(server, number)

    _seed(server, sample, add, special)


def into_samba(server: Samba) -> None:
    sample = _sample()
    names: dict[str, str] = {}

    def add(account: SampleAccount, number: str) -> None:
        below = STAFF if account.protected else STUDENTS
        more = {"employeeType": "new"} if account.never_activated else {}
        names[number] = server.person(
            number, number, "" if account.never_activated else sample.sample_password, below, **more
        )

    def special(account: SampleAccount, number: str) -> None:
        dn = names[number]
        if account.never_activated or account.must_change:
            server.put(dn, "pwdLastSet", "0")
        if account.expired_days_ago:
            server.put(dn, "accountExpires", _EXPIRED)
        if account.disabled:
            server.disable(dn)
        if account.locked_minutes_ago:
            _lock(server, number)

    _seed(server, sample, add, special)


def _sample() -> SampleDirectory:
    return sample_directory(tomllib.loads((sample_folder() / "accounts.toml").read_text(encoding="utf-8")))


def _seed(
    server: OpenLdap | Samba,
    sample: SampleDirectory,
    add: Callable[[SampleAccount, str], None],
    special: Callable[[SampleAccount, str], None],
) -> None:
    """Passwords are as old as the sample says: they are set while the server's clock stands there."""
    known = {account.person: account for account in sample.accounts}
    people = [(known.get(person.id, SampleAccount(person.id)), person.number) for person in sample_people()]
    server.clock.back()
    server.forget(number for _, number in people)
    people.sort(key=lambda one: -one[0].changed_days_ago)
    for days, group in groupby(people, key=lambda one: one[0].changed_days_ago):
        server.clock.back()
        server.clock.move(days=-days)
        for account, number in group:
            add(account, number)
    server.clock.back()
    for account, number in people:
        special(account, number)


def _lock(server: OpenLdap | Samba, login: str) -> None:
    for _ in range(3):
        assert not server.signs_in(login, "not-the-Right-1")
