"""No two envelopes share a digest: a byte moved from one part to the next is another envelope."""

from kiosk.offline import chain
from kiosk.wire.envelope import Context, Envelope

CONTEXT = Context(1, "h1", "k1", "op", "ticket", "A12-0001-P", "2026-11-20T09:00:00Z", "2026-12-20T09:00:00Z")


def test_where_a_part_ends_is_part_of_the_digest() -> None:
    assert chain.digest(Envelope(CONTEXT, b"abc", b"def")) != chain.digest(Envelope(CONTEXT, b"ab", b"cdef"))


def test_a_link_depends_on_everything_before_it() -> None:
    first = chain.link(chain.GENESIS, b"a" * 32)
    assert chain.link(first, b"b" * 32) != chain.link(chain.GENESIS, b"b" * 32)
