"""A visitor who tries every touch of every page once, and a wrong PIN, number and code where one is asked for."""

from collections.abc import Callable, Iterator

from kiosk.domain.language import Language
from kiosk.services import requests as r
from kiosk.services.views import Screen

from .headless import Headless

Touch = tuple[r.Request, ...]
Begin = Callable[[Headless], None]

#: Touches after which a walk is over at the latest.
MOST_STEPS = 1_500
#: Steps back in a row without anything new after which everything within reach has been tried.
NOTHING_NEW = 6
#: How often a touch is repeated for the page that it leads to.
MOST_AGAIN = 15
WRONG, SOMEBODY = "604815", "20230115302"
#: What is written wherever something can be written, and where the answer is to go.
WORDS, CONTACT = "云中锦书", "a@b.example"
_TYPE_A_PIN: Touch = (r.Touched(),)


def explore(kiosk: Headless, begin: Begin, avoid: Touch = ()) -> set[Screen]:
    """The pages that were seen; ``avoid`` is never touched. Ends the visit."""
    walk = _Walk(avoid)
    backs = 0
    for _ in range(MOST_STEPS):
        screen = kiosk.view.screen
        if screen is Screen.ATTRACT:
            walk.seen.add(screen)
            begin(kiosk)
            continue
        touch = walk.next(screen, touches(kiosk))
        backs = 0 if touch else backs + 1
        if backs > NOTHING_NEW:
            break
        if touch is _TYPE_A_PIN:
            kiosk.type_pin(WRONG)
        else:
            kiosk.press(*(touch or (_back(kiosk),)))
        walk.came_to(kiosk.view.screen)
    kiosk.press(r.End())
    kiosk.shows(Screen.ATTRACT)
    return walk.seen


class _Walk:
    """What was tried where, and where it led: a page with something untried on it is gone back to."""

    def __init__(self, avoid: Touch) -> None:
        self.seen: set[Screen] = set()
        self._tried = {(screen, avoid) for screen in Screen}
        self._led: dict[tuple[Screen, Touch], Screen] = {}
        self._left: dict[Screen, int] = {}
        self._again: dict[tuple[Screen, Touch], int] = {}
        self._last: tuple[Screen, Touch] | None = None

    def next(self, screen: Screen, offered: list[Touch]) -> Touch | None:
        self.seen.add(screen)
        new = [touch for touch in offered if (screen, touch) not in self._tried]
        self._left[screen] = max(0, len(new) - 1)
        touch = new[0] if new else next((touch for touch in offered if self._leads_on(screen, touch)), None)
        self._last = (screen, touch) if touch else None
        if touch:
            self._tried.add((screen, touch))
        return touch

    def _leads_on(self, screen: Screen, touch: Touch) -> bool:
        """To a page with something untried; not for ever: it may not be offered there any more."""
        to, times = self._led.get((screen, touch)), self._again.get((screen, touch), 0)
        if to is None or to is screen or not self._left.get(to) or times >= MOST_AGAIN:
            return False
        self._again[screen, touch] = times + 1
        return True

    def came_to(self, screen: Screen) -> None:
        if self._last is not None:
            self._led[self._last] = screen


def _back(kiosk: Headless) -> r.Request:
    if kiosk.view.question.title:
        return r.Leave()
    return r.Again() if kiosk.view.screen is Screen.DONE else r.Back()


def touches(kiosk: Headless) -> list[Touch]:
    screen, page = kiosk.view.screen, kiosk.page
    ids = list(dict.fromkeys(_rows(page)))
    opens: list[Touch] = [(r.Open(row),) for row in ids]
    match screen:
        case Screen.HOME:
            return [*opens, (r.Open("notices"),), (r.Open("privacy"),), (r.Open("search"),)]
        case Screen.CATEGORY:
            return [(r.ChooseService(row),) for row in ids]
        case Screen.DETAILS:
            known: list[Touch] = [(r.Open("outage"),)] if page["known"] else []
            chosen: list[Touch] = [(r.ChooseSymptom(row),) for row in ids]
            more: list[Touch] = [(r.ChooseImpact("many"),), *opens, (r.Open("answer"),), (r.Submit(),)]
            return [*known, *chosen, *more, (r.ChooseSymptom(ids[0]), r.Open("note"), r.NoteDone(WORDS), r.Submit())]
        case Screen.PLACE:
            letters: list[Touch] = [(r.ChooseLetter(letter),) for letter in page["letters"][:2]]
            return [*letters, *((r.ChoosePlace(row),) for row in ids[:4])]
        case Screen.NOTE:
            return [(r.NoteDone(WORDS),), (r.NoteDone(CONTACT),)]
        case Screen.SEARCH:
            return [(r.SearchFor("wifi"),), *opens]
        case Screen.ARTICLE:
            return [*opens, (r.Open("print"),), (r.Open("stuck"),), (r.Open("solved"),)]
        case Screen.NUMBER:
            return [*opens, (*(r.NumberKey(digit) for digit in SOMEBODY), r.NumberDone())]
        case Screen.PIN:
            return [_TYPE_A_PIN, *opens]
        case Screen.CODE:
            return [*opens, tuple(r.Choose(screen, "key", digit) for digit in WRONG)]
        case Screen.DESK_CODE:
            return [*opens, tuple(r.Choose(screen, "key", digit) for digit in f"{WRONG}00")]
        case Screen.FEEDBACK:
            parts: list[Touch] = [(r.Choose(screen, part, i),) for part in ("about", "face", "reason") for i in ids]
            return [*parts, (r.Choose(screen, "words", ""),), (r.Choose(screen, "submit", ""),)]
        case Screen.WRITE:
            return [(r.Choose(screen, "done", WORDS),)]
        case Screen.CARD_CONFIRM:
            return [(r.Choose(screen, "button", "act"),), *opens]
        case Screen.FOUND_CARD:
            return [*opens, *((r.Choose(screen, "place", row),) for row in ids)]
        case Screen.NOTICES:
            return [*opens, (r.Open("promise"),)]
        case Screen.TICKETS:
            one: list[Touch] = [(r.SelectTicket(row),) for row in ids]
            return [*one, *((r.Choose(screen, "way", way),) for way in ids)]
        case Screen.TICKET_ACT:
            return [(r.Choose(screen, "safe", ""),)]
        case Screen.CARD:
            return [(r.Choose(screen, "balance", "show"),), *opens]
        case Screen.MOVEMENTS:
            parts = [(r.Choose(screen, part, row),) for part in ("movement", "month", "filter") for row in ids]
            return [*parts, (r.Choose(screen, "print", ""),)]
        case Screen.TOP_UP:
            return [(r.Choose(screen, "amount", "5000"),), (r.Choose(screen, "pay", ""),)]
        case Screen.TOP_UP_PAY:
            return [(r.Choose(screen, "cancel", ""),)]
        case Screen.DONE:
            return [(r.ChooseLanguage(Language.EN),), (r.Again(),)]
        case _:
            return opens


def _rows(built: object) -> Iterator[str]:
    """The id of every row of a page."""
    if isinstance(built, dict):
        if isinstance(built.get("id"), str) and "title" in built:
            yield built["id"]
        for value in built.values():
            yield from _rows(value)
    elif isinstance(built, list | tuple):
        for value in built:
            yield from _rows(value)
