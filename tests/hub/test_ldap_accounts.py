"""What directories write and how it is read: times of three kinds, conditions, and which state wins."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.accounts import AccountState
from kiosk.domain.password_rules import PasswordRule, RuleId
from kiosk.hub.campus.ldap_accounts import (
    Policy,
    days_since_epoch,
    filetime,
    generalized_time,
    holds,
    state_of,
    whole,
)
from kiosk.hub.campus.ldap_directory import stricter
from kiosk.hub.campus.ldap_helper import filter_of
from kiosk.hub.campus.ldap_messages import Entry, Query
from kiosk.hub.directory_settings import Condition

S = AccountState
ENTRY = Entry("uid=x", {"employeetype": (b"Staff", b"Teacher"), "mail": (b"x@example.edu",)})


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("20261116020000Z", datetime(2026, 11, 16, 2, tzinfo=UTC)),
        ("20261116020000.123456Z", datetime(2026, 11, 16, 2, tzinfo=UTC)),
        ("202611160200Z", datetime(2026, 11, 16, 2, tzinfo=UTC)),
        ("000001010000Z", None),
        ("", None),
        ("soon", None),
    ],
)
def test_generalized_time(text: str, time: datetime | None) -> None:
    assert generalized_time(text) == time


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("132223104000000000", datetime(2020, 1, 1, tzinfo=UTC)),
        ("0", None),
        ("9223372036854775807", None),
        ("-1", None),
        ("", None),
    ],
)
def test_filetime(text: str, time: datetime | None) -> None:
    assert filetime(text) == time


def test_shadow_expire_counts_days_and_minus_one_is_never() -> None:
    assert days_since_epoch("18262") == datetime(2020, 1, 1, tzinfo=UTC)
    assert days_since_epoch("-1") is None


@given(st.text())
def test_nothing_a_directory_writes_raises(text: str) -> None:
    for read in (generalized_time, filetime, days_since_epoch, whole):
        read(text)
    holds((Condition((("mail", text),)),), ENTRY)


@pytest.mark.parametrize(
    ("terms", "held"),
    [
        ((("employeeType", "staff"),), True),
        ((("EMPLOYEETYPE", "TEACHER"),), True),
        ((("employeeType", "student"),), False),
        ((("mail", "*"),), True),
        ((("mail", ""),), False),
        ((("mobile", ""),), True),
        ((("mobile", "*"),), False),
        ((("employeeType", "staff"), ("mobile", "")), True),
        ((("employeeType", "staff"), ("mobile", "*")), False),
    ],
)
def test_a_condition_holds_where_each_of_its_terms_does(terms: tuple[tuple[str, str], ...], held: bool) -> None:
    assert holds((Condition(terms),), ENTRY) is held
    assert holds((Condition((("mail", "nobody"),)), Condition(terms)), ENTRY) is held
    assert not holds((), ENTRY)


def test_what_nobody_may_touch_comes_before_what_is_over_and_that_before_what_can_be_mended() -> None:
    order = (S.PROTECTED, S.DISABLED, S.EXPIRED, S.NEVER_ACTIVATED, S.LOCKED, S.MUST_CHANGE)
    for index, state in enumerate(order):
        assert state_of(dict.fromkeys(order[index:], True)) is state
    assert state_of({}) is S.ACTIVE


@given(st.text())
def test_a_value_never_ends_its_place_in_a_filter(value: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        return
    made = filter_of(Query("dc=x", (), (("uid", value), ("cn", "a")), ("mail",)))
    inside = made.removeprefix("(&(uid=").removesuffix(")(cn=a)(mail=*))")
    assert made == f"(&(uid={inside})(cn=a)(mail=*))"
    plain = inside.replace("\\", "")
    assert all(char.isascii() and char.isalnum() for char in plain)


def test_of_two_rules_the_stricter_counts_and_of_history_the_directorys() -> None:
    own = (PasswordRule(RuleId.HISTORY, 9), PasswordRule(RuleId.MIN_LENGTH, 12), PasswordRule(RuleId.STRENGTH, 2))
    policy = Policy(min_length=8, max_length=32, kinds=3, not_personal=True, history=5)
    assert stricter(own, policy) == (
        PasswordRule(RuleId.MIN_LENGTH, 12),
        PasswordRule(RuleId.MAX_LENGTH, 32),
        PasswordRule(RuleId.KINDS, 3),
        PasswordRule(RuleId.NOT_PERSONAL),
        PasswordRule(RuleId.STRENGTH, 2),
        PasswordRule(RuleId.HISTORY, 5),
    )
    assert stricter((PasswordRule(RuleId.MIN_LENGTH, 8),), Policy(min_length=14))[0].count == 14
    assert stricter((), Policy()) == ()
