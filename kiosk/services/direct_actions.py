"""What this kiosk can do at once about the matter of an article: the entrance of a flow that exists here."""

from collections.abc import Iterable

from kiosk.services.views import Row
from kiosk.words import Speaker

#: An article's ``action`` -> entrances that will do, the nearest first. What no flow offers is not shown.
_ENTRANCES: dict[str, tuple[str, ...]] = {
    "report": ("report",),
    "my_tickets": ("tickets",),
    "reset_password": ("account",),
    "unlock_account": ("account",),
    "activate_account": ("account",),
    "change_pin": ("change_pin",),
    "set_pin": ("pin_forgotten",),
    "report_card_lost": ("card_lost", "card"),
    "see_card": ("card",),
    "found_card": ("found_card",),
}
#: Of the first few results, how many may bring their action along: what stands further down is a guess.
LOOK_AT = 3


def direct_rows(actions: Iterable[str], entrances: Iterable[Row], speak: Speaker) -> tuple[Row, ...]:
    """The first action of ``actions`` (of the results, best first) that an entrance exists for, as a row; or none."""
    by_id = {row.id: row for row in entrances}
    for action in list(actions)[:LOOK_AT]:
        for entrance in _ENTRANCES.get(action, (action,) if action else ()):
            if row := by_id.get(entrance):
                title = speak("knowledge.direct", what=row.title)
                return (Row(row.id, title, speak("knowledge.direct_hint"), row.icon),)
    return ()
