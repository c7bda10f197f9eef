"""What the screens show: frozen, whole values. Every text is ready in the visitor's language.

A view could cross a process boundary unchanged. An empty text leaves its part of the screen out.

Over 400 lines because all of it is one contract: whoever draws a page reads what surrounds it in the same place.
"""

from enum import StrEnum

from msgspec import Struct

from kiosk.domain.language import Language


class Screen(StrEnum):
    """The page below strip and above bar; its name is also the QML page's name (attract -> AttractPage.qml)."""

    ATTRACT = "attract"
    HOME = "home"
    IDENTIFY = "identify"
    NUMBER = "number"
    PIN = "pin"
    CODE = "code"
    DESK_CODE = "desk_code"
    SIGN_IN = "sign_in"
    PIN_NEW = "pin_new"
    NONE_OF_THESE = "none_of_these"
    CATEGORY = "category"
    SUBJECT = "subject"
    DETAILS = "details"
    OUTAGE = "outage"
    PLACE = "place"
    NOTE = "note"
    TOPICS = "topics"
    TOPIC = "topic"
    SEARCH = "search"
    ARTICLE = "article"
    ANSWER = "answer"
    DONE = "done"
    TICKETS = "tickets"
    TICKET_ACT = "ticket_act"
    SLIP = "slip"
    FEEDBACK = "feedback"
    WRITE = "write"
    ACCOUNT = "account"
    ACCOUNT_LOCKED = "account_locked"
    PASSWORD = "password"
    PRIVACY = "privacy"
    NOTICES = "notices"
    PROMISE = "promise"
    CARD_CONFIRM = "card_confirm"
    FOUND_CARD = "found_card"
    UNAVAILABLE = "unavailable"
    OUT_OF_SERVICE = "out_of_service"
    ENROL = "enrol"
    CARD = "card"
    CARD_OFFICE = "card_office"
    MOVEMENTS = "movements"
    TOP_UP = "top_up"
    TOP_UP_PAY = "top_up_pay"
    LIMITS = "limits"
    CARD_PIN = "card_pin"
    MAINTENANCE_DOOR = "maintenance_door"
    MAINTENANCE = "maintenance"
    MAINTENANCE_ACT = "maintenance_act"
    DESK_DOOR = "desk_door"
    DESK = "desk"
    DESK_LIST = "desk_list"


class Overlay(StrEnum):
    """Full-screen questions that cover everything; opaque, so that nothing of the visit shows through."""

    NONE = ""
    WARNING = "warning"  # idle: "are you still there?"
    DIFFERENT_CARD = "different_card"
    LEAVE = "leave"  # "throw away what you filled in?"
    CLEANING = "cleaning"  # the glass is being wiped: no question, nothing can be pressed


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


class Look(Struct, frozen=True):
    language: Language = Language.ZH
    large: bool = False
    contrast: bool = False
    reach: bool = False


class Ear(Struct, frozen=True):
    """How the kiosk is heard. ``open``: this page may be said aloud; without it only the kiosk's own words, which say
    nothing of a person. ``hints``: also what stands below names. ``loudness``, ``speed``: steps (domain.speech)."""

    on: bool = False
    open: bool = False
    hints: bool = False
    loudness: int = 0
    speed: int = 0


class Frame(Struct, frozen=True):
    """Brand, place and clock: 云麓大学 · IT 自助服务 · 云 · 图书馆一层 · A12 · 14:26."""

    campus: str = ""
    product: str = ""
    mark: str = ""
    place: str = ""
    clock: str = ""


class Strip(Struct, frozen=True):
    kind: StripKind = StripKind.NORMAL
    text: str = ""
    count: str = ""


class Bar(Struct, frozen=True):
    """The session bar. ``visible`` is false on attract and out of service; ``left`` is m:ss or ''."""

    visible: bool = False
    back: bool = False
    who_icon: str = ""
    who: str = ""
    who_detail: str = ""
    desk: str = ""  # home only: 服务台：图书馆一层
    desk_detail: str = ""  # 8:00–18:00 · 8231 0000
    left: str = ""


class Notice(Struct, frozen=True):
    kind: NoticeKind
    title: str
    text: str = ""


class Row(Struct, frozen=True):
    """A tile, list row or choice. ``icon`` is a Phosphor name or ''. ``pieces``: the title of a result, cut where what
    was searched for begins and ends: every second one is it."""

    id: str
    title: str
    hint: str = ""
    icon: str = ""
    chip: str = ""
    chip_kind: str = ""
    pieces: tuple[str, ...] = ()


class Group(Struct, frozen=True):
    title: str
    icon: str
    rows: tuple[Row, ...]


class StepState(StrEnum):
    DONE = "done"
    NOW = "now"
    AHEAD = "todo"


class TimelineStep(Struct, frozen=True):
    title: str
    time: str = ""
    text: str = ""
    state: StepState = StepState.AHEAD


class ReaderHint(Struct, frozen=True):
    """The yellow block. ``position`` below_right, below, right …; empty when no reader is ready: no block is drawn."""

    position: str = ""
    title: str = ""
    text: str = ""
    reading: bool = False


# -- pages ------------------------------------------------------------------------------------------------------
class AttractPage(Struct, frozen=True):
    """Both languages at once: the page takes its fixed words from both catalogues."""

    screen = Screen.ATTRACT
    reader_position: str = ""
    reader_zh: str = ""
    reader_en: str = ""
    notice_zh: str = ""
    notice_en: str = ""


class HomePage(Struct, frozen=True):
    screen = Screen.HOME
    tiles: tuple[Row, ...] = ()
    reader: ReaderHint = ReaderHint()
    notice: str = ""  # opens the notices page
    search: str = ""  # the words of the field that leads to the search


class IdentifyPage(Struct, frozen=True):
    """``matter``/``icon`` say what it is for. ``other_ways``: number, none (rows as secondary buttons)."""

    screen = Screen.IDENTIFY
    matter: str = ""
    icon: str = ""
    reader: ReaderHint = ReaderHint()
    notice: Notice | None = None
    other_ways: tuple[Row, ...] = ()


class NumberPage(Struct, frozen=True):
    """``typed`` is what the person typed; ``hint`` how many are missing; ``error`` replaces it, with an icon."""

    screen = Screen.NUMBER
    typed: str = ""
    hint: str = ""
    error: str = ""
    letters: str = ""
    can_go: bool = False
    reader: ReaderHint = ReaderHint()
    other_ways: tuple[Row, ...] = ()


class PinPage(Struct, frozen=True):
    """Only the count of digits is known here. ``locked`` disables the pad; ``busy`` after the sixth digit."""

    screen = Screen.PIN
    length: int = 6
    filled: int = 0
    notice: Notice | None = None
    locked: bool = False
    busy: bool = False
    other_ways: tuple[Row, ...] = ()


class SignInPage(Struct, frozen=True):
    """Signing in on one's own phone: ``qr`` to be scanned, then ``number`` to be typed there; ``at`` which of three
    steps. ``again``: it is over, and can be begun anew."""

    screen = Screen.SIGN_IN
    step: str = ""
    at: int = 0
    title: str = ""
    text: str = ""
    place: Row | None = None
    qr: str = ""
    qr_name: str = ""
    number: str = ""
    number_name: str = ""
    wait: str = ""
    notice: Notice | None = None
    again: str = ""
    other_ways: tuple[Row, ...] = ()


class PinNewPage(Struct, frozen=True):
    """A PIN typed twice, in ``steps`` steps. ``finish`` is the button of a PIN that is set: then there is no pad."""

    screen = Screen.PIN_NEW
    title: str = ""
    text: str = ""
    step: int = 0
    steps: int = 2
    step_text: str = ""
    rules_title: str = ""
    rules: tuple[str, ...] = ()
    length: int = 6
    filled: int = 0
    notice: Notice | None = None
    locked: bool = False
    busy: bool = False
    finish: str = ""
    other_ways: tuple[Row, ...] = ()


class CodePage(Struct, frozen=True):
    """``digits`` as typed: a one-time code may be seen. ``resend`` says when another one can be sent, '' where none is
    sent; ``title`` '' for the page's own."""

    screen = Screen.CODE
    title: str = ""
    length: int = 6
    digits: str = ""
    text: str = ""
    notice: Notice | None = None
    locked: bool = False
    busy: bool = False
    resend: str = ""
    can_resend: bool = False
    other_ways: tuple[Row, ...] = ()


class DeskCodePage(CodePage, frozen=True):
    """A release code, from a slip or the desk's screen."""

    screen = Screen.DESK_CODE


class NoneOfThesePage(Struct, frozen=True):
    screen = Screen.NONE_OF_THESE
    desk_title: str = ""
    desk_lines: tuple[str, ...] = ()
    bring_title: str = ""
    bring: tuple[str, ...] = ()
    notice: Notice | None = None
    ways: tuple[Row, ...] = ()
    busy: bool = False
    busy_text: str = ""


class CategoryPage(Struct, frozen=True):
    """All services by type. With more than fits one page (large text) the page itself shows a pager."""

    screen = Screen.CATEGORY
    title: str = ""
    groups: tuple[Group, ...] = ()


class SubjectPage(CategoryPage, frozen=True):
    """Which service a complaint is about."""

    screen = Screen.SUBJECT


class DetailsPage(Struct, frozen=True):
    screen = Screen.DETAILS
    title: str = ""
    symptoms: tuple[Row, ...] = ()
    symptom: str = ""
    impact_title: str = ""
    impacts: tuple[Row, ...] = ()
    impact: str = ""
    place: Row | None = None  # where it is, or what a complaint is about
    note: Row | None = None
    answer_line: str = ""
    submit: str = ""
    submit_icon: str = ""
    can_submit: bool = False
    busy: bool = False
    busy_text: str = ""
    known: Row | None = None  # an outage that may be the same: opens its page; "me_too" answers at once
    known_title: str = ""
    me_too: str = ""
    suggestions_title: str = ""
    suggestions: tuple[Row, ...] = ()  # articles that may help


class OutagePage(Struct, frozen=True):
    """A known outage. ``facts`` what "me too" brings; ``not_mine`` leads back to the report."""

    screen = Screen.OUTAGE
    title: str = ""
    text: str = ""
    chips: tuple[Row, ...] = ()
    steps: tuple[TimelineStep, ...] = ()
    ask_title: str = ""
    ask_text: str = ""
    facts: tuple[Row, ...] = ()
    skip: str = ""
    not_mine: str = ""
    me_too: str = ""


class PlacePage(Struct, frozen=True):
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


class NotePage(Struct, frozen=True):
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


class WritePage(NotePage, frozen=True):
    """The same for any other words: a remark on a ticket, what was good or bad."""

    screen = Screen.WRITE


class AnswerPage(Struct, frozen=True):
    """How shall we answer? Nobody has identified: card, number, another contact, or nothing."""

    screen = Screen.ANSWER
    title: str = ""
    text: str = ""
    reader: ReaderHint = ReaderHint()
    ways: tuple[Row, ...] = ()
    busy: bool = False
    busy_text: str = ""


class TopicsPage(Struct, frozen=True):
    """``search`` are the words of the field that leads to the search; '' where this kiosk has no articles yet."""

    screen = Screen.TOPICS
    title: str = ""
    search: str = ""
    topics: tuple[Row, ...] = ()
    helpful_title: str = ""
    helpful: tuple[Row, ...] = ()
    empty_title: str = ""
    empty_text: str = ""
    report: str = ""


class TopicPage(Struct, frozen=True):
    screen = Screen.TOPIC
    title: str = ""
    rows: tuple[Row, ...] = ()
    loading: bool = False


class SearchPage(Struct, frozen=True):
    """``text`` is what was searched for, for a field that is made anew. ``direct``: what can be done here at once.
    ``busy``: the rows still answer what stood there before."""

    screen = Screen.SEARCH
    title: str = ""
    label: str = ""
    clear: str = ""
    text: str = ""
    busy: bool = False
    hint: str = ""
    direct: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    empty_title: str = ""
    empty_text: str = ""
    report: str = ""


class ArticlePart(Struct, frozen=True):
    """``kind`` as domain.articles.BlockKind; ``number`` of a step; ``picture`` its id, ``width`` and ``height`` its
    pixels, ``text`` what it shows."""

    kind: str
    number: str = ""
    title: str = ""
    text: str = ""
    picture: str = ""
    width: int = 0
    height: int = 0


class ArticlePage(Struct, frozen=True):
    """``facts``: devices, reviewed, minutes. ``along``: the heading of taking it along, by code and by slip."""

    screen = Screen.ARTICLE
    title: str = ""
    loading: bool = False
    facts: tuple[Row, ...] = ()
    parts: tuple[ArticlePart, ...] = ()
    qr: str = ""
    along: str = ""
    along_text: str = ""
    slip: str = ""
    can_print: bool = False
    slip_note: str = ""
    stuck: str = ""
    solved: str = ""


class DoneKind(StrEnum):
    RECEIVED = "received"  # the hub has it
    SAVED = "saved"  # on this kiosk, will be sent by itself
    NOT_SAVED = "not_saved"


class DonePage(Struct, frozen=True):
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
    guide: tuple[Row, ...] = ()  # instead of steps: what to do now, with icons
    numbered: bool = False  # the guide's order matters
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


class TicketDetail(Struct, frozen=True):
    title: str
    line: str
    steps: tuple[TimelineStep, ...]


class TicketsPage(Struct, frozen=True):
    screen = Screen.TICKETS
    title: str = ""
    loading: bool = False
    rows: tuple[Row, ...] = ()
    selected: str = ""
    detail: TicketDetail | None = None
    empty_title: str = ""
    empty_text: str = ""
    footnote: str = ""
    notice: Notice | None = None
    ways: tuple[
        Row, ...
    ] = ()  # what can be done about the chosen one; the last is the primary button. Empty: the way on
    busy: bool = False
    busy_text: str = ""


class SlipPage(Struct, frozen=True):
    """The one ticket a scanned slip leads to, to read only. ``chips``: its state; ``note`` says what more needs a
    proof; ``more`` leads there."""

    screen = Screen.SLIP
    title: str = ""
    loading: bool = False
    chips: tuple[Row, ...] = ()
    detail: TicketDetail | None = None
    note: str = ""
    more: str = ""
    done: str = ""


class TicketActPage(Struct, frozen=True):
    """Before something is done about a ticket: which one, what it means (``effects``), and two buttons.

    ``safe`` says what happens instead; ``danger``: it cannot be undone.
    """

    screen = Screen.TICKET_ACT
    title: str = ""
    ticket: Row | None = None
    effects: tuple[Row, ...] = ()
    safe: str = ""
    act: str = ""
    act_icon: str = ""
    danger: bool = False
    busy: bool = False
    busy_text: str = ""


class AccountPage(Struct, frozen=True):
    """Which account, what it opens, and what can be done about it (``rows``)."""

    screen = Screen.ACCOUNT
    title: str = ""
    account: str = ""
    opens_label: str = ""
    opens: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    notice: Notice | None = None
    busy: bool = False
    busy_text: str = ""


class Fact(Struct, frozen=True):
    label: str
    value: str


class AccountLockedPage(Struct, frozen=True):
    """Unlocking without another password comes first; ``places`` where the old one may still be saved. ``forgot`` and
    ``print`` are the secondary ways, '' where there is none."""

    screen = Screen.ACCOUNT_LOCKED
    title: str = ""
    text: str = ""
    facts: tuple[Fact, ...] = ()
    places_title: str = ""
    places: tuple[Row, ...] = ()
    notice: Notice | None = None
    forgot: str = ""
    print: str = ""
    unlock: str = ""
    busy: bool = False
    busy_text: str = ""


class SecretField(Struct, frozen=True):
    """Only the count is known. ``state``: '', ok (both agree), differs."""

    id: str
    label: str
    count: int = 0
    active: bool = False
    state: str = ""


class RuleLine(Struct, frozen=True):
    """``state``: kept, open, said (only the directory can judge it). ``missing``: how far it is from kept."""

    text: str
    state: str = "open"
    missing: str = ""


class PasswordPage(Struct, frozen=True):
    """The words are typed on the page's own keys and known to the secret helper only. ``score`` of ``scores``."""

    screen = Screen.PASSWORD
    title: str = ""
    account: str = ""
    opens_label: str = ""
    opens: tuple[str, ...] = ()
    fields: tuple[SecretField, ...] = ()
    hint: str = ""
    rules: tuple[RuleLine, ...] = ()
    strength_label: str = ""
    strength: str = ""
    score: int = 0
    scores: int = 4
    notice: Notice | None = None
    held: bool = False  # nothing can be typed
    primary: str = ""
    can_go: bool = False
    busy: bool = False
    busy_text: str = ""
    back_one: str = ""
    other_ways: tuple[Row, ...] = ()


class FeedbackPage(Struct, frozen=True):
    """Five faces from bad to good, then reasons. ``chosen`` are ids of ``reasons``; tied to nobody."""

    screen = Screen.FEEDBACK
    title: str = ""
    text: str = ""
    abouts: tuple[Row, ...] = ()
    about: str = ""
    faces: tuple[Row, ...] = ()
    face: str = ""
    reasons_title: str = ""
    reasons_hint: str = ""
    reasons: tuple[Row, ...] = ()
    chosen: tuple[str, ...] = ()
    words: Row | None = None
    submit: str = ""
    can_submit: bool = False


class PrivacyPage(Struct, frozen=True):
    """The short notice, or the long one, on as many pages as it takes. ``more`` leads to the long one."""

    screen = Screen.PRIVACY
    title: str = ""
    lines: tuple[Row, ...] = ()
    more: str = ""
    done: str = ""


class NoticesPage(Struct, frozen=True):
    """Announcements: ``rows`` with title, text and times, chip for the kind. ``promise`` leads to the promise page."""

    screen = Screen.NOTICES
    title: str = ""
    rows: tuple[Row, ...] = ()
    empty: str = ""
    promise: str = ""
    done: str = ""


class PromisePage(Struct, frozen=True):
    """What the desk promises (``targets``) and every way to it (``channels``, ``portal`` as a QR)."""

    screen = Screen.PROMISE
    title: str = ""
    text: str = ""
    targets: tuple[Row, ...] = ()
    channels_title: str = ""
    channels: tuple[Row, ...] = ()
    portal: str = ""
    portal_label: str = ""
    report: str = ""
    done: str = ""


class CardConfirmPage(Struct, frozen=True):
    """Something about a card is about to change: what it means, and two buttons. ``danger``: it stops something.

    ``holder``: masked name and number of a person verified, else empty; ``effects`` are groups of what stops, what goes
    on, what it costs; ``ways`` lead elsewhere.
    """

    screen = Screen.CARD_CONFIRM
    title: str = ""
    text: str = ""
    holder: tuple[str, ...] = ()
    effects: tuple[Group, ...] = ()
    notice: Notice | None = None
    footnote: str = ""
    ways: tuple[Row, ...] = ()
    safe: str = ""
    act: str = ""
    act_icon: str = ""
    danger: bool = False
    busy: bool = False
    busy_text: str = ""


class FoundCardPage(Struct, frozen=True):
    """Somebody found a card. First ``reader`` asks for it, then ``places`` say where it can be handed in."""

    screen = Screen.FOUND_CARD
    title: str = ""
    text: str = ""
    reader: ReaderHint = ReaderHint()
    notice: Notice | None = None
    places: tuple[Row, ...] = ()
    privacy: str = ""
    other_ways: tuple[Row, ...] = ()
    busy: bool = False
    busy_text: str = ""


class UnavailablePage(Struct, frozen=True):
    """Something needs the network and there is none: what happened, what can be done now."""

    screen = Screen.UNAVAILABLE
    icon: str = ""
    title: str = ""
    text: str = ""
    ways: tuple[Row, ...] = ()
    busy: bool = False
    busy_text: str = ""


class CardPage(Struct, frozen=True):
    """One's own card. ``balance`` is ¥•••• until it was asked for; ``tiles`` are what the card system declares."""

    screen = Screen.CARD
    title: str = ""
    loading: bool = False
    chip: str = ""
    chip_kind: str = ""
    school: str = ""
    words: str = ""
    name: str = ""
    number: str = ""
    balance_label: str = ""
    balance: str = ""
    balance_button: str = ""
    balance_icon: str = ""
    balance_hint: str = ""
    tiles: tuple[Row, ...] = ()


class CardOfficePage(Struct, frozen=True):
    """Whom to ask about the card where this kiosk cannot help."""

    screen = Screen.CARD_OFFICE
    title: str = ""
    text: str = ""
    office_title: str = ""
    office_lines: tuple[str, ...] = ()
    bring_title: str = ""
    bring: tuple[str, ...] = ()
    ways: tuple[Row, ...] = ()


class MovementsPage(Struct, frozen=True):
    """Movements of one month. A row's chip is the amount, its kind ``in`` or ``out``; ``opened_text`` is where the
    ``opened`` one was."""

    screen = Screen.MOVEMENTS
    title: str = ""
    loading: bool = False
    hint: str = ""
    filters: tuple[Row, ...] = ()
    filter: str = ""
    months: tuple[Row, ...] = ()
    month: str = ""
    rows: tuple[Row, ...] = ()
    opened: str = ""
    opened_text: str = ""
    empty_title: str = ""
    empty_text: str = ""
    print: str = ""
    print_text: str = ""


class TopUpPage(Struct, frozen=True):
    """``amounts`` as tiles, or ``typing`` any other one on a pad."""

    screen = Screen.TOP_UP
    step: str = ""
    title: str = ""
    text: str = ""
    amounts: tuple[Row, ...] = ()
    amount: str = ""
    other: str = ""
    typing: bool = False
    typed: str = ""
    error: str = ""
    notice: Notice | None = None
    ways: str = ""
    submit: str = ""
    can_submit: bool = False
    busy: bool = False
    busy_text: str = ""


class TopUpPayPage(Struct, frozen=True):
    """``qr``: the provider's page, '' once it cannot be paid any more; ``facts`` are title and hint."""

    screen = Screen.TOP_UP_PAY
    step: str = ""
    title: str = ""
    text: str = ""
    facts: tuple[Row, ...] = ()
    qr: str = ""
    qr_name: str = ""
    wait: str = ""
    note: str = ""
    other: str = ""
    cancel: str = ""


class LimitsPage(Struct, frozen=True):
    """Spending limits. A kind's hint is its amount, and what it becomes; ``amounts`` are of the ``kind`` chosen."""

    screen = Screen.LIMITS
    title: str = ""
    text: str = ""
    kinds: tuple[Row, ...] = ()
    kind: str = ""
    amounts: tuple[Row, ...] = ()
    amount: str = ""
    notice: Notice | None = None
    submit: str = ""
    can_submit: bool = False
    busy: bool = False
    busy_text: str = ""


class CardPinPage(PinNewPage, frozen=True):
    """The PIN that tills ask for: the present one, where there is one, before the new one twice."""

    screen = Screen.CARD_PIN


class MaintenanceDoorPage(IdentifyPage, frozen=True):
    """The locked door of the pages for staff: their card, then the PIN."""

    screen = Screen.MAINTENANCE_DOOR


class MaintenancePage(Struct, frozen=True):
    """For staff who look after this kiosk. ``rows`` to choose from (``menu``) or only to read, each with its chip;
    ``way`` is a secondary button beside the blue one, ``act``. ``dots``: instead of rows, places of the glass that are
    to be pressed; the chip kind of one that was is ``ok``."""

    screen = Screen.MAINTENANCE
    title: str = ""
    text: str = ""
    chips: tuple[Row, ...] = ()
    notice: Notice | None = None
    rows: tuple[Row, ...] = ()
    menu: bool = False
    dots: tuple[Row, ...] = ()
    way: str = ""
    act: str = ""
    act_icon: str = ""
    busy: bool = False
    busy_text: str = ""


class MaintenanceActPage(TicketActPage, frozen=True):
    """Before something is done to this kiosk: what it means, and two buttons."""

    screen = Screen.MAINTENANCE_ACT


class DeskDoorPage(IdentifyPage, frozen=True):
    """The locked door of the desk: staff's card, then the PIN."""

    screen = Screen.DESK_DOOR


class DeskPage(Struct, frozen=True):
    """Staff log a matter for somebody. ``who``: the requester, with what is known beside in ``facts``; ``find`` and
    ``earlier`` are buttons under it, ``closes`` says when it does. The chip kind of a template or action that is
    chosen is ``ok``. ``options``: place, note and channel. ``undo``: a button that takes back the last of
    ``recent``."""

    screen = Screen.DESK
    who: Row | None = None
    facts: tuple[Row, ...] = ()
    earlier: str = ""
    find: str = ""
    closes: str = ""
    title: str = ""
    templates: tuple[Row, ...] = ()
    asked: str = ""
    actions: tuple[Row, ...] = ()
    options: tuple[Row, ...] = ()
    hand: str = ""
    solve: str = ""
    can_log: bool = False
    recent_title: str = ""
    recent_count: str = ""
    recent: tuple[Row, ...] = ()
    undo: str = ""
    notice: Notice | None = None
    busy: bool = False
    busy_text: str = ""


class DeskListPage(MaintenancePage, frozen=True):
    """What staff at the desk choose from, or only read."""

    screen = Screen.DESK_LIST


class OutOfServicePage(Struct, frozen=True):
    """Both languages at once. ``neighbours``: kiosks that were ready at the time ``near_zh`` and ``near_en`` name; in
    each row the title is Chinese and the hint English."""

    screen = Screen.OUT_OF_SERVICE
    reason_zh: str = ""
    reason_en: str = ""
    desk_zh: str = ""
    desk_en: str = ""
    phone: str = ""
    near_zh: str = ""
    near_en: str = ""
    neighbours: tuple[Row, ...] = ()


class EnrolPage(Struct, frozen=True):
    """Both languages at once: nobody knows this kiosk yet. ``code`` '' until the hub gave one; ``state`` how it stands,
    Chinese first, each row with what to do; ``kind`` of it; ``hub`` its address."""

    screen = Screen.ENROL
    title_zh: str = ""
    title_en: str = ""
    text_zh: str = ""
    text_en: str = ""
    qr: str = ""
    code: str = ""
    same_zh: str = ""
    same_en: str = ""
    words_zh: str = ""
    words_en: str = ""
    left_zh: str = ""
    left_en: str = ""
    kind: NoticeKind = NoticeKind.INFO
    state: tuple[Row, ...] = ()
    hub: str = ""


Page = (
    AttractPage
    | HomePage
    | IdentifyPage
    | NumberPage
    | PinPage
    | CodePage
    | DeskCodePage
    | PinNewPage
    | NoneOfThesePage
    | CategoryPage
    | SubjectPage
    | DetailsPage
    | OutagePage
    | PlacePage
    | NotePage
    | WritePage
    | TopicsPage
    | TopicPage
    | SearchPage
    | ArticlePage
    | AnswerPage
    | DonePage
    | TicketsPage
    | TicketActPage
    | SlipPage
    | AccountPage
    | AccountLockedPage
    | PasswordPage
    | FeedbackPage
    | PrivacyPage
    | NoticesPage
    | PromisePage
    | CardConfirmPage
    | FoundCardPage
    | UnavailablePage
    | OutOfServicePage
    | EnrolPage
    | CardPage
    | CardOfficePage
    | MovementsPage
    | TopUpPage
    | TopUpPayPage
    | SignInPage
    | LimitsPage
    | CardPinPage
    | MaintenanceDoorPage
    | MaintenancePage
    | MaintenanceActPage
    | DeskDoorPage
    | DeskPage
    | DeskListPage
)


class Question(Struct, frozen=True):
    """The overlay's words. ``seconds`` counts down; the safe choice is ``stay``."""

    kind: Overlay = Overlay.NONE
    title: str = ""
    text: str = ""
    seconds: str = ""
    leave: str = ""
    stay: str = ""


class View(Struct, frozen=True):
    page: Page
    look: Look = Look()
    frame: Frame = Frame()
    strip: Strip = Strip()
    bar: Bar = Bar()
    question: Question = Question()
    visit: int = 0  # changes with every visitor: the page's fields are emptied
    ear: Ear = Ear()
    hearable: bool = False  # a held key begins speech

    @property
    def screen(self) -> Screen:
        return self.page.screen
