"""The nightly list of people: once a night, whole or not at all, and the admins hear what became of it."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.roles import Role
from kiosk.hub.builtin.newcomers import take_over
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.cli import main
from kiosk.hub.config import ConfigError, load
from kiosk.hub.nightly import SETTLED, WAIT, NightlyPeople
from kiosk.hub.people_settings import PeopleSettings
from kiosk.hub.services.people_file import Listed
from kiosk.hub.services.people_import import Plan
from kiosk.hub.store.night_tables import PeopleNight
from kiosk.hub.store.tables import Person
from tests.hub.conftest import World
from tests.hub.test_approvals import messages
from tests.hub.test_people_import import everybody

#: 03:00 in Shanghai is 19:00 UTC of the day before.
TONIGHT = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)
HEAD = "number,name,latin_name,role,department,phone,email,language,valid_until\n"


@dataclass
class Nights:
    world: World
    folder: Path
    job: NightlyPeople

    def put(self, people: Sequence[Listed], name: str = "people.csv", *, age: timedelta = SETTLED) -> None:
        """A list that was written ``age`` ago."""
        columns = HEAD.strip().split(",")[:-1]
        rows = (",".join(str(getattr(one, column)) for column in columns) + "," for one in people)
        self.write(HEAD + "\n".join(rows) + "\n", name, age=age)

    def write(self, text: str, name: str = "people.csv", *, age: timedelta = SETTLED) -> None:
        file = self.folder / name
        file.write_text(text, encoding="utf-8")
        at = (self.world.now - age).timestamp()
        os.utime(file, (at, at))

    def at(self, moment: datetime) -> list[str]:
        """What the nights until then came to."""
        self.world.now = moment
        self.job.sweep()
        with self.world.store.read() as db:
            return list(db.scalars(select(PeopleNight.outcome).order_by(PeopleNight.night)))

    def numbers(self) -> set[str]:
        with self.world.store.read() as db:
            rows = db.scalars(select(Person)).all()
        return {row.number for row in rows if row.valid_until is None or row.valid_until > self.world.now}


@pytest.fixture
def nights(world: World, tmp_path: Path) -> Nights:
    folder = tmp_path / "lists"
    folder.mkdir()
    job = NightlyPeople(world.store, BuiltinNotices(world.clock), world.clock, PeopleSettings(folder))
    found = Nights(world, folder, job)
    assert found.at(world.now) == ["none"], "the night that is over already had no list"
    return found


def admins(world: World) -> set[str]:
    with world.store.read() as db:
        return set(db.scalars(select(Person.id).where(Person.role == Role.ADMIN.value)))


def told(world: World, kind: str) -> list[str]:
    """Each admin's copy."""
    found = messages(world, kind)
    assert {person for person, _, _ in found} <= admins(world)
    return [text for _, _, text in found]


def test_a_list_is_taken_at_its_time_and_once(nights: Nights) -> None:
    world, people = nights.world, everybody(nights.world)
    nights.put(people[1:])
    assert nights.at(TONIGHT - timedelta(seconds=1)) == ["none"]
    assert people[0].number in nights.numbers()
    assert nights.at(TONIGHT) == ["none", "taken"]
    assert nights.numbers() == {one.number for one in people[1:]}
    texts = told(world, "people_taken")
    assert len(texts) == len(admins(world))
    assert "离开 1 人" in texts[0]
    nights.put(people, "later.csv", age=timedelta())
    assert nights.at(TONIGHT + timedelta(hours=3)) == ["none", "taken"], "the next one is for the next night"
    assert nights.at(TONIGHT + timedelta(days=1)) == ["none", "taken", "taken"]
    assert people[0].number in nights.numbers()


def test_a_bad_file_changes_nobody_and_is_named_with_its_line(nights: Nights) -> None:
    before = nights.numbers()
    nights.write("number,name\n20230114287,x\n", "broken.csv")
    assert nights.at(TONIGHT)[-1] == "refused"
    assert nights.numbers() == before
    assert "broken.csv:1：" in told(nights.world, "people_refused")[0]


def test_a_list_cut_short_ends_nobody(nights: Nights) -> None:
    before, people = nights.numbers(), everybody(nights.world)
    nights.put([one for one in people if one.role is Role.ADMIN])
    assert nights.at(TONIGHT)[-1] == "refused"
    assert nights.numbers() == before
    assert "--ending" in told(nights.world, "people_refused")[0]


def test_a_list_that_comes_late_or_is_still_being_written_is_waited_for(nights: Nights) -> None:
    people = everybody(nights.world)
    assert nights.at(TONIGHT) == ["none"]
    nights.put(people[1:], age=timedelta(seconds=1))
    assert nights.at(TONIGHT + timedelta(seconds=30)) == ["none"]
    assert nights.at(TONIGHT + timedelta(minutes=2)) == ["none", "taken"]


@pytest.mark.parametrize("folder", ["there", "gone", "a file"])
def test_that_no_list_comes_is_told_once_and_ends_nobody(nights: Nights, folder: str) -> None:
    world, before = nights.world, nights.numbers()
    told_before = len(told(world, "people_no_list"))
    assert told_before == len(admins(world)), "of the night before"
    if folder != "there":
        nights.folder.rmdir()
    if folder == "a file":
        nights.folder.write_text("no folder")
    for night in range(3):
        nights.at(TONIGHT + timedelta(days=night) + WAIT)
    assert nights.at(world.now) == ["none"] * 4
    assert nights.numbers() == before
    assert len(told(world, "people_no_list")) == told_before


def test_the_same_list_is_not_taken_twice(nights: Nights) -> None:
    nights.put(everybody(nights.world)[1:])
    assert nights.at(TONIGHT)[-1] == "taken"
    assert nights.at(TONIGHT + timedelta(days=1) + WAIT)[-1] == "none"
    assert len(told(nights.world, "people_no_list")) == 2 * len(admins(nights.world))


def test_a_night_the_hub_slept_through_is_made_up_for(nights: Nights) -> None:
    nights.put(everybody(nights.world)[1:])
    assert nights.at(TONIGHT + timedelta(hours=9)) == ["none", "taken"]
    assert nights.at(TONIGHT + timedelta(days=1)) == ["none", "taken"], "and the next comes at its time"


def test_two_hubs_beside_each_other_take_it_once(nights: Nights) -> None:
    world = nights.world
    second = NightlyPeople(world.store, BuiltinNotices(world.clock), world.clock, nights.job.settings)
    nights.put(everybody(world)[1:])
    world.now = TONIGHT
    second.sweep()
    assert nights.at(TONIGHT) == ["none", "taken"]
    assert len(told(world, "people_taken")) == len(admins(world))


def test_what_breaks_in_between_leaves_everybody_as_they_were(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    before = nights.numbers()

    def half(db: Session, made: Plan, now: datetime) -> None:
        take_over(db, made, now)
        raise ZeroDivisionError

    monkeypatch.setattr("kiosk.hub.nightly.take_over", half)
    nights.put(everybody(nights.world)[1:])
    assert nights.at(TONIGHT) == ["none", "failed"]
    assert nights.numbers() == before
    assert told(nights.world, "people_failed")


def test_nothing_of_a_person_stands_in_what_admins_are_sent(nights: Nights) -> None:
    people = everybody(nights.world)
    nights.put([*people[1:], people[1]])
    nights.at(TONIGHT)
    (text, *_) = told(nights.world, "people_taken")
    assert people[0].number not in text
    assert people[1].number not in text


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("people = 3\n", "people"),
        ("[people]\nat = '03:00'\n", "people.folder"),
        ("[people]\nfolder = 'lists'\nat = '25:00'\n", "people.at"),
        ("[people]\nfolder = 'lists'\nat = 3\n", "people.at"),
        ("[people]\nfolder = 'lists'\nfile = 'x'\n", "people.file"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, key: str) -> None:
    file = tmp_path / "hub.toml"
    file.write_text(text)
    with pytest.raises(ConfigError, match=rf"hub\.toml:[0-9]+: {key}: "):
        load(file)


def test_check_says_whether_the_folder_can_be_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "hub.toml"
    file.write_text("[people]\nfolder = 'lists'\n")
    assert main(["check", "--config", str(file)]) == 1
    assert str(tmp_path / "lists") in capsys.readouterr().err
    (tmp_path / "lists").mkdir()
    assert main(["check", "--config", str(file)]) == 0
