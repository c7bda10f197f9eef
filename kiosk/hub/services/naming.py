"""What a ticket is called: by what was chosen, never by what was written."""

from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.hub.services.book import Book
from kiosk.hub.store.tables import Ticket
from kiosk.words import say

#: Stands where a catalogue id is asked for; no service has it.
CARD_LOSS = "card-loss"
_UNKNOWN = Text("其他", "Other")
_CARD_LOSS = Text(say(Language.ZH, "loss_ticket.title"), say(Language.EN, "loss_ticket.title"))


def title_of(book: Book, ticket: Ticket) -> Text:
    """What was chosen: the symptom, else the service."""
    entry = book.entry(ticket.service)
    if entry is None:
        return _CARD_LOSS if ticket.service == CARD_LOSS else _UNKNOWN
    symptom = next((each for each in entry.symptoms if each.id == ticket.symptom), None)
    return symptom.title if symptom else entry.title
