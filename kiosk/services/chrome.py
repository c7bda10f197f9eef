"""What surrounds every page: brand and clock, the strip's one message, the session bar, the questions."""

from dataclasses import dataclass

from kiosk.domain.devices import CardTrouble, PrinterState, ReaderState
from kiosk.domain.health import Board, Down, Subject, Why, line_of
from kiosk.domain.identity import Claimed, NumberClaim, Verified
from kiosk.domain.speech import SpeechState
from kiosk.domain.visit import Phase, can_be_extended, seconds_left
from kiosk.services import when
from kiosk.services.ports import QueueFill
from kiosk.services.session import Session
from kiosk.services.views import Bar, Frame, Overlay, Question, Screen, Strip, StripKind

#: "Everything has been sent" stands this long, and so does the trouble with a card or a scan, seconds.
SHOWN_FOR = 6.0
#: Pages without a bar: nobody is in a visit there.
_NO_BAR = (Screen.ATTRACT, Screen.OUT_OF_SERVICE, Screen.ENROL)
#: Done pages have no way back: what is handed in is handed in.
_NO_BACK = (*_NO_BAR, Screen.HOME, Screen.DONE, Screen.DESK)

_CARD_WORD = {
    CardTrouble.UNREADABLE: "strip.card_again",
    CardTrouble.NOT_A_CAMPUS_CARD: "strip.card_not_ours",
    CardTrouble.NO_NETWORK: "strip.card_no_network",
    CardTrouble.MUTE: "strip.card_take_away",
}

#: What a visitor meets of this kiosk's health, first come first said. The rest is for staff: the maintenance page,
#: ``kiosk doctor`` and the hub have it.
_DISK = (Why.DISK_FULL, Why.DISK_READ_ONLY, Why.DISK_NOT_WRITABLE)


def frame(session: Session) -> Frame:
    campus, language = session.campus, session.visit.language
    if campus is None:
        return Frame()
    kiosk = campus.kiosk
    return Frame(
        campus=campus.name.of(language),
        product=campus.product.of(language),
        mark=campus.mark,
        place=" · ".join(part for part in (kiosk.title.of(language), kiosk.code) if part),
        clock=when.clock_text(session.now, session.zone),
    )


@dataclass(slots=True)
class StripState:
    """What the strip remembers between beats: whether something was waiting, and until when good news stands."""

    was_waiting: bool = False
    sent_until: float = 0.0
    said: str = ""  # the word about a card or a scan that led nowhere
    said_until: float = 0.0

    def card_failed(self, why: CardTrouble, now: float) -> None:
        self.say(_CARD_WORD[why], now)

    def say(self, word: str, now: float) -> None:
        self.said, self.said_until = word, now + SHOWN_FOR

    def strip(self, session: Session, fill: QueueFill) -> Strip:
        """One message at a time: offline before devices before good news."""
        speak, now = session.speak, session.clock.monotonic()
        waiting = fill.unsettled
        count = _waiting(session, fill) if waiting else ""
        if not session.online:
            self.was_waiting = self.was_waiting or waiting > 0
            return Strip(StripKind.OFFLINE, speak("strip.offline"), count)
        if self.was_waiting and waiting:
            return Strip(StripKind.SENDING, speak("strip.sending"), count)
        if self.was_waiting:
            self.was_waiting, self.sent_until = False, now + SHOWN_FOR
        if now < self.sent_until:
            return Strip(StripKind.SENT, speak("strip.sent"))
        return self._trouble(session, fill, now)

    def _trouble(self, session: Session, fill: QueueFill, now: float) -> Strip:
        speak = session.speak
        if fill.nearly_full:
            return Strip(StripKind.TROUBLE, speak("strip.nearly_full"))
        if self.said and now < self.said_until:
            return Strip(StripKind.TROUBLE, speak(self.said))
        word = _device_word(session)
        return Strip(StripKind.TROUBLE, speak(word)) if word else Strip()


def _waiting(session: Session, fill: QueueFill) -> str:
    """And when the last one went, where that was today: by then the line was up."""
    count, sent = session.speak("strip.waiting", count=fill.unsettled), fill.last_sent
    if (
        session.online
        or sent is None
        or sent.astimezone(session.zone).date() != session.now.astimezone(session.zone).date()
    ):
        return count
    return session.speak("strip.waiting_since", count=fill.unsettled, clock=when.clock_text(sent, session.zone))


def _device_word(session: Session) -> str:
    """Trouble is said at once; that it is over is believed as the health line believes it, so that a loose plug does
    not make the strip flicker."""
    if _why(session.health, Subject.DISK) in _DISK:
        return "strip.disk"
    reader, printer = _why(session.health, Subject.READER), _why(session.health, Subject.PRINTER)
    if reader or session.reader in (ReaderState.SERVICE_DOWN, ReaderState.NO_READER):
        return "strip.reader"
    if session.printer is PrinterState.NO_PAPER:
        return "strip.paper"
    if session.printer is PrinterState.OFFLINE:
        return "strip.printer"
    if printer in (Why.NO_PAPER, Why.PRINTER_OFFLINE):
        return "strip.paper" if printer is Why.NO_PAPER else "strip.printer"
    return "strip.speech" if session.speech in (SpeechState.NO_ENGINE, SpeechState.NO_SOUND) else ""


def _why(board: Board, subject: Subject) -> Why | None:
    """Why it is down; ``None`` where it works, if with a flaw."""
    line = line_of(board, subject)
    return line.health.why if line is not None and isinstance(line.health, Down) else None


def bar(session: Session, screen: Screen, left: float | None = None) -> Bar:
    """``left``: seconds until the page runs out by itself, where it does."""
    if screen in _NO_BAR or not session.visit.active:
        return Bar()
    speak, who = session.speak, session.visit.who
    icon = title = detail = ""
    match who:
        case Verified():
            icon, title, detail = "user-circle", who.shown_name, who.shown_number
        case Claimed(NumberClaim(number)):
            icon, title, detail = "keyboard", speak("bar.number_typed"), number.mask()
        case Claimed():
            icon, title = "identification-card", speak("bar.card_read")
    desk, detail_line = _desk(session) if screen is Screen.HOME else ("", "")
    return Bar(
        visible=True,
        back=screen not in _NO_BACK,
        who_icon=icon,
        who=title,
        who_detail=detail,
        desk=desk,
        desk_detail=detail_line,
        left=_left(session, left),
    )


def _left(session: Session, page: float | None) -> str:
    """What ends first; a page that has run out and is still looking what became of it ends at no time of its own."""
    visit = seconds_left(session.visit, session.clock.monotonic())
    if page is None:
        return minutes(visit)
    return minutes(min(page, visit)) if page > 0 else ""


def _desk(session: Session) -> tuple[str, str]:
    if session.campus is None:
        return "", ""
    desk = session.campus.desk
    place = desk.place.of(session.visit.language)
    hours = when.hours_on(session.now.astimezone(session.zone).date(), desk)
    detail = " · ".join(part for part in (hours, desk.phone) if part)
    return (session.speak("bar.desk", place=place) if place else ""), detail


def question(session: Session, leaving: bool, cleaning: float = 0.0) -> Question:
    """The overlay: another card before the idle warning before "throw away?". ``cleaning``: seconds left, while the
    glass is being wiped; then nothing is asked."""
    visit, speak = session.visit, session.speak
    if cleaning:
        title, text = speak("question.cleaning_title"), speak("question.cleaning_text")
        return Question(Overlay.CLEANING, title, text, str(int(cleaning + 0.999)))
    left = str(int(seconds_left(visit, session.clock.monotonic())))
    if visit.question is not None:
        return Question(
            Overlay.DIFFERENT_CARD,
            speak("question.card_title"),
            speak("question.card_text"),
            left,
            speak("question.card_use"),
            speak("question.card_stay"),
        )
    if visit.phase is Phase.WARNING:
        extend = can_be_extended(visit, session.clock.monotonic())
        return Question(
            Overlay.WARNING,
            speak("question.warning_title"),
            speak("question.warning_text"),
            left,
            speak("question.warning_end"),
            speak("question.warning_stay") if extend else "",
        )
    if leaving:
        return Question(
            Overlay.LEAVE,
            speak("question.leave_title"),
            speak("question.leave_text"),
            "",
            speak("question.leave_yes"),
            speak("question.leave_stay"),
        )
    return Question()


def minutes(seconds: float) -> str:
    """``1:48``."""
    whole = int(seconds + 0.999)
    return f"{whole // 60}:{whole % 60:02d}"
