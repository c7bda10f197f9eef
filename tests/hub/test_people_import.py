"""A list is taken as the truth about who is there, and never as a reason to lose somebody by mistake."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from kiosk.domain.card_accounts import CardState
from kiosk.domain.language import Language
from kiosk.domain.roles import Role
from kiosk.hub.builtin.newcomers import settle_accounts
from kiosk.hub.services.people import resolve
from kiosk.hub.services.people_file import BadRow, Listed, ListedCard, PeopleList
from kiosk.hub.services.people_import import Plan, carry_out, plan
from kiosk.hub.store.card_tables import LedgerAccount
from kiosk.hub.store.tables import Account, Card, Person
from kiosk.wire.tickets import NumberClaimed
from tests.hub.conftest import World

NEW = Listed(
    line=90,
    number="20260101001",
    name="新同学",
    latin_name="Xin",
    role=Role.STUDENT,
    department="",
    phone="13800139999",
    email="",
    language=Language.ZH,
    valid_until=None,
    cards=(ListedCard("0A0B0C0D", CardState.ACTIVE),),
)


def everybody(world: World) -> list[Listed]:
    """The list that changes nothing."""
    with world.store.read() as db:
        cards: dict[str, list[ListedCard]] = {}
        for card in db.scalars(select(Card)):
            cards.setdefault(card.person, []).append(ListedCard(card.uid, CardState(card.state)))
        return [
            Listed(
                line=line,
                number=person.number,
                name=person.name,
                latin_name=person.latin_name,
                role=Role(person.role),
                department=person.department,
                phone=person.phone,
                email=person.email,
                language=Language(person.language),
                valid_until=person.valid_until,
                cards=tuple(cards.get(person.id, ())),
            )
            for line, person in enumerate(db.scalars(select(Person)), start=2)
        ]


def tried(world: World, people: list[Listed], *problems: BadRow) -> Plan:
    with world.store.read() as db:
        return plan(db, PeopleList(tuple(people), problems), world.now)


def taken(world: World, people: list[Listed]) -> Plan:
    with world.store.write() as db:
        made = plan(db, PeopleList(tuple(people), ()), world.now)
        assert made.refused is None, made.refused
        carry_out(db, made, world.now)
        settle_accounts(db, list(db.scalars(select(Person))), world.now)
    return made


def cards_of(world: World, number: str) -> dict[str, str]:
    with world.store.read() as db:
        found = db.scalars(select(Card).join(Person).where(Person.number == number))
        return {card.uid: card.state for card in found}


def test_a_list_of_who_is_there_changes_nothing(world: World) -> None:
    made = tried(world, everybody(world))
    assert (made.added, made.changed, made.ended, made.refused) == ((), (), (), None)


def test_whoever_is_new_has_card_and_accounts_and_can_report_at_once(world: World) -> None:
    taken(world, [*everybody(world), NEW])
    with world.store.read() as db:
        person = db.scalars(select(Person).where(Person.number == NEW.number)).one()
        account = db.get_one(Account, NEW.number)
        assert (person.role, person.language, account.phc) == ("student", "zh", "")
        assert db.scalar(select(LedgerAccount).where(LedgerAccount.person == person.id)) is not None
    assert cards_of(world, NEW.number) == {"0A0B0C0D": "active"}
    assert tried(world, [*everybody(world)]).added == ()


def test_a_thousand_look_ups_from_fifty_threads_find_their_own_person_while_a_list_is_taken(world: World) -> None:
    people = everybody(world)

    def look_up(number: int) -> bool:
        wanted = people[number % len(people)].number
        with world.store.read() as db:
            found = resolve(db, NumberClaimed(wanted), world.now)
        return found is not None and found.person.number == wanted

    with ThreadPoolExecutor(50) as threads:
        asked = [threads.submit(look_up, number) for number in range(1000)]
        taken(world, [replace(one, department=f"{one.department} 新") for one in [*people, NEW]])
        assert all(one.result() for one in asked)


def test_only_what_differs_is_written(world: World) -> None:
    people = everybody(world)
    people[3] = replace(people[3], phone="13900139000", valid_until=world.now + timedelta(days=9))
    made = taken(world, people)
    assert [change.columns for change in made.changed] == [("phone", "valid_until")]
    assert tried(world, people).changed == ()


def test_whoever_is_not_in_the_list_ends_and_comes_back_with_the_next_one(world: World) -> None:
    people = everybody(world)
    student = next(one for one in people if one.role is Role.STUDENT)
    without = [one for one in people if one is not student]
    assert taken(world, without).ended == (student.number,)
    with world.store.read() as db:
        person = db.scalars(select(Person).where(Person.number == student.number)).one()
        assert person.valid_until == world.now
        assert db.get_one(Account, student.number).expires_at == world.now
    assert tried(world, without).ended == (), "nobody ends twice"
    world.move(hours=1)
    taken(world, people)
    with world.store.read() as db:
        assert db.scalars(select(Person).where(Person.number == student.number)).one().valid_until is None
        assert db.get_one(Account, student.number).expires_at is None


def test_a_list_that_would_end_many_is_refused(world: World) -> None:
    people = everybody(world)
    admins = [one for one in people if one.role is Role.ADMIN]
    made = tried(world, admins)
    assert made.refused is not None
    assert (made.refused.why, len(made.ended)) == ("ends_many", len(people) - len(admins))


def test_a_list_with_many_bad_rows_is_refused(world: World) -> None:
    people = everybody(world)
    bad = [BadRow(99 + n, "role", "", one.number) for n, one in enumerate(people[:3])]
    made = tried(world, people[3:], *bad)
    assert made.refused is not None
    assert made.refused.why == "mostly_bad"
    assert made.ended == (), "whose row is bad is there"


def test_a_row_nobody_can_read_ends_nobody(world: World) -> None:
    people = everybody(world)
    made = tried(world, people[1:], BadRow(99, "number"))
    assert (made.ended, made.kept) == ((), (people[0].number,))


def test_the_last_admin_is_neither_ended_nor_made_anything_else(world: World) -> None:
    people = everybody(world)
    without = [one for one in people if one.role is not Role.ADMIN]
    demoted = [replace(one, role=Role.STAFF) if one.role is Role.ADMIN else one for one in people]
    over = [replace(one, valid_until=world.now) if one.role is Role.ADMIN else one for one in people]
    for spoilt in (without, demoted, over):
        made = tried(world, spoilt)
        assert made.refused is not None
        assert made.refused.why == "no_admin"


def test_a_loss_reported_at_a_kiosk_outlives_last_nights_list(world: World) -> None:
    people = everybody(world)
    owner = next(one for one in people if one.cards and one.cards[0].state is CardState.ACTIVE)
    assert owner.cards is not None
    uid = owner.cards[0].uid
    with world.store.write() as db:
        db.get_one(Card, uid).state = "lost"
    assert tried(world, people).changed == ()
    taken(world, people)
    assert cards_of(world, owner.number)[uid] == "lost"


def test_a_new_card_replaces_the_old_one(world: World) -> None:
    people = everybody(world)
    at = next(n for n, one in enumerate(people) if one.cards and one.cards[0].state is CardState.ACTIVE)
    old = people[at].cards
    assert old is not None
    people[at] = replace(people[at], cards=(ListedCard("0A0B0C0E", CardState.ACTIVE),))
    taken(world, people)
    assert cards_of(world, people[at].number) == {**{card.uid: "replaced" for card in old}, "0A0B0C0E": "active"}


def test_a_list_without_cards_leaves_them(world: World) -> None:
    people = [replace(one, cards=None) for one in everybody(world)]
    assert tried(world, people).changed == ()
