"""What a kiosk does while it is killed, cut from power or let down by its disk: how it stood before, and the act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlite_utils import Database as Tables

from kiosk.domain.operations import OpId
from kiosk.domain.references import NumberBlock
from kiosk.offline import chain, database, durable_file
from kiosk.offline.migrations import MIGRATIONS
from kiosk.offline.outbox import KEEP_SETTLED
from kiosk.offline.sealer import Sealer
from kiosk.sqlite import dbapi
from tests.crash.kiosk import KEYS, NAME, Kiosk
from tests.crash.told import Saved
from tests.offline.failing_disk import FailingDisk
from tests.offline.kiosks import HandClock, draft

Act = Callable[[Kiosk], object]

#: Pages of the write-ahead log after which the kiosk under test checkpoints, where a scenario is about that.
EARLY_CHECKPOINT = 4
#: How often the disk says no before a kiosk that fills it is sure.
REFUSED_AT_LAST = 6
#: What a small file holds, one after the other.
IDENTITIES = (b'{"hub_keys": ["old"]}', b'{"hub_keys": ["old", "new"]}')
#: Bytes the log is grown to where a scenario is about that: two steps instead of sixteen.
SMALL_LOG = 1024 * 1024


@dataclass(frozen=True)
class Scenario:
    """``before`` is not watched; the folder is copied as it then lies there. ``sets_aside``: the database is broken
    before, so one that was made anew stands there afterwards, with the broken one beside it. ``withdraws``: reports
    taken back without anybody being told yet."""

    act: Act
    before: Act
    refuses: frozenset[str] = frozenset()
    silent_first: frozenset[str] = frozenset()
    sets_aside: bool = False
    withdraws: int = 0


def waiting(*notes: str, numbers: int = 30, close: bool = True) -> Act:
    def before(kiosk: Kiosk) -> None:
        kiosk.own_key()
        kiosk.boot().add_numbers(NumberBlock.fresh("A12", 1, numbers))
        kiosk.report(*notes)
        if close:
            kiosk.close()

    return before


def _enqueue(kiosk: Kiosk) -> None:
    kiosk.boot()
    kiosk.report("new 1", "new 2", "new 3", "new 4")


def _deliver(kiosk: Kiosk) -> None:
    kiosk.boot()
    kiosk.deliver()


def _deliver_and_report(kiosk: Kiosk) -> None:
    _deliver(kiosk)
    kiosk.report("new 1")
    kiosk.deliver()


def _old_schema(kiosk: Kiosk) -> None:
    """As the first version left it, with three reports that were never sent."""
    kiosk.own_key()
    connection = dbapi.connect(str(kiosk.places.database), isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    MIGRATIONS.apply(Tables(connection), stop_before="m002_classes_of_operations")
    connection.execute("INSERT INTO number_block VALUES ('A12', 1, 30, 4)")
    sealer = Sealer(NAME, KEYS.kiosk, KEYS.hub_key)
    before, block = chain.GENESIS, NumberBlock.fresh("A12", 1, 30)
    for seq, note in enumerate(("old 1", "old 2", "old 3"), 1):
        taken = block.take()
        assert isinstance(taken, tuple)
        reference, block = str(taken[0]), taken[1]
        envelope = sealer.operation(draft(note), OpId.new(), reference, kiosk.clock.hub_now())
        context, digest = envelope.context, chain.digest(envelope)
        connection.execute(
            "INSERT INTO outbox (seq, op_id, class, aggregate, kiosk, suite, key_id, reference, made_at, expires_at,"
            " sealed, signature, digest, prev, link, state, attempts, next_try, last_answer, dead_reason, settled_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'waiting', 0, '', '', '', '')",
            (
                *(seq, context.op, context.kind, context.aggregate, context.kiosk, context.suite, context.key),
                *(reference, context.made, context.expires, envelope.sealed, envelope.signature),
                *(digest, before, chain.link(before, digest)),
            ),
        )
        before = chain.link(before, digest)
        kiosk.say(Saved(note, context.op, reference))
    connection.close()


def _boot_and_report(kiosk: Kiosk) -> None:
    kiosk.boot()
    kiosk.report("new 1")


def _checkpoint(kiosk: Kiosk) -> None:
    kiosk.boot()
    kiosk.database.execute(f"PRAGMA wal_autocheckpoint={EARLY_CHECKPOINT}")
    kiosk.report("new 1", "new 2", "new 3")
    kiosk.close()


def _settled(kiosk: Kiosk) -> None:
    waiting("old 1", "old 2", "old 3", close=False)(kiosk)
    kiosk.deliver()
    kiosk.report("old 4")
    kiosk.close()


def _prune(kiosk: Kiosk) -> None:
    kiosk.clock = HandClock((KEEP_SETTLED + timedelta(hours=1)).total_seconds())
    kiosk.boot()
    kiosk.report("new 1")
    kiosk.outbox.forget_settled()
    kiosk.report("new 2")


def _take_over_numbers(kiosk: Kiosk) -> None:
    kiosk.boot()
    kiosk.more_numbers()
    kiosk.report("new 1", "new 2")


def _first_boot(kiosk: Kiosk) -> None:
    kiosk.boot()
    kiosk.more_numbers()
    kiosk.report("new 1")


def _grow(kiosk: Kiosk) -> None:
    database.WAL_BYTES = SMALL_LOG
    kiosk.boot()
    kiosk.database.grow_log()
    kiosk.report("new 1")


def _withdraw(kiosk: Kiosk) -> None:
    """A commit that is on the disk although the disk said no: the person reports again."""
    disk = FailingDisk()
    kiosk.connect = disk.connect
    kiosk.boot()
    kiosk.report("new 1")
    disk.fail("COMMIT", dbapi.SQLITE_IOERR, after=True)
    kiosk.report("new 2", "new 3")


def _broken(kiosk: Kiosk) -> None:
    waiting("old 1", "old 2")(kiosk)
    content = bytearray(kiosk.places.database.read_bytes())
    content[4096:8192] = b"\xa5" * 4096
    kiosk.places.database.write_bytes(content)


def _small_files(kiosk: Kiosk) -> None:
    """A new key of the hub while reports come in."""
    kiosk.boot()
    kiosk.report("new 1")
    durable_file.write(kiosk.places.identity, IDENTITIES[1])
    kiosk.report("new 2")


def _with_identity(kiosk: Kiosk) -> None:
    waiting("old 1")(kiosk)
    durable_file.write(kiosk.places.identity, IDENTITIES[0])


SCENARIOS: dict[str, Scenario] = {
    "enqueue": Scenario(_enqueue, waiting()),
    "deliver": Scenario(_deliver_and_report, waiting("old 1", "old 2", "old 3")),
    "migrate": Scenario(_boot_and_report, _old_schema),
    "checkpoint": Scenario(_checkpoint, waiting("old 1")),
    "dead letter": Scenario(_deliver, waiting("old 1", "no 1", "old 2"), refuses=frozenset({"no 1"})),
    "prune": Scenario(_prune, _settled),
    "numbers": Scenario(_take_over_numbers, waiting("old 1", numbers=2)),
    "boot after crash": Scenario(_boot_and_report, waiting("old 1", "old 2", close=False)),
    "first boot": Scenario(_first_boot, lambda _kiosk: None),
    "retry": Scenario(_deliver, waiting("old 1", "mute 1"), silent_first=frozenset({"mute 1"})),
    "withdraw": Scenario(_withdraw, waiting("old 1"), withdraws=1),
    "grow the log": Scenario(_grow, waiting("old 1", close=False)),
    "set aside": Scenario(_first_boot, _broken, sets_aside=True),
    "small files": Scenario(_small_files, _with_identity),
}


def _fill(kiosk: Kiosk) -> None:
    """Until the disk takes no more; then everything is sent, which needs some of it as well."""
    kiosk.boot()
    number = 0
    while kiosk.refused < REFUSED_AT_LAST:
        number += 1
        kiosk.report(f"new {number}")
    kiosk.deliver()


#: Whose system calls are too many to stop at each.
LONG = {"fill": Scenario(_fill, waiting("old 1", numbers=9_999))}
ALL = SCENARIOS | LONG
