"""The outbox's statements that are not about one whole row (rows.py)."""

from kiosk.domain.operations import FIRST_IN_LINE

#: The oldest unsettled operation of each aggregate, oldest first, from one on; and those that are first in line.
_OPEN = "SELECT seq, op_id FROM outbox AS o WHERE state IN ('waiting', 'sending') AND seq >= ?"
_IS_OLDEST = (
    "NOT EXISTS (SELECT 1 FROM outbox AS p WHERE p.aggregate = o.aggregate AND p.seq < o.seq"
    " AND p.state IN ('waiting', 'sending')) ORDER BY seq"
)
HEADS = f"{_OPEN} AND {_IS_OLDEST}"
FIRST_HEADS = f"{_OPEN} AND class = '{FIRST_IN_LINE}' AND {_IS_OLDEST}"
#: For a row that is not what was written; its mark stays wrong.
BURY = (
    "UPDATE outbox SET state = 'dead', next_try = '', last_answer = ?, dead_reason = ?"
    " WHERE op_id = ? AND state IN ('waiting', 'sending')"
)
WITHDRAW = "DELETE FROM outbox WHERE op_id = ?"
#: The newest row stays: the next one is linked to it.
EXPUNGE = (
    "DELETE FROM outbox WHERE state = 'settled' AND unixepoch(settled_at) < ? AND seq < (SELECT max(seq) FROM outbox)"
)
COUNT_EXPUNGED = "UPDATE expunged SET total = total + ?"
STATES = "SELECT state, count(*) FROM outbox GROUP BY state"
UNSETTLED = (
    "SELECT class, reference, made_at, attempts, state = 'dead', last_answer FROM outbox"
    " WHERE state IN ('waiting', 'sending', 'dead') ORDER BY 5 DESC, seq LIMIT ?"
)
DEAD = "SELECT op_id FROM outbox WHERE state = 'dead' ORDER BY seq"
LAST_SENT = "SELECT max(settled_at) FROM outbox WHERE state = 'settled'"
WAITING = "SELECT op_id FROM outbox WHERE state = 'waiting'"
LAST = "SELECT seq, link FROM outbox ORDER BY seq DESC LIMIT 1"
LINK = "SELECT link FROM outbox WHERE seq = ?"
EXPIRES = "SELECT expires_at FROM outbox WHERE op_id = ?"
