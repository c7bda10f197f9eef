"""What only OpenLDAP has: its password policies one by one, its ways to lock, and rights that are not given."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from bonsai import InsufficientAccess, LDAPEntry

from kiosk.domain.accounts import AccountDone, AccountRefusal, AccountRefused, AccountState
from kiosk.domain.password_rules import RuleId
from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus.ldap_messages import Failed, Line, Query, Search, Trouble
from kiosk.hub.campus.ldap_pool import SHUT_FOR, LdapPool
from kiosk.hub.campus.openldap import POLICY_COUNTS
from kiosk.hub.campus.openldap import OpenLdap as Dialect
from kiosk.hub.campus_systems import directory_of
from kiosk.hub.ports import DirectoryAccount, Password
from tests.hub.conftest import fresh_database, world_at
from tests.hub.directories import PASSWORD, PATIENT, Campus, openldap_campus, settings_of
from tests.real.directory import openldap
from tests.real.directory.hub_settings import openldap_table
from tests.real.directory.openldap import OpenLdap

S = AccountState
NEW = Password("river-Stone-74")


@pytest.fixture
def campus(openldap_server: OpenLdap, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Campus]:
    settings = settings_of(tmp_path, openldap_table(openldap_server, tmp_path))
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        directory = directory_of(settings, world.store, world.hasher, openldap_server.clock.now)
        yield openldap_campus(openldap_server, directory)
        directory.close()


def person(server: OpenLdap, **more: str) -> tuple[str, str, str]:
    """DN, number and login."""
    number = server.fresh_number()
    return server.person(f"u{number}", number, PASSWORD.reveal(), **more), number, f"u{number}"


def state(campus: Campus, number: str) -> AccountState:
    found = campus.directory.find(number, campus.clock())
    assert isinstance(found, DirectoryAccount)
    return found.state


def test_a_password_the_policy_refuses_is_refused_with_its_rule(openldap_server: OpenLdap, campus: Campus) -> None:
    _, _, login = person(openldap_server)
    short = campus.directory.reset(login, Password("kite7"), campus.clock())
    assert short == AccountRefused(AccountRefusal.BROKEN_RULES, (RuleId.MIN_LENGTH,))
    assert campus.sign_in(login, PASSWORD)


def test_the_directorys_rules_are_said_beside_the_campuss_own(campus: Campus) -> None:
    rules = {rule.id: rule.count for rule in campus.directory.rules()}
    assert rules[RuleId.MIN_LENGTH] == 10
    assert rules[RuleId.HISTORY] == 5, "four in its history, and the present one"
    assert {RuleId.NOT_PERSONAL, RuleId.NOT_COMMON, RuleId.STRENGTH} <= set(rules), "the sample campus's own"


def test_a_password_changed_too_recently_says_until_when(openldap_server: OpenLdap, campus: Campus) -> None:
    dn, _, login = person(openldap_server)
    openldap_server.policy(dn, pwdMinAge="86400")
    assert isinstance(campus.directory.reset(login, NEW, campus.clock()), AccountDone)
    outcome = campus.directory.change(login, NEW, Password("maple-Cloud-19"), campus.clock())
    assert isinstance(outcome, AccountRefused)
    assert outcome.why is AccountRefusal.TOO_SOON
    assert outcome.retry_at is not None
    assert timedelta(hours=23) < outcome.retry_at - campus.clock() <= timedelta(days=1)
    openldap_server.clock.move(days=1, seconds=5)
    assert isinstance(campus.directory.change(login, NEW, Password("maple-Cloud-19"), campus.clock()), AccountDone)


def test_a_password_that_expired_has_to_be_changed_and_can_be(openldap_server: OpenLdap, campus: Campus) -> None:
    dn, number, login = person(openldap_server)
    openldap_server.policy(dn, pwdMaxAge="3600", pwdInHistory="2")
    assert isinstance(campus.directory.reset(login, NEW, campus.clock()), AccountDone)
    openldap_server.clock.move(hours=2)
    assert state(campus, number) is S.MUST_CHANGE
    assert campus.directory.change(login, NEW, NEW, campus.clock()) == AccountRefused(AccountRefusal.IN_HISTORY)
    assert isinstance(campus.directory.change(login, NEW, Password("maple-Cloud-19"), campus.clock()), AccountDone)
    assert campus.sign_in(login, Password("maple-Cloud-19"))


def test_a_lock_without_an_end_says_none(openldap_server: OpenLdap, campus: Campus) -> None:
    dn, number, login = person(openldap_server)
    openldap_server.policy(dn, pwdLockout="TRUE", pwdMaxFailure="2", pwdLockoutDuration="0")
    for _ in range(2):
        assert not campus.sign_in(login, Password("not-the-Right-1"))
    openldap_server.clock.move(days=30)
    found = campus.directory.find(number, campus.clock())
    assert isinstance(found, DirectoryAccount)
    assert (found.state, found.locked_until) == (S.LOCKED, None)
    assert campus.directory.change(login, PASSWORD, NEW, campus.clock()) == AccountRefused(AccountRefusal.LOCKED)
    assert isinstance(campus.directory.unlock(login, campus.clock()), AccountDone)
    assert campus.sign_in(login, PASSWORD)


def test_an_account_the_hub_has_no_right_to_is_protected_though_no_condition_says_so(
    openldap_server: OpenLdap, campus: Campus
) -> None:
    dn, number, login = person(openldap_server, unit="staff")
    own = Password("their-Own-Stone-5")
    openldap_server.connect(dn, PASSWORD.reveal()).modify_password(dn, own.reveal(), PASSWORD.reveal())
    assert state(campus, number) is S.ACTIVE
    assert campus.directory.reset(login, NEW, campus.clock()) == AccountRefused(AccountRefusal.PROTECTED)
    assert campus.sign_in(login, own)


def test_two_accounts_with_one_number_are_nobodys(openldap_server: OpenLdap, campus: Campus) -> None:
    """Rather nothing is done than to the wrong one."""
    number = openldap_server.fresh_number()
    openldap_server.person(f"u{number}", number, PASSWORD.reveal())
    openldap_server.person(f"v{number}", number, PASSWORD.reveal())
    assert campus.directory.find(number, campus.clock()) is None


def test_a_name_in_any_writing_is_a_login(openldap_server: OpenLdap, campus: Campus) -> None:
    for login in ("张三😀", 'a,b+c="d"\\e<f>;#g', " space at both ends ", "*)(uid=stone*", "a\\2Cou=staff", "#1"):
        number = openldap_server.fresh_number()
        openldap_server.person(login, number, PASSWORD.reveal())
        found = campus.directory.find(number, campus.clock())
        assert isinstance(found, DirectoryAccount)
        assert isinstance(campus.directory.reset(found.login, NEW, campus.clock()), AccountDone), login
        assert campus.directory.verifies(found.login, NEW, campus.clock()), login


def test_a_policy_is_read_once_and_again_when_it_is_old(
    openldap_server: OpenLdap, campus: Campus, tmp_path: Path
) -> None:
    directory = campus.directory
    assert isinstance(directory, LdapDirectory)
    now = 1.0
    with_clock = Dialect(directory.pool, settings_of(tmp_path, openldap_table(openldap_server, tmp_path)), lambda: now)
    asked = directory.pool.asked
    with_clock.policy()
    with_clock.policy()
    assert directory.pool.asked == asked + 1
    now = POLICY_COUNTS + 1
    with_clock.policy()
    assert directory.pool.asked == asked + 2


def test_the_hubs_account_reads_no_password_and_writes_nothing_but_what_it_needs(openldap_server: OpenLdap) -> None:
    """The rights of the README, as the server of these tests gives them."""
    dn, number, _ = person(openldap_server)
    service = openldap_server.connect(openldap.SERVICE, openldap.SERVICE_PASSWORD)
    found = service.search(openldap.BASE, 2, f"(employeeNumber={number})", ["*", "+"])
    assert "userPassword" not in found[0]
    entry = LDAPEntry(dn, service)
    entry["cn"] = ["x"]
    with pytest.raises(InsufficientAccess):
        entry.modify()


def test_a_wrong_secret_of_the_hub_is_tried_once_and_locks_nothing(openldap_server: OpenLdap) -> None:
    reader = openldap_server.reader(f"reader-{openldap_server.fresh_number()}")
    now = 0.0
    line = Line(openldap_server.url, False, str(openldap_server.ca), reader, "not-the-Right-1")
    pool = LdapPool((line,), 4, PATIENT, lambda: now)
    replies = [pool.ask(Search((Query(openldap.BASE, ("ou",)),))) for _ in range(20)]
    assert all(isinstance(reply, Failed) and reply.why is Trouble.NOT_LET_IN for reply in replies)
    assert pool.asked == 1
    now += SHUT_FOR
    pool.ask(Search((Query(openldap.BASE, ("ou",)),)))
    assert pool.asked == 2, "after a while it is tried again"
    pool.close()
    openldap_server.connect(reader, openldap.SERVICE_PASSWORD).close()
