"""What the pages for staff show: how this kiosk's parts are, what waits, where it is, and what each act means."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from msgspec.structs import replace

from kiosk.domain.devices import ReaderState
from kiosk.domain.health import Level, count
from kiosk.domain.upkeep import ClosedFor, UpkeepAct
from kiosk.services import when
from kiosk.services.health_words import told
from kiosk.services.hints import reader_hint
from kiosk.services.ports import Machine, Outbox, Queued
from kiosk.services.session import Session
from kiosk.services.views import (
    MaintenanceActPage,
    MaintenanceDoorPage,
    MaintenancePage,
    Notice,
    NoticeKind,
    ReaderHint,
    Row,
)

#: The row that sends this kiosk's log.
LOG = "log"
#: The row after which the glass takes no touch for a while.
CLEAN = "clean"
#: Operations that are listed at once; the count on the page before is of all.
MOST_QUEUED = 24
#: The stable code an answer begins with; what follows it is not shown.
_CODE = re.compile(r"[a-z_]{1,40}")
#: Codes that have words of their own; of any other the code itself is said.
_EXPLAINED = frozenset(
    {
        *("no_connection", "timed_out", "wrong_certificate", "not_the_hub", "hub_error", "not_trusted"),
        *("expired", "damaged", "quarantined", "dropped"),
    }
)
ICONS = {
    "network": "share-network",
    "hub": "hard-drives",
    "certificate": "shield-check",
    "printer": "printer",
    "reader": "identification-card",
    "scanner": "barcode",
    "screen": "monitor",
    "touch": "hand-pointing",
    "speaker": "speaker-high",
    "speech": "ear",
    "clock": "clock",
    "disk": "database",
    "queue": "tray",
    "records": "archive",
    "numbers": "hash",
    "memory": "cpu",
    "temperature": "thermometer",
    "fonts": "text-aa",
}
_WORST_FIRST = (Level.DOWN, Level.DEGRADED, Level.READY)
_CHIP = {Level.READY: "ok", Level.DEGRADED: "warn", Level.DOWN: "danger"}
#: Why a kiosk is closed, and how long it can be: by their rows. ``None``: until somebody opens it.
CLOSED_FOR = {
    ClosedFor.PRINTER: "printer",
    ClosedFor.READER: "identification-card",
    ClosedFor.NETWORK: "wifi-slash",
    ClosedFor.WORKS: "wrench",
}
SPANS: dict[str, timedelta | None] = {"short": timedelta(hours=1), "long": timedelta(hours=4), "open_end": None}


class Part(StrEnum):
    """Which of them is shown; ``LOOK`` without the door having been opened."""

    OVERVIEW = "overview"
    DEVICES = "devices"
    TESTS = "tests"
    TEST = "test"
    QUEUE = "queue"
    NETWORK = "network"
    VERSIONS = "versions"
    WHY = "why"
    UNTIL = "until"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the values come from."""

    session: Session
    outbox: Outbox
    machine: Machine


def door_page(session: Session, said: Notice | None) -> MaintenanceDoorPage:
    """Nothing is told here but that a card is wanted, and why it would not help."""
    speak, ready = session.speak, session.reader is ReaderState.READY
    ways: list[Row] = []
    if not session.online:
        ways.append(Row("maintenance_look", speak("maintenance.look_way"), icon="eye"))
        said = Notice(NoticeKind.WARN, speak("maintenance.no_line"), speak("maintenance.no_line_text"))
    elif session.claim is not None:
        ways.append(Row("maintenance_unlock", speak("maintenance.go_on"), icon="dots-nine"))
    elif not ready:
        ways.append(Row("maintenance_number", speak("identify.by_number"), icon="keyboard"))
    if said is None and not ready:
        said = Notice(NoticeKind.WARN, speak("maintenance.no_reader"), speak("maintenance.no_reader_text"))
    if session.online and not session.out:
        ways.append(Row("desk_door", speak("duty.door_way"), icon="headset"))
    hint = reader_hint(session, speak("maintenance.door"), speak("maintenance.door_text"))
    if not session.online:
        hint = ReaderHint()  # no card would help
    return MaintenanceDoorPage(
        matter=speak("maintenance.overview"),
        icon="wrench",
        reader=hint,
        notice=said,
        other_ways=(*ways, Row("maintenance_leave", speak("maintenance.leave"), icon="sign-out")),
    )


def overview(sources: Sources, said: Notice | None, busy: bool, *, opened: bool) -> MaintenancePage:
    """Nothing before the hub has said yes."""
    session, speak = sources.session, sources.session.speak
    page = replace(
        _page(session, Part.OVERVIEW, said, busy), menu=True, act=speak("maintenance.leave"), act_icon="sign-out"
    )
    if not opened:
        return page
    fill = sources.outbox.fill()
    rows = (
        _devices(session),
        Row(Part.TESTS, speak("maintenance.tests"), speak("maintenance.tests_hint"), "check-square"),
        Row(
            Part.QUEUE,
            speak("maintenance.queue"),
            speak("maintenance.queue_dead" if fill.dead else "maintenance.queue_hint"),
            "tray",
            speak("maintenance.items", count=fill.unsettled + fill.dead),
            "warn" if fill.dead else "info",
        ),
        Row(Part.NETWORK, speak("maintenance.network"), speak("maintenance.network_hint"), "share-network"),
        Row(Part.VERSIONS, speak("maintenance.versions"), speak("maintenance.versions_hint"), "package"),
        Row(LOG, speak("maintenance.log"), speak("maintenance.log_hint"), "file-text"),
        _closing(session),
        Row(CLEAN, speak("maintenance.clean"), speak("maintenance.clean_hint"), "eraser"),
        Row(UpkeepAct.RESTART, speak("maintenance.restart"), speak("maintenance.restart_hint"), "arrows-clockwise"),
    )
    return replace(page, chips=_chips(session), rows=rows)


def _devices(session: Session) -> Row:
    """What there is to do first, and how many things there are."""
    speak, board = session.speak, session.health
    down, degraded = count(board, Level.DOWN), count(board, Level.DEGRADED)
    worst = next((line for wanted in (Level.DOWN, Level.DEGRADED) for line in board if line.level is wanted), None)
    hint = speak("maintenance.devices_hint")
    if worst is not None:
        said = told(worst.subject, worst.health, worst.measured, speak)
        hint = speak("maintenance.part_is", part=said.title, state=said.state)
    chip, kind = speak("health.ready"), "ok"
    if degraded:
        chip, kind = speak("maintenance.to_see", count=degraded), "warn"
    if down:
        chip, kind = speak("maintenance.faults", count=down), "danger"
    return Row(Part.DEVICES, speak("maintenance.devices"), hint, "heartbeat", chip, kind)


def _closing(session: Session) -> Row:
    act = UpkeepAct.CLOSE if session.closed is None else UpkeepAct.REOPEN
    speak, icon = session.speak, "prohibit" if act is UpkeepAct.CLOSE else "play"
    return Row(act, speak(f"maintenance.{act}"), speak(f"maintenance.{act}_hint"), icon)


def _page(session: Session, part: Part, said: Notice | None, busy: bool) -> MaintenancePage:
    speak = session.speak
    return MaintenancePage(
        title=speak(f"maintenance.{part}"),
        notice=said,
        act=speak("maintenance.done"),
        busy=busy,
        busy_text=speak("maintenance.busy"),
    )


def _chips(session: Session) -> tuple[Row, ...]:
    campus, speak, chips = session.campus, session.speak, list[Row]()
    if campus is not None:
        place = campus.kiosk.title.of(session.visit.language)
        title = " · ".join(part for part in (campus.kiosk.code, place) if part)
        chips.append(Row("place", title, chip_kind="mute"))
    if session.closed is not None:
        chips.append(Row("closed", speak("maintenance.is_closed"), icon="prohibit", chip_kind="warn"))
    if session.broken:
        chips.append(Row("broken", speak("maintenance.is_broken"), icon="warning-octagon", chip_kind="danger"))
    return tuple(chips)


def part_page(sources: Sources, part: Part, said: Notice | None, busy: bool) -> MaintenancePage:
    session, speak = sources.session, sources.session.speak
    page = _page(session, part, said, busy)
    match part:
        case Part.DEVICES:
            return replace(page, rows=_health(session))
        case Part.LOOK:
            return replace(page, rows=_health(session), act=speak("maintenance.leave"), act_icon="sign-out")
        case Part.QUEUE:
            return _queue(sources, page)
        case Part.NETWORK:
            return replace(page, rows=_network(sources))
        case Part.VERSIONS:
            return replace(page, rows=_versions(sources))
        case Part.WHY:
            rows = tuple(Row(why, speak(f"maintenance.why_{why}"), icon=icon) for why, icon in CLOSED_FOR.items())
            return replace(page, rows=rows, menu=True, text=speak("maintenance.why_text"), act="")
        case Part.UNTIL:
            rows = tuple(Row(span, _until(session, length), icon="clock") for span, length in SPANS.items())
            return replace(page, rows=rows, menu=True, act="")
        case _:
            raise LookupError(part)


def _health(session: Session) -> tuple[Row, ...]:
    """Every part with its state, and what somebody has to do about it; the worst first."""
    rows = []
    for line in sorted(session.health, key=lambda line: _WORST_FIRST.index(line.level)):
        said = told(line.subject, line.health, line.measured, session.speak)
        hint = "\n".join(part for part in (said.detail, said.do) if part)
        rows.append(Row(line.subject, said.title, hint, ICONS[line.subject], said.state, _CHIP[line.level]))
    return tuple(rows)


def _until(session: Session, length: timedelta | None) -> str:
    if length is None:
        return session.speak("maintenance.until_open_end")
    return session.speak("maintenance.until_at", when=_soon(session, session.now + length))


def _soon(session: Session, moment: datetime) -> str:
    return when.soon(moment, session.now, session.zone, session.speak)


def _past(session: Session, moment: datetime) -> str:
    return when.past(moment, session.now, session.zone, session.speak)


def _queue(sources: Sources, page: MaintenancePage) -> MaintenancePage:
    """Never what is in them: kind, number, time, and why the hub does not have it."""
    session, speak = sources.session, sources.session.speak
    queued = sources.outbox.unsettled(MOST_QUEUED)
    rows = tuple(_queued(session, each, str(number)) for number, each in enumerate(queued))
    return replace(
        page,
        rows=rows,
        text="" if rows else speak("maintenance.queue_empty"),
        way=speak("maintenance.send") if rows else "",
    )


def _queued(session: Session, queued: Queued, id: str) -> Row:
    speak = session.speak
    found = _CODE.match(queued.answer)
    code = found.group() if found else ""
    why = speak(f"maintenance.answer_{code}") if code in _EXPLAINED else speak("maintenance.answer_other", code=code)
    facts = [_past(session, queued.made_at)]
    if queued.attempts:
        facts.append(speak("maintenance.attempts", count=queued.attempts))
    return Row(
        id,
        " ".join(part for part in (speak(f"maintenance.kind_{queued.kind}"), queued.reference) if part),
        "\n".join(part for part in (" · ".join(facts), why if code else "") if part),
        "envelope-simple",
        speak("maintenance.dead" if queued.dead else "maintenance.waits"),
        "danger" if queued.dead else "info",
    )


def _network(sources: Sources) -> tuple[Row, ...]:
    session, speak, facts = sources.session, sources.session.speak, sources.machine.facts()
    sent = sources.outbox.last_sent()
    line = "maintenance.line_up" if session.online else "maintenance.line_down"
    return (
        Row(
            "hub",
            speak("maintenance.hub"),
            facts.hub,
            "hard-drives",
            speak(line),
            "ok" if session.online else "danger",
        ),
        Row(
            "sent",
            speak("maintenance.sent"),
            _past(session, sent) if sent else speak("maintenance.sent_never"),
            "paper-plane-tilt",
        ),
        *(
            Row(f"address{number}", speak("maintenance.address"), address, "share-network")
            for number, address in enumerate(facts.addresses)
        ),
    )


def _versions(sources: Sources) -> tuple[Row, ...]:
    session, speak = sources.session, sources.session.speak
    rows = tuple(Row(name, name, version, "package") for name, version in sources.machine.facts().versions)
    if session.campus is None:
        return rows
    return (*rows, Row("campus", speak("maintenance.campus"), session.campus.version, "buildings"))


def act_page(
    session: Session, act: UpkeepAct, why: ClosedFor | None, length: timedelta | None, busy: bool
) -> MaintenanceActPage:
    """What it means, before it is done."""
    speak = session.speak
    effects = {
        UpkeepAct.RESTART: (("visit", "sign-out"), ("kept", "tray"), ("back", "arrows-clockwise")),
        UpkeepAct.CLOSE: (("shown", "monitor"), ("tray", "tray"), ("door", "wrench")),
        UpkeepAct.REOPEN: (("opens", "play"),),
    }[act]
    about = speak(f"maintenance.why_{why}") if why else session.campus.kiosk.code if session.campus else ""
    return MaintenanceActPage(
        title=speak(f"maintenance.{act}_ask"),
        ticket=Row(
            act, speak(f"maintenance.{act}"), about, chip=_until(session, length) if act is UpkeepAct.CLOSE else ""
        ),
        effects=tuple(
            Row(id, speak(f"maintenance.{act}_{id}"), speak(f"maintenance.{act}_{id}_text"), icon)
            for id, icon in effects
        ),
        safe=speak("maintenance.not_now"),
        act=speak(f"maintenance.{act}"),
        act_icon="prohibit" if act is UpkeepAct.CLOSE else "arrows-clockwise",
        danger=act is not UpkeepAct.REOPEN,
        busy=busy,
        busy_text=speak("maintenance.busy"),
    )
