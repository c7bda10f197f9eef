"""Zammad and GLPI in recorded shape: what a real server cannot be made to answer, and what is theirs alone."""

from pathlib import Path

import pytest

from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import Act
from kiosk.hub.campus.helpdesk_line import LONGEST_RETRY_AFTER, HelpdeskLine, Told
from kiosk.hub.campus_systems import helpdesk_of
from kiosk.hub.cli import main
from kiosk.hub.helpdesk_port import Change, Done, Filed, Filing, Rejected, RemoteTicket, Silent
from kiosk.wire.tickets import ContactOnFile, ContactTyped
from tests.hub.conftest import World, sqlite_sample
from tests.hub.helpdesks import OUTSIDE, Outside, carry, courier_of, key_of, secret_in, settings_of, table_of
from tests.real.helpdesk.beside import HOSTILE, glpi_server, visitor, world, zammad_server
from tests.real.helpdesk.glpi_shape import LIFETIME, GlpiShape
from tests.real.helpdesk.recorded import Answer, Asked, Clock, RecordedServer, recorded_server
from tests.real.helpdesk.zammad_shape import CUSTOMER, FIELD, ZammadShape
from tests.real.plain_kiosk import new_op

__all__ = ["glpi_server", "sqlite_sample", "world", "zammad_server"]

HTML = Answer(200, raw=b"<!doctype html><title>Sign in</title>")
#: What is answered to a change, and what the hub makes of it.
ANSWERS = [
    (Answer(500, {"error": "x"}), Silent("500")),
    (Answer(502, raw=b"<html>Bad gateway</html>"), Silent("502")),
    (Answer(429, {"error": "slow down"}), Silent("429", sure=True)),
    (Answer(403, {"error": "no right"}), Silent("403", sure=True)),
    (Answer(404, {"error": "no route"}), Silent("404", sure=True)),
    (Answer(302, raw=b""), Silent("302")),
    (HTML, Silent("not JSON")),
    (Answer(200, []), Silent("no id")),
    (Answer(422, {"error": "no such group"}), Rejected("422")),
]


@pytest.fixture(params=["zammad", "glpi"])
def recorded(request: pytest.FixtureRequest) -> tuple[Outside, RecordedServer]:
    return OUTSIDE[request.param](request), request.getfixturevalue(f"{request.param}_server")


@pytest.mark.parametrize(("answer", "became"), ANSWERS)
def test_an_answer_that_is_none_is_never_taken_for_one(
    tmp_path: Path, recorded: tuple[Outside, RecordedServer], answer: Answer, became: Silent | Rejected
) -> None:
    outside, server = recorded
    helpdesk = helpdesk_of(settings_of(tmp_path, outside.table(tmp_path)))
    filing = Filing(new_op(), "T1", "network", Priority.P2, "T1", HOSTILE)
    server.refused = answer
    assert helpdesk.create(filing, again=False) == became
    server.refused = None
    server.instead = HTML if answer.status in (200, 422) else answer  # an empty list is a good answer to a search
    unread = helpdesk.create(filing, again=True)
    assert isinstance(unread, Silent)
    assert unread.sure, "who cannot look does nothing"
    assert not isinstance(helpdesk.changed_since(None), tuple)
    server.instead = None
    assert isinstance(helpdesk.create(filing, again=True), Filed)
    assert len(outside.made(filing.op)) == 1


def test_a_server_that_wants_to_be_left_alone_is_asked_nothing_until_then(
    tmp_path: Path, recorded: tuple[Outside, RecordedServer]
) -> None:
    outside, server = recorded
    helpdesk = helpdesk_of(settings_of(tmp_path, outside.table(tmp_path)))
    filing = Filing(new_op(), "T1", "network", Priority.P2, "T1", HOSTILE)
    server.refused = Answer(429, {"error": "slow down"}, headers={"Retry-After": "600"})
    assert helpdesk.create(filing, again=False) == Silent("429", sure=True, wait=600)
    server.refused, asked = None, len(server.asked)
    for answer in (helpdesk.create(filing, again=True), helpdesk.changed_since(None)):
        assert isinstance(answer, Silent)
        assert (answer.why, answer.sure) == ("retry-after", True)
        assert 0 < answer.wait <= 600
    assert len(server.asked) == asked


@pytest.mark.parametrize(
    ("status", "said", "wait"),
    [
        (429, "60", 60),
        (503, "60", 60),
        (429, "Mon, 30 Nov 2026 10:01:00 GMT", 60),
        (429, "Mon, 30 Nov 2026 09:00:00 GMT", 0),
        (429, "9" * 400, LONGEST_RETRY_AFTER),
        (429, "soon", 0),
        (429, "-60", 0),
        (422, "60", 0),
    ],
)
def test_however_it_says_when_to_come_back_it_is_asked_then(
    tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest, status: int, said: str, wait: float
) -> None:
    settings, now = settings_of(tmp_path, OUTSIDE["zammad"](request).table(tmp_path)), [100.0]
    line = HelpdeskLine(settings, "api/v1", lambda: now[0])
    date = "Mon, 30 Nov 2026 10:00:00 GMT"
    zammad_server.instead = Answer(status, {}, headers={"Retry-After": said, "Date": date})
    answer = line.ask("GET", "tickets")
    assert isinstance(answer, Silent | Rejected)
    assert getattr(answer, "wait", 0) == wait
    zammad_server.instead = Answer(200, [])
    if wait:
        now[0] += wait - 1
        assert line.ask("GET", "tickets") == Silent("retry-after", sure=True, wait=1)
        now[0] += 1
    assert isinstance(line.ask("GET", "tickets"), Told)


def test_an_answer_of_a_server_that_does_not_know_its_zone_is_one(
    tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    helpdesk = helpdesk_of(settings_of(tmp_path, OUTSIDE["zammad"](request).table(tmp_path)))
    rows = [{"id": 1, FIELD: new_op(), "updated_at": "2026-11-30T09:59:00.000Z"}]
    zammad_server.instead = Answer(200, rows, headers={"Date": "Mon, 30 Nov 2026 10:00:00 -0000"})
    listed = helpdesk.changed_since(None)
    assert isinstance(listed, tuple)
    assert [(one.key, bool(one.stamp)) for one in listed] == [("1", True)]


class NoLists:
    """In the shape of a Request Tracker whose lists are something else."""

    def answer(self, asked: Asked) -> Answer:
        is_queue = "/queue/" in asked.path
        return Answer(200, {"TicketCustomFields": [{"name": "Kiosk operation"}]} if is_queue else {"count": 0})


def test_what_is_no_list_never_means_that_nothing_is_there(tmp_path: Path) -> None:
    with recorded_server(NoLists(), Clock(), tmp_path / "rt") as server:
        lines = {"token_file": f'"{secret_in(tmp_path, "1-14-token")}"'}
        helpdesk = helpdesk_of(settings_of(tmp_path, table_of("request-tracker", server, 0, None, lines)))
        unread = Silent("not a list", sure=True)
        assert helpdesk.create(Filing(new_op(), "T", "network", Priority.P2, "T", "x"), again=True) == unread
        assert helpdesk.change("1", Change(new_op(), "x"), again=True) == unread
        assert helpdesk.changed_since(None) == unread
        made = [one for one in server.asked if one.endswith(("/ticket", "/comment"))]
        assert made == []


def test_an_address_that_the_helpdesk_takes_for_none_keeps_no_report_from_arriving(
    world: World, tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    outside, shape = OUTSIDE["zammad"](request), zammad_server.shape
    assert isinstance(shape, ZammadShape)
    courier = courier_of(world, settings_of(tmp_path, outside.table(tmp_path)))
    one = visitor(world, contact=ContactTyped("zhang ming@校园 <x>"))
    assert [type(each) for each in carry(courier)] == [Filed]
    key = key_of(world, one.reference)
    assert (list(shape.tickets), shape.tickets[int(key)]["customer"]) == ([1], CUSTOMER)
    assert "zhang ming@校园 <x>" in outside.written(key)[1], "staff see what was typed"


def test_an_account_whose_token_ends_signs_in_again_and_nothing_is_made_twice(
    tmp_path: Path, glpi_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    outside = OUTSIDE["glpi"](request)
    helpdesk = helpdesk_of(settings_of(tmp_path, outside.table(tmp_path)))
    ops = [new_op(), new_op()]
    for op in ops:
        assert isinstance(helpdesk.create(Filing(op, "T", "network", Priority.P2, "T", "x"), again=False), Filed)
        glpi_server.clock.ahead += LIFETIME
    assert [len(outside.made(op)) for op in ops] == [1, 1]
    assert glpi_server.asked.count("POST /api.php/token") == 2


def test_without_the_attribute_for_the_mark_nothing_is_repeated(
    tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    outside, shape = OUTSIDE["zammad"](request), zammad_server.shape
    assert isinstance(shape, ZammadShape)
    shape.fields = ()
    helpdesk = helpdesk_of(settings_of(tmp_path, outside.table(tmp_path)))
    filing = Filing(new_op(), "T", "network", Priority.P2, "T", "x")
    assert isinstance(helpdesk.create(filing, again=False), Filed)
    assert helpdesk.create(filing, again=True) == Silent("mark cannot be searched", sure=True)
    assert len(shape.tickets) == 1


def test_a_solution_is_read_where_its_time_is_told_and_what_is_private_never(
    tmp_path: Path, glpi_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    outside, shape = OUTSIDE["glpi"](request), glpi_server.shape
    assert isinstance(shape, GlpiShape)
    helpdesk = helpdesk_of(settings_of(tmp_path, outside.table(tmp_path)))
    made = helpdesk.create(Filing(new_op(), "T", "network", Priority.P2, "T", "x"), again=False)
    assert isinstance(made, Filed)
    shape.said(int(made.key), {"content": "<p>换了 AP</p>"}, "Solution")
    shape.said(int(made.key), {"content": "<p>同一秒</p>", "is_private": False})
    shape.said(int(made.key), {"content": "no time"}, "Solution", dated=False)
    shape.said(int(made.key), {"content": "private", "is_private": True})
    shape.said(int(made.key), {"content": "todo"}, "Task")
    early = helpdesk.read(made.key, 0)
    assert isinstance(early, RemoteTicket)
    outside.later()
    read = helpdesk.read(made.key, 0)
    assert isinstance(read, RemoteTicket)
    assert [one.text for one in read.remarks] == ["换了 AP", "同一秒"]
    again = helpdesk.read(made.key, read.remarks[-1].number)
    assert isinstance(again, RemoteTicket)
    assert again.remarks == ()


def test_whoever_disowned_a_report_is_written_to_no_more_at_zammad(
    world: World, tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest
) -> None:
    outside, shape = OUTSIDE["zammad"](request), zammad_server.shape
    assert isinstance(shape, ZammadShape)
    courier = courier_of(world, settings_of(tmp_path, outside.table(tmp_path)))
    one = visitor(world, contact=ContactOnFile())
    carry(courier)
    ticket = shape.tickets[int(key_of(world, one.reference))]
    assert ticket["customer"] == "zhang.ming@yunlu.example"
    one.does(Act.DISOWN)
    assert [type(each) for each in carry(courier)] == [Done]
    assert ticket["customer"] == CUSTOMER


@pytest.mark.parametrize(
    ("kind", "change", "named"),
    [
        ("zammad", ("", ""), ""),
        ("zammad", ('default = "Helpdesk"', 'default = "Nowhere"'), "helpdesk.queues.default"),
        ("zammad", ('network = "Network"', 'network = "Elsewhere"'), "helpdesk.queues.network"),
        ("zammad", ('network = "Network"', 'networks = "Network"'), "helpdesk.queues.networks"),
        ("zammad", ("[helpdesk.queues]", '[helpdesk.states]\nnew = "fresh"\n[helpdesk.queues]'), "helpdesk.states.new"),
        (
            "zammad",
            ("[helpdesk.queues]", '[helpdesk.priorities]\nP0 = "4 disaster"\n[helpdesk.queues]'),
            "helpdesk.priorities.P0",
        ),
        ("zammad", ("kiosk@campus.test", "nobody@campus.test"), "helpdesk.customer"),
        ("glpi", ("", ""), ""),
        ("glpi", ('network = "2"', 'network = "4"'), "helpdesk.queues.network"),
        ("glpi", ('user = "hub"', 'user = "hob"'), "helpdesk.user"),
    ],
)
def test_the_check_of_the_others_names_file_and_line_too(
    world: World,
    tmp_path: Path,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    kind: str,
    change: tuple[str, str],
    named: str,
) -> None:
    assert world.store.engine.url.database == str(tmp_path / "hub.db")
    file = tmp_path / "hub.toml"
    file.write_text(OUTSIDE[kind](request).table(tmp_path).replace(*change), encoding="utf-8")
    status = main(["check", "--config", str(file), "--data", str(tmp_path)])
    bad = [text for text in capsys.readouterr().err.splitlines() if text.startswith(("BAD", "不行"))]
    assert (status, len(bad)) == ((1, 1) if named else (0, 0)), bad
    for text in bad:
        line = int(text.split(": ")[0].rpartition(":")[2])
        assert f"{named}: " in text
        assert (
            change[1].splitlines()[-1 if len(change[1].splitlines()) == 1 else 1]
            in file.read_text(encoding="utf-8").splitlines()[line - 1]
        )


def test_the_check_tells_of_an_attribute_for_the_mark_that_is_missing(
    tmp_path: Path, zammad_server: RecordedServer, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    outside, shape = OUTSIDE["zammad"](request), zammad_server.shape
    assert isinstance(shape, ZammadShape)
    shape.fields = ()
    file = tmp_path / "hub.toml"
    table = outside.table(tmp_path)
    file.write_text(table, encoding="utf-8")
    filing = Filing(new_op(), "T", "network", Priority.P2, "T", "x")
    assert isinstance(helpdesk_of(settings_of(tmp_path, table)).create(filing, again=False), Filed)
    assert main(["check", "--config", str(file)]) == 1
    assert "helpdesk.operation_field: " in capsys.readouterr().err
