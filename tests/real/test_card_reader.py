"""The card reader on the real PC/SC stack: a private pcscd, its virtual reader, and cards that behave as told."""

import os
import random
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.devices.card_reader import CardReader
from kiosk.domain.devices import CardReading, CardRemoved, CardTrouble, ReaderChanged, ReaderState
from tests.patience import PATIENCE

from ..devices.card_log import SLOW, CardLog, SlowClock, assert_order, failed, read
from .pcsc.service import PcscService
from .pcsc.virtual_card import Answer, VirtualCard, garbage_card, mute_card, uid_card

A, B = "CAFE1234", "04A1B2C3D4E5F6"
Lay = Callable[..., VirtualCard]
NO_READER = ReaderChanged(ReaderState.NO_READER)
SERVICE_DOWN = ReaderChanged(ReaderState.SERVICE_DOWN)
CYCLES = {"ci": 20, "full": 60}[os.environ.get("COUNT", "ci")]
RESTARTS = {"ci": 5, "full": 50}[os.environ.get("COUNT", "ci")]


@pytest.fixture
def service() -> Iterator[PcscService]:
    made = PcscService()
    yield made
    made.kill()


@pytest.fixture
def clock() -> SlowClock:
    return SlowClock()


@pytest.fixture
def log(service: PcscService, clock: SlowClock) -> Iterator[CardLog]:
    """What a running reader posts; it starts before the service does."""
    assert not service.running
    log = CardLog()
    reader = CardReader(log.post, clock=clock)
    reader.start()
    yield log
    reader.stop()
    assert_order(log.events)


@pytest.fixture
def ready(service: PcscService, log: CardLog) -> ReaderChanged:
    """The service runs and the reader has been found: this event has been seen."""
    service.start()
    slot = ReaderChanged(ReaderState.READY, f"{service.reader} 00 00")
    log.until(slot)
    return slot


@pytest.fixture
def card(service: PcscService, ready: ReaderChanged) -> Iterator[Lay]:
    assert ready.state is ReaderState.READY
    laid: list[VirtualCard] = []

    def lay(answer: Answer | None = None) -> VirtualCard:
        laid.append(VirtualCard(service.port, answer or uid_card(A)).insert())
        return laid[-1]

    yield lay
    for each in laid:
        each.remove()


def test_a_card_is_read_when_it_comes_and_missed_when_it_goes(card: Lay, log: CardLog) -> None:
    lying = card()
    log.expect(CardReading(), read(A))
    lying.remove()
    log.expect(CardRemoved())


def test_without_a_service_the_reader_says_so_and_waits_for_it(service: PcscService, log: CardLog) -> None:
    log.expect(SERVICE_DOWN)
    service.start()
    with VirtualCard(service.port, uid_card(A)):
        log.expect(ReaderChanged(ReaderState.READY, f"{service.reader} 00 00"), CardReading(), read(A))


def test_a_killed_service_ends_the_card_and_the_next_one_reads_it_again(
    card: Lay, service: PcscService, ready: ReaderChanged, log: CardLog
) -> None:
    for _ in range(RESTARTS):
        lying = card()
        log.expect(CardReading(), read(A))
        service.kill()
        log.expect(CardRemoved(), SERVICE_DOWN)
        lying.remove()
        service.start()
        log.expect(ready)
    card(uid_card(B))
    log.expect(CardReading(), read(B))


def test_a_service_killed_while_a_card_is_read_is_survived(
    card: Lay, service: PcscService, ready: ReaderChanged, log: CardLog
) -> None:
    stuck = card(mute_card)
    assert stuck.asked.acquire(timeout=PATIENCE)
    service.kill()
    log.expect(CardReading(), failed(CardTrouble.UNREADABLE), CardRemoved(), SERVICE_DOWN)
    stuck.remove()
    service.start()
    log.expect(ready)
    card()
    log.expect(CardReading(), read(A))


def test_dead_services_leave_no_open_files(service: PcscService, ready: ReaderChanged, log: CardLog) -> None:
    def restart() -> int:
        service.kill()
        log.expect(SERVICE_DOWN)
        service.start()
        log.expect(ready)
        return len(list(Path("/proc/self/fd").iterdir()))

    before = restart()
    assert [restart() for _ in range(3)] == [before] * 3


def test_an_unplugged_reader_ends_the_card_and_is_found_again(
    card: Lay, service: PcscService, ready: ReaderChanged, log: CardLog
) -> None:
    card()
    log.expect(CardReading(), read(A))
    service.kill()
    service.start(with_reader=False)
    log.expect(CardRemoved(), SERVICE_DOWN, NO_READER)
    service.kill()
    service.start()
    log.until(ready)
    card(uid_card(B))
    log.expect(CardReading(), read(B))


def test_a_swapped_card_is_another_card(card: Lay, log: CardLog) -> None:
    first = card()
    log.expect(CardReading(), read(A))
    first.remove()
    card(uid_card(B))
    log.expect(CardRemoved(), CardReading(), read(B))


def test_a_mute_card_is_called_mute_and_the_next_one_is_read(card: Lay, log: CardLog, clock: SlowClock) -> None:
    mute = card(mute_card)
    clock.pace = 1.0
    log.expect(CardReading(), failed(CardTrouble.MUTE))
    clock.pace = SLOW
    mute.remove()
    log.expect(CardRemoved())
    card()
    log.expect(CardReading(), read(A))
    assert sum(thread.name == "card-read" for thread in threading.enumerate()) <= 1


def test_a_card_pulled_in_the_middle_is_unreadable(card: Lay, log: CardLog) -> None:
    pulled: list[VirtualCard] = []
    laid = threading.Event()

    def pull(_command: bytes) -> None:
        assert laid.wait(PATIENCE)
        pulled[0].remove()

    pulled.append(card(pull))
    laid.set()
    log.expect(CardReading(), failed(CardTrouble.UNREADABLE), CardRemoved())


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"\x90", CardTrouble.UNREADABLE),
        (b"\x61\x10", CardTrouble.UNREADABLE),
        (b"\x6c\x10", CardTrouble.UNREADABLE),
        (bytes(300), CardTrouble.UNREADABLE),
        (b"\xca\xfe\x12\x90\x00", CardTrouble.NOT_A_CAMPUS_CARD),
        (b"\x6a\x81", CardTrouble.NOT_A_CAMPUS_CARD),
    ],
    ids=["one byte", "endless 61", "endless 6C", "300 bytes", "UID of 3 bytes", "refused"],
)
def test_garbage_has_its_word_and_the_next_card_is_read(
    card: Lay, log: CardLog, answer: bytes, why: CardTrouble
) -> None:
    bad = card(garbage_card(answer))
    log.expect(CardReading(), failed(why))
    bad.remove()
    log.expect(CardRemoved())
    card()
    log.expect(CardReading(), read(A))


@pytest.mark.usefixtures("ready")
def test_quick_taps_never_give_a_card_that_was_not_laid_down_then(service: PcscService, log: CardLog) -> None:
    rng = random.Random(20)
    laid = [f"CAFE{number:04X}" for number in range(CYCLES)]
    for number, uid in enumerate(laid):
        with VirtualCard(service.port, uid_card(uid)) as quick:
            if number % 4 == 3:
                log.until(read(uid))
            else:  # sometimes too short a time for a reader that polls every 400 ms
                rng.choice([quick.asked, quick.answered]).acquire(timeout=rng.random() * 0.6)
    with VirtualCard(service.port, uid_card(B)):
        log.until(read(B))
    got = log.uids()[:-1]
    assert got == sorted(set(got)), "a card was read twice or in another order"
    assert set(got) <= set(laid)
    assert set(laid[3::4]) <= set(got)
