"""What a kiosk puts on paper: the operation it committed, to the letter, unreadable, and small enough for a slip."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices import receipt_qr
from kiosk.devices.receipt_boxes import STRIPS
from kiosk.domain.drafts import ContactOnFile, ContactTyped, TicketDraft
from kiosk.domain.identity import CardClaim, NumberClaim
from kiosk.domain.language import Language
from kiosk.domain.on_paper import CLASSES, MOST_DIGITS, PATH
from kiosk.domain.operations import OperationClass
from kiosk.domain.people import CardUid, Personal, PersonNumber
from kiosk.domain.priority import Impact
from kiosk.domain.queueable import Queueable
from kiosk.wire.envelope import Envelope
from kiosk.wire.on_paper import envelope_of
from kiosk.wire.packing import MOST_PAYLOAD, packed, unpacked
from kiosk.wire.routes import MAX_CONTACT, MAX_NOTE, MAX_PLACE_DETAIL
from tests.domain.amount import many
from tests.offline.kiosks import KioskMemory
from tests.offline.test_classes import DRAFTS, put

ADDRESS = f"https://it.yunlu.example{PATH}"
#: Rare enough that nothing of it is found twice.
TEXT = "".join(chr(0x4E00 + 37 * number) for number in range(MAX_NOTE))
ORDINARY = TicketDraft(
    Language.ZH,
    service="network",
    symptom="no-pages",
    impact=Impact.BLOCKED,
    building="library",
    location="一层",
    contact=ContactOnFile(),
    claim=CardClaim(CardUid("04A1B2C3D4E580")),
)
PROVEN = TicketDraft(
    Language.EN,
    service="computer",
    symptom="paper-jam",
    impact=Impact.MANY,
    building="teaching-2",
    location="Room 502",
    note="The printer next to the window eats every second page.",
    contact=ContactTyped(Personal("zhang.ming@yunlu.example")),
    claim=NumberClaim(PersonNumber("20230114287")),
    session="Zx3vQm8tLk2wYb7nRc5pHs9dFg1jTa4eUo6iNq0aBcD",
)
LONGEST = TicketDraft(
    Language.ZH,
    service="classroom",
    symptom="no-picture",
    impact=Impact.INCONVENIENT,
    building="teaching-2",
    location=TEXT[:MAX_PLACE_DETAIL],
    note=TEXT,
    contact=ContactTyped(Personal("q1w2e3r4t5y6u7i8o9p0" * 4)),
    claim=NumberClaim(PersonNumber("20230114287")),
    session="Zx3vQm8tLk2wYb7nRc5pHs9dFg1jTa4eUo6iNq0aBcD",
)
DRAFTED = {"ordinary": ORDINARY, "proven": PROVEN, "longest": LONGEST}
assert len(TEXT) == MAX_NOTE
assert len("q1w2e3r4t5y6u7i8o9p0" * 4) == MAX_CONTACT


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


@pytest.mark.parametrize("told", DRAFTED.values(), ids=DRAFTED)
def test_the_paper_is_what_was_committed_to_the_letter_and_says_nothing(memory: KioskMemory, told: TicketDraft) -> None:
    outbox = memory.start(numbers=10)
    kept = put(outbox, told)
    (parcel,) = outbox.take_due(1)
    sent = msgspec.json.decode(parcel.envelope, type=Envelope)
    assert envelope_of(kept.on_paper) == sent
    assert memory.keys.opened(parcel.envelope).note == told.note
    number = int(kept.on_paper)
    plain = number.to_bytes((number.bit_length() + 7) // 8)
    contact = told.contact.address.reveal() if isinstance(told.contact, ContactTyped) else ""
    assert bytes.fromhex("04A1B2C3D4E580") not in plain
    for text in (told.note, told.location, told.session, contact, "04A1B2C3D4E580", "20230114287", told.service):
        assert not text or text.encode() not in plain


@pytest.mark.parametrize("told", DRAFTS, ids=lambda told: told.kind)
def test_what_carries_a_pin_or_has_no_number_stays_here(memory: KioskMemory, told: Queueable) -> None:
    kept = put(memory.start(numbers=10), told)
    assert bool(kept.on_paper) == (told.kind in CLASSES) == (told.kind is OperationClass.TICKET)


def test_every_report_fits_on_every_paper(memory: KioskMemory, say_figure: Callable[[str], None]) -> None:
    outbox = memory.start(numbers=10)
    sizes = {}
    for name, told in DRAFTED.items():
        digits = put(outbox, told).on_paper
        assert len(digits) <= MOST_DIGITS
        sizes[name] = receipt_qr.carried_modules(ADDRESS + digits)
    quiet = 2 * receipt_qr.QUIET_MODULES
    assert 0 < (sizes["ordinary"] + quiet) * 4 <= min(STRIPS)
    assert 0 < (sizes["proven"] + quiet) * 3 <= min(STRIPS)
    assert 0 < (sizes["longest"] + quiet) * 4 <= 512
    assert 0 < (sizes["longest"] + quiet) * 3 <= min(STRIPS)
    say_figure(f"modules of a report on paper: {sizes}")


@many
@given(st.binary(max_size=2_000))
def test_what_was_packed_comes_back_and_anything_else_is_nothing(content: bytes) -> None:
    assert unpacked(packed(content)) == content
    assert unpacked(b"{" + content) == b"{" + content, "as older kiosks sealed it"
    assert unpacked(b"\x01" + content) is None or len(unpacked(b"\x01" + content) or b"") <= MOST_PAYLOAD


def test_what_unpacks_to_more_than_any_report_is_nothing() -> None:
    assert unpacked(packed(bytes(MOST_PAYLOAD))) == bytes(MOST_PAYLOAD)
    assert unpacked(packed(bytes(MOST_PAYLOAD + 1))) is None
    assert unpacked(packed(b"{}") + b"more") is None


#: Packed by the first version: a dictionary that changes is found here.
FIRST = "01c3e2271373635d6fa55a00"


def test_what_the_first_version_packed_is_read_for_ever() -> None:
    assert unpacked(bytes.fromhex(FIRST)) == b'{"reference":"A12-0473-K"}'


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="0123456789", min_size=1, max_size=60))
def test_no_number_is_taken_for_an_operation_by_chance(digits: str) -> None:
    assert envelope_of(digits) is None
