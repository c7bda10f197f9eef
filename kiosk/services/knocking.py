"""How staff knock: several touches of one corner, or presses of *back* on a keypad. It opens a locked door, no more."""

#: So many within WITHIN seconds; whoever rests a hand there, or misses once, has not knocked.
TIMES = 5
WITHIN = 10.0


class Knocking:
    def __init__(self) -> None:
        self._heard: list[float] = []

    def heard(self, now: float) -> bool:
        """True with the knock that makes it complete; ``now`` seconds on a clock that never goes back."""
        self._heard = [at for at in self._heard if now - at <= WITHIN] + [now]
        if len(self._heard) < TIMES:
            return False
        self.forget()
        return True

    def forget(self) -> None:
        """Something else was touched."""
        self._heard = []
