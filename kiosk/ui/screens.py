"""Hands each view to the view models: the page's own first, then what stands around it, then the change of page."""

from kiosk.services.views import Screen, View
from kiosk.ui.identity_view_models import IdentifyViewModel, NoneOfTheseViewModel, NumberViewModel, PinViewModel
from kiosk.ui.outcome_view_models import DoneViewModel, OutOfServiceViewModel, UnavailableViewModel
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.reading_view_models import PrivacyViewModel, TicketsViewModel
from kiosk.ui.report_view_models import (
    AnswerViewModel,
    CategoryViewModel,
    DetailsViewModel,
    NoteViewModel,
    PlaceViewModel,
)
from kiosk.ui.secret_keys import SecretKeys
from kiosk.ui.shell_view_model import ShellViewModel
from kiosk.ui.start_view_models import AttractViewModel, HomeViewModel
from kiosk.ui.typing_folder import TypingFolder
from kiosk.ui.words_view_model import WordsViewModel


class Screens:
    """All view models of one window. Lives on the interface thread."""

    def __init__(self, first: View, post: Post, keys: SecretKeys, typing: TypingFolder) -> None:
        self._pages: dict[Screen, PageViewModel] = {
            Screen.ATTRACT: AttractViewModel(post),
            Screen.HOME: HomeViewModel(post),
            Screen.IDENTIFY: IdentifyViewModel(post),
            Screen.NUMBER: NumberViewModel(post),
            Screen.PIN: PinViewModel(post, keys),
            Screen.NONE_OF_THESE: NoneOfTheseViewModel(post),
            Screen.CATEGORY: CategoryViewModel(post),
            Screen.DETAILS: DetailsViewModel(post),
            Screen.PLACE: PlaceViewModel(post),
            Screen.NOTE: NoteViewModel(post),
            Screen.ANSWER: AnswerViewModel(post),
            Screen.DONE: DoneViewModel(post),
            Screen.TICKETS: TicketsViewModel(post),
            Screen.PRIVACY: PrivacyViewModel(post),
            Screen.UNAVAILABLE: UnavailableViewModel(post),
            Screen.OUT_OF_SERVICE: OutOfServiceViewModel(post),
        }
        self.words = WordsViewModel(first.look.language)
        self.shell = ShellViewModel(post, self._pages[Screen.ATTRACT], typing.text)
        self._typing = typing
        self._visit = first.visit
        self.show(first)

    def show(self, view: View) -> None:
        """Shows ``view`` whole; pages that are not on screen hold nothing afterwards."""
        page = self._pages[view.screen]
        self.words.speak(view.look.language)
        page.take(view.page)
        self.shell.surround(view)
        self.shell.open(view, page)
        for other in self._pages.values():
            if other is not page:
                other.forget()
        if view.visit != self._visit:
            self._visit = view.visit
            self._typing.forget()
