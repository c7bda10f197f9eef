"""What the pages about account and password show."""

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.campus import CampusAccount, SavedAt
from kiosk.domain.password_rules import STRONGEST, RuleId
from kiosk.services import when
from kiosk.services.ports import PasswordTyped
from kiosk.services.session import Session
from kiosk.services.views import (
    AccountLockedPage,
    AccountPage,
    Fact,
    Notice,
    PasswordPage,
    Row,
    RuleLine,
    SecretField,
)

#: Icon of each thing that can be done, in the order they are offered.
ACTS = {
    AccountAct.RESET: "key",
    AccountAct.UNLOCK: "lock-open",
    AccountAct.CHANGE: "pencil-simple",
    AccountAct.ACTIVATE: "user-plus",
}


def account_page(
    session: Session, account: CampusAccount, notice: Notice | None, busy: str, beside: Row
) -> AccountPage:
    """``beside``: what is not about the account, but looked for here."""
    speak = session.speak
    rows = tuple(
        Row(act.value, speak(f"account.{act}"), speak(f"account.{act}_hint"), icon)
        for act, icon in ACTS.items()
        if act in account.acts
    )
    return AccountPage(
        title=speak("account.title"),
        account=account.title.of(session.visit.language),
        opens_label=speak("account.opens"),
        opens=tuple(door.title.of(session.visit.language) for door in account.doors),
        rows=(*rows, beside),
        notice=notice,
        busy=bool(busy),
        busy_text=busy,
    )


def locked_page(
    session: Session, account: CampusAccount, seen: AccountSeen, can_print: bool, notice: Notice | None, busy: str
) -> AccountLockedPage:
    speak = session.speak
    word = "relocked" if seen.relocked else "locked"
    text = speak(f"account.{word}_text")
    if not seen.relocked and seen.locked_until:
        text = speak("account.locked_until", time=when.past(seen.locked_until, session.now, session.zone, speak))
    return AccountLockedPage(
        title=speak(f"account.{word}"),
        text=text,
        facts=_facts(session, account, seen),
        places_title=speak(f"account.{word}_places"),
        places=places(account.saved_at, session),
        notice=notice,
        forgot=speak("account.forgot_too") if AccountAct.RESET in account.acts else "",
        print=speak("account.print") if can_print else "",
        unlock=speak("account.unlock_only"),
        busy=bool(busy),
        busy_text=busy,
    )


def places(saved: tuple[SavedAt, ...], session: Session) -> tuple[Row, ...]:
    language = session.visit.language
    return tuple(
        Row(str(index), place.title.of(language), place.text.of(language), place.icon)
        for index, place in enumerate(saved, start=1)
    )


def _facts(session: Session, account: CampusAccount, seen: AccountSeen) -> tuple[Fact, ...]:
    speak, language = session.speak, session.visit.language
    door = next((door.title.of(language) for door in account.doors if door.id == seen.locked_from), "")
    locked = when.past(seen.locked_at, session.now, session.zone, speak) if seen.locked_at else ""
    facts = (
        (speak("account.name"), f"{account.title.of(language)} {seen.login}"),
        (speak("account.locked_at"), locked),
        (speak("account.locked_from"), door),
        (speak("account.changed_at"), when.day(seen.changed_at, session.zone, speak) if seen.changed_at else ""),
    )
    return tuple(Fact(label, value) for label, value in facts if value)


def password_page(
    session: Session,
    account: CampusAccount,
    seen: AccountSeen,
    act: AccountAct,
    typed: PasswordTyped,
    notice: Notice | None,
    busy: str,
    *,
    held: bool,
) -> PasswordPage:
    speak, language = session.speak, session.visit.language
    opens = {door.id: door.title.of(language) for door in account.doors}
    return PasswordPage(
        title=speak(f"password.title_{act}"),
        account=f"{account.title.of(language)} {seen.login}",
        opens_label=speak("account.opens"),
        opens=tuple(opens[door] for door in seen.opens if door in opens),
        fields=_fields(session, act, typed),
        hint=speak("password.hidden"),
        rules=tuple(_rule(session, seen, rule.id, typed) for rule in seen.rules),
        strength=speak(f"password.strength_{typed.score}") if typed.new else "",
        strength_label=speak("password.strength"),
        score=typed.score if typed.new else 0,
        scores=STRONGEST,
        notice=notice,
        held=held,
        primary=_primary(session, act, typed),
        can_go=not held and _can_go(typed),
        busy=bool(busy),
        busy_text=busy,
        back_one=speak("password.back_one") if typed.step == "again" else "",
        other_ways=_other_ways(session, account, act, typed),
    )


def _fields(session: Session, act: AccountAct, typed: PasswordTyped) -> tuple[SecretField, ...]:
    speak = session.speak
    old = SecretField("old", speak("password.old"), typed.old, typed.step == "old")
    new = SecretField("new", speak("password.new"), typed.new, typed.step == "new")
    state = "ok" if typed.ready else "differs" if typed.differs else ""
    again = SecretField("again", speak("password.again"), typed.again, typed.step == "again", state)
    return (old, new, again) if act is AccountAct.CHANGE else (new, again)


def _rule(session: Session, seen: AccountSeen, rule_id: str, typed: PasswordTyped) -> RuleLine:
    rule = next(rule for rule in seen.rules if rule.id == rule_id)
    text, missing = rule.text.of(session.visit.language), ""
    if not rule.ticks:
        return RuleLine(text, "said")
    if rule.id == RuleId.MIN_LENGTH and 0 < typed.new < rule.count:
        missing = session.speak("password.missing", count=rule.count - typed.new)
    kept = typed.new > 0 and rule.id not in typed.broken
    return RuleLine(text, "kept" if kept else "open", missing)


def _primary(session: Session, act: AccountAct, typed: PasswordTyped) -> str:
    if typed.step == "old":
        return session.speak("password.to_new")
    if typed.step == "new":
        return session.speak("password.to_again")
    return session.speak(f"password.do_{act}")


def _can_go(typed: PasswordTyped) -> bool:
    if typed.step == "old":
        return typed.old > 0
    if typed.step == "new":
        return typed.new > 0 and not typed.broken
    return typed.ready


def _other_ways(session: Session, account: CampusAccount, act: AccountAct, typed: PasswordTyped) -> tuple[Row, ...]:
    if act is not AccountAct.CHANGE or typed.step != "old":
        return ()
    if AccountAct.RESET in account.acts:
        return (Row("forgot", session.speak("password.forgot_old"), icon="question"),)
    return (Row("none", session.speak("identify.none"), icon="question"),)
