"""What goes wrong, and when: drawn from the seed, never from what the code under test does."""

from random import Random
from typing import TYPE_CHECKING

from tests.sim.hub_side import Dies

if TYPE_CHECKING:
    from tests.sim.kiosk_side import KioskSide
    from tests.sim.simulation import Simulation

HOUR = 3600.0
#: Mean seconds between two troubles of one line, and between two of the hub and of one kiosk.
LINE_EVERY, HUB_EVERY, KIOSK_EVERY = 6 * HOUR, 18 * HOUR, 30 * HOUR
#: Chances: that a request ends the hub's process, that a visit or an answer ends the kiosk's, that its disk errs.
HUB_DIES, DIES_IN_VISIT, DIES_IN_ANSWER, DISK_ERRS, DISK_LIES = 0.01, 0.1, 0.01, 0.02, 0.01
#: Kiosks of a day whose line is cut for an hour while many come.
STRANDED = 3
#: Steps of the disk within which a process that is to die does.
_STEPS = 24


class Faults:
    """``calm``: from then on nothing goes wrong any more, so that everything can arrive."""

    def __init__(self, sim: "Simulation") -> None:
        self._sim = sim
        self.random = Random(f"{sim.seed} faults")
        self.calm = False
        self.hub_down_until = 0.0

    def begin(self) -> None:
        for kiosk in self._sim.kiosks:
            self._later(LINE_EVERY, self._line, kiosk)
            self._later(KIOSK_EVERY, self._power, kiosk)
        for _ in range(STRANDED):
            kiosk = self.random.choice(self._sim.kiosks)
            self._sim.course.at(self.random.uniform(0.05, 0.9) * self._sim.seconds, self._strand, kiosk)
        self._later(HUB_EVERY, self._hub)
        if self.random.random() < 0.3:
            self._sim.course.at(self.random.uniform(0.2, 0.9) * self._sim.seconds, self._sim.new_hub_key)
        if len(self._sim.kiosks) > 3 and self.random.random() < 0.4:
            kiosk = self.random.choice(self._sim.kiosks)
            self._sim.course.at(self.random.uniform(0.5, 0.95) * self._sim.seconds, self._sim.revoke, kiosk)

    def end(self) -> None:
        self.calm = True
        self.hub_down_until = 0.0
        for kiosk in self._sim.kiosks:
            kiosk.line.weather.down_until = kiosk.line.weather.trouble_until = kiosk.line.weather.slow_until = 0.0
            kiosk.disk.dies_in = kiosk.disk.fails_in = None
            kiosk.disk.lies = False
            kiosk.disk.full_until = 0.0

    def _later(self, mean: float, what: object, *given: object) -> None:
        self._sim.course.after(self.random.expovariate(1.0 / mean), what, *given)  # type: ignore[arg-type]

    def _line(self, kiosk: "KioskSide") -> None:
        if self.calm:
            return
        weather, now = kiosk.line.weather, self._sim.course.now
        kind = self.random.choice(("down", "trouble", "slow"))
        until = now + min(self.random.expovariate(1.0 / 900.0), 2 * HOUR)
        if kind == "down":
            weather.down_until = until
        elif kind == "trouble":
            weather.trouble_until = now + (until - now) * 2
        else:
            weather.slow_until = until
        self._sim.course.note(kiosk.name, "line", kind)
        self._later(LINE_EVERY, self._line, kiosk)

    def _strand(self, kiosk: "KioskSide") -> None:
        """Somebody has cut its cable, and people go on reporting: what they get in the hand is a slip."""
        kiosk.line.weather.down_until = self._sim.course.now + HOUR
        self._sim.course.note(kiosk.name, "line", "cut")
        for _ in range(6):
            self._sim.course.after(self.random.uniform(0.0, HOUR), self._sim.reports, kiosk)

    def _power(self, kiosk: "KioskSide") -> None:
        """Between two steps: the plug is pulled, for a moment or for hours; or the disk is full for a while."""
        if self.calm:
            return
        if self.random.random() < 0.25:
            kiosk.disk.full_until = self._sim.course.now + self.random.uniform(10.0, 600.0)
        elif kiosk.up:
            kiosk.die(
                self.random.uniform(2.0, 90.0) if self.random.random() < 0.8 else self.random.uniform(1.0, 3 * HOUR)
            )
        self._later(KIOSK_EVERY, self._power, kiosk)

    def _hub(self) -> None:
        if not self.calm:
            self.hub_goes_down(self.random.uniform(60.0, 40 * 60.0))
            self._later(HUB_EVERY, self._hub)

    def hub_goes_down(self, seconds: float) -> None:
        self.hub_down_until = max(self.hub_down_until, self._sim.course.now + seconds)
        self._sim.course.note("hub", "down")

    # -- in the middle of something ----------------------------------------------------------------------------
    def before_request(self) -> tuple[int, Dies] | None:
        """In which of its transactions the hub's process dies, and when."""
        if self.calm or self.random.random() >= HUB_DIES:
            return None
        return self.random.randrange(2), self.random.choice(list(Dies))

    def before_visit(self, kiosk: "KioskSide") -> None:
        if self.calm:
            return
        if self.random.random() < DIES_IN_VISIT:
            kiosk.disk.dies_in = self.random.randint(1, _STEPS)
        elif self.random.random() < DISK_ERRS:
            kiosk.disk.fails_in = self.random.randint(1, _STEPS // 2)
        elif self.random.random() < DISK_LIES:
            kiosk.disk.lies = True

    def before_answer(self, kiosk: "KioskSide") -> None:
        if not self.calm and self.random.random() < DIES_IN_ANSWER:
            kiosk.disk.dies_in = self.random.randint(1, _STEPS // 2)
