"""The demo's drawer: everything a person would do to a real kiosk by hand, done to the simulated one."""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kiosk.devices.printer_thread import PrinterThread
from kiosk.devices.simulated import SimulatedReader
from kiosk.devices.simulated_printer import SimulatedPrinter
from kiosk.devices.simulated_scanner import SimulatedScanner
from kiosk.devices.simulated_speech import SimulatedSpeech
from kiosk.domain.devices import CardTrouble, Paper
from kiosk.domain.phone_sign_in import SignInShown
from kiosk.outside import Outside, Post
from kiosk.services.hub_requests import HubOutcome, HubRequest
from kiosk.uplink.simulated import Handle, Line
from kiosk.words import assets

if TYPE_CHECKING:
    from kiosk.drawer_phone import DrawerPhone
    from kiosk.outside import Printer, Reader, SpeechDevice

#: A code no campus has: a cursor key, as configuration barcodes type it.
BAD_CODE = b"\x1b[A"
#: What ``drawer`` understands, for --help and for refusals.
ACTIONS = (
    "tap PERSON",
    "card-off",
    "card-bad",
    "net on|off",
    "paper ok|low|out",
    "printer on|off",
    "scan slip|bad|PERSON",
    "scanner on|off",
    "phone PERSON|decline|silent|number|wrong|slip",
    "headphones on|off",
    "heard",
    "codes",
    "people",
)


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody of the sample campus with a card; ``uid`` hex, ``pin`` and ``card_pin`` (of tills) empty: none.

    All of them are invented."""

    id: str
    name: str
    role: str
    uid: str
    number: str
    latin_name: str = ""
    pin: str = ""
    card_pin: str = ""


@dataclass(frozen=True, slots=True)
class Switches:
    """How everything stands, in the words of the actions; ``card`` is who lies on the reader, ``bad`` or ''."""

    net: str = "on"
    paper: str = "ok"
    printer: str = "on"
    scanner: str = "on"
    headphones: str = "off"
    card: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """``answer`` is one line for whoever asked; '' when there is nothing to say."""

    answer: str = ""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    why: str


def sample_people() -> tuple[SamplePerson, ...]:
    """Everybody of the sample campus who has a card, in the file's order."""
    file = assets() / "sample-campus" / "people.toml"
    people = tomllib.loads(file.read_text(encoding="utf-8"))["people"]
    return tuple(
        SamplePerson(
            p["id"], p["name"], p["role"], p["cards"][0], p["number"], p["latin_name"], p["pin"], p.get("card_pin", "")
        )
        for p in people
        if p.get("cards")
    )


@dataclass(slots=True)
class Drawer:
    """Simulated reader, printer, scanner, speech and line of one kiosk. ``do`` may be called from any thread.

    ``seconds_ahead`` moves the kiosk's clock, for tours: idle limits pass without waiting. ``ca``: whom its phone
    trusts. ``changed`` is called after every action that was done, on the thread of whoever did it.
    """

    printer: SimulatedPrinter
    clock: Callable[[], float]
    codes: Callable[[], str] = lambda: ""
    seconds_ahead: float = 0.0
    changed: Callable[[], None] = lambda: None
    switches: Switches = Switches()
    ca: Path = Path("ca.pem")
    _reader: SimulatedReader | None = None
    _scanner: SimulatedScanner | None = None
    _speech: SimulatedSpeech | None = None
    _line: Line | None = None
    _thread: PrinterThread | None = None
    _people: dict[str, SamplePerson] = field(default_factory=dict)
    _code: str = ""
    _number: str = ""
    _phone: "DrawerPhone | None" = None

    def outside(self) -> Outside:
        """The world of a kiosk that is driven by this drawer."""
        return Outside(
            self._make_reader,
            self._make_printer,
            self._make_line,
            self.monotonic,
            self.wall,
            scanner=self._make_scanner,
            speech=self._make_speech,
        )

    @property
    def speech(self) -> SimulatedSpeech:
        """What the kiosk says; there once the kiosk has made its devices."""
        assert self._speech is not None
        return self._speech

    def monotonic(self) -> float:
        return self.clock() + self.seconds_ahead

    def wall(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.seconds_ahead)

    def people(self) -> dict[str, SamplePerson]:
        if not self._people:
            self._people = {person.id: person for person in sample_people()}
        return self._people

    def do(self, action: str) -> Done | NotUnderstood:
        """One action in words, as on the command line."""
        words = action.split()
        outcome = self._do(action, words)
        if isinstance(outcome, Done):
            self.switches = _after(self.switches, words)
            self.changed()
        return outcome

    def _do(self, action: str, words: list[str]) -> Done | NotUnderstood:
        match words:
            case ["tap", who]:
                return self._tap(who)
            case ["card-off"] if self._reader:
                self._reader.remove()
            case ["card-bad"] if self._reader:
                self._reader.fail(CardTrouble.UNREADABLE)
            case ["net", ("on" | "off") as switch] if self._line:
                (self._line.restore if switch == "on" else self._line.cut)()
            case ["paper", ("ok" | "low" | "out") as paper]:
                self.printer.set_paper(Paper(paper))
                self._look()
            case ["printer", ("on" | "off") as switch]:
                self.printer.set_on(switch == "on")
                self._look()
            case ["scan", what] if self._scanner:
                return self._scan(self._scanner, what)
            case ["scanner", ("on" | "off") as switch] if self._scanner:
                self._scanner.set_ready(switch == "on")
            case ["phone", what]:
                return self._use_phone(what)
            case ["headphones", ("on" | "off") as switch] if self._speech:
                self._speech.plug(switch == "on")
            case ["heard"] if self._speech:
                return Done(" ".join(said.text for said in self._speech.since(0)[1][-1:]))
            case ["codes"]:
                return Done(self.codes())
            case ["people"]:
                return Done(" ".join(self.people()))
            case _:
                return NotUnderstood(f"not understood: {action!r}; one of: {', '.join(ACTIONS)}")
        return Done()

    def tap_uid(self, uid: str) -> None:
        """A card nobody has registered can be tapped too."""
        if self._reader:
            self._reader.tap(uid)

    def _tap(self, who: str) -> Done | NotUnderstood:
        person = self.people().get(who)
        if person is None:
            return NotUnderstood(f"nobody is called {who!r}; known: {', '.join(self.people())}")
        self.tap_uid(person.uid)
        return Done()

    def _scan(self, scanner: SimulatedScanner, what: str) -> Done | NotUnderstood:
        if what == "bad":
            scanner.scan(BAD_CODE)
        elif what == "slip" and self.printer.last_code:
            scanner.scan(self.printer.last_code.encode())
        elif what == "slip":
            return NotUnderstood("no slip with a code has been printed")
        elif what in self.people():
            scanner.scan(self.people()[what].number.encode())
        else:
            return NotUnderstood(f"nobody is called {what!r}; known: {', '.join(self.people())}")
        return Done()

    def _use_phone(self, what: str) -> Done | NotUnderstood:
        """Scans the code on the screen and signs in as somebody, or types the number that stands there then; or scans
        the code on the last slip."""
        from kiosk.drawer_phone import DrawerPhone

        try:
            if what == "slip":
                return self._scan_with_phone(self.printer.last_code)
            if what in ("number", "wrong"):
                if self._phone is None or not self._number:
                    return NotUnderstood("no number is on the screen")
                self._phone.press(number=self._number if what == "number" else self._number[::-1] + "0")
                return Done(self._phone.heading)
            if what not in ("decline", "silent") and what not in self.people():
                return NotUnderstood(f"nobody is called {what!r}; known: {', '.join(self.people())}")
            if not self._code:
                return NotUnderstood("no code to sign in is on the screen")
            self._phone = DrawerPhone(self.ca)
            self._phone.open(self._code)
            self._phone.press()
            person = self.people().get(what)
            self._phone.press(**({"number": person.number} if person else {what: "1"}))
            return Done(self._phone.heading)
        except OSError as error:
            return NotUnderstood(f"the phone gets no page: {type(error).__name__}")

    def _scan_with_phone(self, code: str) -> Done | NotUnderstood:
        from kiosk.drawer_phone import DrawerPhone

        if not code:
            return NotUnderstood("no slip with a code has been printed")
        phone = DrawerPhone(self.ca)
        phone.open(code)
        return Done(phone.heading)

    def _seen(self, outcome: HubOutcome) -> HubOutcome:
        """What the kiosk will show of a sign-in by phone."""
        if isinstance(outcome, SignInShown):
            self._code, self._number = outcome.url, outcome.number
        return outcome

    def _look(self) -> None:
        if self._thread:
            self._thread.look()

    def _make_reader(self, post: Post, _way: object) -> "Reader":
        self._reader = SimulatedReader(lambda event: _said(post(event)))
        return self._reader

    def _make_scanner(self, post: Post) -> "Reader":
        self._scanner = SimulatedScanner(lambda event: _said(post(event)), self.monotonic)
        return self._scanner

    def _make_speech(self, post: Post) -> "SpeechDevice":
        self._speech = SimulatedSpeech(lambda event: _said(post(event)))
        return self._speech

    def _make_printer(self, post: Post) -> "Printer":
        self._thread = PrinterThread(lambda: self.printer, lambda event: _said(post(event)))
        return self._thread

    def _make_line(self, handle: Handle) -> Handle:
        self._line = Line(handle)
        line = self._line

        def through(request: HubRequest) -> HubOutcome:
            return self._seen(line.handle(request))

        return through


def _after(switches: Switches, words: list[str]) -> Switches:
    match words:
        case [("net" | "paper" | "printer" | "scanner" | "headphones") as switch, position]:
            return replace(switches, **{switch: position})
        case ["tap", who]:
            return replace(switches, card=who)
        case ["card-off"]:
            return replace(switches, card="")
        case ["card-bad"]:
            return replace(switches, card="bad")
        case _:
            return switches


def _said(_: bool) -> None:
    """A full worker queue is counted there."""
