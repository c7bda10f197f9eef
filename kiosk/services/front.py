"""The pages everybody passes: start, home, privacy, the desk, and what to do when something cannot be done now."""

from kiosk.services import desk_pages, requests
from kiosk.services.call_back_rows import call_back_rows
from kiosk.services.flow import Flow
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import attract_page
from kiosk.services.submission import Submission
from kiosk.services.views import Page, Row, Screen


class Front(Flow):
    """Home itself is made by Flows, from the tiles of all."""

    screens = frozenset(
        {
            Screen.ATTRACT,
            Screen.HOME,
            Screen.NONE_OF_THESE,
            Screen.PRIVACY,
            Screen.UNAVAILABLE,
            Screen.OUT_OF_SERVICE,
        }
    )

    def __init__(self, session: Session, submission: Submission) -> None:
        self._session, self._submission = session, submission
        self.forget()

    def forget(self) -> None:
        self._words = self._icon = self._about = ""
        self._ways: tuple[Row, ...] = ()
        self._at_length = False  # the long notice about personal data

    @property
    def busy(self) -> bool:
        """A call-back asked for in one touch is being handed in."""
        return self._submission.busy

    def cannot(self, words: str, icon: str, *ways: Row, about: str = "") -> None:
        """Something needs the hub and cannot have it: says so, with what can be done instead.

        ``words`` is a part of the catalogue with ``unavailable``, ``unavailable_text`` (no network), ``failed`` and
        ``failed_text`` (the hub said no). ``ways`` come before those that always work: a call-back (``about`` as in
        call_back_rows), a report, the desk.
        """
        self._words, self._icon, self._ways, self._about = words, icon, ways, about
        self._session.show(Screen.UNAVAILABLE)

    def page(self, screen: Screen) -> Page:
        session = self._session
        match screen:
            case Screen.ATTRACT:
                return attract_page(session)
            case Screen.NONE_OF_THESE:
                return desk_pages.none_of_these_page(session, self.busy, self._submission.busy_text())
            case Screen.PRIVACY:
                return desk_pages.long_privacy_page(session) if self._at_length else desk_pages.privacy_page(session)
            case Screen.UNAVAILABLE:
                ways = (*self._ways, *call_back_rows(session, self._about))
                busy = self._submission.busy_text()
                return desk_pages.unavailable_page(session, self._words, self._icon, ways, self.busy, busy)
            case _:
                return desk_pages.out_of_service_page(session, preparing=session.campus is None)

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Choose(page=Screen.PRIVACY, part="more"):
                self._at_length = True
            case _:
                return False
        return True

    def back(self) -> bool:
        """From the long notice to the short one."""
        was, self._at_length = self._at_length, False
        return was

    def enter(self, row: str) -> bool:
        pages = {"none": Screen.NONE_OF_THESE, "privacy": Screen.PRIVACY}
        if row in pages:
            self._session.show(pages[row])
        return row in pages
