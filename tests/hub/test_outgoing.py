"""Messages on their way: codes first, nobody flooded, nothing sent after its time, nothing kept longer than needed."""

from datetime import timedelta

from sqlalchemy import select

from kiosk.hub.ports import Channel, Handed, Letter, Posted, Told
from kiosk.hub.postman import Postman
from kiosk.hub.services.gateway_notices import GatewayNotices
from kiosk.hub.services.outgoing import (
    LEASE,
    MOST_A_DAY,
    MOST_CODES_AN_HOUR,
    MOST_OTHERS_AN_HOUR,
    take,
)
from kiosk.hub.services.retrying import FIRST_PAUSE, LONGEST_PAUSE
from kiosk.hub.store.outgoing_tables import OutgoingMessage
from kiosk.hub.store.tables import Person
from tests.hub.conftest import World

BOTH = (Channel.PHONE, Channel.EMAIL)


class Scripted:
    """A gateway that answers what a test says, and keeps what it got."""

    def __init__(self, *answers: Handed) -> None:
        self.answers, self.got = list(answers), list[Letter]()

    def send(self, letter: Letter) -> Handed:
        self.got.append(letter)
        return self.answers.pop(0) if self.answers else Handed(Posted.SENT)

    def trouble(self) -> None:
        return None


def person(world: World, id: str = "zhang-ming") -> Person:
    with world.store.read() as db:
        return db.get_one(Person, id)


def notices(world: World, *channels: Channel) -> GatewayNotices:
    return GatewayNotices(world.clock, channels or BOTH)


def code(world: World, to: Person | None, channel: Channel = Channel.PHONE, *channels: Channel) -> Channel:
    with world.store.write() as db:
        until = world.now + timedelta(minutes=10)
        return notices(world, *channels).send_code(db, to, channel, "394751", until)


def tell(world: World, to: Person, what: Told = Told.PIN_SET) -> None:
    with world.store.write() as db:
        words = dict.fromkeys(("place", "matter", "reference", "time", "phone", "help"), "…")
        notices(world).tell(db, to, what, world.now, **words)


def carried(world: World, gateway: Scripted) -> list[Letter]:
    postman = Postman(world.store, {Channel.PHONE: gateway, Channel.EMAIL: gateway}, world.clock)
    before = len(gateway.got)
    while postman.carry_one():
        pass
    return gateway.got[before:]


def rows(world: World) -> list[OutgoingMessage]:
    with world.store.read() as db:
        return list(db.scalars(select(OutgoingMessage)))


def test_somebody_who_waits_at_a_kiosk_comes_first(world: World) -> None:
    tell(world, person(world))
    code(world, person(world))
    letters = carried(world, Scripted())
    assert [letter.kind for letter in letters] == [Told.CODE, Told.PIN_SET, Told.PIN_SET]
    assert {letter.address for letter in letters[1:]} == {"13800135521", "zhang.ming@yunlu.example"}
    assert "394751" in letters[0].text


def test_nothing_of_a_message_is_kept_once_it_is_sent(world: World) -> None:
    code(world, person(world))
    carried(world, Scripted())
    (row,) = rows(world)
    assert (row.state, row.subject, row.text, row.made_of) == ("sent", "", "", "{}")
    world.move(days=2)
    carried(world, Scripted())
    assert rows(world) == [], "and a day later not that there was one, also where nobody was told anything since"


def test_a_code_goes_by_the_channel_that_has_a_gateway_and_an_address(world: World) -> None:
    assert code(world, person(world), Channel.PHONE, Channel.EMAIL) is Channel.EMAIL
    assert [letter.address for letter in carried(world, Scripted())] == ["zhang.ming@yunlu.example"]


def test_for_nobody_as_much_is_written_and_nothing_is_sent(world: World) -> None:
    for _ in range(MOST_CODES_AN_HOUR + 2):
        assert code(world, None) is Channel.PHONE
    assert len(rows(world)) == MOST_CODES_AN_HOUR + 2
    assert carried(world, Scripted()) == []


def test_what_a_gateway_cannot_take_now_is_tried_again_ever_more_slowly(world: World) -> None:
    code(world, person(world))
    gateway = Scripted(*[Handed(Posted.WAITING, "451")] * 3)
    pauses = []
    for _ in range(3):
        assert len(carried(world, gateway)) == 1
        (row,) = rows(world)
        pauses.append(row.next_try_at - world.now)
        world.now = row.next_try_at
    assert pauses == [FIRST_PAUSE, FIRST_PAUSE * 2, FIRST_PAUSE * 4]
    assert all(pause <= LONGEST_PAUSE for pause in pauses)
    assert len({letter.op for letter in [*gateway.got, *carried(world, gateway)]}) == 1, "always under the same id"
    assert rows(world)[0].state == "sent"


def test_what_a_gateway_never_takes_is_given_up(world: World) -> None:
    code(world, person(world))
    carried(world, Scripted(Handed(Posted.REJECTED, "550")))
    world.move(minutes=9)
    assert carried(world, Scripted()) == []
    assert (rows(world)[0].state, rows(world)[0].last_answer, rows(world)[0].text) == ("rejected", "550", "")


def test_a_code_is_not_sent_after_its_time(world: World) -> None:
    code(world, person(world))
    world.move(minutes=10)
    assert carried(world, Scripted()) == []
    assert (rows(world)[0].state, rows(world)[0].text) == ("too_late", "")


def test_two_processes_never_carry_the_same_message_and_a_killed_one_is_followed(world: World) -> None:
    code(world, person(world))
    with world.store.write() as db:
        first = take(db, BOTH, world.now)
    with world.store.write() as db:
        assert take(db, BOTH, world.now) is None
    world.now += LEASE
    with world.store.write() as db:
        again = take(db, BOTH, world.now)
    assert first is not None
    assert again is not None
    assert first.op == again.op


def test_one_address_is_not_flooded_and_codes_and_news_do_not_crowd_each_other_out(world: World) -> None:
    for _ in range(MOST_OTHERS_AN_HOUR + 5):
        tell(world, person(world))
    for _ in range(MOST_CODES_AN_HOUR + 5):
        code(world, person(world))
    kinds = [letter.kind for letter in carried(world, Scripted()) if letter.channel is Channel.PHONE]
    assert (kinds.count(Told.CODE), kinds.count(Told.PIN_SET)) == (MOST_CODES_AN_HOUR, MOST_OTHERS_AN_HOUR)
    code(world, person(world, "wang-qiang"))
    assert len(carried(world, Scripted())) == 1, "somebody else's is"


def test_whoever_asks_for_codes_all_day_does_not_keep_the_news_about_it_away(world: World) -> None:
    for _ in range(5):
        for _ in range(MOST_CODES_AN_HOUR):
            code(world, person(world))
        world.move(hours=1, seconds=1)
    tell(world, person(world), Told.PASSWORD_RESET)
    kinds = [letter.kind for letter in carried(world, Scripted()) if letter.channel is Channel.PHONE]
    assert Told.PASSWORD_RESET in kinds


def test_what_a_post_asks_of_somebody_is_never_held_back(world: World) -> None:
    for _ in range(MOST_OTHERS_AN_HOUR + 3):
        tell(world, person(world), Told.SUSPECTED_P0)
    tell(world, person(world))
    kinds = [letter.kind for letter in carried(world, Scripted()) if letter.channel is Channel.PHONE]
    assert (kinds.count(Told.SUSPECTED_P0), kinds.count(Told.PIN_SET)) == (MOST_OTHERS_AN_HOUR + 3, 1)


def test_a_day_has_an_end_too(world: World) -> None:
    for _ in range(6):
        for _ in range(MOST_CODES_AN_HOUR):
            code(world, person(world))
        carried(world, Scripted())
        world.move(hours=1, seconds=1)
    assert len(rows(world)) == MOST_A_DAY
