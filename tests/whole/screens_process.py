"""A whole kiosk without network, used by touch, one report after the other, until somebody kills it.

python -m tests.whole.screens_process report|send FOLDER HUB_URL CA SEED [saved_first]

``report`` reads the saved campus, cuts the line and says on stdout, each line written at once:
READY, SUBMIT before the touch that hands in, SHOWN REFERENCE NUMBER when the done page opens with a reference,
SLIP REFERENCE NUMBER when the printer begins with one. NUMBER is the person's whose card was tapped.
``send`` keeps the line, says READY and ends by itself when nothing is waiting in the outbox any more.
"""

import os
import random
import sys
import time
from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import SIGNAL, QObject
from PySide6.QtGui import QGuiApplication, QImage

from kiosk.app import Kiosk
from kiosk.demo import DemoPlaces
from kiosk.domain import references
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, PrintOutcome, Saved, SaveOutcome
from kiosk.domain.receipts import Slip
from kiosk.drawer import Drawer
from kiosk.logs import start_log
from kiosk.offline import lock, outbox_reading
from kiosk.offline.outbox import Outbox, Sealed
from kiosk.offline.places import Places
from kiosk.outside import Outside
from kiosk.services.views import AttractPage, DoneKind, DonePage, Screen, View
from kiosk.tour import sample, sight
from kiosk.tour.hand import Finger
from kiosk.tour.pictures import Pictures
from kiosk.tour.record import FlowRecord
from kiosk.tour.reporting import choose, submit, uid
from kiosk.tour.walker import Walker
from kiosk.tour.world import KeptSlips, World
from kiosk.ui.environment import set_environment
from kiosk.ui.window import WindowSettings
from kiosk.uplink.simulated import Handle
from tests.patience import PATIENCE
from tests.whole.enrolled import settings

#: Half of a portrait terminal each way: drawn four times faster.
SIZE = (540, 960)
#: Who comes by, and what is broken: service and symptom.
PEOPLE = ("zhang-ming", "chen-jie", "li-na")
BROKEN = (("network", "no-pages"), ("network", "slow"), ("computer", "paper-jam"), ("classroom", "no-sound"))


def tell(*words: str) -> None:
    """One line in one write: a kill leaves whole lines, from whichever thread they come."""
    os.write(1, (" ".join(words) + "\n").encode("ascii"))


class TellingPrinter(KeptSlips):
    """Says what it is about to print: whatever lies in the slot was said before."""

    number = ""

    def print(self, slip: Slip) -> PrintOutcome:
        tell("SLIP", slip.reference, self.number)
        return super().print(slip)


class Terminal(World):
    """A kiosk whose hub runs elsewhere."""

    def __init__(self, folder: Path, url: str, ca: Path, online: bool) -> None:
        self.places = DemoPlaces(folder)
        self.printer: TellingPrinter = TellingPrinter(self.places.slips)
        self.drawer = Drawer(self.printer, time.monotonic)
        self._view = View(AttractPage())
        made = settings(folder, url, ca)
        window = WindowSettings(False, *SIZE, reduce_motion=True, warm_up=False, typing_folder=folder / "typing")
        outside = self.drawer.outside() if online else self._cut_from_the_start()
        self.kiosk = Kiosk(made, outside, window, self._seen)
        self.root = self.kiosk.window.root
        self._stage = self.root.findChild(QObject, "stage")
        QObject.connect(self._stage, SIGNAL("loaded()"), self._page_loaded)
        self.until(self._takes_cards, "the first page, asking for a card")

    def _takes_cards(self) -> bool:
        page = self.view.page
        return isinstance(page, AttractPage) and page.reader_position != "" and self.view.frame.mark != ""

    def _cut_from_the_start(self) -> Outside:
        outside = self.drawer.outside()

        def line(handle: Handle) -> Handle:
            through = outside.line(handle)
            self.do("net off")  # before the first request: what waits from an earlier life must not be sent
            return through

        return replace(outside, line=line)

    def _page_loaded(self) -> None:
        """The window has just made a page: a number that stands on it counts as shown."""
        for item in sight.items(self._stage):
            if reference := references.parse(str(item.property("text") or "")):
                tell("SHOWN", str(reference), self.printer.number)

    def stop(self) -> None:
        del self.root, self._stage
        self.kiosk.stop()


class NoPictures(Pictures):
    """Nothing is kept of what is only passed through."""

    def keep(self, image: QImage, name: str) -> None:
        """Drops it."""


class Visitor(Walker):
    def picture(self, screen: str) -> None:
        """Takes none, but waits for the frame: a page lays its parts out when it is drawn."""
        drawn: list[bool] = []
        connection = self.world.root.frameSwapped.connect(lambda: drawn.append(True))
        self.world.root.update()
        self.world.until(lambda: bool(drawn), f"a frame of {screen}")
        QObject.disconnect(connection)


def report_for_ever(terminal: Terminal, chance: random.Random) -> None:
    """Ends only by being killed. Raises WentWrongError where a screen does not do what it should."""
    finger, pictures = Finger(terminal.root, terminal.until), NoPictures(terminal.places.folder)
    while True:
        visitor = Visitor(terminal, finger, pictures, FlowRecord("kill"), Language.ZH, "")
        report(visitor, terminal.printer, chance.choice(PEOPLE), chance.choice(BROKEN))


def report(visitor: Visitor, printer: TellingPrinter, person: str, broken: tuple[str, str]) -> None:
    """One visit: card, what is broken, number and slip, End."""
    printer.number = str(sample.person(person)["number"])
    visitor.begin_with_card(uid(person))
    choose(visitor, *broken)
    tell("SUBMIT")
    submit(visitor)
    visitor.arrive(Screen.DONE, lambda: visitor.page(DonePage).slip == "printed")
    visitor.check(visitor.page(DonePage).kind is DoneKind.SAVED, "it does not say that it is saved here")
    visitor.end()


def waiting(folder: Path) -> int:
    rows = outbox_reading.listing(Places(folder).database)
    assert isinstance(rows, list), rows
    return sum(row["state"] in ("waiting", "sending") for row in rows)


def save_first_commit_later() -> None:
    """Plants the bug the test exists to catch: "saved" is said at once and committed with the next report."""
    held: list[Sealed] = []

    def enqueue(outbox: Outbox, draft: TicketDraft) -> SaveOutcome:
        while held:
            outbox.commit(held.pop())
        sealed = outbox.seal(draft)
        if isinstance(sealed, NotSaved):
            return sealed
        held.append(sealed)
        return Saved(sealed.envelope.context.op, sealed.reference)

    Outbox.enqueue = enqueue  # type: ignore[method-assign, assignment]


def main(what: str, folder: str, url: str, ca: str, seed: str, fault: str = "") -> None:
    data = Path(folder)
    held = lock.take(Places(data).lock)
    assert isinstance(held, lock.Lock), held
    if fault == "saved_first":
        save_first_commit_later()
    set_environment()
    os.environ["XDG_CONFIG_HOME"] = str(data / "typing")
    application = QGuiApplication([])
    start_log(data / "log")
    terminal = Terminal(data, url, Path(ca), online=what == "send")
    tell("READY")
    if what == "report":
        report_for_ever(terminal, random.Random(seed))
    terminal.until(lambda: waiting(data) == 0, "an empty outbox", PATIENCE)
    terminal.stop()
    del terminal, application
    held.release()


if __name__ == "__main__":
    main(*sys.argv[1:])
