"""A sealed operation on paper: the second code of a slip that was printed without network.

Whoever scans it with a phone delivers it: the code is an address of the hub that ends in the operation, as a number in
decimal digits, which a QR symbol holds almost without loss. Only what is sealed to the hub travels so, and nothing that
carries a PIN or moves money.
"""

from kiosk.domain.operations import OperationClass

#: Operations that may travel on paper.
CLASSES = frozenset({OperationClass.TICKET})
#: Where the hub takes them, below its public address.
PATH = "/b/"
#: More digits than a symbol of version 26 holds behind an address.
MOST_DIGITS = 2_600
#: Fewer than any sealed operation takes: a signature alone has more.
LEAST_DIGITS = 200


def is_digits(code: str) -> bool:
    """Whether ``code`` may be an operation."""
    return LEAST_DIGITS <= len(code) <= MOST_DIGITS and code.isascii() and code.isdigit()
