"""Which answers make a campus card."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.apdu import Broken, Command, Response
from kiosk.devices.card_profiles import UID_LENGTHS, Found, UidProfile, fits, read_card, uid_claim
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid

ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")


@pytest.mark.parametrize("uid", ["CAFE1234", "04A1B2C3D4E5F6", "08A1B2C3D4E5F6", "0102030405060708090A"])
def test_a_uid_of_a_lawful_length_is_a_claim_that_proves_nothing(uid: str) -> None:
    assert uid_claim(bytes.fromhex(uid)) == CardClaim(CardUid(uid), CardProof.C0_UID)


@pytest.mark.parametrize("uid", ["", "CA", "CAFE12", "CAFE123456", "00" * 8, "00" * 11, "08A1B2C3"])
def test_any_other_uid_is_no_campus_card(uid: str) -> None:
    assert uid_claim(bytes.fromhex(uid)) is CardTrouble.NOT_A_CAMPUS_CARD


@pytest.mark.parametrize("status", [0x6A81, 0x6300, 0x6282, 0x6D00, 0x0000])
def test_a_reader_that_gives_no_uid_has_seen_no_campus_card(status: int) -> None:
    seen = read_card([UidProfile()], lambda _: Response(b"\xca\xfe\x12\x34", status), ATR)
    assert seen is CardTrouble.NOT_A_CAMPUS_CARD


@pytest.mark.parametrize("broken", list(Broken))
def test_a_broken_talk_is_unreadable_and_not_a_foreign_card(broken: Broken) -> None:
    assert read_card([UidProfile(), UidProfile()], lambda _: broken, ATR) is CardTrouble.UNREADABLE


def test_the_next_profile_is_asked_only_when_the_card_is_not_of_the_first_kind() -> None:
    asked: list[str] = []

    class Kind:
        def __init__(self, name: str, found: Found) -> None:
            self.name, self.found = name, found

        def read(self, _ask: object, _atr: bytes) -> Found:
            asked.append(self.name)
            return self.found

    claim = CardClaim(CardUid("CAFE1234"), CardProof.C2_MUTUAL)
    kinds = [Kind("first", None), Kind("second", claim), Kind("third", claim)]
    assert read_card(kinds, lambda _: Broken.GONE, ATR) == claim
    assert asked == ["first", "second"]
    assert read_card([], lambda _: Broken.GONE, ATR) is CardTrouble.NOT_A_CAMPUS_CARD


def test_a_card_of_a_kind_that_says_nothing_usable_is_not_taken_for_another_kind() -> None:
    class Empty:
        def read(self, _ask: object, _atr: bytes) -> Found:
            return CardTrouble.NOT_A_CAMPUS_CARD

    uid = UidProfile()
    assert read_card([Empty(), uid], lambda _: Response(b"\xca\xfe\x12\x34", 0x9000), ATR) is (
        CardTrouble.NOT_A_CAMPUS_CARD
    )


@pytest.mark.parametrize(
    ("pattern", "does"),
    [("", True), ("3B8F", True), ("3b8fxx01", True), ("3B8E", False), (ATR.hex(), True), (ATR.hex() + "00", False)],
)
def test_an_atr_fits_as_its_beginning_is_written(pattern: str, does: bool) -> None:
    assert fits(pattern, ATR) is does
    found = UidProfile(pattern).read(lambda _: Response(b"\xca\xfe\x12\x34", 0x9000), ATR)
    assert (found is not None) is does


@given(data=st.binary(max_size=256), status=st.integers(0, 0xFFFF))
def test_whatever_a_card_answers_a_claim_has_a_lawful_uid(data: bytes, status: int) -> None:
    def ask(_command: Command) -> Response:
        return Response(data, status)

    found = UidProfile().read(ask, ATR)
    if isinstance(found, CardClaim):
        assert status == 0x9000
        assert found.uid.reveal() == data.hex().upper()
        assert len(data) in UID_LENGTHS
    else:
        assert found is None
