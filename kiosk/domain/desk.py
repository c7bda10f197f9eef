"""A place where people help: what it is called, when it is open, what to bring."""

from dataclasses import dataclass

from kiosk.domain.text import Text

__all__ = ["DayException", "Desk", "Opening", "Text"]


@dataclass(frozen=True, slots=True)
class Opening:
    """``day`` 1 (Monday) .. 7; ``opens`` and ``closes`` local ``HH:MM``."""

    day: int
    opens: str
    closes: str


@dataclass(frozen=True, slots=True)
class DayException:
    """On ``date`` (ISO 8601) the desk is open from ``opens`` to ``closes``, whatever the week says; '' and '': not."""

    date: str
    opens: str = ""
    closes: str = ""


@dataclass(frozen=True, slots=True)
class Desk:
    """``phone`` the hotline, ``mailbox`` and ``portal`` (an https address) the other ways to the same desk; '' where
    the campus has none. ``exceptions``: dates that differ from the week ``hours`` tell of."""

    place: Text
    phone: str
    hours: tuple[Opening, ...]
    bring: tuple[Text, ...]
    mailbox: str = ""
    portal: str = ""
    exceptions: tuple[DayException, ...] = ()
