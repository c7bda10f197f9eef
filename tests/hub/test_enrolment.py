"""Codes, keys and numbers: first use wins, nothing is given out twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.references import HIGHEST_COUNTER, is_kiosk_code
from kiosk.hub.services.enrolment import CODE_LIFE, GUESS_WINDOW, MOST_GUESSES, enrol, make_code, revoke
from kiosk.hub.services.numbers import BLOCK_SIZE, give_block
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import buy_token, trusted_kiosk
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.enrolment import Block, Enrol, Enrolled, Token
from tests.hub.conftest import World
from tests.real.plain_kiosk import new_op


def new_key() -> bytes:
    return Ed25519PrivateKey.generate().public_key().public_bytes_raw()


def ask(world: World, code: str, public: bytes) -> Enrolled | No:
    with world.store.write() as db:
        return enrol(db, world.book, world.keys.public, Enrol(code, public), world.now)


def code_for(world: World, place: str = "lib-1f") -> str:
    with world.store.write() as db:
        code = make_code(db, world.book, place, world.now)
    assert isinstance(code, str)
    return code


def numbers(world: World, kiosk: str, op: str) -> Block | No:
    with world.store.write() as db:
        return give_block(db, db.get_one(Kiosk, kiosk), op)


def test_a_code_enrols_one_kiosk_and_the_lost_answer_is_given_again(world: World) -> None:
    code, public = code_for(world), new_key()
    first = ask(world, code, public)
    assert isinstance(first, Enrolled)
    assert is_kiosk_code(first.block.code)
    assert ask(world, code.lower(), public) == first
    assert refusal(ask(world, code, new_key())) == "wrong_code"


def test_ten_kiosks_race_for_one_code_and_one_wins(world: World) -> None:
    code = code_for(world)
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda public: ask(world, code, public), [new_key() for _ in range(10)]))
    assert sum(isinstance(answer, Enrolled) for answer in answers) == 1


def test_a_code_is_good_for_fifteen_minutes(world: World) -> None:
    early, late = code_for(world), code_for(world)
    world.move(seconds=CODE_LIFE.total_seconds() - 1)
    assert isinstance(ask(world, early, new_key()), Enrolled)
    world.move(seconds=1)
    assert refusal(ask(world, late, new_key())) == "wrong_code"


def test_guessing_ends_after_twenty_wrong_codes_and_begins_again_after_the_window(world: World) -> None:
    code = code_for(world)
    for _ in range(MOST_GUESSES):
        assert refusal(ask(world, "AAAAAAAA", new_key())) == "wrong_code"
    assert refusal(ask(world, code, new_key())) == "too_many_guesses"
    world.move(seconds=GUESS_WINDOW.total_seconds() + 1)
    assert isinstance(ask(world, code_for(world), new_key()), Enrolled)


def test_only_an_ed25519_key_is_enrolled(world: World) -> None:
    for public in (b"", b"short", bytes(33)):
        assert refusal(ask(world, code_for(world), public)) == "bad_key"


def test_a_code_is_made_for_a_place_of_the_campus_only(world: World) -> None:
    with world.store.write() as db:
        assert isinstance(make_code(db, world.book, "nowhere", world.now), No)


def test_blocks_never_overlap_whoever_asks_at_once(world: World) -> None:
    kiosks = [world.new_kiosk() for _ in range(3)]
    wanted = [(kiosk.id, new_op()) for kiosk in kiosks for _ in range(6)]
    with ThreadPoolExecutor(9) as pool:
        blocks = list(pool.map(lambda pair: numbers(world, *pair), wanted * 2))
    given = [block for block in blocks if isinstance(block, Block)]
    assert len(given) == len(wanted) * 2
    distinct = {(block.first, block.last) for block in given} | {
        (kiosk.block.first, kiosk.block.last) for kiosk in kiosks
    }
    counters = [counter for first, last in distinct for counter in range(first, last + 1)]
    assert len(counters) == len(set(counters)) == BLOCK_SIZE * (len(wanted) + len(kiosks))


def test_asked_twice_with_one_id_the_same_block_is_answered(world: World) -> None:
    kiosk, op = world.new_kiosk(), new_op()
    assert numbers(world, kiosk.id, op) == numbers(world, kiosk.id, op)
    assert refusal(numbers(world, kiosk.id, "no uuid")) == "malformed"


def test_a_code_runs_out_of_numbers_and_says_so(world: World) -> None:
    kiosk = world.new_kiosk()
    last = 0
    while isinstance(block := numbers(world, kiosk.id, new_op()), Block):
        last = block.last
    assert (last, block.code) == (HIGHEST_COUNTER, "numbers_used_up")


class TestTokens:
    """A signed assertion buys one token, by the hub's clock."""

    def test_a_token_opens_until_it_expires(self, world: World) -> None:
        kiosk = world.new_kiosk()
        token = self.buy(world, kiosk.assertion())
        assert isinstance(token, Token)
        assert self.who(world, token.token) == kiosk.id
        world.move(seconds=token.expires_in)
        assert self.who(world, token.token) == "not_trusted"

    def test_an_assertion_is_used_once(self, world: World) -> None:
        kiosk = world.new_kiosk()
        assertion = kiosk.assertion()
        assert isinstance(self.buy(world, assertion), Token)
        assert refusal(self.buy(world, assertion)) == "not_trusted"

    def test_what_is_wrong_with_an_assertion_never_matters_for_the_answer(self, world: World) -> None:
        kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
        now = int(world.now.timestamp())
        wrong = {
            "audience": kiosk.assertion(aud="another"),
            "too long": kiosk.assertion(exp=now + 61),
            "expired": kiosk.assertion(iat=now - 70, exp=now - 10),
            "not yet": kiosk.assertion(iat=now + 30, exp=now + 60),
            "backwards": kiosk.assertion(iat=now + 1, exp=now),
            "other subject": kiosk.assertion(sub=other.id),
            "other issuer": kiosk.assertion(iss=other.id, sub=other.id),
            "unknown": kiosk.assertion(iss="nobody", sub="nobody"),
            "number": kiosk.assertion(jti=7),
            "nul": kiosk.assertion(iss="a\x00", sub="a\x00"),
            "no jti": kiosk.assertion(jti=""),
            "long jti": kiosk.assertion(jti="x" * 65),
            "nul in jti": kiosk.assertion(jti="\x00"),
            "text": kiosk.assertion(iat="now"),
            "garbage": "a.b.c",
            "empty": "",
        }
        assert {name: refusal(self.buy(world, text)) for name, text in wrong.items()} == dict.fromkeys(
            wrong, "not_trusted"
        )

    def test_a_kiosk_whose_clock_is_years_off_is_judged_by_the_hubs_time(self, world: World) -> None:
        kiosk = world.new_kiosk()
        kiosk.moved = timedelta(days=3650).total_seconds()
        assert refusal(self.buy(world, kiosk.assertion())) == "not_trusted"
        kiosk.moved = 0
        assert isinstance(self.buy(world, kiosk.assertion()), Token)

    def test_a_revoked_kiosk_is_refused_at_once_with_old_and_new_tokens(self, world: World) -> None:
        kiosk = world.new_kiosk()
        token = self.buy(world, kiosk.assertion())
        assert isinstance(token, Token)
        with world.store.write() as db:
            assert revoke(db, kiosk.id, world.now)
            assert not revoke(db, "nobody", world.now)
        assert self.who(world, token.token) == "revoked"
        assert refusal(self.buy(world, kiosk.assertion())) == "revoked"

    def buy(self, world: World, assertion: str) -> Token | No:
        with world.store.write() as db:
            return buy_token(db, assertion, world.now)

    def who(self, world: World, token: str) -> str:
        with world.store.read() as db:
            kiosk = trusted_kiosk(db, f"Bearer {token}", world.now)
        return kiosk.code if isinstance(kiosk, No) else kiosk.id


def refusal(answer: object) -> str:
    assert isinstance(answer, No), answer
    return answer.code
