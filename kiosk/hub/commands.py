"""What each command does, with its arguments already read."""

import sys
from argparse import Namespace
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec

from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.references import parse
from kiosk.domain.text import Text
from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.builtin.sample import load_articles, load_sample
from kiosk.hub.builtin.sample_tickets import load_sample_tickets
from kiosk.hub.campus_systems import cards_of, directory_of
from kiosk.hub.checked import Level
from kiosk.hub.checking import look_at
from kiosk.hub.clock import Clock, moved_clock, system_clock
from kiosk.hub.config import Settings, load
from kiosk.hub.gateways import notices_of
from kiosk.hub.logs import event, start_log
from kiosk.hub.place import database_url, open_existing
from kiosk.hub.ports import Password
from kiosk.hub.services import announcements, enrolment, findings
from kiosk.hub.services.approvals import Decision
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.desk_acts import DeskAct, do
from kiosk.hub.services.kiosk_health import list_kiosks
from kiosk.hub.services.kiosk_words import in_words
from kiosk.hub.services.listing import list_tickets
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import note_command
from kiosk.hub.services.suspected import alarm
from kiosk.hub.sign_in_settings import SignInKind, SignInSettings
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.hub.store.tables import Ticket
from kiosk.words import Speaker


def serve(arguments: Namespace, _say: Speaker) -> int:
    from kiosk.hub.serve import Serving
    from kiosk.hub.serve import serve as run

    settings = load(arguments.config)
    if arguments.payments:
        settings = replace(settings, cards=replace(settings.cards, payments=arguments.payments))
    if arguments.sign_in:
        settings = replace(settings, sign_in=SignInSettings(SignInKind(arguments.sign_in)))
    arguments.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    run(
        Serving(
            data=arguments.data,
            host=arguments.host,
            port=arguments.port,
            settings=settings,
            clock=_clock(arguments),
            follow_only=arguments.role == "follow",
            public_url=arguments.public_url,
            messages=arguments.messages,
            file=arguments.config,
        )
    )
    return 0


def sample(arguments: Namespace, say: Speaker) -> int:
    settings = load(arguments.config)
    arguments.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(database_url(settings, arguments.data))
    upgrade(store)
    with store.write() as db:
        people = load_sample(db, PinHasher(settings.pin), _clock(arguments)())
        articles = load_articles(db, _clock(arguments)())
        load_sample_tickets(db, read_book(db), _clock(arguments)())
        note_command(db, "sample_loaded", _clock(arguments)())
    store.close()
    print(say("hub_commands.sample_loaded", people=people, articles=articles), file=sys.stderr)
    return 0


def tickets(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = list_tickets(db, read_book(db))
    store.close()
    print(msgspec.json.encode(found).decode())
    return 0


class _Undone(Exception):
    """Something was refused: nothing of the command happens."""

    def __init__(self, no: No) -> None:
        super().__init__(no.code)
        self.no = no


def ticket(arguments: Namespace, say: Speaker) -> int:
    """What the desk does without a console; without any option the ticket is shown as JSON."""
    reference = parse(arguments.reference)
    act = DeskAct(
        state=TicketState(arguments.state) if arguments.state else None,
        answer=arguments.answer,
        close_page=arguments.close_page,
        decision=Decision(arguments.decision) if arguments.decision else None,
        confirm_p0=arguments.confirm_p0,
        assignee=arguments.assign,
    )
    settings = load(arguments.config)
    store, clock = open_existing(settings, arguments.data), _clock(arguments)
    try:
        with store.write() as db:
            found = db.get(Ticket, str(reference), with_for_update=True) if reference else None
            if found is None:
                raise _Undone(No(404, "unknown", say("hub_commands.unknown_ticket")))
            around = Around(read_book(db), notices_of(settings, clock), settings.public_url)
            refused = do(db, around, found, act, clock())
            if refused is not None:
                raise _Undone(refused)
            if act.changes:
                note_command(db, "ticket_changed", clock(), about=found.reference)
            else:
                print(msgspec.json.encode(list_tickets(db, around.book, found.reference)[0]).decode())
    except _Undone as undone:
        print(undone.no.detail, file=sys.stderr)
        return 1
    finally:
        store.close()
    if act.changes:
        print(say("hub_commands.ticket_changed", reference=found.reference, state=found.state), file=sys.stderr)
    return 0


def alert(arguments: Namespace, _say: Speaker) -> int:
    """Monitoring says that a service fails. Prints the references of the tickets that are confirmed by it."""
    settings = load(arguments.config)
    store, clock = open_existing(settings, arguments.data), _clock(arguments)
    with store.write() as db:
        around = Around(read_book(db), notices_of(settings, clock), settings.public_url)
        confirmed = alarm(db, around, arguments.service, arguments.building, clock())
        if not isinstance(confirmed, No):
            note_command(db, "alarm", clock(), about=arguments.service)
    store.close()
    if isinstance(confirmed, No):
        print(confirmed.detail, file=sys.stderr)
        return 1
    print(msgspec.json.encode({"confirmed": confirmed}).decode())
    return 0


def finding_list(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = findings.list_findings(db, read_book(db), closed=arguments.closed)
    store.close()
    print(msgspec.json.encode(found).decode())
    return 0


def finding_tick(arguments: Namespace, say: Speaker) -> int:
    """What the card office does without a console: a found card arrived, was fetched, or never came."""
    settings, clock = load(arguments.config), _clock(arguments)
    store = open_existing(settings, arguments.data)
    asked = (arguments.id, findings.Tick(arguments.what), arguments.place)
    with store.write() as db:
        cards, notices = cards_of(settings.cards, store), notices_of(settings, clock)
        done = findings.tick(db, read_book(db), cards, notices, asked, clock())
        if not isinstance(done, No):
            note_command(db, f"finding_{arguments.what}", clock(), about=arguments.id)
    store.close()
    if isinstance(done, No):
        print(say(f"hub_commands.finding_{done.code}"), file=sys.stderr)
        return 1
    print(say("hub_commands.finding_ticked", what=arguments.what), file=sys.stderr)
    return 0


def enrol_code(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.write() as db:
        code = enrolment.make_code(db, read_book(db), arguments.place, _clock(arguments)())
        if not isinstance(code, No):
            note_command(db, "enrol_code_made", _clock(arguments)(), about=arguments.place)
    store.close()
    if isinstance(code, No):
        print(code.detail, file=sys.stderr)
        return 1
    print(msgspec.json.encode({"code": code}).decode())
    return 0


def payment(arguments: Namespace, say: Speaker) -> int:
    """What the payer, or the simulated provider, does with the payment begun last."""
    store = open_existing(load(arguments.config), arguments.data)
    payments = SimulatedPayments(store, _clock(arguments), "")
    code = payments.newest()
    done = code is not None
    if code and arguments.act == "speak":
        payments.speak(code)
    elif code:
        done = payments.pay(code, silent=arguments.act == "silent")
    store.close()
    print(say("hub_commands.payment_done" if done else "hub_commands.payment_none"), file=sys.stderr)
    return 0 if done else 1


def revoke(arguments: Namespace, say: Speaker) -> int:
    settings = load(arguments.config)
    store = open_existing(settings, arguments.data)
    start_log(arguments.data / "log", _clock(arguments))
    with store.write() as db:
        known = enrolment.revoke(db, arguments.kiosk, _clock(arguments)())
        if known:
            note_command(db, "kiosk_revoked", _clock(arguments)(), about=arguments.kiosk)
    store.close()
    event("kiosk revoked" if known else "unknown kiosk", kiosk=arguments.kiosk)
    print(say("hub_commands.revoked" if known else "hub_commands.unknown_kiosk"), file=sys.stderr)
    return 0 if known else 1


def kiosks(arguments: Namespace, say: Speaker) -> int:
    """How every kiosk is: as JSON all of it, in words what somebody should look at."""
    settings = load(arguments.config)
    store = open_existing(settings, arguments.data)
    with store.read() as db:
        found = list_kiosks(db, read_book(db))
    store.close()
    if arguments.json:
        print(msgspec.json.encode(found).decode())
    else:
        now = _clock(arguments)()
        print("\n".join(line for kiosk in found if not kiosk.revoked for line in in_words(kiosk, say, now)))
    return 0


def try_password(arguments: Namespace, _say: Speaker) -> int:
    """As a door of the campus would: a wrong one is counted. The password comes from standard input, one line."""
    settings = load(arguments.config)
    store = open_existing(settings, arguments.data)
    clock = _clock(arguments)
    directory = directory_of(settings.directory, store, PinHasher(settings.pin), clock)
    password = Password(sys.stdin.readline().rstrip("\n"))
    works = directory.sign_in(arguments.login, password, arguments.door, clock()) is True
    directory.close()
    store.close()
    print(msgspec.json.encode({"works": works}).decode())
    return 0 if works else 1


def check(arguments: Namespace, say: Speaker) -> int:
    """1 where something would fail a visitor."""
    settings = load(arguments.config)
    print(say("hub_commands.config_ok"), file=sys.stderr)
    book = _book(settings, arguments.data) if arguments.data else None
    bad = 0
    for line in look_at(settings, arguments.config, book, _clock(arguments)):
        bad += line.level is Level.BAD
        level, where = say(f"hub_commands.check_{line.level.value}"), line.where or line.named(say)
        print(say("hub_check.line", level=level, name=where, state=line.said(say)), file=sys.stderr)
    if bad:
        print(say("hub_commands.check_bad_count", count=bad), file=sys.stderr)
    return 1 if bad else 0


def _book(settings: Settings, data: Path) -> Book:
    store = open_existing(settings, data)
    with store.read() as db:
        found = read_book(db)
    store.close()
    return found


def announce(arguments: Namespace, say: Speaker) -> int:
    """Publishes one announcement from now on, or takes one back. Prints its id."""
    settings = load(arguments.config)
    store = open_existing(settings, arguments.data)
    now = _clock(arguments)()
    with store.write() as db:
        if arguments.withdraw:
            known = announcements.withdraw(db, notices_of(settings, _clock(arguments)), arguments.withdraw, now)
            done: str | No = arguments.withdraw if known else No(404, "unknown", say("hub_commands.no_announcement"))
        else:
            done = announcements.publish(db, read_book(db), _announcement(arguments, now), now)
        if not isinstance(done, No):
            note_command(db, "announcement_withdrawn" if arguments.withdraw else "announced", now, about=done)
    store.close()
    if isinstance(done, No):
        print(done.detail, file=sys.stderr)
        return 1
    print(msgspec.json.encode({"id": done}).decode())
    return 0


def _announcement(arguments: Namespace, now: datetime) -> Announcement:
    update = timedelta(hours=arguments.update_in) if arguments.update_in is not None else None
    return Announcement(
        id=announcements.new_id(),
        kind=AnnouncementKind(arguments.kind),
        title=Text(arguments.title[0], arguments.title[1]),
        text=Text(arguments.text[0], arguments.text[1]),
        starts_at=now + timedelta(hours=arguments.starts_in),
        ends_at=now + timedelta(hours=arguments.starts_in + arguments.hours),
        published_at=now,
        service=arguments.service,
        buildings=tuple(arguments.building),
        next_update_at=now + update if update is not None else None,
    )


def _clock(arguments: Namespace) -> Clock:
    return moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
