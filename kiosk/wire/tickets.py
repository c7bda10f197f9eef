"""Reporting a matter. One's own tickets travel as domain/ticket_views.py has them."""

from datetime import datetime

import msgspec

from kiosk.domain.campus import Text
from kiosk.domain.ticket_views import Approval


class CardClaimed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="card"):
    """``uid`` upper-case hex; ``proof`` 0..3 (C0..C3), as the kiosk's reader says: the hub never trusts it upward."""

    uid: str
    proof: int


class NumberClaimed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="number"):
    number: str


ClaimMade = CardClaimed | NumberClaimed


class ContactOnFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="on_file"):
    """Use the contact the campus has; it is not shown at the kiosk."""


class ContactTyped(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="typed"):
    """Phone number or e-mail address as typed."""

    address: str


class LookAtKiosk(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="look"):
    """The person looks the answer up by the reference."""


Contact = ContactOnFile | ContactTyped | LookAtKiosk


class DeskTold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Staff logged it: ``shift`` is the token of whose work it is, ``requester`` a handle of a look-up or ''.

    ``channel``, ``outcome`` as in domain.desk_work; ``template`` and ``did`` ids of a template and its actions; ``to``
    an id of HandTo, '' for the team. What the hub cannot prove to be staff's is a report like any other.
    """

    shift: str
    channel: str
    outcome: str
    template: str = ""
    did: tuple[str, ...] = ()
    requester: str = ""
    to: str = ""

    def __repr__(self) -> str:
        return f"DeskTold({self.channel}, {self.outcome})"


class Report(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """The sealed payload of a ``ticket`` operation.

    ``article`` is the id of one that was read and did not help; ``subject`` of the service a complaint is about.
    ``service``/``symptom``/``building`` are catalogue ids ('' unknown); a service the hub no longer has becomes a
    ticket of the desk, never a refusal. ``impact``: inconvenient, blocked, many or '' (not chosen). ``session`` is
    the person's token where one was verified in this visit, else ''. ``made_at`` by the kiosk's idea of hub time.
    """

    reference: str
    language: str
    service: str
    symptom: str
    impact: str
    building: str
    location: str
    note: str
    contact: Contact
    claim: ClaimMade | None
    session: str
    made_at: datetime
    article: str = ""
    subject: str = ""
    desk: DeskTold | None = None


class TicketAnswer(msgspec.Struct, frozen=True):
    """The hub has it. ``respond_by``/``resolve_by`` are promises; ``page`` is the slip's address or ''.

    ``approval``: it waits for somebody first, nothing is promised; ``goes_to``: whose a complaint is, by their post.
    ``instead_of``: the number that was asked for, where another report has it already. ``respond_about``,
    ``resolve_about``: holidays of those days are not published yet.
    Not ``named``: made in a name that too many were made in already, so that it stands in nobody's.
    """

    reference: str
    priority: str
    received_at: datetime
    respond_by: datetime | None
    resolve_by: datetime | None
    page: str
    approval: Approval | None = None
    goes_to: Text | None = None
    named: bool = True
    instead_of: str = ""
    respond_about: bool = False
    resolve_about: bool = False


class TicketAct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the requester does with a ticket of theirs: ``act`` is one of domain.ticket_views.Act, ``op`` an operation
    id; ``text`` counts with a remark and with *not solved*."""

    op: str
    reference: str
    act: str
    text: str = ""

    def __repr__(self) -> str:
        return f"TicketAct({self.reference}, {self.act})"


class SlipLook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``code`` of the address on a slip: it alone reads the ticket, so it stays out of logs and paths. Or the digits of
    a report on paper (wire/on_paper.py), which is taken first."""

    code: str

    def __repr__(self) -> str:
        return "SlipLook(…)"


class ActTold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a ``ticket_act`` operation, whose aggregate is the ``reference``: a TicketAct that waited
    behind its report. ``session`` is the token of the person, verified at this kiosk when it was ``made_at``."""

    reference: str
    language: str
    act: str
    text: str
    session: str
    made_at: datetime

    def __repr__(self) -> str:
        return f"ActTold({self.reference}, {self.act})"


class ActTakenAnswer(msgspec.Struct, frozen=True):
    reference: str
    received_at: datetime
    state: str
