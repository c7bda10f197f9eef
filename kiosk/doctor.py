"""``kiosk doctor``: how everything of this kiosk is, whether its program runs or not.

While it runs, the devices are its own: what it wrote down of them is read, and they are left alone. Everything else is
looked at here, all at once, each look with its own deadline.
"""

import queue
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kiosk import outside
from kiosk.config import Settings
from kiosk.devices.check_threads import CheckThreads, Look
from kiosk.domain.devices import PrinterChanged, ReaderChanged, ReaderState, ScannerState
from kiosk.domain.health import Degraded, Down, Health, Level, Reading, Ready, Subject, Why, level
from kiosk.domain.outcomes import Refused, Unreachable
from kiosk.domain.self_tests import SelfTestRecord
from kiosk.domain.speech import SpeechState
from kiosk.offline import health_file, identity, kiosk_key, lock, outbox_reading, self_tests
from kiosk.offline.health_file import Kept
from kiosk.offline.places import Places
from kiosk.services.health import (
    PACES,
    of_clock,
    of_hub,
    of_printer,
    of_queue,
    of_reader,
    of_scanner,
    of_speech,
    seconds_off,
)
from kiosk.services.hub_clock import HubClock
from kiosk.services.ports import Checked
from kiosk.uplink.certificate_age import CertificateAge
from kiosk.uplink.hub_client import HubClient

#: How long the looks may take that the running kiosk does not make, seconds.
DEVICE_SECONDS = 15.0
#: What a running kiosk knows and nobody else may ask.
_ITS_OWN = (Subject.PRINTER, Subject.READER, Subject.SCANNER, Subject.SPEECH)
_ORDER = {subject: place for place, subject in enumerate(Subject)}


@dataclass(frozen=True, slots=True)
class Finding:
    """``since``: aware, ``None`` where only this moment is known."""

    subject: Subject
    health: Health
    measured: str
    since: datetime | None = None

    @property
    def level(self) -> Level:
        return level(self.health)


@dataclass(frozen=True, slots=True)
class Report:
    """``kiosk``: its id at the hub, '' before enrolment; ``running``: pid of its program, '' where none runs."""

    at: datetime
    kiosk: str
    running: str
    findings: tuple[Finding, ...]
    self_tests: tuple[SelfTestRecord, ...]

    def count(self, wanted: Level) -> int:
        return sum(finding.level is wanted for finding in self.findings)

    @property
    def level(self) -> Level:
        """The worst there is."""
        return next((level for level in (Level.DOWN, Level.DEGRADED) if self.count(level)), Level.READY)

    @property
    def is_down(self) -> bool:
        return self.level is Level.DOWN


def examined(settings: Settings, looks: Mapping[Subject, Look] | None = None) -> Report:
    """``looks`` in place of those at this machine, for tests."""
    return _Examination(settings).report(outside.looks(settings) if looks is None else looks)


@dataclass(slots=True)
class _Examination:
    settings: Settings
    places: Places = field(init=False)
    clock: HubClock = field(default_factory=HubClock)

    def __post_init__(self) -> None:
        self.places = Places(self.settings.data)

    def report(self, machine: Mapping[Subject, Look]) -> Report:
        pid = lock.owner(self.places.lock)
        kept = health_file.read(self.places.health) if pid is not None else None
        known = _known(self.places)
        looks = {**machine, **self._own_looks(known), **(self._devices() if pid is None else {})}
        found = [Finding(reading.subject, reading.health, reading.measured) for reading in _all(looks)]
        found.append(_program(pid, kept))
        found += _of_running(kept) if kept else []
        if (offset := self.clock.offset()) is not None:
            found.append(Finding(Subject.CLOCK, of_clock(offset), seconds_off(offset)))
        return Report(
            at=datetime.now(UTC).astimezone(),
            kiosk=known.kiosk if known else "",
            running=pid or "",
            findings=tuple(sorted(found, key=lambda finding: _ORDER[finding.subject])),
            self_tests=self_tests.latest_in(self.places.database),
        )

    def _own_looks(self, known: identity.KioskIdentity | None) -> dict[Subject, Look]:
        ca = self._ca(known)
        certificate = CertificateAge(self.settings.hub.url, ca, lambda: self.clock.hub_now().at)
        return {
            Subject.HUB: lambda: self._hub(known, ca),
            Subject.CERTIFICATE: certificate.look,
            Subject.QUEUE: self._queue,
        }

    def _ca(self, known: identity.KioskIdentity | None) -> str:
        try:
            return self.settings.hub.ca.read_text(encoding="ascii")
        except (OSError, ValueError):
            return known.ca if known else ""

    def _hub(self, known: identity.KioskIdentity | None, ca: str) -> Reading:
        """Whether it is reached, and whether it accepts this kiosk: by the same question a kiosk begins with."""
        key = kiosk_key.read(self.places.key) if known else None
        if known is None or key is None:
            return Reading(Subject.HUB, Down(Why.NOT_ENROLLED))
        try:
            client = HubClient.of(known.kiosk, key.private, self.settings.hub.url, ca, self.clock)
        except ValueError:  # ssl.SSLError is one: what stands in hub.ca is no certificate
            return Reading(Subject.HUB, Down(Why.HUB_CERTIFICATE))
        try:
            answer = client.campus("")
        finally:
            client.close()
        match answer:
            case Unreachable(why):
                return Reading(Subject.HUB, of_hub(why), self.settings.hub.url)
            case Refused(code):
                return Reading(Subject.HUB, Down(Why.HUB_ERROR), code)
            case _:
                return Reading(Subject.HUB, Ready(), self.settings.hub.url)

    def _queue(self) -> Reading | None:
        fill = outbox_reading.fill(self.places.database)
        if isinstance(fill, outbox_reading.NoOutbox):
            return None
        return Reading(Subject.QUEUE, of_queue(fill), str(fill.unsettled))

    def _devices(self) -> dict[Subject, Look]:
        """Nobody else uses them."""
        looks: dict[Subject, Look] = {}
        settings = self.settings
        if settings.reader.kind != "none":
            looks[Subject.READER] = lambda: _reader(outside.reader_state(settings.reader))
        if settings.printer.kind != "none":
            looks[Subject.PRINTER] = lambda: _printer(outside.printer_itself(settings.printer, settings.data).state())
        if settings.scanner.kind != "none":
            looks[Subject.SCANNER] = lambda: _scanner(
                outside.scanner_state(settings.scanner), str(settings.scanner.path)
            )
        if settings.speech.kind != "none":
            looks[Subject.SPEECH] = lambda: _speech(outside.speech_state(settings.speech))
        return looks


def _known(places: Places) -> identity.KioskIdentity | None:
    try:
        return identity.load(places.identity)
    except OSError:
        return None


def _reader(said: ReaderChanged) -> Reading | None:
    health = of_reader(said.state)
    shown = said.reader if said.state is not ReaderState.SERVICE_DOWN else ""
    return Reading(Subject.READER, health, shown) if health else None


def _printer(said: PrinterChanged) -> Reading | None:
    health = of_printer(said.state)
    return Reading(Subject.PRINTER, health, said.detail) if health else None


def _scanner(said: ScannerState, path: str) -> Reading | None:
    health = of_scanner(said)
    return Reading(Subject.SCANNER, health, path) if health else None


def _speech(said: SpeechState) -> Reading | None:
    health = of_speech(said)
    return Reading(Subject.SPEECH, health) if health else None


def _program(pid: str | None, kept: Kept | None) -> Finding:
    if pid is None:
        return Finding(Subject.PROGRAM, Degraded(Why.NOT_RUNNING), "")
    silent = kept is not None and health_file.is_stale(kept, time.monotonic())
    return Finding(Subject.PROGRAM, Down(Why.KIOSK_SILENT) if silent else Ready(), pid)


def _of_running(kept: Kept) -> list[Finding]:
    now, ago = datetime.now(UTC).astimezone(), time.monotonic()
    return [
        Finding(line.subject, line.health, line.measured, now - timedelta(seconds=max(0.0, ago - line.since)))
        for line in kept.lines
        if line.subject in _ITS_OWN
    ]


def _all(looks: Mapping[Subject, Look]) -> list[Reading]:
    """All at once; one that does not come back in its time is a finding."""
    answers: queue.SimpleQueue[Checked] = queue.SimpleQueue()
    threads = CheckThreads(looks, answers.put)
    begun = time.monotonic()
    for subject in looks:
        threads.ask(subject)
    waited = {subject: begun + _deadline(subject) for subject in looks}
    found: list[Reading] = []
    while waited:
        late = [subject for subject, until in waited.items() if time.monotonic() >= until]
        for subject in late:
            del waited[subject]
            found.append(Reading(subject, Down(Why.NO_ANSWER)))
        answer = _next(answers, min(waited.values()) - time.monotonic()) if waited else None
        if answer is not None and answer.subject in waited:
            del waited[answer.subject]
            found += [answer.reading] if answer.reading else []
    return found


def _next(answers: "queue.SimpleQueue[Checked]", seconds: float) -> Checked | None:
    try:
        return answers.get(timeout=max(0.0, seconds))
    except queue.Empty:
        return None


def _deadline(subject: Subject) -> float:
    return PACES[subject].deadline if subject in PACES else DEVICE_SECONDS
