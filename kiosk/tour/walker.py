"""One visitor of one flow: sees the screen, touches what it shows, and writes down every step."""

import shutil
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from kiosk.domain.language import Language
from kiosk.domain.visit_limits import Aids
from kiosk.services.views import (
    EnrolPage,
    Look,
    OutOfServicePage,
    Overlay,
    Screen,
    SignInPage,
    SlipPage,
    TopUpPayPage,
    View,
)
from kiosk.tour import sight
from kiosk.tour.hand import Hand
from kiosk.tour.page_checks import troubles
from kiosk.tour.pictures import Pictures
from kiosk.tour.record import SECONDS_A_PAGE, SECONDS_A_TOUCH, FlowRecord, Step, WentWrongError
from kiosk.tour.world import World
from kiosk.words import say

#: What is said where aids or language of a visit are there for the next one.
STILL_ON = "an aid or the language outlived the visit"
#: Pages of a list that are turned to find a control.
MOST_PAGES = 6
#: The aids each mode switches on, by their words on the session bar.
AIDS = {
    "large": ("large",),
    "contrast": ("contrast",),
    "reach": ("reach",),
    "large-reach": ("large", "reach"),
}
#: In reach mode nothing is to be pressed above this part of the window's height (ui.md 4).
REACH_PORTRAIT, REACH_LANDSCAPE = 0.45, 0.39
#: Where in landscape the keyboard leaves no room below that line.
TYPING = frozenset({Screen.NOTE, Screen.WRITE, Screen.SEARCH, Screen.PASSWORD})
#: Both languages are written in themselves on the session bar.
_LANGUAGE = {Language.ZH: "screen.chinese", Language.EN: "screen.english"}
PageOf = TypeVar("PageOf")


def waits(page: object) -> bool:
    """Whether the page goes on by itself: the hub was asked, the kiosk is out of service, or nobody knows it."""
    asked = isinstance(page, TopUpPayPage) and not page.qr
    waiting = getattr(page, "busy", False) or getattr(page, "loading", False)
    signing_in = isinstance(page, SignInPage) and not page.again  # the primary action is on the phone
    return asked or signing_in or bool(waiting) or isinstance(page, OutOfServicePage | EnrolPage)


class Walker:
    """``language`` and ``mode`` are the pass's; ``record`` is this flow's."""

    def __init__(
        self, world: World, hand: Hand, pictures: Pictures, record: FlowRecord, language: Language, mode: str
    ) -> None:
        self.world, self._hand, self._pictures = world, hand, pictures
        self.record, self.language, self.mode = record, language, mode
        self.canaries: list[str] = []
        self._slips = self._slips_now()

    # -- words and view -------------------------------------------------------------------------------------------
    def say(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)

    @property
    def view(self) -> View:
        return self.world.view

    @property
    def aids(self) -> Aids:
        look = self.view.look
        return Aids(look.large, look.contrast, look.reach)

    def page(self, kind: type[PageOf]) -> PageOf:
        page = self.view.page
        if not isinstance(page, kind):
            raise WentWrongError(f"{kind.__name__} expected, {type(page).__name__} is on screen")
        return page

    @property
    def by_keys(self) -> bool:
        return self.mode == "keys"

    def check(self, holds: bool, what: str) -> None:
        if not holds:
            raise WentWrongError(f"{what} (on screen: {self.view.screen.value})")

    # -- acting ---------------------------------------------------------------------------------------------------
    def touch(self, name: str) -> None:
        """Presses the control of that name; a list's pages are turned where it is on another one."""
        self._count(self._press(name))

    def touch_one_of(self, found: Callable[[], dict[str, Any]], name: str) -> None:
        """Presses a part of the typing keyboard."""
        item = self._found(found, name)
        self._count(self._hand.press(item, name))

    def type(self, letters: str) -> None:
        """On the pad of the page, key by key."""
        for letter in letters:
            self.touch(letter)

    def card(self, uid: str) -> None:
        self.world.drawer.tap_uid(uid)
        self.world.do("card-off")

    def _count(self, touches: int) -> None:
        self.record.touches += touches
        self.record.seconds += touches * SECONDS_A_TOUCH

    def _press(self, name: str) -> int:
        turned = 0
        for _ in range(MOST_PAGES):
            shown = sight.controls(self.world.root)
            if name in shown:
                return turned + self._hand.press(shown[name], name)
            following = self.say("screen.next_page")
            if following not in shown or not shown[following].isEnabled():
                break
            turned += self._hand.press(shown[following], following)
            self.world.pump()
        raise WentWrongError(f"“{name}” is not on screen ({self.view.screen.value})")

    def _found(self, found: Callable[[], dict[str, Any]], name: str) -> Any:
        self.world.until(lambda: name in found(), f"“{name}”")
        return found()[name]

    # -- seeing ---------------------------------------------------------------------------------------------------
    def arrive(self, screen: Screen, condition: Callable[[], bool] = lambda: True) -> None:
        """Waits for another page, standing still, on which ``condition`` holds; takes its picture."""
        self.record.seconds += SECONDS_A_PAGE
        self.see(f"the page {screen.value}", lambda: self.view.screen is screen and condition())

    def asked(self, question: Overlay) -> None:
        """Waits for a question that covers the page."""
        self.record.seconds += SECONDS_A_PAGE
        self.see(f"the question {question.value}", lambda: self.view.question.kind is question)

    def see(self, what: str, condition: Callable[[], bool]) -> None:
        """Waits until ``condition`` holds and the screen shows it; takes a picture."""
        self.record.seconds += self.world.until(lambda: condition() and self.world.on_screen(), what)
        self.picture(self.view.question.kind.value or self.view.screen.value)
        if wrong := self._troubles():
            raise WentWrongError(f"{wrong[0]} ({self.view.screen.value})")

    def _troubles(self) -> list[str]:
        """What a strict eye would not let pass on this page."""
        window = self.world.root
        portrait = window.height() > window.width()
        reach = self.view.look.reach and self.view.bar.visible and (portrait or self.view.screen not in TYPING)
        line = (REACH_PORTRAIT if portrait else REACH_LANDSCAPE) * window.height() if reach else 0.0
        unit = min(window.width(), window.height()) / 1080
        leads_on = self.view.question.kind is Overlay.NONE and not waits(self.view.page)
        return troubles(window, unit, line, leads_on=leads_on)

    def picture(self, screen: str) -> None:
        """What is on screen now, as the next step."""
        name = f"{self.record.name}-{len(self.record.steps) + 1:02d}-{screen}.png"
        self._pictures.keep(self.world.root.grabWindow(), name)
        self.record.steps.append(Step(screen, name))

    # -- beginning and ending -------------------------------------------------------------------------------------
    def begin(self) -> None:
        """Touches the start button of the pass's language."""
        self.arrive(Screen.ATTRACT)
        self.touch(self.say("screen.start"))
        self.arrive(Screen.HOME)
        self._switch_aids()

    def begin_with_card(self, uid: str) -> None:
        """Taps a card at the attract page; whoever reads the other language touches that first.

        By keys that is nearer on the start page than on the session bar afterwards.
        """
        self.arrive(Screen.ATTRACT)
        if self.by_keys and self.view.look.language is not self.language:
            self.touch(self.say("screen.start"))
            self.arrive(Screen.HOME)
        self.card(uid)
        self.world.until(lambda: self.view.bar.who != "", "the card read")
        self.arrive(Screen.HOME)
        if self.view.look.language is not self.language:
            self.switch_language(self.language)
        self._switch_aids()

    def begin_with_slip(self) -> None:
        """Holds the last slip before the scanner at the attract page; the rest as with a card."""
        self.arrive(Screen.ATTRACT)
        self.world.do("scan slip")
        self.arrive(Screen.SLIP, lambda: not self.page(SlipPage).loading)
        if self.view.look.language is not self.language:
            self.switch_language(self.language)
        self._switch_aids()

    def begin_by_ear(self) -> None:
        """Plugs headphones in at the attract page; the rest as with a card."""
        self.arrive(Screen.ATTRACT)
        self.world.do("headphones on")
        self.arrive(Screen.HOME, lambda: self.view.ear.on)
        if self.view.look.language is not self.language:
            self.switch_language(self.language)
        self._switch_aids()

    def begin_at_the_door(self) -> None:
        """Knocks where nobody is: the locked door of the pages for staff; the rest as with a card."""
        self._count(self._hand.knock())
        self.arrive(Screen.MAINTENANCE_DOOR)
        if self.view.look.language is not self.language:
            self.switch_language(self.language)
        self._switch_aids()

    def knock(self) -> None:
        """With a finger in the corner, whatever is on screen."""
        self._count(self._hand.knock())

    def switch_language(self, language: Language) -> None:
        before = self.record.touches
        self.touch(say(language, _LANGUAGE[language]))
        self.record.language_touches += self.record.touches - before
        self.language = language
        self.see(f"the page in {language.value}", lambda: self.view.look.language is language)

    def _switch_aids(self) -> None:
        for aid in AIDS.get(self.mode, ()):
            self.record.aid_touches += self._press(self.say(f"screen.{aid}"))
            self.see(f"{aid} switched on", partial(self._is_on, aid))

    def _is_on(self, aid: str) -> bool:
        return bool(getattr(self.view.look, aid))

    def end(self) -> None:
        """The session bar's End; nothing of the visit stays on screen."""
        if self.view.question.kind is not Overlay.NONE:
            self._press(self.view.question.leave)
            self.world.until(lambda: self.view.question.kind is Overlay.NONE, "the end of the question")
        if self.view.screen is not Screen.ATTRACT:
            self.world.until(self.world.on_screen, "the page")
            # whoever taps a card at the start page has not said yet what language they read
            self._press(say(self.view.look.language, "screen.end"))
        self.world.until(lambda: self.view.screen is Screen.ATTRACT and self.world.on_screen(), "the attract page")
        self.check(self.view.look == Look(), STILL_ON)

    def receipt(self) -> None:
        """Keeps the slip that was just printed."""
        now = self._slips_now()
        self.check(len(now) == len(self._slips) + 1, f"one slip expected, {len(now) - len(self._slips)} printed")
        name = f"{self.record.name}-slip-{len(self.record.receipts) + 1}.png"
        new = next(iter(now - self._slips))
        shutil.copyfile(self.world.places.slips / new, self._pictures.folder / name)
        self.record.receipts.append(name)
        self._slips = now

    def no_receipt(self) -> None:
        self.check(self._slips_now() == self._slips, "a slip was printed that nobody could take")

    def _slips_now(self) -> set[str]:
        return {path.name for path in self.world.places.slips.glob("slip-*.png")}
