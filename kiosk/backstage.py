"""Everything behind the window: made on the worker's thread after the first frame, so that it costs the start nothing.

Imported late by app.py, because what it imports (SQLite, cryptography) may not delay the first frame.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from kiosk.card_settings import asks_the_hub
from kiosk.config import Settings
from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.devices import (
    CardFailed,
    CardRead,
    CardReading,
    CardRemoved,
    PrinterChanged,
    PrinterState,
    ReaderChanged,
    ReaderMode,
    Scanned,
    ScannerChanged,
)
from kiosk.domain.health import Reading, Subject
from kiosk.domain.identity import Claim
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.parcels import SealedOrder
from kiosk.domain.presence import Neighbours
from kiosk.domain.speech import HeadphonesChanged, SpeechChanged
from kiosk.domain.visit import Visit
from kiosk.machine import Machine
from kiosk.offline import identity, kiosk_key
from kiosk.offline.article_thread import ArticleThread
from kiosk.offline.boot import DiskRefuses, TooNew
from kiosk.offline.campus_cache import CampusCache
from kiosk.offline.facts import Facts
from kiosk.offline.health_file import HealthFile
from kiosk.offline.kiosk_key import KeyUnreadable, KioskKey
from kiosk.offline.opening import Memory, open_memory
from kiosk.offline.outbox import Outbox
from kiosk.offline.places import Places
from kiosk.offline.sealer import Sealer
from kiosk.offline.self_tests import SelfTestStore
from kiosk.outside import Outside
from kiosk.secret.helper import Opening
from kiosk.secret.password_opening import PasswordOpening
from kiosk.secret.password_pad import Order, PasswordPad
from kiosk.secret.pin_pad import Attempt, PinPad, Prepare
from kiosk.services import requests
from kiosk.services.article_requests import ArticlesAnswered, ArticlesChanged, ArticlesWanted
from kiosk.services.campus_watch import CampusWatch
from kiosk.services.delivery import Delivery
from kiosk.services.flows import Outside as FlowsOutside
from kiosk.services.flows import make_flows
from kiosk.services.health import HealthWatch
from kiosk.services.health_telling import HealthTelling
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import HubAnswered, HubOutcome, HubRequest
from kiosk.services.knowledge_watch import KnowledgeWatch
from kiosk.services.pin_entry import PIN_LENGTH
from kiosk.services.ports import Checked, PinUse, SecretEvent, SlipPrinted, Speech
from kiosk.services.presence import PresenceWatch, readiness
from kiosk.services.session import Session
from kiosk.services.station import Station
from kiosk.services.views import View
from kiosk.uplink.hub_thread import HubThread
from kiosk.worker import Wiring

if TYPE_CHECKING:
    from kiosk.offline.records_check import RecordsCheck
    from kiosk.uplink.card_relay import CardRelay
    from kiosk.uplink.certificate_age import CertificateAge

#: How often the hub's time, and other kiosks that are ready, are written down for the next start, seconds.
REMEMBER_TIME_EVERY = 300.0
#: How long each thread may take to end, seconds.
END_WITHIN = 3.0


class CannotStartError(RuntimeError):
    """This kiosk cannot work; the message says why and what to do, for staff."""


@dataclass(slots=True)
class Backstage:
    """What ``wire`` made, as far as the window and the drawer need it."""

    station: Station
    pin_pad: PinPad
    password_pad: PasswordPad
    speech: Speech
    hub_clock: HubClock
    outbox: Outbox
    health: HealthWatch


@dataclass(frozen=True, slots=True)
class Ways:
    """``post`` hands a command to the worker, ``show`` a view to the window; ``made`` gets the finished backstage;
    ``restart`` ends the program, from any thread."""

    post: Callable[[object], bool]
    show: Callable[[View], None]
    made: Callable[[Backstage], None]
    restart: Callable[[], None]


def wire(settings: Settings, outside: Outside, ways: Ways) -> Wiring:
    """Raises CannotStartError. The caller holds the data folder's lock."""
    places = Places(settings.data)
    known, key = _identity(places)
    memory = _memory(places, key)
    database = memory.database
    facts = Facts(database)
    clock = HubClock(facts.hub_time(), outside.monotonic, outside.wall)
    cache = CampusCache(database, clock)
    sealer = Sealer(known.kiosk, key, lambda: (cache.hub_keys() or known.hub_keys)[0])
    outbox = Outbox(database, sealer, clock, memory.copy)

    ca_pem = settings.hub.ca.read_text(encoding="ascii") if settings.hub.ca.is_file() else known.ca

    def hub_handle() -> Callable[[HubRequest], HubOutcome]:
        from kiosk import log_export
        from kiosk.uplink.hub_client import HubClient
        from kiosk.uplink.transport import TOTAL_SECONDS

        client = HubClient.of(
            known.kiosk,
            key.private,
            settings.hub.url,
            ca_pem,
            clock,
            outside.answered_within or TOTAL_SECONDS,
            log=lambda: log_export.packed(settings.data / "log"),
        )
        return outside.line(client.handle)

    def card_relay() -> "CardRelay":
        from kiosk.uplink.card_relay import EXCHANGE_SECONDS, CardRelay
        from kiosk.uplink.hub_client import HubClient

        url, seconds = settings.hub.url, EXCHANGE_SECONDS
        return CardRelay(lambda: HubClient.of(known.kiosk, key.private, url, ca_pem, clock, seconds))

    hub = HubThread(hub_handle, ways.post)
    articles = ArticleThread(places, ways.post)
    delivery = Delivery(outbox, hub, clock, outside.random)
    printer = outside.printer(ways.post)
    pin_pad = PinPad(ways.post, _attempts(sealer, clock))
    password_pad = PasswordPad(ways.post, _orders(sealer, clock))

    house = settings.screen.language
    session = Session(
        clock,
        Visit(language=house, house=house),
        campus=cache.campus(),
        neighbours=facts.neighbours(),
        closed=facts.closed(),
        reader_position=settings.reader.position,
        slip_position=settings.printer.position,
        behind_counter=settings.desk.behind_counter,
        genuine_cards=asks_the_hub(settings.card),
        printer=PrinterState.NONE if settings.printer.kind == "none" else PrinterState.READY,
        private=settings.speech.heard == "headphones",
    )
    self_tests = SelfTestStore(database)
    (sqlite,) = database.execute("SELECT sqlite_version()").fetchone()
    restart = ways.restart if outside.restarts else None
    machine = Machine(settings.hub.url, sqlite, facts.remember_closed, restart)
    speech = outside.speech(ways.post)
    orders = _Orders(sealer, clock)
    outside_flows = FlowsOutside(
        hub, pin_pad, password_pad, orders, outbox, delivery, printer, articles, self_tests, machine, speech
    )
    flows = make_flows(session, outside_flows)
    station = Station(session, flows, outbox, hub, ways.show, ReaderMode(settings.reader.mode))
    knowledge = KnowledgeWatch(articles, hub, clock, outside.random)
    watch = CampusWatch(cache, hub, clock, outside.random, station.campus_changed)
    reader = outside.reader(ways.post, card_relay)
    scanner = outside.scanner(ways.post)
    presence = PresenceWatch(
        hub,
        clock,
        outside.random,
        lambda: readiness(session, outbox.fill()),
        lambda neighbours: keep_neighbours(session, facts, neighbours, outbox),
        outbox.set_back.mark,
    )
    certificate = _certificate_look(settings.hub.url, ca_pem, clock)
    own = {Subject.CERTIFICATE: certificate, Subject.RECORDS: _records_look(places, key, session)}
    checks = outside.checks({**outside.looks(settings), **own}, ways.post)
    health = HealthWatch(session, checks, clock, clock.offset, outbox.fill, outbox.numbers_for_life)
    health_telling = HealthTelling(hub, clock, outside.random, session, self_tests)
    health_file = HealthFile(places.health, clock.monotonic)
    remembered = [clock.monotonic()]
    grown = [False]

    def answered(answer: HubAnswered) -> None:
        delivery.answered(answer)
        watch.answered(answer)
        knowledge.answered(answer)
        presence.answered(answer)
        health.hub_answered(answer)
        health_telling.answered(answer)
        station.hub_answered(answer)

    def articles_changed(event: ArticlesChanged) -> None:
        knowledge.changed(event)
        station.articles(event)

    def printer_changed(changed: PrinterChanged) -> None:
        health.printer(changed)
        station.printer(changed.state)

    def beat() -> None:
        if not grown[0]:
            grown[0] = True
            database.grow_log()
        outbox.keep_copy()
        delivery.beat()
        watch.beat()
        knowledge.beat()
        presence.beat()
        health.beat()
        health_telling.beat()
        health_file.keep(session.health)
        station.beat()
        now = clock.hub_now()
        if now.certain and clock.monotonic() >= remembered[0]:
            remembered[0] = clock.monotonic() + REMEMBER_TIME_EVERY
            facts.remember_hub_time(now.at)

    def close() -> None:
        pin_pad.close()
        password_pad.close()
        reader.stop()
        scanner.stop()
        speech.stop()
        printer.stop()
        hub.stop(END_WITHIN)
        articles.stop(END_WITHIN)
        health_file.remove()
        outbox.close()

    handlers: dict[type, Callable[[Any], None]] = {HubAnswered: answered, SlipPrinted: station.slip_printed}
    handlers |= dict.fromkeys(requests.Request.__args__, station.request)
    handlers |= dict.fromkeys((ReaderChanged, CardReading, CardRead, CardFailed, CardRemoved), station.reader)
    handlers |= dict.fromkeys((ScannerChanged, Scanned), station.scanner)
    handlers |= dict.fromkeys((SpeechChanged, HeadphonesChanged), station.speech)
    handlers |= dict.fromkeys(get_args(SecretEvent), station.secret)
    handlers[ArticlesAnswered] = station.articles
    handlers[ArticlesChanged] = articles_changed
    handlers[ArticlesWanted] = knowledge.wanted
    handlers[PrinterChanged] = printer_changed
    handlers[Checked] = health.checked

    ways.made(Backstage(station, pin_pad, password_pad, speech, clock, outbox, health))
    station.beat()
    # Two threads draw codes, the printer's and Qt's. Imported first by both at once it can stay half there for good.
    importlib.import_module("qrcode")
    hub.start()
    articles.start()
    reader.start()
    scanner.start()
    speech.start()
    printer.start()
    printer.warm()
    return Wiring(handlers, beat, close, lambda: database.commit_seconds)


def _records_look(places: Places, key: KioskKey, session: Session) -> Callable[[], Reading | None]:
    """As ``_certificate_look``."""
    made: list[RecordsCheck] = []

    def look() -> Reading | None:
        if not made:
            from kiosk.offline.records_check import RecordsCheck

            made.append(RecordsCheck(places, key, lambda: session.now.astimezone(session.zone)))
        return made[0].look()

    return look


def _certificate_look(hub: str, ca_pem: str, clock: HubClock) -> Callable[[], Reading | None]:
    """Made where it looks for the first time: what it imports costs the start nothing."""
    made: list[CertificateAge] = []

    def look() -> Reading | None:
        if not made:
            from kiosk.uplink.certificate_age import CertificateAge

            made.append(CertificateAge(hub, ca_pem, lambda: clock.hub_now().at))
        return made[0].look()

    return look


def keep_neighbours(session: Session, facts: Facts, answer: Neighbours, outbox: Outbox) -> None:
    """Written down when others are ready than before, or often enough that its time is not far off after a restart."""
    outbox.set_back.heard(answer.memory)
    if answer.again:
        outbox.send_again(answer.again)
    session.neighbours = neighbours = Neighbours(answer.as_of, answer.ready)
    written = facts.neighbours()
    fresh = written and (neighbours.as_of - written.as_of).total_seconds() < REMEMBER_TIME_EVERY
    if not (written and fresh and written.ready == neighbours.ready):
        facts.remember_neighbours(neighbours)


def _identity(places: Places) -> tuple[identity.KioskIdentity, KioskKey]:
    known = identity.load(places.identity)
    if known is None or not known.hub_keys:
        raise CannotStartError(f"{places.identity}: this kiosk is not enrolled; run kiosk enrol")
    key = kiosk_key.load_or_make(places.key)
    if isinstance(key, KeyUnreadable):
        raise CannotStartError(f"{key.path} is not a key; enrol this kiosk again")
    return known, key


def _memory(places: Places, key: KioskKey) -> Memory:
    opened = open_memory(places, key)
    match opened:
        case TooNew(migrations):
            newer = ", ".join(migrations)
            raise CannotStartError(f"{places.database} was written by a newer version ({newer}); install that version")
        case DiskRefuses(why):
            raise CannotStartError(f"{places.database}: {why.value}; free or replace the disk")
    return opened


def _attempts(sealer: Sealer, clock: HubClock) -> Prepare:
    import msgspec

    def prepare(claim: Claim, within: OperationClass | None, use: PinUse) -> Attempt:
        op_id, now = OpId.new(), clock.hub_now()
        if within is None:
            context, hub_key = sealer.pin_context(claim, op_id, now, use)
        else:
            context, hub_key = sealer.deferred_pin_context(claim, op_id, within, now)
        opening = msgspec.json.encode(Opening(context, hub_key, PIN_LENGTH, twice=use.twice))
        return Attempt(claim, opening, lambda sealed: sealer.signed_pin(sealed, context))

    return prepare


def _orders(sealer: Sealer, clock: HubClock) -> Callable[[AccountSeen, AccountAct], Order]:
    import msgspec

    def prepare(account: AccountSeen, act: AccountAct) -> Order:
        context, hub_key = sealer.order_context(act, account.handle, OpId.new(), clock.hub_now())
        opening = PasswordOpening(
            context,
            hub_key,
            act is AccountAct.CHANGE,
            account.password_rules,
            account.words,
            account.personal,
        )
        return Order(msgspec.json.encode(opening), lambda sealed: sealer.signed_order(sealed, context))

    return prepare


class _Orders:
    """Orders without a secret, sealed by the kiosk itself."""

    def __init__(self, sealer: Sealer, clock: HubClock) -> None:
        self._sealer, self._clock = sealer, clock

    def unlock(self, handle: str) -> SealedOrder:
        return self._sealer.unlock_order(handle, OpId.new(), self._clock.hub_now())
