"""Release codes at the hub: who gets one from whom, what it opens, and every way to misuse one."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.policy import SHIPPED, Action, Allowed, ReleaseCode, decide
from kiosk.domain.release import RELEASED
from kiosk.domain.roles import Role
from kiosk.hub.services import release_disowned
from kiosk.hub.services.accounts import Asked, do, see
from kiosk.hub.services.guesses import FREE_TRIES
from kiosk.hub.services.refusal import No
from kiosk.hub.services.release_use import TRIES_PER_CODE
from kiosk.hub.services.sessions import require
from kiosk.hub.store.tables import Account, Kiosk, Message, Person
from kiosk.wire.accounts import ActDone
from kiosk.wire.identity import PinAccepted, PinDenied, PinStored
from kiosk.wire.tickets import ClaimMade, NumberClaimed
from tests.hub.account_world import AccountWorld
from tests.hub.conftest import World
from tests.hub.release_world import DONG, EMMA, YU, ZHANG, ReleaseDesk, acts, messages, other_than
from tests.hub.test_pins import attempt, denied, set_new
from tests.real.plain_kiosk import card, new_op

NEW_PIN = "735914"
NOBODY = NumberClaimed("20999999999")
ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(world: World) -> ReleaseDesk:
    return ReleaseDesk.of(world)


def may(desk: ReleaseDesk, kiosk: str, session: str, action: Action) -> bool:
    with desk.world.store.read() as db:
        row = db.get_one(Kiosk, kiosk)
        return isinstance(require(db, row, session, action, SHIPPED, desk.world.now), Person)


def refusal(answer: object) -> str:
    assert isinstance(answer, No), answer
    return answer.code


def link_of(desk: ReleaseDesk) -> str:
    """The code in the newest link that Zhang was sent."""
    with desk.world.store.read() as db:
        mine = Message.person == ZHANG, Message.kind == "release_given"
        text = db.scalars(select(Message).where(*mine).order_by(Message.id.desc())).first()
    assert text is not None
    return text.text.partition("/n/")[2].split()[0]


# -- what it is for -----------------------------------------------------------------------------------------------
def test_a_code_sets_a_pin_for_somebody_without_card_phone_or_pin_and_is_then_used_up(desk: ReleaseDesk) -> None:
    world, kiosk, claim = desk.world, desk.world.new_kiosk(), desk.claim()
    given, op = desk.given(), new_op()
    answer = desk.type(kiosk, given, op=op)
    assert isinstance(answer, PinAccepted)
    assert answer.proofs == ("release:set_pin",)
    assert set_new(world, kiosk, claim, NEW_PIN, answer.session) == PinStored(first=False)
    assert isinstance(attempt(world, kiosk, claim, NEW_PIN), PinAccepted)
    assert refusal(set_new(world, kiosk, claim, "951753", answer.session)) == "more_needed", "its action took effect"
    assert desk.why(kiosk, given, op=op) == "expired"
    told = [(kind, channel) for kind, channel, _ in messages(desk)]
    assert [each for each in told if each[0] == "release_given"] == [
        ("release_given", "email"),
        ("release_given", "phone"),
    ]
    assert [kind for kind, _ in told].count("pin_changed") == 2


@ON_ONE
def test_a_code_resets_a_password_once_and_tells_the_person_everywhere(world: World) -> None:
    accounts, desk = AccountWorld.of(world), ReleaseDesk.of(world)
    given = desk.given(action=Action.RESET_PASSWORD)
    token = desk.session(accounts.kiosk, given)
    asked = Asked(desk.bearer(accounts.kiosk), token)
    seen = see(accounts.desk, asked, AccountAct.RESET)
    assert isinstance(seen, AccountSeen)
    order = accounts.sealed(AccountAct.RESET, seen.handle, "quiet-Harbour-4071")
    done = do(accounts.desk, asked, order)
    assert isinstance(done, ActDone)
    assert do(accounts.desk, asked, order) == done, "a lost answer is given again"
    again = do(accounts.desk, asked, accounts.sealed(AccountAct.RESET, seen.handle, "quiet-Harbour-4072"))
    assert isinstance(again, No)
    assert again.code == "more_needed"


@ON_ONE
@pytest.mark.parametrize("action", RELEASED)
def test_a_code_opens_its_one_action_and_nothing_else(desk: ReleaseDesk, action: Action) -> None:
    if action is Action.ACTIVATE_ACCOUNT:
        with desk.world.store.write() as db:
            db.scalars(select(Account).where(Account.person == ZHANG)).one().phc = ""
    kiosk = desk.world.new_kiosk()
    token = desk.session(kiosk, desk.given(action=action))
    harmless = {one for one in Action if decide(one, frozenset()) == Allowed()}
    opened = {one for one in Action if may(desk, kiosk.id, token, one)}
    assert opened - harmless == {action}


# -- misuse -------------------------------------------------------------------------------------------------------
def test_two_kiosks_race_for_one_code_and_one_wins(desk: ReleaseDesk) -> None:
    kiosks = [desk.world.new_kiosk("lib-1f") for _ in range(4)]
    given, bearers = desk.given(), [desk.bearer(kiosk) for kiosk in kiosks]
    assert len(set(bearers)) == len(kiosks)
    with ThreadPoolExecutor(len(kiosks)) as pool:
        whys = list(pool.map(lambda kiosk: desk.why(kiosk, given), kiosks))
    assert sorted(whys) == ["accepted", *["expired"] * 3]


def test_the_visit_that_typed_it_may_type_it_again_and_no_other_one(desk: ReleaseDesk) -> None:
    kiosk, other = desk.world.new_kiosk(), desk.world.new_kiosk("teach2-1f")
    given, op = desk.given(), new_op()
    assert desk.why(kiosk, given, op=op) == "accepted"
    assert desk.why(kiosk, given, op=op) == "accepted", "after a lost answer, or a pause"
    assert desk.why(kiosk, given) == "expired"
    assert desk.why(other, given, op=op) == "expired"
    desk.world.move(seconds=600)
    assert desk.why(kiosk, given, op=op) == "expired"


@ON_ONE
@pytest.mark.parametrize(("seconds", "answer"), [(599, "accepted"), (600, "expired")])
def test_a_code_is_good_for_ten_minutes(desk: ReleaseDesk, seconds: int, answer: str) -> None:
    kiosk, given = desk.world.new_kiosk(), desk.given()
    desk.world.move(seconds=seconds)
    assert desk.why(kiosk, given) == answer


@ON_ONE
def test_a_code_is_one_persons_and_only_the_newest_counts(desk: ReleaseDesk) -> None:
    kiosk = desk.world.new_kiosk()
    old, hers = desk.given(), desk.given(whom=EMMA)
    new = desk.given(action=Action.RESET_PASSWORD)
    assert desk.why(kiosk, hers) == "wrong"
    if old != new:
        assert desk.why(kiosk, old) == "wrong"
    assert desk.why(kiosk, new) == "accepted"
    assert desk.why(kiosk, hers, desk.claim(EMMA)) == "accepted"


@ON_ONE
def test_a_card_in_the_hand_names_the_person_as_well_as_a_number(desk: ReleaseDesk) -> None:
    answer = desk.type(desk.world.new_kiosk(), desk.given(), card("04A1B2C3D4E580"))
    assert isinstance(answer, PinAccepted)
    assert answer.proofs == ("card:0", "release:set_pin")


def disabled_in_the_hub(desk: ReleaseDesk) -> None:
    desk.change(DONG, valid_until=desk.world.now)


def disabled_in_the_directory(desk: ReleaseDesk) -> None:
    with desk.world.store.write() as db:
        db.scalars(select(Account).where(Account.person == DONG)).one().disabled = True


def without_the_role(desk: ReleaseDesk) -> None:
    desk.give_role(DONG, Role.ASSISTANT)


def the_person_is_protected_now(desk: ReleaseDesk) -> None:
    with desk.world.store.write() as db:
        db.scalars(select(Account).where(Account.person == ZHANG)).one().protected = True


def the_person_may_do_more_now(desk: ReleaseDesk) -> None:
    desk.give_role(ZHANG, Role.ADMIN)


@ON_ONE
@pytest.mark.parametrize(
    "meanwhile",
    [
        disabled_in_the_hub,
        disabled_in_the_directory,
        without_the_role,
        the_person_is_protected_now,
        the_person_may_do_more_now,
    ],
)
def test_a_code_is_over_once_it_would_not_be_given_any_more(
    desk: ReleaseDesk, meanwhile: Callable[[ReleaseDesk], None]
) -> None:
    given = desk.given()
    meanwhile(desk)
    assert desk.why(desk.world.new_kiosk(), given) == "expired"


@ON_ONE
def test_a_code_is_over_after_ten_wrong_ones_from_wherever(desk: ReleaseDesk) -> None:
    given = desk.given()
    kiosks = [desk.world.new_kiosk() for _ in range(TRIES_PER_CODE)]
    for kiosk in kiosks[:-1]:
        assert desk.why(kiosk, other_than(given)) == "wrong"
    assert desk.why(kiosks[-1], other_than(given)) == "wrong"
    assert desk.why(kiosks[0], given) == "expired", "ten of a hundred million, whoever guesses"


@ON_ONE
def test_a_right_one_before_the_tenth_wrong_one_is_still_good(desk: ReleaseDesk) -> None:
    given = desk.given()
    for _ in range(TRIES_PER_CODE - 1):
        assert desk.why(desk.world.new_kiosk(), other_than(given)) == "wrong"
    assert desk.why(desk.world.new_kiosk(), given) == "accepted"


# -- nobody learns who exists -------------------------------------------------------------------------------------
@ON_ONE
@pytest.mark.parametrize("claim", ["given", "not given", "nobody"])
def test_whoever_was_given_none_and_whoever_is_nobody_read_alike_to_the_last_try(desk: ReleaseDesk, claim: str) -> None:
    right = desk.given()
    whose: ClaimMade = {"given": desk.claim(), "not given": desk.claim(EMMA), "nobody": NOBODY}[claim]
    kiosk, heard = desk.world.new_kiosk(), list[tuple[str, int | None, bool]]()
    for _ in range(FREE_TRIES):
        answer = desk.type(kiosk, other_than(right), whose)
        assert isinstance(answer, PinDenied)
        heard.append((answer.why, answer.tries_left, answer.retry_at is None))
    held = desk.type(kiosk, right, whose)
    assert isinstance(held, PinDenied)
    assert heard == [
        ("wrong", None, True),
        ("wrong", 3, True),
        ("wrong", 2, True),
        ("wrong", 1, True),
        ("locked", 0, False),
    ]
    assert held.why == "locked", "not judged, and not told whether it was right"


@ON_ONE
def test_a_wrong_code_is_as_much_work_for_nobody_as_for_somebody(desk: ReleaseDesk) -> None:
    given = desk.given()
    kiosk, work = desk.world.new_kiosk(), list[int]()
    assert desk.why(kiosk, other_than(given), NumberClaimed("20999999998")) == "wrong", "the kiosk's first one"
    for claim in (desk.claim(), desk.claim(EMMA), NOBODY):
        asked = list[str]()

        def note(_c: object, _k: object, statement: str, *_: object, into: list[str] = asked) -> None:
            into.append(statement)

        event.listen(desk.world.store.engine, "before_cursor_execute", note)
        desk.directory.asked.clear()
        assert desk.why(kiosk, other_than(given), claim) == "wrong"
        event.remove(desk.world.store.engine, "before_cursor_execute", note)
        work.append(len(asked))
        assert desk.directory.asked["find"] == 0, "the directory is asked about right ones only"
    assert len(set(work)) == 1, work


# -- "that was not me" --------------------------------------------------------------------------------------------
@ON_ONE
def test_a_code_that_waits_is_over_once_its_owner_says_that_it_was_not_them(desk: ReleaseDesk) -> None:
    given = desk.given()
    disowned(desk)
    assert desk.why(desk.world.new_kiosk(), given) == "expired"
    assert [what for _, what, _, _ in acts(desk)] == ["release_set_pin", "release_disowned"]
    assert {kind for kind, _, _ in messages(desk, YU)} == {"release_disowned"}, "the admins hear of it"
    disowned(desk)
    assert len(acts(desk)) == 2, "said again, it changes nothing"


@ON_ONE
def test_a_session_and_a_pin_that_a_stranger_has_by_a_code_are_taken_from_them(desk: ReleaseDesk) -> None:
    world, kiosk, claim = desk.world, desk.world.new_kiosk(), desk.claim()
    token = desk.session(kiosk, desk.given())
    disowned(desk)
    assert refusal(set_new(world, kiosk, claim, NEW_PIN, token)) == "no_visit"
    token = desk.session(kiosk, desk.given())
    assert set_new(world, kiosk, claim, NEW_PIN, token) == PinStored(first=False)
    disowned(desk)
    assert denied(attempt(world, kiosk, claim, NEW_PIN)).why == "wrong"


@ON_ONE
def test_the_link_says_what_the_code_was_for_and_is_over_after_thirty_days(desk: ReleaseDesk) -> None:
    desk.given(action=Action.RESET_PASSWORD)
    link, book = link_of(desk), desk.world.book
    with desk.world.store.read() as db:
        page = release_disowned.page(db, book, link, None, desk.world.now)
        assert page is not None
        assert (page.matter, bool(page.button)) == ("重设校园账号的密码", True)
        assert release_disowned.page(db, book, "A" * 12, None, desk.world.now) is None
        late = desk.world.now + timedelta(days=30)
        assert release_disowned.page(db, book, link, None, late) is None


@ON_ONE
def test_where_phones_cannot_reach_the_hub_the_desk_is_named(world: World) -> None:
    desk = ReleaseDesk.of(world, public_url="")
    desk.given()
    for kind, _, text in messages(desk):
        assert (kind, "https" in text, "8231 0000" in text) == ("release_given_no_page", False, True)


def disowned(desk: ReleaseDesk) -> None:
    with desk.world.store.write() as db:
        assert release_disowned.disown(db, desk.desk.notices, link_of(desk), desk.world.now)


def test_a_release_code_is_the_only_proof_a_policy_names_for_it() -> None:
    for action in Action:
        named = {way for way in SHIPPED[action] if any(isinstance(proof, ReleaseCode) for proof in way)}
        assert named == ({frozenset({ReleaseCode(action)})} if action in RELEASED else set())
