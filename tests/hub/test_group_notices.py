"""What duty groups are told: outages, alarms and what nobody answers; by service; never of a complaint or a person."""

from dataclasses import replace
from datetime import timedelta

from kiosk.domain.language import Language
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.ports import GROUP, Handed, Letter, Posted, Told
from kiosk.hub.postman import Postman
from kiosk.hub.services import approvals, suspected
from kiosk.hub.services.around import Around
from kiosk.hub.services.group_notices import USEFUL, Group
from kiosk.hub.services.operations import take
from kiosk.hub.services.outgoing import MOST_TO_A_GROUP_A_MINUTE, MOST_TO_A_GROUP_AN_HOUR
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.outgoing_tables import OutgoingMessage
from kiosk.hub.store.tables import Kiosk
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.hub.test_approvals import change_roles
from tests.hub.test_outgoing import Scripted
from tests.hub.test_tickets import ZHANG
from tests.real.plain_kiosk import card

ALL = Group("duty", Language.ZH)
NETWORK = Group("network-duty", Language.EN, ("network",))


def notices(world: World, *groups: Group) -> BuiltinNotices:
    return BuiltinNotices(world.clock, groups=groups or (ALL, NETWORK))


def send(world: World, kiosk: HubKiosk, *groups: Group, **changed: object) -> str:
    report = kiosk.report(**{"claim": card(ZHANG), "note": "CANARY", "location": "CANARY", **changed})
    with world.store.write() as db:
        house = replace(world.house, notices=notices(world, *groups))
        take(db, world.book, house, db.get_one(Kiosk, kiosk.id), kiosk.envelope(report), world.now)
    return report.reference


def carried(world: World, gateway: Scripted) -> list[Letter]:
    """What leaves now."""
    before = len(gateway.got)
    postman = Postman(world.store, {GROUP: gateway}, world.clock)
    while postman.carry_one():
        pass
    return gateway.got[before:]


def said(world: World) -> list[tuple[str, str]]:
    return [(letter.address, letter.text) for letter in carried(world, Scripted())]


def alarm(world: World, service: str = "network", building: str = "library") -> None:
    with world.store.write() as db:
        suspected.alarm(db, Around(world.book, notices(world), PUBLIC_URL), service, building, world.now)


def test_a_suspected_outage_is_told_to_the_groups_of_its_service_in_their_language(world: World) -> None:
    reference = send(world, world.new_kiosk(), impact="many")
    found = dict(said(world))
    assert found.keys() == {"duty", "network-duty"}
    assert f"可能是大面积故障：图书馆，连上了，打不开网页，编号 {reference}" in found["duty"]
    assert "This may be a major outage: Library" in found["network-duty"]
    assert "CANARY" not in "".join(found.values())


def test_another_service_is_not_the_business_of_a_groups(world: World) -> None:
    send(world, world.new_kiosk(), impact="many", service="classroom", symptom="no-picture")
    assert [address for address, _ in said(world)] == ["duty"]


def test_where_nobody_is_on_call_the_group_is_told_and_no_more_often(world: World) -> None:
    change_roles(world, on_call="", network_head="", centre_head="")
    kiosk = world.new_kiosk()
    for _ in range(3):
        send(world, kiosk, ALL, impact="many")
    assert len(said(world)) == 1


def test_monitoring_that_says_the_same_again_and_again_is_one_alarm(world: World) -> None:
    for _ in range(30):
        alarm(world)
        world.move(minutes=1)
    assert [text for address, text in said(world) if address == "duty"] == [
        "监控报警：图书馆，网络和 Wi-Fi。请处理；要让大家知道，就发布公告。"
        f"怎么办：{PUBLIC_URL}/a/wifi-connected-no-pages"
    ]
    world.move(minutes=10)
    alarm(world)
    alarm(world, building="")
    assert len([address for address, _ in said(world) if address == "duty"]) == 2


def test_a_request_nobody_decides_is_told_without_the_link_that_decides(world: World) -> None:
    reference = send(world, world.new_kiosk(), service="access", symptom="permission")
    assert said(world) == []
    world.move(days=21)
    with world.store.read() as db:
        assert db.get_one(ApprovalAsked, reference).escalated_at is None
    approvals.sweep(world.store, notices(world), PUBLIC_URL, world.now)
    found = said(world)
    assert [address for address, _ in found] == ["duty"]
    assert reference in found[0][1]
    assert "http" not in found[0][1]


def test_a_complaint_is_told_to_no_group(world: World) -> None:
    """Whoever it is about may read there."""
    send(world, world.new_kiosk(), service="complaint", symptom="manner", subject="network", impact="")
    assert said(world) == []


def test_more_than_a_platform_takes_in_a_minute_waits_and_is_not_lost(world: World) -> None:
    gateway = Scripted()
    with world.store.write() as db:
        for _ in range(MOST_TO_A_GROUP_A_MINUTE + 3):
            notices(world).tell_groups(db, Told.GROUP_ALERT, "network", world.now, matter="…", place="…", help="")
    first = carried(world, gateway)
    assert [letter.address for letter in first].count("duty") == MOST_TO_A_GROUP_A_MINUTE
    assert [letter.address for letter in first].count("network-duty") == MOST_TO_A_GROUP_A_MINUTE
    world.move(seconds=59)
    assert carried(world, gateway) == []
    world.move(seconds=1)
    assert len(carried(world, gateway)) == 6


def test_tries_that_failed_count_too(world: World) -> None:
    with world.store.write() as db:
        for _ in range(MOST_TO_A_GROUP_A_MINUTE):
            notices(world, ALL).tell_groups(db, Told.GROUP_ALERT, "network", world.now, matter="…", place="…", help="")
    busy = Scripted(*[Handed(Posted.WAITING, "robot_too_fast:45009")] * MOST_TO_A_GROUP_A_MINUTE)
    assert len(carried(world, busy)) == MOST_TO_A_GROUP_A_MINUTE
    world.move(seconds=30)
    assert carried(world, busy) == []
    world.move(seconds=30)
    assert len(carried(world, busy)) == MOST_TO_A_GROUP_A_MINUTE


def test_nobody_floods_a_group_all_day_and_an_old_alarm_is_not_sent(world: World) -> None:
    with world.store.write() as db:
        for _ in range(MOST_TO_A_GROUP_AN_HOUR + 5):
            notices(world, ALL).tell_groups(db, Told.GROUP_ALERT, "network", world.now, matter="…", place="…", help="")
        assert db.query(OutgoingMessage).count() == MOST_TO_A_GROUP_AN_HOUR
    world.move(seconds=(USEFUL + timedelta(seconds=1)).total_seconds())
    assert said(world) == []
