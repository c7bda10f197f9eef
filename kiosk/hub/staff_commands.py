"""``kiosk hub staff list|code|forget``: who may use the console, their way in and their way out;
``kiosk hub kiosk-log``: what they sent in from a kiosk."""

import sys
from argparse import Namespace
from datetime import datetime

import msgspec

from kiosk.hub.clock import moved_clock, system_clock
from kiosk.hub.config import load
from kiosk.hub.keys import open_keys
from kiosk.hub.place import open_existing
from kiosk.hub.services import kiosk_logs, staff
from kiosk.hub.services.refusal import No
from kiosk.words import Speaker


def staff_list(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = staff.list_staff(db, _now(arguments))
    store.close()
    print(msgspec.json.encode(found).decode())
    return 0


def staff_code(arguments: Namespace, say: Speaker) -> int:
    """Prints the code and until when it works."""
    store = open_existing(load(arguments.config), arguments.data)
    keys = open_keys(arguments.data / "keys")
    with store.write() as db:
        made = staff.make_code(db, keys, arguments.number.upper(), _now(arguments))
    store.close()
    if isinstance(made, No):
        print(say("hub_commands.staff_not_staff"), file=sys.stderr)
        return 1
    print(msgspec.json.encode(made).decode())
    return 0


def staff_forget(arguments: Namespace, say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.write() as db:
        refused = staff.forget(db, arguments.number.upper(), _now(arguments))
    store.close()
    print(say("hub_commands.staff_not_staff" if refused else "hub_commands.staff_forgotten"), file=sys.stderr)
    return 1 if refused else 0


def kiosk_log(arguments: Namespace, say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = kiosk_logs.newest(db, arguments.kiosk)
    store.close()
    if found is None:
        print(say("hub_commands.no_kiosk_log"), file=sys.stderr)
        return 1
    print(found)
    return 0


def _now(arguments: Namespace) -> datetime:
    clock = moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
    return clock()
