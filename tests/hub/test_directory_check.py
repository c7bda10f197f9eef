"""``kiosk hub check`` against real directories: what would fail a visitor is said in words, with its line, and is 1."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from bonsai import LDAPEntry

from kiosk.domain.language import Language
from kiosk.hub.checked import Level
from kiosk.hub.cli import main
from kiosk.words import say
from tests.hub.directories import PASSWORD
from tests.real.directory import openldap, samba_domain
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.servers import free_ports, make_certificate


@dataclass
class Checked:
    status: int
    said: str

    def lines(self, level: Level) -> list[str]:
        word = say(Language.EN, f"hub_commands.check_{level.value}")
        return [line for line in self.said.splitlines() if line.startswith(f"{word} ")]


@pytest.fixture
def check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Checked]:
    monkeypatch.setenv("LANG", "en_US.UTF-8")

    def run(table: str) -> Checked:
        file = tmp_path / "hub.toml"
        file.write_text("# a campus\n" + table, encoding="utf-8")
        status = main(["check", "--config", str(file)])
        captured = capsys.readouterr()
        assert captured.out == ""
        for secret in (openldap.SERVICE_PASSWORD, samba_domain.SERVICE_PASSWORD):
            assert secret not in captured.err
        return Checked(status, captured.err)

    return run


@pytest.fixture
def openldap_people(openldap_server: OpenLdap) -> OpenLdap:
    for unit in ("people", "staff"):
        number = openldap_server.fresh_number()
        openldap_server.person(f"u{number}", number, PASSWORD.reveal(), unit=unit)
    return openldap_server


@pytest.fixture
def samba_people(samba_server: Samba) -> Samba:
    for below in (samba_domain.STUDENTS, samba_domain.STAFF):
        number = samba_server.fresh_number()
        samba_server.person(f"u{number}", number, PASSWORD.reveal(), below)
    return samba_server


def test_a_directory_set_up_as_the_readme_says_is_good_and_its_policy_is_told(
    openldap_people: OpenLdap, samba_people: Samba, tmp_path: Path, check: Callable[..., Checked]
) -> None:
    for table in (openldap_table(openldap_people, tmp_path), samba_table(samba_people, tmp_path)):
        done = check(table)
        assert done.lines(Level.BAD) == []
        assert done.lines(Level.NOTE) == []
        assert done.status == 0
        assert "at least 10 characters" in done.said
        assert "3 wrong ones lock for 15 min" in done.said


#: A line changed in [directory], the setting that is named, and a word of why.
WRONG = [
    ("servers", '["ldaps://127.0.0.1:{closed}"]', "servers", "refused"),
    ("servers", '["ldaps://no-such-host.invalid"]', "servers", "cannot be reached"),
    ("ca", '"other/ca.pem"', "ca", "not trusted"),
    ("password_file", '"wrong.secret"', "password_file", "does not let"),
    ("number", '"employeeNumbr"', "number", "spelling"),
    ("number", '"telexNumber"', "number", "nobody"),
    ("protected", '["employeTpye=staff"]', "protected", "spelling"),
    ("card", '"cardNr"', "card", "spelling"),
]


@pytest.mark.parametrize(("key", "value", "at", "why"), WRONG)
def test_what_would_fail_a_visitor_is_said_with_its_line(
    openldap_people: OpenLdap,
    samba_people: Samba,
    tmp_path: Path,
    check: Callable[..., Checked],
    key: str,
    value: str,
    at: str,
    why: str,
) -> None:
    make_certificate(tmp_path / "other", "somebody else's CA")
    (tmp_path / "wrong.secret").write_text("not-the-Right-1")
    (tmp_path / "wrong.secret").chmod(0o600)
    changed: dict[str, Any] = {key: value.replace("{closed}", str(free_ports(1)[0]))}
    for table in (openldap_table(openldap_people, tmp_path, **changed), samba_table(samba_people, tmp_path, **changed)):
        done = check(table)
        assert done.status == 1
        bad = done.lines(Level.BAD)
        assert any(why in line for line in bad), done.said
        line = next(number for number, text in enumerate(f"\n{table}".splitlines(), 1) if text.startswith(f"{at} ="))
        assert any(f"hub.toml:{line}: directory.{at}:" in one for one in bad), done.said


def test_a_base_or_a_policy_that_is_not_there_is_said(
    openldap_people: OpenLdap, tmp_path: Path, check: Callable[..., Checked]
) -> None:
    for key, why in (("base", "does not exist"), ("policy", "does not exist")):
        changed: dict[str, Any] = {key: f'"ou=nowhere,{openldap.BASE}"'}
        done = check(openldap_table(openldap_people, tmp_path, **changed))
        assert done.status == 1
        assert any(f"directory.{key}:" in line and why in line for line in done.lines(Level.BAD))


def test_an_account_without_the_rights_is_told_which_it_lacks(
    openldap_people: OpenLdap, samba_people: Samba, tmp_path: Path, check: Callable[..., Checked]
) -> None:
    """Somebody who can sign in and look, and nothing else."""
    number = openldap_people.fresh_number()
    reader = openldap_people.reader(f"reader-{number}")
    done = check(openldap_table(openldap_people, tmp_path, user=f'"{reader}"'))
    assert done.status == 1
    assert {_subject(line) for line in done.lines(Level.BAD)} == {
        "nobody's password",
        "unlock nobody",
        "who has a password",
    }
    number = samba_people.fresh_number()
    samba_people.person(f"u{number}", number, samba_domain.SERVICE_PASSWORD, samba_domain.STAFF)
    done = check(samba_table(samba_people, tmp_path, user=f'"u{number}@campus.test"'))
    assert done.status == 1
    assert {_subject(line) for line in done.lines(Level.BAD)} == {
        "nobody's password",
        "unlock nobody",
        "nobody's pwdLastSet",
    }


def test_an_account_with_more_rights_than_it_needs_is_noted(
    openldap_people: OpenLdap, samba_people: Samba, tmp_path: Path, check: Callable[..., Checked]
) -> None:
    (tmp_path / "admin.secret").write_text(openldap.ADMIN_PASSWORD)
    (tmp_path / "admin.secret").chmod(0o600)
    admin: dict[str, Any] = {"user": f'"{openldap.ADMIN}"', "password_file": '"admin.secret"'}
    done = check(openldap_table(openldap_people, tmp_path, **admin))
    assert any("read password hashes" in line for line in done.lines(Level.NOTE))
    assert done.status == 0
    (tmp_path / "admin.secret").write_text(samba_domain.ADMIN_PASSWORD)
    done = check(samba_table(samba_people, tmp_path, **{**admin, "user": '"administrator@campus.test"'}))
    assert any("more than it needs" in line for line in done.lines(Level.NOTE))
    assert done.status == 0


def test_a_check_changes_nothing(openldap_people: OpenLdap, tmp_path: Path, check: Callable[..., Checked]) -> None:
    number = openldap_people.fresh_number()
    dn = openldap_people.person(f"u{number}", number, PASSWORD.reveal())
    for _ in range(3):
        assert not openldap_people.signs_in(f"u{number}", "not-the-Right-1")

    def entry() -> dict[str, object]:
        found: LDAPEntry = openldap_people.admin().search(dn, 0, "(objectClass=*)", ["*", "+"])[0]
        return dict(found)

    before = entry()
    assert "pwdAccountLockedTime" in before
    check(openldap_table(openldap_people, tmp_path, base=f'"{dn}"'))
    assert entry() == before


def _subject(line: str) -> str:
    known = "nobody's password|unlock nobody|who has a password|nobody's pwdLastSet"
    found = re.search(known, line)
    return found[0] if found else line
