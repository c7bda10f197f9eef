"""The PIN goes into a process of its own and comes out sealed; nothing else ever holds it."""

import os
import queue
import time
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from kiosk.secret.helper import Opening, SecretBuffer
from kiosk.secret.pad import SecretPad
from kiosk.secret.protocol import BACKSPACE, CLEAR, Failed, Filled, PadEvent, Sealed
from kiosk.wire.envelope import SUITE_X25519_ED25519, Context, Envelope, HubKey, NotOpened, open_sealed
from tests.patience import PATIENCE


def an_opening(private: X25519PrivateKey, length: int = 6) -> Opening:
    context = Context(SUITE_X25519_ED25519, "k1", "kiosk-1", str(uuid4()), "pin", "claim", "", "")
    return Opening(context, HubKey("k1", private.public_key().public_bytes_raw()), length)


class Heard:
    def __init__(self) -> None:
        self.events: queue.Queue[PadEvent] = queue.Queue()

    def until(self, kind: type[PadEvent]) -> list[PadEvent]:
        seen: list[PadEvent] = []
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            seen.append(self.events.get(timeout=PATIENCE))
            if isinstance(seen[-1], kind):
                return seen
        raise AssertionError(f"no {kind.__name__} in {seen}")


def opened(opening: Opening, sealed: bytes, private: X25519PrivateKey) -> bytes | NotOpened:
    return open_sealed(Envelope(opening.context, sealed, b""), {"k1": private})


def test_six_digits_come_out_sealed_for_the_hub_alone() -> None:
    private = X25519PrivateKey.generate()
    opening, heard = an_opening(private), Heard()
    pad = SecretPad(heard.events.put)
    pad.open(msgspec.json.encode(opening))
    for code in (*b"29", BACKSPACE, *b"4", CLEAR, *b"314159"):
        pad.key(code)
    events = heard.until(Sealed)
    pad.close()
    assert [e.count for e in events if isinstance(e, Filled)] == [0, 1, 2, 1, 2, 0, 1, 2, 3, 4, 5, 6]
    sealed = events[-1]
    assert isinstance(sealed, Sealed)
    assert opened(opening, sealed.sealed, private) == b'{"pin":"314159"}'
    assert opened(opening, sealed.sealed, X25519PrivateKey.generate()) == NotOpened("sealed")


def test_a_sealed_pin_cannot_be_moved_to_another_claim() -> None:
    private = X25519PrivateKey.generate()
    opening = an_opening(private)
    buffer = SecretBuffer(6)
    for code in b"314159":
        buffer.add(code)
    sealed = buffer.seal(opening)
    moved = msgspec.structs.replace(opening.context, aggregate="another claim")
    assert open_sealed(Envelope(moved, sealed, b""), {"k1": private}) == NotOpened("sealed")


def test_the_helpers_memory_cannot_be_read_and_holds_no_pin_after_sealing() -> None:
    heard = Heard()
    pad = SecretPad(heard.events.put)
    pad.open(msgspec.json.encode(an_opening(X25519PrivateKey.generate())))
    process = pad._process
    assert process is not None
    for code in b"27182":
        pad.key(code)
    while heard.events.get(timeout=PATIENCE) != Filled(5):
        pass
    before = _memory_holds(process.pid, b"27182")
    pad.key(ord("8"))
    heard.until(Sealed)
    after = _memory_holds(process.pid, b"271828")
    pad.close()
    # root may read any memory: there the digits are found before sealing (so the search works) and never after
    assert (before, after) == ((True, False) if os.geteuid() == 0 else (None, None))


def _memory_holds(pid: int, needle: bytes) -> bool | None:
    try:
        maps = Path(f"/proc/{pid}/maps").read_text()
        with open(f"/proc/{pid}/mem", "rb", 0) as memory:
            for line in maps.splitlines():
                span, rights = line.split()[:2]
                if "r" not in rights or "[v" in line:
                    continue
                start, end = (int(part, 16) for part in span.split("-"))
                memory.seek(start)
                try:
                    if needle in memory.read(end - start):
                        return True
                except OSError:
                    continue
    except PermissionError:
        return None
    return False


def test_closing_the_page_kills_the_helper() -> None:
    heard = Heard()
    pad = SecretPad(heard.events.put)
    pad.open(msgspec.json.encode(an_opening(X25519PrivateKey.generate())))
    process = pad._process
    assert process is not None
    pad.key(ord("1"))
    pad.close()
    assert process.poll() is not None
    pad.key(ord("2"))
    assert not pad.is_open


@pytest.mark.parametrize("command", [("/nonexistent",), ("/bin/true",), ("/bin/echo", "garbage")])
def test_a_helper_that_cannot_work_is_reported_and_nothing_raises(command: tuple[str, ...]) -> None:
    heard = Heard()
    pad = SecretPad(heard.events.put, command)
    pad.open(b"{}")
    pad.key(ord("1"))
    assert isinstance(heard.until(Failed)[-1], Failed)
    assert not pad.is_open


@given(st.lists(st.sampled_from([*b"0123456789", BACKSPACE, CLEAR]), max_size=40))
def test_the_buffer_counts_like_a_list_and_is_empty_after_a_wipe(keys: list[int]) -> None:
    buffer, model = SecretBuffer(6), b""
    for code in keys:
        if code == BACKSPACE:
            buffer.remove()
            model = model[:-1]
        elif code == CLEAR:
            buffer.wipe()
            model = b""
        else:
            buffer.add(code)
            model = (model + bytes((code,)))[:6]
        assert buffer.count == len(model)
        assert bytes(buffer._payload[8 : 8 + buffer.count]) == model
    buffer.wipe()
    assert not any(buffer._payload[8:14])
