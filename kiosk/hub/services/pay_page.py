"""The simulated provider's page on the payer's phone, as values."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from kiosk.domain.card_capabilities import PaymentTerms
from kiosk.domain.language import Language
from kiosk.domain.top_ups import PaymentState
from kiosk.words import Speaker


class Payment(Protocol):
    @property
    def amount(self) -> int: ...
    @property
    def state(self) -> str: ...
    @property
    def until(self) -> datetime: ...


@runtime_checkable
class PayerSide(Protocol):
    """A provider whose page the hub serves."""

    @property
    def terms(self) -> PaymentTerms: ...

    def seen(self, code: str) -> Payment | None: ...

    def pay(self, code: str, *, silent: bool = False) -> bool: ...


@dataclass(frozen=True, slots=True)
class PayPageShown:
    """``button`` '' where there is nothing to pay any more."""

    found: bool
    lang: str
    headline: str
    amount: str
    payee: str
    note: str
    button: str


def pay_page(payments: PayerSide, code: str, language: Language, now: datetime) -> PayPageShown:
    say, payment = Speaker(language), payments.seen(code)
    if payment is None:
        return PayPageShown(False, language.value, say("pay.gone"), "", "", say("pay.gone_text"), "")
    waiting = payment.state == PaymentState.WAITING and now < payment.until
    word = "title" if waiting else "paid" if payment.state == PaymentState.PAID else "over"
    return PayPageShown(
        found=True,
        lang=language.value,
        headline=say(f"pay.{word}"),
        amount=f"¥{payment.amount // 100}.{payment.amount % 100:02d}",
        payee=say("pay.payee", payee=payments.terms.payee.of(language)),
        note=say("pay.simulated"),
        button=say("pay.confirm") if waiting else "",
    )
