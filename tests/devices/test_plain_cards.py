"""What a sector or a file says is a claim and proves nothing; what it does not say is no claim at all."""

from collections.abc import Callable
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk import card_settings
from kiosk.devices.apdu import Ask, converse
from kiosk.devices.card_profiles import Found, UidProfile, read_card
from kiosk.devices.classic_card import ClassicProfile, first_block, sector_bytes
from kiosk.devices.iso_card import IsoProfile
from kiosk.domain.card_numbers import MARK, MOST_BYTES, Encoding, number_of, written
from kiosk.domain.devices import CardTrouble
from kiosk.domain.hidden import SecretBytes
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid
from tests.counts import count
from tests.devices.plain_cards import CLASSIC_ATR, ISO_ATR, Answer, ClassicCard, IsoCard

KEY = bytes.fromhex("A0A1A2A3A4A5")
AID = bytes.fromhex("A000000632010105")
FUZZ = count(1_500, 15_000)  # examples, each of about eleven answers


def classic(**changed: object) -> ClassicProfile:
    plain: dict[str, object] = {"sector": 2, "offset": 16, "length": 10, "encoding": Encoding.ASCII, **changed}
    return ClassicProfile(SecretBytes(KEY), **plain)  # type: ignore[arg-type]


def campus_classic(content: bytes, sector: int = 2) -> ClassicCard:
    """``content`` from the sector's second block on."""
    blocks = {first_block(sector) + 1 + at // 16: content[at : at + 16].ljust(16, b"\0") for at in range(0, 32, 16)}
    return ClassicCard("CAFE1234", blocks, {(sector, 0x60): KEY, (sector, 0x61): KEY[::-1]})


def asked(card: Answer) -> Ask:
    return partial(converse, card)


def number(text: str, proof: CardProof) -> CardClaim:
    return CardClaim(CardUid(MARK + text), proof)


@pytest.mark.parametrize("sector", [0, 2, 31, 32, 39])
def test_a_classic_sector_says_its_number_and_proves_no_more_than_c1(sector: int) -> None:
    card = campus_classic(b"2026004217", sector)
    assert classic(sector=sector).read(asked(card), CLASSIC_ATR) == number("2026004217", CardProof.C1_CLASSIC)


def test_a_number_over_the_edge_of_a_block_is_read_whole() -> None:
    card = campus_classic(b"............2026004217")
    found = classic(offset=28).read(asked(card), CLASSIC_ATR)
    assert found == number("2026004217", CardProof.C1_CLASSIC)


def test_the_other_key_of_a_sector_is_used_where_the_settings_say_so() -> None:
    card = campus_classic(b"2026004217")
    profile = ClassicProfile(SecretBytes(KEY[::-1]), 2, 16, 10, Encoding.ASCII, key_b=True, slot=1)
    assert profile.read(asked(card), CLASSIC_ATR) == number("2026004217", CardProof.C1_CLASSIC)
    assert classic(key_b=True).read(asked(card), CLASSIC_ATR) is None


def test_a_card_with_another_key_is_another_kind_of_card_and_nothing_is_read() -> None:
    card = campus_classic(b"2026004217")
    card.keys[2, 0x60] = bytes(5) + b"\x01"
    seen: list[bytes] = []

    def watched(command: bytes) -> bytes:
        seen.append(command)
        return card(command)

    assert read_card([classic(), UidProfile()], asked(watched), CLASSIC_ATR) == CardClaim(CardUid("CAFE1234"))
    assert not [command for command in seen if command[1] == 0xB0]


def test_the_reader_keeps_no_key_behind_a_card() -> None:
    for card in (campus_classic(b"2026004217"), ClassicCard("CAFE1234", {}, {})):
        classic(slot=3).read(asked(card), CLASSIC_ATR)
        assert card.loaded == {3: bytes(6)}


def test_a_key_is_in_no_word_about_a_profile() -> None:
    assert KEY.hex() not in repr(classic()).lower()
    assert "***" in repr(classic())


def test_a_card_of_another_kind_is_not_asked_for_a_sector() -> None:
    def never(_command: bytes) -> bytes:
        raise AssertionError("asked")

    assert classic().read(asked(never), ISO_ATR) is None
    assert IsoProfile(AID, 0, 8, Encoding.ASCII, atr="3B88").read(asked(never), CLASSIC_ATR) is None


@pytest.mark.parametrize("content", [b"", b"\xff" * 10, b"0000000000", b"2026\x0004217", b"=DROP=====", bytes(10)])
def test_a_card_nobody_has_written_to_is_no_campus_card_whatever_its_uid(content: bytes) -> None:
    card = campus_classic(content)
    assert read_card([classic(), UidProfile()], asked(card), CLASSIC_ATR) is CardTrouble.NOT_A_CAMPUS_CARD


@pytest.mark.parametrize(
    ("profile", "content"),
    [
        (IsoProfile(AID, 5, 10, Encoding.ASCII), {b"": b"NAME:2026004217"}),
        (IsoProfile(AID, 0, 10, Encoding.ASCII, file=b"\x00\x15"), {b"\x00\x15": b"2026004217"}),
        (IsoProfile(AID, 2, 10, Encoding.ASCII, short_id=21), {21: b"..2026004217...."}),
        (IsoProfile(AID, 300, 10, Encoding.ASCII, short_id=21), {21: bytes(300) + b"2026004217"}),
        (IsoProfile(AID, 0, 12, Encoding.ASCII, short_id=1), {1: b"2026004217  "}),
        (IsoProfile(AID, 0, 6, Encoding.BCD, short_id=1), {1: bytes.fromhex("2026004217FF")}),
    ],
)
def test_a_cpu_card_says_what_its_file_holds_and_proves_nothing(
    profile: IsoProfile, content: dict[bytes | int, bytes]
) -> None:
    card = IsoCard({AID: content})
    assert profile.read(asked(card), ISO_ATR) == number("2026004217", CardProof.C0_UID)


@pytest.mark.parametrize("most", [4, 9, 255])
def test_a_card_that_gives_less_at_a_time_is_read_to_the_end(most: int) -> None:
    card = IsoCard({AID: {21: b"2026004217"}})

    def short(command: bytes) -> bytes:
        answer = card(command)
        return answer[:most] + b"\x90\x00" if command[1] == 0xB0 and len(answer) > most + 2 else answer

    profile = IsoProfile(AID, 0, 10, Encoding.ASCII, short_id=21)
    assert profile.read(asked(short), ISO_ATR) == number("2026004217", CardProof.C0_UID)


def test_an_application_without_the_file_is_ours_and_says_nothing() -> None:
    empty = IsoCard({AID: {}})
    for profile in (
        IsoProfile(AID, 0, 10, Encoding.ASCII),
        IsoProfile(AID, 0, 10, Encoding.ASCII, file=b"\x00\x15"),
        IsoProfile(AID, 0, 10, Encoding.ASCII, short_id=21),
    ):
        assert profile.read(asked(empty), ISO_ATR) is CardTrouble.NOT_A_CAMPUS_CARD
    assert IsoProfile(AID[:-1], 0, 10, Encoding.ASCII).read(asked(empty), ISO_ATR) is None


def test_a_uid_that_reads_like_a_number_does_not_stand_for_it() -> None:
    """Whoever knows a number of eight digits could order a card with that UID."""
    pretender = ClassicCard("20260042", {}, {})
    found = read_card([classic(), UidProfile()], asked(pretender), CLASSIC_ATR)
    assert isinstance(found, CardClaim)
    assert found.uid.reveal() != written("20260042")


@given(data=st.binary(min_size=1, max_size=48), encoding=st.sampled_from(Encoding))
def test_a_number_is_short_plain_and_never_all_zeros(data: bytes, encoding: Encoding) -> None:
    text = number_of(data[: MOST_BYTES[encoding]], encoding)
    name = written(text) if text is not None else None
    if name is not None:
        assert 0 < len(name) - len(MARK) <= 48
        assert name.isascii()
        assert name.isprintable()
        assert set(name.removeprefix(MARK)) - set("0") - set("F") or len(set(name.removeprefix(MARK))) > 1


PROFILES = (
    classic(),
    classic(sector=39, offset=200, length=24, encoding=Encoding.HEX, atr=""),
    IsoProfile(AID, 0, 24, Encoding.BCD, file=b"\x00\x15"),
    IsoProfile(AID, 300, 48, Encoding.ASCII, short_id=21),
    UidProfile(),
)
GARBAGE = st.one_of(
    st.binary(max_size=20),
    st.binary(max_size=260),
    st.builds(lambda data, status: data + status, st.binary(max_size=64), st.sampled_from([b"\x90\x00", b"\x61\x20"])),
    st.sampled_from([b"", b"\x90", b"\x61\x00", b"\x6c\x00", b"\x6c\x01", b"\x62\x82", b"\x63\x00", b"\x90\x00"]),
    st.none(),
)


def test_whatever_a_card_answers_every_profile_ends_with_a_claim_or_a_word(
    say_figure: Callable[[str], None],
) -> None:
    told = 0

    @settings(max_examples=FUZZ, deadline=None)
    @given(answers=st.lists(GARBAGE, min_size=1, max_size=30), atr=st.sampled_from([CLASSIC_ATR, ISO_ATR]))
    def talk(answers: list[bytes | None], atr: bytes) -> None:
        nonlocal told
        for profile in PROFILES:
            turns = 0

            def card(_command: bytes) -> bytes | None:
                nonlocal turns, told
                turns, told = turns + 1, told + 1
                assert turns <= 1000, "it asks for ever"
                return answers[turns % len(answers)]

            judged(profile.read(asked(card), atr))

    talk()
    assert told >= count(10_000, 100_000), told
    say_figure(f"cards without authentication: {told} fuzzed answers, 0 crashes, 0 endless talks")


def judged(found: Found) -> None:
    if isinstance(found, CardClaim):
        assert found.proof <= CardProof.C1_CLASSIC
        assert found.uid.reveal().isprintable()
        assert len(found.uid.reveal()) <= 64
    else:
        assert found is None or isinstance(found, CardTrouble)


def test_the_settings_and_the_profiles_agree_on_what_fits_into_a_sector() -> None:
    assert {sector_bytes(sector) for sector in range(32)} == {card_settings.SMALL_SECTOR}
    assert {sector_bytes(sector) for sector in range(32, 40)} == {card_settings.LARGE_SECTOR}


@pytest.mark.parametrize("encoding", Encoding)
def test_the_settings_and_the_profiles_agree_on_how_long_a_number_may_be(encoding: Encoding) -> None:
    most = MOST_BYTES[encoding]
    card_settings.IsoCard(aid="A0000000031010", length=most, encoding=encoding.value)
    with pytest.raises(ValueError, match="length"):
        card_settings.IsoCard(aid="A0000000031010", length=most + 1, encoding=encoding.value)
