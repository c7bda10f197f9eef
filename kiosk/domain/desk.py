"""A place where people help: what it is called, when it is open, what to bring."""

from dataclasses import dataclass

from kiosk.domain.text import Text

__all__ = ["Desk", "Opening", "Text"]


@dataclass(frozen=True, slots=True)
class Opening:
    """``day`` 1 (Monday) .. 7; ``opens`` and ``closes`` local ``HH:MM``."""

    day: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class Desk:
    """``phone`` the hotline, ``mailbox`` and ``portal`` (an https address) the other ways to the same desk; '' where
    the campus has none."""

    place: Text
    phone: str
    hours: tuple[Opening, ...]
    bring: tuple[Text, ...]
    mailbox: str = ""
    portal: str = ""
