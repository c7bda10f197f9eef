"""What every directory keeps, the built-in one and any other: the contract of hub.ports.Directory."""

import pytest

from kiosk.domain.accounts import AccountDone, AccountOutcome, AccountRefusal, AccountRefused, AccountState, is_relocked
from kiosk.domain.password_rules import RuleId
from kiosk.hub.ports import DirectoryAccount, Password
from tests.hub.conftest import World
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
ACTS = ("unlock", "reset", "change", "activate")


@pytest.fixture(params=list(DIRECTORIES))
def campus(request: pytest.FixtureRequest, world: World) -> Campus:
    return DIRECTORIES[request.param](world)


def act(campus: Campus, name: str, login: str, new: Password = NEW) -> AccountOutcome:
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
        assert campus.directory.verifies(login, NEW if name != "unlock" else campus.password, campus.clock())
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
    assert campus.account(S.ACTIVE).changed_at == campus.clock()


def test_a_wrong_old_password_changes_nothing(campus: Campus) -> None:
    login = campus.login(S.ACTIVE)
    outcome = campus.directory.change(login, WRONG, NEW, campus.clock())
    assert outcome == AccountRefused(R.WRONG_OLD)
    assert campus.sign_in(login, campus.password)


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
    for index in range(kept - 1):
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
    campus.move(seconds=(account.locked_until - campus.clock()).total_seconds())
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
        assert not campus.sign_in(login, campus.password)
        found = campus.directory.find(campus.numbers[S.ACTIVE], campus.clock())
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


def test_no_password_is_rendered() -> None:
    assert "river" not in f"{NEW} {NEW!r} {NEW:>20} {(NEW,)}"
