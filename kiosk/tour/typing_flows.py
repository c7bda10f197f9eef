"""Free text on the real on-screen keyboard."""

from collections.abc import Callable
from functools import partial

from PySide6.QtQuick import QQuickItem

from kiosk.domain.visit_limits import Context, idle_limit
from kiosk.services.views import AnswerPage, DetailsPage, NotePage, Overlay, Screen
from kiosk.tour import sight
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import Walker

PINYIN = "wangyedabukai"
MEANT = "网页打不开"
#: What breaks a careless screen: a tag, both quotes.
HOSTILE = "<img src='x\">"
LEFT = "wangye"
WRONG_CONTACT = "12"
CONTACT = "0571-8231 4466"
#: Letters, two pages of signs, and once round again.
MOST_LAYERS = 4


def note_pinyin(walker: Walker) -> None:
    """Pinyin with one candidate picked, then hostile signs; all of it reaches the hub and stays nowhere here."""
    walker.canaries += [MEANT, HOSTILE[1:]]
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    _to_note(walker)
    if not _is_pinyin(walker):
        _change_language(walker)
        walker.world.until(partial(_is_pinyin, walker), "the pinyin keyboard")
    write(walker, PINYIN)
    walker.see("candidates", lambda: MEANT in _candidates(walker))
    if walker.by_keys:
        _by_four_keys(walker, MEANT)
    else:
        walker.touch_one_of(partial(_candidates, walker), MEANT)
    walker.world.until(lambda: _typed(walker) == MEANT, f"{MEANT} in the field")
    _change_language(walker)
    walker.world.until(lambda: not _is_pinyin(walker), "the Latin keyboard")
    write(walker, HOSTILE)
    typed = (MEANT + HOSTILE).casefold()
    walker.see("both texts in the field", lambda: _typed(walker).casefold() == typed)
    walker.touch(walker.page(NotePage).done)
    walker.arrive(Screen.DETAILS)
    row = walker.page(DetailsPage).note
    shown = f"{row.title} {row.hint}".casefold() if row else ""
    walker.check(typed in shown, "the details do not show the note")
    submit(walker)
    handed_in(walker)
    walker.record.outcome["note"] = MEANT + HOSTILE


def note_left(walker: Walker) -> None:
    """Somebody walks away in the middle of a word: the word goes with the visit."""
    walker.canaries += [LEFT, " ".join((LEFT[:4], LEFT[4:]))]
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    _to_note(walker)
    write(walker, LEFT)
    walker.world.pass_time(idle_limit(Context.ORDINARY, walker.aids, went_on=False) - 5)
    walker.asked(Overlay.WARNING)
    walker.world.pass_time(30.0)
    walker.arrive(Screen.ATTRACT)


def contact(walker: Walker) -> None:
    """Nobody, answered by telephone: a number that cannot be one is sent back with a sentence."""
    walker.canaries.append(CONTACT)
    walker.begin()
    choose(walker, "ask", "how")
    submit(walker)
    walker.arrive(Screen.ANSWER, lambda: bool(walker.page(AnswerPage).ways))
    walker.touch(walker.say("answer.contact"))
    walker.arrive(Screen.NOTE, lambda: bool(keys(walker)))
    write(walker, WRONG_CONTACT)
    walker.touch(walker.page(NotePage).done)
    walker.see("what is wrong with it", lambda: walker.page(NotePage).error != "")
    _erase(walker)
    write(walker, CONTACT)
    walker.see("the number in the field", lambda: _typed(walker) == CONTACT)
    walker.touch(walker.page(NotePage).done)
    handed_in(walker)


def _to_note(walker: Walker) -> None:
    row = walker.page(DetailsPage).note
    walker.check(row is not None, "the details do not offer a note")
    walker.touch(row.title if row else "")
    walker.arrive(Screen.NOTE, lambda: bool(keys(walker)))


def write(walker: Walker, text: str) -> None:
    """Key by key, on whichever layer of the keyboard the character is."""
    for character in text:
        if walker.by_keys:
            before = _typed(walker, whole=True)
            _by_four_keys(walker, walker.say("screen.key_space") if character == " " else character)
            walker.world.until(partial(_differs, partial(_typed, walker, True), before), f"{character!r} typed")
            continue
        for _ in range(MOST_LAYERS):
            shown = keys(walker)
            if character in shown:
                break
            turn_page = "Key" in shown and not set("0123456789").isdisjoint(shown)
            walker.touch_one_of(partial(keys, walker), "Key" if turn_page else "SymbolModeKey")
            walker.world.until(partial(_differs, lambda: set(keys(walker)), set(shown)), "another layer")
        walker.check(character in keys(walker), f"{character!r} is on no layer of the keyboard")
        text_before = _typed(walker, whole=True)
        walker.touch_one_of(partial(keys, walker), character)
        walker.world.until(partial(_differs, partial(_typed, walker, True), text_before), f"{character!r} typed")


def _by_four_keys(walker: Walker, name: str) -> None:
    """On the keys that whoever has a keypad gets instead."""
    for _ in range(MOST_LAYERS):
        if name in sight.controls(walker.world.root):
            break
        walker.touch(walker.say("screen.key_more"))
    walker.touch(name)


def _change_language(walker: Walker) -> None:
    if walker.by_keys:
        _by_four_keys(walker, walker.say("screen.key_language"))
    else:
        walker.touch_one_of(partial(keys, walker), "ChangeLanguageKey")


def _erase(walker: Walker) -> None:
    while before := _typed(walker):
        if walker.by_keys:
            walker.touch(walker.say("screen.erase"))
        else:
            walker.touch_one_of(partial(keys, walker), "BackspaceKey")
        walker.world.until(partial(_differs, partial(_typed, walker), before), "one character less")


def _differs(now: Callable[[], object], before: object) -> bool:
    return now() != before


def keys(walker: Walker) -> dict[str, QQuickItem]:
    return sight.keys(walker.world.root)


def _candidates(walker: Walker) -> dict[str, QQuickItem]:
    return sight.candidates(walker.world.root)


def _typed(walker: Walker, whole: bool = False) -> str:
    """What stands in the field; ``whole``: with what the input method still holds."""
    return sight.typed(walker.world.root, whole)


def _is_pinyin(walker: Walker) -> bool:
    return "，" in keys(walker)
