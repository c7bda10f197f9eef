"""kiosk.toml -> frozen settings. Every error names the file, the line and the fix, and nothing starts half."""

import re
from pathlib import Path
from typing import Literal

import msgspec

from kiosk.card_settings import CardSettings, ClassicCard, read_key
from kiosk.domain.hidden import SecretBytes
from kiosk.domain.language import Language
from kiosk.toml_settings import BadSettings, load, wrong

Position = Literal["below_right", "below", "below_left", "right", "left"]
SlipPosition = Literal["below", "right", "left"]
#: What serial devices speak, baud.
SPEEDS = (1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200)
#: Most kinds of card one kiosk knows: each that does not fit costs a card's time in the field.
MOST_CARDS = 8
#: Slips on a new roll.
MIN_ROLL_SLIPS, MAX_ROLL_SLIPS = 50, 5000


class HubSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``url`` https only; ``ca`` the PEM file of the one authority that is trusted, relative to the file; left out,
    the hub's own is agreed on when the kiosk is approved."""

    url: str
    ca: Path = Path()

    def __post_init__(self) -> None:
        if not self.url.startswith("https://"):
            raise ValueError("hub.url must begin with https://")


class ScreenSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``width``/``height`` pixels, 0 = full screen; ``diagonal_inch`` of the panel, because EDID lies; 0 = unknown.

    ``language``: what a visit that begins with a card speaks.
    """

    width: int = 0
    height: int = 0
    language: Language = Language.ZH
    diagonal_inch: float = 0.0
    gpu: bool = False

    def __post_init__(self) -> None:
        if (self.width == 0) != (self.height == 0) or not (0 <= self.width <= 7680 and 0 <= self.height <= 7680):
            raise ValueError("screen.width and screen.height must both be given (at most 7680), or both left out")


class ReaderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``name`` part of the PC/SC reader's name, '' = any; ``mode`` see ReaderMode; ``position`` where it is mounted."""

    kind: Literal["pcsc", "simulated", "none"] = "pcsc"
    name: str = ""
    mode: Literal["tap", "insert"] = "tap"
    position: Position = "below_right"


def _is_ipp(uri: str) -> bool:
    host, slash, path = uri.removeprefix("ipp://").partition("/")
    port = host.rpartition(":")[2] if ":" in host.rpartition("]")[2] else "631"
    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        return False
    return uri.startswith("ipp://") and bool(host and slash and path) and not set(uri) & set(" @?#")


class PrinterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``host``/``port`` for escpos_tcp; ``path`` for simulated, escpos_file (a device such as /dev/usb/lp0) and
    escpos_serial (best one of /dev/serial/by-id), with ``speed`` in baud and ``flow`` control.

    ``uri`` of an IPP printer or CUPS queue (ipp://host/path) and the ``sheet`` a slip stands on.

    What `kiosk printer probe` lets a person choose: ``dots`` across, ``density`` -6 to 6, ``cut``, ``writing`` a
    picture or the printer's own Chinese, ``end_mark`` whether it knows GS r. ``roll_slips``: slips on a new roll where
    the printer has no near-end sensor; 0 = not counted.
    """

    kind: Literal["escpos_tcp", "escpos_file", "escpos_serial", "ipp", "simulated", "none"] = "none"
    host: str = ""
    port: int = 9100
    path: Path = Path()
    uri: str = ""
    sheet: Literal["a4", "roll"] = "a4"
    position: SlipPosition = "below"
    speed: int = 115200
    flow: Literal["hardware", "software"] = "hardware"
    dots: Literal[384, 512, 576] = 576
    density: int = 0
    cut: Literal["partial", "full", "none"] = "partial"
    writing: Literal["picture", "gb18030"] = "picture"
    end_mark: bool = True
    roll_slips: int = 0

    def __post_init__(self) -> None:
        if self.kind == "escpos_tcp" and not self.host:
            raise ValueError("printer.host is needed for kind = escpos_tcp")
        if self.kind in ("escpos_file", "escpos_serial", "simulated") and self.path == Path():
            raise ValueError(f"printer.path is needed for kind = {self.kind}")
        if self.kind == "ipp" and not _is_ipp(self.uri):
            raise ValueError("printer.uri is needed for kind = ipp, as in ipp://printer.example.edu/ipp/print")
        if not 1 <= self.port <= 65535:
            raise ValueError("printer.port must be 1 to 65535")
        if self.speed not in SPEEDS:
            raise ValueError(f"printer.speed must be one of {', '.join(map(str, SPEEDS))}")
        if not -6 <= self.density <= 6:
            raise ValueError("printer.density must be -6 to 6")
        if self.roll_slips and not MIN_ROLL_SLIPS <= self.roll_slips <= MAX_ROLL_SLIPS:
            raise ValueError(f"printer.roll_slips must be {MIN_ROLL_SLIPS} to {MAX_ROLL_SLIPS}, or 0: not counted")


class ScannerSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``path`` and ``speed`` (baud) for serial."""

    kind: Literal["serial", "simulated", "none"] = "none"
    path: Path = Path()
    speed: int = 9600

    def __post_init__(self) -> None:
        if self.kind == "serial" and self.path == Path():
            raise ValueError("scanner.path is needed for kind = serial: the device, best one of /dev/serial/by-id")
        if self.speed not in SPEEDS:
            raise ValueError(f"scanner.speed must be one of {', '.join(map(str, SPEEDS))}")


class SpeechSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``device`` is ALSA's name of where sound goes (`aplay -L`). ``heard``: what is plugged in there, a loudspeaker or
    nothing but a socket for headphones. ``jack``: the input device that tells whether headphones are in."""

    kind: Literal["espeak", "simulated", "none"] = "none"
    device: str = "default"
    heard: Literal["loudspeaker", "headphones"] = "loudspeaker"
    jack: Path = Path()

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9_][A-Za-z0-9_:,=.-]{0,63}", self.device):
            raise ValueError('speech.device must be a name as `aplay -L` lists them, such as "default" or "plughw:1,0"')


class DeskSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``behind_counter``: staff's own kiosk, which begins at the door of the desk and locks after ten minutes."""

    behind_counter: bool = False


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``data`` is the folder of this kiosk's database, key and logs. ``card``: the kinds of card the campus has, the
    first that fits counts; none: every card by its UID."""

    data: Path
    hub: HubSettings
    screen: ScreenSettings = ScreenSettings()
    reader: ReaderSettings = ReaderSettings()
    printer: PrinterSettings = PrinterSettings()
    scanner: ScannerSettings = ScannerSettings()
    speech: SpeechSettings = SpeechSettings()
    desk: DeskSettings = DeskSettings()
    card: tuple[CardSettings, ...] = ()

    def __post_init__(self) -> None:
        if len(self.card) > MOST_CARDS:
            raise ValueError(f"at most {MOST_CARDS} [[card]] tables; remove some")


def read_settings(file: Path) -> Settings | BadSettings:
    """Relative paths count from the file's folder."""
    settings = load(file, Settings)
    if isinstance(settings, BadSettings):
        return settings
    folder = file.resolve().parent
    cards: list[CardSettings] = []
    for index, card in enumerate(settings.card):
        if isinstance(card, ClassicCard):
            card = msgspec.structs.replace(card, key_file=folder / card.key_file)
            key = read_key(card.key_file)
            if not isinstance(key, SecretBytes):
                return wrong(file, [f"card#{index}", "key_file"], key)
        cards.append(card)
    return msgspec.structs.replace(
        settings,
        data=folder / settings.data,
        card=tuple(cards),
        hub=msgspec.structs.replace(settings.hub, ca=folder / settings.hub.ca)
        if settings.hub.ca != Path()
        else settings.hub,
        printer=msgspec.structs.replace(settings.printer, path=folder / settings.printer.path)
        if settings.printer.path != Path()
        else settings.printer,
        scanner=msgspec.structs.replace(settings.scanner, path=folder / settings.scanner.path)
        if settings.scanner.path != Path()
        else settings.scanner,
        speech=msgspec.structs.replace(settings.speech, jack=folder / settings.speech.jack)
        if settings.speech.jack != Path()
        else settings.speech,
    )
