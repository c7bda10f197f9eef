"""What each command does, with its arguments already read."""

import sys
from argparse import Namespace

import msgspec

from kiosk.hub.builtin.sample import load_sample
from kiosk.hub.clock import Clock, moved_clock, system_clock
from kiosk.hub.config import load
from kiosk.hub.logs import event, start_log
from kiosk.hub.place import database_url, open_existing
from kiosk.hub.services import enrolment
from kiosk.hub.services.book import read_book
from kiosk.hub.services.listing import list_tickets
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.words import Speaker


def serve(arguments: Namespace, _say: Speaker) -> int:
    from kiosk.hub.serve import Serving
    from kiosk.hub.serve import serve as run

    settings = load(arguments.config)
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
        )
    )
    return 0


def sample(arguments: Namespace, say: Speaker) -> int:
    settings = load(arguments.config)
    arguments.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(database_url(settings, arguments.data))
    upgrade(store)
    with store.write() as db:
        people = load_sample(db, PinHasher(settings.pin))
    store.close()
    print(say("hub_commands.sample_loaded", people=people), file=sys.stderr)
    return 0


def tickets(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = list_tickets(db, read_book(db))
    store.close()
    print(msgspec.json.encode(found).decode())
    return 0


def enrol_code(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.write() as db:
        code = enrolment.make_code(db, read_book(db), arguments.place, _clock(arguments)())
    store.close()
    if isinstance(code, No):
        print(code.detail, file=sys.stderr)
        return 1
    print(msgspec.json.encode({"code": code}).decode())
    return 0


def revoke(arguments: Namespace, say: Speaker) -> int:
    settings = load(arguments.config)
    store = open_existing(settings, arguments.data)
    start_log(arguments.data / "log", _clock(arguments))
    with store.write() as db:
        known = enrolment.revoke(db, arguments.kiosk, _clock(arguments)())
    store.close()
    event("kiosk revoked" if known else "unknown kiosk", kiosk=arguments.kiosk)
    print(say("hub_commands.revoked" if known else "hub_commands.unknown_kiosk"), file=sys.stderr)
    return 0 if known else 1


def check(arguments: Namespace, say: Speaker) -> int:
    settings = load(arguments.config)
    for rule in settings.rules:
        if rule.loosens:
            print(say("hub_commands.loosened", action=rule.action, reason=rule.reason), file=sys.stderr)
    print(say("hub_commands.config_ok"), file=sys.stderr)
    return 0


def _clock(arguments: Namespace) -> Clock:
    return moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
