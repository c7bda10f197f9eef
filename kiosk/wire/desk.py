"""Staff at the desk of a kiosk: their shift, and whom they help. What is found is as domain/desk_work.py has it."""

import msgspec

from kiosk.wire.tickets import ClaimMade


class ShiftWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``language`` zh or en: in English a Latin name is told where one is on file."""

    language: str


class LookUp(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Exactly one of ``claim``, ``text`` (a name or a phone) and ``handle`` (somebody found by text). ``reason`` as in
    domain.desk_work.LookUpReason, '' with a card."""

    language: str
    claim: ClaimMade | None = None
    text: str = ""
    handle: str = ""
    reason: str = ""

    def __repr__(self) -> str:
        return "LookUp(…)"


class EarlierWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    handle: str

    def __repr__(self) -> str:
        return "EarlierWanted(…)"
