"""The sample campus: assets/sample-campus/*.toml into the hub's database. Loading it again brings it up to date."""

import tomllib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.text import Text
from kiosk.hub.builtin.campus_folder import BadCampus, CampusFolder, keep_campus, read_campus
from kiosk.hub.builtin.sample_accounts import load_accounts, sample_directory
from kiosk.hub.builtin.sample_cards import SampleMerchant, load_cards
from kiosk.hub.services import knowledge
from kiosk.hub.services.announcements import publish
from kiosk.hub.services.article_folder import read_folder
from kiosk.hub.services.book import Book
from kiosk.hub.services.people import ACTIVE
from kiosk.hub.services.pin_hashing import AT_ONCE, PinHasher
from kiosk.hub.services.pin_rules import is_guessable
from kiosk.hub.store.card_tables import CardPinHash
from kiosk.hub.store.tables import Card, Person, Pin
from kiosk.words import assets


class SamplePerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``cards`` UIDs, upper-case hex of 4 or 7 bytes; ``pin`` and ``card_pin`` (of tills) empty: none set yet."""

    id: str
    number: str
    name: str
    latin_name: str
    role: str
    department: str
    phone: str
    email: str
    language: str
    cards: list[str]
    pin: str
    card_pin: str = ""


class SampleNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times in hours from the moment of loading."""

    id: str
    kind: AnnouncementKind
    title: Text
    text: Text
    starts_in_hours: float
    hours: float
    service: str = ""
    building: str = ""
    article: str = ""
    update_in_hours: float | None = None

    def at(self, now: datetime) -> Announcement:
        starts = now + timedelta(hours=self.starts_in_hours)
        update = None if self.update_in_hours is None else now + timedelta(hours=self.update_in_hours)
        return Announcement(
            id=self.id,
            kind=self.kind,
            title=self.title,
            text=self.text,
            starts_at=starts,
            ends_at=starts + timedelta(hours=self.hours),
            published_at=min(starts, now),
            service=self.service,
            buildings=(self.building,) if self.building else (),
            article=self.article,
            next_update_at=update,
        )


def sample_folder() -> Path:
    return assets() / "sample-campus"


def sample_book() -> Book:
    return _sample_campus().book


def _sample_campus() -> CampusFolder:
    """ValueError where it is not sound: it is our own."""
    campus = read_campus(sample_folder())
    if isinstance(campus, BadCampus):
        raise ValueError(f"{campus.file}: {campus.reason}")
    return campus


def sample_merchants() -> list[SampleMerchant]:
    return msgspec.convert(_read(sample_folder() / "cards.toml")["merchants"], list[SampleMerchant])


def sample_people() -> list[SamplePerson]:
    return msgspec.convert(_read(sample_folder() / "people.toml")["people"], list[SamplePerson])


def sample_notices() -> list[SampleNotice]:
    return msgspec.convert(_read(sample_folder() / "notices.toml")["notices"], list[SampleNotice])


def load_sample(db: Session, hasher: PinHasher, now: datetime) -> int:
    """How many people it holds. Tickets, kiosks, sessions and money stay as they are; new accounts end at ``now``,
    announcements count from it."""
    campus, people = _sample_campus(), sample_people()
    book = campus.book
    keep_campus(db, campus)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        hashes = list(pool.map(lambda person: hasher.hash(person.pin) if person.pin else "", people))
    for person, phc in zip(people, hashes, strict=True):
        _put(db, person, phc, hasher.hash(person.card_pin) if person.card_pin else "")
    with_cards = [person.id for person in people if person.cards]
    load_cards(db, with_cards, sample_merchants(), ZoneInfo(book.zone), now)
    accounts = sample_directory(_read(sample_folder() / "accounts.toml"))
    logins = [(person.id, person.number) for person in people]
    load_accounts(db, accounts, logins, hasher.hash(accounts.sample_password), now)
    for announcement in sample_notices():
        refused = publish(db, book, announcement.at(now), now)
        assert isinstance(refused, str), refused
    return len(people)


def load_articles(db: Session, now: datetime) -> int:
    """How many the knowledge base holds afterwards. ValueError where one of them is not sound: they are our own."""
    folder = read_folder(sample_folder())
    if folder.problems:
        raise ValueError("; ".join(f"{p.file}:{p.line}: {p.why}" for p in folder.problems))
    if folder.pairs:
        knowledge.take(db, folder, now, removing=len(knowledge.plan(db, folder).removed))
    return len(folder.pairs)


def _put(db: Session, sample: SamplePerson, phc: str, card_phc: str) -> None:
    db.merge(
        Person(
            id=sample.id,
            number=sample.number,
            name=sample.name,
            latin_name=sample.latin_name,
            role=sample.role,
            department=sample.department,
            phone=sample.phone,
            email=sample.email,
            language=sample.language,
            valid_until=None,
        )
    )
    db.flush()
    db.execute(delete(Card).where(Card.person == sample.id))
    db.execute(delete(Pin).where(Pin.person == sample.id))
    db.execute(delete(CardPinHash).where(CardPinHash.person == sample.id))
    db.add_all(Card(uid=uid, person=sample.id, state=ACTIVE) for uid in sample.cards)
    if phc:
        db.add(Pin(person=sample.id, phc=phc, is_default=is_guessable(sample.pin, sample.number)))
    if card_phc:
        db.add(CardPinHash(person=sample.id, phc=card_phc))


def _read(file: Path) -> Mapping[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))
