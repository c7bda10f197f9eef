"""The campus a simulation begins with: the sample, more places for kiosks, and people with cards and PINs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from sqlalchemy import update

from kiosk.domain.identity import CardClaim, Claim, NumberClaim
from kiosk.domain.people import CardUid, PersonNumber
from kiosk.domain.references import ALPHABET
from kiosk.hub.builtin.journal import open_account, person_account
from kiosk.hub.builtin.sample import load_sample
from kiosk.hub.config import PinHashing
from kiosk.hub.services.book import NAME, Standing, read_book
from kiosk.hub.services.people import ACTIVE
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.hub.store.tables import Announced, Card, Document, Person, Pin

BEGIN = datetime(2026, 11, 16, 0, 0, tzinfo=UTC)
MOST_KIOSKS = 50
PEOPLE = 150
#: Costs of hashing a PIN are a setting; here a PIN only has to be right or wrong.
CHEAP = PinHashing(memory_kib=64, iterations=1)
#: Every number, card and text of a simulated person has one of these in it: what is looked for in files of kiosks.
NUMBERS_BEGIN, CARDS_BEGIN, TEXTS_BEGIN = "209911", "04C0FFEE", "canary-"


@dataclass(frozen=True, slots=True)
class Somebody:
    id: str
    number: str
    uid: str
    pin: str

    @property
    def by_number(self) -> Claim:
        return NumberClaim(PersonNumber(self.number))

    @property
    def by_card(self) -> Claim:
        return CardClaim(CardUid(self.uid))


def somebody(index: int) -> Somebody:
    return Somebody(f"sim-{index}", f"{NUMBERS_BEGIN}{index:05d}", f"{CARDS_BEGIN}{index:06X}", f"{703_111 + index}")


def place(index: int) -> str:
    return f"sim-{index}"


def load(file: Path) -> None:
    """A hub's database, ready to be copied for every seed."""
    store = Store(f"sqlite:///{file}")
    upgrade(store)
    hasher = PinHasher(CHEAP)
    with store.write() as db:
        load_sample(db, hasher, BEGIN)
        book = read_book(db)
        kiosks = [_standing(book.kiosks[0], index) for index in range(MOST_KIOSKS)]
        body = msgspec.json.encode(msgspec.structs.replace(book, kiosks=kiosks))
        db.execute(update(Document).where(Document.name == NAME).values(body=body))
        db.execute(update(Announced).values(ends_at=BEGIN + timedelta(days=30)))
        for person in map(somebody, range(PEOPLE)):
            texts = {"latin_name": "", "department": "", "phone": "", "email": "", "language": "zh"}
            db.add(Person(id=person.id, number=person.number, name="模拟", role="student", valid_until=None, **texts))
            db.flush()
            db.add(Card(uid=person.uid, person=person.id, state=ACTIVE, since=None))
            db.add(Pin(person=person.id, phc=hasher.hash(person.pin), is_default=False))
            open_account(db, person_account(person.id), person.id)
    store.close()


def _standing(like: Standing, index: int) -> Standing:
    code = f"{ALPHABET[index // 100]}{index % 100:02d}"
    return msgspec.structs.replace(like, id=place(index), code=code)
