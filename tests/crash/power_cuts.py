"""Disk images of power cuts all along one recorded life, each judged by a kiosk that starts on it."""

import random
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.crash.disk import Disk, Power
from tests.crash.judge import Damage, judge
from tests.crash.recording import Said, Step, Synced
from tests.crash.stage import Stage
from tests.crash.told import Line


@dataclass
class Cuts:
    images: int = 0
    damaged: int = 0
    damage: Damage = field(default_factory=Damage)


def syncs(steps: list[Step]) -> list[int]:
    """Where in ``steps`` something is made sure."""
    return [number for number, step in enumerate(steps) if isinstance(step, Synced)]


def cut_power(
    stage: Stage, steps: list[Step], images: int, seed: int, without: int = -1, enough: int | None = None
) -> Cuts:
    """``images`` cuts spread evenly over ``steps``, or over those after step ``without``, which did not happen (a sync
    that was left out). Ends early after ``enough`` images that show damage."""
    chance = random.Random(seed)
    cuts, disk, said = Cuts(), Disk(stage.folder), list[Line]()
    span = len(steps) - without - 1
    for number, step in enumerate(steps):
        if number != without:
            disk.take(step)
        if isinstance(step, Said):
            said.append(step.line)
        place = number - without - 1
        due = (place + 1) * images // span - place * images // span if place >= 0 else 0
        for _ in range(due):
            power = chance.choice(list(Power))
            damage = _judge(stage, disk.cut(power, chance), said)
            cuts.images += 1
            cuts.damaged += bool(damage)
            cuts.damage.add(damage, f"cut after step {number}, {power.value}")
            if cuts.damaged == enough:
                return cuts
    return cuts


def _judge(stage: Stage, image: dict[str, bytes], said: list[Line]) -> Damage:
    campus = stage.campus()
    for line in said:
        campus.hear(line)
    with TemporaryDirectory(dir=stage.folder.parent) as folder:
        for name, content in image.items():
            (Path(folder) / name).write_bytes(content)
        return judge(Path(folder), stage, campus, said)
