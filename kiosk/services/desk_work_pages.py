"""What the pages of the desk show: masked, in the staff member's language, and nothing before the hub has said yes."""

from typing import TYPE_CHECKING

from kiosk.domain.desk_work import DeskChannel, DeskOpened, DeskOutcome, LookUpReason, Matter, Requester
from kiosk.domain.devices import ReaderState
from kiosk.domain.identity import NumberClaim
from kiosk.domain.tickets import TicketState
from kiosk.domain.visit_limits import RECORD_OPEN
from kiosk.services import report_pages, when
from kiosk.services.chrome import minutes
from kiosk.services.desk_record import Logged
from kiosk.services.drafting import NOTE_LIMIT, OUTSIDE, UNKNOWN, WHOLE, place_of
from kiosk.services.hints import reader_hint
from kiosk.services.session import Session
from kiosk.services.ticket_words import CHIP, state_word
from kiosk.services.views import (
    DeskDoorPage,
    DeskListPage,
    DeskPage,
    Notice,
    NoticeKind,
    ReaderHint,
    Row,
    WritePage,
)

if TYPE_CHECKING:  # desk_work.py draws with this
    from kiosk.services.desk_work import DeskWork

#: The chip kind of what is chosen.
CHOSEN = "ok"
#: Longest name or phone that is looked for, code points.
FIND_LIMIT = 40
_ACCOUNT_KIND = {"active": "ok", "locked": "warn", "must_change": "warn", "never_activated": "warn"}
_ICONS = {DeskChannel.WALK_UP: "user", DeskChannel.PHONE: "phone", DeskChannel.MAIL: "envelope-simple"}
_REASON_ICONS = {
    LookUpReason.NO_CARD: "identification-card",
    LookUpReason.ON_THE_PHONE: "phone",
    LookUpReason.BY_MAIL: "envelope-simple",
    LookUpReason.FOR_OTHERS: "users",
}


def door_page(session: Session, said: Notice | None) -> DeskDoorPage:
    """Nothing is told here but that a card is wanted, and why it would not help."""
    speak, ready = session.speak, session.reader is ReaderState.READY
    ways: list[Row] = []
    if not session.online:
        said = Notice(NoticeKind.WARN, speak("duty.no_line"), speak("duty.no_line_text"))
    elif session.claim is not None:
        ways.append(Row("desk_unlock", speak("maintenance.go_on"), icon="dots-nine"))
    elif not ready:
        ways.append(Row("desk_number", speak("identify.by_number"), icon="keyboard"))
    if said is None and not ready:
        said = Notice(NoticeKind.WARN, speak("maintenance.no_reader"), speak("maintenance.no_reader_text"))
    hint = reader_hint(session, speak("maintenance.door"), speak("duty.door_text")) if session.online else ReaderHint()
    return DeskDoorPage(
        matter=speak("duty.product"),
        icon="headset",
        reader=hint,
        notice=said,
        other_ways=(*ways, Row("desk_leave", speak("duty.leave"), icon="sign-out")),
    )


def desk_page(desk: "DeskWork", said: Notice | None) -> DeskPage:
    """Empty but for its title while the hub is asked."""
    session, speak, opened = desk.session, desk.session.speak, desk.opened
    if opened is None:
        return DeskPage(title=speak("duty.product"), busy=True, busy_text=speak("duty.opening"))
    record, template, language = desk.record, desk.template, session.visit.language
    actions = template.actions if template else ()
    undoable = desk.log.undoable
    return DeskPage(
        who=_who(desk),
        facts=_facts(desk),
        earlier=_earlier(desk),
        find=speak("duty.find"),
        closes=speak("duty.closes", time=minutes(RECORD_OPEN)) if record.begun else "",
        title=speak("duty.title"),
        templates=tuple(
            Row(each.id, each.title.of(language), icon=each.icon, chip_kind=_mark(each.id == record.template))
            for each in desk.templates
        ),
        asked=speak("duty.asked") if actions else "",
        actions=tuple(
            Row(action.id, action.title.of(language), chip_kind=_mark(action.id in record.did)) for action in actions
        ),
        options=(
            Row("place", report_pages.place_text(session, record.place, language), icon="map-pin")
            if record.place.place_chosen
            else Row("place", speak("duty.here"), icon="map-pin"),
            Row("note", speak("duty.noted" if record.note else "duty.note"), icon="note-pencil"),
            Row("channel", speak(f"duty.channel_{desk.channel}"), icon=_ICONS[desk.channel]),
        ),
        hand=speak("duty.hand"),
        solve=speak("duty.solve"),
        can_log=desk.can_log,
        recent_title=speak("duty.recent"),
        recent_count=speak("duty.recent_count", count=len(desk.log.entries))
        if desk.log.entries
        else speak("duty.recent_none"),
        recent=tuple(_logged(session, each) for each in desk.log.entries),
        undo=_undo(session, undoable) if undoable else "",
        notice=said,
        busy=desk.busy,
        busy_text=speak("duty.looking") if desk.busy else "",
    )


def _undo(session: Session, last: Logged) -> str:
    return session.speak("duty.undo", time=minutes(last.until - session.clock.monotonic()))


def _mark(chosen: bool) -> str:
    return CHOSEN if chosen else ""


def _who(desk: "DeskWork") -> Row:
    """Masked: the hub gives no more, and what was typed here is shown no further."""
    speak, record = desk.session.speak, desk.record
    if record.person is not None:
        return Row("who", record.person.name, record.person.number, "user-circle")
    if isinstance(record.claim, NumberClaim):
        return Row("who", speak("bar.number_typed"), record.claim.number.mask(), "keyboard")
    if record.claim is not None:
        return Row("who", speak("bar.card_read"), icon="identification-card")
    return Row("who", speak("duty.nobody"), speak("duty.nobody_text"), "user")


def _facts(desk: "DeskWork") -> tuple[Row, ...]:
    speak, record = desk.session.speak, desk.record
    if record.missing:
        return (Row("missing", speak(f"duty.missing_{record.missing}"), icon="info", chip_kind="info"),)
    return _of_person(desk.session, record.person) if record.person is not None else ()


def _of_person(session: Session, person: Requester) -> tuple[Row, ...]:
    speak, facts = session.speak, []
    if person.department:
        facts.append(Row("department", person.department, icon="buildings"))
    if person.phone:
        facts.append(Row("phone", speak("duty.phone", phone=person.phone), icon="phone"))
    if person.account:
        kind = _ACCOUNT_KIND.get(person.account, "danger")
        facts.append(Row("account", speak(f"duty.account_{person.account}"), icon=_sign(kind), chip_kind=kind))
    if person.card:
        kind = "ok" if person.card == "active" else "warn"
        word = "active" if person.card == "active" else "not_active"
        facts.append(Row("card", speak(f"duty.card_{word}"), icon=_sign(kind), chip_kind=kind))
    waits = sum(matter.state == "waiting_for_requester" for matter in person.open)
    kind = "warn" if waits else "info" if person.open else "ok"
    word = "waits" if waits else "open" if person.open else "open_none"
    facts.append(Row("open", speak(f"duty.{word}", count=waits or len(person.open)), icon=_sign(kind), chip_kind=kind))
    return tuple(facts)


def _sign(kind: str) -> str:
    return {"ok": "check-circle", "warn": "warning", "danger": "warning-octagon"}.get(kind, "info")


def _earlier(desk: "DeskWork") -> str:
    """The button to open and earlier matters; an assistant sees the open ones."""
    person, speak = desk.record.person, desk.session.speak
    if person is None or not (person.open or person.earlier):
        return ""
    return speak("duty.matters", count=len(person.open) + (person.earlier or 0))


def _logged(session: Session, logged: Logged) -> Row:
    speak = session.speak
    title, at = logged.title.of(session.visit.language), when.clock_text(logged.at, session.zone)
    if logged.undone:
        return Row(logged.reference, title, at, chip=speak("duty.chip_undone"), chip_kind="mute")
    if logged.refused:
        return Row(logged.reference, title, at, chip=speak("duty.chip_refused"), chip_kind="danger")
    if not logged.sent:
        return Row(logged.reference, title, at, chip=speak("done.chip_waiting"), chip_kind="warn")
    if logged.outcome is DeskOutcome.SOLVED:
        return Row(logged.reference, title, at, chip=speak("state.resolved"), chip_kind="ok")
    chip = speak("duty.chip_to", name=logged.to) if logged.to else speak("duty.chip_team")
    return Row(logged.reference, title, at, chip=chip, chip_kind="info")


# -- lists --------------------------------------------------------------------------------------------------------
def list_page(desk: "DeskWork", opened: DeskOpened, said: Notice | None) -> DeskListPage:
    speak, part = desk.session.speak, desk.part.value
    rows = {
        "ways": _ways,
        "reason": _reasons,
        "found": _found,
        "earlier": _matters,
        "hand": _hand,
        "place": _places,
        "floor": _places,
        "channel": _channels,
    }[part](desk, opened)
    text = speak("duty.list_found_more") if part == "found" and desk.found.more else ""
    if part == "reason" and opened.look_ups_left is not None:
        text = speak("duty.left", count=opened.look_ups_left)
    return DeskListPage(
        title=speak(f"duty.list_{part}"),
        text=text,
        rows=rows,
        menu=part != "earlier",
        act=speak("maintenance.done") if part == "earlier" else "",
        notice=said,
        busy=desk.busy,
        busy_text=speak("duty.looking") if desk.busy else "",
    )


def _ways(desk: "DeskWork", opened: DeskOpened) -> tuple[Row, ...]:
    speak = desk.session.speak
    name = (
        (Row("name", speak("duty.by_name"), speak("duty.by_name_hint"), "magnifying-glass"),) if opened.by_name else ()
    )
    return (
        Row("number", speak("duty.by_number"), speak("duty.by_number_hint"), "keyboard"),
        *name,
        Row("nobody", speak("duty.by_nobody"), speak("duty.by_nobody_hint"), "user"),
    )


def _reasons(desk: "DeskWork", _opened: DeskOpened) -> tuple[Row, ...]:
    speak = desk.session.speak
    return tuple(Row(each.value, speak(f"duty.reason_{each}"), icon=_REASON_ICONS[each]) for each in LookUpReason)


def _found(desk: "DeskWork", _opened: DeskOpened) -> tuple[Row, ...]:
    def hint(person: Requester) -> str:
        return " · ".join(part for part in (person.number, person.department) if part)

    return tuple(Row(each.handle, each.name, hint(each), "user-circle") for each in desk.found.people)


def _matters(desk: "DeskWork", _opened: DeskOpened) -> tuple[Row, ...]:
    person = desk.record.person
    return tuple(_matter(desk.session, each) for each in (*(person.open if person else ()), *desk.earlier.matters))


def _matter(session: Session, matter: Matter) -> Row:
    day = when.short_day(matter.created_at, session.now, session.zone, session.speak)
    # staff read it, and it is not them who are waited for
    waits = matter.state == TicketState.WAITING_FOR_REQUESTER
    chip = session.speak("duty.waits_for_them") if waits else state_word(session, matter.state)
    kind = CHIP.get(matter.state, "mute")
    title = matter.title.of(session.visit.language)
    return Row(matter.reference, title, f"{matter.reference} · {day}", "clipboard-text", chip, kind)


def _hand(desk: "DeskWork", opened: DeskOpened) -> tuple[Row, ...]:
    speak = desk.session.speak
    team = Row("", speak("duty.to_team"), speak("duty.to_team_hint"), "users-three")
    return (team, *(Row(each.id, each.name, each.number, "user") for each in opened.hand_to))


def _channels(desk: "DeskWork", _opened: DeskOpened) -> tuple[Row, ...]:
    return tuple(Row(each.value, desk.session.speak(f"duty.channel_{each}"), icon=_ICONS[each]) for each in DeskChannel)


def _places(desk: "DeskWork", _opened: DeskOpened) -> tuple[Row, ...]:
    """The kiosk's own building first; then the floors of the chosen one."""
    session, speak, place = desk.session, desk.session.speak, desk.record.place
    campus, language = session.campus, session.visit.language
    if campus is None:
        return ()
    others = (Row(OUTSIDE, speak("place.outside"), icon="tree"), Row(UNKNOWN, speak("place.unknown"), icon="question"))
    picked = place_of(campus, place.picking) if place.picking else None
    if picked is not None:
        floors = tuple(Row(str(i), floor.of(language), icon="stairs") for i, floor in enumerate(picked.floors))
        return (Row(WHOLE, speak("place.whole"), icon="buildings"), *floors, *others)
    here = campus.kiosk.building
    ordered = sorted(campus.places, key=lambda each: (each.id != here, each.initial))
    rows = tuple(Row(each.id, each.title.of(language), each.area.of(language), "buildings") for each in ordered)
    return (*rows, *others)


# -- what is typed ------------------------------------------------------------------------------------------------
def note_page(desk: "DeskWork") -> WritePage:
    speak, service = desk.session.speak, desk.service
    phrases = service.phrases if service else ()
    return WritePage(
        title=speak("duty.note"),
        hint=speak("duty.note_hint"),
        text=desk.record.note,
        limit=NOTE_LIMIT,
        phrases=tuple(phrase.of(desk.session.visit.language) for phrase in phrases),
        done=speak("note.done"),
    )


def find_page(desk: "DeskWork") -> WritePage:
    speak = desk.session.speak
    return WritePage(
        title=speak("duty.by_name"), hint=speak("duty.find_hint"), limit=FIND_LIMIT, done=speak("duty.find_done")
    )
