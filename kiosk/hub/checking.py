"""All that ``kiosk hub check`` looks at: rules, directory, helpdesk, cards, gateways, nightly folder, holidays."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.hub.campus.ldap_check import check_directory
from kiosk.hub.campus_calendar_check import check_calendar
from kiosk.hub.campus_systems import card_system_of, shelf_of
from kiosk.hub.check_lines import CheckLine
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.clock import Clock, system_clock
from kiosk.hub.config import Settings, place_of
from kiosk.hub.directory_settings import DirectoryKind
from kiosk.hub.gateways import troubles_of
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.knowledge_settings import KnowledgeSettings
from kiosk.hub.nightly import trouble_of
from kiosk.hub.ports import GatewayTrouble
from kiosk.hub.services.book import Book
from kiosk.hub.services.phone_sign_in import PHONE_BACK


def look_at(
    settings: Settings, file: Path | None, book: Book | None = None, clock: Clock = system_clock
) -> Iterator[CheckLine]:
    """``file``: where the settings came from, so that a line can be named. ``book``: the campus, where it is known."""
    for rule in settings.rules:
        if rule.loosens:
            values = {"action": rule.action.value, "reason": rule.reason}
            yield CheckLine(Level.NOTE, "connections.rules", "hub_commands.loosened", values)
    if settings.directory.kind is DirectoryKind.BUILTIN:
        yield CheckLine(Level.GOOD, "connections.directory", "connections.builtin_directory")
    for finding in check_directory(settings.directory):
        yield _found("directory", finding, file)
    if settings.helpdesk is not None:
        # Imported where one is named: commands of a hub without any start faster.
        from kiosk.hub.campus.helpdesk_check import check_helpdesk

        for finding in check_helpdesk(settings.helpdesk, book.teams if book else None):
            yield _found("helpdesk", finding, file)
    yield from _cards(settings, file)
    if settings.sign_in is not None:
        from kiosk.hub.campus.sign_in_check import check_sign_in

        for finding in check_sign_in(settings.sign_in, f"{settings.public_url}{PHONE_BACK}"):
            yield _found("sign_in", finding, file)
    if settings.sms is None and settings.mail is None:
        yield CheckLine(Level.GOOD, "connections.messages", "connections.builtin_messages")
    for key, which, trouble in troubles_of(settings):
        yield _line(f"hub_check.{key}", which, trouble)
    if settings.knowledge is not None:
        yield from _knowledge(settings.knowledge, settings.helpdesk, file)
    if settings.people is not None:
        yield _line("hub_check.people", "", trouble_of(settings.people))
    if book is not None:
        yield check_calendar(book, clock())


def _found(system: str, finding: Finding, file: Path | None) -> CheckLine:
    where = place_of(file, f"{system}.{finding.at}") if finding.at and file else ""
    words, values = f"{system}_check.{finding.words}", dict(finding.values)
    return CheckLine(finding.level, f"connections.{system}", words, values, where)


def _knowledge(
    settings: KnowledgeSettings, helpdesk: HelpdeskSettings | None, file: Path | None
) -> Iterator[CheckLine]:
    if settings.folder is not None or helpdesk is None:
        trouble = None if settings.folder and settings.folder.is_dir() else found(Level.BAD, "no_folder", "folder")
        yield _found("knowledge", trouble or found(Level.GOOD, "folder"), file)
        return
    entries = shelf_of(helpdesk, settings.text_field).entries()
    if not isinstance(entries, tuple):
        yield _found("knowledge", found(Level.BAD, "no_answer", "source", why=entries.why), file)
        return
    counts = Counter(name for entry in entries for name in entry.categories)
    for category, topic in settings.topics.items():
        if category in counts:
            count = counts[category]
            good = found(Level.GOOD, "category", category=category, topic=topic, count=count)
            yield _found("knowledge", good, file)
        else:
            there = ", ".join(sorted(counts))
            missing = found(Level.BAD, "no_category", f"topics.{category}", category=category, there=there)
            yield _found("knowledge", missing, file)


def _cards(settings: Settings, file: Path | None) -> Iterator[CheckLine]:
    system = card_system_of(settings.cards, lambda: ZoneInfo("UTC"))
    if system is None:
        yield CheckLine(Level.GOOD, "connections.cards", "connections.builtin_cards")
        return
    for finding in system.check(system_clock()):
        yield _found("cards", finding, file)


def _line(name: str, which: str, trouble: GatewayTrouble | None) -> CheckLine:
    if trouble is None:
        return CheckLine(Level.GOOD, name, "hub_check.ready", which=which)
    return CheckLine(Level.BAD, name, f"hub_check.{trouble.key}", {"detail": trouble.detail}, which=which)
