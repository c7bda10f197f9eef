"""Which PINs count as none (journeys 3): what a campus gives out, and what everybody tries first."""

from itertools import pairwise

from kiosk.wire.identity import PIN_LENGTH

_GIVEN_OUT = frozenset({"888888", "666666", "000000", "123456", "654321", "123123", "112233", "520520", "521521"})


def is_guessable(pin: str, number: str) -> bool:
    """Defaults, one digit or pair or triple repeated, digits in a row up or down, the end or start of the number."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeated = any(pin == pin[:length] * (PIN_LENGTH // length) for length in (1, 2, 3))
    digits = "".join(filter(str.isdigit, number))
    from_number = pin in (digits[-PIN_LENGTH:], digits[:PIN_LENGTH])
    return pin in _GIVEN_OUT or repeated or steps in ({1}, {9}) or from_number
