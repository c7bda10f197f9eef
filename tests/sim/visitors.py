"""What people do at a kiosk, with and without network: each visit is a generator of questions to the hub."""

from collections.abc import Callable
from random import Random

import msgspec

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.identity import CardClaim, Claim, NumberClaim, Verified
from kiosk.domain.language import Language
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Saved
from kiosk.domain.parcels import SealedPin
from kiosk.domain.people import CardUid, PersonNumber
from kiosk.domain.queueable import FeedbackDraft, FoundCardDraft, LossDraft, Mark, MeTooDraft, TicketActDraft
from kiosk.domain.scans import SlipCode
from kiosk.domain.ticket_views import Act as TicketAct
from kiosk.domain.top_ups import OrderState, TopUpOrder
from kiosk.services.hub_requests import AskTopUp, CancelTopUp, EndSession, HubOutcome, LookAtSlip, OrderTopUp, VerifyPin
from kiosk.wire.envelope import seal
from kiosk.wire.identity import Pin
from tests.sim.campus import CARDS_BEGIN, NUMBERS_BEGIN, Somebody, somebody
from tests.sim.kiosk_side import KioskSide, Visit
from tests.sim.ledger import Ledger, Order, Shown, What

ZH = Language.ZH
ANNOUNCEMENT = "library-sign-in-page"
#: People whose card is never lost, and those whose card may be, once each.
STEADY = range(100)
LOSERS = range(100, 150)
#: How often somebody who pays asks what became of it, before they go.
_LOOKS = 4
_WRONG_PIN = "000000"


class Visitors:
    def __init__(self, ledger: Ledger, random: Random, pay: Callable[[Order], None]) -> None:
        self._ledger, self._random, self._pay = ledger, random, pay
        self._losers = [somebody(index) for index in LOSERS]
        random.shuffle(self._losers)
        self._made_up = 0

    def next(self, kiosk: KioskSide) -> Visit:
        kinds: list[tuple[Callable[[KioskSide], Visit], float]] = [
            (self.reports, 40),
            (self._reports_proven, 14),
            (self._loses, 8),
            (self._finds, 10),
            (self._rates, 12),
            (self._says_me_too, 8),
            (self._tops_up, 8),
        ]
        return self._random.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0](kiosk)

    # -- telling something -------------------------------------------------------------------------------------
    def reports(self, kiosk: KioskSide) -> Visit:
        shown = self._random.choice((Shown.NOBODY, Shown.NUMBER, Shown.NUMBER, Shown.CARD, Shown.CARD, Shown.UNKNOWN))
        who = self._anybody() if shown in (Shown.NUMBER, Shown.CARD) else None
        act = self._ledger.begin(kiosk.name, What.TICKET, shown, who)
        claim = self._nobodys_claim() if shown is Shown.UNKNOWN else None
        if who is not None:
            claim = who.by_card if shown is Shown.CARD else who.by_number
        kiosk.hand_in(act, TicketDraft(ZH, "network", "no-pages", note=act.text, claim=claim))
        yield from ()
        return None

    def brings(self, on_paper: str) -> Visit:
        """A slip is held under this kiosk's scanner."""
        yield LookAtSlip(SlipCode(on_paper))
        return None

    def _reports_proven(self, kiosk: KioskSide) -> Visit:
        """Somebody proves who they are, reports, and does something more with what they have reported."""
        who = self._anybody()
        verified = yield from self._proves(kiosk, who)
        if not isinstance(verified, Verified):
            return None
        for _ in range(self._random.choice((1, 1, 2))):
            act = self._ledger.begin(kiosk.name, What.TICKET, Shown.VERIFIED, who)
            draft = TicketDraft(ZH, "network", note=act.text, claim=verified.claim, session=verified.session)
            saved = kiosk.hand_in(act, draft)
            if not isinstance(saved, Saved):
                continue
            for what in self._random.choices(((), (What.COMMENT,), (What.COMMENT, What.COMMENT), (What.WITHDRAW,)))[0]:
                self._acts(kiosk, who, what, saved.reference, verified.session)
        yield EndSession(verified.session)
        return None

    def _acts(self, kiosk: KioskSide, who: Somebody, what: What, reference: str, session: str) -> None:
        """With a report that this kiosk has not sent yet, or has: it stands behind it either way."""
        act = self._ledger.begin(kiosk.name, what, Shown.VERIFIED, who, about=reference)
        done = TicketAct.COMMENT if what is What.COMMENT else TicketAct.WITHDRAW
        kiosk.hand_in(act, TicketActDraft(ZH, reference, done, session, act.text))

    def _loses(self, kiosk: KioskSide) -> Visit:
        if not self._losers:
            return None
        who = self._losers.pop()
        claim = self._random.choice((who.by_card, who.by_number))
        if self._random.random() < 0.3:
            verified = yield from self._proves(kiosk, who)
            if isinstance(verified, Verified):
                act = self._ledger.begin(kiosk.name, What.LOSS, Shown.VERIFIED, who)
                kiosk.hand_in(act, LossDraft(ZH, verified.claim, verified.session))
                yield EndSession(verified.session)
            return None
        shown = Shown.WRONG_PIN if self._random.random() < 0.2 else Shown.PIN
        pin = self._deferred(kiosk, claim, _WRONG_PIN if shown is Shown.WRONG_PIN else who.pin)
        act = self._ledger.begin(kiosk.name, What.LOSS, shown, who)
        kiosk.hand_in(act, LossDraft(ZH, claim, proof=pin))
        return None

    def _finds(self, kiosk: KioskSide) -> Visit:
        who = self._anybody() if self._random.random() < 0.3 else None
        claim = who.by_card if who else self._nobodys_card()
        assert isinstance(claim, CardClaim)
        act = self._ledger.begin(kiosk.name, What.FOUND, Shown.NOBODY, who, uid=claim.uid.reveal())
        kiosk.hand_in(act, FoundCardDraft(ZH, claim, "card-office"))
        yield from ()
        return None

    def _rates(self, kiosk: KioskSide) -> Visit:
        act = self._ledger.begin(kiosk.name, What.FEEDBACK, Shown.NOBODY, None)
        kiosk.hand_in(act, FeedbackDraft(ZH, "kiosk", self._random.choice(list(Mark)), words=act.text))
        yield from ()
        return None

    def _says_me_too(self, kiosk: KioskSide) -> Visit:
        act = self._ledger.begin(kiosk.name, What.ME_TOO, Shown.NOBODY, None)
        kiosk.hand_in(act, MeTooDraft(ZH, ANNOUNCEMENT, "library"))
        yield from ()
        return None

    # -- money -------------------------------------------------------------------------------------------------
    def _tops_up(self, kiosk: KioskSide) -> Visit:
        """Never queued: asked again under the same id while they stand there, then the hub's own to follow."""
        who = self._anybody()
        verified = yield from self._proves(kiosk, who)
        if not isinstance(verified, Verified):
            return None
        order = Order(OpId.new().value, who, self._random.choice((2_000, 5_000, 10_000)))
        self._ledger.orders[order.op] = order
        pays = self._random.random() < 0.7
        for _ in range(_LOOKS):
            if not isinstance((told := (yield OrderTopUp(verified.session, OpId(order.op), order.amount))), TopUpOrder):
                continue
            if pays and told.state is OrderState.OPEN:
                self._pay(order)
            break
        for _ in range(_LOOKS):
            asks = CancelTopUp(OpId(order.op)) if not pays else AskTopUp(OpId(order.op))
            told = yield asks
            if isinstance(told, TopUpOrder) and told.state.is_final:
                break
        yield EndSession(verified.session)
        return None

    # -- who they are ------------------------------------------------------------------------------------------
    def _proves(self, kiosk: KioskSide, who: Somebody) -> Visit:
        """The PIN, once more where nobody answered; returns the last outcome."""
        outcome: HubOutcome | None = None
        for _ in range(2):
            claim = self._random.choice((who.by_card, who.by_number))
            context, hub_key = kiosk.sealer.pin_context(claim, OpId.new(), kiosk.clock.hub_now())
            sealed = seal(msgspec.json.encode(Pin(who.pin)), context, hub_key)
            outcome = yield VerifyPin(claim, kiosk.sealer.signed_pin(sealed, context))
            if isinstance(outcome, Verified):
                break
        return outcome

    def _deferred(self, kiosk: KioskSide, claim: Claim, pin: str) -> SealedPin:
        loss, now = OperationClass.CARD_LOSS, kiosk.clock.hub_now()
        context, hub_key = kiosk.sealer.deferred_pin_context(claim, OpId.new(), loss, now)
        return kiosk.sealer.signed_pin(seal(msgspec.json.encode(Pin(pin)), context, hub_key), context)

    def _anybody(self) -> Somebody:
        return somebody(self._random.choice(STEADY))

    def _nobodys_claim(self) -> Claim:
        self._made_up += 1
        return NumberClaim(PersonNumber(f"{NUMBERS_BEGIN}9{self._made_up:05d}"))

    def _nobodys_card(self) -> CardClaim:
        self._made_up += 1
        return CardClaim(CardUid(f"{CARDS_BEGIN}F{self._made_up:05X}"))
