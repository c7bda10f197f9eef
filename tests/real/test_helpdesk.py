"""The helpdesk port: the hub's own tickets and a real Request Tracker, which a visitor cannot tell apart."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.calendar import due
from kiosk.domain.policy import SHIPPED
from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import Act, Acted, TicketList
from kiosk.domain.tickets import TicketState
from kiosk.hub.campus.request_tracker import RequestTracker
from kiosk.hub.cli import main
from kiosk.hub.helpdesk_port import Change, Done, Filed, Filing, Rejected, RemoteTicket, Silent
from kiosk.hub.services.helpdesk_outbox import UNSURE_PAUSE
from kiosk.hub.services.my_tickets import my_tickets
from kiosk.hub.store.helpdesk_tables import HelpdeskChange
from kiosk.hub.store.tables import Kiosk, Ticket
from kiosk.wire import routes
from kiosk.wire.tickets import ContactOnFile, ContactTyped, TicketAct
from tests.hub.conftest import HubKiosk, World, sqlite_sample, world_at
from tests.hub.helpdesks import HELPDESKS, Campus, carry, courier_of, key_of, rt_table, settings_of
from tests.hub.test_ticket_acts import acted
from tests.hub.test_tickets import ZHANG, send, signed_in
from tests.real.fault_proxy import Fault, FaultProxy
from tests.real.helpdesk.request_tracker import RequestTrackerServer
from tests.real.hub_process import hub_with_sample
from tests.real.plain_kiosk import PlainKiosk, card, new_op
from tests.whole.waiting import until

S = TicketState
#: In every field a visitor can fill; each is kept as it is.
HOSTILE = "*)(uid=* ' OR 1=1 -- 一层 🧑‍💻 {x} <b>"
PIN = "739154"
#: The hub gives it up after this where the test is about a helpdesk that does not answer, seconds.
SHORT = 1.5


__all__ = ["sqlite_sample"]


@pytest.fixture
def world(sqlite_sample: Path, tmp_path: Path) -> Iterator[World]:
    """The sample campus as it was loaded, in a file of its own."""
    file = tmp_path / "hub.db"
    file.write_bytes(sqlite_sample.read_bytes())
    with world_at(f"sqlite:///{file}", tmp_path) as world:
        yield world


@pytest.fixture(params=list(HELPDESKS))
def campus(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Campus:
    return HELPDESKS[request.param](world, tmp_path, request)


@dataclass(frozen=True)
class Visitor:
    """Zhang Ming at a kiosk, with a report that is at the desk."""

    world: World
    kiosk: HubKiosk
    session: str
    reference: str

    def does(self, act: Act, text: str = "") -> None:
        asked = TicketAct(new_op(), self.reference, act, text)
        assert isinstance(acted(self.world, self.kiosk, self.session, asked), Acted)

    def sees(self) -> tuple[str, list[str]]:
        """The state, and what was written."""
        session = signed_in(self.world, self.kiosk)
        with self.world.store.read() as db:
            kiosk = db.get_one(Kiosk, self.kiosk.id)
            found = my_tickets(db, self.world.book, SHIPPED, kiosk, session, self.world.now)
        assert isinstance(found, TicketList)
        (ticket,) = found.tickets
        return ticket.state, [step.text for step in ticket.history if step.text]


def visitor(world: World, **report: object) -> Visitor:
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report(claim=card(ZHANG), **report)).reference
    return Visitor(world, kiosk, signed_in(world, kiosk), reference)


# -- whichever it is -----------------------------------------------------------------------------------------------


def test_what_a_visitor_writes_arrives_as_it_was_written(campus: Campus) -> None:
    typed = ContactTyped("*)(uid=* 🧑‍💻 电话")
    one = visitor(campus.world, note=HOSTILE, location=HOSTILE[:30], contact=typed)
    one.does(Act.COMMENT, HOSTILE + "二")
    campus.settle()
    found = campus.at_desk(one.reference)
    for text in (HOSTILE, HOSTILE[:30], typed.address, HOSTILE + "二"):
        assert text in found.said
    assert (found.state, found.priority) == (S.NEW, Priority.P2)


def test_what_the_desk_does_the_visitor_sees_and_the_other_way_round(campus: Campus) -> None:
    one = visitor(campus.world)
    campus.settle()
    campus.set_state(one.reference, S.IN_PROGRESS)
    campus.answer(one.reference, "哪个房间？🤔 *)(uid=*")
    campus.set_state(one.reference, S.WAITING_FOR_REQUESTER)
    campus.settle()
    assert one.sees() == (S.WAITING_FOR_REQUESTER, ["哪个房间？🤔 *)(uid=*"])
    one.does(Act.COMMENT, "502 室 🙂")
    campus.settle()
    found = campus.at_desk(one.reference)
    assert found.state is S.IN_PROGRESS
    assert "502 室 🙂" in found.said
    campus.set_state(one.reference, S.RESOLVED)
    campus.settle()
    assert one.sees()[0] == S.RESOLVED
    one.does(Act.REOPEN, "还是不行")
    campus.settle()
    found = campus.at_desk(one.reference)
    assert found.state is S.IN_PROGRESS
    assert "还是不行" in found.said
    campus.set_state(one.reference, S.RESOLVED)
    campus.settle()
    one.does(Act.CONFIRM)
    campus.settle()
    assert campus.at_desk(one.reference).state in (S.CLOSED, S.RESOLVED), "not every helpdesk knows closed"
    assert one.sees()[0] == S.CLOSED


def test_a_report_that_is_withdrawn_ends_at_the_desk_too(campus: Campus) -> None:
    one = visitor(campus.world)
    campus.settle()
    one.does(Act.WITHDRAW)
    campus.settle()
    assert not campus.at_desk(one.reference).state.is_open
    assert one.sees()[0] == S.WITHDRAWN


# -- Request Tracker -----------------------------------------------------------------------------------------------


@pytest.fixture
def line(request_tracker_server: RequestTrackerServer) -> Iterator[FaultProxy]:
    proxy = FaultProxy(request_tracker_server.tls_port)
    yield proxy
    proxy.stop()


def port_of(line: FaultProxy) -> int:
    return int(line.url.rpartition(":")[2])


def op_of(world: World, reference: str) -> str:
    with world.store.read() as db:
        wanted = select(HelpdeskChange.op).where(
            HelpdeskChange.reference == reference, HelpdeskChange.what == "created"
        )
        return db.scalars(wanted).one()


class Forgetful(RequestTracker):
    """Planted: repeats without looking."""

    def create(self, filing: Filing, again: bool) -> Filed | Silent | Rejected:  # noqa: ARG002
        return super().create(filing, again=False)

    def change(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:  # noqa: ARG002
        return super().change(key, change, again=False)


@pytest.mark.parametrize(("kind", "count"), [(RequestTracker, 1), (Forgetful, 2)])
def test_an_answer_that_is_cut_never_makes_a_second_ticket_or_remark_and_a_planted_fault_does(
    world: World,
    tmp_path: Path,
    request_tracker_server: RequestTrackerServer,
    line: FaultProxy,
    kind: type[RequestTracker],
    count: int,
) -> None:
    settings = settings_of(tmp_path, rt_table(request_tracker_server, tmp_path, port_of(line)))
    courier = courier_of(world, settings, kind(settings))
    one = visitor(world)
    op = op_of(world, one.reference)
    line.fault = Fault.CUT_RESPONSE
    (lost,) = carry(courier)
    assert isinstance(lost, Silent)
    assert not lost.sure
    assert len(request_tracker_server.marked(op)) == 1, "it was made, and its answer was lost"
    line.fault = Fault.NONE
    world.now += UNSURE_PAUSE
    assert [type(each) for each in carry(courier)] == [Filed]
    made = request_tracker_server.marked(op)
    assert len(made) == count
    one.does(Act.COMMENT, "还是不行")
    line.fault = Fault.CUT_RESPONSE
    carry(courier)
    line.fault = Fault.NONE
    world.now += UNSURE_PAUSE
    assert [type(each) for each in carry(courier)] == [Done]
    said = request_tracker_server.texts(key_of(world, one.reference), "Comment")
    assert len([text for text in said if "还是不行" in text]) == count


def test_a_line_that_is_not_what_it_should_be_is_told_and_nothing_is_lost(
    world: World, tmp_path: Path, request_tracker_server: RequestTrackerServer, line: FaultProxy
) -> None:
    """One after the other: cut before the first byte, nobody there, a wrong authority, a wrong token."""
    server = request_tracker_server
    good = settings_of(tmp_path, rt_table(server, tmp_path))
    courier_of(world, good)
    one = visitor(world)
    line.fault = Fault.RESET
    ways = [
        (rt_table(server, tmp_path, port_of(line)), False),
        (rt_table(server, tmp_path, 9), True),
        (rt_table(server, tmp_path, ca=f'"{server.other_ca}"'), True),
        (rt_table(server, tmp_path, user="1-14-wrong"), True),
    ]
    for table, sure in ways:
        courier = courier_of(world, settings_of(tmp_path, table))
        (answer,) = carry(courier)
        assert isinstance(answer, Silent)
        assert answer.sure is sure
        assert not courier.fetch()
        world.move(minutes=20)
    op = op_of(world, one.reference)
    assert server.marked(op) == []
    assert [type(each) for each in carry(courier_of(world, good))] == [Filed]
    assert len(server.marked(op)) == 1


def test_a_helpdesk_that_takes_half_a_minute_is_given_up_in_time_and_nothing_is_made_twice(
    world: World, tmp_path: Path, request_tracker_server: RequestTrackerServer, line: FaultProxy
) -> None:
    """With the deadline injected short: nothing here waits for the answer, which never comes."""
    patient = settings_of(tmp_path, rt_table(request_tracker_server, tmp_path, port_of(line)))
    courier = courier_of(world, replace(patient, answer_within=SHORT))
    one = visitor(world)
    line.fault = Fault.HANG_RESPONSE
    (answer,) = carry(courier)
    assert isinstance(answer, Silent)
    assert not courier.fetch()
    line.fault = Fault.NONE
    world.now += UNSURE_PAUSE
    assert [type(each) for each in carry(courier_of(world, patient))] == [Filed]
    assert len(request_tracker_server.marked(op_of(world, one.reference))) == 1


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


@pytest.mark.timeout(600)
def test_a_hundred_requests_from_ten_threads_are_each_answered_for_what_they_asked(
    tmp_path: Path, request_tracker_server: RequestTrackerServer
) -> None:
    """Each thread: a ticket, a remark, a state, which is looked at, the ticket with its history, a list: ten requests
    with the search before a repetition."""
    helpdesk = RequestTracker(settings_of(tmp_path, rt_table(request_tracker_server, tmp_path)))

    def one(number: int) -> tuple[str, str]:
        op, subject = new_op(), f"[T{number}] {HOSTILE}"
        filing = Filing(op, f"T{number}", "network", Priority.P2, subject, HOSTILE)
        made = helpdesk.create(filing, again=False)
        assert isinstance(made, Filed)
        assert helpdesk.create(filing, again=True) == made
        step = Change(new_op(), f"{number} {HOSTILE}", S.IN_PROGRESS)
        assert isinstance(helpdesk.change(made.key, step, again=False), Done)
        read = helpdesk.read(made.key, 0)
        assert isinstance(read, RemoteTicket)
        assert read.status == "open"
        assert isinstance(helpdesk.changed_since(None), tuple)
        return op, made.key

    with ThreadPoolExecutor(10) as threads:
        made = list(threads.map(one, range(10)))
    assert len({key for _, key in made}) == 10
    for number, (op, key) in enumerate(made):
        (found,) = request_tracker_server.marked(op)
        assert (str(found["id"]), found["Subject"]) == (key, f"[T{number}] {HOSTILE}")
        assert request_tracker_server.texts(key, "Comment") == [f"{number} {HOSTILE}"]


def test_a_helpdesk_that_does_not_answer_makes_no_visitor_wait(
    request_tracker_server: RequestTrackerServer, line: FaultProxy, tmp_path: Path
) -> None:
    """While the hub waits for it, a report is taken, the list is shown and says how old it is; then it arrives."""
    data = tmp_path / "hub"
    data.mkdir()
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
