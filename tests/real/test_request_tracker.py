"""A real Request Tracker beside the hub: what is its alone, and a helpdesk that holds nobody up."""

import base64
from pathlib import Path

import pytest

from kiosk.domain.calendar import due
from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import Act
from kiosk.hub.campus.helpdesk_line import MOST_OF_ANSWER
from kiosk.hub.cli import main
from kiosk.hub.store.tables import Ticket
from kiosk.wire import routes
from kiosk.wire.tickets import ContactOnFile
from tests.hub.conftest import World, sqlite_sample
from tests.hub.helpdesks import carry, courier_of, key_of, rt_table, settings_of
from tests.hub.test_tickets import ZHANG
from tests.real.fault_proxy import Fault, FaultProxy
from tests.real.helpdesk.beside import HOSTILE, port_of, visitor, world
from tests.real.helpdesk.request_tracker import RequestTrackerServer
from tests.real.hub_process import hub_with_sample
from tests.real.plain_kiosk import PlainKiosk, card
from tests.whole.waiting import until

__all__ = ["sqlite_sample", "world"]

PIN = "739154"


def test_priorities_set_there_are_promised_here(
    world: World, tmp_path: Path, request_tracker_server: RequestTrackerServer
) -> None:
    courier = courier_of(world, settings_of(tmp_path, rt_table(request_tracker_server, tmp_path)))
    one = visitor(world)
    carry(courier)
    request_tracker_server.put(key_of(world, one.reference), Priority=80)
    world.move(minutes=1)
    assert courier.fetch()
    with world.store.read() as db:
        ticket = db.get_one(Ticket, one.reference)
        assert ticket.priority == Priority.P1
        wanted = due(ticket.created_at, world.book.target(Priority.P1).respond, world.book.hours())
        assert ticket.respond_by == wanted


def test_an_answer_from_a_rich_editor_is_words_and_a_requester_may_write_by_mail(
    world: World, tmp_path: Path, request_tracker_server: RequestTrackerServer
) -> None:
    server = request_tracker_server
    courier = courier_of(world, settings_of(tmp_path, rt_table(server, tmp_path)))
    one = visitor(world, contact=ContactOnFile())
    carry(courier)
    key = key_of(world, one.reference)
    assert [each["id"] for each in server.ask("GET", f"ticket/{key}")["Requestor"]] == ["zhang.ming@yunlu.example"]
    server.reply(key, "<p>请&nbsp;重启 <b>AP</b></p><script>x()</script><ul><li>一</li></ul>", "text/html")
    world.move(minutes=1)
    assert courier.fetch()
    assert one.sees()[1] == ["请 重启 AP\n\n一"]
    one.does(Act.DISOWN)
    carry(courier)
    assert server.ask("GET", f"ticket/{key}")["Requestor"] == []


def test_what_is_attached_to_an_answer_is_not_fetched(
    world: World, tmp_path: Path, request_tracker_server: RequestTrackerServer
) -> None:
    """It is larger than anything the hub reads of an answer."""
    server = request_tracker_server
    courier = courier_of(world, settings_of(tmp_path, rt_table(server, tmp_path)))
    one = visitor(world)
    carry(courier)
    large = base64.b64encode(b"\0" * (MOST_OF_ANSWER + 1)).decode()
    attached = [{"FileName": "scan.bin", "FileType": "application/octet-stream", "FileContent": large}]
    said = {"Content": "见附件", "ContentType": "text/plain", "Attachments": attached}
    server.ask("POST", f"ticket/{key_of(world, one.reference)}/correspond", json=said)
    world.move(minutes=1)
    assert courier.fetch()
    assert one.sees()[1] == ["见附件"]


def test_a_helpdesk_that_does_not_answer_makes_no_visitor_wait(
    request_tracker_server: RequestTrackerServer, tmp_path: Path
) -> None:
    """While the hub waits for it, a report is taken, the list is shown and says how old it is; then it arrives."""
    data = tmp_path / "hub"
    data.mkdir()
    line = FaultProxy(request_tracker_server.tls_port)
    line.fault = Fault.HANG_RESPONSE
    table = rt_table(request_tracker_server, data, port_of(line), answer_within="60")
    with hub_with_sample(data, tables=table) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        until(lambda: line.connections, "the helpdesk being asked")
        asked = line.connections
        visit = kiosk.try_pin(card(ZHANG), PIN)["session"]
        envelope = kiosk.envelope(kiosk.report(session=visit, note=HOSTILE))
        assert kiosk.submit(envelope).status_code == 200
        mine = kiosk.send("GET", routes.MY_TICKETS, **{routes.VISIT_HEADER: visit}).json()
        assert [one["state"] for one in mine["tickets"]].count("new") >= 1
        assert mine["as_of"]
        assert line.connections == asked, "the helpdesk still holds its only question"
        line.fault = Fault.NONE
        line.end_all()
        until(lambda: request_tracker_server.marked(envelope.context.op), "the report at the helpdesk")
    line.stop()


@pytest.mark.parametrize(
    ("change", "named", "told"),
    [
        (("", ""), "", ""),
        (('default = "Helpdesk"', 'default = "Nowhere"'), "helpdesk.queues.default", "Nowhere"),
        (('network = "Network"', 'network = "Bare"'), "helpdesk.operation_field", "Bare"),
        (('network = "Network"', 'networks = "Network"'), "helpdesk.queues.networks", "networks"),
        (("ca = ", "answer_within = 9\nca = "), "", ""),
    ],
)
def test_the_check_tells_before_the_start_what_would_fail_a_visitor(
    request_tracker_server: RequestTrackerServer,
    world: World,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    change: tuple[str, str],
    named: str,
    told: str,
) -> None:
    assert world.store.engine.url.database == str(tmp_path / "hub.db")
    file = tmp_path / "hub.toml"
    file.write_text(rt_table(request_tracker_server, tmp_path).replace(*change), encoding="utf-8")
    status = main(["check", "--config", str(file), "--data", str(tmp_path)])
    bad = [text for text in capsys.readouterr().err.splitlines() if text.startswith(("BAD", "不行"))]
    assert (status, len(bad)) == ((1, 1) if named else (0, 0)), bad
    for text in bad:
        place = text.split(": ")[0].split(":")
        assert f"{named}: " in text
        assert told in file.read_text(encoding="utf-8").splitlines()[int(place[-1]) - 1] or named.endswith("field")


@pytest.mark.parametrize(
    ("more", "named"),
    [
        ({"user": "1-14-wrong"}, "helpdesk.token_file"),
        ({"ca": "other"}, "helpdesk.ca"),
        ({"port": "9"}, "helpdesk.url"),
        ({"user": "looker"}, "helpdesk.queues.default"),
    ],
)
def test_the_check_names_a_wrong_token_authority_address_and_right(
    request_tracker_server: RequestTrackerServer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    more: dict[str, str],
    named: str,
) -> None:
    server = request_tracker_server
    table = rt_table(server, tmp_path, int(more.get("port", 0)), more.get("user", "kiosk"))
    file = tmp_path / "hub.toml"
    file.write_text(table.replace(str(server.ca), str(server.other_ca)) if "ca" in more else table, encoding="utf-8")
    assert main(["check", "--config", str(file)]) == 1
    said = capsys.readouterr().err
    assert f"{named}: " in said
    assert server.tokens["kiosk"] not in said
