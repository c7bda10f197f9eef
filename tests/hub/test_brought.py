"""A report that comes on paper: the same one as the kiosk's, once, whoever scans it how often, and nothing else."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from litestar.testing import TestClient
from sqlalchemy import func, select

from kiosk.domain.on_paper import MOST_DIGITS, PATH
from kiosk.hub.api.follow_limits import MOST_MISSES
from kiosk.hub.app import make_follow_app
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.keys import open_keys
from kiosk.hub.parts import Parts
from kiosk.hub.services.brought import Arrived, NotArrived, Why, bring
from kiosk.hub.services.enrolment import revoke
from kiosk.hub.services.operations import Answer
from kiosk.hub.store.tables import Incident, Operation, Ticket
from kiosk.wire.envelope import Envelope
from kiosk.wire.on_paper import digits_of
from kiosk.wire.tickets import Report, TicketAnswer
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.real.plain_kiosk import card, new_op

ZHANG = "04A1B2C3D4E580"
AT_ONCE = 10


def told(kiosk: HubKiosk, /, report: Report | None = None, op: str = "", **changed: str) -> Envelope:
    report = report or kiosk.report(claim=card(ZHANG), note="屏幕碎了 CANARY", location="CANARY")
    return kiosk.for_paper(report, op, **changed)


def parts_of(world: World) -> Parts:
    outside = world.cards, BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
    return Parts(Settings(), world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside)


def phone(world: World) -> "TestClient[Any]":
    app: Any = make_follow_app(parts_of(world))
    return TestClient(app, base_url="https://testserver.local")


def scanned(world: World, digits: str) -> Arrived | NotArrived:
    return bring(parts_of(world), world.house, digits)


def count(world: World, table: type) -> int:
    with world.store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def empty(world: World) -> World:
    """Counts start here."""
    assert (count(world, Ticket), count(world, Operation), count(world, Incident)) == (0, 0, 0)
    return world


def test_a_scan_makes_the_ticket_and_leads_to_its_page(empty: World) -> None:
    kiosk = empty.new_kiosk()
    envelope = told(kiosk)
    client = phone(empty)
    answer = client.get(f"{PATH}{digits_of(envelope)}", follow_redirects=False)
    assert (answer.status_code, answer.text) == (303, "")
    page = client.get(answer.headers["location"], headers={"accept-language": "zh-CN"})
    assert page.status_code == 200
    assert "报告已经送到服务台" in page.text
    assert envelope.context.aggregate in page.text
    assert "CANARY" not in page.text
    with empty.store.read() as db:
        ticket = db.get_one(Ticket, envelope.context.aggregate)
    assert (ticket.op, ticket.kiosk, ticket.note) == (envelope.context.op, kiosk.id, "屏幕碎了 CANARY")


@pytest.mark.parametrize("paper_first", [True, False])
def test_paper_and_kiosk_are_one_report_whichever_comes_first(empty: World, paper_first: bool) -> None:
    kiosk = empty.new_kiosk()
    envelope = told(kiosk)

    def by_kiosk() -> bytes:
        answer = empty.take(kiosk, envelope)
        assert isinstance(answer, Answer)
        return answer.body

    def by_paper() -> Arrived:
        arrived = scanned(empty, digits_of(envelope))
        assert isinstance(arrived, Arrived), arrived
        return arrived

    steps: tuple[Callable[[], object], ...] = (by_paper, by_kiosk, by_paper)
    for step in steps if paper_first else (by_kiosk, *steps):
        step()
        empty.move(hours=5)
    stored = msgspec.json.decode(by_kiosk(), type=TicketAnswer)
    assert by_paper() == Arrived(stored.reference, stored.page)
    assert stored.reference == envelope.context.aggregate
    assert (count(empty, Ticket), count(empty, Operation), count(empty, Incident)) == (1, 1, 0)


def test_ten_scans_at_once_beside_the_kiosk_make_one_ticket(empty: World) -> None:
    kiosk = empty.new_kiosk()
    envelope = told(kiosk)
    digits = digits_of(envelope)
    with ThreadPoolExecutor(AT_ONCE + 2) as pool:
        scans = [pool.submit(scanned, empty, digits) for _ in range(AT_ONCE)]
        deliveries = [pool.submit(empty.take, kiosk, envelope) for _ in range(2)]
        arrived = {scan.result() for scan in scans}
        answers = {delivery.result() for delivery in deliveries}
    assert len(arrived) == len(answers) == 1
    assert isinstance(arrived.pop(), Arrived)
    assert (count(empty, Ticket), count(empty, Operation), count(empty, Incident)) == (1, 1, 0)


def nothing_happened(world: World) -> bool:
    return (count(world, Ticket), count(world, Operation), count(world, Incident)) == (0, 0, 0)


def test_an_altered_or_cut_code_does_nothing_and_is_told_in_words(empty: World) -> None:
    digits = digits_of(told(empty.new_kiosk()))
    wrong = [digits[:at] + str((int(digits[at]) + 1) % 10) + digits[at + 1 :] for at in range(0, len(digits), 7)]
    wrong += [digits[:length] for length in range(1, len(digits), 41)]
    wrong += [digits + "0", "0" + digits[1:], "1" * MOST_DIGITS, "9" * (MOST_DIGITS + 1), "1" * 20_000]
    for code in wrong:
        assert scanned(empty, code) == NotArrived(Why.UNREADABLE), code
    assert nothing_happened(empty)
    for code in ("x", "１２３", "²", "12 3", "%00", wrong[0], wrong[-1]):
        for language, words in (("zh-CN", "这张码没有读完整"), ("en-GB", "This code was not read whole")):
            page = phone(empty).get(f"{PATH}{code}", headers={"accept-language": language})
            assert page.status_code == 404
            assert words in page.text
            assert "<script" not in page.text
    assert nothing_happened(empty)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(code=st.text(alphabet="0123456789", min_size=1, max_size=MOST_DIGITS + 5))
def test_no_number_that_anybody_makes_up_does_anything(world: World, code: str) -> None:
    assert scanned(world, code) == NotArrived(Why.UNREADABLE)


def test_what_another_kiosk_or_nobody_signed_is_not_ours(empty: World) -> None:
    kiosk, other = empty.new_kiosk(), empty.new_kiosk("teach2-1f")
    report = kiosk.report()
    assert scanned(empty, digits_of(told(other, report, kiosk=kiosk.id))) == NotArrived(Why.UNREADABLE)
    assert scanned(empty, digits_of(told(kiosk, report, kiosk="nowhere-1"))) == NotArrived(Why.UNREADABLE)
    sound = told(kiosk, report)
    for forged in (
        msgspec.structs.replace(sound, signature=bytes(64)),
        msgspec.structs.replace(sound, sealed=sound.sealed[:-1] + bytes([sound.sealed[-1] ^ 1])),
        msgspec.structs.replace(sound, context=msgspec.structs.replace(sound.context, op=new_op())),
    ):
        assert scanned(empty, digits_of(forged)) == NotArrived(Why.UNREADABLE)
    assert nothing_happened(empty)


def test_only_reports_travel_on_paper(empty: World) -> None:
    kiosk = empty.new_kiosk()
    for kind in ("card_loss", "money", "reset", "pin", "feedback", "ticket_act"):
        envelope = told(kiosk, kind=kind)
        assert digits_of(envelope) == ""
        disguised = msgspec.structs.replace(envelope, context=msgspec.structs.replace(envelope.context, kind="ticket"))
        assert scanned(empty, digits_of(disguised)) == NotArrived(Why.UNREADABLE), "the signature is over the kind"
    assert nothing_happened(empty)


REFUSED = {
    "expired": (Why.OVER, 410, "这张码已经过期", "This code is too old"),
    "key gone": (Why.OVER, 410, "这张码已经过期", "This code is too old"),
    "revoked": (Why.RETIRED, 410, "终端已经停用", "no longer in use"),
    "of another number": (Why.REFUSED, 409, "没有收下", "not accepted"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_not_taken_is_told_with_its_number_in_both_languages(empty: World, case: str, tmp_path: Any) -> None:
    why, status, chinese, english = REFUSED[case]
    kiosk = empty.new_kiosk()
    envelope = told(kiosk)
    match case:
        case "expired":
            empty.move(days=30)
        case "key gone":
            empty = replace(empty, keys=open_keys(tmp_path / "other"))
        case "revoked":
            with empty.store.write() as db:
                assert revoke(db, kiosk.id, empty.now)
        case _:
            kiosk.used = 5_000
            envelope = told(kiosk)
    digits = digits_of(envelope)
    assert scanned(empty, digits) == NotArrived(why, envelope.context.aggregate)
    for language, words in (("zh-CN", chinese), ("en", english)):
        page = phone(empty).get(f"{PATH}{digits}", headers={"accept-language": language})
        assert page.status_code == status
        assert words in page.text
        assert envelope.context.aggregate in page.text
        assert "noindex" in page.headers["x-robots-tag"]
    assert count(empty, Ticket) == 0


def test_what_the_hub_has_already_is_told_also_when_the_paper_is_old(empty: World) -> None:
    kiosk = empty.new_kiosk()
    envelope = told(kiosk)
    assert isinstance(empty.take(kiosk, envelope), Answer)
    empty.move(days=40)
    assert isinstance(scanned(empty, digits_of(envelope)), Arrived)
    page = phone(empty).get(f"{PATH}{digits_of(envelope)}")
    assert "带着小票上的编号" in page.text, "its page is over, and says how to go on"


def test_guessing_is_slowed_and_told_in_words(empty: World) -> None:
    client = phone(empty)
    digits = digits_of(told(empty.new_kiosk()))
    assert [client.get(f"{PATH}{code}").status_code for code in range(MOST_MISSES)] == [404] * MOST_MISSES
    page = client.get(f"{PATH}{digits}", headers={"accept-language": "en"})
    assert (page.status_code, page.headers["retry-after"].isdigit()) == (429, True)
    assert "Too many scans" in page.text
    empty.move(minutes=11)
    assert client.get(f"{PATH}{digits}", follow_redirects=False).status_code == 303


def test_the_log_never_holds_what_was_scanned(empty: World, caplog: pytest.LogCaptureFixture) -> None:
    digits = digits_of(told(empty.new_kiosk()))
    with caplog.at_level("INFO"):
        phone(empty).get(f"{PATH}{digits}")
    said = [str(vars(record)) for record in caplog.records if record.name.startswith("kiosk")]
    assert any(f"'path': '{PATH}'" in line for line in said)
    assert not [line for line in said if digits[:25] in line]
