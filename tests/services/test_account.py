"""Account and password at the kiosk: what is asked, said and sent, with hub and secret helper simulated."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.accounts import (
    AccountAct,
    AccountDone,
    AccountRefusal,
    AccountRefused,
    AccountSeen,
    AccountState,
    SaidRule,
)
from kiosk.domain.campus import AccountDoor, CampusAccount, SavedAt
from kiosk.domain.devices import PrinterState
from kiosk.domain.identity import CardProof
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.parcels import SealedOrder
from kiosk.domain.password_rules import RuleId
from kiosk.domain.policy import CardPresent, Factor
from kiosk.domain.visit_events import PinAccepted
from kiosk.services.account import ASK_AGAIN_AFTER, ASKED_AGAIN, COMPLETE_AFTER
from kiosk.services.hub_requests import DoAct, FetchAccount
from kiosk.services.ports import PasswordSealed, PasswordTyped, PinFailed, PinForgotten
from kiosk.services.requests import Back, End, Open, PasswordBack, PasswordNext, Start, ToggleAid
from kiosk.services.views import AccountLockedPage, AccountPage, DonePage, PasswordPage, Screen
from kiosk.services.when import day_and_time
from kiosk.words import Speaker
from tests.services.a_station import NOW, AStation, replace, text, verified

PIN, CODE, GENUINE = Factor.PIN, Factor.CODE, CardPresent(CardProof.C2_MUTUAL)
LOST = Unreachable(Unreached.TIMED_OUT)
PLACE = SavedAt("wifi-high", text("手机 Wi-Fi", "Phone Wi-Fi"), text("先忘记网络", "First forget the network"))
SIGN_IN = SavedAt("sign-in", text("登录门户", "Sign in"), text("用新密码", "With the new password"))
ACCOUNT = CampusAccount(
    title=text("统一身份认证", "Campus account"),
    doors=(AccountDoor("wifi", "wifi-high", text("校园 Wi-Fi", "Campus Wi-Fi")),),
    acts=tuple(act.value for act in AccountAct),
    saved_at=(PLACE,),
    afterwards=(PLACE, SIGN_IN),
    callback=("access", "s1"),
)
RULES = (
    SaidRule(RuleId.MIN_LENGTH, 10, text("至少 10 位"), ticks=True),
    SaidRule("local_rule", 0, text("听起来像诗"), ticks=False),
)


def seen(state: AccountState = AccountState.ACTIVE, **more: object) -> AccountSeen:
    found = AccountSeen("handle", "2023•••••87", state, ("wifi",), rules=RULES)
    return replace(found, **more)  # type: ignore[arg-type]


def typed(step: str = "new", new: int = 0, again: int = 0, **more: object) -> PasswordTyped:
    broken = frozenset({"min_length"}) if new < 10 else frozenset[str]()
    made = PasswordTyped(step, 0, new, again, broken, 3, ready=False, differs=False)
    return replace(made, **more)  # type: ignore[arg-type]


def at_menu(account: CampusAccount = ACCOUNT, printer: PrinterState = PrinterState.READY) -> AStation:
    station = AStation(printer)
    assert station.session.campus is not None
    station.session.campus = replace(station.session.campus, account=account)
    station.tap().press(Open("account"))
    assert station.screen is Screen.ACCOUNT
    return station


def proven(act: AccountAct, **how: object) -> AStation:
    """The menu, one act chosen, and enough proven for every act at once."""
    station = at_menu(**how)  # type: ignore[arg-type]
    if act is AccountAct.ACTIVATE:  # needs no PIN: what was proven earlier in the visit counts
        station.session.happen(PinAccepted(verified(PIN, CODE, GENUINE), station.session.visit.generation))
        station.press(Open(act.value))
    else:
        station.press(Open(act.value)).pin_typed().answer(verified(PIN, CODE, GENUINE))
    asked = station.hub.asked[-1]
    assert isinstance(asked, FetchAccount)
    assert asked.act is act
    return station


def at_password(act: AccountAct = AccountAct.RESET, state: AccountState = AccountState.ACTIVE) -> AStation:
    station = proven(act).answer(seen(state))
    assert station.screen is Screen.PASSWORD
    return station


def sealed(station: AStation) -> AStation:
    station.station.secret(PasswordSealed(SealedOrder(b"sealed")))
    return station


def page(station: AStation) -> PasswordPage:
    found = station.view.page
    assert isinstance(found, PasswordPage)
    return found


# -- before anything is typed -------------------------------------------------------------------------------------
def test_which_account_and_what_it_opens_is_said_before_anything_is_asked() -> None:
    found = at_menu().view.page
    assert isinstance(found, AccountPage)
    assert (found.account, found.opens) == ("统一身份认证", ("校园 Wi-Fi",))
    assert [row.id for row in found.rows] == ["reset", "unlock", "change", "activate", "change_pin"]


def test_a_campus_without_a_directory_has_no_tile() -> None:
    station = AStation().press(Start(AStation().session.visit.language))
    assert "account" not in [row.id for row in station.view.page.tiles]  # type: ignore[union-attr]


def test_only_what_the_directory_can_do_is_offered() -> None:
    found = at_menu(replace(ACCOUNT, acts=("unlock",))).view.page
    assert isinstance(found, AccountPage)
    assert [row.id for row in found.rows] == ["unlock", "change_pin"]


@pytest.mark.parametrize("act", list(AccountAct))
def test_nothing_is_asked_of_the_hub_before_it_is_proven(act: AccountAct) -> None:
    station = at_menu().press(Open(act.value))
    assert not [asked for asked in station.hub.asked if isinstance(asked, FetchAccount | DoAct)]
    assert not station.words.is_open


@pytest.mark.parametrize(
    ("act", "state", "words"),
    [
        (AccountAct.UNLOCK, AccountState.ACTIVE, "账号没有被锁"),
        (AccountAct.ACTIVATE, AccountState.ACTIVE, "账号早就能用了"),
        (AccountAct.RESET, AccountState.NEVER_ACTIVATED, "这个账号还没有密码"),
    ],
)
def test_what_does_not_fit_the_account_is_said_on_the_menu(act: AccountAct, state: AccountState, words: str) -> None:
    found = proven(act).answer(seen(state)).view.page
    assert isinstance(found, AccountPage)
    assert found.notice is not None
    assert found.notice.title == words


@pytest.mark.parametrize("state", [AccountState.PROTECTED, AccountState.DISABLED, AccountState.EXPIRED])
@pytest.mark.parametrize("act", list(AccountAct))
def test_what_no_kiosk_may_do_leads_to_people(act: AccountAct, state: AccountState) -> None:
    station = proven(act).answer(seen(state))
    assert station.screen is Screen.UNAVAILABLE
    assert [row.id for row in station.view.page.ways] == ["callback:account", "report", "none"]  # type: ignore[union-attr]
    assert not station.words.is_open


# -- locked -------------------------------------------------------------------------------------------------------
def locked(relocked: bool) -> AccountSeen:
    until = NOW + timedelta(minutes=20)
    return seen(AccountState.LOCKED, locked_at=NOW, locked_until=until, locked_from="wifi", relocked=relocked)


@pytest.mark.parametrize("act", [AccountAct.UNLOCK, AccountAct.RESET, AccountAct.CHANGE])
@pytest.mark.parametrize("relocked", [True, False])
def test_a_locked_account_is_unlocked_first_whatever_was_chosen(act: AccountAct, relocked: bool) -> None:
    station = proven(act).answer(locked(relocked))
    found = station.view.page
    assert isinstance(found, AccountLockedPage)
    assert found.unlock == "只解锁，不改密码"
    assert ("还在用" in found.title) is relocked
    assert ("14:46" in found.text) is not relocked, "it opens by itself at a time the hub gave"
    assert [fact.value for fact in found.facts if fact.label == "从哪里"] == ["校园 Wi-Fi"]
    station.press(Open("unlock_now"))
    asked = station.hub.asked[-1]
    assert isinstance(asked, DoAct)
    assert asked.order == SealedOrder(b"unlock handle")
    station.answer(AccountDone(AccountAct.UNLOCK, NOW))
    done = station.view.page
    assert isinstance(done, DonePage)
    assert done.headline == "账号解锁了"
    assert "密码没有改" in done.promise


def test_whoever_forgot_it_too_goes_on_to_another_password() -> None:
    station = proven(AccountAct.UNLOCK).answer(locked(True)).press(Open("forgot"))
    station.answer(locked(True))
    assert station.screen is Screen.PASSWORD
    assert station.words.opened[-1][1] is AccountAct.RESET


def test_the_steps_can_be_taken_along_and_hold_no_name() -> None:
    station = proven(AccountAct.UNLOCK).answer(locked(True)).press(Open("print_places"))
    slip = station.printer.slips[-1][1]
    assert "手机 Wi-Fi" in str(slip.facts)
    assert "2023" not in str(slip)


def test_without_a_printer_no_printing_is_offered() -> None:
    found = proven(AccountAct.UNLOCK, printer=PrinterState.NONE).answer(locked(True)).view.page
    assert isinstance(found, AccountLockedPage)
    assert found.print == ""


# -- typing -------------------------------------------------------------------------------------------------------
def test_the_helper_lives_as_long_as_the_page() -> None:
    station = at_password()
    assert station.words.is_open
    station.press(Back())
    assert (station.screen, station.words.is_open) == (Screen.ACCOUNT, False)
    station = at_password().press(End())
    assert (station.screen, station.words.is_open) == (Screen.ATTRACT, False)


def test_rules_tick_and_say_how_far_it_is() -> None:
    station = at_password()
    station.station.secret(typed(new=6))
    assert [(rule.state, rule.missing) for rule in page(station).rules] == [("open", "还差 4 位"), ("said", "")]
    assert not page(station).can_go
    station.station.secret(typed(new=10))
    assert [(rule.state, rule.missing) for rule in page(station).rules] == [("kept", ""), ("said", "")]
    assert page(station).can_go


def test_a_complete_word_goes_on_to_the_second_by_itself_and_an_incomplete_one_never() -> None:
    station = at_password()
    station.station.secret(typed(new=6))
    assert station.wait(COMPLETE_AFTER * 3).words.asked == []
    station.station.secret(typed(new=10))
    assert station.wait(COMPLETE_AFTER - 0.5).words.asked == []
    assert station.wait(1.0).words.asked == ["next"]


def test_nothing_moves_on_by_itself_where_an_aid_is_on() -> None:
    station = at_password().press(ToggleAid("large"))
    station.station.secret(typed(new=10))
    assert station.wait(COMPLETE_AFTER * 3).words.asked == []


def test_the_primary_wakes_when_both_agree_and_seals_once() -> None:
    station = at_password()
    station.station.secret(typed("again", 10, 9))
    assert not page(station).can_go
    station.station.secret(typed("again", 10, 10, ready=True))
    assert (page(station).can_go, page(station).primary) == (True, "改成新密码")
    station.press(PasswordNext())
    assert station.words.asked == ["seal"]
    sealed(station).press(PasswordNext(), PasswordBack())
    assert station.words.asked == ["seal"], "while the hub is asked nothing more is done"
    assert page(station).busy


def test_words_wiped_for_silence_or_a_broken_helper_are_said() -> None:
    station = at_password()
    station.station.secret(typed(new=10))
    station.station.secret(PinForgotten())
    assert page(station).fields[0].count == 0
    assert page(station).notice is not None
    station.station.secret(PinFailed())
    assert page(station).held


# -- what the hub says --------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", [AccountAct.RESET, AccountAct.CHANGE, AccountAct.ACTIVATE])
def test_done_says_first_forget_the_wifi_then_sign_in_and_the_slip_the_same(act: AccountAct) -> None:
    state = AccountState.NEVER_ACTIVATED if act is AccountAct.ACTIVATE else AccountState.ACTIVE
    station = sealed(at_password(act, state)).answer(AccountDone(act, NOW, act is not AccountAct.ACTIVATE))
    found = station.view.page
    assert isinstance(found, DonePage)
    assert [row.title for row in found.guide] == ["手机 Wi-Fi", "登录门户"]
    assert ("旧密码已失效" in found.promise) is (act is not AccountAct.ACTIVATE)
    slip = station.printer.slips[-1][1]
    assert [label for label, _ in slip.facts][-2:] == ["第 1 步", "第 2 步"]


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (AccountRefusal.BROKEN_RULES, "没做到：至少 10 位。"),
        (AccountRefusal.IN_HISTORY, "换一个没用过的。"),
        (AccountRefusal.WRONG_OLD, "再输一次；忘了就重设一个。"),
    ],
)
def test_a_refused_word_is_said_and_another_one_can_be_typed(why: AccountRefusal, words: str) -> None:
    rules = ("min_length",) if why is AccountRefusal.BROKEN_RULES else ()
    station = sealed(at_password(AccountAct.CHANGE)).answer(AccountRefused(why, rules))
    notice = page(station).notice
    assert notice is not None
    assert notice.text == words
    assert (len(station.words.opened), station.words.is_open) == (2, True), "a new helper, a new operation"


def test_too_many_wrong_ones_say_until_when_and_open_again() -> None:
    until = NOW + timedelta(seconds=90)
    station = sealed(at_password(AccountAct.CHANGE))
    station.answer(AccountRefused(AccountRefusal.HELD, retry_at=until))
    assert (page(station).held, station.words.is_open) == (True, False)
    assert page(station).other_ways[0].id == "forgot", "there is a way on without waiting"
    station.wait(60.0).press(ToggleAid("large")).wait(40.0)
    assert (page(station).held, station.words.is_open) == (False, True)


def test_a_change_that_comes_too_soon_says_from_when_it_can_be_made() -> None:
    station = sealed(at_password(AccountAct.CHANGE))
    station.answer(AccountRefused(AccountRefusal.TOO_SOON, retry_at=NOW + timedelta(days=1)))
    notice = page(station).notice
    assert notice is not None
    assert "刚改过" in notice.title
    assert day_and_time(NOW + timedelta(days=1), ZoneInfo("Asia/Shanghai"), Speaker(Language.ZH)) in notice.text
    assert (page(station).held, station.words.is_open) == (True, False), "another word would not help"
    assert page(station).other_ways[0].id == "forgot"


def test_a_lost_answer_is_asked_for_again_with_the_same_operation() -> None:
    station = sealed(at_password()).answer(LOST)
    station.wait(ASK_AGAIN_AFTER + 1.0)
    orders = [asked.order for asked in station.hub.asked if isinstance(asked, DoAct)]
    assert orders == [SealedOrder(b"sealed")] * 2
    station.answer(AccountDone(AccountAct.RESET, NOW, signed_out=True))
    assert station.screen is Screen.DONE


def test_an_answer_that_stays_lost_is_not_called_a_success_nor_a_failure() -> None:
    station = sealed(at_password())
    for _ in range(ASKED_AGAIN):
        station.answer(LOST).wait(ASK_AGAIN_AFTER + 1.0)
    station.answer(LOST)
    assert station.screen is Screen.UNAVAILABLE
    assert "不知道办成了没有" in station.view.page.title  # type: ignore[union-attr]


@pytest.mark.parametrize("outcome", [Refused("other_visit"), Refused("expired")])
def test_an_order_the_hub_does_not_take_changes_nothing_and_says_so(outcome: Refused) -> None:
    station = sealed(at_password()).answer(outcome)
    assert station.screen is Screen.UNAVAILABLE
    assert "没有动过" in station.view.page.text  # type: ignore[union-attr]


def test_an_answer_to_a_visit_that_is_over_changes_nothing() -> None:
    station = sealed(at_password())
    order = station.hub.asked[-1]
    station.press(End()).answer(AccountDone(AccountAct.RESET, NOW), order)
    assert station.screen is Screen.ATTRACT
    assert station.printer.slips == []


# -- offline ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("act", list(AccountAct))
def test_offline_it_is_said_before_anything_is_typed_and_a_call_back_is_ready(act: AccountAct) -> None:
    station = at_menu()
    station.session.online = False
    station.press(Open(act.value))
    assert station.screen is Screen.UNAVAILABLE
    station.press(Open("callback:account"))
    (draft,) = station.outbox.drafts
    assert (draft.service, draft.symptom) == ("access", "s1")
    assert draft.note.startswith("请打电话给我")
