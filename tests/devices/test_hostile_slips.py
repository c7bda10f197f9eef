"""Hostile strings on paper: whatever a slip's texts say, the printer gets a picture and a cut and no other command."""

from dataclasses import fields, replace

import pytest

from kiosk.devices.escpos_bytes import encode, without_commands
from kiosk.devices.receipt_layout import MAX_LENGTH, WIDTH
from kiosk.devices.receipt_raster import draw_slip
from kiosk.domain.receipts import Slip
from tests.devices.slips import CHINESE, ENGLISH, real_fonts
from tests.hostile import LONG, SHORT, aimed
from tests.real.escpos_device import Mechanism

STRINGS = {name: aimed(text, 9, "/etc/passwd") for name, text in (SHORT | LONG).items()}
TEXTS = tuple(field.name for field in fields(Slip) if field.name not in ("language", "facts", "steps"))
#: What a slip is made of, by the first bytes of each command: start, a piece of picture, feed and cut.
ALLOWED = (b"\x1b@", b"\x1dv0", b"\x1dVB")


def everywhere(slip: Slip, text: str) -> Slip:
    texts = dict.fromkeys(TEXTS, text)
    return replace(slip, **texts, facts=((text, text),) * 4, steps=(text,) * 3)  # type: ignore[arg-type]


def obeyed(slip: Slip) -> Mechanism:
    """A printer that was sent the slip."""
    picture = draw_slip(slip, real_fonts())
    assert picture.width == WIDTH
    assert picture.height <= MAX_LENGTH
    printer = Mechanism()
    for data in encode(without_commands(picture)):
        assert printer.receive(data) == b"", "a slip asks the printer for nothing"
    return printer


@pytest.mark.parametrize("name", STRINGS)
def test_no_text_becomes_a_command(name: str) -> None:
    text = STRINGS[name]
    index = list(STRINGS).index(name)
    alone = {TEXTS[index % len(TEXTS)]: text}
    for slip in (everywhere(CHINESE, text), replace(ENGLISH, **alone)):  # type: ignore[arg-type]
        printer = obeyed(slip)
        assert printer.unknown == []
        assert printer.real_time == []
        assert {command for command in printer.commands if not command.startswith(ALLOWED)} == set()
        assert len(printer.slips) == 1


def test_a_text_that_is_sent_as_text_would_be_seen() -> None:
    printer, other = Mechanism(), Mechanism()
    printer.receive(STRINGS["printer: drawer"].encode("latin-1"))
    assert printer.unknown
    other.receive(STRINGS["printer: real time"].encode("latin-1"))
    assert other.real_time
