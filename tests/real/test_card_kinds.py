"""Every kind of campus card on the real PC/SC stack: read, refused, pulled at every APDU, swapped within one poll."""

import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.cli import main
from kiosk.devices.card_profiles import CardProfile, UidProfile
from kiosk.devices.card_reader import CardReader
from kiosk.devices.classic_card import ClassicProfile
from kiosk.devices.iso_card import IsoProfile
from kiosk.domain.card_numbers import Encoding
from kiosk.domain.devices import CardRead, CardReading, CardRemoved, CardTrouble, ReaderChanged, ReaderState
from kiosk.domain.hidden import SecretBytes
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid
from tests.patience import PATIENCE

from ..devices.card_log import CardLog, SlowClock, assert_order, failed, read
from ..devices.plain_cards import CLASSIC_ATR, ISO_ATR, Answer, IsoCard
from ..devices.test_plain_cards import AID, KEY, campus_classic
from .pcsc.service import PcscService
from .pcsc.virtual_card import VirtualCard

PROFILES: tuple[CardProfile, ...] = (
    ClassicProfile(SecretBytes(KEY), 2, 16, 10, Encoding.ASCII),
    IsoProfile(AID, 0, 10, Encoding.ASCII, short_id=21),
    UidProfile(),
)
KINDS: dict[str, tuple[bytes, Callable[[str], Answer], int]] = {
    # ATR, a card that says a number, how many commands it takes to read it
    "classic": (CLASSIC_ATR, lambda number: campus_classic(number.encode()), 3),
    "iso7816": (ISO_ATR, lambda number: IsoCard({AID: {21: number.encode()}}), 2),
}


@pytest.fixture
def service() -> Iterator[PcscService]:
    made = PcscService()
    made.start()
    yield made
    made.kill()


@pytest.fixture
def log(service: PcscService) -> Iterator[CardLog]:
    log = CardLog()
    reader = CardReader(log.post, profiles=PROFILES, clock=SlowClock())
    reader.start()
    log.until(ReaderChanged(ReaderState.READY, f"{service.reader} 00 00"))
    yield log
    reader.stop()
    assert_order(log.events)


def number(text: str, proof: CardProof) -> CardRead:
    return CardRead(CardClaim(CardUid(f"NO:{text}"), proof))


def test_each_kind_says_its_number_and_a_card_of_another_key_its_uid_only(service: PcscService, log: CardLog) -> None:
    foreign = campus_classic(b"2026004217")
    foreign.keys[2, 0x60] = bytes(6)
    for answer, atr, wanted in (
        (campus_classic(b"2026004217"), CLASSIC_ATR, number("2026004217", CardProof.C1_CLASSIC)),
        (IsoCard({AID: {21: b"2026004218"}}), ISO_ATR, number("2026004218", CardProof.C0_UID)),
        (foreign, CLASSIC_ATR, read("CAFE1234")),
        (IsoCard({}), ISO_ATR, failed(CardTrouble.NOT_A_CAMPUS_CARD)),
    ):
        with VirtualCard(service.port, answer, atr):
            log.expect(CardReading(), wanted)
        log.expect(CardRemoved())


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_pulled_at_any_command_is_nobody_and_the_next_one_is_read(
    service: PcscService, log: CardLog, kind: str
) -> None:
    atr, card, commands = KINDS[kind]
    for at in range(commands):
        pulled = Pulled(service, card("2026004217"), atr, at)
        log.expect(CardReading(), failed(CardTrouble.UNREADABLE), CardRemoved())
        pulled.card.remove()
    with VirtualCard(service.port, card("2026004218"), atr):
        log.until(CardRead)
    said = [event.claim.uid.reveal() for event in log.events if isinstance(event, CardRead)]
    assert said == ["NO:2026004218"]


class Pulled:
    """A card that is taken away instead of answering command number ``at``."""

    def __init__(self, service: PcscService, answer: Answer, atr: bytes, at: int) -> None:
        self._laid, self._left, self._answer = threading.Event(), at, answer
        self.card = VirtualCard(service.port, self._ask, atr)
        self.card.insert()
        self._laid.set()

    def _ask(self, command: bytes) -> bytes | None:
        assert self._laid.wait(PATIENCE)
        self._left -= 1
        if self._left >= 0:
            return self._answer(command)
        self.card.remove()
        return None


@pytest.mark.parametrize("kind", KINDS)
def test_a_card_swapped_within_one_poll_never_says_the_number_of_the_one_before(
    service: PcscService, log: CardLog, kind: str
) -> None:
    """A is taken away while its number is being read and B lies there before the reader looks again."""
    atr, card, commands = KINDS[kind]
    first = Pulled(service, card("2026000001"), atr, commands - 1)
    log.until(CardReading)
    with VirtualCard(service.port, card("2026000002"), atr):
        log.until(CardRead)
    first.card.remove()
    said = [event.claim.uid.reveal() for event in log.events if isinstance(event, CardRead)]
    assert said == ["NO:2026000002"]


def test_the_probe_says_beside_a_running_reader_what_lies_there(
    service: PcscService, log: CardLog, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "card.key").write_text(KEY.hex())
    (tmp_path / "card.key").chmod(0o600)
    config = tmp_path / "kiosk.toml"
    config.write_text(
        'data = "data"\n[hub]\nurl = "https://hub.example"\nca = "ca.pem"\n'
        f'[reader]\nname = "{service.reader} 00 00"\n'
        '[[card]]\nkind = "mifare-classic"\nsector = 2\noffset = 16\nlength = 10\nkey_file = "card.key"\n'
    )
    with VirtualCard(service.port, campus_classic(b"2026004217"), CLASSIC_ATR):
        log.until(CardRead)
        assert main(["card", "probe", "--config", str(config), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["card"], told["counts"]) == ("MIFARE Classic 1K", 1)
    assert told["profiles"][0]["says"] == "NO:2026004217"
