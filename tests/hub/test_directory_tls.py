"""Never in the clear: TLS before anything is said, a pinned authority, and nothing on the machine that loosens it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kiosk.domain.accounts import AccountState
from kiosk.hub.campus.ldap_directory import LdapDirectory
from kiosk.hub.campus_systems import directory_of, lines_of
from kiosk.hub.directory_settings import DirectorySettings
from kiosk.hub.ports import DirectorySilent
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.directories import openldap_campus, samba_campus, settings_of
from tests.real.directory import openldap, samba_domain
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.servers import make_certificate

#: An ExtendedResponse to message 1 (RFC 4511, 4.12): protocolError, which is how a server without StartTLS answers.
_NO_START_TLS = bytes.fromhex("300c02010178070a010204000400")
_START_TLS = b"1.3.6.1.4.1.1466.20037"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as made:
        yield made


@contextmanager
def directory(world: World, settings: DirectorySettings) -> Iterator[LdapDirectory]:
    made = directory_of(settings, world.store, world.hasher, world.clock)
    assert isinstance(made, LdapDirectory)
    yield made
    made.close()


def test_start_tls_at_openldap(openldap_server: OpenLdap, world: World, tmp_path: Path) -> None:
    table = openldap_table(openldap_server, tmp_path, servers=f'["{openldap_server.plain_url}"]')
    with directory(world, settings_of(tmp_path, table)) as made:
        openldap_campus(openldap_server, made).account(AccountState.ACTIVE)


def test_start_tls_at_active_directory(samba_server: Samba, world: World, tmp_path: Path) -> None:
    table = samba_table(samba_server, tmp_path, servers=f'["{samba_server.plain_url}"]')
    with directory(world, settings_of(tmp_path, table)) as made:
        samba_campus(samba_server, made).account(AccountState.ACTIVE)


def test_a_server_without_start_tls_hears_no_name_and_no_password(
    openldap_server: OpenLdap, world: World, tmp_path: Path
) -> None:
    heard = bytearray()
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def refuse() -> None:
            while True:
                try:
                    client, _ = listening.accept()
                except OSError:
                    return
                with client:
                    heard.extend(client.recv(4096))
                    client.sendall(_NO_START_TLS)
                    while more := client.recv(4096):
                        heard.extend(more)

        threading.Thread(target=refuse, daemon=True).start()
        url = f"ldap://127.0.0.1:{listening.getsockname()[1]}"
        table = openldap_table(openldap_server, tmp_path, servers=f'["{url}"]')
        with directory(world, settings_of(tmp_path, table)) as made:
            assert isinstance(made.find("20230114287", world.now), DirectorySilent)
        listening.shutdown(socket.SHUT_RDWR)
    assert _START_TLS in heard
    assert openldap.SERVICE_PASSWORD.encode() not in heard
    assert openldap.SERVICE.encode() not in heard


def test_nothing_of_the_machine_loosens_the_pinned_authority(
    openldap_server: OpenLdap, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """libldap reads ldap.conf, ~/.ldaprc and LDAPTLS_… unless it is told not to."""
    make_certificate(tmp_path / "other", "somebody else's CA")
    (tmp_path / ".ldaprc").write_text("TLS_REQCERT never\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LDAPTLS_REQCERT", "never")
    table = openldap_table(openldap_server, tmp_path, ca=f'"{tmp_path / "other" / "ca.pem"}"')
    with directory(world, settings_of(tmp_path, table)) as made:
        assert isinstance(made.find("20230114287", world.now), DirectorySilent)


def test_the_account_of_the_hub_is_refused_in_so_many_words(samba_server: Samba, world: World, tmp_path: Path) -> None:
    table = samba_table(samba_server, tmp_path)
    (tmp_path / "samba.secret").write_text("not-the-Right-1")
    with directory(world, settings_of(tmp_path, table)) as made:
        found = made.find("20230114287", world.now)
    assert isinstance(found, DirectorySilent)
    assert "Invalid credentials" in found.why
    assert samba_domain.SERVICE_PASSWORD not in found.why


def test_a_password_of_the_hub_is_rendered_by_nothing(openldap_server: OpenLdap, tmp_path: Path) -> None:
    settings = settings_of(tmp_path, openldap_table(openldap_server, tmp_path))
    assert openldap.SERVICE_PASSWORD not in f"{settings!r} {settings.password} {lines_of(settings)!r}"
