"""A password goes into the helper word by word, is judged there, and comes out sealed; the pipe tells no character."""

import os
import queue
import time
from dataclasses import replace
from uuid import uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.password_rules import (
    LONGEST_PASSWORD,
    PasswordRule,
    PersonalDigests,
    RuleId,
    digests_of,
    personal_digest,
)
from kiosk.secret.pad import SecretPad
from kiosk.secret.password_mode import Step, Typing
from kiosk.secret.password_opening import PasswordOpening
from kiosk.secret.password_word import Word
from kiosk.secret.protocol import BACKSPACE, CLEAR, NEXT, PREVIOUS, PRINTABLE, SEAL, PadEvent, Sealed, Typed
from kiosk.wire.accounts import Passwords, read_passwords
from kiosk.wire.envelope import SUITE_X25519_ED25519, Context, Envelope, HubKey, NotOpened, open_sealed
from tests.patience import PATIENCE

RULES = (
    PasswordRule(RuleId.MIN_LENGTH, 10),
    PasswordRule(RuleId.NOT_PERSONAL),
    PasswordRule(RuleId.NOT_COMMON),
    PasswordRule(RuleId.STRENGTH, 2),
    PasswordRule(RuleId.HISTORY, 5),
)
PERSONAL = digests_of(("20230114287", "yiming"), b"salt")
NEW, OLD = b"river-Stone-74", b"yunlu-Sample-26"
PRIVATE = X25519PrivateKey.generate()


def an_opening(asks_old: bool = False) -> PasswordOpening:
    context = Context(SUITE_X25519_ED25519, "k1", "kiosk-1", str(uuid4()), "reset", "handle", "", "")
    key = HubKey("k1", PRIVATE.public_key().public_bytes_raw())
    return PasswordOpening(context, key, asks_old, RULES, ("yunlu", "campus"), PERSONAL)


def typed(*keys: bytes | int, asks_old: bool = False) -> Typing:
    typing = Typing(an_opening(asks_old))
    for key in keys:
        for code in (key,) if isinstance(key, int) else key:
            typing.key(code)
    return typing


@pytest.mark.parametrize(
    ("word", "breaks"),
    [
        (b"", {"min_length", "not_personal", "not_common", "strength"}),
        (b"rv-Stn-74", {"min_length"}),
        (NEW, set()),
        (b"my20230114287pw", {"not_personal"}),
        (b"xxYiMingxx-75-rv", {"not_personal"}),
        (b"basketball", {"not_common", "strength"}),
        (b"yunlu20262026", {"not_common"}),
        (b"aaaaaaaaaaaa", {"strength"}),
        (b"campuscampus", {"strength"}),
    ],
)
def test_rules_tick_while_typing(word: bytes, breaks: set[str]) -> None:
    assert typed(word).broken == breaks


def test_a_personal_word_is_forgiven_when_the_key_that_made_it_is_taken_back() -> None:
    typing = typed(b"river-yiming")
    assert RuleId.NOT_PERSONAL in typing.broken
    typing.key(BACKSPACE)
    assert RuleId.NOT_PERSONAL not in typing.broken
    for code in b"g-more":
        typing.key(code)
    assert RuleId.NOT_PERSONAL in typing.broken, "and stays found behind what follows"


def test_the_second_word_is_asked_for_when_the_first_keeps_the_rules_and_not_before() -> None:
    typing = typed(b"short", NEXT)
    assert typing.step is Step.NEW
    typing = typed(NEW, NEXT, NEW[:-1])
    assert (typing.step, typing.ready) == (Step.AGAIN, False)
    typing.key(NEW[-1])
    assert typing.ready


def test_a_second_word_that_leaves_the_first_is_said_and_backspace_leads_back_to_it() -> None:
    typing = typed(NEW, NEXT, b"rx")
    assert typing.told()["differs"] is True
    typing.key(BACKSPACE)
    assert typing.told()["differs"] is False
    typing.key(BACKSPACE)
    typing.key(BACKSPACE)
    assert (typing.step, typing.new.count) == (Step.NEW, len(NEW)), "the first word is as it was"
    for code in (*b"!!", NEXT, *NEW, *b"!!"):
        typing.key(code)
    assert typing.ready


def test_the_old_password_is_typed_first_and_not_judged() -> None:
    typing = typed(b"x", NEXT, NEW, NEXT, NEW, asks_old=True)
    assert typing.ready
    assert typed(NEXT, NEW, asks_old=True).step is Step.OLD, "an empty one is not one"


@pytest.mark.parametrize("asks_old", [False, True])
def test_what_is_sealed_is_read_at_the_hub_and_nothing_stays(asks_old: bool) -> None:
    typing = typed(*((OLD, NEXT) if asks_old else ()), NEW, NEXT, NEW, asks_old=asks_old)
    sealed = typing.seal()
    opening = typing._opening
    payload = open_sealed(Envelope(opening.context, sealed, b""), {"k1": PRIVATE})
    assert isinstance(payload, bytes)
    assert read_passwords(payload) == Passwords(OLD.decode() if asks_old else "", NEW.decode())
    assert typing.empty
    assert not any(typing.new._codes) and not any(typing.old._codes) and not any(typing.again._codes)  # noqa: PT018
    moved = msgspec.structs.replace(opening.context, aggregate="another visit")
    assert open_sealed(Envelope(moved, sealed, b""), {"k1": PRIVATE}) == NotOpened("sealed")


KEYS = st.lists(st.sampled_from([*sorted(PRINTABLE), BACKSPACE, BACKSPACE, CLEAR, NEXT, PREVIOUS, 0, 255]), max_size=90)


@settings(max_examples=60, deadline=None)
@given(KEYS)
def test_any_keys_leave_words_that_a_plain_list_agrees_with(keys: list[int]) -> None:
    word, plain = Word(PersonalDigests()), bytearray()
    for key in keys:
        if key in PRINTABLE:
            word.add(key)
            plain = (plain + bytes((key,)))[:LONGEST_PASSWORD] if len(plain) < LONGEST_PASSWORD else plain
        elif key == BACKSPACE:
            word.remove()
            del plain[-1:]
        elif key == CLEAR:
            word.wipe()
            plain = bytearray()
        assert bytes(word.codes()) == bytes(plain)
    typing = typed(*keys)
    assert not typing.ready or bytes(typing.new.codes()) == bytes(typing.again.codes())


def test_a_personal_digest_needs_its_salt_and_its_word() -> None:
    assert personal_digest(b"yiming", b"salt") != personal_digest(b"yiming", b"other")
    assert digests_of(("ab", "张一明", "Yiming"), b"salt").words == ((6, personal_digest(b"yiming", b"salt")),)


# -- the process ------------------------------------------------------------------------------------------------
class Heard:
    def __init__(self) -> None:
        self.events: queue.Queue[PadEvent] = queue.Queue()

    def until(self, wanted: "Typed | type[PadEvent]") -> PadEvent:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            event = self.events.get(timeout=PATIENCE)
            if event == wanted or (isinstance(wanted, type) and isinstance(event, wanted)):
                return event
        raise AssertionError(f"never heard {wanted}")


def test_the_process_answers_rules_strength_and_lengths_and_seals_when_told() -> None:
    opening, heard = an_opening(), Heard()
    pad = SecretPad(heard.events.put)
    pad.open(msgspec.json.encode(opening))
    for code in (*NEW, SEAL, NEXT, *NEW):
        pad.key(code)
    all_typed = Typed("again", 0, len(NEW), len(NEW), frozenset(), 4, True, False)
    heard.until(replace(all_typed, step="new", again=0, ready=False))
    heard.until(all_typed)
    assert heard.events.empty(), "SEAL before everything is typed does nothing"
    pad.key(SEAL)
    sealed = heard.until(Sealed)
    pad.close()
    assert isinstance(sealed, Sealed)
    payload = open_sealed(Envelope(opening.context, sealed.sealed, b""), {"k1": PRIVATE})
    assert isinstance(payload, bytes)
    assert read_passwords(payload) == Passwords("", NEW.decode())


def test_nothing_typed_travels_back_over_the_pipe() -> None:
    """What the pad hears is the same for two words of the same shape."""
    told = []
    for word in (b"river-Stone-74", b"maple-Cloud-19"):
        typing = typed(word, NEXT, word)
        told.append(typing.told())
    assert told[0] == told[1]


def test_words_left_alone_are_wiped_and_typing_begins_anew() -> None:
    from kiosk.secret.password_mode import serve_password

    keys_out, keys_in = os.pipe()
    said_out, said_in = os.pipe()
    read, write = os.fdopen(said_out, "rb"), os.fdopen(keys_in, "wb", 0)
    write.write(b"river")
    import threading

    thread = threading.Thread(target=serve_password, args=(an_opening(), keys_out, said_in, 0.05), daemon=True)
    thread.start()
    lines = [msgspec.json.decode(read.readline()) for _ in range(7)]
    assert lines[5]["typed"]["new"] == 5
    assert lines[6] == {"wiped": True}
    write.write(b"x")
    assert msgspec.json.decode(read.readline())["typed"]["new"] == 1
    write.close()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    for end in (keys_out, said_in):
        os.close(end)
    read.close()
