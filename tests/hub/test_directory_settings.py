"""[directory] of hub.toml: every mistake with its line and fix, and a secret that is only where it belongs."""

from pathlib import Path

import pytest

from kiosk.hub.config import ConfigError, load
from kiosk.hub.directory_settings import Condition, DirectoryKind, Server
from tests.real.directory.servers import make_certificate

GOOD = {
    "kind": '"openldap"',
    "servers": '["ldaps://ldap.example.edu"]',
    "ca": '"tls/ca.pem"',
    "user": '"uid=kiosk,dc=example,dc=edu"',
    "password_file": '"secret"',
    "base": '"dc=example,dc=edu"',
}
#: A line changed ('' left out), where it is told, and what is told.
WRONG = [
    ("kind", '"novell"', "kind", "openldap, active-directory"),
    ("kind", '"builtin"', "servers", "counts only for another kind"),
    ("servers", "", "[directory]", "1 to 8 servers"),
    ("servers", '"ldaps://one"', "servers", "1 to 8 servers"),
    ("servers", '["http://ldap.example.edu"]', "servers", "ldaps://"),
    ("servers", '["ldaps://ldap.example.edu:port"]', "servers", "ldaps://"),
    ("servers", '["ldaps://ldap.example.edu/dc=x"]', "servers", "ldaps://"),
    ("servers", '["ldapi://%2Frun"]', "servers", "ldaps://"),
    ("servers", "[3]", "servers", "ldaps://"),
    ("ca", "", "[directory]", "PEM"),
    ("ca", '"nowhere.pem"', "ca", "cannot be read"),
    ("ca", '"secret"', "ca", "holds no certificate"),
    ("user", "", "[directory]", "is missing"),
    ("user", '""', "user", "must not be empty"),
    ("base", "", "[directory]", "is missing"),
    ("number", '"a b"', "number", "one attribute"),
    ("number", '""', "number", "must not be empty"),
    ("login", "3", "login", "write a text"),
    ("password_file", "", "[directory]", "password_env"),
    ("password_file", '"nowhere"', "password_file", "cannot be read"),
    ("password_file", '"open"', "password_file", "chmod 600"),
    ("password_file", '"empty"', "password_file", "is empty"),
    ("password_env", '"X"', "password_file", "once"),
    ("password", '"clear"', "password", "not known"),
    ("protected", '"x=y"', "protected", "list of conditions"),
    ("protected", '["xy"]', "protected", "list of conditions"),
    ("protected", '["(x=y)"]', "protected", "list of conditions"),
    ("connections", "0", "connections", "from 1 to 32"),
    ("connections", "true", "connections", "from 1 to 32"),
    ("answer_within", "30", "answer_within", "from 0.5 to 6"),
    ("answer_within", '"long"', "answer_within", "from 0.5 to 6"),
]


def write(folder: Path, lines: dict[str, str]) -> Path:
    make_certificate(folder / "tls")
    for name, text, mode in (
        ("secret", "very-Secret-1\n", 0o600),
        ("open", "very-Secret-1", 0o644),
        ("empty", "", 0o600),
    ):
        (folder / name).write_text(text)
        (folder / name).chmod(mode)
    file = folder / "hub.toml"
    file.write_text("# campus\n[directory]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items() if value))
    return file


@pytest.mark.parametrize(("key", "value", "at", "fix"), WRONG)
def test_a_mistake_is_told_with_its_line_and_fix(tmp_path: Path, key: str, value: str, at: str, fix: str) -> None:
    file = write(tmp_path, {**GOOD, key: value})
    lines = file.read_text().splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text == at or text.startswith(f"{at} ="))
    with pytest.raises(ConfigError) as caught:
        load(file)
    said = str(caught.value)
    assert said.startswith(f"{file}:{line}: directory")
    assert fix in said
    assert "very-Secret" not in said


def test_what_belongs_to_another_kind_is_refused(tmp_path: Path) -> None:
    for key in ("policy", "expires"):
        with pytest.raises(ConfigError, match="Active Directory"):
            load(write(tmp_path, {**GOOD, "kind": '"active-directory"', key: '"x"'}))


def test_everything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_TEST_SECRET", "from-Env-1")
    lines = {
        **GOOD,
        "servers": '["ldaps://a.example.edu:1636", "ldap://[::1]"]',
        "password_file": "",
        "password_env": '"KIOSK_TEST_SECRET"',
        "card": '"carLicense"',
        "protected": '["a=b & c=*", "d="]',
        "connections": "9",
        "answer_within": "2.5",
    }
    settings = load(write(tmp_path, lines)).directory
    assert settings.kind is DirectoryKind.OPENLDAP
    assert settings.servers == (Server("a.example.edu", 1636, False), Server("::1", 389, True))
    assert [server.url for server in settings.servers] == ["ldaps://a.example.edu:1636", "ldap://[::1]:389"]
    assert settings.ca == tmp_path / "tls" / "ca.pem"
    assert settings.password.reveal() == "from-Env-1"
    assert "from-Env-1" not in f"{settings!r}{settings}{settings.password:>9}"
    assert settings.protected == (Condition((("a", "b"), ("c", "*"))), Condition((("d", ""),)))
    assert (settings.number, settings.login, settings.card) == ("employeeNumber", "uid", "carLicense")
    assert (settings.connections, settings.answer_within) == (9, 2.5)
