"""A hub without a process: its services on a real SQLite file and on a real PostgreSQL, with a clock to move."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.domain.policy import SHIPPED, Policy
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.builtin.sample import load_sample
from kiosk.hub.config import PinHashing, Settings
from kiosk.hub.keys import HubKeys, open_keys
from kiosk.hub.parts import Parts
from kiosk.hub.ports import CardAccounts, Directory
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.deferred_proof import Unproven, judge
from kiosk.hub.services.doing import House
from kiosk.hub.services.enrolment import enrol, make_code
from kiosk.hub.services.operations import Answer, take
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.enrolment import Enrol, Enrolled
from kiosk.wire.envelope import Envelope
from tests.hub.kept_database import KeptDatabase
from tests.real.plain_kiosk import PlainKiosk
from tests.real.postgres import Postgres, private_postgres

CHEAP = PinHashing(memory_kib=64, iterations=1)
BEGIN = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
PUBLIC_URL = "https://it.example.edu"


class HubKiosk(PlainKiosk):
    """A kiosk that goes by the hub's clock and is not on any network."""

    clock: "World"

    def now(self) -> datetime:
        return self.clock.now + timedelta(seconds=self.moved)


@dataclass
class World:
    """Monday 2026-11-16, 10:00 in Shanghai, until a test moves it."""

    store: Store
    keys: HubKeys
    hasher: PinHasher
    book: Book
    now: datetime = BEGIN
    kiosks: list[HubKiosk] = field(default_factory=list)

    policy: Policy = field(default_factory=lambda: SHIPPED)
    cards: CardAccounts = field(default_factory=BuiltinCards)

    def clock(self) -> datetime:
        return self.now

    @property
    def house(self) -> House:
        return House(self.keys, self.policy, self.cards, BuiltinNotices(self.clock), PUBLIC_URL)

    def parts(self, directory: Directory, **more: Any) -> Parts:
        """What the hub's api is made with; outside the hub there is ``directory`` alone."""
        notices = BuiltinNotices(self.clock)
        made = Settings(), self.store, self.hasher, self.keys, self.clock, PUBLIC_URL, "1", self.cards
        return Parts(*made, directory, notices, **more)

    def move(self, **span: float) -> None:
        self.now += timedelta(**span)

    def new_kiosk(self, place: str = "lib-1f") -> HubKiosk:
        kiosk = HubKiosk("https://unused.invalid", None)
        kiosk.clock = self
        with self.store.write() as db:
            code = make_code(db, self.book, place, self.now)
            assert isinstance(code, str)
            wish = Enrol(code, kiosk.key.public_key().public_bytes_raw())
            enrolled = enrol(db, self.book, self.keys.public, wish, self.now)
        assert isinstance(enrolled, Enrolled)
        kiosk.id, kiosk.hub_key, kiosk.block = enrolled.kiosk, enrolled.hub_keys[0], enrolled.block
        self.kiosks.append(kiosk)
        return kiosk

    def take(self, kiosk: PlainKiosk, envelope: Envelope) -> Answer | No:
        with self.store.write() as db:
            row = db.get_one(Kiosk, kiosk.id)
            outcome = take(db, self.book, self.house, row, envelope, self.now)
        if not isinstance(outcome, Unproven):
            return outcome
        verdict = judge(self.hasher, outcome)
        with self.store.write() as db:
            row = db.get_one(Kiosk, kiosk.id)
            outcome = take(db, self.book, self.house, row, envelope, self.now, verdict)
        assert not isinstance(outcome, Unproven)
        return outcome


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    with private_postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_sample(postgres: Postgres) -> KeptDatabase:
    """A database with the sample campus."""
    name = postgres.new_database()
    _load(postgres.url(name))
    return KeptDatabase(postgres, name)


@pytest.fixture(scope="session")
def sqlite_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sample") / "hub.db"
    _load(f"sqlite:///{file}")
    return file


def fresh_database(request: pytest.FixtureRequest, kind: str, folder: Path) -> str:
    """The sample campus as it was loaded; ``kind``: sqlite or postgresql."""
    if kind == "sqlite":
        file = folder / "hub.db"
        file.write_bytes(request.getfixturevalue("sqlite_sample").read_bytes())
        return f"sqlite:///{file}"
    kept: KeptDatabase = request.getfixturevalue("postgres_sample")
    kept.bring_back()
    return kept.url


@contextmanager
def world_at(url: str, folder: Path) -> Iterator[World]:
    store = Store(url)
    with store.read() as db:
        book = read_book(db)
    yield World(store, open_keys(folder / "keys"), PinHasher(CHEAP), book)
    store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Once on each database."""
    return fresh_database(request, request.param, tmp_path)


@pytest.fixture
def world(database_url: str, tmp_path: Path) -> Iterator[World]:
    with world_at(database_url, tmp_path) as world:
        yield world


def _load(url: str) -> None:
    store = Store(url)
    upgrade(store)
    with store.write() as db:
        load_sample(db, PinHasher(CHEAP), BEGIN)
    store.close()
