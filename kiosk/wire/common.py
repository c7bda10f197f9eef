"""Shapes every topic shares."""

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """Every answer that is not 2xx: a stable ``code`` for programs, ``detail`` in English for staff and logs."""

    code: str
    detail: str = ""
