"""A campus is taken whole or not at all, and whoever wrote it is told which file is wrong and how."""

import shutil
from pathlib import Path

import pytest

from kiosk.hub.builtin.campus_folder import BadCampus, CampusFolder, keep_campus, read_campus
from kiosk.hub.builtin.sample import sample_folder
from kiosk.hub.services.book import read_book
from tests.hub.conftest import World


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("campus.toml", "catalogue.toml", "places.toml", "cards.toml", "accounts.toml"):
        shutil.copy(sample_folder() / name, tmp_path / name)
    return tmp_path


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text()
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1))


def test_a_campus_takes_the_place_of_the_one_before(world: World, folder: Path) -> None:
    spoil(folder, "campus.toml", "云麓大学", "另一所大学")
    campus = read_campus(folder)
    assert isinstance(campus, CampusFolder)
    with world.store.write() as db:
        keep_campus(db, campus)
    with world.store.read() as db:
        assert read_book(db).name.zh == "另一所大学"


def test_a_campus_needs_neither_cards_nor_a_directory(folder: Path) -> None:
    (folder / "cards.toml").unlink()
    (folder / "accounts.toml").unlink()
    campus = read_campus(folder)
    assert isinstance(campus, CampusFolder)
    assert (campus.book.cards, campus.directory) == (None, None)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("campus.toml", "[desk]", "[desk", "at line"),
        ("campus.toml", '"Asia/Shanghai"', '"Asia/Nowhere"', "zone"),
        ("campus.toml", '"[0-9]{11}|T[0-9]{7}"', '"[0-9"', "number_pattern"),
        ("campus.toml", '"15min"', '"soon"', "targets.P0"),
        ("campus.toml", "P3 = {", "P9 = {", "P3"),
        ("campus.toml", 'opens = "08:00"', 'opens = "8 o\'clock"', "desk.hours"),
        ("campus.toml", 'building = "library"', 'building = "moon"', "moon"),
        ("campus.toml", 'code = "B03"', 'code = "A12"', "A12"),
        ("catalogue.toml", 'lead = "desk-head"', 'lead = "desk-haed"', "desk-haed"),
        ("campus.toml", 'mark = "云"', 'mark = "云"\nsurprise = 1', "surprise"),
        ("catalogue.toml", 'identity = "none"', "identity = 7", "identity"),
        ("cards.toml", "months = 6", 'months = "six"', "months"),
        ("accounts.toml", "locked_after = 8", 'locked_after = "8"', "locked_after"),
    ],
)
def test_what_is_wrong_is_told_with_its_file(folder: Path, name: str, old: str, new: str, said: str) -> None:
    spoil(folder, name, old, new)
    found = read_campus(folder)
    assert isinstance(found, BadCampus)
    assert (found.file, said in found.reason) == (name, True), found


@pytest.mark.parametrize("name", ["campus.toml", "catalogue.toml", "places.toml"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    assert read_campus(folder) == BadCampus(name, "is missing")
