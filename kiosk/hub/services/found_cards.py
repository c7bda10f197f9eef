"""A ``found_card`` operation: where a card lies that somebody found. Who found it is not asked and not kept."""

from kiosk.domain.card_accounts import CardState
from kiosk.domain.language import Language
from kiosk.hub.ports import Told
from kiosk.hub.services.doing import MAX_ID, Doing, claim_too_long, read
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Card, CardFinding, Person
from kiosk.wire.cards_told import FoundAnswer, FoundCard


def hand_in(doing: Doing) -> FoundAnswer | No:
    """Nothing in a sound finding is refused: a place the campus has no more is kept as no place."""
    found = read(doing, FoundCard, ("place", MAX_ID))
    if isinstance(found, No):
        return found
    if refused := claim_too_long(found.card):
        return refused
    if not found.card.uid.isprintable():
        return No(422, "malformed", "not a card's UID")
    declared = doing.house.cards.capabilities(doing.db).found
    places = {place.id: place.at for place in declared.places} if declared else {}
    card = doing.db.get(Card, found.card.uid.upper())
    owner = card.person if card is not None and card.state != CardState.REPLACED else None
    finding = CardFinding(
        op=doing.context.op,
        kiosk=doing.kiosk.id,
        card=found.card.uid.upper(),
        person=owner,
        place=found.place if found.place in places else "",
        received_at=doing.now,
        closed_at=None,
    )
    doing.db.add(finding)
    person = doing.db.get(Person, owner) if owner else None
    if person is not None:
        office = doing.book.cards.office if doing.book.cards else doing.book.desk
        place = places.get(found.place, office).place.of(Language(person.language))
        doing.house.notices.tell(doing.db, person, Told.CARD_FOUND, doing.now, place=place)
    return FoundAnswer(doing.now, known=owner is not None)
