"""Hostile strings in everything a kiosk may send: kept as plain text within its limit, or refused; the hub goes on."""

import unicodedata

from kiosk.domain.language import Language
from kiosk.hub.services.follow import follow_page
from kiosk.hub.store.tables import Ticket
from kiosk.wire.routes import MAX_CONTACT, MAX_NOTE, MAX_PLACE_DETAIL
from kiosk.wire.tickets import ContactTyped, NumberClaimed
from tests.hostile import LONG, SHORT, aimed
from tests.hub.conftest import World
from tests.hub.test_operations import refused
from tests.hub.test_tickets import send

#: Half a character cannot be written to anybody: the kiosk's own cleaning takes it away.
STRINGS = {
    name: aimed(text, 9, "/etc/passwd")[:2000] for name, text in (SHORT | LONG).items() if name != "half a character"
}
LINES = ("service", "symptom", "building", "article", "session", "impact")


def test_whatever_is_sent_is_kept_as_plain_text_or_refused(world: World) -> None:
    kiosk = world.new_kiosk()
    for name, text in STRINGS.items():
        report = kiosk.report(
            note=text[:MAX_NOTE],
            location=text[:MAX_PLACE_DETAIL],
            contact=ContactTyped(text[:MAX_CONTACT]),
            claim=NumberClaimed(text[:MAX_PLACE_DETAIL]),
            **dict.fromkeys(LINES, text[:MAX_PLACE_DETAIL]),
        )
        answer = send(world, kiosk, report)
        with world.store.read() as db:
            kept = db.get_one(Ticket, report.reference)
            code = answer.page.rpartition("/")[2]
            page = follow_page(db, world.book, code, Language.ZH, world.now)
        for stored, most in ((kept.note, MAX_NOTE), (kept.location, MAX_PLACE_DETAIL), (kept.address, MAX_CONTACT)):
            assert len(stored) <= most, name
            assert plain(stored), name
        assert page.found, name
        assert (kept.service, kept.symptom, kept.building) == ("", "", ""), name


def test_a_language_or_a_number_of_no_known_form_is_refused(world: World) -> None:
    kiosk = world.new_kiosk()
    for name, text in STRINGS.items():
        for report in (kiosk.report(language=text), kiosk.report(reference=text)):
            status, code = refused(world.take(kiosk, kiosk.envelope(report)))
            assert (status, code) == (422, "malformed"), name


def plain(text: str) -> bool:
    allowed = {"\n", "\u200c", "\u200d"}
    return not [c for c in text if c not in allowed and unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co")]
