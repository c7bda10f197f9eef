"""Account and password at the hub: proven, judged again, done once, told to the person, and never kept in the clear."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from kiosk.domain.accounts import AccountAct, AccountSeen, AccountState
from kiosk.domain.password_rules import LONGEST_PASSWORD, RuleId, personal_digest
from kiosk.domain.policy import Proofs
from kiosk.hub.ports import DirectorySilent, Password, Told
from kiosk.hub.services import sessions
from kiosk.hub.services.accounts import Asked, see
from kiosk.hub.services.passwords import judge, personal_words
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import AccountOperation, Kiosk, Message, Person
from kiosk.wire.accounts import ActDone, ActRefused, read_passwords
from tests.hub.account_world import CARD, CODE, ENOUGH, PIN, SAMPLE, AccountWorld, stored
from tests.hub.conftest import World
from tests.real.plain_kiosk import new_op

A = AccountAct
ZHANG, ZHANG_LOGIN = "zhang-ming", "20230114287"
NEW = "river-Stone-74"
TOLD = {
    A.RESET: Told.PASSWORD_RESET,
    A.CHANGE: Told.PASSWORD_CHANGED,
    A.ACTIVATE: Told.ACCOUNT_ACTIVATED,
    A.UNLOCK: Told.ACCOUNT_UNLOCKED,
}


@pytest.fixture
def hub(world: World) -> AccountWorld:
    return AccountWorld.of(world)


@pytest.mark.parametrize(
    ("act", "proofs"),
    [
        (A.UNLOCK, {PIN}),
        (A.UNLOCK, {CODE}),
        (A.RESET, {PIN, CARD}),
        (A.RESET, {CODE}),
        (A.CHANGE, {CARD}),
        (A.ACTIVATE, {CODE}),
        (A.ACTIVATE, {PIN, CARD}),
    ],
    ids=lambda value: str(value) if isinstance(value, A) else " and ".join(sorted(map(str, value))),
)
def test_without_enough_proof_nothing_is_seen_and_nothing_done(
    hub: AccountWorld, act: AccountAct, proofs: Proofs
) -> None:
    asked = hub.asked(ZHANG, frozenset(proofs))
    seen = see(hub.desk, asked, act)
    assert isinstance(seen, No)
    assert seen.code == "more_needed"
    answer = hub.do(asked, hub.sealed(act, "0" * 32, NEW, SAMPLE if act is A.CHANGE else ""))
    assert isinstance(answer, No)
    assert hub.directory.asked == {}, "the directory was not even asked"
    assert hub.works(ZHANG_LOGIN, SAMPLE)


def test_an_account_is_shown_masked_with_what_it_opens_and_the_rules_in_words(hub: AccountWorld) -> None:
    _, seen = hub.at(ZHANG, A.RESET)
    assert (seen.login, seen.state) == ("2023•••••87", AccountState.ACTIVE)
    assert seen.opens == ("portal", "wifi", "mail", "vpn")
    said = {rule.id: (rule.text.zh, rule.text.en, rule.ticks) for rule in seen.rules}
    assert said[RuleId.MIN_LENGTH] == ("至少 10 位", "At least 10 characters", True)
    assert said[RuleId.HISTORY][2] is False, "nobody but the directory can tell"
    assert "20230114287" not in repr(seen)
    assert "yiming" not in repr(seen)


def test_a_kiosk_can_recognise_a_personal_word_but_gets_none(hub: AccountWorld) -> None:
    _, seen = hub.at(ZHANG, A.RESET)
    known = dict(enumerate(seen.personal.words))
    assert (11, personal_digest(b"20230114287", seen.personal.salt)) in known.values()
    assert (6, personal_digest(b"yiming", seen.personal.salt)) in known.values()
    _, again = hub.at(ZHANG, A.RESET)
    assert again.personal != seen.personal, "another salt every time"


@pytest.mark.parametrize(
    ("person", "act", "new", "old"),
    [
        (ZHANG, A.RESET, NEW, ""),
        (ZHANG, A.CHANGE, NEW, SAMPLE),
        ("gao-yuan", A.ACTIVATE, NEW, ""),
        ("chen-jie", A.RESET, NEW, ""),
    ],
)
def test_the_new_password_works_and_the_person_is_told_once(
    hub: AccountWorld, person: str, act: AccountAct, new: str, old: str
) -> None:
    answer = hub.act(person, act, new, old)
    assert answer == ActDone(act.value, hub.world.now, signed_out=act is not A.ACTIVATE)
    with hub.world.store.read() as db:
        login = db.get_one(Person, person).number
    assert hub.works(login, new)
    assert hub.told == [(person, TOLD[act], hub.world.now)]
    with hub.world.store.read() as db:
        texts = [message.text for message in db.query(Message).filter_by(person=person)]
    assert len(texts) >= 2, "on every channel on file"
    assert all("8231 0000" in text and new not in text for text in texts), "whom to call if it was somebody else"


def test_unlock_only_keeps_the_password(hub: AccountWorld) -> None:
    asked, seen = hub.at("ouyang-xue", A.UNLOCK)
    assert (seen.state, seen.relocked, seen.locked_from) == (AccountState.LOCKED, True, "wifi")
    assert isinstance(hub.do(asked, hub.sealed(A.UNLOCK, seen.handle)), ActDone)
    assert hub.works("20210402958", SAMPLE)


@pytest.mark.parametrize(("person", "relocked"), [("chen-jie", False), ("ouyang-xue", True), ("kenji-sato", True)])
def test_locked_once_long_after_a_change_is_no_trap(hub: AccountWorld, person: str, relocked: bool) -> None:
    assert hub.at(person, A.UNLOCK)[1].relocked is relocked


@pytest.mark.parametrize("act", list(A))
def test_a_protected_account_is_out_of_reach(hub: AccountWorld, act: AccountAct) -> None:
    asked, seen = hub.at("feng-gang", act)
    assert seen.state is AccountState.PROTECTED
    new = "" if act is A.UNLOCK else NEW
    answer = hub.do(asked, hub.sealed(act, seen.handle, new, SAMPLE if act is A.CHANGE else ""))
    assert answer == ActRefused("protected")
    assert hub.told == []


# -- the password, judged again ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("rv-Stn-74", RuleId.MIN_LENGTH),
        ("my20230114287pw", RuleId.NOT_PERSONAL),
        ("Yiming-river-7", RuleId.NOT_PERSONAL),
        ("xx-114287-river", RuleId.NOT_PERSONAL),
        ("1234567890", RuleId.NOT_COMMON),
        ("basketball", RuleId.NOT_COMMON),
        ("YunluDaxue2026", RuleId.NOT_COMMON),
        ("yunlu university", RuleId.NOT_COMMON),
        ("aaaaaaaaaaaa", RuleId.STRENGTH),
        ("abcdefghijkl", RuleId.STRENGTH),
    ],
)
def test_a_weak_password_is_refused_by_the_hub_itself_and_the_directory_not_asked_to_set_it(
    hub: AccountWorld, typed: str, rule: RuleId
) -> None:
    answer = hub.act(ZHANG, A.RESET, typed)
    assert isinstance(answer, ActRefused)
    assert answer.why == "broken_rules"
    assert rule in answer.rules
    assert hub.directory.asked["reset"] == 0
    assert hub.works(ZHANG_LOGIN, SAMPLE)


def test_the_blocklist_is_long_enough() -> None:
    from kiosk.hub.services import password_strength

    assert len(password_strength._COMMON) >= 3_000


@pytest.mark.parametrize("length", [10, 64])
def test_a_long_password_is_taken_and_checked_whole(hub: AccountWorld, length: int) -> None:
    whole = ("river-Stone-74/maple-Cloud-19+" * 3)[:length]
    assert isinstance(hub.act(ZHANG, A.RESET, whole), ActDone)
    assert hub.works(ZHANG_LOGIN, whole)
    assert not hub.works(ZHANG_LOGIN, whole[:-1])


def test_characters_no_kiosk_types_are_judged_like_any(hub: AccountWorld) -> None:
    with hub.world.store.read() as db:
        zhang = db.get_one(Person, ZHANG)
    assert judge(hub.directory.rules(), Password("山高水长风清月明花好人和" * 5), zhang, ()) == frozenset()
    assert RuleId.NOT_PERSONAL in judge(hub.directory.rules(), Password("我叫张一明我在云麓读书"), zhang, ())
    assert judge(hub.directory.rules(), Password("🎋🌊🏔🍵🎐🎏🎑🎍🎎🎄" * 6), zhang, ()) <= {RuleId.STRENGTH}


def test_personal_words_are_number_its_end_names_and_mailbox(hub: AccountWorld) -> None:
    with hub.world.store.read() as db:
        words = personal_words(db.get_one(Person, "maria-garcia"))
    assert {"20239900057", "900057", "maria.garcia", "lópez"} <= set(words)
    assert all(word == word.lower() for word in words)


# -- once -------------------------------------------------------------------------------------------------------
def test_the_same_operation_has_one_effect_and_one_answer(hub: AccountWorld) -> None:
    asked, seen = hub.at(ZHANG, A.RESET)
    envelope = hub.sealed(A.RESET, seen.handle, NEW)
    first = hub.do(asked, envelope)
    hub.world.move(seconds=30)
    assert hub.do(asked, envelope) == first
    assert hub.directory.asked["reset"] == 1
    assert len(hub.told) == 1


def test_eight_at_once_have_one_effect(hub: AccountWorld) -> None:
    asked, seen = hub.at(ZHANG, A.RESET)
    envelope = hub.sealed(A.RESET, seen.handle, NEW)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: hub.do(asked, envelope), range(8)))
    assert set(answers) == {ActDone("reset", hub.world.now, signed_out=True)}
    assert len(hub.told) == 1
    assert hub.works(ZHANG_LOGIN, NEW)


class PowerCut(Exception):
    pass


@pytest.mark.parametrize("act", [A.RESET, A.UNLOCK])
def test_a_crash_after_the_effect_is_answered_by_the_same_operation(
    hub: AccountWorld, act: AccountAct, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password is in force, the answer was not kept: history must not refuse the person's own new password."""
    asked, seen = hub.at("ouyang-xue", act)
    envelope = hub.sealed(act, seen.handle, NEW if act is A.RESET else "")

    def cut(*_: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patched:
        patched.setattr("kiosk.hub.services.accounts._keep", cut)
        with pytest.raises(PowerCut):
            hub.do(asked, envelope)
    assert hub.told == []
    assert isinstance(hub.do(asked, envelope), ActDone)
    assert len(hub.told) == 1
    assert hub.works("20210402958", NEW if act is A.RESET else SAMPLE)


def test_an_id_is_not_used_for_something_else(hub: AccountWorld) -> None:
    asked, seen = hub.at(ZHANG, A.RESET)
    op = new_op()
    assert isinstance(hub.do(asked, hub.sealed(A.RESET, seen.handle, NEW, op=op)), ActDone)
    other = hub.do(asked, hub.sealed(A.RESET, seen.handle, "maple-Cloud-19", op=op))
    assert isinstance(other, No)
    assert other.code == "other_content"
    assert hub.works(ZHANG_LOGIN, NEW)


def test_what_was_sealed_for_another_visit_act_or_time_has_no_effect(hub: AccountWorld) -> None:
    asked, seen = hub.at(ZHANG, A.RESET)
    later, _ = hub.at(ZHANG, A.RESET)
    assert refused(hub, later, hub.sealed(A.RESET, seen.handle, NEW)) == "other_visit"
    assert refused(hub, asked, hub.sealed(A.RESET, "0" * 32, NEW)) == "other_visit"
    assert refused(hub, asked, hub.sealed(A.RESET, seen.handle, NEW, SAMPLE)) == "malformed"
    assert refused(hub, asked, hub.sealed(A.RESET, seen.handle, NEW, kind="pin")) == "unknown_kind"
    envelope = hub.sealed(A.RESET, seen.handle, NEW)
    hub.world.move(minutes=11)
    assert refused(hub, hub.asked(ZHANG, ENOUGH[A.RESET]), envelope) in ("expired", "other_visit")
    assert hub.works(ZHANG_LOGIN, SAMPLE)


def refused(hub: AccountWorld, asked: Asked, envelope: object) -> str:
    answer = hub.do(asked, envelope)  # type: ignore[arg-type]
    assert isinstance(answer, No), answer
    return answer.code


# -- the old password -------------------------------------------------------------------------------------------
def test_wrong_old_passwords_are_slowed_down_long_before_the_directory_locks(hub: AccountWorld) -> None:
    asked, seen = hub.at(ZHANG, A.CHANGE)
    for _ in range(5):
        answer = hub.do(asked, hub.sealed(A.CHANGE, seen.handle, NEW, "wrong-Old-11"))
        assert answer == ActRefused("wrong_old")
    held = hub.do(asked, hub.sealed(A.CHANGE, seen.handle, NEW, SAMPLE))
    assert isinstance(held, ActRefused)
    assert held.why == "held"
    assert held.retry_at is not None
    assert hub.directory.asked["change"] == 5, "held back before the directory is asked"
    hub.world.move(seconds=(held.retry_at - hub.world.now).total_seconds())
    assert isinstance(hub.do(asked, hub.sealed(A.CHANGE, seen.handle, NEW, SAMPLE)), ActDone)


def test_a_refused_new_password_costs_no_try_and_tells_nothing_about_the_old_one(hub: AccountWorld) -> None:
    asked, seen = hub.at(ZHANG, A.CHANGE)
    for old in ["wrong-Old-11", SAMPLE] * 5:
        answer = hub.do(asked, hub.sealed(A.CHANGE, seen.handle, "1234567890", old))
        assert isinstance(answer, ActRefused)
        assert answer.why == "broken_rules"
    assert hub.directory.asked["change"] == 0


# -- afterwards -------------------------------------------------------------------------------------------------
def test_other_visits_end_and_nobody_is_signed_in_by_a_reset(hub: AccountWorld) -> None:
    elsewhere = hub.world.new_kiosk("teach2-1f")
    other = hub.asked(ZHANG, frozenset({PIN}), elsewhere)
    assert isinstance(hub.act(ZHANG, A.RESET, NEW), ActDone)
    with hub.world.store.read() as db:
        row = db.get_one(Kiosk, elsewhere.id)
        gone = sessions.require(db, row, other.token, A.CHANGE.needs, hub.desk.policy, hub.world.now)
    assert isinstance(gone, No)
    assert gone.code == "no_visit"


def test_nothing_in_the_database_gives_the_password_away(hub: AccountWorld) -> None:
    from hashlib import sha256

    hub.act(ZHANG, A.CHANGE, NEW, SAMPLE)
    kept = stored(hub.world)
    payload = bytes((len(SAMPLE),)) + SAMPLE.encode() + NEW.encode()
    for secret in (NEW, SAMPLE, sha256(NEW.encode()).hexdigest(), sha256(payload).hexdigest()):
        assert secret.encode() not in kept, "not even as a quick hash"
    with hub.world.store.read() as db:
        assert db.query(AccountOperation).count() == 1


def test_a_silent_directory_is_said_and_a_later_try_succeeds(
    hub: AccountWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, seen = hub.at(ZHANG, A.RESET)
    with monkeypatch.context() as patched:
        patched.setattr(type(hub.directory), "find", lambda *_: DirectorySilent("timeout"))
        silent = see(hub.desk, asked, A.RESET)
        assert isinstance(silent, No)
        assert silent.status == 503
        assert hub.do(asked, hub.sealed(A.RESET, seen.handle, NEW)) == ActRefused("unavailable")
    assert isinstance(hub.do(asked, hub.sealed(A.RESET, seen.handle, NEW)), ActDone)


# -- nobody learns who exists -----------------------------------------------------------------------------------
def test_unknown_and_known_numbers_cost_the_same_work_and_get_the_same_answer(hub: AccountWorld) -> None:
    """Without a proven session there is nothing to ask about: number and card have no part in the request."""
    answers = []
    for token in ("", "made-up", hub.asked(ZHANG, frozenset()).token):
        asked = Asked(hub.asked(ZHANG, frozenset()).authorization, token)
        before, hashed = dict(hub.directory.asked), hub.world.hasher.verifications
        seen = see(hub.desk, asked, A.RESET)
        done = hub.do(asked, hub.sealed(A.RESET, "0" * 32, NEW))
        assert isinstance(seen, No)
        assert isinstance(done, No)
        answers.append(
            (seen.status, done.status, dict(hub.directory.asked) == before, hub.world.hasher.verifications - hashed)
        )
    assert {(asked_nothing, hashes) for _, _, asked_nothing, hashes in answers} == {(True, 0)}
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "payload", [b"", b"\x05abc", b"\x00", b"\x80" + b"a" * 200, b"\x00" + "密码密码密码".encode(), b"\x00" + b"a" * 65]
)
def test_a_payload_no_helper_makes_is_refused(payload: bytes) -> None:
    assert read_passwords(payload) is None
    longest = read_passwords(bytes((LONGEST_PASSWORD,)) + b"o" * LONGEST_PASSWORD + b"n" * LONGEST_PASSWORD)
    assert longest is not None
    assert "o" not in repr(longest)[len("Passw") :].replace("ords", "")


def test_what_is_seen_travels_whole(hub: AccountWorld) -> None:
    import msgspec

    _, seen = hub.at("ouyang-xue", A.UNLOCK)
    assert msgspec.json.decode(msgspec.json.encode(seen), type=AccountSeen) == seen
