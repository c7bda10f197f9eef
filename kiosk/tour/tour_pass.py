"""One pass: a fresh campus, every flow one after the other, and after each the proof that nothing of it is left."""

import json
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kiosk.domain.language import Language
from kiosk.logs import start_log
from kiosk.offline import outbox_reading
from kiosk.offline.places import Places
from kiosk.services.views import Look, Overlay, Screen
from kiosk.tour import sample
from kiosk.tour.flows import ENGLISH_TOUCHES, KEYS_FACTOR, Flow
from kiosk.tour.hand import Finger, Hand
from kiosk.tour.keypad import Keypad
from kiosk.tour.noise import Noise
from kiosk.tour.own_hub import OwnHub
from kiosk.tour.pictures import Pictures
from kiosk.tour.record import FlowRecord, Report, WentWrongError
from kiosk.tour.residue import left_behind
from kiosk.tour.walker import STILL_ON, Walker
from kiosk.tour.world import World

#: How long the hub may take to list its tickets, seconds.
LIST_WITHIN = 60.0
#: A visit is over by then, whatever happened in it, seconds.
ANY_VISIT_OVER = 1000.0
#: A line's longest back-off is over by then, and so often it is waited for, seconds and times.
BACK_OFF_OVER = 45.0
MOST_BACK_OFFS = 6


class Pass:
    """``folder`` is fresh, for the campus; pictures go to ``out``. Made and used once, on the interface thread."""

    def __init__(
        self,
        folder: Path,
        out: Path,
        size: tuple[int, int],
        language: Language,
        mode: str,
        noise: Noise,
        own: OwnHub | None = None,
    ) -> None:
        self._out, self._language, self._mode, self._noise = out, language, mode, noise
        start_log(folder.parent / "log")
        self._world, self._own = World(folder, *size, own), own
        self._pictures = Pictures(out)
        self._bugs = 0

    def walk(self, flows: Sequence[Flow], report: Report) -> None:
        world = self._world
        try:
            world.until(lambda: world.view.screen is Screen.ATTRACT and bool(world.view.frame.mark), "the first page")
            finger = Finger(world.root, world.until)
            hand: Hand = Keypad(world.root) if self._mode == "keys" else finger
            for flow in flows:
                report.flows.append(self._one(flow, hand))
            self._deliver()
            self._count_at_hub(report)
            if self._own is not None and self._own.helpdesk:
                self._all_at_helpdesk(report)
            world.rest()
        finally:
            self._pictures.close()
            world.stop()

    def _one(self, flow: Flow, hand: Hand) -> FlowRecord:
        record = FlowRecord(flow.name)
        walker = Walker(self._world, hand, self._pictures, record, self._language, self._mode)
        record.ok = True
        try:
            flow.walk(walker)
            walker.end()
        except WentWrongError as error:
            record.fail(str(error))
            walker.picture("failed")
        self._budget(flow, record)
        self._tidy(record)
        if left := left_behind(self._world.root, walker.canaries):
            record.fail(f"left behind in {', '.join(sorted(set(left))[:5])}")
        if (bugs := self._world.kiosk.worker.counters.bugs) > self._bugs:
            self._bugs = bugs
            record.fail("the worker met a bug; see the log")
        record.warnings = self._noise.new_lines()
        if record.warnings:
            record.fail(f"said on stderr: {record.warnings[0]}")
        record.seconds = round(record.seconds, 2)
        return record

    def _budget(self, flow: Flow, record: FlowRecord) -> None:
        if flow.touches is None:
            return
        record.budget = flow.touches + (ENGLISH_TOUCHES if self._language is Language.EN else 0)
        if self._mode == "keys":
            record.budget = int(record.budget * KEYS_FACTOR)
        if record.touches > record.budget:
            record.fail(f"{record.touches} touches where {record.budget} are allowed")
        if flow.seconds is not None and self._mode != "keys":
            # told, never judged: how fast this machine is today says nothing about the journey
            record.outcome["seconds_allowed"] = flow.seconds

    def _tidy(self, record: FlowRecord) -> None:
        """Whatever the flow did: everything works again, nobody is there, and all that was handed in has arrived."""
        world = self._world
        for action in ("net on", "paper ok", "printer on", "card-off", "headphones off"):
            world.do(action)
        try:
            if not world.hub.running:
                world.hub.start()
            if world.view.screen is not Screen.ATTRACT:
                world.pass_time(ANY_VISIT_OVER)
            world.until(lambda: world.view.screen is Screen.ATTRACT and world.on_screen(), "attract after the flow")
            world.until(lambda: world.view.question.kind is Overlay.NONE, "no question after the flow")
            if world.view.look != Look():
                record.fail(STILL_ON)
            self._deliver()
            world.until(lambda: world.view.strip.kind in ("normal", "sent"), "a strip without trouble after the flow")
        except WentWrongError as error:
            record.fail(str(error))

    def _deliver(self) -> None:
        """Until the outbox is empty; moves the clock past the back-off where that is what it waits for."""
        for _ in range(MOST_BACK_OFFS):
            end = time.monotonic() + 5.0
            while time.monotonic() < end:
                if not self._waiting():
                    return
                self._world.pump()
            self._world.pass_time(BACK_OFF_OVER)
        raise WentWrongError(f"{self._waiting()} reports are still waiting to be sent")

    def _waiting(self) -> int:
        rows = outbox_reading.listing(Places(self._world.places.folder).database)
        if isinstance(rows, outbox_reading.NoOutbox):
            raise WentWrongError(f"the outbox cannot be read: {rows.detail}")
        return sum(1 for row in rows if row["state"] in ("waiting", "sending"))

    def _count_at_hub(self, report: Report) -> None:
        """Every number that was shown belongs to exactly one ticket at the hub, and no ticket has another."""
        tickets = self._tickets()
        for flow in report.flows:
            for reference in flow.references:
                count = sum(1 for ticket in tickets if ticket["reference"] == reference)
                flow.outcome["delivered"] = max(count, flow.outcome.get("delivered", count))
                if count != 1:
                    flow.fail(f"{reference} is {count} tickets at the hub")
            note = str(flow.outcome.get("note", "")).casefold()
            if note and not any(note in str(ticket["description"]).casefold() for ticket in tickets):
                flow.fail("no ticket at the hub has the note")
        known = {reference for flow in report.flows for reference in flow.references} | sample.ticket_references()
        if report.flows and (others := [t["reference"] for t in tickets if t["reference"] not in known]):
            report.flows[-1].fail(f"tickets nobody was told of: {', '.join(others)}")

    def _all_at_helpdesk(self, report: Report) -> None:
        """What was reported and done is at the campus's own helpdesk too, and none of it was refused there."""
        hub = self._world.hub
        try:
            self._world.until_at_hub(lambda: not hub.waits_for_helpdesk(), "everything at the helpdesk")
        except WentWrongError as error:
            report.flows[-1].fail(str(error))
        for reference, why in hub.refused_by_helpdesk():
            flow = next((flow for flow in report.flows if reference in flow.references), report.flows[-1])
            flow.fail(f"the helpdesk does not take what became of {reference}: {why}")

    def _tickets(self) -> list[dict[str, Any]]:
        command = [sys.executable, "-m", "kiosk.hub", "tickets", "--data", str(self._world.places.folder), "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=LIST_WITHIN, check=True)
        tickets: list[dict[str, Any]] = json.loads(done.stdout)
        return tickets
