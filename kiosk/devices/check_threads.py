"""Looks at this machine, each on a thread of its own: one that hangs (a dead disk, a dead sensor) holds up nothing."""

import logging
import threading
from collections.abc import Callable, Mapping

from kiosk.domain.health import Down, Reading, Subject, Why
from kiosk.services.ports import Checked

Look = Callable[[], Reading | None]
_log = logging.getLogger(__name__)


class CheckThreads:
    """``services.ports.Checks``. ``post`` is called on the look's thread. A subject without a look is not there."""

    def __init__(self, looks: Mapping[Subject, Look], post: Callable[[Checked], object]) -> None:
        self._looks, self._post = dict(looks), post
        self._looking: set[Subject] = set()

    def ask(self, subject: Subject) -> None:
        """While an earlier look at the same subject hangs, no second one joins it: the earlier one's answer counts."""
        if subject in self._looking:
            return
        self._looking.add(subject)
        threading.Thread(target=self._run, args=(subject,), name=f"check-{subject}", daemon=True).start()

    def _run(self, subject: Subject) -> None:
        look = self._looks.get(subject)
        found = looked(subject, look) if look else None
        self._looking.discard(subject)  # before it is told: whoever knows may ask again at once
        self._post(Checked(subject, found))


def looked(subject: Subject, look: Look) -> Reading | None:
    """A look that fails has found something too."""
    try:
        return look()
    except Exception as error:
        _log.warning("check %s: %s", subject, type(error).__name__)
        return Reading(subject, Down(Why.NO_ANSWER), type(error).__name__)
