"""Between the hub's tickets and a helpdesk beside it: in order, once, nothing that is not its business."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.priority import Priority
from kiosk.domain.ticket_views import Act, Acted
from kiosk.domain.tickets import TicketState
from kiosk.hub.cli import main
from kiosk.hub.helpdesk_port import MOST_QUESTIONS, Change, Filing, Rejected
from kiosk.hub.helpdesk_settings import LONGEST_ANSWER
from kiosk.hub.ports import Channel
from kiosk.hub.services.approvals import Decision, decide
from kiosk.hub.services.around import Around
from kiosk.hub.services.helpdesk_listing import resend, unsent
from kiosk.hub.services.helpdesk_outbox import LEASE, UNSURE_PAUSE, settle_in
from kiosk.hub.services.helpdesk_sending import take
from kiosk.hub.store.helpdesk_tables import HelpdeskChange, HelpdeskTicket
from kiosk.hub.store.tables import Message, Person
from kiosk.wire.tickets import TicketAct
from tests.hub.conftest import HubKiosk, World
from tests.hub.helpdesk_world import DOWN, LOST, beside, filed, reported, seen, settings, state
from tests.hub.test_ticket_acts import acted, change
from tests.hub.test_tickets import listed, signed_in
from tests.real.plain_kiosk import new_op


def rows(world: World) -> list[HelpdeskChange]:
    with world.store.read() as db:
        return list(db.scalars(select(HelpdeskChange).order_by(HelpdeskChange.id)))


def do(world: World, kiosk: HubKiosk, session: str, reference: str, wanted: Act, text: str = "") -> None:
    assert isinstance(acted(world, kiosk, session, TicketAct(new_op(), reference, wanted, text)), Acted)


def test_without_a_helpdesk_nothing_is_written_for_one_and_the_list_is_of_now(world: World) -> None:
    kiosk = world.new_kiosk()
    reported(world, kiosk)
    assert rows(world) == []
    assert seen(world, kiosk).as_of is None


def test_what_was_reported_before_the_helpdesk_was_named_stays_here(world: World) -> None:
    kiosk = world.new_kiosk()
    reference = reported(world, kiosk)
    made = beside(world)
    do(world, kiosk, signed_in(world, kiosk), reference, Act.COMMENT, "还是不行")
    assert made.carry() == []


def test_a_report_arrives_whole_in_the_words_of_the_desk(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reference = reported(world, kiosk, language="en", note="No pages 🙁 *)(uid=*", location="Room 502")
    (filing,) = made.carry()
    assert isinstance(filing, Filing)
    assert (filing.reference, filing.team, filing.priority) == (reference, "network", "P2")
    assert filing.subject == f"[{reference}] 连上了，打不开网页"
    assert filing.requester == "zhang.ming@yunlu.example"
    lines = filing.text.split("\n")
    assert lines[0] == "No pages 🙁 *)(uid=*"
    assert "提交人：张一明，20230114287（自称，未核实）" in lines
    assert "请用这种语言答复：英文" in lines
    assert any(line.startswith("地点：图书馆") and "Room 502" in line for line in lines)


def test_what_happens_to_a_ticket_arrives_in_its_order_and_nothing_overtakes(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    first, second = reported(world, kiosk), reported(world, kiosk)
    session = signed_in(world, kiosk)
    do(world, kiosk, session, first, Act.COMMENT, "一")
    do(world, kiosk, session, first, Act.COMMENT, "二")
    made.played.answers = [DOWN]
    arrived = made.carry()
    assert [what.reference for what in arrived if isinstance(what, Filing)] == [first, second]
    assert len(arrived) == 2, "the remarks wait for their ticket"
    world.move(seconds=10)
    texts = [what.text for what in made.carry() if isinstance(what, Change)]
    assert [text.splitlines()[-1] for text in texts] == ["一", "二"]


def test_an_answer_that_was_lost_is_looked_for_before_anything_is_repeated(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reported(world, kiosk)
    made.played.answers = [LOST]
    made.carry()
    world.now += UNSURE_PAUSE - timedelta(seconds=1)
    assert made.carry() == [], "not while the helpdesk may still be at it"
    world.move(seconds=1)
    made.carry()
    assert [again for _, again in made.played.got] == [False, True]
    assert len({what.op for what, _ in made.played.got}) == 1


def test_a_process_that_is_killed_on_the_way_is_followed_by_one_that_looks_first(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reported(world, kiosk)
    with world.store.write() as db:
        assert take(db, made.settings, world.now) is not None
    with world.store.write() as db:
        assert take(db, made.settings, world.now) is None, "two processes never carry the same change"
    world.now += LEASE
    made.carry()
    assert [again for _, again in made.played.got] == [True]


def test_what_is_never_taken_is_kept_with_its_reason_and_holds_up_nothing_else(world: World) -> None:
    made, kiosk, reference = filed(world)
    session = signed_in(world, kiosk)
    do(world, kiosk, session, reference, Act.COMMENT, "一")
    do(world, kiosk, session, reference, Act.COMMENT, "二")
    made.played.answers = [Rejected("422")]
    assert len(made.carry()) == 2
    refused, sent = rows(world)[1:]
    assert [(row.state, row.last_answer, row.text) for row in (refused, sent)] == [
        ("rejected", "422", "一"),
        ("sent", "", ""),
    ]
    with world.store.read() as db:
        assert [(one.op, one.state, one.last_answer) for one in unsent(db)] == [(refused.op, "rejected", "422")]
    with world.store.write() as db:
        assert resend(db, refused.op, world.now)
        assert not resend(db, sent.op, world.now)
    assert [what.op for what in made.carry()] == [refused.op], "once the cause is mended it is sent after all"


def test_what_waits_for_an_approval_is_nobodys_work_yet(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    service = next(entry for entry in world.book.services if entry.approvals)
    wanted = {"service": service.id, "symptom": next(iter(service.approvals))}
    granted, refused, taken_back = (reported(world, kiosk, **wanted) for _ in range(3))
    assert made.carry() == []
    for reference, decision in ((granted, Decision.APPROVED), (refused, Decision.DECLINED)):
        with world.store.write() as db:
            around = Around(world.book, notices=None)
            assert decide(db, around, reference, decision, "", None, world.now) is None
    do(world, kiosk, signed_in(world, kiosk), taken_back, Act.WITHDRAW)
    assert [what.reference for what in made.carry() if isinstance(what, Filing)] == [granted]
    assert {row.reference for row in rows(world)} == {granted}


def test_a_report_that_is_withdrawn_before_it_was_sent_troubles_nobody(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    reference = reported(world, kiosk)
    do(world, kiosk, signed_in(world, kiosk), reference, Act.WITHDRAW)
    assert made.carry() == []
    assert rows(world) == []


@pytest.mark.parametrize("queue", ["", "Complaints"])
def test_a_complaint_goes_only_where_a_queue_is_named_for_complaints(world: World, queue: str) -> None:
    made = beside(world, settings(complaints=queue) if queue else settings())
    kiosk = world.new_kiosk()
    service = next(entry.id for entry in world.book.services if entry.type == "complaint")
    reported(world, kiosk, service=service, symptom="", subject="network")
    assert [what.team for what in made.carry() if isinstance(what, Filing)] == (["complaints"] if queue else [])


@pytest.mark.parametrize(
    ("before", "wanted", "becomes"),
    [
        (TicketState.NEW, Act.COMMENT, None),
        (TicketState.WAITING_FOR_REQUESTER, Act.COMMENT, TicketState.IN_PROGRESS),
        (TicketState.NEW, Act.WITHDRAW, TicketState.WITHDRAWN),
        (TicketState.RESOLVED, Act.REOPEN, TicketState.IN_PROGRESS),
        (TicketState.RESOLVED, Act.CONFIRM, TicketState.CLOSED),
    ],
)
def test_what_the_requester_does_changes_there_what_it_changes_here(
    world: World, before: TicketState, wanted: Act, becomes: TicketState | None
) -> None:
    made, kiosk, reference = filed(world)
    if before is not TicketState.NEW:
        made.staff(reference, made.settings.mapping.states[before])
        made.fetch()
        assert state(world, reference) == before
    do(world, kiosk, signed_in(world, kiosk), reference, wanted, "还是不行")
    (arrived,) = made.carry()
    assert isinstance(arrived, Change)
    assert arrived.state == becomes
    assert arrived.text


def test_a_disowned_report_is_nobodys_there_too(world: World) -> None:
    made, kiosk, reference = filed(world)
    do(world, kiosk, signed_in(world, kiosk), reference, Act.DISOWN)
    (arrived,) = made.carry()
    assert isinstance(arrived, Change)
    assert arrived.forget_requester


def test_what_staff_write_and_set_is_in_the_copy_once(world: World) -> None:
    made, kiosk, reference = filed(world)
    made.staff(reference, "open", "我们来看看\u202e", priority=Priority.P1)
    assert made.fetch()
    assert made.fetch()
    (ticket,) = seen(world, kiosk).tickets
    assert [(step.what, step.by, step.text) for step in ticket.history] == [
        ("created", "kiosk", ""),
        ("answered", "desk", "我们来看看"),
        ("state:in_progress", "desk", ""),
    ]
    (one,) = listed(world)
    assert (one.state, one.priority) == ("in_progress", "P1")
    assert made.carry() == [], "nothing of it is sent back"


def test_the_list_says_how_old_it_is_and_is_there_all_the_same(world: World) -> None:
    made, kiosk, _ = filed(world)
    asked = seen(world, kiosk).as_of
    made.played.silent = True
    world.move(hours=3)
    assert not made.fetch()
    found = seen(world, kiosk)
    assert len(found.tickets) == 1
    assert found.as_of == asked
    assert asked is not None
    assert asked < world.now - timedelta(hours=3)


def test_a_change_there_never_overwrites_one_here_that_is_still_on_its_way(world: World) -> None:
    made, kiosk, reference = filed(world)
    do(world, kiosk, signed_in(world, kiosk), reference, Act.WITHDRAW)
    made.staff(reference, "stalled", "哪个房间？")
    assert made.fetch()
    assert state(world, reference) == "withdrawn"
    made.carry()
    made.played.changed[f"key-{reference}"] = world.now
    assert made.fetch()
    assert "answered" in [step.what for step in listed(world)[0].history], "read once it is sent"


def test_what_is_done_here_while_the_helpdesk_is_read_comes_first(world: World) -> None:
    made, kiosk, reference = filed(world)
    session = signed_in(world, kiosk)
    made.staff(reference, "resolved")
    made.played.before_read = lambda: do(world, kiosk, session, reference, Act.COMMENT, "等等")
    assert made.fetch()
    assert state(world, reference) == "new"
    made.played.before_read = lambda: None
    made.carry()
    assert made.fetch()
    assert state(world, reference) == "resolved"


def test_what_is_reported_while_news_is_read_goes_before_the_next_ticket_is(world: World) -> None:
    made, kiosk, first = filed(world)
    second = reported(world, kiosk)
    made.carry()
    for reference in (first, second):
        made.staff(reference, "open")
    filed_before: list[list[str]] = []

    def meanwhile() -> None:
        filed_before.append([what.reference for what, _ in made.played.got if isinstance(what, Filing)])
        if len(filed_before) == 1:
            reported(world, kiosk)

    made.played.before_read = meanwhile
    assert made.fetch()
    assert [len(there) for there in filed_before] == [2, 3]
    assert (state(world, first), state(world, second)) == ("in_progress", "in_progress")


def test_a_status_that_is_mapped_to_nothing_changes_nothing(world: World) -> None:
    made, _, reference = filed(world)
    made.staff(reference, "in_limbo")
    assert made.fetch()
    assert state(world, reference) == "new"


@pytest.mark.parametrize("writes", [True, False])
def test_the_requester_hears_of_an_answer_from_one_of_the_two(world: World, writes: bool) -> None:
    made, kiosk = beside(world, replace(settings(), writes_to_requesters=writes)), world.new_kiosk()
    reference = reported(world, kiosk)
    (filing,) = made.carry()
    assert isinstance(filing, Filing)
    assert bool(filing.requester) is writes
    made.staff(reference, "open", "好了")
    made.fetch()
    with world.store.read() as db:
        whom = select(Message).join(Person).where(Person.number == "20230114287", Message.kind == "ticket_answered")
        told = {message.channel for message in db.scalars(whom)}
    assert told == (set() if writes else {Channel.PHONE, Channel.EMAIL})


def test_of_another_helpdesk_nothing_that_was_known_is_true(world: World) -> None:
    made, kiosk, reference = filed(world)
    with world.store.write() as db:
        settle_in(db, made.settings.name, world.now)
        assert db.get(HelpdeskTicket, reference) is not None, "a restart forgets nothing"
    with world.store.write() as db:
        settle_in(db, "", world.now)
    do(world, kiosk, signed_in(world, kiosk), reference, Act.COMMENT, "还是不行")
    assert rows(world) == []


def test_what_one_helpdesk_refused_goes_to_the_next_one_as_if_it_had_never_been_sent(world: World) -> None:
    made, kiosk = beside(world), world.new_kiosk()
    made.played.answers = [Rejected("422")]
    reference = reported(world, kiosk)
    made.carry()
    do(world, kiosk, signed_in(world, kiosk), reference, Act.COMMENT, "还是不行")
    made.carry()
    assert {row.state for row in rows(world)} == {"rejected"}
    other = beside(world, replace(settings(), url="https://other.example.edu"))
    assert [type(what) for what in other.carry()] == [Filing, Change]
    assert [again for _, again in other.played.got] == [False, False]
    assert {row.state for row in rows(world)} == {"sent"}


def test_a_lease_outlasts_the_slowest_change_hub_toml_allows() -> None:
    assert timedelta(seconds=MOST_QUESTIONS * LONGEST_ANSWER) < LEASE


def test_a_priority_that_is_mapped_to_nothing_changes_nothing(world: World) -> None:
    made, _, reference = filed(world)
    key = f"key-{reference}"
    made.played.tickets[key] = replace(made.played.tickets[key], priority="5 never")
    made.played.changed[key] = world.now
    made.fetch()
    (one,) = [each for each in listed(world) if each.reference == reference]
    assert one.priority == "P2"


def test_what_the_desk_says_at_the_hub_reaches_the_helpdesk_too(world: World) -> None:
    made, _, reference = filed(world)
    assert change(world, reference, TicketState.RESOLVED, "换了 AP") is None
    (arrived,) = made.carry()
    assert isinstance(arrived, Change)
    assert arrived.state is TicketState.RESOLVED
    assert arrived.text.endswith("换了 AP")


def test_an_admin_sees_what_is_not_there_yet_and_sends_it_again(
    world: World, database_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made, kiosk, reference = filed(world)
    do(world, kiosk, signed_in(world, kiosk), reference, Act.COMMENT, "还是不行")
    made.played.answers = [Rejected("422")]
    made.carry()
    file = tmp_path / "hub.toml"
    file.write_text(f'database_url = "{database_url}"\n', encoding="utf-8")
    command = ["helpdesk", "--data", str(tmp_path), "--config", str(file)]
    assert main(command) == 0
    said = capsys.readouterr().out
    (line,) = json.loads(said)
    assert (line["reference"], line["what"], line["state"], line["last_answer"]) == (
        reference,
        "commented",
        "rejected",
        "422",
    )
    assert "还是不行" not in said, "never what anybody wrote"
    assert main([*command, "--resend", "unknown"]) == 1
    assert main([*command, "--resend", line["op"]]) == 0
    world.now = max(world.now, datetime.now(UTC))
    assert [what.op for what in made.carry()] == [line["op"]]
