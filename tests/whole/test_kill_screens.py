"""SIGKILL at random times while people report through the real screens: what was shown or printed arrives once."""

import os
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pytest

from kiosk.offline import kiosk_key
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.outbox_reading import Verification, listing, verify
from kiosk.offline.places import Places
from tests.counts import count
from tests.patience import PATIENCE
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.whole.delivering import enrolled_folder
from tests.whole.demo_process import OFFSCREEN

#: Reports whose number was shown before the killing ends; the other 85 of the hundred go through the worker.
REPORTS = count(15, 100)
#: Kills while people report: the killing goes on until both are reached.
KILLS = count(10, 100)
#: Lives that end while they send what the killed ones saved, before the one that may finish.
KILLED_SENDING = 2
#: One of three ends: while it starts, around a touch on Submit, anywhere in a visit; seconds.
LONGEST_START, AROUND_SUBMIT, LONGEST_VISIT = 2.5, 0.15, 0.4
#: A life that neither dies nor fails by then hangs, seconds.
LONGEST_LIFE = PATIENCE
#: Most reports of a life that is killed around Submit.
MOST_REPORTS = 2
#: A proof that is not done by then hangs, seconds.
PROOF_WITHIN = count(900, 3_600)


class Told(NamedTuple):
    """A number somebody read, on the screen or on a slip, and whose number stands on their card."""

    reference: str
    person: str


@dataclass
class Kills:
    folder: Path
    hub: RunningHub
    chance: random.Random
    fault: str = ""
    shown: list[Told] = field(default_factory=list)
    slips: list[Told] = field(default_factory=list)
    submits: int = 0
    kills: int = 0

    def run_until(self, shown: int, kills: int) -> None:
        while len(self.shown) < shown or self.kills < kills:
            self._report_and_kill()

    @contextmanager
    def _life(self, what: str) -> Iterator["subprocess.Popen[str]"]:
        """Never outlives its block."""
        arguments = [what, self.folder, self.hub.url, self.hub.ca, self.chance.random(), self.fault]
        line = [sys.executable, "-m", "tests.whole.screens_process", *map(str, arguments)]
        with (self.folder.parent / "stderr.log").open("w") as errors:
            process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=errors, text=True, env=OFFSCREEN)
        with process:
            try:
                yield process
            finally:
                process.kill()

    def _report_and_kill(self) -> None:
        with self._life("report") as process:
            said: list[str] = []
            where, reports = self.chance.random(), self.chance.randint(1, MOST_REPORTS)
            if where < 0.2:
                time.sleep(self.chance.random() * LONGEST_START)
            else:
                said += _read_until("SUBMIT", reports, process)
                # most of it happens in the first moment after the touch
                time.sleep(self.chance.random() ** 2 * AROUND_SUBMIT if where < 0.7 else self._in_a_visit())
            said += self._kill(process)
        self.submits += said.count("SUBMIT\n")
        self.shown += _told("SHOWN", said)
        self.slips += _told("SLIP", said)

    def _in_a_visit(self) -> float:
        return self.chance.random() * LONGEST_VISIT

    def _kill(self, process: "subprocess.Popen[str]") -> list[str]:
        """What it still said."""
        assert process.stdout is not None
        process.kill()
        rest = process.stdout.readlines()
        assert process.wait() == -9, f"it ended by itself: {self._errors()}"
        self.kills += 1
        return rest

    def send_and_kill(self) -> None:
        with self._life("send") as process:
            _read_until("READY", 1, process)
            time.sleep(self._in_a_visit() / 2)
            process.kill()
            self.kills += process.wait() == -9  # one that was faster has sent everything and ended by itself

    def send(self) -> None:
        """A whole life with network: the campus is fetched and the outbox emptied."""
        with self._life("send") as process:
            _read_until("never said", 1, process)
            assert process.wait() == 0, self._errors()

    def _errors(self) -> str:
        return (self.folder.parent / "stderr.log").read_text()[-2_000:]


def _read_until(word: str, times: int, process: "subprocess.Popen[str]") -> list[str]:
    """Lines up to the ``times``-th ``word``, or to the end of a process that fails. One that hangs is no proof."""
    assert process.stdout is not None
    hung = threading.Event()

    def give_up() -> None:
        hung.set()
        process.kill()

    watch = threading.Timer(LONGEST_LIFE, give_up)
    watch.start()
    said: list[str] = []
    while sum(line.startswith(word) for line in said) < times and (line := process.stdout.readline()):
        said.append(line)
    watch.cancel()
    assert not hung.is_set(), f"no {word} within {LONGEST_LIFE:g} s after {said}"
    return said


def _told(word: str, said: list[str]) -> list[Told]:
    whole = [line.split() for line in said if line.endswith("\n")]
    return [Told(*words[1:]) for words in whole if words[0] == word]


def problems(shown: list[Told], slips: list[Told], tickets: list[dict[str, object]]) -> list[str]:
    """What would be wrong for the people who stood there; nothing, where every number keeps its promise."""
    found = []
    for name, told in (("shown", shown), ("printed", slips)):
        often = Counter(one.reference for one in told)
        found += [f"{reference} was {name} to {n} visitors" for reference, n in often.items() if n > 1]
    arrived = Counter(str(ticket["reference"]) for ticket in tickets)
    operations = Counter(str(ticket["op_id"]) for ticket in tickets)
    people = {str(ticket["reference"]): ticket["person"] for ticket in tickets}
    unnamed = {str(ticket["reference"]) for ticket in tickets if "'claim_left_out'" in str(ticket.get("history"))}
    for one in sorted({*shown, *slips}):
        if arrived[one.reference] != 1:
            found.append(f"{one.reference} arrived {arrived[one.reference]} times")
        elif people[one.reference] != ("" if one.reference in unnamed else one.person):
            found.append(f"{one.reference} of {one.person} belongs to {people[one.reference]}")
    found += [f"{reference} has {n} tickets" for reference, n in arrived.items() if n > 1]
    return found + [f"operation {op} has {n} tickets" for op, n in operations.items() if n > 1]


def outbox(places: Places) -> list[dict[str, object]]:
    rows = listing(places.database)
    assert isinstance(rows, list), rows
    return rows


def killed(folder: Path, hub: RunningHub, reports: int, kills: int, seed: int, fault: str = "") -> Kills:
    """Enrolled, the campus fetched, and killed with the line cut until ``reports`` were shown and ``kills`` died."""
    places = enrolled_folder(folder / "kiosk", hub.url, hub.ca, hub.code())
    life = Kills(places.folder, hub, random.Random(seed), fault)
    life.send()
    life.run_until(reports, kills)
    key = kiosk_key.load_or_make(places.key)
    assert isinstance(key, KioskKey)
    found = verify(places.database, key.public)
    assert isinstance(found, Verification)
    assert found.ok, (seed, found.problems)
    assert {row["state"] for row in outbox(places)} <= {"waiting", "sending"}, "something was sent through the cut line"
    return life


@pytest.mark.timeout(PROOF_WITHIN)
def test_every_report_whose_number_was_shown_or_printed_survives_sigkill_and_arrives_exactly_once(
    tmp_path: Path, say_figure: Callable[[str], None]
) -> None:
    seed = int(os.environ.get("KILL_SEED") or random.randrange(1_000_000))
    with hub_with_sample(tmp_path / "hub") as hub:
        kills = killed(tmp_path, hub, REPORTS, KILLS, seed)
        for _ in range(KILLED_SENDING):
            kills.send_and_kill()
        kills.send()
        tickets = hub.tickets()
    told = {*kills.shown, *kills.slips}
    say_figure(
        f"kill test, screens: {kills.kills} kills, {kills.submits} handed in, {len(kills.shown)} shown, "
        f"{len(kills.slips)} printed, {len(tickets)} arrived, {len(tickets) - len(told)} saved but not yet told, "
        f"seed {seed}"
    )
    assert problems(kills.shown, kills.slips, tickets) == [], seed
    saved = outbox(Places(kills.folder))
    assert {row["state"] for row in saved} == {"settled"}, seed
    assert sorted(str(row["op_id"]) for row in saved) == sorted(str(ticket["op_id"]) for ticket in tickets), seed
    pictures = len(list((kills.folder / "slips").glob("slip-*.png")))
    assert 0 < pictures <= len(kills.slips), (seed, "a slip lies there that was not announced")


@pytest.mark.timeout(PROOF_WITHIN)
def test_showing_saved_before_the_commit_is_caught(tmp_path: Path) -> None:
    """The same killing with the bug planted must lose a report that was shown, or the test above proves nothing."""
    with hub_with_sample(tmp_path / "hub") as hub:
        kills = killed(tmp_path, hub, reports=1, kills=1, seed=1, fault="saved_first")
        kills.send()
        assert problems(kills.shown, kills.slips, hub.tickets())


MING, JIE = Told("A12-0001-X", "1"), Told("A12-0002-M", "2")
TICKETS: list[dict[str, object]] = [
    {"reference": "A12-0001-X", "op_id": "one", "person": "1"},
    {"reference": "A12-0002-M", "op_id": "two", "person": "2"},
]


@pytest.mark.parametrize(
    ("shown", "slips", "tickets", "said"),
    [
        ([MING, JIE], [JIE], TICKETS, []),
        ([MING], [], TICKETS, []),
        ([MING], [], TICKETS[1:], ["A12-0001-X arrived 0 times"]),
        ([], [MING], TICKETS[1:], ["A12-0001-X arrived 0 times"]),
        ([MING, MING], [], TICKETS, ["A12-0001-X was shown to 2 visitors"]),
        ([], [MING, MING], TICKETS, ["A12-0001-X was printed to 2 visitors"]),
        ([MING._replace(person="2")], [], TICKETS, ["A12-0001-X of 2 belongs to 1"]),
        ([], [], [*TICKETS, TICKETS[0] | {"op_id": "three"}], ["A12-0001-X has 2 tickets"]),
        ([], [], [*TICKETS, TICKETS[0] | {"reference": "A12-0003-C"}], ["operation one has 2 tickets"]),
    ],
)
def test_every_broken_promise_is_named(
    shown: list[Told], slips: list[Told], tickets: list[dict[str, object]], said: list[str]
) -> None:
    assert problems(shown, slips, tickets) == said
