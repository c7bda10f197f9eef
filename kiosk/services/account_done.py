"""What is said after something was done about an account, on the page and on the slip. Never a password."""

from kiosk.domain.accounts import AccountAct, AccountDone
from kiosk.domain.campus import CampusAccount, SavedAt
from kiosk.domain.devices import PrinterState
from kiosk.domain.outcomes import PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.services.account_pages import places
from kiosk.services.session import Session
from kiosk.services.slip_part import paper_notice, slip_block
from kiosk.services.views import DoneKind, DonePage
from kiosk.words import Speaker


def can_print(session: Session) -> bool:
    return session.printer is not PrinterState.NONE


def _guide(account: CampusAccount, act: AccountAct) -> tuple[SavedAt, ...]:
    """First what keeps the account from being locked again: forget the Wi-Fi, then sign in (journeys 11)."""
    return account.saved_at if act is AccountAct.UNLOCK else account.afterwards


def done_page(
    session: Session, account: CampusAccount, done: AccountDone, opens: tuple[str, ...], printed: PrintOutcome | None
) -> DonePage:
    speak = session.speak
    return DonePage(
        kind=DoneKind.RECEIVED,
        headline=speak(f"account_done.{done.act}"),
        promise=_effect(session, account, done, opens),
        next_title=speak("account_done.places" if done.act is AccountAct.UNLOCK else "account_done.order"),
        guide=places(_guide(account, done.act), session),
        numbered=done.act is not AccountAct.UNLOCK,
        notice=paper_notice(session, printed, "account_done.no_slip"),
        again=speak("done.again"),
        end=speak("done.end"),
        **slip_block(session, printed, "account_done.slip_what"),
    )


def _effect(session: Session, account: CampusAccount, done: AccountDone, opens: tuple[str, ...]) -> str:
    speak, language = session.speak, session.visit.language
    doors = [door.title.of(language) for door in account.doors if door.id in opens]
    word = "same_password" if done.act is AccountAct.UNLOCK else "old_gone" if done.signed_out else "opens"
    return speak(
        f"account_done.{word}", account=account.title.of(language), doors=speak("account_done.and").join(doors)
    )


def slip(session: Session, account: CampusAccount, done: AccountDone) -> Slip:
    return _slip(
        session,
        session.speak(f"account_done.{done.act}"),
        _guide(account, done.act),
        (
            (session.speak("account.name"), account.title.of(session.visit.language)),
            (session.speak("slip.time"), f"{done.at.astimezone(session.zone):%Y-%m-%d %H:%M}"),
        ),
        Speaker(session.visit.language.other)(f"account_done.{done.act}_line"),
    )


def places_slip(session: Session, account: CampusAccount) -> Slip:
    """Where to forget an old password, to take along before the account is unlocked."""
    other = Speaker(session.visit.language.other)
    return _slip(
        session, session.speak("account.relocked_places"), account.saved_at, (), other("account.relocked_line")
    )


def _slip(
    session: Session,
    headline: str,
    steps: tuple[SavedAt, ...],
    facts: tuple[tuple[str, str], ...],
    other_language: str,
) -> Slip:
    campus, language, speak = session.campus, session.visit.language, session.speak
    assert campus is not None
    numbered = tuple(
        (
            speak("account_done.step", count=index),
            speak("account_done.step_text", title=step.title.of(language), text=step.text.of(language)),
        )
        for index, step in enumerate(steps, start=1)
    )
    desk = campus.desk
    place = desk.place.of(language)
    helped = speak("account_done.help", phone=desk.phone, place=place) if desk.phone and place else ""
    return Slip(
        language=language,
        campus=f"{campus.name.of(language)} {campus.product.of(language)}",
        mark=campus.mark,
        place=f"{campus.kiosk.title.of(language)} · {speak('slip.terminal', code=campus.kiosk.code)}",
        headline=headline,
        reference_label="",
        reference="",
        facts=(*facts, *numbered),
        body=helped,
        other_language=other_language,
    )
