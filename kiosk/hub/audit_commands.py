"""``kiosk hub audit verify|list``: the record of what staff and commands did."""

import sys
from argparse import Namespace

import msgspec

from kiosk.hub.config import load
from kiosk.hub.place import open_existing
from kiosk.hub.services import act_chain
from kiosk.hub.services.staff_acts import everything
from kiosk.words import Speaker


def audit_verify(arguments: Namespace, say: Speaker) -> int:
    """Prints how many lines there are, since when, and the digest of the newest; 1 where one is not as it was."""
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = act_chain.verify(db, arguments.head)
    store.close()
    if isinstance(found, act_chain.Broken):
        at = f"{found.at:%Y-%m-%d %H:%M:%SZ}" if found.at else ""
        print(say(f"hub_audit.{found.why}", line=found.line, at=at), file=sys.stderr)
        return 1
    print(msgspec.json.encode({"lines": found.lines, "since": found.since, "head": found.end}).decode())
    print(say("hub_audit.sound"), file=sys.stderr)
    return 0


def audit_list(arguments: Namespace, _say: Speaker) -> int:
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        found = everything(db)
    store.close()
    print(msgspec.json.encode(found).decode())
    return 0
