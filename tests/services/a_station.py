"""A station with everything outside it simulated in memory: instant hub, instant printer, a clock that is set."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.campus import Campus, Desk, KioskPlace, Opening, Place, Service, Symptom, Text
from kiosk.domain.desk_work import DeskUndoDraft
from kiosk.domain.devices import CardRead, PrinterState, ReaderState
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.hub_time import HubTime
from kiosk.domain.identity import CardClaim, Claim, Verified
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Printed, PrintOutcome, Saved, SaveOutcome, TicketAccepted
from kiosk.domain.parcels import Parcel, SealedOrder, SealedPin
from kiosk.domain.people import CardUid
from kiosk.domain.policy import Factor, Proof
from kiosk.domain.queueable import FeedbackDraft, MeTooDraft, TicketActDraft
from kiosk.domain.receipts import Slip
from kiosk.domain.self_tests import SelfTestRecord
from kiosk.domain.speech import Utterance
from kiosk.domain.upkeep import Closed, MachineFacts
from kiosk.services.article_requests import ArticleRequest
from kiosk.services.flows import Outside, make_flows
from kiosk.services.hub_requests import Deliver, HubAnswered, HubOutcome, HubRequest
from kiosk.services.ports import PinSealed, PinUse, Queued, QueueFill, SlipPrinted
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.station import Station
from kiosk.services.views import Overlay, Screen, StripKind, View

#: A Friday, the desk is open.
NOW = datetime(2026, 11, 20, 14, 26, tzinfo=UTC) - timedelta(hours=8)
ZHANG = CardClaim(CardUid("04A1B2C3D4E5F6"))
LI = CardClaim(CardUid("04FFFFFFFFFFFF"))


def text(zh: str, en: str = "") -> Text:
    return Text(zh, en or zh)


def a_service(service: str, kind: str = "incident", identity: str = "none") -> Service:
    return Service(
        service,
        kind,
        "wrench",
        text("网络和 Wi-Fi", "Network and Wi-Fi"),
        text("连不上、很慢", "No connection, slow"),
        text("网络和 Wi-Fi：怎么了？", "Network and Wi-Fi: what is wrong?"),
        identity,
        tuple(Symptom(f"s{i}", "wifi-slash", text(f"症状 {i}", f"Symptom {i}")) for i in range(4)),
        (text("手机和电脑都这样", "Phone and computer alike"),),
        asks_impact=kind == "incident",
        asks_place=True,
    )


def a_campus() -> Campus:
    floors = (text("一层", "Floor 1"), text("二层", "Floor 2"))
    return Campus(
        version="1",
        name=text("云麓大学", "Yunlu University"),
        product=text("IT 自助服务", "IT self-service"),
        mark="云",
        zone="Asia/Shanghai",
        desk=Desk(
            text("图书馆一层", "Library, floor 1"),
            "8231 0000",
            tuple(Opening(day, "08:00", "18:00") for day in range(1, 6)),
            (text("身份证", "ID card"),),
        ),
        services=(a_service("network"), a_service("software", "request"), a_service("access", "request", "claimed")),
        places=(
            Place("library", text("图书馆", "Library"), text("东区", "East"), "T", floors),
            Place("gym", text("体育馆", "Gym"), text("西区", "West"), "T", ()),
        ),
        kiosk=KioskPlace("A12", text("图书馆一层", "Library, floor 1"), "library", floors[0]),
        public_url="https://k.example",
        number_pattern="[0-9]{11}|T[0-9]{7}",
        number_lengths=(8, 11),
        number_letters="T",
        page_days=30,
    )


@dataclass
class Clock:
    seconds: float = 1000.0

    def monotonic(self) -> float:
        return self.seconds

    def hub_now(self) -> HubTime:
        return HubTime(NOW + timedelta(seconds=self.seconds - 1000.0), certain=True)


@dataclass
class Outbox:
    outcome: SaveOutcome | None = None
    drafts: list[TicketDraft] = field(default_factory=list)
    me_too: list[MeTooDraft] = field(default_factory=list)
    marks: list[FeedbackDraft] = field(default_factory=list)
    acts: list[TicketActDraft] = field(default_factory=list)
    undone: list[DeskUndoDraft] = field(default_factory=list)
    waiting: int = 0
    queued: list[Queued] = field(default_factory=list)
    hurried: int = 0
    revived: int = 0
    sent_at: datetime | None = None

    def enqueue(self, draft: TicketDraft | FeedbackDraft | MeTooDraft | TicketActDraft | DeskUndoDraft) -> SaveOutcome:
        if self.outcome is not None:
            return self.outcome
        if isinstance(draft, DeskUndoDraft):
            self.undone.append(draft)
            return Saved(OpId.new().value, "")
        if isinstance(draft, TicketActDraft):
            self.acts.append(draft)
            return Saved(OpId.new().value, "")
        if isinstance(draft, FeedbackDraft):
            self.marks.append(draft)
            return Saved(OpId.new().value, "")
        if isinstance(draft, MeTooDraft):
            self.me_too.append(draft)
            return Saved(OpId.new().value, "")
        self.drafts.append(draft)
        self.waiting += 1
        return Saved(OpId.new().value, f"A12-{len(self.drafts):04d}-K")

    def fill(self) -> QueueFill:
        dead = sum(each.dead for each in self.queued)
        return QueueFill(self.waiting + len(self.queued) - dead, dead, 5000, nearly_full=False, last_sent=self.sent_at)

    def unsettled(self, limit: int) -> list[Queued]:
        return self.queued[:limit]

    def last_sent(self) -> datetime | None:
        return NOW if self.waiting else None

    def send_again(self, ops: Collection[str] | None = None) -> None:
        self.revived += ops is None

    def hurry(self) -> None:
        self.hurried += 1


@dataclass
class Hub:
    asked: list[HubRequest] = field(default_factory=list)

    def ask(self, request: HubRequest) -> bool:
        self.asked.append(request)
        return True


@dataclass
class Articles:
    asked: list[ArticleRequest] = field(default_factory=list)

    def ask(self, request: ArticleRequest) -> None:
        self.asked.append(request)


@dataclass
class Machine:
    """``restarts``: somebody would start the kiosk again."""

    restarts: bool = True
    restarted: int = 0
    kept: list[Closed | None] = field(default_factory=list)

    def facts(self) -> MachineFacts:
        return MachineFacts("https://hub.example.edu:8443", (("campus-kiosk", "0.1.0"),), ("192.0.2.7 (eth0)",))

    def restart(self) -> bool:
        self.restarted += self.restarts
        return self.restarts

    def keep_closed(self, closed: Closed | None) -> None:
        self.kept.append(closed)


@dataclass
class Printer:
    slips: list[tuple[int, Slip]] = field(default_factory=list)

    def print(self, job_id: int, slip: Slip) -> None:
        self.slips.append((job_id, slip))


@dataclass
class SelfTests:
    kept: list[SelfTestRecord] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    disk_takes: bool = True

    def keep(self, record: SelfTestRecord) -> bool:
        if self.disk_takes:
            self.kept.append(record)
        return self.disk_takes

    def latest(self) -> tuple[SelfTestRecord, ...]:
        return tuple({record.part: record for record in self.kept}.values())

    def untold(self) -> tuple[SelfTestRecord, ...]:
        return tuple(record for record in self.kept if record.id not in self.heard)

    def told(self, ids: tuple[str, ...]) -> None:
        self.heard |= set(ids)


@dataclass
class Pad:
    opened: list[Claim] = field(default_factory=list)
    is_open: bool = False
    within: OperationClass | None = None
    use: PinUse = PinUse.CHECK

    def open(self, claim: Claim, within: OperationClass | None = None, use: PinUse = PinUse.CHECK) -> None:
        self.opened.append(claim)
        self.within, self.use = within, use
        self.is_open = True

    def close(self) -> None:
        self.is_open = False


@dataclass
class Words:
    """The password pad: what it was opened for, and what was asked of it."""

    opened: list[tuple[AccountSeen, AccountAct]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    is_open: bool = False

    def open(self, account: AccountSeen, act: AccountAct) -> None:
        self.opened.append((account, act))
        self.is_open = True

    def next(self) -> None:
        self.asked.append("next")

    def previous(self) -> None:
        self.asked.append("previous")

    def seal(self) -> None:
        self.asked.append("seal")

    def close(self) -> None:
        self.is_open = False

    def unlock(self, handle: str) -> SealedOrder:
        return SealedOrder(f"unlock {handle}".encode())


@dataclass
class Speech:
    said: list[Utterance] = field(default_factory=list)

    def say(self, utterance: Utterance) -> None:
        self.said.append(utterance)

    def hush(self) -> None:
        self.said.clear()


class AStation:
    """Drives a Station and keeps every view it showed."""

    def __init__(self, printer: PrinterState = PrinterState.READY) -> None:
        self.clock, self.outbox, self.hub, self.printer, self.pad = Clock(), Outbox(), Hub(), Printer(), Pad()
        self.articles, self.self_tests = Articles(), SelfTests()
        self.session = Session(self.clock, campus=a_campus(), reader=ReaderState.READY, printer=printer)
        self.kicks = 0
        self.words = Words()
        self.machine = Machine()
        self.speech = Speech()
        printing = (self, self.printer, self.articles, self.self_tests, self.machine, self.speech)
        outside = Outside(self.hub, self.pad, self.words, self.words, self.outbox, *printing)  # type: ignore[arg-type]
        self.flows = make_flows(self.session, outside)
        self.views: list[View] = []
        self.station = Station(self.session, self.flows, self.outbox, self.hub, self.views.append)  # type: ignore[arg-type]
        self.station.beat()

    def kick(self) -> None:
        self.kicks += 1

    @property
    def view(self) -> View:
        return self.views[-1]

    @property
    def screen(self) -> Screen:
        return self.view.screen

    def shows(self, screen: Screen) -> bool:
        return self.screen is screen

    def asks(self, question: Overlay) -> bool:
        return self.view.question.kind is question

    def strip_is(self, kind: StripKind) -> bool:
        return self.view.strip.kind is kind

    def press(self, *wanted: Request) -> "AStation":
        for request in wanted:
            self.station.request(request)
        return self

    def tap(self, claim: CardClaim = ZHANG) -> "AStation":
        self.station.reader(CardRead(claim))
        return self

    def wait(self, seconds: float) -> "AStation":
        while seconds > 0:
            step = min(seconds, 0.25)
            self.clock.seconds += step
            seconds -= step
            self.station.beat()
        return self

    def answer(self, outcome: HubOutcome, request: HubRequest | None = None) -> "AStation":
        """Answers ``request``, else the last one asked."""
        self.station.hub_answered(HubAnswered(request or self.hub.asked[-1], outcome))
        return self

    def delivered(self, outcome: HubOutcome | None = None) -> "AStation":
        """The hub answers the delivery the visitor waits for."""
        pending = self.flows.submission._pending
        assert pending is not None
        parcel = Parcel(OpId(pending.op_id), OperationClass.TICKET, pending.reference, 1, b"")
        self.outbox.waiting = 0
        return self.answer(outcome or accepted(pending.reference), Deliver(parcel))

    def printed(self, outcome: PrintOutcome | None = None) -> "AStation":
        self.station.slip_printed(SlipPrinted(self.printer.slips[-1][0], outcome or Printed()))
        return self

    def pin_typed(self) -> "AStation":
        self.station.secret(PinSealed(self.pad.opened[-1], SealedPin(b"sealed")))
        return self


def verified(*proofs: Proof, claim: Claim = ZHANG, session: str = "secret-session") -> Verified:
    """The hub's answer to a factor that was right; without ``proofs`` that was the PIN."""
    return Verified(claim, "张*明", "2023•••••87", session, frozenset(proofs or {Factor.PIN}))


def accepted(reference: str, respond_by: datetime | None = NOW + timedelta(hours=2)) -> TicketAccepted:
    return TicketAccepted(reference, NOW, respond_by, NOW + timedelta(hours=8), "https://k.example/f/abcdefghijk")


__all__ = ["LI", "NOW", "ZHANG", "AStation", "Clock", "accepted", "replace", "verified"]
