"""Slips by the ten thousand, made of what attackers, typing errors and other systems put into text."""

import random
import re
from collections.abc import Callable
from dataclasses import fields, replace

from kiosk.devices.escpos_bytes import encode, without_commands
from kiosk.devices.escpos_dialect import Dialect, Writing
from kiosk.devices.escpos_text import written
from kiosk.devices.receipt_boxes import STRIPS, Strip, Text
from kiosk.devices.receipt_layout import lay_out
from kiosk.devices.receipt_raster import draw_slip
from kiosk.domain.receipts import Slip
from tests.counts import count
from tests.devices.slips import CHINESE, ENGLISH, OFFLINE, real_fonts
from tests.devices.test_receipt_layout import Plain
from tests.hostile import LONG, SHORT, aimed
from tests.real.escpos_device import Mechanism

SLIPS, DRAWN = count(10_000, 100_000), count(30, 300)
TEXTS = tuple(field.name for field in fields(Slip) if field.name not in ("language", "facts", "steps"))
HOSTILE = [aimed(text, 9, "/etc/passwd") for text in (SHORT | LONG).values()]
COMMANDS = [
    "\x1b@",
    "\x1bp\x00\x19\xfa",
    "\x1dV\x00",
    "\x10\x14\x01\x00\x01",
    "\x10\x04\x01",
    "\x1c.",
    "\x1d(A\x02\x00",
]
#: Everything a slip in the printer's letters may be made of; anything else is a foreign command.
OURS = re.compile(
    rb"\x1b@\x1c&(?:\x1d![\x00\x01\x11]\x1bE[\x00\x01]|\x1ba[\x00\x01]|\x1d\(k[\x03-\x32]\x00\x31[AECPQ][\x20-\x7e\x00-\x08]*?"
    rb"|[\x20-\x7e]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|\n)*\x1c\.\x1dVB\x00",
)


def a_text(dice: random.Random) -> str:
    if dice.random() < 0.1:
        return dice.choice(HOSTILE)
    pieces = (
        lambda: dice.choice(COMMANDS),
        lambda: chr(dice.randrange(0x20)) * dice.randrange(1, 4),
        lambda: chr(dice.randrange(0x20, 0x3000)),
        lambda: chr(dice.choice((dice.randrange(0x3000, 0xD800), dice.randrange(0xE000, 0x110000)))),
        lambda: "".join(chr(dice.randrange(0x4E00, 0x9FA5)) for _ in range(dice.randrange(1, 30))),
        lambda: "Wi-Fi 8231 " * dice.randrange(1, 9),
        lambda: "\n",
    )
    return "".join(dice.choice(pieces)() for _ in range(dice.randrange(9)))


def a_slip(dice: random.Random) -> Slip:
    slip = dice.choice((CHINESE, ENGLISH, OFFLINE))
    texts = {name: a_text(dice) for name in TEXTS if dice.random() < 0.4}
    facts = tuple((a_text(dice), a_text(dice)) for _ in range(dice.randrange(4))) or slip.facts
    steps = tuple(a_text(dice) for _ in range(dice.randrange(4)))
    return replace(slip, **texts, facts=facts, steps=steps)  # type: ignore[arg-type]


def laid_out(slip: Slip, strip: Strip) -> None:
    layout = lay_out(slip, Plain(), strip)
    assert layout.height <= strip.max_length
    assert all(element.text.isprintable() for element in layout.elements if isinstance(element, Text))


def test_no_text_of_a_hundred_thousand_slips_breaks_the_layout_or_becomes_a_command(
    say_figure: Callable[[str], None],
) -> None:
    dice = random.Random(2026)
    strips, dialects = list(STRIPS.values()), [Dialect(dots, Writing.GB18030) for dots in STRIPS]
    for number in range(SLIPS):
        slip = a_slip(dice)
        laid_out(slip, strips[number % 3])
        data = b"".join(written(slip, dialects[number % 3]))
        assert OURS.fullmatch(data), (number, data)
    say_figure(f"{SLIPS} slips laid out and written in the printer's letters: 0 crashes, 0 foreign printer commands")


def test_no_drawn_slip_holds_a_command_of_its_text_s(say_figure: Callable[[str], None]) -> None:
    dice = random.Random(58)
    for number in range(DRAWN):
        dialect = Dialect(dots=(384, 512, 576)[number % 3])
        printer = Mechanism(row_bytes=dialect.dots // 8)
        for data in encode(without_commands(draw_slip(a_slip(dice), real_fonts(), dialect.strip)), dialect):
            assert printer.receive(data) == b"", "a slip asks the printer for nothing"
        assert (printer.unknown, printer.real_time, len(printer.slips)) == ([], [], 1), number
        assert {command[:3] for command in printer.commands} == {b"\x1b@", b"\x1dv0", b"\x1dVB"}
    say_figure(f"{DRAWN} slips drawn and sent: 0 foreign printer commands")


def test_a_command_in_the_printer_s_letters_would_be_seen() -> None:
    good = b"".join(written(CHINESE, Dialect(writing=Writing.GB18030)))
    assert OURS.fullmatch(good)
    for command in COMMANDS:
        assert not OURS.fullmatch(good.replace(b"A12-0473-K", command.encode("latin-1"), 1)), command
