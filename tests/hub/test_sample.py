"""The sample campus is whole: both languages, icons that exist, people of every kind."""

import json
import re
from importlib.metadata import files

import pytest

from kiosk.domain.campus import Text
from kiosk.domain.priority import DEFAULT_TARGETS, Priority, Urgency
from kiosk.domain.references import is_kiosk_code
from kiosk.domain.tickets import IdentityLevel, TicketType
from kiosk.hub.builtin.sample import load_sample, sample_book, sample_people
from kiosk.hub.services.pin_rules import is_guessable
from kiosk.hub.store.tables import Card, Person, Pin
from tests.hub.conftest import World

BOOK, PEOPLE = sample_book(), sample_people()


def test_there_are_people_of_every_kind() -> None:
    assert len(PEOPLE) >= 30
    assert {person.role for person in PEOPLE} == {"student", "teacher", "staff", "engineer", "admin"}
    assert any(not person.pin for person in PEOPLE)
    assert any(person.pin and is_guessable(person.pin, person.number) for person in PEOPLE)
    assert any(person.phone.startswith("+") for person in PEOPLE)
    assert any(not person.phone for person in PEOPLE)
    assert {len(uid) for person in PEOPLE for uid in person.cards} == {8, 14}


def test_numbers_cards_and_ids_are_unique_and_of_their_form() -> None:
    for values in ([p.id for p in PEOPLE], [p.number for p in PEOPLE], [uid for p in PEOPLE for uid in p.cards]):
        assert len(values) == len(set(values))
    assert all(re.fullmatch(BOOK.number_pattern, person.number) for person in PEOPLE)
    assert {len(person.number) for person in PEOPLE} == set(BOOK.number_lengths)
    assert all(re.fullmatch(r"[0-9A-F]+", uid) for person in PEOPLE for uid in person.cards)


def test_the_catalogue_is_two_rows_of_four_with_four_answers_each() -> None:
    listed = [entry for entry in BOOK.services if entry.listed]
    assert len(listed) == 8
    chosen_from = [entry for entry in BOOK.services if entry.id != BOOK.callback[0]]
    assert all(len(entry.symptoms) == 4 and len(entry.phrases) == 3 for entry in chosen_from)
    assert {entry.type for entry in listed[:4]} == {TicketType.INCIDENT}
    for entry in BOOK.services:
        assert entry.type in list(TicketType)
        assert entry.identity in list(IdentityLevel)
        assert entry.urgency in list(Urgency)


def test_whoever_wants_to_be_rung_up_needs_no_proof_and_finds_an_entry() -> None:
    entry = BOOK.entry(BOOK.callback[0])
    assert entry is not None
    assert (entry.identity, entry.listed) == ("none", False)
    assert BOOK.callback[1] in {symptom.id for symptom in entry.symptoms}


def test_every_icon_exists() -> None:
    charmap = next(file for file in files("QtAwesome") or [] if "phosphor-charmap" in file.name)
    known = json.loads(charmap.read_text())
    for entry in BOOK.services:
        for icon in (entry.icon, *(symptom.icon for symptom in entry.symptoms)):
            assert f"{icon}-bold" in known, icon


def test_places_have_initials_and_kiosks_stand_in_them() -> None:
    assert len(BOOK.places) >= 18
    assert all(re.fullmatch("[A-Z]", place.initial) for place in BOOK.places)
    assert [standing.code for standing in BOOK.kiosks] == ["A12", "B03", "C01"]
    for standing in BOOK.kiosks:
        place = BOOK.place(standing.building)
        assert place is not None
        assert standing.floor in place.floors
        assert is_kiosk_code(standing.code)


@pytest.mark.parametrize("priority", list(Priority))
def test_target_times_are_the_shipped_ones(priority: Priority) -> None:
    assert BOOK.target(priority) == DEFAULT_TARGETS[priority]


def test_every_text_is_there_in_both_languages() -> None:
    texts = list(_texts(BOOK))
    assert len(texts) > 100
    assert all(text.zh.strip() and text.en.strip() for text in texts)
    assert all(text.en.isascii() for text in texts)


def test_loading_it_again_brings_it_up_to_date(world: World) -> None:

    with world.store.write() as db:
        db.get_one(Person, "li-na").name = "changed"
        load_sample(db, world.hasher, world.now)
    with world.store.read() as db:
        assert db.get_one(Person, "li-na").name == "李娜"
        assert db.query(Card).count() == len(PEOPLE)
        assert db.query(Pin).count() == sum(bool(person.pin) for person in PEOPLE)


def _texts(value: object) -> "list[Text]":
    if isinstance(value, Text):
        return [value]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _texts(each)]
    fields: tuple[str, ...] = getattr(value, "__struct_fields__", ()) or getattr(value, "__slots__", ())
    return [text for name in fields for text in _texts(getattr(value, name))]
