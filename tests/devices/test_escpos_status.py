"""A printer's bytes as values (Epson ESC/POS reference, DLE EOT and GS r)."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.escpos_status import Answers, Status, marked_paper, read_status
from kiosk.domain.devices import Paper, PrinterState
from tests.domain.amount import many


@pytest.mark.parametrize(
    ("online", "cause", "paper", "status", "state"),
    [
        (0x12, 0x12, 0x12, Status(Paper.OK), PrinterState.READY),
        (0x12, 0x12, 0x1E, Status(Paper.LOW), PrinterState.PAPER_LOW),
        (0x1A, 0x32, 0x7E, Status(Paper.OUT, "off line"), PrinterState.NO_PAPER),
        (0x1A, 0x12, 0x72, Status(Paper.OUT, "off line"), PrinterState.NO_PAPER),
        (0x1A, 0x16, 0x12, Status(Paper.OK, "cover open"), PrinterState.OFFLINE),
        (0x1A, 0x52, 0x1E, Status(Paper.LOW, "printer error"), PrinterState.OFFLINE),
        (0x1A, 0x12, 0x12, Status(Paper.OK, "off line"), PrinterState.OFFLINE),
    ],
)
def test_three_answers_make_one_status(
    online: int, cause: int, paper: int, status: Status, state: PrinterState
) -> None:
    assert read_status(online, cause, paper) == status
    assert status.state is state


@pytest.mark.parametrize(("mark", "paper"), [(0, Paper.OK), (0x03, Paper.LOW), (0x0C, Paper.OUT), (0x0F, Paper.OUT)])
def test_the_end_mark_tells_the_paper(mark: int, paper: Paper) -> None:
    assert marked_paper(mark) is paper


@many
@given(
    st.lists(
        st.one_of(
            st.sampled_from([b"\x12", b"\x1e", b"\x16"]),  # real time
            st.sampled_from([b"\x00", b"\x03", b"\x0c"]),  # in order
            st.sampled_from([b"\x11", b"\x13"]),  # flow control
            st.sampled_from([b"\x14\x00\x00\x0f", b"\x10\x03\x60\x00"]),  # automatic status
            st.just(b"\x37\x25\x00"),  # cleared
        ),
        max_size=12,
    ),
    st.randoms(),
)
def test_answers_are_told_apart_however_they_arrive(parts: list[bytes], dice: Random) -> None:
    answers, data = Answers(), b"".join(parts)
    while data:
        at = dice.randint(1, len(data))
        answers.feed(data[:at])
        data = data[at:]
    assert list(answers.real_time) == [p[0] for p in parts if p in (b"\x12", b"\x1e", b"\x16")]
    assert list(answers.in_order) == [p[0] for p in parts if p in (b"\x00", b"\x03", b"\x0c")]
    assert answers.cleared == (b"\x37\x25\x00" in parts)


@many
@given(st.binary(max_size=400))
def test_no_bytes_from_a_printer_break_the_sorting(data: bytes) -> None:
    answers = Answers()
    answers.feed(data)
    assert len(answers.real_time) <= 16
    assert len(answers.in_order) <= 16
