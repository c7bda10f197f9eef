"""Events, approvals and notices in the console."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from httpx import Response
from sqlalchemy import select

from kiosk.domain.roles import Role
from kiosk.domain.tickets import TicketState
from kiosk.hub.services.announcements import at_kiosk, current
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.tables import HistoryLine
from kiosk.wire.envelope import Envelope
from kiosk.wire.me_too import MeToo
from kiosk.wire.tickets import NumberClaimed
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at
from tests.hub.console_world import DONG, Browser, Console
from tests.hub.test_console_tickets import hidden, kept, page_of, press, said
from tests.hub.test_tickets import ZHANG, send
from tests.real.plain_kiosk import card

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: the services have their own tests on both."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


@pytest.fixture
def kiosk(world: World) -> HubKiosk:
    return world.new_kiosk()


@pytest.fixture
def dong(console: Console) -> Browser:
    return console.signed_in(DONG)


def post(browser: Browser, page: str, act: str, **fields: str) -> Response:
    return browser.post(f"/console/{act}", hidden(browser.get(f"/console/{page}").text, "form"), **fields)


# -- events -------------------------------------------------------------------------------------------------------
def test_several_reports_become_one_event_that_is_answered_once(
    console: Console, world: World, kiosk: HubKiosk, dong: Browser
) -> None:
    sent = [send(world, kiosk, kiosk.report(building="gym")).reference for _ in range(3)]
    page = dong.get("/console/events").text
    assert "open reports: 3" in page
    made = dong.post("/console/event-gather", hidden(page, "form"), service="network", building="gym")
    assert said(made) == "gathered"
    head = made.headers["location"].rpartition("made=")[2]
    assert head in sent
    assert console.acts()[-1] == (DONG, "event_gathered", head, "")
    assert "to every report in it as well: 2" in page_of(dong, head)
    assert said(press(dong, "ticket-answer", head, text="A cable.", state="solve", together="on")) == "changed"
    assert {kept(world, one).state for one in sent} == {"resolved"}
    assert console.acts()[-1] == (DONG, "event_answered", head, "")
    again = dong.post("/console/event-gather", hidden(page, "form"), service="network", building="gym")
    assert said(again) == "nothing"


def test_tickets_are_merged_linked_and_taken_apart_by_their_numbers(
    console: Console, world: World, kiosk: HubKiosk, dong: Browser
) -> None:
    main, twice, other = (send(world, kiosk, kiosk.report()).reference for _ in range(3))
    spoken = main.replace("-", " ").lower()
    assert said(press(dong, "ticket-tie", twice, other=spoken, kind="merged")) == "merged"
    assert console.acts()[-1] == (DONG, "ticket_merged", twice, "")
    assert said(press(dong, "ticket-tie", other, other=main, kind="related")) == "related"
    page = page_of(dong, main)
    assert "was merged into this one" in page
    assert other in page
    listed = dong.get("/console/queue?list=open").text
    assert f"ticket={main}" in listed
    assert f"ticket={twice}" not in listed, "it is worked on with the other"
    assert press(dong, "ticket-tie", main, other="A12-0001-X", kind="merged").status_code == 422
    assert press(dong, "ticket-tie", main, other=twice, kind="nonsense").status_code == 422
    assert said(press(dong, "ticket-untie", main, other=twice, kind="merged")) == "untied"
    assert f"ticket={twice}" in dong.get("/console/queue?list=open").text


# -- approvals ----------------------------------------------------------------------------------------------------
@pytest.fixture
def request_of_zhang(world: World, kiosk: HubKiosk) -> str:
    """Somebody has to agree to it first."""
    service = next(entry for entry in world.book.services if entry.approvals)
    report = kiosk.report(service=service.id, symptom=next(iter(service.approvals)), claim=card(ZHANG))
    return send(world, kiosk, report).reference


def test_the_desk_writes_down_what_it_was_told_and_by_whom(
    console: Console, world: World, request_of_zhang: str, dong: Browser
) -> None:
    page = dong.get("/console/approvals").text
    assert request_of_zhang in page
    assert "张一明" not in page
    wordless = post(dong, "approvals", "request-decide", ticket=request_of_zhang, decision="approved", words=" ")
    assert wordless.status_code == 422
    fields = {"ticket": request_of_zhang, "decision": "approved", "words": "Called Ms Lin <b>"}
    assert said(post(dong, "approvals", "request-decide", **fields)) == "approved"
    assert kept(world, request_of_zhang).state == TicketState.NEW
    assert console.acts()[-1] == (DONG, "request_approved", request_of_zhang, "")
    late = post(dong, "approvals", "request-decide", **fields)
    assert late.status_code == 422
    assert "decided meanwhile" in late.text


def test_whoever_holds_the_post_decides_without_a_word_and_nobody_for_themselves(
    console: Console, world: World, kiosk: HubKiosk, request_of_zhang: str
) -> None:
    with world.store.read() as db:
        holder = db.get_one(ApprovalAsked, request_of_zhang).person
    console.give_role(holder, Role.LEAD)
    browser = console.signed_in(holder)
    assert "<strong>you</strong>" in browser.get("/console/approvals").text
    declined = post(browser, "approvals", "request-decide", ticket=request_of_zhang, decision="declined", words="")
    assert said(declined) == "declined"
    with world.store.read() as db:
        steps = select(HistoryLine).where(HistoryLine.reference == request_of_zhang)
        assert [row.by for row in db.scalars(steps) if row.what == "state:declined"] == ["approver"]
    service = next(entry for entry in world.book.services if entry.approvals)
    symptom = next(iter(service.approvals))
    number = console.person(DONG).number
    own = send(world, kiosk, kiosk.report(service=service.id, symptom=symptom, claim=NumberClaimed(number))).reference
    mine = console.signed_in(DONG)
    assert "somebody else has to agree" in mine.get("/console/approvals").text
    refused = post(mine, "approvals", "request-decide", ticket=own, decision="approved", words="I say so")
    assert refused.status_code == 422
    assert kept(world, own).state == TicketState.WAITING_FOR_APPROVAL


# -- notices ------------------------------------------------------------------------------------------------------
def notice(world: World, **changed: str) -> dict[str, str]:
    ends = (world.now + timedelta(hours=3)).astimezone(ZONE)
    whole = {
        "notice": "",
        "kind": "outage",
        "service": "door",
        "title_zh": "门禁刷不开",
        "title_en": "Doors do not open",
        "text_zh": "正在修。",
        "text_en": "We are at it.",
        "starts": "",
        "ends": f"{ends:%Y-%m-%dT%H:%M}",
        "update": "",
        "building_library": "on",
    }
    return {**whole, **changed}


def shown_at(world: World, place: str) -> list[str]:
    with world.store.read() as db:
        return [one.title.en for one in at_kiosk(db, world.book, place, world.now) if one.is_shown(world.now)]


def test_a_notice_is_on_the_kiosks_of_its_building_with_the_next_question_and_gone_when_taken_back(
    console: Console, world: World, kiosk: HubKiosk, dong: Browser
) -> None:
    before = shown_at(world, "teach2-1f")
    assert said(post(dong, "announce", "notice-publish", **notice(world))) == "published"
    assert "Doors do not open" in shown_at(world, "lib-1f")
    assert shown_at(world, "teach2-1f") == before
    with world.store.read() as db:
        made = next(one for one in current(db, world.now) if one.title.en == "Doors do not open")
    assert console.acts()[-1] == (DONG, "announced", made.id, "")
    assert made.ends_at == (world.now + timedelta(hours=3)).replace(second=0, microsecond=0)
    world.take(kiosk, me_too(kiosk, made.id))
    assert "1: Library" in dong.get("/console/announce").text.replace("Main library", "Library")
    changed = notice(world, notice=made.id, title_en="Doors open by hand")
    assert said(post(dong, "announce", "notice-publish", **changed)) == "changed"
    assert "Doors open by hand" in shown_at(world, "lib-1f")
    assert said(post(dong, "announce", "notice-withdraw", notice=made.id)) == "withdrawn"
    assert "Doors open by hand" not in shown_at(world, "lib-1f")
    assert console.acts()[-1] == (DONG, "announcement_withdrawn", made.id, "")
    assert said(post(dong, "announce", "notice-withdraw", notice=made.id)) == "gone"


def me_too(kiosk: HubKiosk, announcement: str) -> Envelope:
    told = MeToo("zh", announcement, "library", None, kiosk.now())
    return kiosk.seal(msgspec.json.encode(told), announcement, kind="me_too")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"ends": ""}, "the end is missing"),
        ({"ends": "yesterday"}, "a time cannot be read"),
        ({"ends": "2020-01-01T00:00"}, "the end has to come after"),
        ({"ends": "2099-01-01T00:00"}, "until 2027-01-15 at the latest"),
        ({"title_zh": " "}, "the Chinese headline is missing"),
        ({"text_en": "x" * 241}, "the English text has to be"),
        ({"service": ""}, "choose the service that is broken"),
        ({"service": "laundry"}, "not in the catalogue"),
        ({"kind": "rumour"}, "what kind of notice"),
    ],
)
def test_a_notice_that_cannot_be_is_not_published_and_nothing_typed_is_lost(
    world: World, dong: Browser, changed: dict[str, str], words: str
) -> None:
    with world.store.read() as db:
        before = len(current(db, world.now))
    refused = post(dong, "announce", "notice-publish", **notice(world, **changed))
    assert refused.status_code == 422
    assert words in refused.text
    assert changed.get("text_zh", "正在修。") in refused.text
    with world.store.read() as db:
        assert len(current(db, world.now)) == before


def test_from_a_ticket_a_notice_is_filled_in_already(world: World, kiosk: HubKiosk, dong: Browser) -> None:
    reference = send(world, kiosk, kiosk.report(building="gym")).reference
    link = re.search(r'href="(/console/announce\?service=[^"]+)"', page_of(dong, reference))
    assert link
    page = dong.get(link[1].replace("&amp;", "&")).text
    assert 'name="building_gym" checked' in page
    assert '<option value="network" selected>' in page
    assert re.search(r'name="title_zh" value="[^"]+"', page)
    assert re.search(r'name="ends" type="datetime-local" value="2026-11-16T14:00"', page)


@pytest.mark.usefixtures("request_of_zhang")
def test_an_assistant_reads_and_is_offered_nothing(
    console: Console, world: World, kiosk: HubKiosk, dong: Browser
) -> None:
    reference = send(world, kiosk, kiosk.report()).reference
    console.give_role(DONG, Role.ASSISTANT)
    for path in (f"queue?ticket={reference}", "events", "approvals", "announce"):
        page = dong.get(f"/console/{path}").text
        assert 'method="post" action="/console/sign-out"' in page
        assert page.count('method="post"') == 1, path
