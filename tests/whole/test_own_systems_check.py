"""``kiosk hub check`` as an admin runs it, on a hub that names a real directory and a real helpdesk: all is good, and
of each planted fault the line of hub.toml is named, in words, with exit status 1."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.hub.helpdesks import rt_table
from tests.patience import PATIENCE
from tests.real.directory import samba_domain
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.servers import make_certificate
from tests.real.helpdesk.request_tracker import RequestTrackerServer
from tests.real.helpdesk.tls_front import TlsFront
from tests.real.hub_process import load_sample

GOOD, BAD = "good ", "BAD "
#: What is said from November on until the next year's holidays are published, which is right.
OF_THE_SEASON = "note Calendar: "


@dataclass(frozen=True)
class Said:
    """``named``: the settings of lines that are bad; ``lines`` all of them."""

    status: int
    named: set[str]
    lines: list[str]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A hub with the sample campus, whose teams the mapping is held against."""
    folder = tmp_path_factory.mktemp("hub")
    load_sample(folder)
    return folder


@pytest.fixture(scope="module")
def ended(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """The port of a server whose certificate ended yesterday, and its authority, which is good."""
    folder = tmp_path_factory.mktemp("ended")
    make_certificate(folder, days=-1)
    front = TlsFront(9, folder)
    yield front.port, folder / "ca.pem"
    front.stop()


@pytest.fixture
def openldap(openldap_server: OpenLdap) -> OpenLdap:
    number = openldap_server.fresh_number()
    openldap_server.person(f"u{number}", number, "first-Stone-90")
    return openldap_server


@pytest.fixture
def samba(samba_server: Samba) -> Samba:
    number = samba_server.fresh_number()
    samba_server.person(f"u{number}", number, "first-Stone-90")
    return samba_server


@pytest.fixture
def desk(request_tracker_server: RequestTrackerServer) -> RequestTrackerServer:
    """With a ticket of the hub's, by which rights are seen."""
    ticket = {"Queue": "Helpdesk", "Subject": "check", "CustomFields": {"Kiosk operation": str(uuid4())}}
    request_tracker_server.ask("POST", "ticket", json=ticket)
    return request_tracker_server


def check(data: Path, folder: Path, *tables: str) -> Said:
    file = folder / "hub.toml"
    file.write_text("\n".join(("# a campus", *tables)), encoding="utf-8")
    line = [sys.executable, "-m", "kiosk.hub", "check", "--config", str(file), "--data", str(data)]
    done = subprocess.run(
        line, capture_output=True, text=True, timeout=PATIENCE, env={**os.environ, "LANG": "en_US.UTF-8"}, check=False
    )
    assert done.stdout == ""
    lines = [text for text in done.stderr.splitlines()[1:] if "would fail a visitor" not in text]
    bad = [text for text in lines if text.startswith(BAD)]
    places = [re.match(rf"{BAD} ?{re.escape(str(file))}:(\d+): ([a-z_.]+): ", text) for text in bad]
    written = file.read_text(encoding="utf-8").splitlines()
    for place in filter(None, places):
        assert place[2].rpartition(".")[2] in written[int(place[1]) - 1], "another line than the setting's"
    return Said(done.returncode, {place[2] if place else "nowhere" for place in places}, lines)


def test_every_line_is_good_with_openldap_and_request_tracker(
    openldap: OpenLdap, desk: RequestTrackerServer, data: Path, tmp_path: Path
) -> None:
    said = check(data, tmp_path, openldap_table(openldap, tmp_path), rt_table(desk, tmp_path))
    assert [line for line in said.lines if not line.startswith((GOOD, OF_THE_SEASON))] == []
    assert said.status == 0
    assert all(any(system in line for line in said.lines) for system in ("ldaps://", "https://")), said.lines


def test_every_line_is_good_with_active_directory(samba: Samba, data: Path, tmp_path: Path) -> None:
    said = check(data, tmp_path, samba_table(samba, tmp_path))
    assert [line for line in said.lines if not line.startswith((GOOD, OF_THE_SEASON))] == []
    assert said.status == 0


def test_each_fault_of_openldap_and_request_tracker_is_named_with_its_line(
    openldap: OpenLdap, desk: RequestTrackerServer, data: Path, tmp_path: Path, ended: tuple[int, Path]
) -> None:
    """Of two systems each has one fault at a time, and is told by itself."""
    port, authority = ended
    make_certificate(tmp_path / "other", "somebody else's CA")
    other = f'"{tmp_path / "other" / "ca.pem"}"'
    reader = openldap.reader(f"reader-{openldap.fresh_number()}")
    expired = {"ca": f'"{authority}"'}
    faults: list[tuple[dict[str, Any], dict[str, Any], tuple[str, str], set[str]]] = [
        (
            {"ca": other},
            {},
            ('network = "Network"', 'network = "Nowhere"'),
            {"directory.ca", "helpdesk.queues.network"},
        ),
        ({"port": port, **expired}, {"ca": other}, ("", ""), {"directory.servers", "helpdesk.ca"}),
        ({"user": f'"{reader}"'}, {"port": port, **expired}, ("", ""), {"directory.user", "helpdesk.url"}),
        ({}, {"user": "looker"}, ("", ""), {"helpdesk.queues.default", "helpdesk.queues.network"}),
    ]
    for directory, helpdesk, swap, named in faults:
        tables = openldap_table(openldap, tmp_path, **directory), rt_table(desk, tmp_path, **helpdesk).replace(*swap)
        said = check(data, tmp_path, *tables)
        assert (said.status, named - said.named) == (1, set()), said.lines
        assert {key.partition(".")[0] for key in said.named} == {key.partition(".")[0] for key in named}, said.lines


def test_each_fault_of_active_directory_is_named_with_its_line(
    samba: Samba, data: Path, tmp_path: Path, ended: tuple[int, Path]
) -> None:
    port, authority = ended
    make_certificate(tmp_path / "other", "somebody else's CA")
    number = samba.fresh_number()
    samba.person(f"u{number}", number, samba_domain.SERVICE_PASSWORD, samba_domain.STAFF)
    faults: list[tuple[dict[str, Any], str]] = [
        ({"ca": f'"{tmp_path / "other" / "ca.pem"}"'}, "directory.ca"),
        ({"user": f'"u{number}@campus.test"'}, "directory.user"),
        ({"port": port, "ca": f'"{authority}"'}, "directory.servers"),
    ]
    for changed, named in faults:
        said = check(data, tmp_path, samba_table(samba, tmp_path, **changed))
        assert (said.status, said.named) == (1, {named}), said.lines
