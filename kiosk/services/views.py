"""What the screens show: frozen, whole values. Every text is ready in the visitor's language.

A view could cross a process boundary unchanged. An empty text leaves its part of the screen out.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from kiosk.domain.language import Language


class Screen(StrEnum):
    """The page below strip and above bar; its name is also the QML page's name (attract -> AttractPage.qml)."""

    ATTRACT = "attract"
    HOME = "home"
    IDENTIFY = "identify"
    NUMBER = "number"
    PIN = "pin"
    NONE_OF_THESE = "none_of_these"
    CATEGORY = "category"
    DETAILS = "details"
    PLACE = "place"
    NOTE = "note"
    ANSWER = "answer"
    DONE = "done"
    TICKETS = "tickets"
    PRIVACY = "privacy"
    UNAVAILABLE = "unavailable"
    OUT_OF_SERVICE = "out_of_service"


class Overlay(StrEnum):
    """Full-screen questions that cover everything; opaque, so that nothing of the visit shows through."""

    NONE = ""
    WARNING = "warning"  # idle: "are you still there?"
    DIFFERENT_CARD = "different_card"
    LEAVE = "leave"  # "throw away what you filled in?"


class StripKind(StrEnum):
    NORMAL = "normal"
    OFFLINE = "offline"
    SENDING = "sending"
    SENT = "sent"
    TROUBLE = "trouble"


class NoticeKind(StrEnum):
    INFO = "info"
    OK = "ok"
    WARN = "warn"
    DANGER = "danger"


@dataclass(frozen=True, slots=True)
class Look:
    language: Language = Language.ZH
    large: bool = False
    contrast: bool = False
    reach: bool = False


@dataclass(frozen=True, slots=True)
class Frame:
    """Brand, place and clock: 云麓大学 · IT 自助服务 · 云 · 图书馆一层 · A12 · 14:26."""

    campus: str = ""
    product: str = ""
    mark: str = ""
    place: str = ""
    clock: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    kind: StripKind = StripKind.NORMAL
    text: str = ""
    count: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """The session bar. ``visible`` is false on attract and out of service; ``left`` is m:ss or ''."""

    visible: bool = False
    back: bool = False
    who_icon: str = ""
    who: str = ""
    who_detail: str = ""
    desk: str = ""  # home only: 服务台：图书馆一层
    desk_detail: str = ""  # 8:00–18:00 · 8231 0000
    left: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    kind: NoticeKind
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A tile, list row or choice. ``icon`` is a Phosphor name or ''."""

    id: str
    title: str
    hint: str = ""
    icon: str = ""
    chip: str = ""
    chip_kind: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    icon: str
    rows: tuple[Row, ...]


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    TODO = "todo"


@dataclass(frozen=True, slots=True)
class TimelineStep:
    title: str
    time: str = ""
    text: str = ""
    state: StepState = StepState.TODO


@dataclass(frozen=True, slots=True)
class ReaderHint:
    """The yellow block. ``position`` below_right, below, right …; empty when no reader is ready: no block is drawn."""

    position: str = ""
    title: str = ""
    text: str = ""
    reading: bool = False


# -- pages ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class AttractPage:
    """Both languages at once: the page takes its fixed words from both catalogues."""

    screen = Screen.ATTRACT
    reader_position: str = ""
    reader_zh: str = ""
    reader_en: str = ""


@dataclass(frozen=True, slots=True)
class HomePage:
    screen = Screen.HOME
    tiles: tuple[Row, ...] = ()
    reader: ReaderHint = field(default_factory=ReaderHint)


@dataclass(frozen=True, slots=True)
class IdentifyPage:
    """``matter``/``icon`` say what it is for. ``other_ways``: number, none (rows as secondary buttons)."""

    screen = Screen.IDENTIFY
    matter: str = ""
    icon: str = ""
    reader: ReaderHint = field(default_factory=ReaderHint)
    notice: Notice | None = None
    other_ways: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class NumberPage:
    """``typed`` is what the person typed; ``hint`` how many are missing; ``error`` replaces it, with an icon."""

    screen = Screen.NUMBER
    typed: str = ""
    hint: str = ""
    error: str = ""
    letters: str = ""
    can_go: bool = False
    reader: ReaderHint = field(default_factory=ReaderHint)
    other_ways: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class PinPage:
    """Only the count of digits is known here. ``locked`` disables the pad; ``busy`` after the sixth digit."""

    screen = Screen.PIN
    length: int = 6
    filled: int = 0
    notice: Notice | None = None
    locked: bool = False
    busy: bool = False
    other_ways: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class NoneOfThesePage:
    screen = Screen.NONE_OF_THESE
    desk_title: str = ""
    desk_lines: tuple[str, ...] = ()
    bring_title: str = ""
    bring: tuple[str, ...] = ()
    notice: Notice | None = None
    ways: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class CategoryPage:
    """All services by type. With more than fits one page (large text) the page itself shows a pager."""

    screen = Screen.CATEGORY
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True, slots=True)
class DetailsPage:
    screen = Screen.DETAILS
    title: str = ""
    symptoms: tuple[Row, ...] = ()
    symptom: str = ""
    impact_title: str = ""
    impacts: tuple[Row, ...] = ()
    impact: str = ""
    place: Row | None = None
    note: Row | None = None
    answer_line: str = ""
    submit: str = ""
    submit_icon: str = ""
    can_submit: bool = False
    busy: bool = False
    busy_text: str = ""


@dataclass(frozen=True, slots=True)
class PlacePage:
    """First buildings (``here``, ``recent``, by ``letters``), then ``floors`` of the chosen one."""

    screen = Screen.PLACE
    title: str = ""
    here: Row | None = None
    recent_title: str = ""
    recent: tuple[Row, ...] = ()
    letters_title: str = ""
    letters: tuple[str, ...] = ()
    letter: str = ""
    matches: tuple[Row, ...] = ()
    floors: tuple[Row, ...] = ()
    other_ways: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class NotePage:
    """Free text with the on-screen keyboard. ``kind`` note or contact; text stays in the field until *done*."""

    screen = Screen.NOTE
    kind: str = "note"
    title: str = ""
    hint: str = ""
    text: str = ""
    limit: int = 0
    phrases: tuple[str, ...] = ()
    done: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """How shall we answer? Nobody has identified: card, number, another contact, or nothing."""

    screen = Screen.ANSWER
    title: str = ""
    text: str = ""
    reader: ReaderHint = field(default_factory=ReaderHint)
    ways: tuple[Row, ...] = ()
    busy: bool = False
    busy_text: str = ""


class DoneKind(StrEnum):
    RECEIVED = "received"  # the hub has it
    SAVED = "saved"  # on this kiosk, will be sent by itself
    NOT_SAVED = "not_saved"


@dataclass(frozen=True, slots=True)
class DonePage:
    screen = Screen.DONE
    kind: DoneKind = DoneKind.RECEIVED
    headline: str = ""
    promise: str = ""
    reference_label: str = ""
    reference: str = ""
    chip: str = ""
    lines: tuple[str, ...] = ()
    next_title: str = ""
    steps: tuple[TimelineStep, ...] = ()
    notice: Notice | None = None  # paper trouble, or how to check
    slip: str = ""  # '' none, printing, printed
    slip_title: str = ""
    slip_text: str = ""
    slip_position: str = ""
    qr: str = ""
    qr_label: str = ""
    number_large: bool = False  # no paper: number at 140, QR at 400
    again: str = ""  # secondary button
    end: str = ""  # primary button


@dataclass(frozen=True, slots=True)
class TicketDetail:
    title: str
    line: str
    steps: tuple[TimelineStep, ...]


@dataclass(frozen=True, slots=True)
class TicketsPage:
    screen = Screen.TICKETS
    title: str = ""
    loading: bool = False
    rows: tuple[Row, ...] = ()
    selected: str = ""
    detail: TicketDetail | None = None
    empty_title: str = ""
    empty_text: str = ""
    footnote: str = ""


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    screen = Screen.PRIVACY
    title: str = ""
    lines: tuple[Row, ...] = ()
    done: str = ""


@dataclass(frozen=True, slots=True)
class UnavailablePage:
    """Something needs the network and there is none: what happened, what can be done now."""

    screen = Screen.UNAVAILABLE
    icon: str = ""
    title: str = ""
    text: str = ""
    ways: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class OutOfServicePage:
    """Both languages at once."""

    screen = Screen.OUT_OF_SERVICE
    reason_zh: str = ""
    reason_en: str = ""
    desk_zh: str = ""
    desk_en: str = ""
    phone: str = ""


Page = (
    AttractPage
    | HomePage
    | IdentifyPage
    | NumberPage
    | PinPage
    | NoneOfThesePage
    | CategoryPage
    | DetailsPage
    | PlacePage
    | NotePage
    | AnswerPage
    | DonePage
    | TicketsPage
    | PrivacyPage
    | UnavailablePage
    | OutOfServicePage
)


@dataclass(frozen=True, slots=True)
class Question:
    """The overlay's words. ``seconds`` counts down; the safe choice is ``stay``."""

    kind: Overlay = Overlay.NONE
    title: str = ""
    text: str = ""
    seconds: str = ""
    leave: str = ""
    stay: str = ""


@dataclass(frozen=True, slots=True)
class View:
    page: Page
    look: Look = field(default_factory=Look)
    frame: Frame = field(default_factory=Frame)
    strip: Strip = field(default_factory=Strip)
    bar: Bar = field(default_factory=Bar)
    question: Question = field(default_factory=Question)
    visit: int = 0  # changes with every visitor: the page's fields are emptied

    @property
    def screen(self) -> Screen:
        return self.page.screen
