"""Which test proves what of each system behind a port of the hub: kept as a table. A cell
names a test that exists, or says why there is nothing to prove."""

import ast
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: Why a cell is empty.
INSIDE = "built in: no line, no certificate and no account of the hub's own"
FILES = "files: no line, no certificate and no account"

DIRECTORY, LINE = "tests/hub/test_directory.py", "tests/hub/test_directory_line.py"
HELPDESK, CARDS, GATEWAYS = "tests/real/test_helpdesk.py", "tests/hub/test_rest_cards.py", "tests/real/test_gateways.py"
CSV, PEOPLE = "tests/hub/test_csv_cards.py", "tests/hub/test_people_file.py"
CONTRACT, NIGHTLY = "tests/hub/card_contract.py", "tests/hub/test_nightly.py"

DOWN, CUT, SLOW, WRONG_CA, EXPIRED, REFUSED, HOSTILE, MANY = (
    "down at connect",
    "down in mid-answer",
    "slow by half a minute",
    "wrong authority",
    "an account that is over",
    "a refused password or token",
    "Chinese, emoji and *)(uid=* in every field",
    "a thousand requests from fifty threads",
)
_LDAP = {
    DOWN: (LINE, "test_a_directory_that_is_down_is_an_outcome_and_is_asked_again_when_it_is_back"),
    CUT: (LINE, "test_an_answer_that_is_lost_is_not_taken_for_a_no"),
    SLOW: (LINE, "test_a_directory_that_takes_thirty_seconds_is_given_up_in_time_each_time"),
    WRONG_CA: (LINE, "test_a_server_of_another_authority_hears_no_password"),
    EXPIRED: (DIRECTORY, "test_every_act_in_every_state_answers_as_the_table_says"),
    HOSTILE: (DIRECTORY, "test_nothing_typed_ends_its_field_and_nobody_else_is_found"),
    MANY: (DIRECTORY, "test_a_thousand_questions_from_fifty_threads_are_each_answered_with_their_own_person"),
}
_INSIDE = dict.fromkeys((DOWN, CUT, SLOW, WRONG_CA), INSIDE)
_FILES = dict.fromkeys((WRONG_CA, EXPIRED, REFUSED), FILES)
_GATEWAY: dict[str, str | tuple[str, str]] = {
    DOWN: (GATEWAYS, "test_a_gateway_that_is_down_cut_off_or_slow_by_half_a_minute_is_a_matter_of_time"),
    CUT: (GATEWAYS, "test_a_gateway_that_is_down_cut_off_or_slow_by_half_a_minute_is_a_matter_of_time"),
    SLOW: (GATEWAYS, "test_a_gateway_that_is_down_cut_off_or_slow_by_half_a_minute_is_a_matter_of_time"),
    WRONG_CA: (GATEWAYS, "test_a_server_of_another_authority_hears_neither_secret_nor_message"),
    EXPIRED: (GATEWAYS, "test_an_account_that_is_refused_or_over_is_told_and_nothing_is_lost"),
    REFUSED: (GATEWAYS, "test_an_account_that_is_refused_or_over_is_told_and_nothing_is_lost"),
    HOSTILE: (GATEWAYS, "test_whatever_stands_in_a_message_arrives_as_it_was_written"),
    MANY: (GATEWAYS, "test_a_thousand_messages_from_fifty_threads_arrive_each_once"),
}
_HELPDESK: dict[str, str | tuple[str, str]] = {
    DOWN: (HELPDESK, "test_a_line_that_is_not_what_it_should_be_is_told_and_nothing_is_lost"),
    CUT: (HELPDESK, "test_an_answer_that_is_cut_never_makes_a_second_ticket_or_remark_and_a_planted_fault_does"),
    SLOW: (HELPDESK, "test_a_helpdesk_that_takes_half_a_minute_is_given_up_in_time_and_nothing_is_made_twice"),
    WRONG_CA: (HELPDESK, "test_a_line_that_is_not_what_it_should_be_is_told_and_nothing_is_lost"),
    EXPIRED: (HELPDESK, "test_a_line_that_is_not_what_it_should_be_is_told_and_nothing_is_lost"),
    REFUSED: (HELPDESK, "test_a_line_that_is_not_what_it_should_be_is_told_and_nothing_is_lost"),
    HOSTILE: (HELPDESK, "test_what_a_visitor_writes_arrives_as_it_was_written"),
    # a hundred from ten: Request Tracker is a process for each request
    MANY: (HELPDESK, "test_a_hundred_requests_from_ten_threads_are_each_answered_for_what_they_asked"),
}
_PROOFS: dict[str, dict[str, str | tuple[str, str]]] = {
    "directory, built in": {
        **_INSIDE,
        **{name: _LDAP[name] for name in (EXPIRED, HOSTILE, MANY)},
        REFUSED: (DIRECTORY, "test_a_password_used_before_is_not_taken_again_neither_by_reset_nor_by_change"),
    },
    "directory, OpenLDAP": {
        **_LDAP,
        REFUSED: ("tests/hub/test_openldap.py", "test_a_password_the_policy_refuses_is_refused_with_its_rule"),
    },
    "directory, Active Directory": {
        **_LDAP,
        REFUSED: (
            "tests/hub/test_active_directory.py",
            "test_a_domain_that_wants_kinds_of_character_says_so_and_refuses",
        ),
    },
    "helpdesk, built in": {
        **_INSIDE,
        **dict.fromkeys((EXPIRED, REFUSED), INSIDE),
        HOSTILE: (HELPDESK, "test_what_a_visitor_writes_arrives_as_it_was_written"),
        MANY: (
            "tests/hub/test_tickets.py",
            "test_a_thousand_requests_from_fifty_threads_are_each_answered_for_themselves",
        ),
    },
    "helpdesk, Request Tracker": {
        **_HELPDESK,
        REFUSED: (
            "tests/real/test_request_tracker.py",
            "test_the_check_names_a_wrong_token_authority_address_and_right",
        ),
    },
    "helpdesk, Zammad in recorded shape": _HELPDESK,
    "helpdesk, GLPI in recorded shape": _HELPDESK,
    "cards, built in": {
        **_INSIDE,
        EXPIRED: (CONTRACT, "losing_finding_and_replacing"),
        REFUSED: (CONTRACT, "a_pin_is_changed_only_with_the_present_one"),
        HOSTILE: (CONTRACT, "what_is_nobodys_id_reaches_nobody"),
        MANY: (CONTRACT, "a_thousand_questions_from_fifty_threads_get_their_own_answers"),
    },
    "cards, REST": {
        DOWN: (CARDS, "test_down_and_slow_are_no_answer_and_give_the_caller_back"),
        CUT: (
            CARDS,
            "test_where_nobody_knows_nothing_is_said_and_the_same_change_asked_again_is_made_once",
        ),
        SLOW: (CARDS, "test_down_and_slow_are_no_answer_and_give_the_caller_back"),
        WRONG_CA: (CARDS, "test_another_authoritys_server_is_told_nothing"),
        EXPIRED: (CARDS, "test_the_check_says_what_is_wrong_with_file_and_line_and_never_the_token"),
        REFUSED: (CARDS, "test_the_check_says_what_is_wrong_with_file_and_line_and_never_the_token"),
        HOSTILE: (CARDS, "test_nobodys_number_finds_nobody"),
        MANY: (CARDS, "test_a_thousand_requests_of_fifty_threads_get_their_own_answers"),
    },
    "cards, files": {
        **_FILES,
        DOWN: (CSV, "test_without_any_file_nobody_is_said_to_have_no_card"),
        CUT: (CSV, "test_a_new_file_is_taken_by_itself_and_a_bad_one_never"),
        SLOW: (CSV, "test_nobody_waits_for_a_large_file"),
        HOSTILE: (CSV, "test_movements_are_those_of_the_span_in_the_campuss_time_and_as_they_were_written"),
        MANY: (CSV, "test_a_thousand_questions_from_fifty_threads_get_their_own_answers"),
    },
    "notices, mail": _GATEWAY,
    "notices, SMS": _GATEWAY,
    "notices, robots": _GATEWAY,
    "people, lists": {
        **_FILES,
        DOWN: (NIGHTLY, "test_that_no_list_comes_is_told_once_and_ends_nobody"),
        CUT: (NIGHTLY, "test_a_list_cut_short_ends_nobody"),
        SLOW: (NIGHTLY, "test_a_list_that_comes_late_or_is_still_being_written_is_waited_for"),
        HOSTILE: (PEOPLE, "test_whatever_stands_in_a_field_is_text_of_that_field_or_a_bad_row"),
        MANY: (
            "tests/hub/test_people_import.py",
            "test_a_thousand_look_ups_from_fifty_threads_find_their_own_person_while_a_list_is_taken",
        ),
    },
}
CONDITIONS = {DOWN, CUT, SLOW, WRONG_CA, EXPIRED, REFUSED, HOSTILE, MANY}


@cache
def functions(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


@pytest.mark.parametrize("system", _PROOFS)
def test_every_condition_of_every_system_is_proven_by_a_test_that_exists(system: str) -> None:
    cells = _PROOFS[system]
    assert set(cells) == CONDITIONS
    gone = {name: cell for name, cell in cells.items() if isinstance(cell, tuple) and cell[1] not in functions(cell[0])}
    assert gone == {}
