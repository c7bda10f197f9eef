"""What staff do at the desk of a kiosk is the hub's to allow: by role, in a shift, every time; it is written down.

Over 400 lines because every right is tried by every role in one place.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import product

import msgspec
import pytest
from sqlalchemy import select

from kiosk.domain.campus import Text
from kiosk.domain.desk_rights import DESK_RIGHTS, LOOK_UPS_A_DAY, DeskRight, has
from kiosk.domain.desk_work import (
    UNDO,
    UNDO_WITHIN,
    DeskChannel,
    DeskOpened,
    DeskOutcome,
    EarlierMatters,
    LookUpReason,
    RequestersFound,
    card_digest,
)
from kiosk.domain.identity import CardProof
from kiosk.domain.language import Language
from kiosk.domain.policy import SHIPPED, Action, CardPresent, Factor, Proofs
from kiosk.domain.roles import Role
from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.services import desk_look_ups, desk_shifts
from kiosk.hub.services.asking import ask_within
from kiosk.hub.services.desk_look_ups import NO_MORE, NO_ONE, NO_REASON, Desk
from kiosk.hub.services.listing import Listed, list_tickets
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.refusal import MORE_NEEDED, NO_VISIT, No
from kiosk.hub.services.sessions import SLACK, begin
from kiosk.hub.services.staff import forget
from kiosk.hub.services.staff_acts import latest
from kiosk.hub.store.shift_tables import DeskLookUp
from kiosk.hub.store.tables import HistoryLine, Kiosk, Message, Person, Ticket
from kiosk.wire.desk import LookUp
from kiosk.wire.identity import PinAccepted, PinDenied
from kiosk.wire.tickets import ActTold, ClaimMade, DeskTold, NumberClaimed, TicketAnswer
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_operations import ok
from tests.hub.test_pins import token_of
from tests.real.plain_kiosk import card

ENGINEER, ENGINEER_PIN, ENGINEER_CARD = "dong-mei", "367908", card("04C0FFEE123480")
COLLEAGUE = "feng-gang"
ZHANG, ZHANG_NUMBER = card("04A1B2C3D4E580"), NumberClaimed("20230114287")
CARD_AND_PIN: Proofs = frozenset({Factor.PIN, CardPresent(CardProof.C0_UID)})
STAFF = [role for role in Role if has(role, DeskRight.OPEN)]


@dataclass
class AtDesk:
    """One staff member of ``role`` at one kiosk."""

    world: World
    kiosk: HubKiosk
    shift: str
    person: str = ENGINEER

    def look(self, asked: LookUp) -> RequestersFound | No:
        with self.world.store.write() as db:
            desk = Desk(self.world.book, BuiltinDirectory(self.world.store, self.world.hasher), Language.ZH)
            row = db.get_one(Kiosk, self.kiosk.id)
            return desk_look_ups.look_up(ask_within(db), desk, row, self.shift, asked, self.world.now)

    def find(self, claim: ClaimMade, reason: str = "") -> RequestersFound | No:
        return self.look(LookUp("zh", claim, reason=reason))

    def handle(self) -> str:
        """Of Zhang, found by card."""
        found = self.find(ZHANG)
        assert isinstance(found, RequestersFound)
        return found.people[0].handle

    def earlier(self, handle: str) -> EarlierMatters | No:
        with self.world.store.write() as db:
            row = db.get_one(Kiosk, self.kiosk.id)
            return desk_look_ups.earlier(db, self.world.book, row, self.shift, handle, self.world.now)

    def told(self, **changed: object) -> DeskTold:
        told = DeskTold(self.shift, DeskChannel.WALK_UP, DeskOutcome.SOLVED, "wifi", ("reconnect",))
        return msgspec.structs.replace(told, **changed)

    def log(self, claim: ClaimMade | None = ZHANG, desk: DeskTold | None = None, **changed: object) -> TicketAnswer:
        report = self.kiosk.report(claim=claim, desk=desk or self.told(), **changed)
        answer = ok(self.world.take(self.kiosk, self.kiosk.envelope(report)))
        assert isinstance(answer, TicketAnswer)
        return answer

    def undo(self, reference: str, made_at: datetime | None = None, shift: str = "") -> str:
        """The code of the answer, '' for yes."""
        told = ActTold(reference, "zh", UNDO, "", shift or self.shift, made_at or self.world.now)
        envelope = self.kiosk.seal(msgspec.json.encode(told), reference, kind="ticket_act")
        answer = self.world.take(self.kiosk, envelope)
        assert not isinstance(answer, No)
        return "" if answer.status == 200 else str(msgspec.json.decode(answer.body)["code"])

    def ticket(self, reference: str) -> Listed:
        with self.world.store.read() as db:
            (one,) = list_tickets(db, self.world.book, reference)
            return one

    def steps(self, reference: str) -> list[tuple[str, str, str]]:
        """Who, what, and its text."""
        with self.world.store.read() as db:
            lines = db.scalars(select(HistoryLine).where(HistoryLine.reference == reference).order_by(HistoryLine.id))
            return [(line.by, line.what, line.text) for line in lines]


def opened(world: World, kiosk: HubKiosk, person: str = ENGINEER, proofs: Proofs = CARD_AND_PIN) -> DeskOpened | No:
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        token = begin(db, row, db.get_one(Person, person), proofs, world.now)
        return desk_shifts.open_shift(db, world.book, SHIPPED, row, token, world.now, latin=False)


def at_desk(world: World, role: Role = Role.ENGINEER, kiosk: HubKiosk | None = None) -> AtDesk:
    become(world, role)
    kiosk = kiosk or world.new_kiosk()
    answer = opened(world, kiosk)
    assert isinstance(answer, DeskOpened)
    return AtDesk(world, kiosk, answer.shift)


def become(world: World, role: str) -> None:
    with world.store.write() as db:
        db.get_one(Person, ENGINEER).role = role


def end(desk: AtDesk) -> None:
    with desk.world.store.write() as db:
        desk_shifts.end_shift(db, db.get_one(Kiosk, desk.kiosk.id), desk.shift, desk.world.now)


# -- every role and every act --------------------------------------------------------------------------------------
def _acts(desk: AtDesk) -> dict[DeskRight, tuple[object, object]]:
    """What is answered, and what somebody or something that does not exist is answered in the same way."""
    none = "no-such-handle"
    logged = desk.log()
    return {
        DeskRight.BY_CARD: (desk.find(ZHANG), desk.find(card("DEADBEEF"))),
        DeskRight.BY_NUMBER: (desk.find(ZHANG_NUMBER, LookUpReason.NO_CARD), NO_ONE),
        DeskRight.BY_NAME: (desk.look(LookUp("zh", text="张一明")), NO_ONE),
        DeskRight.HISTORY: (desk.earlier(_handle(desk)), desk.earlier(none)),
        DeskRight.LOG: (desk.ticket(logged.reference).state, TicketState.NEW),
    }


def _handle(desk: AtDesk) -> str:
    found = desk.find(ZHANG)
    return found.people[0].handle if isinstance(found, RequestersFound) else "no-such-handle"


@pytest.mark.parametrize("role", [*Role, "gardener"])
def test_each_role_does_what_its_row_says_and_hears_nothing_of_the_rest(world: World, role: str) -> None:
    """A shift from before the role changed: the role counts at the moment, not as it was."""
    desk = at_desk(world)
    become(world, role)
    for right, (answer, nothing) in _acts(desk).items():
        if has(role, right):
            assert not isinstance(answer, No), (role, right)
            assert answer != nothing
        elif has(role, DeskRight.OPEN):
            assert answer == nothing == (TicketState.NEW if right is DeskRight.LOG else NO_ONE), (role, right)
        elif right is DeskRight.LOG:
            assert answer == nothing
        else:
            assert answer == NO_VISIT, "the shift itself is as one that does not exist"


@pytest.mark.parametrize(("role", "right"), list(product(Role, DeskRight)))
def test_only_staff_have_rights_and_more_of_them_further_up(role: Role, right: DeskRight) -> None:
    order = [Role.ASSISTANT, Role.ENGINEER, Role.LEAD, Role.ADMIN]
    if role not in order:
        assert not has(role, right)
    else:
        assert all(DESK_RIGHTS[role] <= DESK_RIGHTS[above] for above in order[order.index(role) :])
        assert has(role, right) or right not in DESK_RIGHTS[Role.ASSISTANT]


@pytest.mark.parametrize("role", Role)
def test_whoever_has_no_desk_is_told_what_a_stranger_is_told(world: World, role: Role) -> None:
    kiosk = world.new_kiosk()
    become(world, role)
    answer = opened(world, kiosk)
    assert isinstance(answer, DeskOpened) if role in STAFF else answer == NO_VISIT


@pytest.mark.parametrize("role", Role)
def test_at_the_door_a_right_pin_of_the_wrong_role_is_a_wrong_pin(world: World, role: Role) -> None:
    kiosk = world.new_kiosk()
    become(world, role)
    answer = try_pin(
        world.store,
        world.keys,
        world.hasher,
        f"Bearer {token_of(world, kiosk)}",
        kiosk.attempt(ENGINEER_CARD, ENGINEER_PIN),
        world.clock,
        latin=False,
        door=Action.WORK_AT_DESK,
    )
    assert isinstance(answer, PinAccepted if role in STAFF else PinDenied)


def test_too_little_proof_opens_no_desk(world: World) -> None:
    answer = opened(world, world.new_kiosk(), proofs=frozenset({Factor.PIN}))
    assert isinstance(answer, No)
    assert answer.code == MORE_NEEDED


# -- the shift -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("how", ["ended", "expired", "left", "forgotten", "elsewhere", "another one"])
def test_a_shift_that_is_over_does_nothing(world: World, how: str) -> None:
    desk = at_desk(world)
    match how:
        case "ended":
            end(desk)
        case "expired":
            world.move(hours=12, seconds=1)
        case "left":
            with world.store.write() as db:
                db.get_one(Person, ENGINEER).valid_until = world.now
        case "forgotten":
            with world.store.write() as db:
                forget(db, db.get_one(Person, ENGINEER).number, world.now)
        case "elsewhere":
            desk.kiosk = world.new_kiosk("teach2-1f")
        case "another one":
            at_desk(world, kiosk=desk.kiosk)
    assert desk.find(ZHANG) == NO_VISIT
    assert desk.earlier("x") == NO_VISIT


def test_a_kiosk_knows_a_colleagues_card_and_nothing_else_of_them(world: World) -> None:
    answer = opened(world, world.new_kiosk())
    assert isinstance(answer, DeskOpened)
    assert card_digest(answer.salt, "3e4f5061") in answer.staff
    assert card_digest(answer.salt, ZHANG.uid) not in answer.staff
    assert [each.name for each in answer.hand_to if each.id == COLLEAGUE] == ["冯*"]
    numbers = [each.number for each in answer.hand_to]
    assert len(set(numbers)) == len(numbers), "two of one family name are told apart"
    assert "T2013744" not in repr(answer)


# -- finding somebody ----------------------------------------------------------------------------------------------
def test_an_engineer_sees_account_and_card_masked(world: World) -> None:
    found = at_desk(world).find(ZHANG)
    assert isinstance(found, RequestersFound)
    (one,) = found.people
    assert (one.name, one.number, one.phone) == ("张*明", "2023•••••87", "138••••5521")
    assert (one.account, one.card, one.department) == ("active", "active", "计算机学院")


def test_an_assistant_sees_matter_and_state_and_not_the_account(world: World) -> None:
    found = at_desk(world, Role.ASSISTANT).find(ZHANG)
    assert isinstance(found, RequestersFound)
    (one,) = found.people
    assert (one.phone, one.account, one.card, one.department, one.earlier) == ("", "", "", "", None)
    assert one.name == "张*明"


def test_an_assistant_says_why_and_has_thirty_look_ups_without_a_card_a_day(world: World) -> None:
    desk = at_desk(world, Role.ASSISTANT)
    assert desk.find(ZHANG_NUMBER) == NO_REASON
    for left in range(LOOK_UPS_A_DAY - 1, -1, -1):
        found = desk.find(ZHANG_NUMBER, LookUpReason.ON_THE_PHONE)
        assert isinstance(found, RequestersFound)
        assert found.look_ups_left == left
    assert desk.find(ZHANG_NUMBER, LookUpReason.ON_THE_PHONE) == NO_MORE
    again = at_desk(world, Role.ASSISTANT, world.new_kiosk("teach2-1f"))
    assert again.find(NumberClaimed("20999999999"), LookUpReason.NO_CARD) == NO_MORE
    assert isinstance(desk.find(ZHANG), No) or isinstance(again.find(ZHANG), RequestersFound), "a card is not counted"
    world.move(hours=14)  # the next day in Shanghai
    tomorrow = at_desk(world, Role.ASSISTANT)
    assert isinstance(tomorrow.find(ZHANG_NUMBER, LookUpReason.NO_CARD), RequestersFound)


def test_every_look_up_without_a_card_is_written_down_with_its_reason(world: World) -> None:
    desk = at_desk(world, Role.ASSISTANT)
    desk.find(ZHANG)
    desk.find(ZHANG_NUMBER, LookUpReason.NO_CARD)
    become(world, Role.ENGINEER)
    found = desk.look(LookUp("zh", text="张一明"))
    assert isinstance(found, RequestersFound)
    desk.look(LookUp("zh", handle=found.people[0].handle))
    with world.store.read() as db:
        lines = [(line.by, line.about, line.why) for line in latest(db) if line.what == "desk_looked_up"]
    assert lines[::-1] == [
        (ENGINEER, "zhang-ming", "number no_card"),
        (ENGINEER, "", "name"),
        (ENGINEER, "zhang-ming", "chosen"),
    ]


@pytest.mark.parametrize("text", ["张", "13800", "", "1380013", "%", "__", "\x00\x00"])
def test_too_short_a_search_lists_nobody(world: World, text: str) -> None:
    answer = at_desk(world).look(LookUp("zh", text=text))
    assert isinstance(answer, No) or not [one for one in answer.people if one.name == "张*明"]


@pytest.mark.parametrize("text", ["张一", "张一明", "Zhang Yi", "yiming", "13800135521", "0135521", "138 0013 5521"])
def test_somebody_is_found_by_the_beginning_of_a_name_or_the_end_of_a_phone(world: World, text: str) -> None:
    answer = at_desk(world).look(LookUp("zh", text=text))
    assert isinstance(answer, RequestersFound)
    assert "2023•••••87" in [one.number for one in answer.people]


def test_a_handle_names_nobody_outside_its_shift(world: World) -> None:
    desk, other = at_desk(world), at_desk(world, kiosk=world.new_kiosk("teach2-1f"))
    handle = desk.handle()
    assert other.look(LookUp("zh", handle=handle)) == NO_ONE
    assert other.earlier(handle) == NO_ONE
    reference = other.log(None, other.told(requester=handle)).reference
    assert other.ticket(reference).person == ""


# -- logging -------------------------------------------------------------------------------------------------------
def test_what_is_solved_on_the_spot_is_a_solved_ticket_of_the_staff_member(world: World) -> None:
    desk = at_desk(world)
    reference = desk.log().reference
    one, steps = desk.ticket(reference), desk.steps(reference)
    assert (one.state, one.channel, one.person, one.identity) == ("resolved", "desk", "20230114287", "claimed")
    assert ("desk", "desk_logged", ENGINEER) in steps
    assert ("desk", "desk_did", "重新连接") in steps
    assert ("desk", "state:resolved", "") in steps


@pytest.mark.parametrize(("channel", "kept"), [("walk_up", "desk"), ("phone", "phone"), ("mail", "mail")])
def test_the_way_it_came_is_kept(world: World, channel: str, kept: str) -> None:
    desk = at_desk(world)
    assert desk.ticket(desk.log(desk=desk.told(channel=channel)).reference).channel == kept


@pytest.mark.parametrize(("to", "assignee"), [("", ""), (COLLEAGUE, "T2013744"), ("zhang-ming", ""), ("nobody", "")])
def test_a_matter_is_handed_to_its_team_or_to_somebody_who_works_on_tickets(
    world: World, to: str, assignee: str
) -> None:
    desk = at_desk(world)
    one = desk.ticket(desk.log(desk=desk.told(outcome="handed", to=to)).reference)
    assert (one.state, one.assignee, one.team) == ("new", assignee, "network")


def test_whoever_was_found_by_name_is_the_requester_and_is_told(world: World) -> None:
    desk = at_desk(world)
    found = desk.look(LookUp("zh", text="张一明"))
    assert isinstance(found, RequestersFound)
    reference = desk.log(None, desk.told(requester=found.people[0].handle)).reference
    one = desk.ticket(reference)
    assert (one.person, one.identity) == ("20230114287", "claimed")
    with world.store.read() as db:
        assert db.scalars(select(Message).where(Message.person == "zhang-ming")).all()


def test_a_desk_logs_as_many_as_come(world: World) -> None:
    """The limits of reports in somebody's name are for strangers."""
    desk = at_desk(world)
    assert all(desk.log().named for _ in range(14))


def test_a_complaint_is_its_leads_to_answer_whatever_was_pressed(world: World) -> None:
    desk = at_desk(world)
    one = desk.ticket(desk.log(service="complaint", symptom="nobody", subject="network").reference)
    assert one.state == "new"


def test_what_needs_an_approval_is_not_solved_by_pressing(world: World) -> None:
    desk = at_desk(world)
    waiting = {(entry.id, symptom) for entry in world.book.services for symptom in entry.approvals}
    for service, symptom in sorted(waiting):
        one = desk.ticket(desk.log(service=service, symptom=symptom).reference)
        assert one.state == "waiting_for_approval"


# -- whose work it is ----------------------------------------------------------------------------------------------
def test_work_that_arrives_after_the_shift_is_still_whose_it_was(world: World) -> None:
    kiosk = world.new_kiosk()
    first = at_desk(world, kiosk=kiosk)
    envelope = kiosk.envelope(kiosk.report(claim=ZHANG, desk=first.told()))
    world.move(minutes=5)
    end(first)
    second = opened(world, kiosk, COLLEAGUE)
    assert isinstance(second, DeskOpened)
    world.move(hours=20)
    answer = ok(world.take(kiosk, envelope))
    steps = first.steps(answer.reference)
    assert ("desk", "desk_logged", ENGINEER) in steps
    assert not [text for _, _, text in steps if text == COLLEAGUE]


@pytest.mark.parametrize("how", ["ended", "no shift", "elsewhere", "no such outcome"])
def test_what_nobody_of_the_desk_is_behind_is_a_report_like_any_other(world: World, how: str) -> None:
    desk = at_desk(world)
    told = desk.told()
    match how:
        case "ended":
            end(desk)
            world.move(seconds=SLACK.total_seconds() + 1)
        case "no shift":
            told = desk.told(shift="guessed")
        case "elsewhere":
            desk.kiosk = world.new_kiosk("teach2-1f")
        case "no such outcome":
            told = desk.told(outcome="deleted")
    one = desk.ticket(desk.log(desk=told).reference)
    assert (one.state, one.channel) == ("new", "kiosk")
    assert "desk_unproven" in [step.what for step in one.history]


# -- taking back ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("outcome", DeskOutcome)
def test_what_was_just_logged_is_taken_back_once(world: World, outcome: DeskOutcome) -> None:
    desk = at_desk(world)
    reference = desk.log(desk=desk.told(outcome=outcome)).reference
    assert desk.undo(reference) == ""
    assert desk.undo(reference) == ""
    one = desk.ticket(reference)
    assert one.state == "withdrawn"
    assert [step.what for step in one.history].count("desk_undone") == 1


def test_later_or_by_anybody_else_it_is_not(world: World) -> None:
    desk = at_desk(world)
    reference = desk.log().reference
    late = world.now + UNDO_WITHIN + SLACK
    world.move(seconds=(late - world.now).total_seconds() + 1)
    assert desk.undo(reference) == "too_late"
    colleague = opened(world, desk.kiosk, COLLEAGUE)
    assert isinstance(colleague, DeskOpened)
    other = desk.log().reference
    assert desk.undo(other, shift=colleague.shift) == "not_yours"
    assert desk.undo(other, shift="guessed") == "not_yours"
    stranger = ok(world.take(desk.kiosk, desk.kiosk.envelope(desk.kiosk.report(claim=ZHANG)))).reference
    assert desk.undo(stranger) == "not_yours"
    assert {desk.ticket(each).state for each in (reference, other)} == {"resolved"}


def test_no_requester_can_say_undo(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        token = begin(db, db.get_one(Kiosk, kiosk.id), db.get_one(Person, "zhang-ming"), CARD_AND_PIN, world.now)
    reference = ok(world.take(kiosk, kiosk.envelope(kiosk.report(session=token)))).reference
    assert AtDesk(world, kiosk, token).undo(reference) == "not_yours"


def test_templates_lead_to_the_catalogue_and_old_look_ups_are_forgotten(world: World) -> None:
    assert world.book.templates
    for template in world.book.templates:
        entry = world.book.entry(template.service)
        assert entry is not None
        assert template.symptom in {symptom.id for symptom in entry.symptoms}
        assert isinstance(template.title, Text)
    at_desk(world).find(ZHANG)
    world.move(days=32)
    at_desk(world)
    with world.store.read() as db:
        assert not db.scalars(select(DeskLookUp)).all()
        assert not db.scalars(select(Ticket)).all()
