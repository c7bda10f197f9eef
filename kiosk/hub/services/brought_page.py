"""What a phone is shown of an operation that came on paper, where there is no page of its own to go on to."""

from dataclasses import dataclass

from kiosk.domain.language import Language
from kiosk.hub.services.book import Book
from kiosk.hub.services.brought import Arrived, NotArrived
from kiosk.words import Speaker


@dataclass(frozen=True, slots=True)
class BroughtPage:
    """Every text is ready; an empty one leaves its part out."""

    lang: str
    other_lang: str
    other_name: str
    mark: str
    campus: str
    headline: str
    text: str
    reference: str
    other_line: str
    desk: tuple[str, ...]


def brought_page(book: Book, outcome: Arrived | NotArrived, wanted: Language | None) -> BroughtPage:
    """Chinese where the phone does not say what it reads; the other language in one line."""
    language = wanted or Language.ZH
    say, other = Speaker(language), Speaker(language.other)
    word = "arrived" if isinstance(outcome, Arrived) else outcome.why.value
    desk = (say("follow.desk", place=book.desk.place.of(language)), say("follow.call", phone=book.desk.phone))
    return BroughtPage(
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=f"{book.name.of(language)} {book.product.of(language)}",
        headline=say(f"brought.{word}"),
        text=say(f"brought.{word}_text"),
        reference=outcome.reference,
        other_line=other(f"brought.{word}"),
        desk=desk if book.desk.phone else desk[:1],
    )
