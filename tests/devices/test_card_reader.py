"""The reader's thread against a PC/SC service in memory: every call fails once with every kind of code."""

import os
import threading
from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from smartcard import scard

from kiosk.devices import card_reader, pcsc
from kiosk.devices.card_reader import MAX_STUCK_READS, CardReader
from kiosk.domain.devices import CardFailed, CardRead, CardReading, CardRemoved, CardTrouble, ReaderChanged, ReaderState
from tests.patience import PATIENCE

from .card_log import CardLog, SlowClock, assert_order, failed, read
from .fake_scard import READER, FakeScard, uid_answer

A, B = "CAFE1234", "04A1B2C3D4E5F6"
READY = ReaderChanged(ReaderState.READY, READER)
NO_READER = ReaderChanged(ReaderState.NO_READER)
SERVICE_DOWN = ReaderChanged(ReaderState.SERVICE_DOWN)
FUZZ = {"ci": 150, "full": 3000}[os.environ.get("COUNT", "ci")]
ROUNDS = 6  # cards laid down while calls fail
FAULTY_CALLS = 60
CODES = [
    scard.SCARD_F_COMM_ERROR,
    scard.SCARD_E_NO_SERVICE,
    scard.SCARD_E_INVALID_HANDLE,
    scard.SCARD_E_READER_UNAVAILABLE,
    scard.SCARD_W_REMOVED_CARD,
    scard.SCARD_E_NOT_TRANSACTED,
    scard.SCARD_W_UNRESPONSIVE_CARD,
    scard.SCARD_E_SHARING_VIOLATION,
    0x7FFFFFFF,
]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> FakeScard:
    fake = FakeScard()
    monkeypatch.setattr(pcsc, "scard", fake)
    monkeypatch.setattr("kiosk.devices.pcsc_attempt.TRY_GAP_SECONDS", 0.0)
    monkeypatch.setattr(card_reader, "GLANCE_SECONDS", 0.001)
    monkeypatch.setattr(card_reader, "PAUSE_SECONDS", 0.001)
    return fake


@pytest.fixture
def log() -> Iterator[CardLog]:
    log = CardLog()
    yield log
    assert_order(log.events)


@pytest.fixture
def run(log: CardLog, service: FakeScard) -> Iterator[Callable[..., CardReader]]:
    started: list[CardReader] = []

    def start(**options: object) -> CardReader:
        wanted = {"service_retry": 0.001, "clock": SlowClock(), **options}
        reader = CardReader(log.post, **wanted)  # type: ignore[arg-type]
        reader.start()
        started.append(reader)
        return reader

    yield start
    for reader in started:
        reader.stop()
    for thread in threading.enumerate():
        if thread.name in ("card-read", "card-reader"):
            thread.join(PATIENCE)
    assert service.open_contexts == 0


def test_a_card_is_read_and_removed(run: Callable[..., CardReader], service: FakeScard, log: CardLog) -> None:
    run()
    log.expect(READY)
    service.insert(uid_answer(A))
    log.expect(CardReading(), read(A))
    service.remove()
    log.expect(CardRemoved())


def test_a_swap_between_two_looks_is_seen_by_the_counter(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    run()
    service.insert(uid_answer(A))
    log.expect(READY, CardReading(), read(A))
    service.swap(uid_answer(B))
    log.expect(CardRemoved(), CardReading(), read(B))


def test_a_card_swapped_while_it_is_read_is_never_taken_for_the_other(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    swapped = threading.Event()

    def slow(command: bytes) -> bytes:
        if not swapped.is_set():
            swapped.set()
            service.swap(uid_answer(B))
        return uid_answer(A)(command)

    run()
    service.insert(slow)
    log.expect(READY, CardReading(), failed(CardTrouble.UNREADABLE), CardRemoved(), CardReading(), read(B))
    assert log.uids() == [B]


def test_a_card_pulled_in_the_middle_is_unreadable(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    def pulled(_command: bytes) -> bytes:
        service.remove()
        return b""  # as vpcd does it: success without an answer

    run()
    service.insert(pulled)
    log.expect(READY, CardReading(), failed(CardTrouble.UNREADABLE), CardRemoved())


def test_a_card_that_fails_once_is_read_at_the_second_try(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    broken = [b"\x90"]
    run()
    service.insert(lambda command: broken.pop() if broken else uid_answer(A)(command))
    log.expect(READY, CardReading(), read(A))


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (b"\x6a\x81", CardTrouble.NOT_A_CAMPUS_CARD),
        (b"\xca\xfe\x12\x90\x00", CardTrouble.NOT_A_CAMPUS_CARD),
        (b"\x08\xfe\x12\x34\x90\x00", CardTrouble.NOT_A_CAMPUS_CARD),
        (b"", CardTrouble.UNREADABLE),
        (b"\x90", CardTrouble.UNREADABLE),
        (bytes(300), CardTrouble.UNREADABLE),
        (b"\x61\x10", CardTrouble.UNREADABLE),
        (b"\x6c\x10", CardTrouble.UNREADABLE),
    ],
)
def test_a_wrong_answer_has_its_word(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog, answer: bytes, why: CardTrouble
) -> None:
    run()
    service.insert(lambda _: answer)
    log.expect(READY, CardReading(), failed(why))
    service.swap(uid_answer(A))
    log.expect(CardRemoved(), CardReading(), read(A))


def test_mute_cards_do_not_stop_the_reader_nor_pile_up_threads(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    asked, now, end = [], [0.0], threading.Event()

    def clock() -> float:
        now[0] += 1.0  # two looks at the clock are further apart than the deadline
        return now[0]

    def mute(_command: bytes) -> bytes:
        asked.append(1)
        end.wait()
        return b""

    run(clock=clock)
    log.expect(READY)
    for _ in range(MAX_STUCK_READS + 3):
        service.insert(mute)
        log.expect(CardReading(), failed(CardTrouble.MUTE))
        service.remove()
        log.expect(CardRemoved())
    assert len(asked) <= MAX_STUCK_READS
    end.set()


def test_a_reader_that_comes_goes_and_comes_again_is_followed(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    service.readers = []
    run()
    log.expect(NO_READER)
    for _ in range(3):
        service.insert(uid_answer(A))
        with service.changed:
            service.readers = [READER]
            service.changed.notify_all()
        log.expect(READY, CardReading(), read(A))
        with service.changed:
            service.readers = []
            service.changed.notify_all()
        log.until(NO_READER)


def test_only_the_reader_named_in_the_filter_is_used(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    service.readers = ["Some SAM slot 00 01", READER]
    run(reader="CONTACTLESS")
    service.insert(uid_answer(A))
    log.expect(READY, CardReading(), read(A))


def test_no_reader_fits_the_filter(run: Callable[..., CardReader], log: CardLog) -> None:
    run(reader="ACR122")
    log.expect(NO_READER)


def test_the_service_may_be_away_at_the_start(run: Callable[..., CardReader], service: FakeScard, log: CardLog) -> None:
    service.before = lambda _number, name: scard.SCARD_E_NO_SERVICE if name == "establish" else None
    service.insert(uid_answer(A))
    run()
    log.expect(SERVICE_DOWN)
    service.before = lambda _number, _name: None
    log.expect(READY, CardReading(), read(A))


def test_a_context_that_only_gives_errors_is_replaced(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog
) -> None:
    def first_is_dead(_number: int, name: str) -> int | None:
        return scard.SCARD_F_COMM_ERROR if name == "status" and service.contexts == 1 else None

    service.before = first_is_dead
    service.insert(uid_answer(A))
    run()
    log.expect(READY, SERVICE_DOWN, READY, CardReading(), read(A))


def test_stop_ends_the_card_that_lies_there(run: Callable[..., CardReader], service: FakeScard, log: CardLog) -> None:
    reader = run()
    service.insert(uid_answer(A))
    log.expect(READY, CardReading(), read(A))
    reader.stop()
    log.expect(CardRemoved())


@settings(max_examples=FUZZ, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(faults=st.dictionaries(st.integers(1, FAULTY_CALLS), st.sampled_from(CODES), max_size=FAULTY_CALLS // 4))
def test_after_any_errors_at_any_calls_the_card_that_lies_there_is_read(
    service: FakeScard, faults: dict[int, int]
) -> None:
    service.calls, service.card = 0, None
    service.before = lambda number, _name: faults.get(number)
    log = CardLog()
    reader = CardReader(log.post, service_retry=0.0)
    reader.start()
    try:
        for number in range(ROUNDS):
            service.swap(uid_answer(f"CAFE{number:04X}"))
            log.until(CardRead, CardFailed)
        service.before = lambda _number, _name: None
        service.swap(uid_answer(B))
        log.until(read(B))
    finally:
        reader.stop()
    assert_order(log.events)
    assert log.uids() == sorted(log.uids(), key=[*(f"CAFE{number:04X}" for number in range(ROUNDS)), B].index)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("call", ["list", "status", "connect", "transmit", "disconnect", "release"])
def test_an_error_at_any_step_is_survived(
    run: Callable[..., CardReader], service: FakeScard, log: CardLog, call: str, code: int
) -> None:
    left = [call]

    def once(_number: int, name: str) -> int | None:
        if left and name == call:
            left.pop()
            return code
        return None

    service.before = once
    service.insert(uid_answer(A))
    run()
    log.until(read(A))
    service.swap(uid_answer(B))
    log.until(read(B))
