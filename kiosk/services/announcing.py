"""What staff tell everybody, and what the desk promises: read by anybody, from what the campus snapshot holds."""

from datetime import datetime

from kiosk.domain import announcements
from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.campus import Campus, Target
from kiosk.domain.language import Language
from kiosk.services import requests, when
from kiosk.services.flow import Flow
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import NoticesPage, Page, PromisePage, Row, Screen
from kiosk.words import Speaker

_ICON = {
    AnnouncementKind.OUTAGE: ("warning", "danger"),
    AnnouncementKind.PLANNED: ("wrench", "warn"),
    AnnouncementKind.NEWS: ("megaphone", "info"),
    AnnouncementKind.CHANGED: ("check-circle", "ok"),
}
_SPAN_UNITS = ("min", "h", "d")


class Announcing(Flow):
    screens = frozenset({Screen.NOTICES, Screen.PROMISE})

    def __init__(self, session: Session) -> None:
        self._session = session

    def enter(self, row: str) -> bool:
        pages = {"notices": Screen.NOTICES, "promise": Screen.PROMISE}
        if row in pages:
            self._session.show(pages[row])
        return row in pages

    def touch(self, request: Request) -> bool:
        return isinstance(request, requests.Open) and self.enter(request.id)

    def page(self, screen: Screen) -> Page:
        return notices_page(self._session) if screen is Screen.NOTICES else promise_page(self._session)


def shown(session: Session) -> tuple[Announcement, ...]:
    campus = session.campus
    return announcements.shown(campus.announcements, campus.kiosk.building, session.now) if campus else ()


def headline(session: Session, language: Language) -> str:
    """The one line start and home have room for: 今晚 22:00–24:00 登录不了; '' where nothing is announced."""
    current = shown(session)
    if not current:
        return ""
    first, speak = current[0], Speaker(language)
    title = first.title.of(language)
    if first.kind is not AnnouncementKind.PLANNED:
        return title
    return speak("notices.headline", when=_span(first, session, speak), title=title)


def notices_page(session: Session) -> NoticesPage:
    speak = session.speak
    rows = tuple(_row(each, session) for each in shown(session))
    return NoticesPage(
        title=speak("notices.title"),
        rows=rows,
        empty="" if rows else speak("notices.empty"),
        promise=speak("notices.promise"),
        done=speak("privacy.done"),
    )


def _row(announcement: Announcement, session: Session) -> Row:
    speak = session.speak
    icon, kind = _ICON[announcement.kind]
    parts = [announcement.text.of(session.visit.language), _times(announcement, session, speak)]
    return Row(
        announcement.id,
        announcement.title.of(session.visit.language),
        "\n".join(part for part in parts if part),
        icon,
        speak(f"notices.{announcement.kind.value}"),
        kind,
    )


def _times(announcement: Announcement, session: Session, speak: Speaker) -> str:
    match announcement.kind:
        case AnnouncementKind.OUTAGE:
            since = speak("notices.since", when=when.past(announcement.starts_at, session.now, session.zone, speak))
            return " ".join(part for part in (since, next_update(announcement, session, speak)) if part)
        case AnnouncementKind.PLANNED:
            return _span(announcement, session, speak)
        case _:
            return ""


def next_update(announcement: Announcement, session: Session, speak: Speaker) -> str:
    """15:30 前再更新; nothing where none was promised, or the time has passed."""
    update = announcement.next_update_at
    if update is None or update <= session.now:
        return ""
    return speak("notices.update", when=when.soon(update, session.now, session.zone, speak))


def _span(announcement: Announcement, session: Session, speak: Speaker) -> str:
    starts, ends, zone = announcement.starts_at, announcement.ends_at, session.zone
    same_day = _local_day(starts, session) == _local_day(ends, session)
    end = when.clock_text(ends, zone) if same_day else when.soon(ends, session.now, zone, speak)
    return f"{when.soon(starts, session.now, zone, speak)}–{end}"


def _local_day(moment: datetime, session: Session) -> object:
    return moment.astimezone(session.zone).date()


def promise_page(session: Session) -> PromisePage:
    """One entrance to all channels, and what is promised where (journeys 6: every value is the campus's)."""
    speak, campus = session.speak, session.campus
    if campus is None:
        return PromisePage()
    return PromisePage(
        title=speak("promise.title"),
        text=speak("promise.text"),
        targets=tuple(_target(target, speak) for target in campus.targets),
        channels_title=speak("promise.channels"),
        channels=_channels(session, campus),
        portal=campus.desk.portal,
        portal_label=speak("promise.portal") if campus.desk.portal else "",
        report=speak("home.report"),
        done=speak("privacy.done"),
    )


def _target(target: Target, speak: Speaker) -> Row:
    """Priorities are never said (ui 1.8): what they mean is."""
    word = target.priority.lower()
    times = speak("promise.times", respond=_duration(target.respond, speak), resolve=_duration(target.resolve, speak))
    hours = speak("promise.always" if target.always else "promise.working")
    return Row(target.priority, speak(f"promise.{word}"), speak("promise.line", hours=hours, times=times), "clock")


def _duration(span: str, speak: Speaker) -> str:
    unit = next((unit for unit in _SPAN_UNITS if span.endswith(unit)), "")
    count = span.removesuffix(unit)
    plural = "one" if count == "1" else "many"
    return speak(f"when.{unit}_{plural}", count=count) if unit and count.isdecimal() else span


def _channels(session: Session, campus: Campus) -> tuple[Row, ...]:
    speak, desk = session.speak, campus.desk
    place = desk.place.of(session.visit.language)
    hours = when.hours_on(session.now.astimezone(session.zone).date(), desk)
    today = (speak("none.today", hours=hours) if hours else speak("none.closed_today")) if desk.hours else ""
    rows = (
        Row("desk", place, today, "headset"),
        Row("phone", desk.phone, speak("promise.phone"), "phone"),
        Row("mail", desk.mailbox, speak("promise.mail"), "envelope-simple"),
    )
    return tuple(row for row in rows if row.title)
