"""Times and opening hours in words, always the hub's time in the campus's zone."""

from datetime import date, datetime, time, tzinfo
from zoneinfo import ZoneInfo

from kiosk.domain.calendar import DayHours, ServiceHours, is_open, next_opening
from kiosk.domain.campus import Campus, Desk
from kiosk.domain.desk import DayException
from kiosk.words import Speaker

_DASH = "–"


def clock_text(moment: datetime, zone: tzinfo) -> str:
    """``14:26``."""
    return f"{moment.astimezone(zone):%H:%M}"


def day_and_time(moment: datetime, zone: tzinfo, speak: Speaker) -> str:
    """A promise carries its date: 周五 11月20日 16:30 / Fri 20 Nov, 16:30."""
    local = moment.astimezone(zone)
    return speak(
        "when.full",
        weekday=speak(f"when.weekday_{local.isoweekday()}"),
        month=speak(f"when.month_{local.month}"),
        day=local.day,
        clock=clock_text(moment, zone),
    )


def promised(moment: datetime, about: bool, zone: tzinfo, speak: Speaker) -> str:
    """``day_and_time``, as 约 … where its holidays are not published yet."""
    words = day_and_time(moment, zone, speak)
    return speak("when.about", when=words) if about else words


def day(moment: datetime, zone: tzinfo, speak: Speaker) -> str:
    """The date alone, for a slip's large two lines: 周五 11月20日 / Fri 20 Nov."""
    local = moment.astimezone(zone)
    month = speak(f"when.month_{local.month}")
    return speak("when.day", weekday=speak(f"when.weekday_{local.isoweekday()}"), month=month, day=local.day)


def past(moment: datetime, now: datetime, zone: tzinfo, speak: Speaker) -> str:
    """What has happened: 今天 14:26, 昨天 9:10, else with its date."""
    days = (now.astimezone(zone).date() - moment.astimezone(zone).date()).days
    if days == 0:
        return speak("when.today", clock=clock_text(moment, zone))
    if days == 1:
        return speak("when.yesterday", clock=clock_text(moment, zone))
    return day_and_time(moment, zone, speak)


def soon(moment: datetime, now: datetime, zone: ZoneInfo, speak: Speaker) -> str:
    """What is to come: 今天 22:00, 明天 8:00, else with its date."""
    days = (moment.astimezone(zone).date() - now.astimezone(zone).date()).days
    if days in (0, 1):
        return speak("when.today" if days == 0 else "when.tomorrow", clock=clock_text(moment, zone))
    return day_and_time(moment, zone, speak)


def short_day(moment: datetime, now: datetime, zone: ZoneInfo, speak: Speaker) -> str:
    """For lists: today's time, else the date."""
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return speak("when.today", clock=clock_text(moment, zone))
    return speak("when.date", month=speak(f"when.month_{local.month}"), day=local.day)


def service_hours(campus: Campus) -> ServiceHours | None:
    """The desk's week; ``None`` where the campus gave no hours, or none that can be understood."""
    try:
        return hours_of(campus.desk, ZoneInfo(campus.zone))
    except (ValueError, KeyError):
        return None


def hours_on(day: date, desk: Desk) -> str:
    """``8:00–18:00``, or '' when the desk is closed that day or its hours are unknown."""
    other = next((each for each in desk.exceptions if each.date == day.isoformat()), None)
    if other is not None:
        return f"{_short(other.opens)}{_DASH}{_short(other.closes)}" if other.opens else ""
    spans = [f"{_short(o.opens)}{_DASH}{_short(o.closes)}" for o in desk.hours if o.day == day.isoweekday()]
    return ", ".join(spans)


def hours_of(desk: Desk, zone: ZoneInfo) -> ServiceHours | None:
    """The week of any desk; ``None`` where it gave no hours, or none that can be understood."""
    days: list[DayHours | None] = [None] * 7
    try:
        for opening in desk.hours:
            days[opening.day - 1] = DayHours(time.fromisoformat(opening.opens), time.fromisoformat(opening.closes))
        closed = frozenset(date.fromisoformat(each.date) for each in desk.exceptions if not each.opens)
        make_up = {date.fromisoformat(each.date): _hours(each) for each in desk.exceptions if each.opens}
        return ServiceHours(zone, tuple(days), closed, make_up)
    except (ValueError, IndexError):
        return None


def desk_opens_next(now: datetime, desk: Desk, zone: ZoneInfo, speak: Speaker) -> str:
    """When ``desk`` opens next; '' while it is open or where its hours are unknown."""
    calendar = hours_of(desk, zone)
    if calendar is None or is_open(now, calendar):
        return ""
    return day_and_time(next_opening(now, calendar), zone, speak)


def opens_next(now: datetime, campus: Campus, speak: Speaker) -> str:
    """When the desk opens next; '' while it is open or where its hours are unknown."""
    calendar = service_hours(campus)
    if calendar is None or is_open(now, calendar):
        return ""
    return day_and_time(next_opening(now, calendar), calendar.zone, speak)


def _hours(on: DayException) -> DayHours:
    return DayHours(time.fromisoformat(on.opens), time.fromisoformat(on.closes))


def _short(clock: str) -> str:
    return clock.removeprefix("0")
