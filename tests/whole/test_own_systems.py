"""The tour through real screens and a real hub, with the accounts in a real directory and the tickets at a real
helpdesk: what its flows judge is judged all the same."""

from pathlib import Path
from typing import Any

import pytest

from kiosk.tour.flows import FLOWS
from kiosk.tour.own_hub import LEFT_OUT
from tests.counts import COUNT
from tests.hub.helpdesks import rt_table
from tests.real.directory.hub_settings import openldap_table, samba_table
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba
from tests.real.directory.sample_accounts import into_openldap, into_samba
from tests.real.helpdesk.request_tracker import RequestTrackerServer
from tests.real.hub_process import CHEAP
from tests.whole.test_tour import ended, failures, report, start

#: A pass that takes longer than this hangs, seconds: the helpdesk does one thing after the other.
WITHIN = 1500
EVERY = tuple(flow.name for flow in FLOWS)
ACCOUNTS = tuple(name for name in EVERY if name.startswith("account_"))
#: Reports and what becomes of them, and whoever is told apart before that.
REPORTS = ("report", "report_offline", "my_tickets", "lost_phone")
TICKETS = ("ticket_story", "ticket_undone", "ticket_waiting", "consent_declined", "complaint")


def walk(folder: Path, tables: str, only: tuple[str, ...], plant: str = "") -> dict[str, Any]:
    """The report of a tour whose hub has ``tables`` as its settings; every flow where COUNT=full."""
    file = folder / "hub.toml"
    file.write_text(CHEAP + tables, encoding="utf-8")
    chosen = EVERY if COUNT == "full" else only
    out = folder / "out"
    arguments = ["--size", "1080x1920", "--lang", "zh", "--hub-config", str(file), "--only", ",".join(chosen)]
    said = ended(start(out, arguments, plant), WITHIN)
    told = report(out)
    assert {flow["name"] for flow in told["flows"]} == set(chosen) - set(LEFT_OUT), said
    assert set(told["left_out"]) == set(chosen) & set(LEFT_OUT)
    return told


@pytest.mark.timeout(WITHIN + 300)
def test_the_tour_goes_well_with_openldap_and_request_tracker(
    openldap_server: OpenLdap, request_tracker_server: RequestTrackerServer, tmp_path: Path
) -> None:
    into_openldap(openldap_server)
    desk = request_tracker_server
    before = newest(desk)
    tables = openldap_table(openldap_server, tmp_path) + "\n" + rt_table(desk, tmp_path, answer_within="60")
    plant = f"from tests.real.helpdesk.desk import works_at; works_at({desk.port}, {desk.tokens['engineer']!r})"
    told = walk(tmp_path, tables, (*ACCOUNTS, *REPORTS, *TICKETS), plant)
    assert failures(told) == {}
    flows = {flow["name"]: flow for flow in told["flows"]}
    for name in REPORTS[:3]:
        assert status(desk, before, flows[name]["outcome"]["reference"]) in ("new", "open"), name
    story, undone = flows["ticket_story"]["references"][-1], flows["ticket_undone"]["references"][-1]
    assert status(desk, before, story) == "resolved", "solved, said at the kiosk"
    assert status(desk, before, undone) == "rejected", "withdrawn at the kiosk"
    assert "重启过，还是不行。" in "\n".join(desk.texts(key(desk, before, story), "Comment"))


@pytest.mark.timeout(WITHIN + 300)
def test_the_tour_goes_well_with_active_directory(samba_server: Samba, tmp_path: Path) -> None:
    into_samba(samba_server)
    told = walk(tmp_path, samba_table(samba_server, tmp_path), (*ACCOUNTS, *REPORTS))
    assert failures(told) == {}


def newest(desk: RequestTrackerServer) -> int:
    """The number of its last ticket."""
    wanted = {"query": "id > 0", "orderby": "id", "order": "DESC", "per_page": "1"}
    return max((int(ticket["id"]) for ticket in desk.ask("GET", "tickets", params=wanted)["items"]), default=0)


def key(desk: RequestTrackerServer, before: int, reference: str) -> str:
    """Of the one ticket that has this reference since ``before``."""
    (ticket,) = desk.found(f"Subject LIKE '{reference}' AND id > {before}")
    return str(ticket["id"])


def status(desk: RequestTrackerServer, before: int, reference: str) -> str:
    return str(desk.ask("GET", f"ticket/{key(desk, before, reference)}")["Status"])


@pytest.mark.parametrize(
    ("table", "named"), [('[cards]\nkind = "builtin"\n', "cards: "), ('[helpdesk]\nkind = "zammad"\n', "helpdesk.")]
)
def test_settings_the_tour_has_itself_or_the_hub_does_not_take_are_refused_with_their_line(
    tmp_path: Path, table: str, named: str
) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(CHEAP + table, encoding="utf-8")
    process = start(tmp_path / "out", ["--hub-config", str(file)])
    said = ended(process, WITHIN)
    assert process.returncode == 2
    assert f"{file}:4: {named}" in said
    assert "Traceback" not in said
