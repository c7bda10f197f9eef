"""SIGKILL at random times: whatever was acknowledged arrives at a real hub exactly once."""

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from kiosk.domain.operations import OpId
from kiosk.domain.references import NumberBlock
from kiosk.offline import identity, kiosk_key
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.outbox_reading import Verification, listing, verify
from kiosk.offline.places import Places
from kiosk.wire.envelope import HubKey
from tests.counts import count
from tests.real.hub_process import hub_with_sample
from tests.whole.delivering import DeliveringKiosk, enrolled_folder

#: Acknowledged reports before the killing ends; the other 15 of the hundred go through the real screens.
REPORTS = count(85, 2_000)
#: Delivered in between, so that neither the queue nor the numbers run out.
REPORTS_AT_ONCE = 500
#: Reference numbers at hand before each round; more than one drill can use before it is killed.
NUMBERS = 1_500
#: Longest life of a drill after its first acknowledgement, and of one killed while it starts, seconds.
LONGEST_LIFE = 0.02
LONGEST_START = 1.0


@dataclass
class Kills:
    folder: Path
    hub_key: Path
    fault: str = ""
    acked: list[str] = field(default_factory=list)
    kills: int = 0

    def run_until(self, acked: int, seed: int) -> None:
        chance = random.Random(seed)
        while len(self.acked) < acked:
            self._run_and_kill(chance)

    def _run_and_kill(self, chance: random.Random) -> None:
        line = [sys.executable, "-m", "tests.whole.drill_process", self.folder, self.hub_key, "9000", self.fault]
        with subprocess.Popen(
            list(map(str, line)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            assert process.stdout is not None
            first = ""
            if chance.random() < 0.85:
                first = process.stdout.readline()
                time.sleep(chance.random() * LONGEST_LIFE)
            else:  # somewhere in its start: imports, opening, growing the log
                time.sleep(chance.random() * LONGEST_START)
            process.kill()
            said = first + process.stdout.read()
        assert process.returncode == -9, "it ended by itself: nothing was killed"
        self.kills += 1
        whole = [text for text in said.splitlines(keepends=True) if text.endswith("\n")]
        self.acked += [text.split()[1] for text in whole if text.startswith("ACK")]


def hub_key_file(folder: Path, key: HubKey) -> Path:
    path = folder / "hub-key.json"
    path.write_bytes(msgspec.json.encode(key))
    return path


def kept(places: Places) -> list[str]:
    rows = listing(places.database)
    assert isinstance(rows, list), rows
    return [str(row["op_id"]) for row in rows]


def test_every_acknowledged_report_survives_sigkill_and_arrives_exactly_once(
    tmp_path: Path, say_figure: Callable[[str], None]
) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.randrange(1_000_000))
    with hub_with_sample(tmp_path / "hub") as hub:
        places = enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
        named = identity.load(places.identity)
        key = kiosk_key.load_or_make(places.key)
        assert named is not None
        assert isinstance(key, KioskKey)
        kills = Kills(places.folder, hub_key_file(tmp_path, named.hub_keys[0]))
        for goal in range(min(REPORTS, REPORTS_AT_ONCE), REPORTS + 1, REPORTS_AT_ONCE):
            more_numbers(places)
            kills.run_until(goal, seed + goal)
            found = verify(places.database, key.public)
            assert isinstance(found, Verification)
            assert found.ok, (seed, found.problems)
            waiting = kept(places)
            assert set(kills.acked) <= set(waiting), seed
            kiosk = DeliveringKiosk(places.folder)
            kiosk.deliver_all()
            assert kiosk.outbox.fill().dead == 0
            kiosk.stop()
        arrived = [str(ticket["op_id"]) for ticket in hub.tickets()]
    assert sorted(arrived) == sorted(waiting), seed
    once = sum(arrived.count(op) == 1 for op in kills.acked)
    say_figure(
        f"kill test: {kills.kills} kills, {len(kills.acked)} acknowledged, {once} arrived exactly once, "
        f"{len(waiting) - len(kills.acked)} saved but not yet acknowledged, seed {seed}"
    )


def more_numbers(places: Places) -> None:
    """Blocks of the hub, before the line is cut: a drill uses more than a corridor does."""
    kiosk = DeliveringKiosk(places.folder)
    while kiosk.outbox.numbers_left() < NUMBERS:
        block = kiosk.client.numbers(OpId.new())
        assert isinstance(block, NumberBlock), block
        kiosk.outbox.add_numbers(block)
    kiosk.stop()


def test_acknowledging_before_the_commit_is_caught(tmp_path: Path) -> None:
    """The same killing with the bug planted must lose reports, or the test above proves nothing."""
    hub = hub_key_file(tmp_path, HubKey("h1", bytes(range(32))))
    kills = Kills(tmp_path / "kiosk", hub, fault="ack_first")
    kills.run_until(30, seed=1)
    assert set(kills.acked) - set(kept(Places(kills.folder)))
