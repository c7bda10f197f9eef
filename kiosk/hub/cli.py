"""The hub's commands. JSON alone on stdout, words on stderr; 0 done, 1 expected failure, 2 usage or configuration."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from sqlalchemy.exc import OperationalError

from kiosk.domain.announcements import AnnouncementKind
from kiosk.domain.language import language_of
from kiosk.domain.tickets import TicketState
from kiosk.hub import audit_commands, campus_commands, commands, staff_commands
from kiosk.hub.config import ConfigError
from kiosk.hub.place import NoHubHere
from kiosk.hub.services.approvals import Decision
from kiosk.hub.services.book import NoCampus
from kiosk.hub.services.findings import Tick
from kiosk.words import Speaker


def main(arguments: list[str]) -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    say = Speaker(language_of(os.environ))
    parsed = _parser(say).parse_args(arguments)
    try:
        return int(parsed.run(parsed, say))
    except ConfigError as error:
        return _failed(str(error), 2)
    except NoCampus:
        return _failed(say("hub_commands.no_campus"), 1)
    except NoHubHere as error:
        return _failed(str(error), 1)
    except OperationalError as error:
        return _failed(f"{say('hub_commands.no_database')}: {str(error.orig).strip().splitlines()[0]}", 1)
    except (OSError, ValueError) as error:
        return _failed(str(error), 1)


def _parser(say: Speaker) -> ArgumentParser:
    parser = ArgumentParser("kiosk hub", description=say("hub_commands.about"))
    commands_of = parser.add_subparsers(metavar=say("hub_commands.command"), required=True)

    def add(name: str, needs_data: bool = True, of: Any = commands_of, run: str = "") -> ArgumentParser:
        words = say(f"hub_commands.{(run or name).replace('-', '_')}")
        command: ArgumentParser = of.add_parser(name, help=words, description=words)
        command.add_argument("--config", type=Path, metavar="FILE", help=say("hub_commands.config"))
        if needs_data:
            command.add_argument("--data", type=Path, required=True, metavar="DIR", help=say("hub_commands.data"))
        command.add_argument("--clock-offset-file", type=Path, metavar="FILE", help=say("hub_commands.clock"))
        named = (run or name).replace("-", "_")
        modules = (commands, campus_commands, staff_commands, audit_commands)
        command.set_defaults(run=next(getattr(module, named) for module in modules if hasattr(module, named)))
        return command

    serve = add("serve")
    serve.add_argument("--port", type=_port, required=True, metavar="N", help=say("hub_commands.port"))
    serve.add_argument("--host", default="127.0.0.1", help=say("hub_commands.host"))
    serve.add_argument("--role", choices=("all", "follow"), default="all", help=say("hub_commands.role"))
    serve.add_argument("--messages", type=Path, metavar="FILE", help=say("hub_commands.messages"))
    serve.add_argument("--public-url", default="", metavar="URL", help=say("hub_commands.public_url"))
    serve.add_argument("--payments", choices=("simulated",), default="", help=say("hub_commands.payments"))
    serve.add_argument("--sign-in", choices=("simulated",), default="", help=say("hub_commands.sign_in"))
    add("sample")
    add("tickets").add_argument("--json", action="store_true", required=True, help=say("hub_commands.json"))
    ticket = add("ticket")
    ticket.add_argument("reference", metavar="REFERENCE", help=say("hub_commands.reference"))
    ticket.add_argument("--state", choices=list(TicketState), metavar="STATE", help=_states(say))
    ticket.add_argument("--answer", default="", metavar="TEXT", help=say("hub_commands.answer"))
    ticket.add_argument("--decision", choices=list(Decision), metavar="DECISION", help=say("hub_commands.decision"))
    ticket.add_argument("--confirm-p0", action="store_true", help=say("hub_commands.confirm_p0"))
    ticket.add_argument("--assign", default="", metavar="NUMBER", help=say("hub_commands.assign"))
    ticket.add_argument("--close-page", action="store_true", help=say("hub_commands.close_page"))
    alert = add("alert")
    alert.add_argument("--service", required=True, metavar="ID", help=say("hub_commands.alert_service"))
    alert.add_argument("--building", default="", metavar="ID", help=say("hub_commands.alert_building"))
    add("enrol-code").add_argument("--place", required=True, metavar="ID", help=say("hub_commands.place"))
    add("payment").add_argument("act", choices=("pay", "silent", "speak"), help=say("hub_commands.payment_act"))
    add("kiosks").add_argument("--json", action="store_true", help=say("hub_commands.json"))
    add("revoke").add_argument("kiosk", metavar="KIOSK", help=say("hub_commands.kiosk"))
    add("kiosk-log").add_argument("kiosk", metavar="KIOSK", help=say("hub_commands.kiosk"))
    password = add("try-password")
    password.add_argument("login", metavar="LOGIN", help=say("hub_commands.login"))
    password.add_argument("--door", default="portal", metavar="ID", help=say("hub_commands.door"))
    add("check", needs_data=False).add_argument("--data", type=Path, metavar="DIR", help=say("hub_commands.check_data"))
    add("helpdesk").add_argument("--resend", default="", metavar="OP", help=say("hub_commands.helpdesk_resend"))
    _announce(add("announce"), say)
    words = say("hub_commands.finding")
    finding = commands_of.add_parser("finding", help=words, description=words)
    of_finding = finding.add_subparsers(metavar=say("hub_commands.command"), required=True)
    listing = add("list", of=of_finding, run="finding_list")
    listing.add_argument("--closed", action="store_true", help=say("hub_commands.finding_closed"))
    tick = add("tick", of=of_finding, run="finding_tick")
    tick.add_argument("id", metavar="ID", help=say("hub_commands.finding_id"))
    tick.add_argument("what", choices=list(Tick), metavar="WHAT", help=say("hub_commands.finding_what"))
    tick.add_argument("--place", default="", metavar="ID", help=say("hub_commands.finding_place"))
    words = say("hub_commands.kb")
    kb = commands_of.add_parser("kb", aliases=("knowledge",), help=words, description=words)
    of_kb = kb.add_subparsers(metavar=say("hub_commands.command"), required=True)
    articles = add("import", of=of_kb, run="kb_import")
    articles.add_argument("folder", type=Path, nargs="?", metavar="FOLDER", help=say("hub_commands.kb_folder"))
    articles.add_argument("--dry-run", action="store_true", help=say("hub_commands.dry_run"))
    articles.add_argument("--removing", type=int, metavar="N", help=say("hub_commands.removing"))
    words = say("hub_commands.campus")
    of_campus = commands_of.add_parser("campus", help=words, description=words).add_subparsers(
        metavar=say("hub_commands.command"), required=True
    )
    add("import", of=of_campus, run="campus_import").add_argument(
        "folder", type=Path, metavar="FOLDER", help=say("hub_commands.campus_folder")
    )
    words = say("hub_commands.people")
    of_people = commands_of.add_parser("people", help=words, description=words).add_subparsers(
        metavar=say("hub_commands.command"), required=True
    )
    people = add("import", of=of_people, run="people_import")
    people.add_argument("file", type=Path, metavar="FILE", help=say("hub_commands.people_file"))
    people.add_argument("--dry-run", action="store_true", help=say("hub_commands.dry_run"))
    people.add_argument("--ending", type=int, metavar="N", help=say("hub_commands.ending"))
    words = say("hub_commands.staff")
    of_staff = commands_of.add_parser("staff", help=words, description=words).add_subparsers(
        metavar=say("hub_commands.command"), required=True
    )
    add("list", of=of_staff, run="staff_list")
    for name in ("code", "forget"):
        add(name, of=of_staff, run=f"staff_{name}").add_argument(
            "number", metavar="NUMBER", help=say("hub_commands.staff_number")
        )
    words = say("hub_commands.audit")
    of_audit = commands_of.add_parser("audit", help=words, description=words).add_subparsers(
        metavar=say("hub_commands.command"), required=True
    )
    verify = add("verify", of=of_audit, run="audit_verify")
    verify.add_argument("--head", default="", metavar="DIGEST", help=say("hub_commands.audit_head"))
    add("list", of=of_audit, run="audit_list")
    return parser


def _states(say: Speaker) -> str:
    return say("hub_commands.state", states=", ".join(TicketState))


def _announce(command: ArgumentParser, say: Speaker) -> None:
    kinds = [kind.value for kind in AnnouncementKind]
    command.add_argument("--kind", choices=kinds, default=kinds[0], help=say("hub_commands.announce_kind"))
    for name in ("title", "text"):
        words = say(f"hub_commands.announce_{name}")
        command.add_argument(f"--{name}", nargs=2, metavar=("ZH", "EN"), default=("", ""), help=words)
    command.add_argument("--hours", type=float, default=4.0, metavar="N", help=say("hub_commands.announce_hours"))
    command.add_argument("--starts-in", type=float, default=0.0, metavar="N", help=say("hub_commands.announce_starts"))
    command.add_argument("--update-in", type=float, metavar="N", help=say("hub_commands.announce_update"))
    command.add_argument("--service", default="", metavar="ID", help=say("hub_commands.announce_service"))
    command.add_argument(
        "--building", action="append", default=[], metavar="ID", help=say("hub_commands.announce_building")
    )
    command.add_argument("--withdraw", default="", metavar="ID", help=say("hub_commands.announce_withdraw"))


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:
        raise ValueError
    return port


def _failed(line: str, status: int) -> int:
    print(line, file=sys.stderr)
    return status
