"""Mutual authentication with a card, against NXP's worked examples and against a card that computes for itself."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.ciphers import algorithms
from cryptography.hazmat.primitives.cmac import CMAC
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.card_numbers import Encoding
from kiosk.domain.hidden import SecretBytes
from kiosk.hub.services import desfire_crypto as crypto
from kiosk.hub.services import desfire_talk
from kiosk.hub.services.card_keys import CardKeys, NumberFile, SessionKind
from kiosk.hub.services.desfire_talk import MOST_TURNS, Genuine, NotGenuine, Said, Step, Talk, Turn
from tests.counts import count
from tests.devices.desfire_card import APPLICATION, MASTER, OWN_KEY, REST, UID, DesfireCard

SHARED = bytes.fromhex("F0E1D2C3B4A5968778695A4B3C2D1E0F")
ZERO = bytes(16)


def campus(session: SessionKind = SessionKind.EV1, **more: object) -> CardKeys:
    return CardKeys(APPLICATION, SecretBytes(MASTER), rest=REST, session=session, **more)  # type: ignore[arg-type]


def talk_with(
    keys: CardKeys, card: Callable[[bytes], bytes], shows: bytes, change: Callable[[int, bytes], bytes] | None = None
) -> Genuine | NotGenuine:
    """``change`` may alter what the card says, by turn."""
    said: Said = desfire_talk.begin(keys, shows)
    for _ in range(MOST_TURNS + 1):
        if not isinstance(said, Turn):
            return said
        command = bytes([0x90, said.command, 0, 0, len(said.data)]) + said.data + b"\0"
        answer = card(command)
        if change is not None:
            answer = change(said.talk.turn, answer)
        said = desfire_talk.go_on(keys, said.talk, int.from_bytes(answer[-2:]), answer[:-2])
    raise AssertionError("it never ends")


# -- NXP's examples ---------------------------------------------------------------------------------------------


def test_a_card_s_own_key_is_the_one_of_an10922() -> None:
    assert crypto.diversified(MASTER, UID, REST) == OWN_KEY


def test_a_short_input_is_padded_to_two_blocks_all_the_same() -> None:
    """AN10922 section 2.2: unlike an ordinary CMAC, whose last block would be the first one."""
    cmac = CMAC(algorithms.AES(MASTER))
    cmac.update(b"\x01" + UID)
    assert crypto.diversified(MASTER, UID, b"") != cmac.finalize()
    assert (
        crypto.diversified(MASTER, UID, b"")
        == crypto.encrypted(MASTER, ZERO, (b"\x01" + UID + b"\x80").ljust(16, b"\0") + second_subkey(MASTER))[-16:]
    )


def second_subkey(key: bytes) -> bytes:
    """K2 of SP 800-38B, by doubling twice."""
    value = int.from_bytes(crypto.encrypted(key, ZERO, ZERO))
    for _ in range(2):
        value = (value << 1) ^ (0x87 | 1 << 128 if value >> 127 else 0)
    return value.to_bytes(16)


def test_too_long_an_input_is_a_bug_of_the_settings() -> None:
    crypto.diversified(MASTER, UID, bytes(24))
    with pytest.raises(ValueError, match="more than 31"):
        crypto.diversified(MASTER, UID, bytes(25))


def test_an_ev2_session_is_the_one_of_an12196() -> None:
    """Section 5.6, table 14: key 00, both numbers, the transcript and both session keys."""
    rnd_a = bytes.fromhex("13C5DB8A5930439FC3DEF9A4C675360F")
    keys = CardKeys(APPLICATION, SecretBytes(MASTER), session=SessionKind.EV2, uid_key=SecretBytes(ZERO))
    challenged = desfire_talk.go_on(keys, Talk(Step.SELECT, 1), 0x9100, b"")
    assert isinstance(challenged, Turn)
    assert (challenged.command, challenged.data) == (0x71, b"\x00\x00")
    proof = desfire_talk.go_on(
        keys, challenged.talk, 0x91AF, bytes.fromhex("A04C124213C186F22399D33AC2A30215"), lambda _: rnd_a
    )
    assert isinstance(proof, Turn)
    assert proof.data.hex().upper() == "35C3E05A752E0144BAC0DE51C1F22C56B34408A23D8AEA266CAB947EA8E0118D"
    opened = desfire_talk.go_on(
        keys,
        proof.talk,
        0x9100,
        bytes.fromhex("3FA64DB5446D1F34CD6EA311167F5E4985B89690C04A05F17FA7AB2F08120663"),
    )
    assert isinstance(opened, Turn)
    assert opened.talk.transaction.hex().upper() == "9D00C4DF"
    assert opened.talk.encryption.hex().upper() == "1309C877509E5A215007FF0ED19CA564"
    assert opened.talk.mac.hex().upper() == "4C6626F5E72EA694202139295C7A7FC7"


@given(key=st.binary(min_size=16, max_size=16), data=st.binary(max_size=80))
def test_without_a_past_the_chained_code_is_the_cmac_of_the_standard(key: bytes, data: bytes) -> None:
    cmac = CMAC(algorithms.AES(key))
    cmac.update(data)
    assert crypto.chained_cmac(key, ZERO, data) == cmac.finalize()


# -- cards ------------------------------------------------------------------------------------------------------
KINDS = pytest.mark.parametrize("session", SessionKind)
NUMBER = NumberFile(1, 4, 10, Encoding.ASCII)


@KINDS
def test_a_genuine_card_is_known_by_its_real_uid(session: SessionKind) -> None:
    card = DesfireCard()
    assert talk_with(campus(session), card, card.shows) == Genuine("04782E21801D80")


@KINDS
def test_behind_a_random_uid_the_real_one_is_found_and_its_own_key_counts(session: SessionKind) -> None:
    card = DesfireCard(keys={0: OWN_KEY, 1: SHARED}, random_uid=True)
    keys = campus(session, uid_key=SecretBytes(SHARED), uid_key_number=1)
    assert talk_with(keys, card, card.shows) == Genuine("04782E21801D80")
    assert talk_with(campus(session), card, card.shows) is NotGenuine.OTHER_CARD, "no key to learn the UID with"


@KINDS
def test_who_has_only_the_shared_key_is_nobody(session: SessionKind) -> None:
    """It is on every card: with it alone a card may say any UID."""
    card = DesfireCard(keys={0: SHARED, 1: SHARED}, random_uid=True)
    keys = campus(session, uid_key=SecretBytes(SHARED), uid_key_number=1)
    assert talk_with(keys, card, card.shows) is NotGenuine.WRONG


@KINDS
def test_a_copied_uid_opens_nothing(session: SessionKind) -> None:
    for key in (ZERO, MASTER, crypto.diversified(MASTER, UID[::-1], REST), OWN_KEY[::-1]):
        assert talk_with(campus(session), DesfireCard(keys={0: key}), UID) is NotGenuine.WRONG


@KINDS
def test_a_genuine_card_under_another_card_s_uid_is_nobody(session: SessionKind) -> None:
    card = DesfireCard()
    assert talk_with(campus(session), card, UID[:-1] + b"\x81") is NotGenuine.WRONG


@KINDS
def test_a_card_that_tells_another_uid_inside_its_own_session_is_nobody(session: SessionKind) -> None:
    card = DesfireCard(UID[:-1] + b"\x81")
    assert talk_with(campus(session), card, UID) is NotGenuine.WRONG


@KINDS
def test_the_card_is_called_by_the_number_in_its_file(session: SessionKind) -> None:
    card = DesfireCard(files={1: b"....2026004217"})
    assert talk_with(campus(session, number=NUMBER), card, card.shows) == Genuine("NO:2026004217")
    empty = DesfireCard(files={1: bytes(20)})
    assert talk_with(campus(session, number=NUMBER), empty, empty.shows) is NotGenuine.OTHER_CARD


@KINDS
@pytest.mark.parametrize("random_uid", [False, True])
def test_a_single_changed_bit_anywhere_ends_the_talk(session: SessionKind, random_uid: bool) -> None:
    """Ciphers, checksums and codes: whatever a card says after it was selected is checked."""
    keys = campus(session, number=NUMBER, uid_key=SecretBytes(SHARED), uid_key_number=1)
    flipped = 0
    for turn in range(2, 9 if random_uid else 6):
        for place in range(8 * 32):
            card = DesfireCard(keys={0: OWN_KEY, 1: SHARED}, random_uid=random_uid, files={1: b"....2026004217"})

            def change(now: int, answer: bytes, turn: int = turn, place: int = place) -> bytes:
                nonlocal flipped
                if now != turn or place // 8 >= len(answer) - 2:
                    return answer
                flipped += 1
                spoilt = bytearray(answer)
                spoilt[place // 8] ^= 1 << place % 8
                return bytes(spoilt)

            before = flipped
            found = talk_with(keys, card, card.shows, change)
            if flipped > before:
                unchecked = session is SessionKind.EV2 and step_of(turn, random_uid) == "proof" and place // 8 >= 16
                assert found is NotGenuine.WRONG or unchecked, (turn, place)
    assert flipped > 500


def step_of(turn: int, random_uid: bool) -> str:
    return "proof" if turn == 3 or (random_uid and turn == 6) else "other"


@KINDS
@pytest.mark.parametrize("status", [0x91AE, 0x91AF, 0x9140, 0x91A0, 0x9000, 0x6A82, 0x0000, 0xFFFF])
def test_any_other_status_ends_the_talk(session: SessionKind, status: int) -> None:
    for turn in range(1, 5):
        card = DesfireCard()
        right = 0x91AF if turn == 2 else 0x9100
        if status == right:
            continue

        def change(now: int, answer: bytes, turn: int = turn) -> bytes:
            return answer[:-2] + status.to_bytes(2) if now == turn else answer

        found = talk_with(campus(session), card, card.shows, change)
        assert found is (NotGenuine.OTHER_CARD if turn == 1 else NotGenuine.WRONG)


@pytest.mark.parametrize("shows", [b"", b"\x04", b"\xca\xfe\x12\x34", bytes(10), bytes(8)])
def test_a_uid_that_no_desfire_has_is_not_asked_for_a_key(shows: bytes) -> None:
    keys = campus(uid_key=SecretBytes(SHARED))
    assert desfire_talk.begin(keys, shows) is NotGenuine.OTHER_CARD


def test_keys_and_sessions_are_in_no_word_about_them() -> None:
    keys = campus()
    said = repr((keys, Talk(Step.UID, 4, UID, encryption=OWN_KEY, mac=OWN_KEY)))
    assert OWN_KEY.hex() not in said.lower()
    assert repr(OWN_KEY)[2:-1] not in said
    assert repr(MASTER)[2:-1] not in said
    assert UID.hex() not in said.lower()


ANSWERS = st.tuples(
    st.one_of(st.sampled_from([0x9100, 0x91AF, 0x91AE, 0x6A82]), st.integers(0, 0xFFFF)),
    st.one_of(st.binary(max_size=80), st.binary(min_size=16, max_size=16), st.binary(min_size=32, max_size=32)),
)


def test_whatever_a_card_answers_it_is_never_genuine_and_the_talk_ends(say_figure: Callable[[str], None]) -> None:
    told = 0

    @settings(max_examples=count(800, 15_000), deadline=None)
    @given(
        session=st.sampled_from(SessionKind),
        shows=st.sampled_from([UID, b"\x08\x01\x02\x03"]),
        answers=st.lists(ANSWERS, min_size=1, max_size=MOST_TURNS + 2),
        honest=st.integers(0, 3),
    )
    def talk(session: SessionKind, shows: bytes, answers: list[tuple[int, bytes]], honest: int) -> None:
        """Of a genuine card, as far as it goes, then anything."""
        nonlocal told
        keys = campus(session, uid_key=SecretBytes(SHARED), uid_key_number=1, number=NUMBER)
        card = DesfireCard(keys={0: OWN_KEY, 1: SHARED}, files={1: b"....2026004217"})
        said: Said = desfire_talk.begin(keys, shows)
        for turn in range(MOST_TURNS + 2):
            if not isinstance(said, Turn):
                break
            told += 1
            if turn < honest:
                answer = card(bytes([0x90, said.command, 0, 0, len(said.data)]) + said.data + b"\0")
                said = desfire_talk.go_on(keys, said.talk, int.from_bytes(answer[-2:]), answer[:-2])
            else:
                said = desfire_talk.go_on(keys, said.talk, *answers[turn % len(answers)])
        assert isinstance(said, NotGenuine)

    talk()
    say_figure(f"DESFire: {told} answers, part of them fuzzed, 0 crashes, 0 endless talks, 0 cards taken for genuine")
