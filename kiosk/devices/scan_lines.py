"""Lines out of what a scanner sends: bounded, whole or not at all, one for each code that is held before it."""

from kiosk.domain.scans import MOST_BYTES

#: Without more bytes for this long, a line that has not ended is thrown away, seconds: half a number is another number.
QUIET_SECONDS = 0.5
#: The same line again within this is the same paper still lying there, seconds.
SAME_PAPER_SECONDS = 2.0
#: Sooner than this after a line no other one is taken, seconds: a scanner gone mad may not keep the kiosk busy.
LEAST_BETWEEN_SECONDS = 0.3
_ENDS = b"\r\n"


class ScanLines:
    """Fed with bytes as they come; ``now`` is seconds on a clock that never goes back."""

    def __init__(self) -> None:
        self._line = bytearray()
        self._too_long = False
        self._fed_at = 0.0
        self._last: tuple[bytes, float] | None = None

    def feed(self, received: bytes, now: float) -> list[bytes]:
        """The lines that ended; an empty one stands for what was no line: too long, or cut short."""
        ended = self.quiet(now)
        self._fed_at = now
        for value in received:
            if value in _ENDS:
                ended += self._end(now)
            elif len(self._line) < MOST_BYTES:
                self._line.append(value)
            else:
                self._too_long = True
        return ended

    def quiet(self, now: float) -> list[bytes]:
        """Some time has passed without bytes."""
        if not self._line or now - self._fed_at < QUIET_SECONDS:
            return []
        self._too_long = True
        return self._end(now)

    def forget(self) -> None:
        """The scanner is gone: what it had begun is nothing."""
        self._line.clear()
        self._too_long = False

    def _end(self, now: float) -> list[bytes]:
        line, came = b"" if self._too_long else bytes(self._line), bool(self._line)
        self.forget()
        if not came:  # the second of CR and LF
            return []
        if self._last is not None:
            since = now - self._last[1]
            if since < LEAST_BETWEEN_SECONDS or (line == self._last[0] and since < SAME_PAPER_SECONDS):
                if line == self._last[0]:
                    self._last = (line, now)
                return []
        self._last = (line, now)
        return [line]
