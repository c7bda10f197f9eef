"""The proxy must know a request however the machine cuts the client's bytes, or its faults hit nothing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.real.fault_proxy import Records


def record(kind: int, length: int) -> bytes:
    return bytes([kind, 3, 3]) + length.to_bytes(2, "big") + b"x" * length


#: A client's half of TLS 1.3 as it goes over the line: hello, change cipher spec, finished, then one request.
HELLO, CHANGE, FINISHED, REQUEST = record(22, 512), record(20, 1), record(23, 69), record(23, 600)


@given(st.lists(st.integers(0, len(HELLO + CHANGE + FINISHED + REQUEST)), max_size=6))
def test_a_request_is_known_however_the_bytes_arrive(cuts: list[int]) -> None:
    stream = HELLO + CHANGE + FINISHED + REQUEST
    edges = [0, *sorted(cuts), len(stream)]
    records = Records()
    assert any(records.hold_a_request(stream[begin:end]) for begin, end in pairwise(edges))


@given(st.lists(st.integers(0, len(HELLO + CHANGE + FINISHED)), max_size=6))
def test_a_handshake_alone_is_no_request(cuts: list[int]) -> None:
    stream = HELLO + CHANGE + FINISHED
    edges = [0, *sorted(cuts), len(stream)]
    records = Records()
    assert not any(records.hold_a_request(stream[begin:end]) for begin, end in pairwise(edges))
