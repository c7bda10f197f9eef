"""What one kiosk is shown of its campus, and the tag that tells whether it changed."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

import msgspec

from kiosk.domain.announcements import Announcement
from kiosk.domain.campus import Campus, CampusAccount, Desk, Service, Symptom, Target
from kiosk.domain.card_capabilities import NOTHING, CardCapabilities, PaymentTerms
from kiosk.domain.policy import Policy
from kiosk.domain.policy_told import rules_of
from kiosk.domain.priority import Priority
from kiosk.hub.services.book import Book, Entry
from kiosk.hub.services.campus_days import exceptions, hours_of
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.campus import CampusAnswer
from kiosk.wire.envelope import HubKey

#: How long a slip's QR works (journeys 7).
PAGE_DAYS = 30


def campus_of(
    kiosk: Kiosk,
    book: Book,
    keys: list[HubKey],
    public_url: str,
    cards: CardCapabilities = NOTHING,
    payments: PaymentTerms | None = None,
    account: CampusAccount | None = None,
    announcements: Sequence[Announcement] = (),
    *,
    policy: Policy,
    phone_sign_in: bool = False,
    today: date,
) -> CampusAnswer | None:
    """``None`` where the kiosk's place is no longer in the book. ``version`` changes with the content only. Days that
    differ from the week are told from the month of ``today`` on."""
    standing = book.standing(kiosk.place)
    if standing is None:
        return None
    since = today.replace(day=1)
    campus = Campus(
        version="",
        name=book.name,
        product=book.product,
        mark=book.mark,
        zone=book.zone,
        desk=_desk(book, book.desk, since),
        services=tuple(_shown(book, entry) for entry in book.services),
        places=book.places,
        kiosk=standing.shown(),
        public_url=public_url,
        number_pattern=book.number_pattern,
        number_lengths=book.number_lengths,
        number_letters=book.number_letters,
        page_days=PAGE_DAYS,
        cards=cards if payments else dataclasses.replace(cards, top_up=None),
        payments=payments if cards.top_up else None,
        card_office=_desk(book, book.cards.office, since) if book.cards else None,
        account=account,
        announcements=tuple(announcements),
        targets=tuple(
            Target(priority.value, target.respond, target.resolve, target.always)
            for priority in Priority
            if (target := book.targets.get(priority.value)) is not None
        ),
        policy=rules_of(policy),
        callback=book.callback,
        phone_sign_in=phone_sign_in,
        templates=book.templates,
    )
    version = sha256(msgspec.json.encode(CampusAnswer(campus, keys))).hexdigest()[:16]
    return CampusAnswer(dataclasses.replace(campus, version=version), keys)


def _desk(book: Book, desk: Desk, since: date) -> Desk:
    """Closed and working days are the campus's; the hours are its own."""
    if not desk.hours:
        return desk
    return dataclasses.replace(desk, exceptions=exceptions(hours_of(book.zone, desk.hours, book.days), since))


def _shown(book: Book, entry: Entry) -> Service:
    return Service(
        id=entry.id,
        type=entry.type,
        icon=entry.icon,
        title=entry.title,
        hint=entry.hint,
        question=entry.question,
        identity=entry.identity,
        symptoms=tuple(_symptom(book, entry, symptom) for symptom in entry.symptoms),
        phrases=entry.phrases,
        asks_impact=entry.asks_impact,
        asks_place=entry.asks_place,
        listed=entry.listed,
        asks_subject=entry.asks_subject,
    )


def _symptom(book: Book, entry: Entry, symptom: Symptom) -> Symptom:
    approver = book.role(entry.approvals.get(symptom.id, ""))
    return dataclasses.replace(symptom, approver=approver.title if approver else None)
