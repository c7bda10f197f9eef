"""What only Active Directory has: rights the server works out itself, complexity, and resets that skip its history."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.domain.accounts import AccountDone, AccountRefusal, AccountRefused, AccountState
from kiosk.domain.password_rules import RuleId
from kiosk.hub.campus.active_directory import domain_of
from kiosk.hub.campus_systems import directory_of
from kiosk.hub.ports import Directory, DirectoryAccount, Password
from tests.hub.conftest import fresh_database, world_at
from tests.hub.directories import PASSWORD, Campus, samba_campus, settings_of
from tests.real.directory.hub_settings import samba_table
from tests.real.directory.samba import Samba
from tests.real.directory.samba_domain import BASE

S = AccountState
NEW, OTHER = Password("river-Stone-74"), Password("maple-Cloud-19")


@contextmanager
def directory(server: Samba, request: pytest.FixtureRequest, folder: Path) -> Iterator[Directory]:
    settings = settings_of(folder, samba_table(server, folder))
    with world_at(fresh_database(request, "sqlite", folder), folder) as world:
        made = directory_of(settings, world.store, world.hasher, server.clock.now)
        yield made
        made.close()


@pytest.fixture
def campus(samba_server: Samba, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Campus]:
    with directory(samba_server, request, tmp_path) as made:
        yield samba_campus(samba_server, made)


@contextmanager
def domain(server: Samba, attribute: str, value: str, usual: str) -> Iterator[None]:
    """With another policy for the whole domain."""
    server.put(BASE, attribute, value)
    try:
        yield
    finally:
        server.put(BASE, attribute, usual)


def person(server: Samba, **more: str) -> tuple[str, str, str]:
    """DN, number and login."""
    number = server.fresh_number()
    return server.person(f"u{number}", number, PASSWORD.reveal(), **more), number, f"u{number}"


def test_a_domain_that_wants_kinds_of_character_says_so_and_refuses(samba_server: Samba, campus: Campus) -> None:
    _, _, login = person(samba_server)
    with domain(samba_server, "pwdProperties", "1", "0"):
        rules = {rule.id: rule.count for rule in campus.directory.rules()}
        assert (rules[RuleId.KINDS], rules[RuleId.MIN_LENGTH], rules[RuleId.HISTORY]) == (3, 10, 5)
        assert RuleId.NOT_PERSONAL in rules
        plain = campus.directory.reset(login, Password("kitemossfern"), campus.clock())
        assert plain == AccountRefused(AccountRefusal.BROKEN_RULES, (RuleId.KINDS,))
        short = campus.directory.reset(login, Password("kite7-M"), campus.clock())
        assert short == AccountRefused(AccountRefusal.BROKEN_RULES, (RuleId.MIN_LENGTH,))
        assert campus.sign_in(login, PASSWORD)


def test_a_password_changed_too_recently_says_until_when(samba_server: Samba, campus: Campus) -> None:
    _, _, login = person(samba_server)
    day = 24 * 3600 * 10_000_000
    with domain(samba_server, "minPwdAge", str(-day), "0"):
        assert isinstance(campus.directory.reset(login, NEW, campus.clock()), AccountDone), "a reset is not a change"
        outcome = campus.directory.change(login, NEW, OTHER, campus.clock())
        assert isinstance(outcome, AccountRefused)
        assert outcome.why is AccountRefusal.TOO_SOON
        assert outcome.retry_at is not None
        assert outcome.retry_at > campus.clock()
        samba_server.clock.move(days=1, seconds=5)
        assert isinstance(campus.directory.change(login, NEW, OTHER, campus.clock()), AccountDone)


def test_an_account_with_special_rights_is_protected_wherever_it_stands(samba_server: Samba, campus: Campus) -> None:
    """adminCount is what AdminSDHolder leaves at members of protected groups."""
    dn, number, login = person(samba_server)
    samba_server.put(dn, "adminCount", "1")
    found = campus.directory.find(number, campus.clock())
    assert isinstance(found, DirectoryAccount)
    assert found.state is S.PROTECTED
    for outcome in (
        campus.directory.unlock(login, campus.clock()),
        campus.directory.reset(login, NEW, campus.clock()),
        campus.directory.change(login, PASSWORD, NEW, campus.clock()),
    ):
        assert outcome == AccountRefused(AccountRefusal.PROTECTED)
    assert campus.sign_in(login, PASSWORD)


def test_looking_whether_the_new_password_is_the_present_one_locks_nobody(samba_server: Samba, campus: Campus) -> None:
    _, number, login = person(samba_server)
    for wrong in range(2):  # the third locks
        assert not campus.sign_in(login, Password(f"not-the-Right-{wrong}"))
        outcome = campus.directory.reset(login, Password("short"), campus.clock())
        assert outcome == AccountRefused(AccountRefusal.BROKEN_RULES, (RuleId.MIN_LENGTH,))
        found = campus.directory.find(number, campus.clock())
        assert isinstance(found, DirectoryAccount)
        assert found.state is S.ACTIVE


def test_what_was_set_here_is_remembered_by_a_hub_that_starts_anew(
    samba_server: Samba, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Active Directory's own reset would take any earlier password (MS-SAMR 3.1.1.7.1)."""
    _, _, login = person(samba_server)
    settings = settings_of(tmp_path, samba_table(samba_server, tmp_path))
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        for passwords in ((NEW, OTHER), (NEW, OTHER)):
            made = directory_of(settings, world.store, world.hasher, samba_server.clock.now)
            now = samba_server.clock.now()
            outcomes = [made.reset(login, password, now) for password in passwords]
            made.close()
        assert outcomes == [AccountRefused(AccountRefusal.IN_HISTORY)] * 2


@pytest.mark.parametrize(
    ("base", "domain_name"),
    [
        ("OU=Students,DC=campus,DC=test", "DC=campus,DC=test"),
        ("ou=a\\,dc=x, dc=campus , dc=test", "dc=campus,dc=test"),
        ("DC=test", "DC=test"),
    ],
)
def test_the_domain_is_what_ends_the_base(base: str, domain_name: str) -> None:
    assert domain_of(base) == domain_name
