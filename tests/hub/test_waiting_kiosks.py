"""Kiosks nobody knows: a code on the screen, an administrator's approval, and what attackers get: nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import func, select

from kiosk.domain.references import ALPHABET
from kiosk.hub.services import waiting_kiosks
from kiosk.hub.services.enrolment import CODE_LIFE, GUESS_WINDOW, MOST_GUESSES
from kiosk.hub.services.fleet_acts import Ended, end
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import buy_token, trusted_kiosk
from kiosk.hub.services.waiting_kiosks import MOST_OF_ADDRESS, approve, ask, waiting
from kiosk.hub.store.tables import Incident, Kiosk
from kiosk.hub.tokens_made import ENROLMENT_LETTERS
from kiosk.wire.enrolment import NONCE_BYTES, EnrolApproved, EnrolAsk, EnrolWaits, Token, ask_bytes
from kiosk.wire.fingerprint import digest_of, fingerprint
from tests.hub.conftest import HubKiosk, World

AUTHORITY = digest_of("the hub's own")
TRIES = 1_000_000


@dataclass
class Newcomer:
    """A machine that is switched on for the first time."""

    world: World
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    address: str = "10.3.0.7"
    nonce: bytes = bytes(range(NONCE_BYTES))

    @property
    def public(self) -> bytes:
        return self.key.public_key().public_bytes_raw()

    def wish(self, authority: str = AUTHORITY) -> EnrolAsk:
        proof = self.key.sign(ask_bytes(self.public, authority, self.nonce))
        return EnrolAsk(self.public, proof, authority, self.nonce)

    def ask(self, wish: EnrolAsk | None = None) -> EnrolWaits | EnrolApproved | No:
        world = self.world
        with world.store.write() as db:
            return ask(db, world.keys.public, AUTHORITY, wish or self.wish(), self.address, world.now)

    def code(self) -> str:
        answer = self.ask()
        assert isinstance(answer, EnrolWaits), answer
        return answer.code

    def approved(self) -> HubKiosk:
        """What the machine is once the hub says so."""
        answer = self.ask()
        assert isinstance(answer, EnrolApproved), answer
        kiosk = HubKiosk("https://unused.invalid", None)
        kiosk.clock, kiosk.key, kiosk.id = self.world, self.key, answer.enrolled.kiosk
        kiosk.hub_key, kiosk.block = answer.enrolled.hub_keys[0], answer.enrolled.block
        return kiosk


def approving(world: World, public: bytes, code: str, place: str = "lib-1f") -> str:
    """Id of the kiosk it became, or why not."""
    with world.store.write() as db:
        done = approve(db, world.book, public.hex(), code, place, world.now)
        return done.code if isinstance(done, No) else done.id


def kiosks_of(world: World, public: bytes) -> int:
    with world.store.read() as db:
        return db.scalar(select(func.count()).select_from(Kiosk).where(Kiosk.public == public)) or 0


def incidents(world: World) -> list[str]:
    with world.store.read() as db:
        return list(db.scalars(select(Incident.code)))


def refusal(answer: object) -> str:
    assert isinstance(answer, No), answer
    return answer.code


def test_approved_by_its_code_it_is_a_kiosk_that_sends_its_first_report(world: World) -> None:
    new = Newcomer(world)
    code = new.code()
    assert new.code() == code, "asked again it shows the same code"
    assert approving(world, new.public, f" {code[:4].lower()} {code[4:]}") == "lib-1f-1"
    kiosk = new.approved()
    assert new.approved().block == kiosk.block, "a lost answer is given again"
    answer = world.take(kiosk, kiosk.envelope(kiosk.report()))
    assert not isinstance(answer, No)
    assert answer.status == 200


def test_the_code_of_one_kiosk_approves_no_other(world: World) -> None:
    mine, other = Newcomer(world), Newcomer(world)
    code = mine.code()
    other.code()
    assert approving(world, other.public, code) == "wrong_code"
    assert isinstance(other.ask(), EnrolWaits)


def test_first_use_wins_and_a_second_one_alarms(world: World) -> None:
    new = Newcomer(world)
    code = new.code()
    first = approving(world, new.public, code)
    assert approving(world, new.public, code, "teach2-1f") == "code_used"
    assert (kiosks_of(world, new.public), incidents(world)) == (1, ["code_again"])
    assert new.approved().id == first


def test_a_code_is_over_after_a_quarter_of_an_hour_and_the_kiosk_has_another(world: World) -> None:
    new = Newcomer(world)
    old = new.code()
    world.move(seconds=CODE_LIFE.total_seconds())
    assert approving(world, new.public, old) == "wrong_code"
    code = new.code()
    assert code != old
    assert approving(world, new.public, old) == "wrong_code"
    assert approving(world, new.public, code) == "lib-1f-1"


def test_guesses_are_limited_and_a_million_of_them_would_find_next_to_nothing(world: World) -> None:
    new = Newcomer(world)
    code = new.code()
    for number in range(MOST_GUESSES):
        assert approving(world, new.public, f"{ALPHABET[number]}AAAAAAA") == "wrong_code"
    assert approving(world, new.public, code) == "too_many_guesses"
    assert kiosks_of(world, new.public) == 0
    world.move(seconds=GUESS_WINDOW.total_seconds() + 1)
    assert approving(world, new.public, new.code()) == "lib-1f-1"
    space = len(ALPHABET) ** ENROLMENT_LETTERS
    assert TRIES * waiting_kiosks.MOST_WAITING / space < 0.01, "a million guesses, all places taken by codes"
    in_its_life = MOST_GUESSES * (CODE_LIFE / GUESS_WINDOW + 1)
    assert in_its_life * waiting_kiosks.MOST_WAITING / space < 1e-6, "as many as may be tried while a code lives"


def test_ten_administrators_approve_one_code_at_once_and_one_kiosk_comes_of_it(world: World) -> None:
    new = Newcomer(world)
    code = new.code()
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: approving(world, new.public, code), range(10)))
    assert sorted(answers) == ["code_used"] * 9 + ["lib-1f-1"]
    assert kiosks_of(world, new.public) == 1


def test_two_kiosks_ask_at_once_and_never_share_a_code(world: World) -> None:
    newcomers = [Newcomer(world) for _ in range(10)]
    with ThreadPoolExecutor(10) as pool:
        codes = list(pool.map(Newcomer.code, newcomers))
    assert len(set(codes)) == 10


def test_who_does_not_hold_the_key_gets_nothing(world: World) -> None:
    new, thief = Newcomer(world), Newcomer(world)
    stolen = replace_proof(new.wish(), thief.wish().proof)
    assert refusal(new.ask(stolen)) == "bad_key"
    for position in range(0, 64, 7):
        proof = bytearray(new.wish().proof)
        proof[position] ^= 1
        assert refusal(new.ask(replace_proof(new.wish(), bytes(proof)))) == "bad_key"
    assert refusal(new.ask(EnrolAsk(b"short", b"", AUTHORITY, new.nonce))) == "bad_key"
    with world.store.read() as db:
        assert waiting(db, world.now) == []


def replace_proof(wish: EnrolAsk, proof: bytes) -> EnrolAsk:
    return EnrolAsk(wish.public, proof, wish.authority, wish.nonce)


def test_somebody_between_shows_other_words_or_is_refused(world: World) -> None:
    """He has shown the kiosk his own authority, and can only ask with the kiosk's key as it asked, or with his own."""
    new, between = Newcomer(world), Newcomer(world)
    his = digest_of("his own")
    assert refusal(new.ask(new.wish(his))) == "other_authority"
    code = between.code()
    on_screen = fingerprint(his, new.public, new.nonce, code)
    with world.store.read() as db:
        (shown,) = waiting(db, world.now)
    assert shown.words != on_screen
    assert shown.words == fingerprint(AUTHORITY, between.public, between.nonce, code)


def test_nobody_chooses_a_nonce_after_the_code_is_known(world: World) -> None:
    """Whoever could would search for one that makes the words the kiosk shows."""
    new = Newcomer(world)
    code = new.code()
    new.nonce = bytes(NONCE_BYTES)
    assert new.code() != code
    assert approving(world, new.public, code) == "wrong_code", "the former code is over"
    with world.store.read() as db:
        (shown,) = waiting(db, world.now)
    assert shown.words == fingerprint(AUTHORITY, new.public, new.nonce, new.code())
    new.nonce = b"short"
    assert refusal(new.ask()) == "bad_nonce"


def test_an_approval_that_is_taken_back_before_the_kiosk_asks_gives_it_nothing(world: World) -> None:
    new = Newcomer(world)
    id = approving(world, new.public, new.code())
    with world.store.write() as db:
        assert end(db, id, Ended.BY_MISTAKE, world.now) is None
    answer = new.ask()
    assert isinstance(answer, EnrolWaits)
    kiosk = HubKiosk("https://unused.invalid", None)
    kiosk.clock, kiosk.key, kiosk.id = world, new.key, id
    with world.store.write() as db:
        assert refusal(buy_token(db, kiosk.assertion(), world.now)) == "revoked"
    assert approving(world, new.public, answer.code) == "lib-1f-2", "it may be approved anew, under another name"


def test_a_revoked_kiosk_is_refused_at_once_with_a_token_that_is_still_good(world: World) -> None:
    new = Newcomer(world)
    approving(world, new.public, new.code())
    kiosk = new.approved()
    with world.store.write() as db:
        token = buy_token(db, kiosk.assertion(), world.now)
    assert isinstance(token, Token)
    with world.store.write() as db:
        end(db, kiosk.id, Ended.STOLEN, world.now)
        assert refusal(end(db, kiosk.id, Ended.STOLEN, world.now)) == "over"
        assert refusal(end(db, "nobody", Ended.STOLEN, world.now)) == "unknown"
    with world.store.read() as db:
        assert refusal(trusted_kiosk(db, f"Bearer {token.token}", world.now)) == "revoked"


@pytest.mark.parametrize("place", ["", "nowhere"])
def test_a_kiosk_stands_at_a_place_of_the_campus(world: World, place: str) -> None:
    new = Newcomer(world)
    assert approving(world, new.public, new.code(), place) == "unknown_place"


def test_one_address_cannot_take_all_the_room(world: World) -> None:
    crowd = [Newcomer(world) for _ in range(MOST_OF_ADDRESS)]
    for one in crowd:
        one.code()
    late = Newcomer(world)
    assert refusal(late.ask()) == "too_many_waiting"
    assert isinstance(crowd[0].ask(), EnrolWaits), "who waits already goes on waiting"
    assert isinstance(replace(late, address="10.3.0.8").ask(), EnrolWaits)


def test_a_kiosk_that_was_switched_off_is_not_shown_and_later_forgotten(world: World) -> None:
    new = Newcomer(world)
    new.code()
    with world.store.read() as db:
        assert len(waiting(db, world.now)) == 1
    world.move(minutes=2)
    with world.store.read() as db:
        assert waiting(db, world.now) == []
    assert isinstance(new.ask(), EnrolWaits)
    with world.store.read() as db:
        assert len(waiting(db, world.now)) == 1
