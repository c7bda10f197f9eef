"""What the top-up says: amounts, the code to pay, and what became of it; the slip says the same."""

from dataclasses import dataclass

from kiosk.domain.card_capabilities import YUAN, PaymentTerms, ToppingUp
from kiosk.domain.outcomes import PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.domain.top_ups import OrderState, TopUpOrder
from kiosk.services import when
from kiosk.services.money import whole_yuan, yuan
from kiosk.services.session import Session
from kiosk.services.slip_part import paper_notice, slip_block
from kiosk.services.views import (
    DoneKind,
    DonePage,
    Notice,
    NoticeKind,
    Row,
    Screen,
    TopUpPage,
    TopUpPayPage,
)
from kiosk.words import Speaker

_KINDS = {"nothing": NoticeKind.INFO, "expired": NoticeKind.INFO, "not_begun": NoticeKind.WARN}


@dataclass(frozen=True, slots=True)
class Chosen:
    """``typing`` ``None``: one of the tiles; ``said``: what became of the try before, as a part of the catalogue."""

    amount: int
    typing: str | None
    allowed: bool
    busy: bool
    said: str


def amount_page(session: Session, offered: ToppingUp, terms: PaymentTerms, chosen: Chosen) -> TopUpPage:
    speak, language = session.speak, session.visit.language
    typing = chosen.typing is not None
    low, high = whole_yuan(offered.lowest), whole_yuan(offered.highest)
    notice = Notice(NoticeKind.INFO, speak("top_up.stays"), speak("top_up.stays_text"))
    if chosen.said:
        notice = Notice(_KINDS[chosen.said], speak(f"top_up.{chosen.said}"), speak(f"top_up.{chosen.said}_text"))
    return TopUpPage(
        step=speak("top_up.step_amount"),
        title=speak("top_up.title"),
        text=speak("top_up.range", lowest=low, highest=high) if typing else speak("top_up.text"),
        amounts=() if typing else tuple(Row(str(amount), whole_yuan(amount)) for amount in offered.amounts),
        amount=str(chosen.amount),
        other="" if typing else speak("top_up.other"),
        typing=typing,
        typed=f"¥{chosen.typing}" if typing else "",
        error=speak("top_up.range", lowest=low, highest=high)
        if chosen.typing and not chosen.allowed and chosen.amount >= offered.lowest // YUAN
        else "",
        notice=notice,
        ways=speak("top_up.pay_with", ways=terms.ways.of(language)),
        submit=speak("top_up.submit", amount=whole_yuan(chosen.amount)) if chosen.allowed else speak("top_up.tile"),
        can_submit=chosen.allowed and not chosen.busy,
        busy=chosen.busy,
        busy_text=speak("top_up.beginning"),
    )


def pay_page(session: Session, order: TopUpOrder, terms: PaymentTerms, left: float) -> TopUpPayPage:
    speak, language = session.speak, session.visit.language
    verified = session.verified
    whole = int(left + 0.999)
    paid = order.state is OrderState.PAID
    wait = speak("top_up.left", minutes=whole // 60, seconds=whole % 60) if left > 0 else speak("top_up.checking")
    return TopUpPayPage(
        step=speak("top_up.step_pay"),
        title=speak("top_up.submit", amount=whole_yuan(order.amount)),
        text=speak("top_up.scan", ways=terms.ways.of(language)),
        facts=(
            Row("to", speak("top_up.to"), verified.shown_number if verified else ""),
            Row("amount", speak("top_up.amount"), yuan(order.amount)),
            Row("payee", speak("top_up.payee"), terms.payee.of(language)),
        ),
        qr=order.pay_url if left > 0 and not paid else "",
        qr_name=speak("top_up.qr"),
        wait=speak("top_up.arriving") if paid else wait,
        note=speak("top_up.by_itself") if left > 0 else "",
        other=speak("top_up.change") if left > 0 and not paid else "",
        cancel=speak("top_up.cancel") if left > 0 and not paid else "",
    )


def waiting_page(session: Session, screen: Screen) -> TopUpPage | TopUpPayPage:
    speak = session.speak
    if screen is Screen.TOP_UP_PAY:
        return TopUpPayPage(title=speak("top_up.tile"), wait=speak("top_up.checking"))
    return TopUpPage(title=speak("top_up.title"))


def done_page(session: Session, order: TopUpOrder, known: bool, printed: PrintOutcome | None) -> DonePage:
    """``known``: it is on the card; else nobody has said what became of it, and only the provider's words are said."""
    speak, language = session.speak, session.visit.language
    verified, campus = session.verified, session.campus
    terms = campus.payments if campus else None
    refund = terms.refund.of(language) if terms else ""
    amount = speak("top_up.line_amount", amount=yuan(order.amount))
    to = speak("top_up.line_to", number=verified.shown_number) if verified else ""
    office = campus.card_office if campus else None
    help_text = " · ".join(part for part in (office.place.of(language), office.phone) if part) if office else ""
    notice = paper_notice(session, printed, "done.keep_number")
    if notice is None and not known and help_text:
        notice = Notice(NoticeKind.INFO, speak("top_up.help"), help_text)
    return DonePage(
        kind=DoneKind.RECEIVED if known else DoneKind.SAVED,
        headline=speak("top_up.done" if known else "top_up.unknown"),
        promise=speak("top_up.done_text", amount=yuan(order.amount)) if known else refund,
        reference_label=speak("top_up.number"),
        reference=order.number,
        chip="" if known else speak("top_up.chip_unknown"),
        lines=tuple(line for line in (amount, to) if line),
        notice=notice,
        **slip_block(session, printed, "top_up.slip_what"),
        again=speak("done.again") if known else speak("top_up.ask_again"),
        end=speak("done.end"),
    )


def slip(session: Session, order: TopUpOrder, known: bool) -> Slip:
    speak, language, campus = session.speak, session.visit.language, session.campus
    assert campus is not None
    verified, terms, office = session.verified, campus.payments, campus.card_office
    other = Speaker(language.other)
    place = " · ".join(part for part in (office.place.of(language), office.phone) if part) if office else ""
    return Slip(
        language=language,
        campus=f"{campus.name.of(language)} {campus.product.of(language)}",
        mark=campus.mark,
        place=f"{campus.kiosk.title.of(language)} · {speak('slip.terminal', code=campus.kiosk.code)}",
        headline=speak("top_up.done" if known else "top_up.unknown"),
        reference_label=speak("top_up.number"),
        reference=order.number,
        facts=(
            (speak("top_up.amount"), yuan(order.amount)),
            (speak("top_up.to"), verified.shown_number if verified else ""),
            (speak("top_up.payee"), terms.payee.of(language) if terms else ""),
            (speak("slip.time"), f"{when.day_and_time(session.now, session.zone, speak)}"),
        ),
        promise="" if known or terms is None else terms.refund.of(language),
        body=f"{speak('top_up.help')} {place}" if place else "",
        other_language=other("top_up.line_done" if known else "top_up.line_unknown", number=order.number),
    )
