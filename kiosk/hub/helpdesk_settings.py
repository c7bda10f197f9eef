"""The [helpdesk] table of hub.toml: which helpdesk, how to reach it, and what its queues, priorities and states are."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from kiosk.domain.language import Language
from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.secret_value import Secret, read_secret

Fail = Callable[[str, str], NoReturn]

#: The queue of every team that has none of its own.
DEFAULT = "default"
#: Complaints go to a queue only where one is named for them: staff they are about may read all the others.
COMPLAINTS = "complaints"
#: Seconds for one answer: Request Tracker's own server takes one request at a time, so others may be before ours.
ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER = 15.0, 1.0, 60.0
#: A name as a TicketSQL search and an address can carry it.
MOST_NAME = 120
_NOT_IN_NAMES = frozenset("'\"\\{}/?#%")
_HERE = ("127.0.0.1", "::1", "localhost")
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
    if not isinstance(table, dict):
        fail("helpdesk", "write a table: [helpdesk]")
    return _Reader(table, folder, fail).settings()


def read_mapping(table: dict[str, Any], fail: Fail) -> Mapping:
    """Of a [helpdesk] table the queues, priorities and states."""
    return _Reader(table, Path(), fail).mapping()


class _Reader:
    def __init__(self, table: dict[str, Any], folder: Path, fail: Fail) -> None:
        self._table, self._folder, self._fail = table, folder, fail

    def settings(self) -> HelpdeskSettings | None:
        for key in self._table:
            if key not in _KEYS:
                self._wrong(key, f"is not known; known here: {', '.join(_KEYS)}")
        kind = self._table.get("kind", HelpdeskKind.BUILTIN)
        if kind not in list(HelpdeskKind):
            self._wrong("kind", f"must be one of: {', '.join(HelpdeskKind)}")
        if kind == HelpdeskKind.BUILTIN:
            for key in self._table:
                if key != "kind":
                    self._wrong(key, 'counts only for another kind: write kind = "request-tracker"')
            return None
        return HelpdeskSettings(
            url=self._url(),
            token=read_secret(self._table, "helpdesk", "token", self._folder, self._fail),
            ca=self._ca(),
            operation_field=self._name("operation_field", self._table.get("operation_field", "Kiosk operation")),
            mapping=self.mapping(),
            language=self._language(),
            writes_to_requesters=self._yes("writes_to_requesters"),
            answer_within=self._answer_within(),
        )

    def mapping(self) -> Mapping:
        return Mapping(self._queues(), self._priorities(), *self._both_states())

    def _url(self) -> str:
        value = self._table.get("url", "")
        text = value.rstrip("/") if isinstance(value, str) else ""
        try:
            parts = urlsplit(text)
            sound = parts.port is None or parts.port > 0
        except ValueError:
            sound = False
        secure = sound and (parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE))
        if not secure or not parts.hostname or parts.query or parts.fragment or parts.username:
            self._wrong("url", 'write its address: "https://rt.example.edu"; http:// only for this machine')
        return text

    def _ca(self) -> Path | None:
        named = self._table.get("ca", "")
        if not isinstance(named, str):
            self._wrong("ca", 'write a text: "…"')
        if not named:
            return None
        file = (self._folder / named).absolute()
        try:
            text = file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            self._wrong("ca", f"{file} cannot be read as PEM")
        if "-----BEGIN CERTIFICATE-----" not in text:
            self._wrong("ca", f"{file} holds no certificate (PEM)")
        return file

    def _queues(self) -> dict[str, str]:
        table = self._part("queues")
        if DEFAULT not in table:
            self._wrong(
                "queues" if table else "kind", f'name the queue of all teams: [helpdesk.queues] {DEFAULT} = "…"'
            )
        return {team: self._name(f"queues.{team}", queue) for team, queue in table.items()}

    def _priorities(self) -> dict[Priority, int]:
        table = self._part("priorities")
        self._only(table, "priorities", tuple(Priority))
        found = {**_PRIORITIES, **{Priority(name): number for name, number in table.items()}}
        for name, number in found.items():
            if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number <= MOST_PRIORITY:
                self._wrong(f"priorities.{name}", f"write a whole number from 0 to {MOST_PRIORITY}")
        for above, below in zip(Priority, list(Priority)[1:], strict=False):
            if found[above] <= found[below]:
                key = above if above in table else below
                self._wrong(f"priorities.{key}", f"{above} ({found[above]}) must be more than {below} ({found[below]})")
        return found

    def _both_states(self) -> tuple[dict[TicketState, str], dict[str, TicketState]]:
        ours, theirs = self._part("states"), self._part("statuses")
        self._only(ours, "states", tuple(SENT_STATES))
        states = {
            **_STATES,
            **{TicketState(name): self._name(f"states.{name}", status) for name, status in ours.items()},
        }
        back = {states[state]: state for state in reversed(SENT_STATES)}
        back |= {s: state for s, state in _STATUSES.items() if back.get(s, state) in (state, TicketState.WITHDRAWN)}
        for status, state in theirs.items():
            if state not in SENT_STATES:
                self._wrong(f"statuses.{status}", f"must be one of: {', '.join(SENT_STATES)}")
            back[self._name(f"statuses.{status}", status)] = TicketState(state)
        for state in (TicketState.NEW, TicketState.IN_PROGRESS, TicketState.RESOLVED):
            if back[states[state]] is not state:
                first = back[states[state]]
                self._wrong(
                    f"statuses.{states[state]}" if states[state] in theirs else f"states.{state}",
                    f"{states[state]} cannot be both {first} and {state}: what comes back would not be what was sent",
                )
        return states, back

    def _language(self) -> Language:
        value = self._table.get("language", Language.ZH)
        if value not in list(Language):
            self._wrong("language", f"must be one of: {', '.join(Language)}")
        return Language(value)

    def _yes(self, key: str) -> bool:
        value = self._table.get(key, True)
        if not isinstance(value, bool):
            self._wrong(key, "write true or false")
        return bool(value)

    def _answer_within(self) -> float:
        value = self._table.get("answer_within", ANSWER_WITHIN)
        good = isinstance(value, int | float) and not isinstance(value, bool)
        if not good or not SHORTEST_ANSWER <= value <= LONGEST_ANSWER:
            self._wrong("answer_within", f"write seconds from {SHORTEST_ANSWER:g} to {LONGEST_ANSWER:g}")
        return float(value)

    def _part(self, key: str) -> dict[str, Any]:
        table = self._table.get(key, {})
        if not isinstance(table, dict):
            self._wrong(key, f"write a table: [helpdesk.{key}]")
        return dict(table)

    def _name(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not 0 < len(value.strip()) <= MOST_NAME or not value.isprintable():
            self._wrong(key, f"write a name of at most {MOST_NAME} characters")
        if _NOT_IN_NAMES & set(value):
            self._wrong(key, f"a name with one of {' '.join(sorted(_NOT_IN_NAMES))} cannot be searched for")
        return value.strip()

    def _only(self, table: dict[str, Any], name: str, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                self._wrong(f"{name}.{key}", f"is not known; known here: {', '.join(known)}")

    def _wrong(self, key: str, fix: str) -> NoReturn:
        self._fail(f"helpdesk.{key}", fix)
