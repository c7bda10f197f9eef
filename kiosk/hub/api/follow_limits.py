"""How often a phone page may be asked: by address against guessing, by code against flooding a ticket.

Counted in memory of this process: of several processes each counts its own.
"""

from collections import OrderedDict, deque
from datetime import datetime, timedelta

_WINDOW = timedelta(minutes=10)
#: In ten minutes: reads and wrong codes of one address (a campus often has one for many), writes of one code.
MOST_READS = 600
MOST_MISSES = 40
MOST_WRITES_OF_CODE = 20
MOST_WRITES_OF_ADDRESS = 120
#: Addresses and codes that are remembered; of more the one not seen longest is forgotten.
MOST_KEYS = 20_000
RETRY_AFTER_SECONDS = 60


class FollowLimits:
    def __init__(self) -> None:
        self._seen: OrderedDict[tuple[str, str], deque[datetime]] = OrderedDict()

    def read(self, address: str, now: datetime) -> bool:
        """False where it is too often."""
        return self._count("read", address, MOST_READS, now) and self._left("miss", address, MOST_MISSES, now)

    def missed(self, address: str, now: datetime) -> None:
        self._count("miss", address, MOST_MISSES, now)

    def write(self, address: str, code: str, now: datetime) -> bool:
        mine = self._count("write", code, MOST_WRITES_OF_CODE, now)
        return mine and self._count("from", address, MOST_WRITES_OF_ADDRESS, now)

    def _left(self, kind: str, key: str, most: int, now: datetime) -> bool:
        return len(self._recent(kind, key, now)) < most

    def _count(self, kind: str, key: str, most: int, now: datetime) -> bool:
        seen = self._recent(kind, key, now)
        if len(seen) >= most:
            return False
        seen.append(now)
        return True

    def _recent(self, kind: str, key: str, now: datetime) -> deque[datetime]:
        seen = self._seen.setdefault((kind, key), deque())
        self._seen.move_to_end((kind, key))
        while seen and seen[0] <= now - _WINDOW:
            seen.popleft()
        while len(self._seen) > MOST_KEYS:
            self._seen.popitem(last=False)
        return seen
