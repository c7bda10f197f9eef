"""The account flows of the tour, through real screens and a real hub, with the accounts in a real directory."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.tour import sample
from kiosk.tour.account_flows import PRESENT
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.openldap import BASE, OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.samba_domain import STAFF, STUDENTS
from tests.whole.test_tour import PASS_WITHIN, ended, failures, report, start

FLOWS = {
    "account_reset",
    "account_first",
    "account_unlock",
    "account_change",
    "account_refused",
    "account_protected",
    "account_offline",
}
NEVER, LOCKED, PROTECTED = "gao-yuan", "kenji-sato", "feng-gang"
PEOPLE = ("sima-rui", NEVER, LOCKED, "zhang-ming", "wu-fang", PROTECTED)


def walk(folder: Path, table: str) -> dict[str, str]:
    """Why each of the account flows failed; the hub of the tour has ``table`` in its settings."""
    plant = (
        "import kiosk.tour.flows as flows\n"
        "import kiosk.tour.world as world\n"
        "flows.FLOWS = tuple(flow for flow in flows.FLOWS if flow.name.startswith('account_'))\n"
        f"world._CHEAP_PINS += {table!r}\n"
    )
    out = folder / "out"
    process = start(out, ["--size", "1080x1920", "--lang", "zh"], plant)
    said = ended(process)
    told = report(out)
    assert {flow["name"] for flow in told["flows"]} == FLOWS, said
    return failures(told)


def number(person: str) -> str:
    return str(sample.person(person)["number"])


def lock(signs_in: Callable[[str, str], bool], login: str) -> None:
    for _ in range(3):
        assert not signs_in(login, "not-the-Right-1")


@pytest.mark.timeout(2 * PASS_WITHIN)
def test_the_account_flows_pass_with_the_accounts_in_openldap(openldap_server: OpenLdap, tmp_path: Path) -> None:
    openldap_server.clock.back()
    openldap_server.forget(map(number, PEOPLE))
    for person in PEOPLE:
        login = number(person)
        more = {"unit": "staff", "employeeType": "staff"} if person == PROTECTED else {}
        dn = openldap_server.person(login, login, "" if person == NEVER else "first-Stone-90", **more)
        if person != NEVER:  # by themselves, so that the directory knows when
            openldap_server.connect(dn, "first-Stone-90").modify_password(dn, PRESENT, "first-Stone-90")
    # the tour moves the hub's clock by more than the usual lock
    dn = f"uid={number(LOCKED)},ou=people,{BASE}"
    openldap_server.policy(dn, pwdLockout="TRUE", pwdMaxFailure="3", pwdLockoutDuration="86400", pwdInHistory="4")
    lock(openldap_server.signs_in, number(LOCKED))
    table = openldap_table(openldap_server, tmp_path, password_file=f'"{tmp_path / "openldap.secret"}"')
    assert walk(tmp_path, table) == {}


@pytest.mark.timeout(2 * PASS_WITHIN)
def test_the_account_flows_pass_with_the_accounts_in_active_directory(samba_server: Samba, tmp_path: Path) -> None:
    samba_server.clock.back()
    samba_server.forget(map(number, PEOPLE))
    for person in PEOPLE:
        login = number(person)
        below = STAFF if person == PROTECTED else STUDENTS
        more = {"employeeType": "new"} if person == NEVER else {}
        dn = samba_server.person(login, login, "" if person == NEVER else PRESENT, below, **more)
        if person == NEVER:
            samba_server.put(dn, "pwdLastSet", "0")
    lock(samba_server.signs_in, number(LOCKED))
    table = samba_table(samba_server, tmp_path, password_file=f'"{tmp_path / "samba.secret"}"')
    assert walk(tmp_path, table) == {}
