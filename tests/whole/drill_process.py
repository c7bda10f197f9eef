"""``kiosk drill`` as a program of its own, with a planted bug where the test asks for one.

python -m tests.whole.drill_process FOLDER HUB_KEY COUNT [ack_first]
"""

import sys
from pathlib import Path

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.outcomes import NotSaved, Saved, SaveOutcome
from kiosk.offline import drill
from kiosk.offline.outbox import Outbox

#: Reports the planted bug says are saved before any of them is committed.
HELD_BACK = 5


class AckFirst:
    """The bug this drill exists to catch: says saved first and commits a few reports later."""

    def __init__(self, outbox: Outbox) -> None:
        self._outbox = outbox
        self._held: list[object] = []

    def enqueue(self, draft: TicketDraft) -> SaveOutcome:
        sealed = self._outbox.seal(draft)
        if isinstance(sealed, NotSaved):
            return sealed
        self._held.append(draft)
        if len(self._held) > HELD_BACK:
            self._held.clear()
            return self._outbox.commit(sealed)
        return Saved(sealed.envelope.context.op, sealed.reference)

    def close(self) -> None:
        self._outbox.close()


def main(folder: str, hub_key: str, count: str, fault: str = "") -> None:
    if fault == "ack_first":
        honest = drill._outbox

        def planted(*arguments: object) -> object:
            found = honest(*arguments)  # type: ignore[arg-type]
            return AckFirst(found) if isinstance(found, Outbox) else found

        drill._outbox = planted  # type: ignore[assignment]
    print(drill.drill(Path(folder), Path(hub_key), int(count)), file=sys.stderr)


if __name__ == "__main__":
    main(*sys.argv[1:])
