"""How a kiosk's parts are and what staff tried there, as it tells the hub: nothing of any visitor."""

from datetime import datetime

import msgspec

#: Most lines and self-tests of one report; longest name of a code, alias and word of a device, characters.
MAX_LINES, MAX_SELF_TESTS = 40, 20
MAX_CODE, MAX_SAID = 40, 80


class HealthLine(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``subject``, ``level`` and ``why`` ('' for none) as in domain.health; ``seconds``: since when it has been so."""

    subject: str
    level: str
    why: str
    measured: str
    seconds: float


class SelfTestTold(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """As domain.self_tests.SelfTestRecord; ``confirmed_role`` and ``confirmed_alias`` '' where nobody looked."""

    id: str
    part: str
    at: datetime
    role: str
    alias: str
    outcome: str
    confirmed_role: str
    confirmed_alias: str
    seen: str


class HealthReport(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All lines there are: what has none any more is forgotten. A self-test told twice is kept once."""

    lines: list[HealthLine]
    self_tests: list[SelfTestTold] = []


class HealthHeard(msgspec.Struct, frozen=True):
    """``lines`` and ``self_tests`` the hub knows what to make of."""

    lines: int
    self_tests: int
