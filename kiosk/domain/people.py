"""Personal data as types: a number, name, phone or address cannot be rendered by accident.

``str()``, ``repr()`` and f-strings give the mask; only ``reveal()`` gives the value, and whoever calls it
can be found by name. Rules of the masks: masking.py.
"""

from dataclasses import dataclass

from kiosk.domain import masking


@dataclass(frozen=True, slots=True, repr=False)
class Personal:
    """A value that belongs to a person. Subclasses say which mask hides it."""

    _value: str

    def reveal(self) -> str:
        """The value itself, for sealing and for the campus systems; never for a screen, slip or log."""
        return self._value

    def mask(self) -> str:
        return masking.HIDDEN

    def __str__(self) -> str:
        return self.mask()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.mask()})"

    def __format__(self, spec: str) -> str:
        return format(self.mask(), spec)


class PersonNumber(Personal):
    """Student or staff number."""

    __slots__ = ()

    def mask(self) -> str:
        return masking.mask_number(self._value)


class PersonName(Personal):
    """Registered name, Chinese or Latin."""

    __slots__ = ()

    def mask(self) -> str:
        return masking.mask_name(self._value)


class Phone(Personal):
    __slots__ = ()

    def mask(self) -> str:
        return masking.mask_phone(self._value)


class Email(Personal):
    __slots__ = ()

    def mask(self) -> str:
        return masking.mask_email(self._value)


class CardUid(Personal):
    """UID of a contactless card, upper-case hex. ISO 14443-3: 4, 7 or 10 bytes. It proves nothing (C0)."""

    __slots__ = ()
