"""The helpdesk port: the hub's own tickets, a real Request Tracker, and Zammad and GLPI in recorded shape, which a
visitor cannot tell apart."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState
from kiosk.hub.campus_systems import helpdesk_of
from kiosk.hub.helpdesk_port import Change, Done, Filed, Filing, Helpdesk, Rejected, RemoteTicket, Silent
from kiosk.hub.services.helpdesk_outbox import LEASE, UNSURE_PAUSE
from kiosk.wire.tickets import ContactTyped
from tests.hub.conftest import World, sqlite_sample
from tests.hub.helpdesks import HELPDESKS, Campus, Outside, carry, courier_of, key_of, settings_of
from tests.patience import PATIENCE
from tests.real.fault_proxy import Fault, FaultProxy
from tests.real.helpdesk.beside import (
    HOSTILE,
    glpi_server,
    line,
    op_of,
    outside,
    port_of,
    visitor,
    world,
    zammad_server,
)
from tests.real.plain_kiosk import new_op
from tests.repository.tree import ROOT

__all__ = ["glpi_server", "line", "outside", "sqlite_sample", "world", "zammad_server"]

S = TicketState


@pytest.fixture(params=list(HELPDESKS))
def campus(request: pytest.FixtureRequest, world: World, tmp_path: Path) -> Campus:
    return HELPDESKS[request.param](world, tmp_path, request)


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


# -- whichever is outside ------------------------------------------------------------------------------------------


class Forgetful:
    """Planted: repeats without looking."""

    def __init__(self, helpdesk: Helpdesk) -> None:
        self._helpdesk = helpdesk
        self.read, self.changed_since = helpdesk.read, helpdesk.changed_since

    def create(self, filing: Filing, again: bool) -> Filed | Silent | Rejected:  # noqa: ARG002
        return self._helpdesk.create(filing, again=False)

    def change(self, key: str, change: Change, again: bool) -> Done | Silent | Rejected:  # noqa: ARG002
        return self._helpdesk.change(key, change, again=False)


@pytest.mark.parametrize(("forgets", "count"), [(False, 1), (True, 2)])
def test_an_answer_that_is_cut_never_makes_a_second_ticket_or_remark_and_a_planted_fault_does(
    world: World, tmp_path: Path, outside: Outside, line: FaultProxy, forgets: bool, count: int
) -> None:
    settings = settings_of(tmp_path, outside.table(tmp_path, port_of(line)))
    helpdesk = helpdesk_of(settings)
    courier = courier_of(world, settings, Forgetful(helpdesk) if forgets else helpdesk)
    assert courier.fetch(), "where one has to sign in, that is done"
    one = visitor(world)
    op = op_of(world, one.reference)
    line.fault = Fault.CUT_RESPONSE
    (lost,) = carry(courier)
    assert isinstance(lost, Silent)
    assert not lost.sure
    assert len(outside.made(op)) == 1, "it was made, and its answer was lost"
    line.fault = Fault.NONE
    world.now += UNSURE_PAUSE
    assert [type(each) for each in carry(courier)] == [Filed]
    assert len(outside.made(op)) == count
    one.does(Act.COMMENT, "还是不行")
    line.fault = Fault.CUT_RESPONSE
    carry(courier)
    line.fault = Fault.NONE
    world.now += UNSURE_PAUSE
    assert [type(each) for each in carry(courier)] == [Done]
    said = outside.from_hub(key_of(world, one.reference))
    assert len([text for text in said if "还是不行" in text]) == count


@pytest.mark.parametrize(("forgets", "count"), [(False, 1), (True, 2)])
def test_a_hub_killed_between_the_answer_and_its_commit_makes_one_ticket_and_a_planted_fault_two(
    world: World, tmp_path: Path, outside: Outside, forgets: bool, count: int
) -> None:
    settings = settings_of(tmp_path, outside.table(tmp_path))
    helpdesk = helpdesk_of(settings)
    courier = courier_of(world, settings, Forgetful(helpdesk) if forgets else helpdesk)
    one = visitor(world)
    op = op_of(world, one.reference)
    for point in ("answered",) if forgets else ("answered", "written"):
        url = world.store.engine.url.render_as_string(hide_password=False)
        line = [sys.executable, "-m", "tests.real.helpdesk.killed", url, str(tmp_path / "hub.toml")]
        ended = subprocess.run([*line, world.now.isoformat(), point], check=False, timeout=PATIENCE, cwd=ROOT)
        assert ended.returncode == -signal.SIGKILL
        assert len(outside.made(op)) == 1, "it is there"
        assert carry(courier) == [], "and here nobody knows; whoever took it may still be at it"
        world.now += LEASE
    assert [type(each) for each in carry(courier)] == [Filed]
    assert len(outside.made(op)) == count
    assert key_of(world, one.reference) in outside.made(op)


def test_a_line_that_is_not_what_it_should_be_is_told_and_nothing_is_lost(
    world: World, tmp_path: Path, outside: Outside, line: FaultProxy
) -> None:
    """One after the other: cut before the first byte, nobody there, a wrong authority, a wrong secret."""
    good = settings_of(tmp_path, outside.table(tmp_path))
    courier_of(world, good)
    one = visitor(world)
    line.fault = Fault.RESET
    ways = [
        (outside.table(tmp_path, port_of(line)), outside.signs_in),
        (outside.table(tmp_path, 9), True),
        (outside.table(tmp_path, ca=outside.other_ca), True),
        (outside.table(tmp_path, secret="1-14-wrong"), True),
    ]
    for table, sure in ways:
        courier = courier_of(world, settings_of(tmp_path, table))
        (answer,) = carry(courier)
        assert isinstance(answer, Silent)
        assert answer.sure is sure
        assert not courier.fetch()
        world.move(minutes=20)
    op = op_of(world, one.reference)
    assert outside.made(op) == []
    assert [type(each) for each in carry(courier_of(world, good))] == [Filed]
    assert len(outside.made(op)) == 1


def test_a_helpdesk_that_takes_half_a_minute_is_given_up_in_time_and_nothing_is_made_twice(
    world: World, tmp_path: Path, outside: Outside, line: FaultProxy
) -> None:
    settings = settings_of(tmp_path, outside.table(tmp_path, port_of(line)), answer_within=1.0)
    courier = courier_of(world, settings)
    one = visitor(world)
    line.fault = Fault.HANG_RESPONSE
    (answer,) = carry(courier)
    assert isinstance(answer, Silent)
    line.fault = Fault.NONE
    line.end_all()
    world.now += UNSURE_PAUSE
    patient = courier_of(world, settings_of(tmp_path, outside.table(tmp_path, port_of(line))))
    assert [type(each) for each in carry(patient)] == [Filed]
    assert len(outside.made(op_of(world, one.reference))) == 1


def test_a_state_that_is_sent_again_never_overwrites_what_staff_set_since(tmp_path: Path, outside: Outside) -> None:
    settings = settings_of(tmp_path, outside.table(tmp_path))
    helpdesk, states = helpdesk_of(settings), settings.mapping.states
    made = helpdesk.create(Filing(new_op(), "T1", "network", Priority.P2, "T1", "x"), again=False)
    assert isinstance(made, Filed)
    status, priority = outside.stands(made.key)
    step = Change(new_op(), "", S.IN_PROGRESS, Priority.P1, was_status=status, was_priority=priority)
    wanted = (states[S.IN_PROGRESS], str(settings.mapping.priorities[Priority.P1]))
    assert isinstance(helpdesk.change(made.key, step, again=True), Done)
    assert outside.stands(made.key) == wanted, "it had never arrived"
    outside.put(made.key, states[S.RESOLVED])
    assert isinstance(helpdesk.change(made.key, step, again=True), Done)
    assert outside.stands(made.key)[0] == states[S.RESOLVED]
    assert isinstance(helpdesk.change(made.key, step, again=False), Done)
    assert outside.stands(made.key) == wanted, "and planted: without a look it does"


@pytest.mark.timeout(600)
def test_a_hundred_requests_from_ten_threads_are_each_answered_for_what_they_asked(
    tmp_path: Path, outside: Outside
) -> None:
    """Each thread: a ticket, a remark, a state, which is looked at, the ticket with its history, a list: ten requests
    with the search before a repetition."""
    settings = settings_of(tmp_path, outside.table(tmp_path))
    helpdesk = helpdesk_of(settings)

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
        assert read.status == settings.mapping.states[S.IN_PROGRESS]
        assert isinstance(helpdesk.changed_since(None), tuple)
        return op, made.key

    with ThreadPoolExecutor(10) as threads:
        made = list(threads.map(one, range(10)))
    assert len({key for _, key in made}) == 10
    for number, (op, key) in enumerate(made):
        assert outside.made(op) == [key]
        subject, _, said = outside.written(key)
        assert subject == f"[T{number}] {HOSTILE}"
        assert f"{number} {HOSTILE}" in said
