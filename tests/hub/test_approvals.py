"""A request that somebody has to agree to first: who is asked, what the link can do, and what silence leads to."""

import re
from datetime import datetime
from typing import Any

import msgspec
import pytest
from httpx import Response
from litestar.testing import TestClient
from sqlalchemy import select

from kiosk.domain.policy import SHIPPED
from kiosk.domain.ticket_views import Act, TicketList
from kiosk.domain.tickets import TicketState
from kiosk.hub.api.follow_limits import MOST_MISSES, MOST_WRITES_OF_CODE
from kiosk.hub.app import make_follow_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.parts import Parts
from kiosk.hub.services.approvals import LINK_LIFE, Decision, sweep
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import NAME, Book, Role
from kiosk.hub.services.desk_acts import DeskAct, do
from kiosk.hub.services.follow import follow_page
from kiosk.hub.services.intake import create_ticket
from kiosk.hub.services.my_tickets import act
from kiosk.hub.services.refusal import No
from kiosk.hub.store.duty_tables import ApprovalAsked, ApprovalLink
from kiosk.hub.store.tables import Document, Kiosk, Message, Operation, Person, Ticket
from kiosk.hub.tokens_made import FOLLOW_CHARACTERS
from kiosk.wire.tickets import ContactOnFile, NumberClaimed, TicketAct, TicketAnswer
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.hub.test_tickets import ZHANG, listed, seen, send, signed_in
from tests.real.plain_kiosk import card, new_op

HERE = {"sec-fetch-site": "same-origin"}
#: Who holds the post of the sample catalogue, the lead of the service, and the head of them all.
APPROVER, LEAD, TOP = "zheng-hong", "jiang-bo", "yu-hua"


def asked(world: World, kiosk: HubKiosk | None = None, **changed: Any) -> TicketAnswer:
    """Zhang asks for a permission, with a card and some words."""
    kiosk = kiosk or world.new_kiosk()
    wish = {"service": "access", "symptom": "permission", "claim": card(ZHANG), "note": "助教要看名单", **changed}
    return send(world, kiosk, kiosk.report(**wish))


def messages(world: World, kind: str) -> list[tuple[str, str, str]]:
    with world.store.read() as db:
        rows = db.scalars(select(Message).where(Message.kind == kind).order_by(Message.id))
        return [(row.person or "", row.channel, row.text) for row in rows]


def code_of(world: World, kind: str = "approval_asked") -> str:
    """Of the newest mail."""
    found = re.search(r"/d/(\w+)", messages(world, kind)[-1][2])
    assert found
    return found[1]


def run_sweep(world: World) -> int:
    return sweep(world.store, BuiltinNotices(world.clock), PUBLIC_URL, world.now)


def ticket(world: World, reference: str) -> Ticket:
    with world.store.read() as db:
        return db.get_one(Ticket, reference)


def change_roles(world: World, **holders: str) -> None:
    """Posts by id with an underscore for a dash, to the number of who holds them now."""
    changed = {key.replace("_", "-"): number for key, number in holders.items()}
    roles = tuple(msgspec.structs.replace(role, person=changed.get(role.id, role.person)) for role in world.book.roles)
    world.book = msgspec.structs.replace(world.book, roles=roles)
    with world.store.write() as db:
        db.get_one(Document, NAME).body = msgspec.json.encode(world.book)


class Browser:
    """Whoever opened the mail."""

    def __init__(self, world: World) -> None:
        outside = BuiltinCards(), BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
        parts = Parts(Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside)
        app: Any = make_follow_app(parts)
        self.client = TestClient(app, base_url="https://testserver.local")
        self.form = ""

    def page(self, code: str, **headers: str) -> Response:
        answer = self.client.get(f"/d/{code}", headers=headers)
        self.form = (re.findall(r'name="form" value="([^"]*)"', answer.text) or [self.form])[0]
        return answer

    def post(self, code: str, decision: str, words: str = "", headers: Any = HERE, form: str = "") -> Response:
        """As the page's form would; where the page shows none any more, as the one seen before would."""
        self.page(code)
        data = {"form": form or self.form, "decision": decision, "words": words}
        return self.client.post(f"/d/{code}", data=data, headers=headers, follow_redirects=False)

    def said(self, code: str, decision: str, words: str = "") -> str:
        answer = self.post(code, decision, words)
        assert answer.status_code == 303, answer.status_code
        return answer.headers["location"].rpartition("said=")[2]


def test_who_has_to_agree_is_mailed_a_link_and_nothing_is_promised_yet(world: World) -> None:
    answer = asked(world)
    assert answer.approval is not None
    assert answer.approval.who.zh == "业务系统审批人"
    assert (answer.respond_by, answer.resolve_by) == (None, None)
    assert answer.approval.since == world.now
    assert answer.approval.remind_by == datetime.fromisoformat("2026-11-18T10:00+08:00")
    ((person, channel, text),) = messages(world, "approval_asked")
    assert (person, channel) == (APPROVER, "email")
    assert answer.reference in text
    assert f"{PUBLIC_URL}/d/" in text
    assert all(secret not in text for secret in ("张", "2023", "助教"))
    (one,) = listed(world)
    assert one.state == TicketState.WAITING_FOR_APPROVAL
    assert one.approval is not None
    assert (one.approval.role, one.approval.person, one.approval.decision) == ("systems-approver", "T2008402", "")


def test_what_needs_nobodys_consent_waits_for_nobody(world: World) -> None:
    answer = asked(world, symptom="vpn")
    assert answer.approval is None
    assert answer.respond_by is not None
    assert messages(world, "approval_asked") == []


def test_the_code_is_long_enough_to_be_no_guess_and_only_its_digest_is_kept(world: World) -> None:
    asked(world)
    code = code_of(world)
    assert len(code) == FOLLOW_CHARACTERS
    assert FOLLOW_CHARACTERS * 5.8 >= 64  # of 57 characters each carries 5.8 bits
    with world.store.read() as db:
        assert code not in db.scalars(select(ApprovalLink.digest)).one()


@pytest.mark.parametrize(
    ("decision", "state", "told"),
    [("approved", TicketState.NEW, "request_approved"), ("declined", TicketState.DECLINED, "request_declined")],
)
def test_one_touch_decides_once_and_the_requester_is_told(
    world: World, decision: str, state: TicketState, told: str
) -> None:
    kiosk = world.new_kiosk()
    answer = asked(world, kiosk, contact=ContactOnFile())
    browser, code = Browser(world), code_of(world)
    world.move(hours=30)
    assert browser.said(code, decision, "学期内<b>\u202e") == decision
    other = "declined" if decision == "approved" else "approved"
    for again in (decision, other):
        assert browser.said(code, again) == "nothing"
    (one,) = listed(world)
    assert one.state == state
    assert one.approval is not None
    assert (one.approval.decision, one.approval.decided_by) == (decision, "T2008402")
    assert [(person, channel) for person, channel, _ in messages(world, told)] == [
        ("zhang-ming", "phone"),
        ("zhang-ming", "email"),
    ]
    mine = seen(world, kiosk, signed_in(world, kiosk))
    assert isinstance(mine, TicketList)
    last = mine.tickets[0].history[-1]
    assert (last.by, last.text) == ("approver", "学期内<b>")
    assert answer.reference == mine.tickets[0].reference


def test_the_clock_of_the_promise_stood_while_it_waited(world: World) -> None:
    asked(world)  # on Monday at ten, P3: an answer within two working days
    world.move(days=1, hours=2)
    assert Browser(world).said(code_of(world), "approved") == "approved"
    (one,) = listed(world)
    assert one.respond_by == datetime.fromisoformat("2026-11-19T12:00+08:00")


def test_the_page_shows_what_is_asked_and_no_more_of_a_person_than_a_decision_needs(world: World) -> None:
    asked(world, note='看名单<img src="x">')
    answer = Browser(world).page(code_of(world))
    assert answer.status_code == 200
    text = answer.text
    for shown in ("要开系统权限", "张*明", "计算机学院", "没有核对过身份", "业务系统审批人", "看名单&lt;img"):
        assert shown in text
    for hidden in ("张一明", "20230114287", "13800135521", "zhang.ming", "<script", "<img"):
        assert hidden not in text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "noindex" in answer.headers["x-robots-tag"]
    assert len(answer.content) <= 60 * 1024
    english = Browser(world).page(code_of(world), **{"accept-language": "en-GB"}).text
    assert "I need a permission" in english
    assert "Approve" in english


def test_reading_a_link_decides_nothing(world: World) -> None:
    answer = asked(world)
    for _ in range(3):
        assert Browser(world).page(code_of(world)).status_code == 200
    assert ticket(world, answer.reference).state == TicketState.WAITING_FOR_APPROVAL


def test_a_form_from_elsewhere_or_without_its_token_is_refused(world: World) -> None:
    answer, browser = asked(world), Browser(world)
    code = code_of(world)
    assert browser.post(code, "approved", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert browser.post(code, "approved", form="0" * 64).status_code == 403
    assert browser.post(code, "approved", form="é").status_code == 403
    assert browser.said(code, "maybe") == "nothing"
    assert ticket(world, answer.reference).state == TicketState.WAITING_FOR_APPROVAL


def test_guessing_and_flooding_are_slowed(world: World) -> None:
    asked(world)
    browser, code = Browser(world), code_of(world)
    answers = [browser.post(code, "approved", form="x").status_code for _ in range(MOST_WRITES_OF_CODE + 1)]
    assert answers == [403] * MOST_WRITES_OF_CODE + [429]
    wrong = [browser.page("x" * 12).status_code for _ in range(MOST_MISSES + 1)]
    assert wrong == [404] * MOST_MISSES + [429]


def test_a_link_ends_with_its_time_its_person_and_their_post(world: World) -> None:
    asked(world)
    browser, code = Browser(world), code_of(world)
    change_roles(world, systems_approver="T2016633")
    assert browser.page(code).status_code == 404
    change_roles(world, systems_approver="T2008402")
    assert browser.page(code).status_code == 200
    with world.store.write() as db:
        db.get_one(Person, APPROVER).valid_until = world.now
    assert browser.page(code).status_code == 404
    assert browser.said(code, "approved") == "nothing"
    with world.store.write() as db:
        db.get_one(Person, APPROVER).valid_until = None
    world.move(seconds=LINK_LIFE.total_seconds())
    assert browser.page(code).status_code == 404


def test_nobody_agrees_to_a_request_in_their_own_name(world: World) -> None:
    with world.store.read() as db:
        number = db.get_one(Person, APPROVER).number
    asked(world, claim=NumberClaimed(number))
    assert [person for person, _, _ in messages(world, "approval_asked")] == [TOP]


def test_a_post_nobody_holds_is_asked_one_up_and_a_missing_one_keeps_nobody_waiting(world: World) -> None:
    change_roles(world, systems_approver="")
    asked(world)
    assert [person for person, _, _ in messages(world, "approval_asked")] == [TOP]
    change_roles(world, systems_approver="", centre_head="")
    answer = asked(world)
    assert answer.approval is None
    assert answer.respond_by is not None
    assert "no_approver" in [step.what for step in listed(world)[1].history]


def test_silence_past_the_time_tells_the_lead_once_with_a_link_of_their_own(world: World) -> None:
    answer = asked(world)
    world.move(days=1, hours=23, minutes=59)
    assert run_sweep(world) == 0
    world.move(minutes=2)
    assert run_sweep(world) == 1
    assert run_sweep(world) == 0
    ((person, _, text),) = messages(world, "approval_late")
    assert person == LEAD
    assert answer.reference in text
    history = [step.what for step in listed(world)[0].history]
    assert history.count("escalated") == 1
    assert Browser(world).said(code_of(world, "approval_late"), "approved") == "approved"
    assert listed(world)[0].approval.decided_by == "T2009186"  # type: ignore[union-attr]
    world.move(days=5)
    assert run_sweep(world) == 0


def test_who_takes_over_the_post_and_whose_link_ran_out_is_asked_anew(world: World) -> None:
    asked(world)
    old = code_of(world)
    change_roles(world, systems_approver="T2016633")
    assert run_sweep(world) == 1
    assert run_sweep(world) == 0
    assert [person for person, _, _ in messages(world, "approval_asked")] == [APPROVER, "han-xue"]
    assert Browser(world).page(old).status_code == 404
    newer = code_of(world)
    world.move(seconds=LINK_LIFE.total_seconds() + 1)
    assert run_sweep(world) == 2  # a new link, and the lead
    assert Browser(world).page(newer).status_code == 404
    assert Browser(world).said(code_of(world), "declined") == "declined"


@pytest.mark.parametrize("wanted", [Act.WITHDRAW, Act.DISOWN])
def test_a_request_taken_back_waits_for_nobody_and_the_link_says_so(world: World, wanted: Act) -> None:
    kiosk = world.new_kiosk()
    answer = asked(world, kiosk)
    session, browser, code = signed_in(world, kiosk), Browser(world), code_of(world)
    assert "<form" in browser.page(code).text
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        done = act(
            db, world.book, SHIPPED, row, session, TicketAct(new_op(), answer.reference, wanted.value), world.now
        )
    assert not isinstance(done, No)
    assert ticket(world, answer.reference).state == TicketState.WITHDRAWN
    assert "申请人已撤回" in browser.page(code).text
    assert "<form" not in browser.page(code).text
    assert browser.said(code, "approved") == "nothing"
    world.move(days=9)
    assert run_sweep(world) == 0
    assert ticket(world, answer.reference).state == TicketState.WITHDRAWN


@pytest.mark.parametrize("state", list(TicketState))
def test_the_desk_cannot_pass_the_approver_by_but_can_write_down_what_was_decided(
    world: World, state: TicketState
) -> None:
    answer = asked(world)
    around = Around(world.book, BuiltinNotices(world.clock), PUBLIC_URL)
    with world.store.write() as db:
        row = db.get_one(Ticket, answer.reference)
        assert isinstance(do(db, around, row, DeskAct(state=state), world.now), No)
        assert row.state == TicketState.WAITING_FOR_APPROVAL
        wanted = DeskAct(decision=Decision.APPROVED, answer="电话里同意")
        assert do(db, around, row, wanted, world.now) is None
        assert isinstance(do(db, around, row, wanted, world.now), No)
    (one,) = listed(world)
    assert one.state == TicketState.NEW
    assert [(step.by, step.what) for step in one.history][-1] == ("desk", "approved")


def test_without_a_public_address_the_approver_is_told_to_call_the_desk(world: World) -> None:
    kiosk = world.new_kiosk()
    around = Around(world.book, BuiltinNotices(world.clock), "")
    report = kiosk.report(service="access", symptom="permission", claim=card(ZHANG))
    with world.store.write() as db:
        op = new_op()
        db.add(Operation(op=op, kiosk=kiosk.id, digest="", status=0, body=b"", at=world.now))
        db.flush()
        create_ticket(db, around, db.get_one(Kiosk, kiosk.id), op, report, world.now)
    ((person, _, text),) = messages(world, "approval_by_desk")
    assert person == APPROVER
    assert "8231 0000" in text
    assert "/d/" not in text
    assert sweep(world.store, BuiltinNotices(world.clock), "", world.now) == 0


def test_the_phone_page_says_whom_it_waits_for_and_since_when(world: World) -> None:
    code = asked(world).page.rpartition("/")[2]
    with world.store.read() as db:
        page = follow_page(db, world.book, code, None, world.now)
    assert page.state == "等人同意"
    assert ("在等谁", "等业务系统审批人同意，从周一 11月16日 10:00 起") in page.facts
    assert all("前" not in text for label, text in page.facts if label == "我们答应的")


def test_two_touches_at_once_have_one_effect(world: World) -> None:
    answer = asked(world)
    code, browsers = code_of(world), [Browser(world), Browser(world)]
    forms = [re.findall(r'name="form" value="([^"]*)"', browser.page(code).text)[0] for browser in browsers]
    answers = [
        browser.post(code, decision, form=form).headers["location"].rpartition("said=")[2]
        for browser, form, decision in zip(browsers, forms, ("declined", "approved"), strict=True)
    ]
    assert answers == ["declined", "nothing"]
    assert ticket(world, answer.reference).state == TicketState.DECLINED
    with world.store.read() as db:
        assert db.get_one(ApprovalAsked, answer.reference).decision == "declined"


def test_every_post_the_sample_names_exists_and_is_held(world: World) -> None:
    book: Book = world.book
    named = {
        role
        for entry in book.services
        for role in (entry.owner, entry.lead, entry.on_call, *entry.approvals.values())
        if role
    } | {role.above for role in book.roles if role.above}
    assert named <= {role.id for role in book.roles}
    with world.store.read() as db:
        held = {person.number for person in db.scalars(select(Person))}
    assert {role.person for role in book.roles} <= held
    for entry in book.services:
        assert entry.lead
        assert set(entry.approvals) <= {symptom.id for symptom in entry.symptoms}
        assert set(entry.above_lead) <= {symptom.id for symptom in entry.symptoms}


def test_a_chain_of_posts_that_leads_round_in_a_circle_ends(world: World) -> None:
    one = Role("a", world.book.name, "", "b")
    two = Role("b", world.book.name, "", "a")
    book = msgspec.structs.replace(world.book, roles=(one, two))
    assert [role.id for role in book.upward("a")] == ["a", "b"]
