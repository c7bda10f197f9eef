"""Which PINs count as none (journeys 3): what a campus gives out, and what everybody tries first."""

from itertools import pairwise

from kiosk.wire.identity import PIN_LENGTH

_GIVEN_OUT = frozenset({"888888", "666666", "000000", "123456", "654321", "123123", "112233", "520520", "521521"})


def is_too_easy(pin: str, number: str, phone: str) -> bool:
    """Whether it may not be set: guessable, like a date of birth, or part of one's own phone number."""
    digits = "".join(filter(str.isdigit, phone))
    return is_guessable(pin, number) or _is_like_a_date(pin) or pin in digits


def _is_like_a_date(pin: str) -> bool:
    """YYMMDD, DDMMYY, MMDDYY or YYYYMM of somebody alive."""
    a, b, c = int(pin[:2]), int(pin[2:4]), int(pin[4:])
    day_month = _is_day(c, b) or _is_day(a, b) or _is_day(b, a)
    return day_month or (1930 <= int(pin[:4]) <= 2030 and 1 <= c <= 12)


def _is_day(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def is_guessable(pin: str, number: str) -> bool:
    """Defaults, one digit or pair or triple repeated, digits in a row up or down, the end or start of the number."""
    if len(pin) != PIN_LENGTH or not (pin.isascii() and pin.isdigit()):
        return True
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    repeated = any(pin == pin[:length] * (PIN_LENGTH // length) for length in (1, 2, 3))
    digits = "".join(filter(str.isdigit, number))
    from_number = pin in (digits[-PIN_LENGTH:], digits[:PIN_LENGTH])
    return pin in _GIVEN_OUT or repeated or steps in ({1}, {9}) or from_number
