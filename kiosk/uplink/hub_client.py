"""What a kiosk asks its hub, each request within one total deadline, every outcome a value.

Over 400 lines because every question stands here once, beside the one place where an answer becomes a refusal.
"""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, assert_never

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.accounts import AccountAct, AccountDone, AccountRefused, AccountSeen
from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    LimitsSet,
    MovementList,
    ReplacementOrdered,
)
from kiosk.domain.card_life import CardLooked, LossCancelled, LossState
from kiosk.domain.desk_work import DeskOpened, EarlierMatters, RequestersFound
from kiosk.domain.identity import CardClaim, Claim, Verified
from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import (
    CodeOnTheWay,
    CodeWait,
    PinRefused,
    PinSet,
    PinTooEasy,
    Refused,
    Taken,
    Unreachable,
    Unreached,
)
from kiosk.domain.parcels import Parcel, SealedOrder, SealedPin
from kiosk.domain.phone_sign_in import SignInOver, SignInShown
from kiosk.domain.policy import Action
from kiosk.domain.presence import MemoryMark, Neighbours, Readiness
from kiosk.domain.references import NumberBlock
from kiosk.domain.scans import SlipCode
from kiosk.domain.ticket_views import Acted, TicketList, TicketView
from kiosk.domain.top_ups import TopUpOrder
from kiosk.domain.upkeep import UpkeepAllowed
from kiosk.services.desk_requests import EndShift, FindRequester, OpenShift, ReadEarlier
from kiosk.services.health_requests import HealthKept, TellHealth
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import (
    ActOnTicket,
    AskSignIn,
    AskTopUp,
    BeginSignIn,
    CampusSnapshot,
    CancelLoss,
    CancelSignIn,
    CancelTopUp,
    CheckCode,
    CheckRelease,
    Deliver,
    DeliveredTogether,
    DeliverTogether,
    DoAct,
    EndSession,
    FetchAccount,
    FetchBalance,
    FetchCampus,
    FetchCard,
    FetchKnowledge,
    FetchLossState,
    FetchMovements,
    FetchMyTickets,
    FetchNumbers,
    FetchPicture,
    FetchTexts,
    HubOutcome,
    HubRequest,
    KnowledgeList,
    LookAtCard,
    LookAtSlip,
    NotChanged,
    OrderReplacement,
    OrderTopUp,
    PictureCame,
    SendCode,
    SessionEnded,
    SetCardLimits,
    SetCardPin,
    SetPin,
    TellPresence,
    TextsCame,
    VerifyPin,
)
from kiosk.services.upkeep_requests import AskUpkeep, SendLog
from kiosk.uplink import account_answers, taken, translate
from kiosk.uplink.credentials import Credentials
from kiosk.uplink.transport import LONGEST_RETRY_AFTER, TOTAL_SECONDS, Answer, Transport, is_later
from kiosk.wire import cards_told, knowledge, routes
from kiosk.wire.accounts import AccountOrder, ActAnswer
from kiosk.wire.campus import CampusAnswer, Presence
from kiosk.wire.card_relay import CardMet, CardRelayed, CardSaid
from kiosk.wire.cards import CardPinAnswer, CardPinWanted, LimitsWanted, TopUpNamed, TopUpWanted
from kiosk.wire.claims import card_claimed, claim_made
from kiosk.wire.common import Problem
from kiosk.wire.desk import EarlierWanted, LookUp, ShiftWanted
from kiosk.wire.enrolment import (
    Assertion,
    Block,
    Enrol,
    EnrolAnswer,
    EnrolAsk,
    Enrolled,
    Health,
    NumbersWanted,
    Token,
)
from kiosk.wire.envelope import Envelope
from kiosk.wire.health import HealthHeard
from kiosk.wire.identity import (
    CodeAnswer,
    CodeTyped,
    CodeWanted,
    NewPinAnswer,
    PinAnswer,
    PinAttempt,
    ReleaseTyped,
    SignInAnswer,
    SignInNamed,
    SignInWanted,
)
from kiosk.wire.operations import AnsweredOne, AnswersTogether
from kiosk.wire.tickets import SlipLook, TicketAct
from kiosk.wire.upkeep import LogKept, LogSent, UpkeepNoted, UpkeepWanted

#: Statuses with which the hub says that the same request can never succeed. Any other 4xx may heal (a hub that is
#: being replaced, a route that is not there yet) and is tried again.
_FINAL = frozenset({400, 409, 410, 413, 422})
#: A hub that is older than this kiosk, as it says that it has no such route.
_NO_SUCH_ROUTE = frozenset({404, 405})
#: The 401 and 403 that are about the person's session and not about this kiosk.
_NO_VISIT, _MORE_NEEDED = "no_visit", "more_needed"
_JSON = "application/json"

_ENROLLED = msgspec.json.Decoder(Enrolled)
_ENROL_ANSWER: "msgspec.json.Decoder[EnrolAnswer]" = msgspec.json.Decoder(EnrolAnswer)
_HEALTH = msgspec.json.Decoder(Health)
_CAMPUS = msgspec.json.Decoder(CampusAnswer)
_BLOCK = msgspec.json.Decoder(Block)
_HEARD = msgspec.json.Decoder(HealthHeard)
_NEIGHBOURS = msgspec.json.Decoder(Neighbours)
_PIN_ANSWER: "msgspec.json.Decoder[PinAnswer]" = msgspec.json.Decoder(PinAnswer)
_NEW_PIN_ANSWER: "msgspec.json.Decoder[NewPinAnswer]" = msgspec.json.Decoder(NewPinAnswer)
_CODE_ANSWER: "msgspec.json.Decoder[CodeAnswer]" = msgspec.json.Decoder(CodeAnswer)
_SIGN_IN: "msgspec.json.Decoder[SignInAnswer]" = msgspec.json.Decoder(SignInAnswer)
_MY_TICKETS = msgspec.json.Decoder(TicketList)
_TICKET = msgspec.json.Decoder(TicketView)
_LOOKED = msgspec.json.Decoder(cards_told.CardLooked)
_LOSS_STATE = msgspec.json.Decoder(cards_told.LossState)
_LOSS_CANCELLED = msgspec.json.Decoder(cards_told.LossCancelled)
_REPLACEMENT = msgspec.json.Decoder(cards_told.Replacement)
_ACTED = msgspec.json.Decoder(Acted)
_ACCOUNT = msgspec.json.Decoder(AccountSeen)
_ACT_ANSWER: "msgspec.json.Decoder[ActAnswer]" = msgspec.json.Decoder(ActAnswer)
_CARD = msgspec.json.Decoder(CardOverview)
_BALANCE = msgspec.json.Decoder(Balance)
_MOVEMENTS = msgspec.json.Decoder(MovementList)
_LIMITS = msgspec.json.Decoder(LimitsSet)
_CARD_PIN: "msgspec.json.Decoder[CardPinAnswer]" = msgspec.json.Decoder(CardPinAnswer)
_TOP_UP: "msgspec.json.Decoder[TopUpOrder]" = msgspec.json.Decoder(TopUpOrder)
_UPKEEP = msgspec.json.Decoder(UpkeepNoted)
_LOG_KEPT = msgspec.json.Decoder(LogKept)
_DESK_OPENED = msgspec.json.Decoder(DeskOpened)
_REQUESTERS = msgspec.json.Decoder(RequestersFound)
_EARLIER = msgspec.json.Decoder(EarlierMatters)
_TOGETHER = msgspec.json.Decoder(AnswersTogether)
_TOKEN = msgspec.json.Decoder(Token)
_CARD_RELAYED: "msgspec.json.Decoder[CardRelayed]" = msgspec.json.Decoder(CardRelayed)

Message = TypeVar("Message")
Missing = Refused | Unreachable


class HubClient:
    """Used by one thread. ``credentials`` may be ``None`` before enrolment: then only enrolling and
    ``health`` work.
    ``transport`` in place of the one to ``hub``."""

    def __init__(
        self,
        hub: str,
        ca_pem: str,
        clock: HubClock,
        credentials: Credentials | None = None,
        total_seconds: float = TOTAL_SECONDS,
        log: Callable[[], bytes] = bytes,
        transport: Transport | None = None,
    ) -> None:
        self._transport = transport or Transport(hub, ca_pem, clock.heard, total_seconds)
        self._clock = clock
        self._credentials = credentials
        self._log = log

    @classmethod
    def of(
        cls,
        kiosk: str,
        key: Ed25519PrivateKey,
        hub: str,
        ca_pem: str,
        clock: HubClock,
        total_seconds: float = TOTAL_SECONDS,
        log: Callable[[], bytes] = bytes,
    ) -> "HubClient":
        """The client of an enrolled kiosk. ``log``: what is sent for SendLog."""
        return cls(hub, ca_pem, clock, Credentials(kiosk, key, clock.monotonic), total_seconds, log)

    def handle(self, request: HubRequest) -> HubOutcome:
        match request:
            case Deliver(parcel):
                return self.submit(parcel)
            case DeliverTogether(parcels):
                return self.submit_together(parcels)
            case FetchCampus(etag):
                return self.campus(etag)
            case FetchKnowledge(etag):
                return self.knowledge(etag)
            case FetchTexts(ids):
                return self.texts(ids)
            case FetchPicture(id):
                return self.picture(id)
            case FetchNumbers(op):
                return self.numbers(op)
            case TellPresence(readiness, memory):
                return self.presence(readiness, memory)
            case TellHealth():
                return self.health_told(request)
            case VerifyPin(claim=claim, pin=pin, language=language, session=session, door=door):
                return self.verify_pin(claim, pin, language, session, door)
            case SetPin(claim=claim, pin=pin, session=session):
                return self.set_pin(claim, pin, session)
            case SendCode(op=op, claim=claim, channel=channel, session=session):
                return self.send_code(op, claim, channel, session)
            case CheckCode(op=op, claim=claim, code=code, language=language, session=session):
                return self.check_code(op, claim, code, language, session)
            case CheckRelease():
                return self.check_release(request)
            case BeginSignIn(op, claim):
                return self._sign_in(
                    routes.SIGN_IN, SignInWanted(op.value, claim_made(claim) if claim else None), claim
                )
            case AskSignIn():
                return self._ask_sign_in(request)
            case CancelSignIn(op):
                return self._sign_in(routes.SIGN_IN_CANCEL, SignInNamed(op.value), None)
            case FetchMyTickets(session):
                return self.my_tickets(session)
            case LookAtSlip(code):
                return self.look_at_slip(code)
            case LookAtCard(card):
                return self.look_at(card)
            case FetchLossState(session):
                return self.loss_state(session)
            case CancelLoss(op, session):
                return self.cancel_loss(op, session)
            case OrderReplacement(op, fee, session):
                return self.order_replacement(op, fee, session)
            case ActOnTicket():
                return self.act_on_ticket(request)
            case FetchAccount(act, session):
                return self.account(act, session)
            case DoAct(order, session):
                return self.act(order, session)
            case AskUpkeep(session, act, why):
                message = UpkeepWanted(act.value, why.value if why else "")
                noted = self._of_visit("POST", routes.UPKEEP, session, message, _UPKEEP)
                return _translated(noted, lambda found: UpkeepAllowed(found.alias))
            case SendLog(session):
                kept = self._of_visit("POST", routes.UPKEEP_LOG, session, LogSent(self._log()), _LOG_KEPT)
                return _translated(kept, lambda _: UpkeepAllowed())
            case EndSession(session):
                return self.end_session(session)
            case OpenShift(session, language):
                return self._of_visit("POST", routes.DESK_SHIFT, session, ShiftWanted(language.value), _DESK_OPENED)
            case FindRequester():
                return self._of_visit("POST", routes.DESK_LOOK, request.shift, _look_up(request), _REQUESTERS)
            case ReadEarlier(shift, handle):
                return self._of_visit("POST", routes.DESK_EARLIER, shift, EarlierWanted(handle), _EARLIER)
            case EndShift(shift):
                return self.end_session(shift, routes.DESK_SHIFT)
            case FetchCard(session):
                return self._of_visit("GET", routes.CARD, session, None, _CARD)
            case FetchBalance(session):
                return self._of_visit("GET", routes.BALANCE, session, None, _BALANCE)
            case FetchMovements(session):
                found = self._of_visit("GET", routes.MOVEMENTS, session, None, _MOVEMENTS)
                return _translated(found, translate.movement_list)
            case OrderTopUp(session, op, amount):
                return self._top_up(op, routes.TOP_UP, session, TopUpWanted(op.value, amount))
            case AskTopUp(op):
                return self._top_up(op, routes.TOP_UP_STATE, "", TopUpNamed(op.value))
            case CancelTopUp(op):
                return self._top_up(op, routes.TOP_UP_CANCEL, "", TopUpNamed(op.value))
            case SetCardLimits(session, op, wanted):
                return self._set_limits(op, wanted, session)
            case SetCardPin():
                return self._set_card_pin(request)
            case _:
                assert_never(request)

    def enrol(self, code: str, public: bytes) -> Enrolled | Missing:
        body = msgspec.json.encode(Enrol(code, public))
        with self._transport.within_deadline():
            return _decoded(self._transport.exchange("POST", routes.ENROL, body, {}), _ENROLLED)

    def ask_enrolment(self, wish: EnrolAsk) -> EnrolAnswer | Missing:
        with self._transport.within_deadline():
            body = msgspec.json.encode(wish)
            return _decoded(self._transport.exchange("POST", routes.ENROL_ASK, body, {}), _ENROL_ANSWER)

    def health(self) -> Health | Missing:
        with self._transport.within_deadline():
            return _decoded(self._transport.exchange("GET", routes.HEALTH, None, {}), _HEALTH)

    def submit(self, parcel: Parcel) -> Taken | Missing:
        return _taken(parcel, self._ask("POST", routes.OPERATIONS, parcel.envelope))

    def submit_together(self, parcels: Sequence[Parcel]) -> DeliveredTogether | Missing:
        """Refused where the hub does not take several at once: nothing of it took effect."""
        body = b'{"operations":[' + b",".join(parcel.envelope for parcel in parcels) + b"]}"
        answer = self._ask("POST", routes.OPERATIONS_TOGETHER, body)
        if isinstance(answer, Answer) and answer.status in _NO_SUCH_ROUTE and _problem(answer).code:
            return Refused("one_by_one")
        found = _decoded(answer, _TOGETHER)
        if isinstance(found, Refused | Unreachable):
            return found
        if [one.op for one in found.answers] != [parcel.op_id.value for parcel in parcels]:
            return Unreachable(Unreached.NOT_THE_HUB)
        pairs = zip(parcels, found.answers, strict=True)
        return DeliveredTogether(tuple(_taken(parcel, _answered(one)) for parcel, one in pairs))

    def campus(self, etag: str) -> CampusSnapshot | NotChanged | Missing:
        answer = self._ask("GET", routes.CAMPUS, None, {"If-None-Match": etag} if etag else {})
        if isinstance(answer, Answer) and answer.status == 304:
            return NotChanged()
        checked = _decoded(answer, _CAMPUS)
        if not isinstance(checked, CampusAnswer) or not isinstance(answer, Answer):
            return checked if not isinstance(checked, CampusAnswer) else Unreachable(Unreached.NOT_THE_HUB)
        return CampusSnapshot(answer.etag, answer.body)

    def knowledge(self, etag: str) -> KnowledgeList | NotChanged | Missing:
        answer = self._ask("GET", routes.KNOWLEDGE, None, {"If-None-Match": etag} if etag else {})
        if isinstance(answer, Unreachable):
            return answer
        if answer.status == 304:
            return NotChanged()
        if not 200 <= answer.status < 300:
            return _refusal(answer)
        if answer.content_type != knowledge.MEDIA_TYPE:
            return Unreachable(Unreached.NOT_THE_HUB)
        try:
            knowledge.unpacked_list(answer.body)
        except (ValueError, RecursionError):
            return Unreachable(Unreached.NOT_THE_HUB)
        return KnowledgeList(answer.etag, answer.body)

    def texts(self, ids: tuple[str, ...]) -> TextsCame | Missing:
        answer = self._ask("POST", routes.KNOWLEDGE_TEXTS, msgspec.json.encode(knowledge.TextsWanted(list(ids))))
        if isinstance(answer, Unreachable):
            return answer
        if not 200 <= answer.status < 300:
            return _refusal(answer)
        if answer.content_type != knowledge.MEDIA_TYPE:
            return Unreachable(Unreached.NOT_THE_HUB)
        try:
            knowledge.unpacked_texts(answer.body)
        except (ValueError, RecursionError):
            return Unreachable(Unreached.NOT_THE_HUB)
        return TextsCame(answer.body)

    def picture(self, id: str) -> PictureCame | Missing:
        answer = self._ask("GET", f"{routes.PICTURE}{id}", None)
        if isinstance(answer, Unreachable):
            return answer
        if answer.status == 404:  # gone from the hub since: no trouble of the line
            return Refused("unknown")
        if not 200 <= answer.status < 300:
            return _refusal(answer)
        if answer.content_type != knowledge.PICTURE_TYPE or knowledge.picture_id(answer.body) != id:
            return Refused("unknown")  # what the hub calls it, it is not; the line to the hub is up
        return PictureCame(id, answer.body)

    def numbers(self, op: OpId) -> NumberBlock | Missing:
        body = msgspec.json.encode(NumbersWanted(op.value))
        answer = _decoded(self._ask("POST", routes.NUMBERS, body), _BLOCK)
        return _translated(answer, translate.number_block)

    def presence(self, readiness: Readiness, memory: MemoryMark | None = None) -> Neighbours | Missing:
        body = msgspec.json.encode(Presence(readiness.value, memory))
        return _translated(_decoded(self._ask("POST", routes.PRESENCE, body), _NEIGHBOURS), translate.neighbours)

    def health_told(self, told: TellHealth) -> HealthKept | Missing:
        body = msgspec.json.encode(translate.health_report(told))
        return _translated(_decoded(self._ask("POST", routes.HEALTH_REPORT, body), _HEARD), lambda _: HealthKept())

    def verify_pin(
        self,
        claim: Claim,
        pin: SealedPin,
        language: Language = Language.ZH,
        session: str = "",
        door: Action | None = None,
    ) -> Verified | PinRefused | Missing:
        body = msgspec.json.encode(PinAttempt(claim_made(claim), _envelope(pin)))
        headers = {"Accept-Language": language.value, **_visit(session), **_card(claim)}
        if door is not None:
            headers[routes.DOOR_HEADER] = door.value
        answer: PinAnswer | Missing = _decoded(self._ask("POST", routes.PIN, body, headers), _PIN_ANSWER)
        return _translated(answer, lambda found: translate.pin_checked(found, claim))

    def set_pin(self, claim: Claim, pin: SealedPin, session: str) -> PinSet | PinTooEasy | Missing:
        body = msgspec.json.encode(PinAttempt(claim_made(claim), _envelope(pin)))
        answer: NewPinAnswer | Missing = _decoded(
            self._ask("POST", routes.NEW_PIN, body, _visit(session)), _NEW_PIN_ANSWER
        )
        return _translated(answer, translate.pin_set)

    def send_code(self, op: OpId, claim: Claim, channel: str, session: str = "") -> CodeOnTheWay | CodeWait | Missing:
        body = msgspec.json.encode(CodeWanted(op.value, claim_made(claim), channel))
        answer: CodeAnswer | Missing = _decoded(self._ask("POST", routes.CODE, body, _visit(session)), _CODE_ANSWER)
        return _translated(answer, translate.code_sent)

    def check_code(
        self, op: OpId, claim: Claim, code: str, language: Language = Language.ZH, session: str = ""
    ) -> Verified | PinRefused | Missing:
        body = msgspec.json.encode(CodeTyped(op.value, claim_made(claim), code))
        headers = {"Accept-Language": language.value, **_visit(session), **_card(claim)}
        answer: PinAnswer | Missing = _decoded(self._ask("POST", routes.CODE_ANSWER, body, headers), _PIN_ANSWER)
        return _translated(answer, lambda found: translate.pin_checked(found, claim))

    def check_release(self, asked: CheckRelease) -> Verified | PinRefused | Missing:
        claim = asked.claim
        body = msgspec.json.encode(ReleaseTyped(asked.op.value, claim_made(claim), asked.code))
        headers = {"Accept-Language": asked.language.value, **_visit(asked.session)}
        answer: PinAnswer | Missing = _decoded(self._ask("POST", routes.RELEASE, body, headers), _PIN_ANSWER)
        return _translated(answer, lambda found: translate.pin_checked(found, claim))

    def _ask_sign_in(self, asked: AskSignIn) -> SignInShown | SignInOver | Verified | Missing:
        wanted = SignInWanted(asked.op.value, claim_made(asked.claim) if asked.claim else None)
        headers = {"Accept-Language": asked.language.value, **_visit(asked.session)}
        return self._sign_in(routes.SIGN_IN_LOOK, wanted, asked.claim, headers)

    def _sign_in(
        self, path: str, message: msgspec.Struct, claim: Claim | None, headers: dict[str, str] | None = None
    ) -> SignInShown | SignInOver | Verified | Missing:
        answer: SignInAnswer | Missing = _decoded(
            self._ask("POST", path, msgspec.json.encode(message), headers), _SIGN_IN
        )
        return _translated(answer, lambda found: translate.sign_in(found, claim))

    def my_tickets(self, session: str) -> TicketList | Missing:
        answer = _decoded(self._ask("GET", routes.MY_TICKETS, None, {routes.VISIT_HEADER: session}), _MY_TICKETS)
        return _translated(answer, translate.ticket_list)

    def look_at_slip(self, code: SlipCode) -> TicketView | Missing:
        body = msgspec.json.encode(SlipLook(code.reveal()))
        return _translated(_decoded(self._ask("POST", routes.SLIP_LOOK, body), _TICKET), translate.ticket)

    def look_at(self, card: CardClaim) -> CardLooked | Missing:
        body = msgspec.json.encode(cards_told.CardLook(card_claimed(card)))
        answer = _decoded(self._ask("POST", routes.CARD_LOOK, body), _LOOKED)
        return _translated(answer, lambda found: CardLooked(found.lost))

    def card_met(self, met: CardMet) -> CardRelayed | Missing:
        answer: CardRelayed | Missing = _decoded(
            self._ask("POST", routes.CARD_MET, msgspec.json.encode(met)), _CARD_RELAYED
        )
        return answer

    def card_said(self, said: CardSaid) -> CardRelayed | Missing:
        answer: CardRelayed | Missing = _decoded(
            self._ask("POST", routes.CARD_SAID, msgspec.json.encode(said)), _CARD_RELAYED
        )
        return answer

    def loss_state(self, session: str) -> LossState | Missing:
        answer = _decoded(self._ask("GET", routes.CARD_LOSS, None, {routes.VISIT_HEADER: session}), _LOSS_STATE)
        return _translated(answer, translate.loss_state)

    def cancel_loss(self, op: OpId, session: str) -> LossCancelled | Missing:
        body = msgspec.json.encode(cards_told.CancelLoss(op.value))
        answer = _decoded(self._ask("POST", routes.CANCEL_LOSS, body, {routes.VISIT_HEADER: session}), _LOSS_CANCELLED)
        return _translated(answer, translate.loss_cancelled)

    def order_replacement(self, op: OpId, fee: int, session: str) -> ReplacementOrdered | Missing:
        body = msgspec.json.encode(cards_told.OrderReplacement(op.value, fee))
        answer = _decoded(self._ask("POST", routes.REPLACEMENT, body, {routes.VISIT_HEADER: session}), _REPLACEMENT)
        return _translated(answer, translate.replacement)

    def act_on_ticket(self, asked: ActOnTicket) -> Acted | Missing:
        body = msgspec.json.encode(TicketAct(asked.op.value, asked.reference, asked.act.value, asked.text))
        return _decoded(self._ask("POST", routes.TICKET_ACT, body, {routes.VISIT_HEADER: asked.session}), _ACTED)

    def account(self, act: AccountAct, session: str) -> AccountSeen | Missing:
        path = f"{routes.ACCOUNT}?act={act.value}"
        answer = _decoded(self._ask("GET", path, None, {routes.VISIT_HEADER: session}), _ACCOUNT)
        return _translated(answer, account_answers.seen)

    def act(self, order: SealedOrder, session: str) -> AccountDone | AccountRefused | Missing:
        body = msgspec.json.encode(AccountOrder(_envelope(order)))
        answer: ActAnswer | Missing = _decoded(
            self._ask("POST", routes.ACCOUNT_ACTS, body, {routes.VISIT_HEADER: session}), _ACT_ANSWER
        )
        return _translated(answer, account_answers.acted)

    def end_session(self, session: str, path: str = routes.SESSION) -> SessionEnded | Missing:
        answer = self._ask("DELETE", path, None, {routes.VISIT_HEADER: session})
        if isinstance(answer, Unreachable):
            return answer
        return SessionEnded() if answer.status < 300 else _refusal(answer)

    def _set_limits(self, op: OpId, wanted: CardLimits, session: str) -> LimitsSet | Missing:
        message = LimitsWanted(op.value, wanted.daily, wanted.single)
        return _translated(self._of_visit("POST", routes.CARD_LIMITS, session, message, _LIMITS), translate.limits_set)

    def _set_card_pin(self, asked: SetCardPin) -> CardPinSet | PinRefused | PinTooEasy | Missing:
        present = _envelope(asked.present) if asked.present else None
        message = CardPinWanted(asked.op.value, claim_made(asked.claim), _envelope(asked.new), present)
        answer: CardPinAnswer | Missing = self._of_visit("POST", routes.CARD_PIN, asked.session, message, _CARD_PIN)
        return _translated(answer, translate.card_pin_set)

    def _top_up(self, op: OpId, path: str, session: str, message: msgspec.Struct) -> TopUpOrder | Missing:
        answer: TopUpOrder | Missing = self._of_visit("POST", path, session, message, _TOP_UP)
        return _translated(answer, lambda found: translate.top_up(found, op))

    def _of_visit(
        self,
        method: str,
        path: str,
        session: str,
        message: msgspec.Struct | None,
        decoder: "msgspec.json.Decoder[Message]",
    ) -> Message | Missing:
        """With the person's session beside the kiosk's token."""
        body = msgspec.json.encode(message) if message is not None else None
        return _decoded(self._ask(method, path, body, {routes.VISIT_HEADER: session}), decoder)

    def _ask(
        self, method: str, path: str, body: bytes | None, headers: dict[str, str] | None = None
    ) -> Answer | Unreachable:
        """With this kiosk's token; one that is not accepted any more is renewed once."""
        with self._transport.within_deadline():
            answer: Answer | Unreachable = Unreachable(Unreached.NOT_TRUSTED)
            for _ in range(2):
                token = self._token()
                if isinstance(token, Unreachable):
                    return token
                bearer = {"Authorization": f"Bearer {token}", **(headers or {})}
                answer = self._transport.exchange(method, path, body, bearer)
                if not _is_stale_token(answer):
                    return answer
                if self._credentials:
                    self._credentials.drop()
            return answer

    def _token(self) -> str | Unreachable:
        if self._credentials is None:
            return Unreachable(Unreached.NOT_TRUSTED)
        if held := self._credentials.token():
            return held
        if not self._clock.hub_now().certain:  # an assertion is dated by the hub's time
            asked = self._transport.exchange("GET", routes.HEALTH, None, {})
            if isinstance(asked, Unreachable):
                return asked
        assertion = Assertion(self._credentials.assertion(self._clock.hub_now().at))
        body = msgspec.json.encode(assertion)
        token = _decoded(self._transport.exchange("POST", routes.TOKEN, body, {}), _TOKEN)
        match token:
            case Token():
                self._credentials.hold(token)
                return token.token
            case Refused():
                return Unreachable(Unreached.NOT_TRUSTED)
            case Unreachable():
                return token

    def close(self) -> None:
        self._transport.close()


def _envelope(sealed: SealedPin | SealedOrder) -> Envelope:
    return msgspec.json.decode(sealed.envelope, type=Envelope)


def _visit(session: str) -> dict[str, str]:
    return {routes.VISIT_HEADER: session} if session else {}


def _card(claim: Claim) -> dict[str, str]:
    return {routes.CARD_HEADER: claim.shown} if isinstance(claim, CardClaim) and claim.shown else {}


def _answered(one: AnsweredOne) -> Answer | Unreachable:
    """As the hub would have answered this one alone."""
    if is_later(one.status):
        return Unreachable(Unreached.HUB_ERROR, min(float(one.retry_after), LONGEST_RETRY_AFTER), by_hub=True)
    return Answer(one.status, one.body.encode(), "", _JSON, float(one.retry_after))


def _taken(parcel: Parcel, answer: Answer | Unreachable) -> Taken | Missing:
    expected = taken.EXPECTED[parcel.kind]
    return _translated(_decoded(answer, expected.decoder), lambda found: expected.translate(found, parcel.aggregate))


def _is_stale_token(answer: Answer | Unreachable) -> bool:
    return isinstance(answer, Answer) and answer.status == 401 and _problem(answer).code != _NO_VISIT


def _problem(answer: Answer) -> Problem:
    """The hub's own words for a refusal; an empty code where they are not the hub's."""
    try:
        return msgspec.json.decode(answer.body, type=Problem)
    except msgspec.DecodeError:
        return Problem("")


def _decoded(answer: Answer | Unreachable, message: "msgspec.json.Decoder[Message]") -> Message | Missing:
    if isinstance(answer, Unreachable):
        return answer
    if not 200 <= answer.status < 300:
        return _refusal(answer)
    if answer.content_type != _JSON:
        return Unreachable(Unreached.NOT_THE_HUB)
    try:
        return message.decode(answer.body)
    except (msgspec.DecodeError, RecursionError):
        return Unreachable(Unreached.NOT_THE_HUB)


def _refusal(answer: Answer) -> Missing:
    """A refusal counts only in the hub's own words: a proxy's error page must never bury a report."""
    problem = _problem(answer) if answer.content_type == _JSON else Problem("")
    if not problem.code or answer.status < 400:
        return Unreachable(Unreached.NOT_THE_HUB)
    if answer.status in _FINAL or problem.code in (_NO_VISIT, _MORE_NEEDED):
        return Refused(problem.code, problem.detail)
    if answer.status in (401, 403):
        return Unreachable(Unreached.NOT_TRUSTED)
    return Unreachable(Unreached.HUB_ERROR, answer.retry_after)


Value = TypeVar("Value")


def _translated(answer: Any, into: Callable[[Any], Value]) -> Value | Missing:
    """``answer`` is what ``into`` takes, or Missing; mypy cannot infer that for a union of messages."""
    if isinstance(answer, Refused | Unreachable):
        return answer
    try:
        return into(answer)
    except ValueError:
        return Unreachable(Unreached.NOT_THE_HUB)


def _look_up(asked: FindRequester) -> LookUp:
    return LookUp(
        language=asked.language.value,
        claim=claim_made(asked.claim) if asked.claim else None,
        text=asked.text,
        handle=asked.handle,
        reason=asked.reason.value if asked.reason else "",
    )
