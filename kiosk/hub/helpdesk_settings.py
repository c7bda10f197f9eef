"""The [helpdesk] table of hub.toml: which helpdesk, how to reach it, and what its queues, priorities and states are."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.domain.language import Language
from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.secret_value import Secret
from kiosk.hub.table_reader import Fail, TableReader

#: The queue of every team that has none of its own.
DEFAULT = "default"
#: Complaints go to a queue only where one is named for them: staff they are about may read all the others.
COMPLAINTS = "complaints"
#: Seconds for one answer: Request Tracker's own server takes one request at a time, so others may be before ours.
ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER = 15.0, 1.0, 60.0
#: A name as a TicketSQL search and an address can carry it.
MOST_NAME = 120
_NOT_IN_NAMES = frozenset("'\"\\{}/?#%")
_KEYS = (
    "kind",
    "url",
    "ca",
    "token_file",
    "token_env",
    "operation_field",
    "language",
    "writes_to_requesters",
    "answer_within",
    "queues",
    "priorities",
    "states",
    "statuses",
)


class HelpdeskKind(StrEnum):
    BUILTIN = "builtin"
    REQUEST_TRACKER = "request-tracker"


#: States a ticket of the hub can have there; what waits for an approval, or was declined, never goes there.
SENT_STATES = (
    TicketState.NEW,
    TicketState.IN_PROGRESS,
    TicketState.WAITING_FOR_REQUESTER,
    TicketState.RESOLVED,
    TicketState.CLOSED,
    TicketState.WITHDRAWN,
)
#: Request Tracker 5 as shipped: the lifecycle "default", priorities from 0 to 100.
_STATES = {
    TicketState.NEW: "new",
    TicketState.IN_PROGRESS: "open",
    TicketState.WAITING_FOR_REQUESTER: "stalled",
    TicketState.RESOLVED: "resolved",
    TicketState.CLOSED: "resolved",
    TicketState.WITHDRAWN: "rejected",
}
#: Rejected there, a ticket has an answer its requester may object to; whoever withdrew it is not asked.
_STATUSES = {"rejected": TicketState.RESOLVED, "deleted": TicketState.WITHDRAWN}
_PRIORITIES = {Priority.P0: 100, Priority.P1: 75, Priority.P2: 50, Priority.P3: 25}
MOST_PRIORITY = 1000


@dataclass(frozen=True, slots=True)
class Mapping:
    """``queues`` by team; ``states`` ours to theirs, ``statuses`` theirs to ours."""

    queues: dict[str, str]
    priorities: dict[Priority, int]
    states: dict[TicketState, str]
    statuses: dict[str, TicketState]

    def queue(self, team: str) -> str:
        return self.queues.get(team) or self.queues[DEFAULT]

    def priority(self, number: int) -> Priority:
        """The most urgent one whose number is reached."""
        return next((name for name in Priority if number >= self.priorities[name]), Priority.P3)

    def state(self, status: str, now: TicketState | None = None) -> TicketState | None:
        """``None`` for a status that is mapped to nothing. ``now``: ours, which stays where their word for it is
        ``status``: several of ours may have the same one."""
        if now is not None and self.states.get(now) == status:
            return now
        return self.statuses.get(status)


@dataclass(frozen=True, slots=True)
class HelpdeskSettings:
    """``ca`` ``None``: the authorities this machine trusts. ``operation_field``: the custom field with our mark.
    ``writes_to_requesters``: it gets their address, writes to them itself, and the hub does not."""

    url: str
    token: Secret
    ca: Path | None
    operation_field: str
    mapping: Mapping
    language: Language = Language.ZH
    writes_to_requesters: bool = True
    answer_within: float = ANSWER_WITHIN
    kind: HelpdeskKind = HelpdeskKind.REQUEST_TRACKER

    @property
    def name(self) -> str:
        """Which one it is: what is known of one helpdesk means nothing at another."""
        return f"{self.kind} {self.url}"


def read_helpdesk(table: Any, folder: Path, fail: Fail) -> HelpdeskSettings | None:
    """``None``: the built-in one. ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""
    if table is None:
        return None
    return _Reader(TableReader("helpdesk", table, folder, fail)).settings()


def read_mapping(table: dict[str, Any], fail: Fail) -> Mapping:
    """Of a [helpdesk] table the queues, priorities and states."""
    return _Reader(TableReader("helpdesk", table, Path(), fail)).mapping()


class _Reader:
    def __init__(self, read: TableReader) -> None:
        self._read = read

    def settings(self) -> HelpdeskSettings | None:
        self._read.only(*_KEYS)
        if self._read.choice("kind", HelpdeskKind.BUILTIN) is HelpdeskKind.BUILTIN:
            for key in self._read.values:
                if key != "kind":
                    self._read.wrong(key, 'counts only for another kind: write kind = "request-tracker"')
            return None
        return HelpdeskSettings(
            url=self._read.address(
                "url", 'write its address: "https://rt.example.edu"; http:// only for this machine', here=True
            ),
            token=self._read.secret("token"),
            ca=self._read.authority(),
            operation_field=self._name("operation_field", self._read.values.get("operation_field", "Kiosk operation")),
            mapping=self.mapping(),
            language=self._read.choice("language", Language.ZH),
            writes_to_requesters=self._yes("writes_to_requesters"),
            answer_within=self._read.seconds("answer_within", ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER),
        )

    def mapping(self) -> Mapping:
        return Mapping(self._queues(), self._priorities(), *self._both_states())

    def _queues(self) -> dict[str, str]:
        table = self._read.part("queues")
        if DEFAULT not in table:
            self._read.wrong(
                "queues" if table else "kind", f'name the queue of all teams: [helpdesk.queues] {DEFAULT} = "…"'
            )
        return {team: self._name(f"queues.{team}", queue) for team, queue in table.items()}

    def _priorities(self) -> dict[Priority, int]:
        table = self._read.part("priorities")
        self._read.only(*Priority, part="priorities")
        found = {**_PRIORITIES, **{Priority(name): number for name, number in table.items()}}
        for name, number in found.items():
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_PRIORITY:
                self._read.wrong(f"priorities.{name}", f"write a whole number from 0 to {MOST_PRIORITY}")
        for above, below in zip(Priority, list(Priority)[1:], strict=False):
            if found[above] <= found[below]:
                key = above if above in table else below
                self._read.wrong(
                    f"priorities.{key}", f"{above} ({found[above]}) must be more than {below} ({found[below]})"
                )
        return found

    def _both_states(self) -> tuple[dict[TicketState, str], dict[str, TicketState]]:
        ours, theirs = self._read.part("states"), self._read.part("statuses")
        self._read.only(*SENT_STATES, part="states")
        states = {
            **_STATES,
            **{TicketState(name): self._name(f"states.{name}", status) for name, status in ours.items()},
        }
        back = {states[state]: state for state in reversed(SENT_STATES)}
        back |= {s: state for s, state in _STATUSES.items() if back.get(s, state) in (state, TicketState.WITHDRAWN)}
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

    def _yes(self, key: str) -> bool:
        value = self._read.values.get(key, True)
        if not isinstance(value, bool):
            self._read.wrong(key, "write true or false")
        return bool(value)

    def _name(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= MOST_NAME or not value.isprintable():
            self._read.wrong(key, f"write a name of at most {MOST_NAME} characters")
        if _NOT_IN_NAMES & set(value):
            self._read.wrong(key, f"a name with one of {' '.join(sorted(_NOT_IN_NAMES))} cannot be searched for")
        return value.strip()
