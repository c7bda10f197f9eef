"""/v1/card over HTTP: nothing without the session and its proofs, and what the card system said no to is a 422."""

from datetime import datetime
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from litestar.testing import TestClient
from sqlalchemy import select

from kiosk.domain.card_accounts import CardPinSet, CardRefusal, CardRefused, CardSystemSilent
from kiosk.domain.card_capabilities import CardCapabilities, Pinning
from kiosk.domain.identity import CardProof
from kiosk.domain.policy import CardPresent, Factor, Proof
from kiosk.hub.app import make_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.card_settings import CardExtent
from kiosk.hub.card_systems import Change, Changed, SetPin
from kiosk.hub.config import Settings
from kiosk.hub.parts import Parts
from kiosk.hub.ports import CardTrouble, Told
from kiosk.hub.services.guesses import FREE_TRIES
from kiosk.hub.services.outside_cards import OutsideCards
from kiosk.hub.services.sessions import begin
from kiosk.hub.store.tables import Kiosk, Message, Person
from kiosk.wire import routes
from kiosk.wire.cards import CardPinWanted, LimitsWanted
from kiosk.wire.enrolment import Assertion
from kiosk.wire.identity import CARD_PIN_KIND, NEW_CARD_PIN_KIND
from kiosk.wire.tickets import CardClaimed, ClaimMade
from tests.hub.conftest import PUBLIC_URL, World

READS = (routes.CARD, routes.BALANCE, routes.MOVEMENTS)


def limits(daily: int, single: int) -> dict[str, int]:
    return {"daily": daily, "single": single}


class Visitor:
    """A kiosk with a token, and whoever stands there with the proofs a test gives them."""

    def __init__(self, world: World, extent: CardExtent = CardExtent.ALL, system: Any = None) -> None:
        self.world, self.kiosk = world, world.new_kiosk()
        outside = (
            OutsideCards(system) if system else BuiltinCards(extent, world.hasher),
            BuiltinDirectory(world.store, world.hasher),
            BuiltinNotices(world.clock),
        )
        parts = Parts(Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside)
        app: Any = make_app(parts)
        self.client = TestClient(app)
        asked = msgspec.json.encode(Assertion(self.kiosk.assertion()))
        self.bearer = {"authorization": f"Bearer {self.client.post(routes.TOKEN, content=asked).json()['token']}"}

    def visit(self, *proofs: Proof, person: str = "zhang-ming") -> dict[str, str]:
        with self.world.store.write() as db:
            kiosk, who = db.get_one(Kiosk, self.kiosk.id), db.get_one(Person, person)
            token = begin(db, kiosk, who, frozenset(proofs), self.world.now)
        return {**self.bearer, routes.VISIT_HEADER: token}

    def set_limits(
        self, visit: dict[str, str], daily: int | None = None, single: int | None = None, op: str = ""
    ) -> Any:
        wanted = LimitsWanted(op or str(uuid4()), daily, single)
        return self.client.post(routes.CARD_LIMITS, content=msgspec.json.encode(wanted), headers=visit)


def test_a_visitor_with_a_pin_sees_card_balance_and_movements(world: World) -> None:
    visitor = Visitor(world)
    visit = visitor.visit(Factor.PIN)
    card, balance, movements = (visitor.client.get(path, headers=visit) for path in READS)
    assert (card.json()["state"], card.json()["since"], card.json()["limits"]) == ("active", None, limits(10000, 5000))
    assert balance.json()["amount"] == sum(move["amount"] for move in movements.json()["movements"])


@pytest.mark.parametrize("path", READS)
def test_nothing_is_told_without_a_session_or_with_a_default_pin(world: World, path: str) -> None:
    visitor = Visitor(world)
    assert visitor.client.get(path).status_code == 401
    assert visitor.client.get(path, headers=visitor.bearer).json()["code"] == "no_visit"
    assert visitor.client.get(path, headers=visitor.visit(Factor.DEFAULT_PIN)).status_code == 403


def test_another_kiosk_cannot_use_the_session(world: World) -> None:
    one, other = Visitor(world), Visitor(world)
    stolen = {**other.bearer, routes.VISIT_HEADER: one.visit(Factor.PIN)[routes.VISIT_HEADER]}
    assert one.client.get(routes.BALANCE, headers=stolen).json()["code"] == "no_visit"


def test_a_limit_needs_more_than_a_pin_and_takes_effect_once(world: World) -> None:
    visitor = Visitor(world)
    card = CardPresent(CardProof.C0_UID)
    assert visitor.set_limits(visitor.visit(Factor.PIN, card), 5000).status_code == 403
    visit, op = visitor.visit(Factor.PIN, Factor.CODE), str(uuid4())
    first = visitor.set_limits(visit, 5000, op=op).json()
    assert first["limits"] == limits(5000, 5000)
    world.move(minutes=1)
    visitor.set_limits(visit, 7000, 2000)
    assert visitor.set_limits(visit, 5000, op=op).json() == first
    assert visitor.client.get(routes.CARD, headers=visit).json()["limits"] == limits(7000, 2000)
    assert visitor.set_limits(visit, 7001).json()["code"] == "out_of_range"
    assert visitor.set_limits(visit).json()["code"] == "out_of_range"
    assert visitor.set_limits(visit, 5000, op="not-an-id").json()["code"] == "malformed"


def test_whoever_has_other_limits_is_told_once_on_every_channel(world: World) -> None:
    visitor = Visitor(world)
    visit, op = visitor.visit(Factor.PIN, Factor.CODE), str(uuid4())
    for _ in range(2):
        visitor.set_limits(visit, 5000, op=op)
        world.move(minutes=1)
    visitor.set_limits(visit, 7001)
    with world.store.read() as db:
        told = db.scalars(select(Message).where(Message.kind == Told.CARD_LIMITS)).all()
    assert sorted(message.channel for message in told) == ["email", "phone"]


def test_the_snapshot_says_what_the_card_system_can(world: World) -> None:
    for extent, can in ((CardExtent.ALL, True), (CardExtent.READ_ONLY, True), (CardExtent.NONE, False)):
        visitor = Visitor(world, extent)
        campus = visitor.client.get(routes.CAMPUS, headers=visitor.bearer).json()["campus"]
        assert campus["cards"]["balance"] is can
        assert bool(campus["cards"]["limits"]) is (extent is CardExtent.ALL)
        assert campus["card_office"]["phone"]
        answer = visitor.client.get(routes.BALANCE, headers=visitor.visit(Factor.PIN))
        assert answer.status_code == (200 if can else 422)


ZHANG = CardClaimed("04A1B2C3D4E580", 0)
PRESENT, NEW = "284719", "735914"
BOTH = frozenset({Factor.PIN, Factor.CODE})


def card_pin(visitor: Visitor, visit: dict[str, str], present: str | None, new: str, claim: ClaimMade = ZHANG) -> Any:
    kiosk = visitor.kiosk
    sealed = kiosk.attempt(claim, new, kind=NEW_CARD_PIN_KIND).envelope
    typed = kiosk.attempt(claim, present, kind=CARD_PIN_KIND).envelope if present else None
    return send_card_pin(visitor, visit, CardPinWanted(str(uuid4()), claim, sealed, typed))


def send_card_pin(visitor: Visitor, visit: dict[str, str], wanted: CardPinWanted) -> Any:
    return visitor.client.post(routes.CARD_PIN, content=msgspec.json.encode(wanted), headers=visit).json()


def test_a_card_pin_is_changed_with_the_present_one_and_its_owner_is_told_on_every_channel(world: World) -> None:
    visitor = Visitor(world)
    visit = visitor.visit(*BOTH)
    assert visitor.client.get(routes.CARD, headers=visit).json()["pin_set"] is True
    assert card_pin(visitor, visit, PRESENT, NEW) == {"type": "stored", "at": "2026-11-16T02:00:00Z", "first": False}
    assert card_pin(visitor, visit, PRESENT, NEW)["why"] == "wrong"
    with world.store.read() as db:
        told = db.scalars(select(Message).where(Message.kind == Told.CARD_PIN)).all()
    assert sorted(message.channel for message in told) == ["email", "phone"]


def test_whoever_has_no_card_pin_sets_one_and_types_it_from_then_on(world: World) -> None:
    visitor, claim = Visitor(world), CardClaimed("9F3A21C4", 0)
    visit = visitor.visit(*BOTH, person="li-na")
    assert card_pin(visitor, visit, None, PRESENT, claim)["first"] is True
    assert card_pin(visitor, visit, None, NEW, claim)["why"] == "wrong"
    assert card_pin(visitor, visit, PRESENT, NEW, claim)["first"] is False


@pytest.mark.parametrize("proofs", [{Factor.PIN}, {Factor.CODE}, {Factor.PIN, CardPresent(CardProof.C1_CLASSIC)}])
def test_a_card_pin_needs_two_factors_beside_the_present_one(world: World, proofs: set[Proof]) -> None:
    visitor = Visitor(world)
    assert card_pin(visitor, visitor.visit(*proofs), PRESENT, NEW)["code"] == "more_needed"
    assert card_pin(visitor, visitor.visit(*BOTH), PRESENT, NEW)["type"] == "stored"


def test_nobody_sets_the_card_pin_of_another_person(world: World) -> None:
    visitor = Visitor(world)
    assert card_pin(visitor, visitor.visit(*BOTH, person="li-na"), None, NEW, ZHANG)["code"] == "no_visit"


def test_an_easy_card_pin_is_not_set_and_the_present_one_is_still_good(world: World) -> None:
    visitor = Visitor(world)
    visit = visitor.visit(*BOTH)
    typed = visitor.kiosk.attempt(ZHANG, PRESENT, kind=CARD_PIN_KIND).envelope

    def set_to(new: str) -> Any:
        sealed = visitor.kiosk.attempt(ZHANG, new, kind=NEW_CARD_PIN_KIND).envelope
        return send_card_pin(visitor, visit, CardPinWanted(str(uuid4()), ZHANG, sealed, typed))

    for easy in ("888888", "114287", "050914", "135521"):
        assert set_to(easy)["why"] == "guessable"
    assert set_to(NEW)["type"] == "stored"


def test_a_pin_sealed_for_one_use_is_good_for_no_other(world: World) -> None:
    """Not the kiosk's PIN as the card's, not the present one as the new one; and each once."""
    visitor = Visitor(world)
    visit, kiosk = visitor.visit(*BOTH), visitor.kiosk
    own = kiosk.attempt(ZHANG, "739154").envelope
    new = kiosk.attempt(ZHANG, NEW, kind=NEW_CARD_PIN_KIND).envelope
    present = kiosk.attempt(ZHANG, PRESENT, kind=CARD_PIN_KIND).envelope
    for wrong in (CardPinWanted(str(uuid4()), ZHANG, present, own), CardPinWanted(str(uuid4()), ZHANG, own, present)):
        assert send_card_pin(visitor, visit, wrong)["code"] == "other_claim"
    assert send_card_pin(visitor, visit, CardPinWanted(str(uuid4()), ZHANG, new, present))["type"] == "stored"
    assert send_card_pin(visitor, visit, CardPinWanted(str(uuid4()), ZHANG, new, present))["code"] == "already_used"


def test_guessing_at_a_card_pin_is_counted_before_it_is_judged_and_slowed_down(world: World) -> None:
    visitor = Visitor(world)
    visit = visitor.visit(*BOTH)
    answers = [card_pin(visitor, visit, f"60284{last}", NEW) for last in range(6)]
    assert [answer["why"] for answer in answers] == ["wrong"] * 4 + ["locked"] * 2
    assert [answer["tries_left"] for answer in answers[:4]] == [None, 3, 2, 1]
    assert card_pin(visitor, visit, PRESENT, NEW)["why"] == "locked", "nothing is judged meanwhile"
    world.move(minutes=1)
    assert card_pin(visitor, visit, PRESENT, NEW)["type"] == "stored"


def test_a_card_system_without_pins_is_told_nothing(world: World) -> None:
    visitor = Visitor(world, CardExtent.READ_ONLY)
    assert card_pin(visitor, visitor.visit(*BOTH), PRESENT, NEW)["code"] == "not_offered"


def test_while_a_card_pin_is_hashed_everybody_else_writes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2 takes its time on purpose, and nobody waits for it: on SQLite a transaction holds up all others."""
    visitor, honest = Visitor(world), world.hasher.hash
    matches, written = world.hasher.matches, list[str]()

    def write(what: str) -> None:
        with world.store.write() as db:
            db.get_one(Person, "li-na").department = what
        written.append(what)

    def hashed(pin: str) -> str:
        write("while it is hashed")
        return honest(pin)

    def matched(pin: str, phc: str | None) -> bool:
        write("while it is looked at")
        return matches(pin, phc)

    monkeypatch.setattr(world.hasher, "hash", hashed)
    monkeypatch.setattr(world.hasher, "matches", matched)
    assert card_pin(visitor, visitor.visit(*BOTH), PRESENT, NEW)["type"] == "stored"
    assert written == ["while it is looked at", "while it is hashed"]


class SilentAtFirst:
    """Gives no answer to so many changes, then to each."""

    def __init__(self, silent: int) -> None:
        self.silent = silent

    def capabilities(self) -> CardCapabilities:
        return CardCapabilities(pin=Pinning())

    def change(self, op: str, number: str, change: Change, now: datetime) -> Changed | CardTrouble:  # noqa: ARG002
        self.silent -= 1
        assert isinstance(change, SetPin)
        if self.silent >= 0:
            return CardSystemSilent()
        assert change.present is not None
        right = change.present.reveal() == PRESENT
        return CardPinSet(now, first=False) if right else CardRefused(CardRefusal.WRONG_PIN)


def test_a_card_system_that_does_not_answer_counts_as_no_wrong_pin(world: World) -> None:
    system = SilentAtFirst(silent=2 * FREE_TRIES)
    visitor = Visitor(world, system=system)
    visit = visitor.visit(*BOTH)
    answers = [card_pin(visitor, visit, PRESENT, NEW) for _ in range(2 * FREE_TRIES)]
    assert {answer["code"] for answer in answers} == {"card_system_silent"}
    tries = []
    for _ in range(2):
        tries.append(card_pin(visitor, visit, "602841", NEW)["tries_left"])
        system.silent = 1
        assert card_pin(visitor, visit, "602841", NEW)["code"] == "card_system_silent"
    assert tries == [None, FREE_TRIES - 2], "what was wrong before goes on counting"
    assert card_pin(visitor, visit, PRESENT, NEW)["type"] == "stored"
