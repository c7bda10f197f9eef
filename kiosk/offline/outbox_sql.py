"""The outbox's statements. Every state change names the states it may start from: a late answer changes nothing."""

from kiosk.domain.operations import FIRST_IN_LINE
from kiosk.offline.chain import ENVELOPE_COLUMNS

INSERT = (
    "INSERT INTO outbox (seq, op_id, class, aggregate, kiosk, suite, key_id, reference, made_at, expires_at, sealed,"
    " signature, digest, prev, link, state, attempts, next_try, last_answer, dead_reason, settled_at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, '', '', '', '')"
)
#: The oldest unsettled operation of each aggregate, what is first in line before all others, then oldest first.
HEADS = (
    f"SELECT op_id, class = '{FIRST_IN_LINE}' FROM outbox AS o WHERE state IN ('waiting', 'sending') AND NOT EXISTS"
    " (SELECT 1 FROM outbox AS p WHERE p.aggregate = o.aggregate AND p.seq < o.seq"
    " AND p.state IN ('waiting', 'sending')) ORDER BY 2 DESC, seq"
)
SEND = "UPDATE outbox SET state = 'sending', attempts = attempts + 1, next_try = '' WHERE op_id = ?"
PARCEL = f"SELECT attempts, digest, {ENVELOPE_COLUMNS} FROM outbox WHERE op_id = ?"
SETTLE = (
    "UPDATE outbox SET state = 'settled', sealed = x'', signature = x'', next_try = '', last_answer = ?,"
    " settled_at = ? WHERE op_id = ? AND state IN ('waiting', 'sending')"
)
#: A dead letter stays for a person to look at.
BURY = (
    "UPDATE outbox SET state = 'dead', next_try = '', last_answer = ?, dead_reason = ?"
    " WHERE op_id = ? AND state IN ('waiting', 'sending')"
)
RETRY = "UPDATE outbox SET state = 'waiting', next_try = ?, last_answer = ? WHERE op_id = ? AND state = 'sending'"
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
LAST_SENT = "SELECT max(settled_at) FROM outbox WHERE state = 'settled'"
WAITING = "SELECT op_id FROM outbox WHERE state = 'waiting'"
LAST = "SELECT seq, link FROM outbox ORDER BY seq DESC LIMIT 1"
EXPIRES = "SELECT expires_at FROM outbox WHERE op_id = ?"
