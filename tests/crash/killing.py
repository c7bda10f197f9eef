"""A scenario lived once for every write-class system call in it: killed there, or let down there by the disk."""

from dataclasses import dataclass, field

from tests.crash.calls import WRITES, Point, points
from tests.crash.driver import Order
from tests.crash.judge import Damage, judge
from tests.crash.stage import Stage
from tests.crash.told import Refused
from tests.crash.watched import KILLED, Driver


@dataclass
class Tally:
    """``stopped``: lives in which the call was reached; ``told``: how often somebody was told "not saved"."""

    points: int = 0
    stopped: int = 0
    told: int = 0
    damage: Damage = field(default_factory=Damage)
    ends: list[str] = field(default_factory=list)


def every_point(driver: Driver, stage: Stage, fault: str = "") -> list[Point]:
    """As one undisturbed life meets them."""
    log = stage.folder.with_name(f"{stage.name}.trace")
    with stage.copy() as folder:
        watch = ["-e", f"trace={WRITES}", "-o", str(log)]
        life = driver.live(Order(stage.name, str(folder), fault), stage.campus(), watch)
        assert life.end == 0, life
    return points(log.read_text().splitlines())


def kill_everywhere(driver: Driver, stage: Stage, fault: str = "", dedupe: bool = True) -> Tally:
    """With a planted ``fault``, or at a campus without its unique index, only until it shows."""
    tally = Tally()
    for point in every_point(driver, stage, fault):
        tally.points += 1
        campus = stage.campus(dedupe)
        with stage.copy() as folder:
            life = driver.live(Order(stage.name, str(folder), fault), campus, point.kill())
            tally.stopped += life.end == KILLED
            tally.damage.add(judge(folder, stage, campus, life.said), f"killed at {point}")
        if (fault or not dedupe) and tally.damage:
            break
    return tally


def fail_everywhere(driver: Driver, stage: Stage, error: str, fault: str = "") -> Tally:
    """With a planted ``fault`` only until it shows."""
    tally = Tally()
    for point in every_point(driver, stage, fault):
        tally.points += 1
        campus = stage.campus()
        with stage.copy() as folder:
            life = driver.live(Order(stage.name, str(folder), fault), campus, point.fail(error))
            tally.told += sum(isinstance(said, Refused) for said in life.said)
            if life.end != 0:
                tally.ends.append(f"{error} at {point}: ended with {life.end}")
            tally.damage.add(judge(folder, stage, campus, life.said), f"{error} at {point}")
        if fault and tally.damage:
            break
    return tally
