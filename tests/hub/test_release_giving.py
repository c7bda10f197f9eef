"""Who gives a release code to whom, how often, what is refused, and what is written down of it."""

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from sqlalchemy import select

from kiosk.domain.policy import Action
from kiosk.domain.release import CODE_LENGTH, Document, NotGiven, may_give_to
from kiosk.domain.roles import Role
from kiosk.hub.ports import DirectorySilent
from kiosk.hub.services import act_chain
from kiosk.hub.services.release_codes import DAY, MOST_BY_STAFF, MOST_FOR_PERSON, Given, Wanted, give
from kiosk.hub.store.release_tables import ReleaseGiven
from kiosk.hub.store.tables import Account, Person
from tests.hub.account_world import stored
from tests.hub.conftest import World
from tests.hub.release_world import DONG, EMMA, YU, ZHANG, ReleaseDesk, acts, messages

ON_ONE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def desk(world: World) -> ReleaseDesk:
    return ReleaseDesk.of(world)


GIVE = {
    Role.STUDENT: False,
    Role.TEACHER: False,
    Role.STAFF: False,
    Role.ASSISTANT: False,
    Role.ENGINEER: True,
    Role.LEAD: True,
    Role.ADMIN: True,
}


@ON_ONE
def test_an_engineer_gives_codes_and_a_student_assistant_never(desk: ReleaseDesk) -> None:
    for role, gives in GIVE.items():
        desk.give_role(DONG, role)
        answer = desk.asked()
        assert isinstance(answer, Given) if gives else answer is NotGiven.NOT_ALLOWED
    assert set(GIVE) == set(Role)


@ON_ONE
def test_nobody_comes_by_a_code_into_the_place_of_somebody_who_may_do_more(desk: ReleaseDesk) -> None:
    order = [Role.ASSISTANT, Role.ENGINEER, Role.LEAD, Role.ADMIN]
    for by, whom in product(order[1:], Role):
        above = whom in order and order.index(whom) > order.index(by)
        assert may_give_to(by, whom) is not above, (by, whom)
    desk.give_role(ZHANG, Role.LEAD)
    assert desk.asked() is NotGiven.PROTECTED
    desk.give_role(DONG, Role.LEAD)
    assert isinstance(desk.asked(), Given)


@ON_ONE
def test_why_none_is_given_is_said_and_written_down(desk: ReleaseDesk) -> None:
    assert desk.asked(whom=DONG) is NotGiven.ONESELF
    assert desk.asked(whom=YU) is NotGiven.PROTECTED
    assert desk.asked(whom="tang-jun") is NotGiven.PROTECTED, "a colleague, whose account the directory protects"
    assert desk.asked(whom="xu-kai") is NotGiven.CLOSED
    assert desk.asked(seen=frozenset()) is NotGiven.NOTHING_SEEN
    assert desk.asked(action=Action.ACTIVATE_ACCOUNT) is NotGiven.ACTIVATED
    assert desk.asked(action=Action.SEE_TICKETS) is NotGiven.NOT_ALLOWED
    for number in ("20999999999", "", "\x00", "9" * 65):
        wanted = Wanted(DONG, number, Action.SET_PIN, frozenset({Document.PASSPORT}))
        assert give(desk.desk, wanted) is NotGiven.UNKNOWN
    with desk.world.store.write() as db:
        db.scalars(select(Account).where(Account.person == ZHANG)).one().phc = ""
    assert desk.asked(action=Action.RESET_PASSWORD) is NotGiven.NOT_ACTIVATED
    with desk.world.store.write() as db:
        db.delete(db.scalars(select(Account).where(Account.person == ZHANG)).one())
    assert desk.asked(action=Action.RESET_PASSWORD) is NotGiven.NO_ACCOUNT
    assert isinstance(desk.asked(), Given), "a PIN is the hub's own"
    told = [(what, why) for _, what, _, why in acts(desk)]
    assert told[:5] == [
        ("release_refused", "oneself"),
        ("release_refused", "protected"),
        ("release_refused", "protected"),
        ("release_refused", "closed"),
        ("release_refused", "nothing_seen"),
    ]
    assert messages(desk, YU) == []


@ON_ONE
def test_a_directory_that_cannot_say_who_is_protected_lets_nobody_in(
    desk: ReleaseDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = desk.given()
    monkeypatch.setattr(desk.directory, "find", lambda *_: DirectorySilent("down"))
    assert desk.asked() is NotGiven.SILENT
    assert desk.why(desk.world.new_kiosk(), given) == "accepted", "and takes back nobody's code"


@ON_ONE
def test_a_staff_member_gives_so_many_a_day_and_a_person_gets_so_many(desk: ReleaseDesk) -> None:
    with desk.world.store.read() as db:
        people = [one.id for one in db.scalars(select(Person).where(Person.role == "student", Person.id != "xu-kai"))]
    made = 0
    while made < MOST_BY_STAFF:
        answer = desk.asked(whom=people[made % len(people)])
        if not isinstance(answer, Given):
            people.remove(people[made % len(people)])
            continue
        made += 1
        assert answer.left == MOST_BY_STAFF - made
    assert desk.asked() is NotGiven.LIMIT
    assert isinstance(desk.asked(by="tang-jun"), Given), "a colleague may"
    desk.world.move(seconds=DAY.total_seconds() - 1)
    assert desk.asked() is NotGiven.LIMIT
    desk.world.move(seconds=1)
    for _ in range(MOST_FOR_PERSON):
        assert isinstance(desk.asked(), Given)
    assert desk.asked() is NotGiven.LIMIT_OF_PERSON
    assert isinstance(desk.asked(whom=EMMA), Given)


def test_two_that_are_given_at_the_same_moment_are_not_both_the_last(desk: ReleaseDesk) -> None:
    with desk.world.store.write() as db:
        for number in range(MOST_BY_STAFF - 1):
            db.add(row_of(desk, str(number)))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda whom: desk.asked(whom=whom), [ZHANG, EMMA]))
    assert sorted(isinstance(answer, Given) for answer in answers) == [False, True]


def row_of(desk: ReleaseDesk, id: str) -> ReleaseGiven:
    now = desk.world.now
    return ReleaseGiven(
        id=id,
        person="li-na",
        action="set_pin",
        seen="passport",
        by=DONG,
        digest="",
        tries=0,
        made_at=now,
        expires_at=now,
        over=True,
        used_op="",
        used_kiosk=None,
        used_at=None,
        done_at=None,
        owner="",
        disowned_at=None,
    )


@ON_ONE
def test_the_code_is_kept_nowhere_and_the_record_says_who_saw_what_kind_of_document(desk: ReleaseDesk) -> None:
    seen = frozenset({Document.PASSPORT, Document.STUDENT_CARD})
    answer = desk.asked(seen=seen)
    assert isinstance(answer, Given)
    given = answer.code.reveal()
    assert (len(given), given.isdigit(), repr(answer.code).count(given)) == (CODE_LENGTH, True, 0)
    assert given.encode() not in stored(desk.world)
    assert acts(desk) == [(DONG, "release_set_pin", ZHANG, "passport student_card")]
    with desk.world.store.read() as db:
        assert isinstance(act_chain.verify(db), act_chain.Sound)
