"""Where the next page of a list begins: after a moment and a number, in a text that stands in an address."""

from datetime import datetime

from kiosk.domain.references import parse


def place(at: datetime, reference: str) -> str:
    return f"{at.isoformat()}~{reference}"


def read_place(text: str) -> tuple[datetime, str] | None:
    """``None`` for anything else: the list begins at its beginning."""
    moment, _, number = text.partition("~")
    reference = parse(number)
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, str(reference)) if reference is not None and at.tzinfo is not None else None
