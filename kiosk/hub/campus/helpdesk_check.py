"""Whether the helpdesk that hub.toml names will take what visitors report: way, account, queues, mark, mapping.

Nothing is changed, and no ticket is made.
"""

from collections.abc import Generator, Iterator
from urllib.parse import urlsplit

from kiosk.hub.campus.certificate_check import Way, certificate
from kiosk.hub.campus.glpi_check import check_glpi
from kiosk.hub.campus.request_tracker_check import check_request_tracker
from kiosk.hub.campus.zammad_check import check_zammad
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.helpdesk_mapping import COMPLAINTS, DEFAULT, HelpdeskKind
from kiosk.hub.helpdesk_settings import HelpdeskSettings

_KINDS = {
    HelpdeskKind.REQUEST_TRACKER: check_request_tracker,
    HelpdeskKind.ZAMMAD: check_zammad,
    HelpdeskKind.GLPI: check_glpi,
}


def check_helpdesk(settings: HelpdeskSettings, teams: frozenset[str] | None) -> Iterator[Finding]:
    """``teams`` of the campus's catalogue, ``None`` where they are not known here."""
    trusted = yield from _certificate(settings)
    if not trusted:
        return
    let_in = False
    for finding in _KINDS[settings.kind](settings):
        let_in |= finding.level is Level.GOOD
        yield finding
    if let_in:
        yield from _teams(settings, teams)


def _certificate(settings: HelpdeskSettings) -> Generator[Finding, None, bool]:
    parts = urlsplit(settings.url)
    secured = parts.scheme == "https"
    port, at_ca = parts.port or (443 if secured else 80), "ca" if settings.ca else "url"
    way = Way(parts.hostname or "", port, settings.ca, "url", at_ca, {"url": settings.url}, secured)
    return (yield from certificate(way))


def _teams(settings: HelpdeskSettings, teams: frozenset[str] | None) -> Iterator[Finding]:
    if teams is None:
        return
    named = set(settings.mapping.queues) - {DEFAULT, COMPLAINTS}
    for team in sorted(named - teams):
        yield found(Level.BAD, "no_team", f"queues.{team}", team=team, teams=", ".join(sorted(teams)))
    rest = sorted(teams - named)
    if rest:
        yield found(Level.GOOD, "default", queue=settings.mapping.queues[DEFAULT], teams=", ".join(rest))
    if COMPLAINTS not in settings.mapping.queues:
        yield found(Level.GOOD, "complaints_stay")
