"""What somebody thinks of the service or of this kiosk: five faces, reasons, maybe words. Nobody is asked who."""

from kiosk.domain.outcomes import NotSaved, Saved
from kiosk.domain.queueable import FeedbackDraft, Mark
from kiosk.services import requests
from kiosk.services.drafting import NOTE_LIMIT
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.ports import Outbox
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.submission import Sender
from kiosk.services.views import DoneKind, DonePage, FeedbackPage, Notice, NoticeKind, Page, Row, Screen, WritePage
from kiosk.services.writing import Writing

#: From bad to good, as they stand on the page.
FACES: tuple[tuple[Mark, str], ...] = (
    (Mark.VERY_POOR, "smiley-x-eyes"),
    (Mark.POOR, "smiley-sad"),
    (Mark.FAIR, "smiley-meh"),
    (Mark.GOOD, "smiley"),
    (Mark.VERY_GOOD, "smiley-wink"),
)
_GOOD = frozenset({Mark.GOOD, Mark.VERY_GOOD})
#: What it can be about; the first is chosen at the start.
ABOUT = ("kiosk", "service")
REASONS: dict[tuple[str, bool], tuple[str, ...]] = {
    ("kiosk", True): ("steps_clear", "fast", "text_large", "easy_to_find", "touch_good", "slip_useful"),
    ("kiosk", False): ("steps_unclear", "slow", "text_small", "hard_to_find", "touch_bad", "slip_missing"),
    ("service", True): ("answered_soon", "solved", "well_explained", "friendly", "kept_promise", "easy_to_ask"),
    ("service", False): (
        "answered_late",
        "not_solved",
        "badly_explained",
        "unfriendly",
        "too_late",
        "hard_to_ask",
    ),
}


class Feedback(Flow):
    """Anonymous and really so: what is handed on holds no claim, no session and no reference."""

    screens = frozenset({Screen.FEEDBACK})

    def __init__(self, session: Session, outbox: Outbox, sender: Sender, finish: Finish, writing: Writing) -> None:
        self._session, self._outbox, self._sender = session, outbox, sender
        self._finish, self._writing = finish, writing
        self.forget()

    def forget(self) -> None:
        self._about = ABOUT[0]
        self._asks_about = True
        self._mark: Mark | None = None
        self._reasons: frozenset[str] = frozenset()
        self._words = ""

    def tiles(self) -> tuple[Row, ...]:
        return (tile(self._session, "feedback", "smiley"),)

    def enter(self, row: str) -> bool:
        if row == "feedback":
            self.forget()
            self._session.show(Screen.FEEDBACK)
        return row == "feedback"

    def rate_service(self) -> None:
        """After a matter was solved: about the service, and only that. There is no way back into the matter."""
        self.forget()
        self._about, self._asks_about = "service", False
        self._session.pages[:] = [Screen.HOME, Screen.FEEDBACK]

    def asks_before_leaving(self, screen: Screen) -> bool:
        return bool(self._words)

    # -- touches ------------------------------------------------------------------------------------------------
    def touch(self, request: Request) -> bool:
        if not isinstance(request, requests.Choose):
            return False
        match request.part:
            case "about" if self._asks_about and request.id in ABOUT:
                self._about, self._reasons = request.id, frozenset()
            case "face" if request.id in {mark.value for mark, _ in FACES}:
                self._face(Mark(request.id))
            case "reason" if request.id in self._offered():
                self._reasons ^= {request.id}
            case "words":
                self._writing.ask(self._write_page, self._written)
            case "submit":
                self._submit()
            case _:
                return False
        return True

    def _face(self, mark: Mark) -> None:
        """Reasons for good are none for bad."""
        if self._mark is None or (mark in _GOOD) != (self._mark in _GOOD):
            self._reasons = frozenset()
        self._mark = mark

    def _offered(self) -> tuple[str, ...]:
        return REASONS[self._about, self._mark in _GOOD] if self._mark else ()

    def _written(self, text: str) -> None:
        self._words = text

    def _submit(self) -> None:
        if self._mark is None:
            return
        reasons = tuple(sorted(self._reasons))
        language = self._session.visit.language
        match self._outbox.enqueue(FeedbackDraft(language, self._about, self._mark, reasons, self._words)):
            case Saved():
                self.forget()
                self._sender.kick()
                self._finish.show(lambda _slip: self._done_page())
            case NotSaved():
                self._finish.show(lambda _slip: self._not_saved_page(), again=self._try_again)

    def _try_again(self) -> None:
        """What was chosen is still there."""
        self._session.pages[:] = [Screen.HOME, Screen.FEEDBACK]

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        speak = self._session.speak
        good = self._mark in _GOOD
        return FeedbackPage(
            title=speak("feedback.title" if self._asks_about else "feedback.title_solved"),
            text=speak("feedback.anonymous"),
            abouts=tuple(Row(about, speak(f"feedback.about_{about}")) for about in ABOUT) if self._asks_about else (),
            about=self._about,
            faces=tuple(Row(mark.value, speak(f"feedback.face_{mark}"), icon=icon) for mark, icon in FACES),
            face=self._mark.value if self._mark else "",
            reasons_title=speak("feedback.what_good" if good else "feedback.what_bad") if self._mark else "",
            reasons_hint=speak("feedback.several") if self._mark else "",
            reasons=tuple(Row(reason, speak(f"feedback.{reason}")) for reason in self._offered()),
            chosen=tuple(sorted(self._reasons)),
            words=Row("words", speak("feedback.words"), self._words or speak("feedback.words_hint"), "note-pencil"),
            submit=speak("feedback.submit"),
            can_submit=self._mark is not None,
        )

    def _write_page(self) -> WritePage:
        speak = self._session.speak
        return WritePage(
            title=speak("feedback.words_title"),
            hint=speak("feedback.words_page_hint"),
            text=self._words,
            limit=NOTE_LIMIT,
            done=speak("note.done"),
        )

    def _done_page(self) -> DonePage:
        speak = self._session.speak
        return DonePage(
            kind=DoneKind.RECEIVED if self._session.online else DoneKind.SAVED,
            headline=speak("feedback.thanks"),
            promise=speak("feedback.anonymous" if self._session.online else "feedback.sent_later"),
            again=speak("done.again"),
            end=speak("done.end"),
        )

    def _not_saved_page(self) -> DonePage:
        speak, desk = self._session.speak, self._session.desk_line()
        return DonePage(
            kind=DoneKind.NOT_SAVED,
            headline=speak("done.not_saved"),
            promise=speak("done.not_saved_promise"),
            notice=Notice(NoticeKind.WARN, speak("done.help"), speak("done.help_text", desk=desk)) if desk else None,
            again=speak("done.again_try"),
            end=speak("question.warning_end"),
        )
