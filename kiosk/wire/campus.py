"""What a kiosk shows that only the campus knows: names, desk, hours, catalogue, places, its own place."""

import msgspec

from kiosk.wire.common import Text
from kiosk.wire.envelope import HubKey


class Opening(msgspec.Struct, frozen=True):
    """Weekly hours of the desk. ``day`` 1 (Monday) .. 7, ``opens``/``closes`` local ``HH:MM``."""

    day: int
    opens: str
    closes: str


class Desk(msgspec.Struct, frozen=True):
    """Where people are helped by people. An empty text or list means unknown: then nothing is said."""

    place: Text
    phone: str
    hours: list[Opening]
    bring: list[Text]


class Symptom(msgspec.Struct, frozen=True):
    """One answer to "what is wrong / what do you need"; ``phrases`` are ready sentences for the note."""

    id: str
    icon: str
    title: Text


class Service(msgspec.Struct, frozen=True):
    """A catalogue entry. ``type``: incident, request, question, complaint; ``identity``: none, claimed, verified."""

    id: str
    type: str
    icon: str
    title: Text
    hint: Text
    question: Text
    identity: str
    symptoms: list[Symptom]
    phrases: list[Text]
    asks_impact: bool
    asks_place: bool


class Place(msgspec.Struct, frozen=True):
    """A building. ``initial`` is the first pinyin letter of its Chinese name; ``floors`` may be empty."""

    id: str
    title: Text
    area: Text
    initial: str
    floors: list[Text]


class KioskPlace(msgspec.Struct, frozen=True):
    """Where this kiosk stands. ``title`` 图书馆一层, ``building`` a Place id, ``floor`` one of its floors or empty."""

    code: str
    title: Text
    building: str
    floor: Text


class Campus(msgspec.Struct, frozen=True):
    """``number_pattern`` is a regular expression for a whole student or staff number; ``number_lengths`` the lengths
    that occur, for "3 digits missing"; ``number_letters`` the letters the pad needs besides digits.
    ``zone`` IANA name. ``retention_days`` how long a slip's QR works."""

    version: str
    name: Text
    product: Text
    mark: str
    zone: str
    desk: Desk
    services: list[Service]
    places: list[Place]
    kiosk: KioskPlace
    public_url: str
    number_pattern: str
    number_lengths: list[int]
    number_letters: str
    hub_keys: list[HubKey]
    page_days: int
