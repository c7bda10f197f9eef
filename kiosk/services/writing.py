"""A page to write on, for any flow that asks for words: a remark on a ticket, what was good or bad."""

from collections.abc import Callable

from kiosk.domain import plain_text
from kiosk.services import requests
from kiosk.services.flow import Flow
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import Screen, WritePage

#: The page in the visitor's language of this moment.
MakePage = Callable[[], WritePage]


class Writing(Flow):
    """What is typed lives in the field only, until it is done; then it is cleaned, cut and handed on."""

    screens = frozenset({Screen.WRITE})

    def __init__(self, session: Session) -> None:
        self._session = session
        self.forget()

    def forget(self) -> None:
        self._make: MakePage | None = None
        self._then: Callable[[str], None] | None = None

    def ask(self, make: MakePage, then: Callable[[str], None]) -> None:
        """Shows the page; ``then`` gets the text, maybe empty, once the page is gone."""
        self._make, self._then = make, then
        self._session.show(Screen.WRITE)

    def page(self, screen: Screen) -> WritePage:
        return self._make() if self._make else WritePage()

    def touch(self, request: Request) -> bool:
        if not isinstance(request, requests.Choose) or request.part != "done" or self._then is None:
            return False
        then, limit = self._then, self.page(Screen.WRITE).limit
        self._session.back()
        self.forget()
        then(plain_text.clean(request.id, limit))
        return True

    def settle(self) -> None:
        if self._session.screen is not Screen.WRITE:
            self.forget()
