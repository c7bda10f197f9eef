"""The page of a sign-in by phone, as values: which kiosk it is for, what to do now, what became of it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.phone_sign_in import SignInEnd, SignInStep
from kiosk.hub.services.book import Book
from kiosk.hub.services.phone_sign_in import step_of
from kiosk.hub.store.sign_in_tables import PhoneSignIn
from kiosk.hub.store.tables import Kiosk
from kiosk.words import Speaker

#: What the page says for a code or a phone nobody knows, for one another phone was faster with, and for a form without
#: the cookie it came with.
GONE, TAKEN, NOT_KEPT = "gone", "taken", "not_kept"
_STATUS = {GONE: 404, NOT_KEPT: 403}


@dataclass(frozen=True, slots=True)
class PhonePage:
    """Every text is ready. ``place``: where the kiosk stands, '' once that does not matter; ``button`` '' where there
    is nothing to do; ``number_label`` of the field above it, '' for none."""

    status: int
    lang: str
    other_lang: str
    other_name: str
    mark: str
    campus: str
    headline: str
    place: str
    texts: tuple[str, ...]
    error: str
    button: str
    number_label: str
    desk: tuple[str, ...]


def phone_page(
    db: Session, book: Book, row: PhoneSignIn | None, language: Language, now: datetime, *, said: str = ""
) -> PhonePage:
    """``said`` instead of how it stands: GONE, TAKEN, NOT_KEPT, or SignInEnd.SILENT (the campus's page cannot be shown
    now)."""
    say, other = Speaker(language), Speaker(language.other)
    step = said or (step_of(row, now) if row else GONE)
    kiosk = db.get(Kiosk, row.kiosk) if row else None
    standing = book.standing(kiosk.place) if kiosk else None
    here = standing.shown() if standing else None
    named = step in (SignInStep.SCAN, SignInStep.NUMBER, SignInEnd.SILENT) and here is not None
    desk = (say("follow.desk", place=book.desk.place.of(language)), say("follow.call", phone=book.desk.phone))
    buttons = {SignInStep.SCAN: "phone.go", SignInStep.NUMBER: "screen.next"}
    return PhonePage(
        status=_STATUS.get(step, 200),
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=f"{book.name.of(language)} {book.product.of(language)}",
        headline=say(f"phone.{step}"),
        place=f"{here.title.of(language)} · {here.code}" if here and named else "",
        texts=(say(f"phone.{step}_text"), *((say("phone.only_here"),) if step == SignInStep.SCAN else ())),
        error=say("phone.not_the_number") if row and step == SignInStep.NUMBER and row.tries else "",
        button=say(buttons[SignInStep(step)]) if step in buttons else "",
        number_label=say("phone.number_label") if step == SignInStep.NUMBER else "",
        desk=desk if book.desk.phone else desk[:1],
    )
