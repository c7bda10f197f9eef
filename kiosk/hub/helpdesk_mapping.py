"""What the teams, priorities and states of the hub are called at a helpdesk: as it is shipped, and as hub.toml says."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.table_reader import TableReader

#: The queue of every team that has none of its own.
DEFAULT = "default"
#: Complaints go to a queue only where one is named for them: staff they are about may read all the others.
COMPLAINTS = "complaints"
#: A name as a search and an address can carry it.
MOST_NAME = 120
_NOT_IN_NAMES = frozenset("'\"\\{}/?#%")
MOST_PRIORITY = 1000


class HelpdeskKind(StrEnum):
    BUILTIN = "builtin"
    REQUEST_TRACKER = "request-tracker"
    ZAMMAD = "zammad"
    GLPI = "glpi"


#: States a ticket of the hub can have there; what waits for an approval, or was declined, never goes there.
SENT_STATES = (
    TicketState.NEW,
    TicketState.IN_PROGRESS,
    TicketState.WAITING_FOR_REQUESTER,
    TicketState.RESOLVED,
    TicketState.CLOSED,
    TicketState.WITHDRAWN,
)


@dataclass(frozen=True, slots=True)
class Shipped:
    """``states`` in the order of SENT_STATES, ``priorities`` from P0 to P3; ``statuses``: what they have besides.
    ``numbers``: queues and statuses are numbers there."""

    states: tuple[str, ...]
    statuses: dict[str, TicketState]
    priorities: tuple[int | str, ...]
    numbers: bool = False


_S = TicketState
SHIPPED = {
    #: Request Tracker 5: the lifecycle "default", priorities from 0 to 100. Rejected there, a ticket has an answer its
    #: requester may object to; whoever withdrew it is not asked.
    HelpdeskKind.REQUEST_TRACKER: Shipped(
        ("new", "open", "stalled", "resolved", "resolved", "rejected"),
        {"rejected": _S.RESOLVED, "deleted": _S.WITHDRAWN},
        (100, 75, 50, 25),
    ),
    #: Zammad 6 has no word for solved but not yet closed, none for waiting without a time to be reminded at, and three
    #: priorities.
    HelpdeskKind.ZAMMAD: Shipped(
        ("new", "open", "open", "closed", "closed", "closed"),
        {"pending reminder": _S.WAITING_FOR_REQUESTER, "pending close": _S.RESOLVED, "merged": _S.RESOLVED},
        ("3 high", "3 high", "2 normal", "1 low"),
    ),
    #: GLPI's CommonITILObject: 1 new, 2 assigned, 3 planned, 4 pending, 5 solved, 6 closed; urgencies from 5 to 1.
    HelpdeskKind.GLPI: Shipped(
        ("1", "2", "4", "5", "6", "6"),
        {"3": _S.IN_PROGRESS, "10": _S.IN_PROGRESS},
        (5, 4, 3, 2),
        numbers=True,
    ),
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """``queues`` by team; ``states`` and ``priorities`` ours to theirs, ``statuses`` theirs to ours."""

    queues: dict[str, str]
    priorities: dict[Priority, int | str]
    states: dict[TicketState, str]
    statuses: dict[str, TicketState]

    def queue(self, team: str) -> str:
        return self.queues.get(team) or self.queues[DEFAULT]

    def priority(self, theirs: str, now: Priority | None = None) -> Priority | None:
        """Of a number the most urgent one that is reached, of a name the least urgent one it is the name of; ``None``
        for a name that is mapped to nothing. ``now``: ours, which stays where theirs is its own."""
        if now is not None and str(self.priorities[now]) == theirs:
            return now
        if not theirs.isdecimal():
            return next((ours for ours in reversed(Priority) if self.priorities[ours] == theirs), None)
        reached = (
            ours for ours in Priority if isinstance(least := self.priorities[ours], int) and int(theirs) >= least
        )
        return next(reached, Priority.P3)

    def state(self, status: str, now: TicketState | None = None) -> TicketState | None:
        """``None`` for a status that is mapped to nothing. ``now``: ours, which stays where their word for it is
        ``status``: several of ours may have the same one."""
        if now is not None and self.states.get(now) == status:
            return now
        return self.statuses.get(status)


def read_mapping(read: TableReader, kind: HelpdeskKind) -> Mapping:
    """Of a [helpdesk] table the queues, priorities and states."""
    return _Reader(read, SHIPPED[kind]).mapping()


def read_name(read: TableReader, key: str, value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value.strip()) <= MOST_NAME or not value.isprintable():
        read.wrong(key, f"write a name of at most {MOST_NAME} characters")
    if _NOT_IN_NAMES & set(value):
        read.wrong(key, f"a name with one of {' '.join(sorted(_NOT_IN_NAMES))} cannot be searched for")
    return value.strip()


class _Reader:
    def __init__(self, read: TableReader, shipped: Shipped) -> None:
        self._read, self._shipped = read, shipped

    def mapping(self) -> Mapping:
        return Mapping(self._queues(), self._priorities(), *self._both_states())

    def _queues(self) -> dict[str, str]:
        table = self._read.part("queues")
        if DEFAULT not in table:
            self._read.wrong(
                "queues" if table else "kind", f'name the queue of all teams: [helpdesk.queues] {DEFAULT} = "…"'
            )
        return {team: self._name(f"queues.{team}", queue) for team, queue in table.items()}

    def _priorities(self) -> dict[Priority, int | str]:
        table = self._read.part("priorities")
        self._read.only(*Priority, part="priorities")
        shipped = dict(zip(Priority, self._shipped.priorities, strict=True))
        if isinstance(shipped[Priority.P0], str):
            named = {Priority(name): read_name(self._read, f"priorities.{name}", said) for name, said in table.items()}
            return {**shipped, **named}
        found = {**shipped, **{Priority(name): number for name, number in table.items()}}
        for name, number in found.items():
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_PRIORITY:
                self._read.wrong(f"priorities.{name}", f"write a whole number from 0 to {MOST_PRIORITY}")
        for above, below in zip(Priority, list(Priority)[1:], strict=False):
            if int(found[above]) <= int(found[below]):
                key = above if above in table else below
                self._read.wrong(
                    f"priorities.{key}", f"{above} ({found[above]}) must be more than {below} ({found[below]})"
                )
        return found

    def _both_states(self) -> tuple[dict[TicketState, str], dict[str, TicketState]]:
        ours, theirs = self._read.part("states"), self._read.part("statuses")
        self._read.only(*SENT_STATES, part="states")
        states = {
            **dict(zip(SENT_STATES, self._shipped.states, strict=True)),
            **{TicketState(name): self._name(f"states.{name}", status) for name, status in ours.items()},
        }
        back = {states[state]: state for state in reversed(SENT_STATES)}
        besides = self._shipped.statuses.items()
        back |= {s: state for s, state in besides if back.get(s, state) in (state, TicketState.WITHDRAWN)}
        for status, state in theirs.items():
            if state not in SENT_STATES:
                self._read.wrong(f"statuses.{status}", f"must be one of: {', '.join(SENT_STATES)}")
            back[self._name(f"statuses.{status}", status)] = TicketState(state)
        for state in (TicketState.NEW, TicketState.IN_PROGRESS, TicketState.RESOLVED):
            if back[states[state]] is not state:
                first = back[states[state]]
                self._read.wrong(
                    f"statuses.{states[state]}" if states[state] in theirs else f"states.{state}",
                    f"{states[state]} cannot be both {first} and {state}: what comes back would not be what was sent",
                )
        return states, back

    def _name(self, key: str, value: object) -> str:
        """Of a queue or a status."""
        name = read_name(self._read, key, value)
        if self._shipped.numbers and not (name.isascii() and name.isdecimal()):
            self._read.wrong(key, 'write its number there, in quotes: "5"')
        return name
