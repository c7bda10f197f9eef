"""Pages that lead to people: none of these, unavailable without network, privacy, out of service."""

from kiosk.domain.language import Language
from kiosk.domain.presence import Neighbours
from kiosk.services import when
from kiosk.services.call_back_rows import call_back_rows
from kiosk.services.session import Session
from kiosk.services.views import (
    NoneOfThesePage,
    Notice,
    NoticeKind,
    OutOfServicePage,
    PrivacyPage,
    Row,
    UnavailablePage,
)
from kiosk.words import Speaker

#: The row that leads to DeskCode.
DESK_CODE = "desk_code"


def none_of_these_page(session: Session, busy: bool, busy_text: str) -> NoneOfThesePage:
    speak, language, campus = session.speak, session.visit.language, session.campus
    lines: list[str] = []
    bring: tuple[str, ...] = ()
    if campus is not None:
        desk = campus.desk
        hours = when.hours_on(session.now.astimezone(session.zone).date(), desk)
        today = (speak("none.today", hours=hours) if hours else speak("none.closed_today")) if desk.hours else ""
        place = desk.place.of(language)
        lines.append(" · ".join(part for part in (place, today) if part))
        opens = when.opens_next(session.now, campus, speak)
        later = speak("none.next_open", when=opens) if opens else ""
        phone = speak("none.phone", phone=desk.phone.replace(" ", "\N{NO-BREAK SPACE}")) if desk.phone else ""
        lines.append(" · ".join(part for part in (later, phone) if part))
        bring = tuple(document.of(language) for document in desk.bring)
    return NoneOfThesePage(
        desk_title=speak("none.desk"),
        desk_lines=tuple(line for line in lines if line),
        bring_title=speak("none.bring") if bring else "",
        bring=bring,
        notice=Notice(NoticeKind.INFO, speak("none.free"), speak("none.free_text")),
        ways=(
            *desk_code_rows(session),
            *call_back_rows(session, all_ways=True),
            Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
        ),
        busy=busy,
        busy_text=busy_text,
    )


def desk_code_rows(session: Session) -> tuple[Row, ...]:
    """None at the door of a kiosk that is out of service: it leads to staff's pages alone."""
    speak = session.speak
    return () if session.out else (Row(DESK_CODE, speak("desk_code.row"), speak("desk_code.row_hint"), "ticket"),)


def unavailable_page(
    session: Session, words: str, icon: str, ways: tuple[Row, ...], busy: bool, busy_text: str
) -> UnavailablePage:
    """``words`` is the part of the catalogue that says it (Front.cannot)."""
    speak = session.speak
    word = "failed" if session.online else "unavailable"
    return UnavailablePage(
        icon=icon if session.online else "wifi-slash",
        title=speak(f"{words}.{word}"),
        text=speak(f"{words}.{word}_text"),
        ways=(
            *ways,
            Row("report", speak("none.report"), speak("none.report_hint"), "wrench"),
            Row("none", speak("none.desk"), session.desk_line(), "headset"),
        ),
        busy=busy,
        busy_text=busy_text,
    )


_PRIVACY = (
    ("tap", "identification-card"),
    ("pin", "dots-nine"),
    ("sealed", "lock-key"),
    ("wiped", "eraser"),
)


def privacy_page(session: Session) -> PrivacyPage:
    """Each line is a rule a test holds the kiosk to (UID opens nothing, secret helper, sealed outbox, wiped visit)."""
    speak = session.speak
    lines = tuple(Row(key, speak(f"privacy.{key}"), speak(f"privacy.{key}_text"), icon) for key, icon in _PRIVACY)
    return PrivacyPage(speak("privacy.title"), lines, speak("privacy.more"), speak("privacy.done"))


AT_LENGTH = (
    ("who", "buildings"),
    ("report", "wrench"),
    ("claimed", "identification-card"),
    ("contact", "phone"),
    ("kiosk", "hard-drives"),
    ("phone_page", "qr-code"),
    ("photo", "image"),
    ("rating", "smiley"),
    ("not_you", "shield-warning"),
    ("ask", "headset"),
)


def long_privacy_page(session: Session) -> PrivacyPage:
    """The same kind of lines: what is kept, where, for what, and whom to ask; each held by a test of its own flow."""
    speak, campus, language = session.speak, session.campus, session.visit.language
    values = {"campus": campus.name.of(language) if campus else "", "desk": session.desk_line()}
    lines = tuple(
        Row(f"long_{key}", speak(f"privacy.{key}", **values), speak(f"privacy.{key}_text", **values), icon)
        for key, icon in AT_LENGTH
        if campus is not None or key not in ("who", "ask")
    )
    return PrivacyPage(speak("privacy.long_title"), lines, "", speak("privacy.done"))


def out_of_service_page(session: Session, preparing: bool) -> OutOfServicePage:
    desk = session.campus.desk if session.campus else None
    near, neighbours = session.neighbours, session.neighbours.ready if session.neighbours else ()
    return OutOfServicePage(
        near_zh=_near(session, near, Language.ZH),
        near_en=_near(session, near, Language.EN),
        neighbours=tuple(
            Row(each.code, f"{each.title.zh} · {each.code}", each.title.en, "desktop") for each in neighbours
        ),
        reason_zh=_reason(session, preparing, Speaker(Language.ZH)),
        reason_en=_reason(session, preparing, Speaker(Language.EN)),
        desk_zh=desk.place.zh if desk else "",
        desk_en=desk.place.en if desk else "",
        phone=desk.phone if desk else "",
    )


def _reason(session: Session, preparing: bool, speak: Speaker) -> str:
    """Why, and until when, where somebody decided that; the end is the hub's time."""
    closed = session.closed
    if preparing or session.broken or closed is None:
        return speak("service.preparing" if preparing else "service.broken")
    why = speak(f"maintenance.why_{closed.why}")
    if closed.until is None:
        return speak("service.closed", why=why)
    return speak("service.closed_until", why=why, when=when.soon(closed.until, session.now, session.zone, speak))


def _near(session: Session, near: Neighbours | None, language: Language) -> str:
    """With the time it was true at: without network it may not be any more. '' where no other kiosk was ready."""
    if near is None or not near.ready:
        return ""
    speak = Speaker(language)
    zone = session.zone if session.campus else near.as_of.tzinfo or session.zone  # the hub says it in the campus's
    return speak("service.near", when=when.past(near.as_of, session.now, zone, speak))
