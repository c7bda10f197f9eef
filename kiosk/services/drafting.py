"""What a visitor is telling us: the choices of a report before it is handed in."""

from dataclasses import dataclass, field

from kiosk.domain import plain_text
from kiosk.domain.campus import Campus, Place, Service
from kiosk.domain.drafts import Contact, ContactOnFile, ContactTyped, LookAtKiosk, TicketDraft
from kiosk.domain.identity import Claim
from kiosk.domain.language import Language
from kiosk.domain.people import Email, Phone
from kiosk.domain.priority import Impact

#: Longest note and contact, code points; the hub keeps the same limits.
NOTE_LIMIT = 200
CONTACT_LIMIT = 80
#: Buildings remembered on this kiosk for "recently chosen"; they say nothing about a person.
RECENT_PLACES = 3

OUTSIDE = "outside"
UNKNOWN = "unknown"
WHOLE = "whole"
#: What a complaint is about is asked, and may be none of the services.
NO_SUBJECT = "other"


@dataclass(slots=True)
class Drafting:
    """The choices of the visit's current report. ``contact`` is ``None`` until it was asked."""

    service: Service | None = None
    symptom: str = ""
    impact: Impact | None = None
    building: str = ""
    floor: int | None = None  # index into the building's floors
    spot: str = ""  # OUTSIDE or UNKNOWN
    place_chosen: bool = False
    note: str = ""
    contact: Contact | None = None
    letter: str = ""
    picking: str = ""  # building whose floors are asked
    recent: list[str] = field(default_factory=list)
    article: str = ""  # the article that did not help
    subject: str = ""  # the service a complaint is about, NO_SUBJECT where it is none of them

    def fresh(self) -> "Drafting":
        """Nothing of a report; the kiosk's recent buildings stay."""
        return Drafting(recent=self.recent)

    def about(self, service: Service, campus: Campus) -> "Drafting":
        """A draft about ``service``: the same service keeps all choices, another one only what still fits."""
        if self.service is not None and self.service.id == service.id:
            return self
        draft = Drafting(
            service=service, note=self.note, contact=self.contact, recent=self.recent, article=self.article
        )
        if service.asks_place:
            draft.stand_here(campus)
        return draft

    @property
    def complete(self) -> bool:
        """All that has to be chosen is."""
        return bool(self.service and self.symptom and (self.subject or not self.service.asks_subject))

    @property
    def touched(self) -> bool:
        """Whether leaving would lose something the person filled in."""
        return bool(self.symptom or self.impact or self.note or self.place_chosen)

    def choose_symptom(self, symptom: str) -> None:
        if self.service and any(s.id == symptom for s in self.service.symptoms):
            self.symptom = symptom

    def choose_impact(self, impact: str) -> None:
        chosen = Impact(impact) if impact in {i.value for i in Impact} else None
        self.impact = None if chosen is self.impact else chosen

    # -- place ----------------------------------------------------------------------------------------------
    def stand_here(self, campus: Campus) -> None:
        here = place_of(campus, campus.kiosk.building)
        self.building = here.id if here else ""
        self.floor = None
        if here:
            floors = [floor.zh for floor in here.floors]
            self.floor = floors.index(campus.kiosk.floor.zh) if campus.kiosk.floor.zh in floors else None

    def choose_place(self, choice: str, campus: Campus) -> bool:
        """A building, a floor's index, WHOLE, OUTSIDE or UNKNOWN. True when the place is settled."""
        if choice in (OUTSIDE, UNKNOWN):
            self._settle(self.picking if self.picking else "", None, choice)
            return True
        if self.picking:
            place = place_of(campus, self.picking)
            floors = len(place.floors) if place else 0
            if choice == WHOLE:
                self._settle(self.picking, None, "")
                return True
            if choice.isdecimal() and int(choice) < floors:
                self._settle(self.picking, int(choice), "")
                return True
            return False
        place = place_of(campus, choice)
        if place is None:
            return False
        if place.floors:
            self.picking = place.id
            return False
        self._settle(place.id, None, "")
        return True

    def _settle(self, building: str, floor: int | None, spot: str) -> None:
        self.building, self.floor, self.spot = building, floor, spot
        self.place_chosen, self.picking, self.letter = True, "", ""
        if building:
            self.recent[:] = [building, *(b for b in self.recent if b != building)][:RECENT_PLACES]

    # -- texts ----------------------------------------------------------------------------------------------
    def write_note(self, text: str) -> None:
        self.note = plain_text.clean(text, NOTE_LIMIT)

    def draft(self, language: Language, claim: Claim | None, session: str, location: str) -> TicketDraft:
        assert self.service is not None
        contact = self.contact or (ContactOnFile() if claim else LookAtKiosk())
        return TicketDraft(
            language=language,
            service=self.service.id,
            symptom=self.symptom,
            impact=self.impact,
            building=self.building,
            location=location,
            note=self.note,
            contact=contact,
            claim=claim,
            session=session,
            article=self.article,
            subject="" if self.subject == NO_SUBJECT else self.subject,
        )


def contact_of_text(typed: str) -> ContactTyped | None:
    """``None`` where it is neither like a phone number nor like an e-mail address.

    Generous on purpose: foreign numbers and new top-level domains are normal.
    """
    text = plain_text.clean(typed, CONTACT_LIMIT, lines=False)
    name, at, domain = text.partition("@")
    if at:
        good = bool(name) and "." in domain.strip(".") and not any(c.isspace() for c in text)
        return ContactTyped(Email(text)) if good else None
    digits = [c for c in text if c.isdecimal()]
    plain = all(c.isdecimal() or c in "+-() " for c in text)
    return ContactTyped(Phone(text)) if plain and 5 <= len(digits) <= 15 else None


def place_of(campus: Campus, building: str) -> Place | None:
    return next((place for place in campus.places if place.id == building), None)
