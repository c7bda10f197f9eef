"""The use cases of one visit, together: who owns which page, and what home offers."""

from dataclasses import dataclass, fields
from functools import cached_property

from kiosk.domain.identity import CardClaim
from kiosk.domain.policy import Action
from kiosk.services.account import Account
from kiosk.services.announcing import Announcing
from kiosk.services.call_back import CallBack
from kiosk.services.card_changes import CardChanges
from kiosk.services.card_matter import CANCEL, LOST, REPLACE
from kiosk.services.card_pin import CardPin
from kiosk.services.card_pin_pages import CARD_PIN
from kiosk.services.code_entry import CodeEntry
from kiosk.services.desk_code import ACCOUNT_ACTS, DeskCode
from kiosk.services.desk_work import DeskWork
from kiosk.services.desk_work import Gate as DeskGate
from kiosk.services.feedback import Feedback
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.found_card import FoundCard
from kiosk.services.front import Front
from kiosk.services.hub_requests import HubAnswered
from kiosk.services.identifying import Identifying
from kiosk.services.knowledge import Knowledge
from kiosk.services.limit_pages import LIMITS
from kiosk.services.limits import Limits
from kiosk.services.losing import Losing
from kiosk.services.maintenance import Gate, Maintenance
from kiosk.services.maintenance_pages import Sources
from kiosk.services.movements import Movements
from kiosk.services.my_tickets import Around, MyTickets
from kiosk.services.outages import Outages
from kiosk.services.own_card import OwnCard
from kiosk.services.pin_entry import PinEntry
from kiosk.services.pin_setting import FORGOTTEN, PinSetting
from kiosk.services.ports import (
    Articles,
    Hub,
    Machine,
    OrderSealer,
    Outbox,
    PasswordPad,
    SecretPad,
    SelfTestRecords,
    SlipPrinter,
    Speech,
)
from kiosk.services.printing import Printing
from kiosk.services.proving import Proving
from kiosk.services.replacing import Replacing
from kiosk.services.reporting import Reporting
from kiosk.services.restoring import Restoring
from kiosk.services.self_testing import SelfTesting
from kiosk.services.session import Session
from kiosk.services.signing_in import SigningIn
from kiosk.services.slip_look import SlipLook
from kiosk.services.start_pages import home_page
from kiosk.services.submission import Sender, Submission
from kiosk.services.top_up import TopUp
from kiosk.services.views import Page, Row, Screen
from kiosk.services.writing import Writing

#: What can be done with one's own card, in the order of its tiles: losing it first.
CARD_TILES = (LOST, CANCEL, "movements", REPLACE, "top_up", LIMITS, CARD_PIN)


@dataclass(frozen=True, slots=True)
class Outside:
    """What the flows ask of the outside."""

    hub: Hub
    pad: SecretPad
    password_pad: PasswordPad
    order_sealer: OrderSealer
    outbox: Outbox
    sender: Sender
    printer: SlipPrinter
    articles: Articles
    self_tests: SelfTestRecords
    machine: Machine
    speech: Speech


@dataclass(frozen=True)
class Flows:
    """One field a flow, in the order of their tiles on home."""

    account: Account
    card: OwnCard
    card_changes: CardChanges
    movements: Movements
    top_up: TopUp
    limits: Limits
    card_pin: CardPin
    found_card: FoundCard
    knowledge: Knowledge
    reporting: Reporting
    tickets: MyTickets
    slip_look: SlipLook
    feedback: Feedback
    writing: Writing
    identifying: Identifying
    pin: PinEntry
    code: CodeEntry
    desk_code: DeskCode
    signing_in: SigningIn
    proving: Proving
    pin_setting: PinSetting
    call_back: CallBack
    submission: Submission
    finish: Finish
    front: Front
    announcing: Announcing
    outages: Outages
    printing: Printing
    self_testing: SelfTesting
    maintenance: Maintenance
    desk_work: DeskWork

    @cached_property
    def all(self) -> tuple[Flow, ...]:
        return tuple(value for field in fields(self) if isinstance(value := getattr(self, field.name), Flow))

    @cached_property
    def _owners(self) -> dict[Screen, Flow]:
        owners = [(screen, flow) for flow in self.all for screen in flow.screens]
        assert len(owners) == len(dict(owners)), "no screen belongs to two flows"
        assert set(Screen) - dict(owners).keys() == {Screen.ENROL}, "before there is a kiosk there are no flows"
        return dict(owners)

    def owner(self, screen: Screen) -> Flow:
        return self._owners[screen]

    @cached_property
    def at_the_door(self) -> frozenset[Screen]:
        """What a kiosk that is out of service still shows: staff's pages, what their gate asks, and where to turn."""
        gate = (self.maintenance, self.identifying, self.pin, self.code, self.signing_in)
        people = {Screen.NONE_OF_THESE, Screen.UNAVAILABLE, Screen.DONE}  # who can be asked to call back
        return frozenset(people).union(*(flow.screens for flow in gate))

    def page(self, session: Session) -> Page:
        if session.screen is Screen.HOME:
            tiles = tuple(row for flow in self.all for row in flow.tiles())
            return home_page(session, tiles)
        if session.screen is Screen.CARD:
            offered = (row for flow in self.all for row in flow.card_tiles())
            return self.card.card_page(tuple(sorted(offered, key=lambda row: CARD_TILES.index(row.id))))
        return self.owner(session.screen).page(session.screen)

    def entrances(self) -> tuple[Row, ...]:
        """What can be begun straight from a search."""
        return tuple(row for flow in self.all for row in flow.entrances())

    def enter(self, row: str) -> bool:
        """Opens what ``row`` leads to, whichever flow has it; false where nobody has."""
        return any(flow.enter(row) for flow in self.all)

    def take(self, answer: HubAnswered) -> None:
        for flow in self.all:
            if flow.take(answer):
                return

    def card_seen(self, claim: CardClaim) -> None:
        for flow in self.all:
            flow.card_seen(claim)

    def beat(self) -> None:
        self.self_testing.beat()
        for flow in self.all:
            flow.beat()

    def settle(self) -> None:
        for flow in self.all:
            flow.settle()

    def forget(self) -> None:
        """Everything of the visitor goes; what was handed in stays in the outbox."""
        self.printing.forget()
        self.self_testing.leave()
        for flow in self.all:
            flow.forget()


def make_flows(session: Session, outside: Outside) -> Flows:
    printing = Printing(session, outside.printer)
    finish = Finish(session, printing)
    submission = Submission(session, outside.outbox, outside.sender, finish)
    front = Front(session, submission)
    signing_in = SigningIn(session, outside.hub)
    identifying = Identifying(session, signing_in)
    pin = PinEntry(session, outside.hub, outside.pad)
    code = CodeEntry(session, outside.hub)
    proving = Proving(session, identifying, pin, code, signing_in, front)
    writing = Writing(session)
    tickets = MyTickets(
        session, outside.hub, Around(proving, front, finish, writing, outside.outbox, outside.sender), submission.unsent
    )
    outages = Outages(session, outside.outbox, outside.sender, finish)
    reporting = Reporting(session, submission, identifying, tickets, outages)
    account = Account(
        session,
        outside.hub,
        outside.password_pad,
        outside.order_sealer,
        proving,
        front,
        finish,
        printing,
    )
    hub = outside.hub
    card = OwnCard(session, hub, proving, front)
    losing = Losing(session, outside.outbox, outside.sender, finish, proving, identifying, pin)
    matters = {
        LOST: losing,
        CANCEL: Restoring(session, hub, finish, proving, front),
        REPLACE: Replacing(session, hub, finish, proving, front),
    }
    pin_setting = PinSetting(session, hub, outside.pad, proving, front, finish)

    def released(action: Action) -> bool:
        """What a desk's code is good for begins."""
        return account.begin(ACCOUNT_ACTS[action]) if action in ACCOUNT_ACTS else pin_setting.enter(FORGOTTEN)

    made: list[Flows] = []
    knowledge = Knowledge(
        session,
        outside.articles,
        outside.outbox,
        printing,
        reporting,
        outages,
        lambda: made[0].entrances() if made else (),
    )
    feedback = Feedback(session, outside.outbox, outside.sender, finish, writing)
    tickets.report_again, tickets.rate = reporting.again, feedback.rate_service
    self_testing = SelfTesting(session, outside.printer, outside.self_tests, outside.speech)
    flows = Flows(
        account=account,
        card=card,
        top_up=TopUp(session, outside.hub, proving, front, finish),
        limits=Limits(session, hub, proving, front, finish, lambda: card.overview),
        card_pin=CardPin(session, hub, outside.pad, proving, front, finish, lambda: card.overview),
        movements=Movements(session, outside.hub, proving, front, printing),
        card_changes=CardChanges(session, matters, lambda: card.overview),
        found_card=FoundCard(session, hub, outside.outbox, outside.sender, finish),
        knowledge=knowledge,
        reporting=reporting,
        tickets=tickets,
        slip_look=SlipLook(session, hub, front),
        feedback=feedback,
        writing=writing,
        identifying=identifying,
        pin=pin,
        code=code,
        desk_code=DeskCode(session, hub, identifying, front, released),
        signing_in=signing_in,
        proving=proving,
        pin_setting=pin_setting,
        call_back=CallBack(session, reporting, proving),
        submission=submission,
        finish=finish,
        front=front,
        announcing=Announcing(session),
        outages=outages,
        printing=printing,
        self_testing=self_testing,
        maintenance=Maintenance(
            Sources(session, outside.outbox, outside.machine),
            hub,
            Gate(proving, identifying),
            outside.sender,
            self_testing,
        ),
        desk_work=DeskWork(session, hub, outside.outbox, outside.sender, DeskGate(proving, identifying, writing)),
    )
    made.append(flows)
    return flows
