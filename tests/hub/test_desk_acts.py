"""The desk's command: it shows a ticket, changes it whole or not at all, and the requester is told where they said."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.cli import main
from kiosk.hub.services.around import Around
from kiosk.hub.services.desk_acts import DeskAct, do
from kiosk.hub.store.tables import Message, Ticket
from kiosk.wire.tickets import Contact, ContactOnFile, ContactTyped, LookAtKiosk
from tests.hub.conftest import PUBLIC_URL, World
from tests.hub.test_approvals import messages
from tests.hub.test_tickets import ZHANG, send
from tests.real.plain_kiosk import card

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(world: World, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """A hub command on the world's database."""
    config = tmp_path / "hub.toml"
    config.write_text(f'database_url = "{database_url}"\n')
    assert world.store

    def command(name: str, *arguments: str) -> tuple[int, str, str]:
        capsys.readouterr()
        status = main([name, "--config", str(config), "--data", str(tmp_path), *arguments])
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


def a_ticket(world: World, contact: Contact, **changed: str) -> str:
    kiosk = world.new_kiosk()
    return send(world, kiosk, kiosk.report(claim=card(ZHANG), contact=contact, **changed)).reference


@pytest.mark.parametrize(
    ("contact", "addresses"),
    [
        (ContactOnFile(), ["138••••5521", "z•••••@yunlu.example"]),
        (ContactTyped("139 2222 3344"), ["139••••3344"]),
        (ContactTyped("lost@example.org"), ["l•••••@example.org"]),
        (LookAtKiosk(), []),
    ],
)
def test_an_answer_is_told_where_the_person_said_and_not_what_it_says(
    world: World, contact: Contact, addresses: list[str]
) -> None:
    reference = a_ticket(world, contact)
    around = Around(world.book, BuiltinNotices(world.clock), PUBLIC_URL)
    with world.store.write() as db:
        act = DeskAct(state=TicketState.IN_PROGRESS, answer="CANARY")
        assert do(db, around, db.get_one(Ticket, reference), act, world.now) is None
    with world.store.read() as db:
        rows = db.scalars(select(Message).where(Message.kind == "ticket_answered").order_by(Message.id)).all()
    assert [row.address for row in rows] == addresses
    assert all(reference in row.text and "CANARY" not in row.text for row in rows)


def test_the_command_shows_a_ticket_with_whoever_answers_for_it(world: World, run: Run) -> None:
    reference = a_ticket(world, ContactOnFile(), service="complaint", symptom="manner", subject="network")
    status, shown, _ = run("ticket", reference)
    ticket = json.loads(shown)
    assert status == 0
    assert (ticket["reference"], ticket["type"], ticket["team"]) == (reference, "complaint", "network-head")
    assert ticket["assignee"] == ticket["lead"] == "T2013744"
    assert ticket["on_call"] == "T2019967"


def test_the_command_changes_all_it_is_asked_or_nothing(world: World, run: Run) -> None:
    reference = a_ticket(world, ContactOnFile())
    status, _, said = run("ticket", reference, "--assign", "T2013744", "--state", "closed")
    assert (status, "closed" in said) == (1, True)
    with world.store.read() as db:
        assert db.get_one(Ticket, reference).assignee is None
    assert run("ticket", reference, "--assign", "T2013744", "--state", "in_progress")[0] == 0
    with world.store.read() as db:
        row = db.get_one(Ticket, reference)
        assert (row.assignee, row.state) == ("feng-gang", "in_progress")
    assert run("ticket", reference, "--assign", "20999999999")[0] == 1
    assert run("ticket", "A12-9999-X")[0] == 1


def test_the_command_writes_down_a_decision_and_confirms_an_outage(world: World, run: Run) -> None:
    reference = a_ticket(world, ContactOnFile(), service="access", symptom="mailbox")
    assert run("ticket", reference, "--decision", "declined", "--answer", "已有邮箱")[0] == 0
    assert run("ticket", reference, "--decision", "approved")[0] == 1
    assert len(messages(world, "request_declined")) == 2
    outage = a_ticket(world, ContactOnFile(), impact="many")
    assert run("ticket", outage, "--confirm-p0")[0] == 0
    status, shown, _ = run("ticket", outage)
    assert (status, json.loads(shown)["priority"]) == (0, "P0")
    assert run("ticket", outage, "--confirm-p0")[0] == 1


def test_monitoring_has_a_command_of_its_own(world: World, run: Run) -> None:
    reference = a_ticket(world, ContactOnFile(), impact="many")
    status, shown, _ = run("alert", "--service", "network", "--building", "library")
    assert (status, json.loads(shown)) == (0, {"confirmed": [reference]})
    assert run("alert", "--service", "none-such")[0] == 1
