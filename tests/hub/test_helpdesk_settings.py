"""[helpdesk] of hub.toml: every mistake with its line and fix; what is mapped there comes back as it was sent."""

from pathlib import Path

import pytest

from kiosk.domain.priority import Priority
from kiosk.domain.tickets import TicketState
from kiosk.hub.config import ConfigError, load
from kiosk.hub.helpdesk_mapping import SENT_STATES, HelpdeskKind
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


ZAMMAD = {
    "kind": '"zammad"',
    "url": '"https://desk.example.edu"',
    "token_file": '"secret"',
    "customer": '"kiosk@example.edu"',
    "queues.default": '"服务台"',
    "priorities.P0": '"4 disaster"',
}
GLPI = {
    "kind": '"glpi"',
    "url": '"https://glpi.example.edu"',
    "client_id": '"hub"',
    "client_secret_file": '"secret"',
    "user": '"kiosk"',
    "password_file": '"secret"',
    "queues.default": '"5"',
}
WRONG_OF_OTHERS = [
    (ZAMMAD, "customer", "", "helpdesk", "customer"),
    (ZAMMAD, "customer", '"kiosk"', "helpdesk.customer", "e-mail address"),
    (ZAMMAD, "operation_field", '"Kiosk operation"', "helpdesk.operation_field", "small letters"),
    (ZAMMAD, "priorities.P0", "4", "helpdesk.priorities.P0", "write a name"),
    (ZAMMAD, "user", '"kiosk"', "helpdesk.user", "not known"),
    (ZAMMAD, "states.resolved", '"open"', "helpdesk.states.resolved", "cannot be both"),
    (GLPI, "user", "", "helpdesk", "write a text"),
    (GLPI, "password_file", '"open"', "helpdesk.password_file", "chmod 600"),
    (GLPI, "token_file", '"secret"', "helpdesk.token_file", "not known"),
    (GLPI, "writes_to_requesters", "true", "helpdesk.writes_to_requesters", "not known"),
    (GLPI, "queues.default", '"IT"', "helpdesk.queues.default", "its number"),
    (GLPI, "states.resolved", '"solved"', "helpdesk.states.resolved", "its number"),
    (GLPI, "priorities.P1", "5", "helpdesk.priorities.P1", "P0 (5) must be more than P1 (5)"),
]


def test_sound_tables_of_the_others_are_read_whole(tmp_path: Path) -> None:
    zammad, glpi = load(write(tmp_path, ZAMMAD)).helpdesk, load(write(tmp_path, GLPI)).helpdesk
    assert zammad is not None
    assert glpi is not None
    assert (zammad.kind, zammad.customer, zammad.operation_field) == ("zammad", "kiosk@example.edu", "kiosk_operation")
    assert glpi.account is not None
    assert (glpi.account.user, glpi.account.password.reveal()) == ("kiosk", "1-14-token")
    assert (zammad.writes_to_requesters, glpi.writes_to_requesters) == (True, False)
    assert "1-14-token" not in repr(glpi)


@pytest.mark.parametrize(("good", "key", "value", "named", "told"), WRONG_OF_OTHERS)
def test_every_mistake_in_a_table_of_the_others_is_told_with_its_line_and_fix(
    tmp_path: Path, good: dict[str, str], key: str, value: str, named: str, told: str
) -> None:
    file = write(tmp_path, {**good, key: value})
    with pytest.raises(ConfigError) as refused:
        load(file)
    place, _, words = str(refused.value).partition(": ")
    assert words.startswith(f"{named}: ") or named == "helpdesk"
    assert told in words
    line = file.read_text(encoding="utf-8").splitlines()[int(place.rpartition(":")[2]) - 1]
    assert line.startswith(f"{named.rpartition('.')[2]} =" if value else "[helpdesk"), line


@pytest.mark.parametrize("kind", [kind for kind in HelpdeskKind if kind is not HelpdeskKind.BUILTIN])
def test_a_status_that_is_sent_comes_back_as_the_state_it_was_sent_for(kind: HelpdeskKind) -> None:
    shipped = mapping(kind)
    for state in SENT_STATES:
        assert shipped.state(shipped.states[state], state) is state
    for priority in Priority:
        assert shipped.priority(str(shipped.priorities[priority]), priority) is priority
    assert shipped.state("never heard of") is None


def test_a_status_of_theirs_alone_is_the_nearest_of_ours() -> None:
    assert mapping().state("rejected", TicketState.IN_PROGRESS) is TicketState.RESOLVED
    zammad = mapping(HelpdeskKind.ZAMMAD)
    assert zammad.state("pending reminder", TicketState.IN_PROGRESS) is TicketState.WAITING_FOR_REQUESTER
    assert zammad.state("open", TicketState.RESOLVED) is TicketState.IN_PROGRESS
    assert mapping(HelpdeskKind.GLPI).state("3", TicketState.NEW) is TicketState.IN_PROGRESS


@pytest.mark.parametrize(
    ("number", "priority"), [(1000, "P0"), (100, "P0"), (99, "P1"), (50, "P2"), (1, "P3"), (0, "P3")]
)
def test_a_priority_between_ours_is_the_one_it_reaches(number: int, priority: str) -> None:
    assert mapping().priority(str(number)) == priority


def test_a_priority_by_name_is_the_least_urgent_it_can_be_and_an_unknown_one_none() -> None:
    zammad = mapping(HelpdeskKind.ZAMMAD)
    assert zammad.priority("3 high", Priority.P2) is Priority.P1
    assert zammad.priority("5 never", Priority.P2) is None
