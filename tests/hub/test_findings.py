"""The card office ticks found cards off: owner and loss page hear of it, once, and a history keeps it."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.hub.cli import main
from kiosk.hub.services.findings import FindingLine, Tick, list_findings, tick
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import CardFinding, Message
from tests.hub.conftest import World
from tests.hub.test_lost_cards import PERSON, Desk
from tests.real.plain_kiosk import new_op


class Office:
    """A desk, and the card office behind it."""

    def __init__(self, world: World) -> None:
        self.world, self.desk = world, Desk(world)

    def tick(self, what: Tick, place: str = "", op: str = "") -> str:
        """The code of a refusal, else ''."""
        world = self.world
        world.move(minutes=1)
        with world.store.write() as db:
            asked = (op or self.newest(), what, place)
            done = tick(db, world.book, world.cards, world.house.notices, asked, world.now)
        return done.code if isinstance(done, No) else ""

    def newest(self) -> str:
        with self.world.store.read() as db:
            return str(db.scalar(select(CardFinding.op).order_by(CardFinding.received_at.desc()).limit(1)))

    def listed(self, *, closed: bool = False) -> tuple[FindingLine, ...]:
        with self.world.store.read() as db:
            return list_findings(db, self.world.book, closed=closed)

    def told(self) -> list[tuple[str, str]]:
        """What the owner heard about the finding on the phone, oldest first."""
        kinds = ("card_found", "card_arrived", "card_not_handed_in")
        with self.world.store.read() as db:
            wanted = select(Message).where(
                Message.person == PERSON, Message.channel == "phone", Message.kind.in_(kinds)
            )
            return [(message.kind, message.text) for message in db.scalars(wanted.order_by(Message.id))]


@pytest.fixture
def office(world: World) -> Office:
    office = Office(world)
    office.desk.lose()
    office.desk.find(place="it-desk")
    return office


def what_of(line: FindingLine) -> list[str]:
    return [step.what for step in line.history]


def test_a_card_that_arrived_is_said_to_be_there_to_its_owner_and_on_the_loss_page(office: Office) -> None:
    assert (found := office.desk.state().found) is not None
    assert not found.arrived
    assert not office.tick(Tick.ARRIVED, "card-office")
    assert (found := office.desk.state().found) is not None
    assert (found.place, found.arrived) == ("card-office", True)
    kinds = [kind for kind, _ in office.told()]
    assert kinds == ["card_found", "card_arrived"]
    assert "卡务中心" in office.told()[-1][1]


def test_saying_it_again_tells_nobody_again(office: Office) -> None:
    for _ in range(3):
        assert not office.tick(Tick.ARRIVED)
    assert [kind for kind, _ in office.told()] == ["card_found", "card_arrived"]
    assert what_of(office.listed()[0]) == ["said", "arrived"]


def test_a_card_that_moved_on_is_said_to_be_where_it_is_now(office: Office) -> None:
    office.tick(Tick.ARRIVED)
    office.tick(Tick.ARRIVED, "card-office")
    assert (found := office.desk.state().found) is not None
    assert found.place == "card-office"
    assert [step.place for step in office.listed()[0].history] == ["it-desk", "it-desk", "card-office"]


def test_a_card_nobody_brought_is_no_reason_to_go_there_or_not_to_order_a_new_one(office: Office) -> None:
    assert not office.tick(Tick.MISSING)
    assert office.desk.state().found is None
    assert office.told()[-1][0] == "card_not_handed_in"
    assert "图书馆" in office.told()[-1][1]


def test_a_collected_card_is_over_for_everybody(office: Office) -> None:
    office.tick(Tick.ARRIVED)
    assert not office.tick(Tick.COLLECTED)
    assert office.desk.state().found is None
    assert office.listed() == ()
    assert what_of(office.listed(closed=True)[0]) == ["said", "arrived", "collected"]
    assert [office.tick(what) for what in Tick] == ["", "over", "over"], "saying what is known changes nothing"
    assert what_of(office.listed(closed=True)[0]) == ["said", "arrived", "collected"]


def test_whoever_uses_the_card_again_ends_the_finding_in_its_history_too(office: Office) -> None:
    office.desk.cancel(new_op())
    (line,) = office.listed(closed=True)
    assert (line.open, what_of(line)) == (False, ["said", "restored"])


def test_what_does_not_exist_is_refused_and_changes_nothing(office: Office) -> None:
    assert office.tick(Tick.ARRIVED, "the-moon") == "unknown_place"
    assert office.tick(Tick.ARRIVED, op=new_op()) == "unknown"
    assert what_of(office.listed()[0]) == ["said"]


def test_a_card_that_nobody_knows_is_ticked_off_without_an_owner(office: Office) -> None:
    office.world.move(minutes=1)
    office.desk.find("DEADBEEF", "card-office")
    before = office.told()
    assert not office.tick(Tick.ARRIVED)
    assert not office.tick(Tick.MISSING)
    assert office.told() == before
    (line,) = [line for line in office.listed(closed=True) if line.card == "DEADBEEF"]
    assert what_of(line) == ["said", "arrived", "missing"]


@pytest.mark.usefixtures("office")
def test_the_command_lists_and_ticks_off(
    database_url: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def run(*arguments: str) -> tuple[int, list[dict[str, Any]], str]:
        status = main(["finding", *arguments, "--data", str(tmp_path), "--config", str(config)])
        out, err = capsys.readouterr()
        return status, json.loads(out) if out else [], err

    config = tmp_path / "hub.toml"
    config.write_text(f'database_url = "{database_url}"\n')
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    _, (line,), _ = run("list")
    assert (line["place"], line["open"], line["person"]) == ("it-desk", True, PERSON)
    status, _, words = run("tick", new_op(), "arrived")
    assert (status, words) == (1, "没有这个编号。用 finding list 查。\n")
    assert run("tick", line["id"], "arrived", "--place", "card-office")[0] == 0
    assert run("tick", line["id"], "collected")[0] == 0
    assert run("list")[1] == []
    _, (line,), _ = run("list", "--closed")
    assert [(step["what"], step["place"]) for step in line["history"]] == [
        ("said", "it-desk"),
        ("arrived", "card-office"),
        ("collected", "card-office"),
    ]
    status, _, words = run("tick", line["id"], "missing")
    assert (status, words) == (1, "这张卡的事已经结束，没有再改动。\n")
