"""The record of acts: whatever is done to a line of it is found and named, and every command that changes something
leaves one."""

import logging
from argparse import ArgumentParser, _SubParsersAction
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection, delete, event, select, update

from kiosk.domain.language import Language
from kiosk.hub import cli, logs
from kiosk.hub.services import act_chain
from kiosk.hub.services.act_chain import Broken, Sound
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.staff_acts import COMMAND, KEPT, note_act, note_command
from kiosk.hub.store.staff_tables import ActChain, StaffAct
from kiosk.hub.store.tables import Person
from kiosk.wire.cards_told import FoundCard
from kiosk.words import Speaker, table
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.console_world import DONG, PASSWORD, Console, secret_in, token_in
from tests.real.plain_kiosk import card

LINES = 5


def noted(world: World, count: int = LINES) -> list[int]:
    """Ids of that many new lines."""
    for turn in range(count):
        with world.store.write() as db:
            note_act(db, "dong-mei", "sign_in", world.now, about=f"学号😀{turn}")
        world.move(seconds=1)
    with world.store.read() as db:
        return list(db.scalars(select(StaffAct.id).order_by(StaffAct.id)))


def verified(world: World, kept: str = "") -> Sound | Broken:
    with world.store.read() as db:
        return act_chain.verify(db, kept)


def test_a_record_that_nobody_touched_is_sound_and_keeps_its_earlier_ends(world: World) -> None:
    assert verified(world) == Sound(0, act_chain.GENESIS, None)
    begun = world.now
    noted(world, 2)
    earlier = verified(world)
    assert isinstance(earlier, Sound)
    noted(world, 3)
    later = verified(world, earlier.end)
    assert isinstance(later, Sound)
    assert (later.lines, later.since) == (LINES, begun)
    assert later.end != earlier.end
    assert verified(world, "f" * 64) == Broken("unknown_end")


COLUMNS = {
    "at": None,
    "by": "yu-hua",
    "what": "sign_out",
    "about": "",
    "why": "x",
    "before": "0" * 64,
    "digest": "f" * 64,
}


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", [0, 2, LINES - 1])
def test_a_line_that_was_altered_is_named(world: World, column: str, place: int) -> None:
    ids = noted(world)
    value = COLUMNS[column] or world.now
    if column == "before" and place == 0:
        value = "1" * 64
    with world.store.write() as db:
        db.execute(update(StaffAct).where(StaffAct.id == ids[place]).values({column: value}))
    found = verified(world)
    assert isinstance(found, Broken)
    assert (found.why, found.line) == ("gap" if column == "before" else "altered", ids[place])


@pytest.mark.parametrize("place", range(LINES))
def test_a_line_that_was_taken_out_is_missed(world: World, place: int) -> None:
    ids = noted(world)
    with world.store.write() as db:
        db.execute(delete(StaffAct).where(StaffAct.id == ids[place]))
    found = verified(world)
    assert isinstance(found, Broken)
    after = {LINES - 1: ("end", 0)}.get(place, ("gap", ids[min(place + 1, LINES - 1)]))
    assert (found.why, found.line) == after


def test_a_record_whose_ends_were_thrown_away_is_not_sound(world: World) -> None:
    noted(world)
    with world.store.write() as db:
        db.execute(delete(ActChain))
    assert verified(world) == Broken("end")


def test_a_line_that_was_moved_is_found(world: World) -> None:
    ids = noted(world)
    with world.store.write() as db:
        db.execute(update(StaffAct).where(StaffAct.id == ids[1]).values(id=ids[-1] + 7))
    moved = verified(world)
    assert isinstance(moved, Broken)
    assert (moved.why, moved.line) == ("gap", ids[2])


@pytest.mark.parametrize("at_the_end", [True, False])
def test_a_line_that_was_put_in_with_a_digest_that_fits_is_found(world: World, at_the_end: bool) -> None:
    ids, sound = noted(world), verified(world)
    assert isinstance(sound, Sound)
    before = sound.end if at_the_end else act_chain.GENESIS
    said = {"by": "yu-hua", "what": "sign_in", "about": "", "why": ""}
    digest = act_chain.digest_of(before, world.now, *said.values())
    line = ids[-1] + 7 if at_the_end else ids[0] - 1
    with world.store.write() as db:
        db.add(StaffAct(id=line, at=world.now, before=before, digest=digest, **said))
    found = verified(world)
    assert isinstance(found, Broken)
    assert (found.why, found.line) == (("end", 0) if at_the_end else ("gap", ids[0]))


def test_a_record_written_anew_as_a_whole_is_not_the_one_whose_end_was_kept(world: World) -> None:
    noted(world)
    kept = verified(world)
    assert isinstance(kept, Sound)
    with world.store.write() as db:
        db.execute(delete(StaffAct))
        db.execute(update(ActChain).values(begins=act_chain.GENESIS, ends=act_chain.GENESIS))
    noted(world)
    assert isinstance(verified(world), Sound)
    assert verified(world, kept.end) == Broken("unknown_end")


def test_what_is_older_than_a_year_goes_and_the_rest_stays_a_chain(world: World) -> None:
    noted(world, 3)
    world.move(days=KEPT.days, seconds=-1)
    noted(world, 1)
    found = verified(world)
    assert isinstance(found, Sound)
    assert found.lines == 2, "two are as old as that"
    assert found.since is not None
    assert world.now - found.since <= KEPT + timedelta(seconds=2)


def test_a_line_that_a_wrong_clock_dated_long_ago_takes_nothing_younger_with_it(world: World) -> None:
    noted(world, 2)
    world.move(days=-2 * KEPT.days)
    noted(world, 1)
    world.move(days=2 * KEPT.days)
    noted(world, 1)
    found = verified(world)
    assert isinstance(found, Sound)
    assert found.lines == 4


def test_a_record_that_grows_while_it_is_looked_at_is_sound(world: World) -> None:
    noted(world, 2)
    with world.store.read() as db:
        db.get_one(ActChain, act_chain.ROW)
        noted(world, 1)
        found = act_chain.verify(db)
    assert isinstance(found, Sound)
    assert found.lines == 2


def test_the_log_holds_the_digest_of_what_was_kept_and_of_nothing_that_was_undone(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logs.log.name)
    with suppress(RuntimeError), world.store.write() as db:
        note_act(db, "dong-mei", "sign_in", world.now)
        raise RuntimeError
    noted(world, 2)
    told = [vars(record)["ids"]["chain"] for record in caplog.records if record.msg == "staff"]
    with world.store.read() as db:
        assert told == list(db.scalars(select(StaffAct.digest).order_by(StaffAct.id)))


def test_whoever_adds_a_line_waits_for_nothing_else_until_the_transaction_ends(world: World) -> None:
    """Or two who sign in at once could wait for each other for ever."""
    console, holding, after = Console.of(world), set[int](), list[str]()

    def asked(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if "act_chain" in statement:
            holding.add(id(connection))
        elif id(connection) in holding and "staff_acts" not in statement:
            after.append(statement)

    def ended(connection: Connection) -> None:
        holding.discard(id(connection))

    event.listen(world.store.engine, "before_cursor_execute", asked)
    event.listen(world.store.engine, "commit", ended)
    browser = console.browser()
    browser.sign_in(console.person(DONG).number, PASSWORD, console.first_code(DONG), "/console/first")
    page = browser.get("/console/factor")
    secret = secret_in(page.text)
    browser.post("/console/factor", token_in(page), code=console.shown(secret))
    console.next_step()
    again = console.browser()
    assert again.sign_in(console.person(DONG).number, PASSWORD, console.shown(secret)).status_code == 303
    assert [act[1] for act in console.acts()] == ["code_made", "first_sign_in", "factor_set", "sign_in"]
    assert after == []


def test_two_acts_at_the_same_time_stand_one_after_the_other(world: World) -> None:
    def one(_: int) -> None:
        with world.store.write() as db:
            note_command(db, "alarm", world.now)

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(one, range(40)))
    found = verified(world)
    assert isinstance(found, Sound)
    assert found.lines == 40


# -- commands -----------------------------------------------------------------------------------------------------
#: Every command of the hub that changes something, with what it leaves in the record; and those that only read.
CHANGES = {
    "sample",
    "ticket",
    "alert",
    "enrol-code",
    "revoke",
    "helpdesk",
    "announce",
    "finding tick",
    "kb import",
    "campus import",
    "people import",
    "staff code",
    "staff forget",
}
READS = {"serve", "tickets", "kiosks", "kiosk-log", "check", "finding list", "staff list", "audit verify", "audit list"}
#: They do what a payer or a door of the campus does, who are not staff.
OTHERS = {"payment", "try-password"}


def named(parser: ArgumentParser, before: str = "") -> set[str]:
    found: set[str] = set()
    for action in parser._actions:
        if isinstance(action, _SubParsersAction):
            for name, command in action.choices.items():
                found |= named(command, f"{before} {name}".strip()) or {f"{before} {name}".strip()}
    return found


def test_every_command_says_whether_it_changes_something() -> None:
    every = {name for name in named(cli._parser(Speaker(Language.EN))) if not name.startswith("knowledge")}
    assert every == CHANGES | READS | OTHERS


def test_what_a_command_changes_stands_in_the_record_and_what_it_only_looks_at_does_not(
    request: pytest.FixtureRequest, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = tmp_path / "people.csv"
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        world.now = datetime.now(UTC)
        kiosk = world.new_kiosk()
        report = kiosk.report()
        found = FoundCard("zh", card("9F3A21C4"), "it-desk", kiosk.now())
        sealed = kiosk.seal(msgspec.json.encode(found), "", kind="found_card")
        for envelope in (kiosk.envelope(report), sealed):
            assert isinstance(world.take(kiosk, envelope), Answer)
        with world.store.read() as db:
            rows = [f"{each.number},{each.name},{each.role}" for each in db.scalars(select(Person))]
        people.write_text("\n".join(("number,name,role", *rows)), encoding="utf-8")

    def run(*arguments: str, status: int = 0) -> str:
        capsys.readouterr()
        assert cli.main([*arguments, "--data", str(tmp_path)]) == status, capsys.readouterr().err
        return capsys.readouterr().out

    finding = msgspec.json.decode(run("finding", "list"))[0]["id"]
    run("enrol-code", "--place", "teach2-1f")
    run("enrol-code", "--place", "nowhere", status=1)
    run("alert", "--service", "network")
    published = msgspec.json.decode(
        run("announce", "--service", "network", "--title", "一", "One", "--text", "二", "Two")
    )["id"]
    run("announce", "--withdraw", published)
    run("ticket", report.reference)
    run("ticket", report.reference, "--state", "in_progress")
    run("finding", "tick", finding, "arrived", "--place", "it-desk")
    run("revoke", kiosk.id)
    run("staff", "code", "T2017852")
    run("staff", "forget", "T2017852")
    run("people", "import", str(people), "--dry-run")
    run("people", "import", str(people))
    run("campus", "import", "assets/sample-campus")
    run("kb", "import", "assets/sample-campus/articles", "--dry-run")
    run("kb", "import", "assets/sample-campus/articles")
    lines = msgspec.json.decode(run("audit", "list"))
    assert [(line["what"], line["about"]) for line in lines] == [
        ("enrol_code_made", "teach2-1f"),
        ("alarm", "network"),
        ("announced", published),
        ("announcement_withdrawn", published),
        ("ticket_changed", report.reference),
        ("finding_arrived", finding),
        ("kiosk_revoked", kiosk.id),
        ("code_made", "dong-mei"),
        ("factor_forgotten", "dong-mei"),
        ("people_imported", ""),
        ("campus_imported", ""),
        ("articles_imported", ""),
    ]
    assert {line["by"] for line in lines} == {COMMAND}
    for language in Language:
        assert {f"what_{line['what']}" for line in lines} <= set(table(language, "acts"))
    told = msgspec.json.decode(run("audit", "verify"))
    assert told["lines"] == len(lines)
    run("audit", "verify", "--head", told["head"])
    with world_at(f"sqlite:///{tmp_path / 'hub.db'}", tmp_path) as world, world.store.write() as db:
        db.execute(update(StaffAct).where(StaffAct.what == "kiosk_revoked").values(about="another"))
    assert run("audit", "verify", status=1) == ""
