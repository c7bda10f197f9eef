"""The hub's messages about an account as domain values. ValueError where one cannot be the hub's."""

from typing import assert_never

from kiosk.domain.accounts import AccountAct, AccountDone, AccountRefusal, AccountRefused, AccountSeen
from kiosk.uplink.translate import aware
from kiosk.wire.accounts import ActAnswer, ActDone, ActRefused


def seen(answer: AccountSeen) -> AccountSeen:
    aware(answer.locked_at, answer.locked_until, answer.changed_at, answer.expires_at)
    if not answer.handle:
        raise ValueError("an account without its handle")
    return answer


def acted(answer: ActAnswer) -> AccountDone | AccountRefused:
    match answer:
        case ActDone():
            aware(answer.at)
            return AccountDone(AccountAct(answer.act), answer.at, answer.signed_out)
        case ActRefused():
            aware(answer.retry_at)
            return AccountRefused(AccountRefusal(answer.why), answer.rules, answer.retry_at)
        case _:
            assert_never(answer)
