"""A hub's courier in a process of its own that dies as the helpdesk has answered: ``answered`` before it has written
anything of that, ``written`` before that is committed.

python -m tests.real.helpdesk.killed DATABASE_URL HUB_TOML NOW answered|written
"""

import os
import signal
import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy.orm import Session

from kiosk.hub import courier
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.campus_systems import helpdesk_of
from kiosk.hub.config import load
from kiosk.hub.services.helpdesk_outbox import settle
from kiosk.hub.store.database import Store


def main(url: str, config: str, now: str, point: str) -> None:
    moment = datetime.fromisoformat(now)
    settings = load(Path(config)).helpdesk
    assert settings is not None

    def dying(db: Session, *rest: Any) -> None:
        if point == "written":
            settle(db, *rest)
            db.flush()
        os.kill(os.getpid(), signal.SIGKILL)

    between = courier.Between(
        Store(url), helpdesk_of(settings), settings, BuiltinNotices(lambda: moment), lambda: moment
    )
    with patch("kiosk.hub.courier.settle", dying):
        courier.Courier(between).carry_one()
    raise SystemExit("nothing was due")


if __name__ == "__main__":
    main(*sys.argv[1:])
