"""What a visitor has told us, before it becomes an operation: lives in memory until it is sealed or thrown away."""

from dataclasses import dataclass, field
from typing import ClassVar

from kiosk.domain.desk_work import DeskPart
from kiosk.domain.identity import Claim
from kiosk.domain.language import Language
from kiosk.domain.operations import OperationClass
from kiosk.domain.people import Personal
from kiosk.domain.priority import Impact


@dataclass(frozen=True, slots=True)
class ContactOnFile:
    """Use the contact the campus has; it is not shown at the kiosk."""


@dataclass(frozen=True, slots=True)
class ContactTyped:
    """A phone number or e-mail address typed in this visit."""

    address: Personal


@dataclass(frozen=True, slots=True)
class LookAtKiosk:
    """The person looks the answer up by the reference."""


Contact = ContactOnFile | ContactTyped | LookAtKiosk


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """A report as told. Ids are the catalogue's, '' where not chosen; texts are cleaned and cut before they get here.

    ``article`` is the id of one that was read and did not help, ``subject`` of the service a complaint is about,
    ``location`` the detail within the building, ``session`` the hub's token of a person verified in this visit or none.
    ``desk``: staff logged it for somebody.
    What was written and the token stay out of ``repr`` so that they cannot reach a log.
    """

    kind: ClassVar[OperationClass] = OperationClass.TICKET
    language: Language
    service: str
    symptom: str = ""
    impact: Impact | None = None
    building: str = ""
    location: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    contact: Contact = field(default_factory=LookAtKiosk)
    claim: Claim | None = None
    session: str = field(default="", repr=False)
    article: str = ""
    subject: str = ""
    desk: DeskPart | None = None
