"""A card system outside the hub, under the contract of all card systems."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.orm import Session

from kiosk.hub.card_systems import CardSystem
from kiosk.hub.services.asking import ask_within
from kiosk.hub.services.outside_cards import OutsideCards
from kiosk.hub.store.tables import Person
from tests.hub.card_contract import AccountsUnderTest
from tests.hub.conftest import World

HOLDER, HOLDER_NUMBER = "zhang-ming", "20230114287"
STRANGER, STRANGER_NUMBER = "nobody-with-a-card", "20990101001"


def outside(world: World, system: CardSystem) -> AccountsUnderTest:
    with world.store.write() as db:
        texts = dict.fromkeys(("latin_name", "department", "phone", "email"), "")
        db.add(Person(id=STRANGER, number=STRANGER_NUMBER, name="无卡", role="student", language="zh", **texts))

    @contextmanager
    def transaction() -> Iterator[Session]:
        with world.store.write() as db:
            yield ask_within(db)

    return AccountsUnderTest(OutsideCards(system), transaction, HOLDER, STRANGER, world.now)
