"""Hands each view to the view models: the page's own first, then what stands around it, then the change of page."""

from kiosk.services.views import Screen, View
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.secret_keys import SecretKeys
from kiosk.ui.shell_view_model import ShellViewModel
from kiosk.ui.start_view_models import AttractViewModel
from kiosk.ui.typing_folder import TypingFolder
from kiosk.ui.words_view_model import WordsViewModel


class Screens:
    """All view models of one window. Lives on the interface thread. ``first`` shows attract."""

    def __init__(self, first: View, post: Post, keys: SecretKeys, typing: TypingFolder) -> None:
        attract = AttractViewModel(post)
        self._pages: dict[Screen, PageViewModel] = {Screen.ATTRACT: attract}
        self.words = WordsViewModel(first.look.language)
        self.shell = ShellViewModel(post, attract, typing.text)
        self._post, self._keys, self._typing = post, keys, typing
        self._visit = first.visit
        self._show(first)

    def settle(self) -> None:
        """Makes the other pages' view models; once."""
        if len(self._pages) == 1:
            from kiosk.ui.page_view_models import later_pages

            self._pages |= later_pages(self._post, self._keys)

    def show(self, view: View) -> None:
        """Shows ``view`` whole; pages that are not on screen hold nothing afterwards."""
        self.settle()
        self._show(view)

    def _show(self, view: View) -> None:
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
