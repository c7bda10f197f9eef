"""``kiosk hub campus import``, ``people import``, ``kb import``: what a campus is, who is there and what it knows;
``helpdesk``: what its helpdesk lacks."""

import sys
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from kiosk.domain.masking import mask_number
from kiosk.hub.builtin.campus_folder import BadCampus, keep_campus, read_campus
from kiosk.hub.builtin.newcomers import take_over
from kiosk.hub.campus_systems import articles_of
from kiosk.hub.clock import moved_clock, system_clock
from kiosk.hub.config import load
from kiosk.hub.knowledge_settings import KnowledgeKind, KnowledgeSettings
from kiosk.hub.place import database_url, open_existing
from kiosk.hub.services import knowledge
from kiosk.hub.services.article_batch import ArticleBatch, said
from kiosk.hub.services.book import read_book
from kiosk.hub.services.helpdesk_listing import resend, unsent
from kiosk.hub.services.people_file import BadRow, PeopleList, newest_list, read_people
from kiosk.hub.services.people_import import Plan, plan
from kiosk.hub.services.staff_acts import note_command
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.words import Speaker

#: Lines of the dry run's list on a screen; the counts are always whole.
MOST_LINES = 200


def campus_import(arguments: Namespace, say: Speaker) -> int:
    """Makes the hub's database where there is none yet: this is how a campus begins."""
    campus = read_campus(arguments.folder)
    if isinstance(campus, BadCampus):
        print(f"{arguments.folder / campus.file}: {campus.reason}", file=sys.stderr)
        return 1
    arguments.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    store = Store(database_url(load(arguments.config), arguments.data))
    upgrade(store)
    clock = moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
    with store.write() as db:
        keep_campus(db, campus)
        note_command(db, "campus_imported", clock())
    store.close()
    counts = {"services": len(campus.book.services), "places": len(campus.book.places)}
    print(say("hub_people.campus", **counts, kiosks=len(campus.book.kiosks)), file=sys.stderr)
    return 0


def helpdesk(arguments: Namespace, say: Speaker) -> int:
    """What is not at the helpdesk yet and what it refused, as JSON; or one of them is sent again."""
    store = open_existing(load(arguments.config), arguments.data)
    clock = moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
    if arguments.resend:
        with store.write() as db:
            done = resend(db, arguments.resend, clock())
            if done:
                note_command(db, "helpdesk_resent", clock(), about=arguments.resend)
        store.close()
        print(say("hub_commands.helpdesk_resent" if done else "hub_commands.helpdesk_unknown"), file=sys.stderr)
        return 0 if done else 1
    with store.read() as db:
        found = unsent(db)
    store.close()
    print(msgspec.json.encode(found).decode())
    return 0


def people_import(arguments: Namespace, say: Speaker) -> int:
    """1 where the list was not taken, or a row of it was not. Prints the counts as JSON."""
    file = newest_list(arguments.file) if arguments.file.is_dir() else arguments.file
    if file is None:
        print(say("hub_people.empty_folder", folder=arguments.file), file=sys.stderr)
        return 1
    clock = moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
    now = clock()
    store = open_existing(load(arguments.config), arguments.data)
    with store.read() as db:
        book = read_book(db)
    people = read_people(file, book.number_pattern, ZoneInfo(book.zone))
    with store.write() as db:
        made = plan(db, people, now) if isinstance(people, PeopleList) else None
        refused = people if isinstance(people, BadRow) else _refused(made, arguments.ending)
        if made is not None and refused is None and not arguments.dry_run:
            take_over(db, made, now)
            note_command(db, "people_imported", now)
    store.close()
    for line in (*_problems(file, made, refused, say), *(_diff(made, say) if arguments.dry_run and made else ())):
        print(line, file=sys.stderr)
    if made is not None:
        print(say("hub_people.summary", **_counts(made)), file=sys.stderr)
        if arguments.dry_run:
            print(say("hub_people.dry"), file=sys.stderr)
        print(msgspec.json.encode({**_counts(made), "taken": refused is None and not arguments.dry_run}).decode())
    return 1 if refused is not None or (made is not None and made.problems) else 0


def kb_import(arguments: Namespace, say: Speaker) -> int:
    """1 where it was refused, or a document is not sound; what is sound is taken all the same. Prints ids as JSON."""
    settings = load(arguments.config)
    clock = moved_clock(arguments.clock_offset_file) if arguments.clock_offset_file else system_clock
    wanted = KnowledgeSettings(KnowledgeKind.FOLDER, arguments.folder) if arguments.folder else settings.knowledge
    if wanted is None:
        print(say("hub_kb.no_source"), file=sys.stderr)
        return 2
    store = open_existing(settings, arguments.data)
    source = articles_of(wanted, settings.helpdesk)
    with store.read() as db:
        known = knowledge.stamps(db, source.name)
    batch = source.fetch(known)
    if not isinstance(batch, ArticleBatch):
        store.close()
        print(say("hub_kb.not_read", why=batch.why), file=sys.stderr)
        return 1
    with store.read() if arguments.dry_run else store.write() as db:
        if arguments.dry_run:
            made = knowledge.plan(db, batch, arguments.removing)
        else:
            made = knowledge.take(db, batch, clock(), arguments.removing)
            if not made.refused:
                note_command(db, "articles_imported", clock())
    store.close()
    for problem in made.problems:
        print(said(problem, say), file=sys.stderr)
    counts = {name: len(getattr(made, name)) for name in ("added", "changed", "removed", "kept")}
    if made.refused:
        print(say(f"hub_kb.{made.refused}", count=len(made.removed), before=made.before), file=sys.stderr)
    print(say("hub_kb.imported", unchanged=made.unchanged, **counts), file=sys.stderr)
    if arguments.dry_run:
        print(say("hub_kb.dry"), file=sys.stderr)
    taken = not made.refused and not arguments.dry_run
    print(msgspec.json.encode({**asdict(made), "taken": taken}).decode())
    return 1 if made.problems or made.refused else 0


def _refused(made: Plan | None, ending: int | None) -> BadRow | None:
    refused = made.refused if made else None
    confirmed = refused is not None and refused.why == "ends_many" and made is not None and ending == len(made.ended)
    return None if confirmed else refused


def _problems(file: Path, made: Plan | None, refused: BadRow | None, say: Speaker) -> Iterator[str]:
    for problem in (*(made.problems if made else ()), *([refused] if refused else [])):
        why = say(f"hub_people.{problem.why}", detail=problem.detail)
        yield say("hub_people.line", file=file.name, line=problem.line, why=why)


def _diff(made: Plan, say: Speaker) -> list[str]:
    """Who, by line of the list and masked number: the screen of an admin is looked at by others too."""
    lines = [say("hub_people.added", line=one.line, number=mask_number(one.number)) for one in made.added]
    for change in made.changed:
        number, columns = mask_number(change.listed.number), ", ".join(change.columns)
        lines.append(say("hub_people.changed", line=change.listed.line, number=number, columns=columns))
    lines += [say("hub_people.ended", number=mask_number(number)) for number in made.ended]
    lines += [say("hub_people.kept", number=mask_number(number)) for number in made.kept]
    return lines[:MOST_LINES]


def _counts(made: Plan) -> dict[str, int]:
    return {
        "added": len(made.added),
        "changed": len(made.changed),
        "unchanged": made.unchanged,
        "ended": len(made.ended),
        "problems": len(made.problems),
    }
