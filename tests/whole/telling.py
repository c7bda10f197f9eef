"""Kiosks that tell a hub many things over a bad line, each on a thread of its own with its real outbox, delivery and
client, and what of it the hub has afterwards."""

import random
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, NotSavedReason
from kiosk.domain.queueable import FeedbackDraft, Mark, Queueable, TicketActDraft
from kiosk.domain.ticket_views import Act
from kiosk.hub.config import Settings
from kiosk.hub.place import open_existing
from kiosk.hub.services.book import read_book
from kiosk.hub.services.enrolment import make_code
from kiosk.hub.services.sessions import begin
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import HistoryLine, Kiosk, Person, Rating, Ticket
from kiosk.offline import identity
from tests.real.documented_hub import PROOFS
from tests.real.hub_process import RunningHub
from tests.real.line_proxy import Fault, LineProxy
from tests.whole.delivering import DeliveringKiosk, enrolled_folder

PLACES = ("lib-1f", "teach2-1f", "center-2f")
#: How many things are told one after the other before the kiosk may send again.
_AT_ONCE = (1, 1, 3, 8, 24, 60)
#: A person stays signed in for so many things told, and speaks of one of so many of their last reports.
_PER_VISIT = 40
_RECENT = 5
#: Of a hundred connections so many meet each fault, in an order drawn anew for each hundred. Those that cost a kiosk
#: its whole patience are few.
DECK = {
    Fault.CUT: 12,
    Fault.RESET: 9,
    Fault.DUPLICATE: 6,
    Fault.LATE: 5,
    Fault.PORTAL: 4,
    Fault.LATENCY: 2,
    Fault.WITHHELD: 1,
    Fault.BLACK_HOLE: 1,
    Fault.TRICKLE: 1,
}


def bad_line(hub: RunningHub, seed: int) -> LineProxy:
    """Both callbacks run on the proxy's one thread."""
    drawn = random.Random(seed)
    deck: list[Fault] = []

    def choose() -> Fault:
        if not deck:
            deck.extend(Counter(DECK).elements())
            deck.extend([Fault.NONE] * (100 - len(deck)))
            drawn.shuffle(deck)
        return deck.pop()

    return LineProxy(hub.url, hub.data / "tls", choose, lambda length: drawn.randrange(length))


@dataclass
class Teller:
    """``rounds``: how many beats it tries to get rid of what is left at the end; ``dead`` what it gave up."""

    folder: Path
    line: str
    patience: float
    store: Store
    seed: int
    rounds: int
    reports: list[str] = field(default_factory=list)
    remarks: dict[str, list[str]] = field(default_factory=dict)
    ratings: list[str] = field(default_factory=list)
    left: int = 0
    dead: int = 0

    @property
    def told(self) -> int:
        return len(self.reports) + len(self.ratings) + sum(map(len, self.remarks.values()))

    def live(self, operations: int) -> None:
        drawn = random.Random(self.seed)
        # Its time passes: a session that begins now was not made after what is told in it.
        kiosk = DeliveringKiosk(self.folder, self.line, self.patience, monotonic=time.monotonic)
        enrolled = identity.load(kiosk.places.identity)
        assert enrolled is not None
        session, told_in_it = "", 0
        while self.told < operations:
            for _ in range(min(drawn.choice(_AT_ONCE), operations - self.told)):
                if not session or told_in_it >= _PER_VISIT:
                    session, told_in_it = self._signed_in(enrolled.kiosk), 0
                if not self._tell(kiosk, drawn, session):
                    break
                told_in_it += 1
            for _ in range(drawn.randrange(3)):
                kiosk.step()
        for _ in range(self.rounds):
            if not kiosk.outbox.fill().unsettled:
                break
            kiosk.step()
        fill = kiosk.outbox.fill()
        self.left, self.dead = fill.unsettled, fill.dead
        kiosk.stop()

    def _signed_in(self, kiosk: str) -> str:
        with self.store.write() as db:
            row, who = db.get_one(Kiosk, kiosk), db.get_one(Person, "zhang-ming")
            return begin(db, row, who, PROOFS, datetime.now(UTC))

    def _tell(self, kiosk: DeliveringKiosk, drawn: random.Random, session: str) -> bool:
        """False where there are no numbers: they come with the next answers."""
        chance = drawn.random()
        draft: Queueable = TicketDraft(Language.ZH, "network", note="没网", session=session)
        if chance < 0.2:
            draft = FeedbackDraft(Language.ZH, f"{self.folder.name}:{len(self.ratings)}", Mark.GOOD)
        elif chance < 0.5 and self.remarks:
            about = drawn.choice(list(self.remarks)[-_RECENT:])
            said = f"{len(self.remarks[about])}"
            draft = TicketActDraft(Language.ZH, about, Act.COMMENT, session, said)
        outcome = kiosk.outbox.enqueue(draft)
        if isinstance(outcome, NotSaved):
            assert outcome.reason is NotSavedReason.NO_NUMBERS, outcome
            return False
        match draft:
            case TicketDraft():
                self.reports.append(outcome.op_id)
                self.remarks[outcome.reference] = []
            case FeedbackDraft(about=about):
                self.ratings.append(about)
            case TicketActDraft(about=about, text=text):
                self.remarks[about].append(text)
        return True


def tellers(
    folder: Path, hub: RunningHub, store: Store, line: str, count: int, patience: float, rounds: int
) -> list[Teller]:
    made = []
    for seed in range(count):
        place = folder / f"kiosk-{seed}"
        with store.write() as db:
            code = make_code(db, read_book(db), PLACES[seed % len(PLACES)], datetime.now(UTC))
        assert isinstance(code, str), code
        enrolled_folder(place, hub.url, hub.ca, code)
        made.append(Teller(place, line, patience, store, seed, rounds))
    return made


@contextmanager
def store_of(hub: RunningHub) -> Any:
    """The running hub's own file, beside it."""
    store = open_existing(Settings(), hub.data)
    try:
        yield store
    finally:
        store.close()


def live_together(all_of_them: Sequence[Teller], operations: int) -> None:
    """On a thread each, which its database belongs to."""
    share = -(-operations // len(all_of_them))
    with ThreadPoolExecutor(len(all_of_them)) as pool:
        list(pool.map(lambda teller: teller.live(share), all_of_them))


@dataclass(frozen=True)
class Found:
    """``left`` wait at the kiosks still, ``dead`` were given up there: told, and not at the hub."""

    told: int
    lost: int
    doubled: int
    reordered: int
    left: int
    dead: int

    @property
    def is_sound(self) -> bool:
        return (self.lost, self.doubled, self.reordered, self.left, self.dead) == (0, 0, 0, 0, 0)


def found_at(store: Store, all_of_them: Sequence[Teller]) -> Found:
    with store.read() as db:
        reports = Counter(db.scalars(select(Ticket.op)))
        ratings = Counter(db.scalars(select(Rating.about)))
        remarks: dict[str, list[str]] = {}
        lines = select(HistoryLine).where(HistoryLine.what == "commented").order_by(HistoryLine.id)
        for line in db.scalars(lines):
            remarks.setdefault(line.reference, []).append(line.text)
    lost = doubled = reordered = 0
    for teller in all_of_them:
        counts = [reports[op] for op in teller.reports] + [ratings[about] for about in teller.ratings]
        for reference, said in teller.remarks.items():
            arrived = Counter(remarks.get(reference, []))
            counts += [arrived[text] for text in said]
            in_order = list(dict.fromkeys(remarks.get(reference, [])))
            reordered += in_order != [text for text in said if text in arrived]
        lost += counts.count(0)
        doubled += sum(count > 1 for count in counts)
    told = sum(teller.told for teller in all_of_them)
    left, dead = sum(teller.left for teller in all_of_them), sum(teller.dead for teller in all_of_them)
    return Found(told, lost, doubled, reordered, left, dead)
