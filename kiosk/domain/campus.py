"""What a kiosk shows that only the campus knows. Whatever is missing or empty is not said on any screen or slip."""

from dataclasses import dataclass

from kiosk.domain.announcements import Announcement
from kiosk.domain.card_capabilities import NOTHING, CardCapabilities, PaymentTerms
from kiosk.domain.desk import Desk, Opening, Text
from kiosk.domain.desk_work import DeskTemplate
from kiosk.domain.policy_told import PolicyRule

__all__ = ["Announcement", "Campus", "Desk", "KioskPlace", "Opening", "Place", "Service", "Symptom", "Target", "Text"]


@dataclass(frozen=True, slots=True)
class Symptom:
    """``opens``: the service whose page this leads to, '' for none; ``approver``: who has to agree to it first, by
    their post."""

    id: str
    icon: str
    title: Text
    opens: str = ""
    approver: Text | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """A catalogue entry. ``type``: incident, request, question, complaint; ``identity``: none, claimed, verified.

    ``phrases`` are ready sentences for the note. Not ``listed``: opened from elsewhere, on no category page.
    ``asks_subject``: a complaint, which says what service it is about.
    """

    id: str
    type: str
    icon: str
    title: Text
    hint: Text
    question: Text
    identity: str
    symptoms: tuple[Symptom, ...]
    phrases: tuple[Text, ...]
    asks_impact: bool
    asks_place: bool
    listed: bool = True
    asks_subject: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A building. ``initial`` is the first pinyin letter of its Chinese name."""

    id: str
    title: Text
    area: Text
    initial: str
    floors: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """Where this kiosk stands: ``code`` A12, ``title`` 图书馆一层, ``building`` a Place id."""

    code: str
    title: Text
    building: str
    floor: Text


@dataclass(frozen=True, slots=True)
class AccountDoor:
    """Something an account opens: the portal, the Wi-Fi, mail, VPN."""

    id: str
    icon: str
    title: Text


@dataclass(frozen=True, slots=True)
class SavedAt:
    """Where an old password may still be saved, and how to forget it there; or a step to take, and how."""

    icon: str
    title: Text
    text: Text


@dataclass(frozen=True, slots=True)
class CampusAccount:
    """The one account of everybody here, as far as it is the same for all. ``acts``: what the directory can do
    (accounts.AccountAct); ``afterwards`` what to do with a new password, in this order; ``callback`` service
    and symptom of the catalogue for somebody who wants to be rung up about it, empty: as about anything else."""

    title: Text
    doors: tuple[AccountDoor, ...]
    acts: tuple[str, ...]
    saved_at: tuple[SavedAt, ...]
    afterwards: tuple[SavedAt, ...]
    callback: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What the desk promises for one ``priority`` (P0..P3): ``15min``, ``8h`` or ``3d``, of working time unless
    ``always``."""

    priority: str
    respond: str
    resolve: str
    always: bool


@dataclass(frozen=True, slots=True)
class Campus:
    """One snapshot of the campus as one kiosk is shown it.

    ``number_pattern`` is a regular expression for a whole student or staff number; ``number_lengths`` the lengths that
    occur, for "3 digits missing"; ``number_letters`` the letters the pad needs besides digits. ``zone`` IANA name.
    ``page_days`` how long a slip's QR works. ``cards`` is what the card system declares, ``card_office`` where its
    people are (``None``: not said), ``payments`` the provider (``None``: none is set up); ``account``
    ``None`` where no directory is connected. ``policy``: which action needs what (policy_told.py). ``callback`` service
    and symptom of the catalogue for somebody who wants to be rung up, empty where there is none. ``phone_sign_in``: the
    campus's own sign-in page can be used from a phone. ``templates``: the desk's most frequent matters, in their order.
    """

    version: str
    name: Text
    product: Text
    mark: str
    zone: str
    desk: Desk
    services: tuple[Service, ...]
    places: tuple[Place, ...]
    kiosk: KioskPlace
    public_url: str
    number_pattern: str
    number_lengths: tuple[int, ...]
    number_letters: str
    page_days: int
    cards: CardCapabilities = NOTHING
    card_office: Desk | None = None
    payments: PaymentTerms | None = None
    account: CampusAccount | None = None
    announcements: tuple[Announcement, ...] = ()
    targets: tuple[Target, ...] = ()
    policy: tuple[PolicyRule, ...] = ()
    callback: tuple[str, ...] = ()
    phone_sign_in: bool = False
    templates: tuple[DeskTemplate, ...] = ()
