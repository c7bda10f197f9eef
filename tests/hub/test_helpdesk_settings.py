"""[helpdesk] of hub.toml: every mistake with its line and fix; what is mapped there comes back as it was sent."""

from pathlib import Path

import pytest

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.config import ConfigError, load
from kiosk.hub.helpdesk_settings import SENT_STATES
from tests.hub.helpdesk_world import mapping
from tests.real.directory.servers import make_certificate

GOOD = {
    "kind": '"request-tracker"',
    "url": '"https://rt.example.edu/"',
    "ca": '"tls/ca.pem"',
    "token_file": '"secret"',
    "queues.default": '"Helpdesk"',
    "queues.network": '"网络 2"',
    "priorities.P1": "80",
    "states.closed": '"closed"',
    "statuses.parked": '"waiting_for_requester"',
}
#: A line changed ('' left out), the key that is named, and what is told.
WRONG = [
    ("kind", '"osticket"', "helpdesk.kind", "request-tracker"),
    ("kind", '"builtin"', "helpdesk.url", "counts only for another kind"),
    ("url", "", "helpdesk.url", "https://"),
    ("url", '"http://rt.example.edu"', "helpdesk.url", "only for this machine"),
    ("url", '"https://me@rt.example.edu"', "helpdesk.url", "https://"),
    ("url", '"https://rt.example.edu:port"', "helpdesk.url", "https://"),
    ("ca", '"nowhere.pem"', "helpdesk.ca", "cannot be read"),
    ("ca", '"secret"', "helpdesk.ca", "holds no certificate"),
    ("ca", "3", "helpdesk.ca", "write a text"),
    ("token_file", "", "helpdesk", "token_env"),
    ("token_file", '"open"', "helpdesk.token_file", "chmod 600"),
    ("token", '"clear"', "helpdesk.token", "not known"),
    ("operation_field", '"it\'s"', "helpdesk.operation_field", "cannot be searched"),
    ("operation_field", '""', "helpdesk.operation_field", "write a name"),
    ("language", '"fr"', "helpdesk.language", "zh, en"),
    ("writes_to_requesters", '"yes"', "helpdesk.writes_to_requesters", "true or false"),
    ("answer_within", "0", "helpdesk.answer_within", "from 1 to 60"),
    ("answer_within", "true", "helpdesk.answer_within", "from 1 to 60"),
    ("queues.default", "", "helpdesk.queues", "name the queue of all teams"),
    ("queues.network", "3", "helpdesk.queues.network", "write a name"),
    ("queues.network", '"a/b"', "helpdesk.queues.network", "cannot be searched"),
    ("priorities.P4", "1", "helpdesk.priorities.P4", "P0, P1, P2, P3"),
    ("priorities.P1", '"high"', "helpdesk.priorities.P1", "whole number"),
    ("priorities.P1", "20", "helpdesk.priorities.P1", "must be more than P2"),
    ("priorities.P1", "100", "helpdesk.priorities.P1", "P0 (100) must be more than P1 (100)"),
    ("states.declined", '"rejected"', "helpdesk.states.declined", "not known"),
    ("states.in_progress", '"new"', "helpdesk.states.in_progress", "cannot be both"),
    ("states.resolved", '"open"', "helpdesk.states.resolved", "cannot be both"),
    ("states.new", '""', "helpdesk.states.new", "write a name"),
    ("statuses.open", '"resolved"', "helpdesk.statuses.open", "cannot be both"),
    ("statuses.parked", '"waiting"', "helpdesk.statuses.parked", "must be one of"),
]


def write(folder: Path, lines: dict[str, str]) -> Path:
    make_certificate(folder / "tls")
    for name, mode in (("secret", 0o600), ("open", 0o644)):
        (folder / name).write_text("1-14-token\n")
        (folder / name).chmod(mode)
    tables: dict[str, list[str]] = {"helpdesk": []}
    for key, value in lines.items():
        table, _, name = key.rpartition(".")
        if value:
            tables.setdefault(f"helpdesk.{table}" if table else "helpdesk", []).append(f"{name} = {value}")
    file = folder / "hub.toml"
    file.write_text("".join(f"[{name}]\n" + "\n".join(rows) + "\n" for name, rows in tables.items()), encoding="utf-8")
    return file


def test_a_sound_table_is_read_whole(tmp_path: Path) -> None:
    found = load(write(tmp_path, GOOD)).helpdesk
    assert found is not None
    assert (found.url, found.token.reveal(), found.ca) == (
        "https://rt.example.edu",
        "1-14-token",
        tmp_path / "tls" / "ca.pem",
    )
    assert (found.mapping.queue("network"), found.mapping.queue("devices")) == ("网络 2", "Helpdesk")
    assert found.mapping.priorities[Priority.P1] == 80
    assert (found.mapping.states[TicketState.CLOSED], found.mapping.state("closed")) == ("closed", TicketState.CLOSED)
    assert found.mapping.state("parked") is TicketState.WAITING_FOR_REQUESTER
    assert "1-14-token" not in repr(found)


def test_without_a_table_the_hubs_own_tickets_are_all_there_is(tmp_path: Path) -> None:
    assert load(write(tmp_path, {})).helpdesk is None
    assert load(None).helpdesk is None


@pytest.mark.parametrize(("key", "value", "named", "told"), WRONG)
def test_every_mistake_is_told_with_its_line_and_fix(
    tmp_path: Path, key: str, value: str, named: str, told: str
) -> None:
    file = write(tmp_path, {**GOOD, key: value})
    with pytest.raises(ConfigError) as refused:
        load(file)
    place, _, words = str(refused.value).partition(": ")
    assert words.startswith(f"{named}: ") or named == "helpdesk"
    assert told in words
    line = file.read_text(encoding="utf-8").splitlines()[int(place.rpartition(":")[2]) - 1]
    name = named.rpartition(".")[2]
    assert line.startswith(f"{name} =" if value else "[helpdesk"), line


def test_a_status_that_is_sent_comes_back_as_the_state_it_was_sent_for() -> None:
    shipped = mapping()
    for state in SENT_STATES:
        assert shipped.state(shipped.states[state], state) is state
    assert shipped.state("rejected", TicketState.IN_PROGRESS) is TicketState.RESOLVED
    assert shipped.state("never heard of") is None


@pytest.mark.parametrize(
    ("number", "priority"), [(1000, "P0"), (100, "P0"), (99, "P1"), (50, "P2"), (1, "P3"), (0, "P3")]
)
def test_a_priority_between_ours_is_the_one_it_reaches(number: int, priority: str) -> None:
    assert mapping().priority(number) == priority
