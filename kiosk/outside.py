"""Simulated or real: the one place that decides what stands outside this kiosk."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from kiosk.card_settings import CardSettings, asks_the_hub
from kiosk.config import PrinterSettings, ReaderSettings, ScannerSettings, Settings, SpeechSettings

if TYPE_CHECKING:
    # Types only: they themselves, and what they import in turn, would stand before the first frame.
    from collections.abc import Mapping
    from typing import Protocol

    from kiosk.devices import desfire_card, printer_thread
    from kiosk.devices.check_threads import Look
    from kiosk.devices.escpos_printer import EscposPrinter
    from kiosk.domain.devices import ReaderChanged, ScannerState
    from kiosk.domain.health import Subject
    from kiosk.domain.receipts import Slip
    from kiosk.domain.speech import SpeechState, Utterance
    from kiosk.services.hub_requests import HubOutcome, HubRequest
    from kiosk.services.ports import Checks

    Handle = Callable[[HubRequest], HubOutcome]

    class Reader(Protocol):
        def start(self) -> None: ...

        def stop(self) -> None: ...

    class Printer(Protocol):
        def start(self) -> None: ...

        def stop(self) -> None: ...

        def warm(self) -> None: ...

        def print(self, job_id: int, slip: Slip) -> None: ...

    class SpeechDevice(Protocol):
        def start(self) -> None: ...

        def stop(self) -> None: ...

        def say(self, utterance: Utterance) -> None: ...

        def hush(self) -> None: ...

    CardWay = Callable[[], desfire_card.Relay]
    Looks = Mapping[Subject, Look]


Post = Callable[[object], bool]
#: How long speech may take to be tried in both languages, seconds.
SPEECH_SECONDS = 12.0


def _random() -> float:
    import random

    return random.random()


def _wall() -> datetime:
    return datetime.now(UTC)


class Absent:
    """No such device is configured: nothing is ever read, nothing ever printed."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""

    def warm(self) -> None:
        """Nothing to load."""

    def print(self, job_id: int, slip: "Slip") -> None:
        """Never called: without a printer no slip is made."""


class Silent:
    """No speech is configured: no key starts it."""

    def start(self) -> None:
        """Nothing to start."""

    def stop(self) -> None:
        """Nothing to stop."""

    def say(self, utterance: "Utterance") -> None:
        """Never called: speech is never on."""

    def hush(self) -> None:
        """Nothing is said."""


class Told:
    """Speech, and the switch in the socket of the headphones."""

    def __init__(self, speech: "SpeechDevice", jack: "Reader") -> None:
        self._speech, self._jack = speech, jack
        self.say, self.hush = speech.say, speech.hush

    def start(self) -> None:
        self._speech.start()
        self._jack.start()

    def stop(self) -> None:
        self._jack.stop()
        self._speech.stop()


def _no_speech(_: Post) -> "SpeechDevice":
    return Silent()


def _no_scanner(_: Post) -> "Reader":
    return Absent()


def looks(settings: Settings) -> "Looks":
    """What of this machine is looked at, beside its devices and the hub's certificate."""
    from urllib.parse import urlsplit

    from kiosk.devices import disk_state, machine_state
    from kiosk.devices.receipt_fonts import fonts_there
    from kiosk.domain.health import Down, Reading, Ready, Subject, Why

    host = urlsplit(settings.hub.url).hostname or ""

    def fonts() -> Reading:
        return Reading(Subject.FONTS, Ready() if fonts_there() else Down(Why.NO_FONTS))

    return {
        Subject.NETWORK: lambda: machine_state.network(host),
        Subject.SCREEN: machine_state.screen,
        Subject.TOUCH: lambda: machine_state.touch(expected=settings.screen.width == 0),
        Subject.SPEAKER: machine_state.speaker,
        Subject.DISK: lambda: disk_state.disk(settings.data),
        Subject.MEMORY: machine_state.memory,
        Subject.TEMPERATURE: machine_state.temperature,
        Subject.FONTS: fonts,
    }


def _check_threads(looks: "Looks", post: Post) -> "Checks":
    from kiosk.devices.check_threads import CheckThreads

    return CheckThreads(looks, post)


class Outside(Struct, frozen=True):
    """The makers run on the worker's thread, once; ``line`` wraps the way to the hub. A reader gets its own way there,
    for cards that prove themselves to the hub. ``restarts``: a kiosk that ends by itself is started again.
    ``answered_within``: seconds the hub's answers are waited for, 0 as long as kiosks do."""

    reader: "Callable[[Post, CardWay], Reader]"
    printer: "Callable[[Post], Printer]"
    line: "Callable[[Handle], Handle]" = lambda handle: handle
    monotonic: Callable[[], float] = time.monotonic
    wall: Callable[[], datetime] = _wall
    random: Callable[[], float] = _random
    scanner: "Callable[[Post], Reader]" = _no_scanner
    looks: "Callable[[Settings], Looks]" = looks
    checks: "Callable[[Looks, Post], Checks]" = _check_threads
    speech: "Callable[[Post], SpeechDevice]" = _no_speech
    restarts: bool = False
    answered_within: float = 0.0


def real(settings: Settings) -> Outside:
    """The devices the settings name. Their libraries are imported when they are made, not before."""
    reader, scanner = _reader(settings.reader, settings.card), _scanner(settings.scanner)
    printer = _printer(settings.printer, settings.data)
    return Outside(reader, printer, scanner=scanner, speech=_speech(settings.speech), restarts=True)


def _reader(settings: ReaderSettings, cards: tuple[CardSettings, ...]) -> "Callable[[Post, CardWay], Reader]":
    def make(post: Post, way: "CardWay") -> "Reader":
        if settings.kind == "none":
            return Absent()
        if settings.kind == "simulated":
            from kiosk.devices.simulated import SimulatedReader

            return SimulatedReader(lambda event: _ignored(post(event)))
        from kiosk.card_kinds import profiles_of
        from kiosk.devices.card_reader import CARD_DEADLINE_SECONDS, RELAY_DEADLINE_SECONDS, CardReader

        relayed = asks_the_hub(cards)
        return CardReader(
            lambda event: _ignored(post(event)),
            reader=settings.name,
            profiles=profiles_of(cards, way() if relayed else None),
            deadline=RELAY_DEADLINE_SECONDS if relayed else CARD_DEADLINE_SECONDS,
        )

    return make


def reader_state(settings: ReaderSettings) -> "ReaderChanged":
    """One look, beside whoever uses it."""
    from kiosk.domain.devices import ReaderChanged, ReaderState

    if settings.kind == "simulated":
        return ReaderChanged(ReaderState.READY)
    from kiosk.devices.reader_look import reader_state

    return reader_state(settings.name)


def scanner_state(settings: ScannerSettings) -> "ScannerState":
    """One look; only while no kiosk uses it."""
    from kiosk.domain.devices import ScannerState

    if settings.kind == "serial":
        from kiosk.devices.scanner import SerialPort

        try:
            SerialPort(settings.path, settings.speed).close()
        except OSError:
            return ScannerState.ABSENT
    return ScannerState.READY


def _scanner(settings: ScannerSettings) -> "Callable[[Post], Reader]":
    def make(post: Post) -> "Reader":
        if settings.kind == "none":
            return Absent()
        if settings.kind == "simulated":
            from kiosk.devices.simulated_scanner import SimulatedScanner

            return SimulatedScanner(lambda event: _ignored(post(event)))
        from kiosk.devices.scanner import Scanner, SerialPort

        return Scanner(lambda event: _ignored(post(event)), lambda: SerialPort(settings.path, settings.speed))

    return make


def speech_state(settings: SpeechSettings) -> "SpeechState":
    """What the kiosk's own thread finds when it tries: nobody hears it. Only while no kiosk uses the sound card."""
    import queue

    from kiosk.domain.speech import SpeechChanged

    found: queue.SimpleQueue[SpeechState] = queue.SimpleQueue()

    def post(event: object) -> bool:
        if isinstance(event, SpeechChanged):
            found.put(event.state)
        return True

    device = _speech(settings)(post)
    device.start()
    try:
        return found.get(timeout=SPEECH_SECONDS)
    finally:
        device.stop()


def _speech(settings: SpeechSettings) -> "Callable[[Post], SpeechDevice]":
    def make(post: Post) -> "SpeechDevice":
        if settings.kind == "none":
            return Silent()
        if settings.kind == "simulated":
            from kiosk.devices.simulated_speech import SimulatedSpeech

            return SimulatedSpeech(lambda event: _ignored(post(event)))
        from kiosk.devices.espeak import Aplay, Espeak
        from kiosk.devices.speech import SpeechThread

        speech = SpeechThread(Espeak(), Aplay(settings.device), lambda event: _ignored(post(event)))
        if settings.jack == Path():
            return speech
        from kiosk.devices.headphone_jack import HeadphoneJack

        return Told(speech, HeadphoneJack(settings.jack, lambda event: _ignored(post(event))))

    return make


def _printer(settings: PrinterSettings, data: Path) -> "Callable[[Post], Printer]":
    def make(post: Post) -> "Printer":
        if settings.kind == "none":
            return Absent()
        from kiosk.devices import printer_thread

        def itself() -> "printer_thread.Printer":
            return printer_itself(settings, data)

        return printer_thread.PrinterThread(itself, lambda event: _ignored(post(event)))

    return make


def printer_itself(settings: PrinterSettings, data: Path) -> "printer_thread.Printer":
    """The printer that is configured, for one thread; ``settings.kind`` is not none."""
    if settings.kind == "simulated":
        from kiosk.devices.simulated_printer import SimulatedPrinter

        return SimulatedPrinter(settings.path)
    printer: printer_thread.Printer = _ipp(settings) if settings.kind == "ipp" else escpos(settings, data)
    if not settings.roll_slips:
        return printer
    from kiosk.devices.counted_roll import CountedRoll
    from kiosk.offline.places import Places

    return CountedRoll(printer, Places(data).roll, settings.roll_slips)


def _ipp(settings: PrinterSettings) -> "printer_thread.Printer":
    from kiosk.devices.ipp_page import page
    from kiosk.devices.ipp_printer import IppPrinter
    from kiosk.devices.receipt_boxes import STRIPS

    strip, sheet = STRIPS[settings.dots], settings.sheet == "a4"
    return IppPrinter(settings.uri, lambda slip, fonts: page(slip, fonts, strip, sheet))


def escpos(settings: PrinterSettings, data: Path) -> "EscposPrinter":
    """The ESC/POS printer that is configured; ``data`` is the kiosk's folder, where an open job is marked."""
    from kiosk.devices.escpos_dialect import Cut, Dialect, Writing
    from kiosk.devices.escpos_link import Address, Device, Serial, Tcp
    from kiosk.devices.escpos_printer import EscposPrinter
    from kiosk.offline.places import Places

    address: Address = Device(settings.path)
    if settings.kind == "escpos_tcp":
        address = Tcp(settings.host, settings.port)
    elif settings.kind == "escpos_serial":
        address = Serial(settings.path, settings.speed, settings.flow == "hardware")
    writing, cut = Writing(settings.writing), Cut(settings.cut)
    dialect = Dialect(settings.dots, writing, settings.density, cut, settings.end_mark)
    return EscposPrinter(address, dialect=dialect, open_job=Places(data).open_slip)


def _ignored(_: bool) -> None:
    """A full worker queue is counted there; a device has nobody to tell."""
