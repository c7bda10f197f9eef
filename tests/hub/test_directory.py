"""What every directory keeps, the built-in one and any other: the contract of hub.ports.Directory."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.accounts import AccountDone, AccountRefusal, AccountRefused, AccountState, is_relocked
from kiosk.domain.password_rules import RuleId
from kiosk.hub.ports import DirectoryAccount, DirectoryOutcome, DirectorySilent, Password, PersonKey
from tests.hub.conftest import fresh_database, world_at
from tests.hub.directories import DIRECTORIES, Campus

S, R = AccountState, AccountRefusal
NEW, OTHER = Password("river-Stone-74"), Password("maple-Cloud-19")
WRONG = Password("not-the-Right-1")
#: State -> what each of unlock, reset, change, activate answers; None: it is done.
ANSWERS: dict[AccountState, tuple[AccountRefusal | None, ...]] = {
    S.ACTIVE: (R.NOT_LOCKED, None, None, R.ALREADY_ACTIVE),
    S.LOCKED: (None, None, R.LOCKED, R.ALREADY_ACTIVE),
    S.MUST_CHANGE: (R.NOT_LOCKED, None, None, R.ALREADY_ACTIVE),
    S.EXPIRED: (R.EXPIRED, R.EXPIRED, R.EXPIRED, R.EXPIRED),
    S.NEVER_ACTIVATED: (R.NOT_ACTIVATED, R.NOT_ACTIVATED, R.NOT_ACTIVATED, None),
    S.DISABLED: (R.DISABLED, R.DISABLED, R.DISABLED, R.DISABLED),
    S.PROTECTED: (R.PROTECTED, R.PROTECTED, R.PROTECTED, R.PROTECTED),
}
#: Typed into a field by somebody who knows how directories are asked, or by accident.
HOSTILE = (
    "*",
    "*)(uid=*",
    "*)(uid=*))(|(uid=*",
    "u*",
    "(objectClass=*)",
    "\\2a",
    "a\\",
    "uid=x,dc=campus,dc=test",
    "学号😀",
    "' OR 1=1 --",
    "%",
    "0" * 300,
    "\u202e12345",
    "\r\n",
    " ",
    "",
)
WRITINGS = (
    "密码-江河-河流-2026",
    "river😀Stone🪨74",
    "*)(uid=*-Stone-74",
    '"quoted\\"-Stone',
    "äöü Stone 74 ",
)
ACTS = ("unlock", "reset", "change", "activate")


#: Each directory, and which database the hub beside it has: the built-in one lives in it.
HOMES = [("builtin", "sqlite"), ("builtin", "postgresql"), ("openldap", "sqlite"), ("active-directory", "sqlite")]


@pytest.fixture(params=HOMES, ids="-".join)
def campus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Campus]:
    directory, database = request.param
    with world_at(fresh_database(request, database, tmp_path), tmp_path) as world:
        yield DIRECTORIES[directory](world, tmp_path, request)


def act(campus: Campus, name: str, login: str, new: Password = NEW) -> DirectoryOutcome:
    now = campus.clock()
    match name:
        case "unlock":
            return campus.directory.unlock(login, now)
        case "reset":
            return campus.directory.reset(login, new, now)
        case "change":
            return campus.directory.change(login, campus.password, new, now)
        case _:
            return campus.directory.activate(login, new, now)


@pytest.mark.parametrize("name", ACTS)
@pytest.mark.parametrize("state", list(S))
def test_every_act_in_every_state_answers_as_the_table_says(campus: Campus, state: AccountState, name: str) -> None:
    login, expected = campus.login(state), ANSWERS[state][ACTS.index(name)]
    outcome = act(campus, name, login)
    if expected is None:
        assert isinstance(outcome, AccountDone)
        assert outcome.act == name
        if name == "unlock":
            assert campus.sign_in(login, campus.password)
        else:
            assert campus.directory.verifies(login, NEW, campus.clock())
    else:
        assert isinstance(outcome, AccountRefused)
        assert outcome.why is expected
        assert campus.account(state).state is state, "what was refused changed nothing"
        assert not campus.directory.verifies(login, NEW, campus.clock())


def test_a_number_nobody_has_has_no_account(campus: Campus) -> None:
    assert campus.directory.find("20999999999", campus.clock()) is None
    for name in ACTS:
        outcome = act(campus, name, "20999999999")
        assert isinstance(outcome, AccountRefused)
        assert outcome.why is R.NO_ACCOUNT


def test_the_new_password_is_in_force_and_the_old_one_is_not(campus: Campus) -> None:
    login = campus.login(S.ACTIVE)
    done = act(campus, "reset", login)
    assert isinstance(done, AccountDone)
    assert campus.sign_in(login, NEW)
    assert not campus.sign_in(login, campus.password)
    changed_at = campus.account(S.ACTIVE).changed_at
    assert changed_at is not None
    assert abs(changed_at - campus.clock()) < timedelta(minutes=5)


def test_a_wrong_old_password_changes_nothing(campus: Campus) -> None:
    login = campus.login(S.ACTIVE)
    outcome = campus.directory.change(login, WRONG, NEW, campus.clock())
    assert outcome == AccountRefused(R.WRONG_OLD)
    assert campus.sign_in(login, campus.password)


def test_somebody_signs_in_with_the_password_in_force_and_with_nothing_else(campus: Campus) -> None:
    """What staff sign in to the console with."""

    def signs_in(login: str, password: Password) -> bool | DirectorySilent:
        return campus.directory.sign_in(login, password, "console", campus.clock())

    login = campus.login(S.ACTIVE)
    assert signs_in(login, campus.password) is True
    for wrong in (WRONG, Password(""), Password("\0"), Password(f"{campus.password.reveal()}\0")):
        assert signs_in(login, wrong) is False
    assert signs_in("nobody-here", campus.password) is False
    assert signs_in("*", campus.password) is False
    for state in (S.DISABLED, S.EXPIRED, S.NEVER_ACTIVATED):
        assert signs_in(campus.login(state), campus.password) is False, state


@pytest.mark.parametrize("name", ["reset", "change"])
def test_a_password_used_before_is_not_taken_again_neither_by_reset_nor_by_change(campus: Campus, name: str) -> None:
    login = campus.login(S.ACTIVE)
    used = act(campus, name, login, campus.password)
    assert used == AccountRefused(R.IN_HISTORY), "the present one"
    assert isinstance(act(campus, "reset", login, NEW), AccountDone)
    assert act(campus, "reset", login, campus.password) == AccountRefused(R.IN_HISTORY), "the one before"


def test_history_is_as_long_as_its_rule_says(campus: Campus) -> None:
    login = campus.login(S.ACTIVE)
    kept = next(rule.count for rule in campus.directory.rules() if rule.id is RuleId.HISTORY)
    # the first one with the old one: of what it never saw the hub can know nothing at a directory that resets blindly
    assert isinstance(act(campus, "change", login, Password("river-Stone-0")), AccountDone)
    for index in range(1, kept - 1):
        assert isinstance(act(campus, "reset", login, Password(f"river-Stone-{index}")), AccountDone)
    assert act(campus, "reset", login, campus.password) == AccountRefused(R.IN_HISTORY)
    assert isinstance(act(campus, "reset", login, OTHER), AccountDone)
    assert isinstance(act(campus, "reset", login, campus.password), AccountDone), "long enough ago"


def test_a_locked_account_says_since_when_and_until_when_and_opens_by_itself(campus: Campus) -> None:
    account = campus.account(S.LOCKED)
    assert account.locked_at is not None
    assert account.locked_until is not None
    assert account.locked_at <= campus.clock() < account.locked_until
    assert not campus.sign_in(account.login, campus.password), "the right one does not open it either"
    # and one for a directory that counts whole seconds
    campus.move(seconds=(account.locked_until - campus.clock()).total_seconds() + 1)
    assert campus.sign_in(account.login, campus.password)


def test_a_device_that_keeps_the_old_password_is_seen_by_the_lockouts(campus: Campus) -> None:
    """The re-lock trap: reset, and a phone that goes on trying locks it again."""
    login = campus.login(S.ACTIVE)
    act(campus, "reset", login)
    account = campus.account(S.ACTIVE)
    for _ in range(100):
        if account.state is S.LOCKED:
            break
        campus.move(seconds=5)
        # not the one before: Active Directory does not count the last two
        assert not campus.sign_in(login, WRONG)
        found = campus.directory.find(campus.number(S.ACTIVE), campus.clock())
        assert isinstance(found, DirectoryAccount)
        account = found
    assert account.state is S.LOCKED
    assert is_relocked(account.lockouts, account.changed_at, campus.clock())
    assert isinstance(campus.directory.unlock(login, campus.clock()), AccountDone)
    assert campus.sign_in(login, NEW), "the password stayed what it was"


def test_a_protected_account_is_not_locked_by_wrong_passwords(campus: Campus) -> None:
    login = campus.login(S.PROTECTED)
    for _ in range(30):
        assert not campus.sign_in(login, WRONG)
    assert campus.account(S.PROTECTED).state is S.PROTECTED


def test_what_is_the_same_for_everybody_is_said_in_both_languages(campus: Campus) -> None:
    account = campus.directory.account()
    assert account is not None
    said = [account.title, *(door.title for door in account.doors)]
    said += [text for place in (*account.saved_at, *account.afterwards) for text in (place.title, place.text)]
    assert all(text.zh and text.en for text in said)
    assert set(campus.account(S.ACTIVE).opens) <= {door.id for door in account.doors}
    assert set(account.acts) <= set(ACTS)


def test_an_account_is_found_by_number_by_card_and_by_login(campus: Campus) -> None:
    campus.add("20249999001", "zhao.liu", "04A1B2C3D4E5F6")
    found = [
        campus.directory.find("20249999001", campus.clock()),
        campus.directory.find("04A1B2C3D4E5F6", campus.clock(), PersonKey.CARD),
        campus.directory.find("zhao.liu", campus.clock(), PersonKey.LOGIN),
    ]
    assert all(isinstance(one, DirectoryAccount) and one.login == "zhao.liu" for one in found)
    assert campus.directory.find("zhao.liu", campus.clock()) is None, "a login is no number"
    assert campus.directory.find("20249999001", campus.clock(), PersonKey.CARD) is None


def test_nothing_typed_ends_its_field_and_nobody_else_is_found(campus: Campus) -> None:
    campus.account(S.ACTIVE)
    for value in HOSTILE:
        for key in PersonKey:
            assert campus.directory.find(value, campus.clock(), key) is None, (key, value)
        for name in ACTS:
            assert act(campus, name, value) == AccountRefused(R.NO_ACCOUNT), (name, value)
        assert not campus.directory.verifies(value, NEW, campus.clock())


def test_a_password_in_any_writing_is_set_and_works(campus: Campus) -> None:
    login = campus.login(S.ACTIVE)
    for text in WRITINGS:
        new = Password(text)
        assert isinstance(act(campus, "reset", login, new), AccountDone), text
        assert campus.directory.verifies(login, new, campus.clock()), text
        assert campus.sign_in(login, new), text
    assert not campus.sign_in(login, Password(WRITINGS[-1][:-1]))
    assert isinstance(campus.directory.change(login, Password(WRITINGS[-1]), NEW, campus.clock()), AccountDone)


def test_nothing_but_the_old_password_is_the_old_password(campus: Campus) -> None:
    login = campus.login(S.ACTIVE)
    for wrong in ("", "*"):
        assert campus.directory.change(login, Password(wrong), NEW, campus.clock()) == AccountRefused(R.WRONG_OLD)
    assert campus.sign_in(login, campus.password)


def test_a_thousand_questions_from_fifty_threads_are_each_answered_with_their_own_person(campus: Campus) -> None:
    people = [(f"2025{index:06d}", f"person{index}") for index in range(10)]
    for number, login in people:
        campus.add(number, login, "")

    def ask(index: int) -> bool:
        number, login = people[index % len(people)]
        found = campus.directory.find(number, campus.clock())
        return isinstance(found, DirectoryAccount) and found.login == login

    with ThreadPoolExecutor(50) as threads:
        assert all(threads.map(ask, range(1000)))


def test_no_password_is_rendered() -> None:
    assert "river" not in f"{NEW} {NEW!r} {NEW:>20} {(NEW,)}"
