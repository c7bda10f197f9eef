"""The five figures: each recomputed by a slow, obvious script to the same digit; nothing about few, nobody compared."""

import csv
import random
import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from io import StringIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from httpx import Response
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.domain.calendar import DayHours, Pause, ServiceHours
from kiosk.domain.elapsed import open_seconds
from kiosk.domain.figures import FEWEST, KNOWN_BY, Figure, Slice, Sums, is_month, months_up_to, withheld
from kiosk.domain.language import Language
from kiosk.domain.queueable import Mark
from kiosk.domain.roles import Role
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState, may_become
from kiosk.hub.services import feedback, figure_counting, figure_goals
from kiosk.hub.services.approvals import Decision
from kiosk.hub.services.around import Around
from kiosk.hub.services.desk_acts import DeskAct, do
from kiosk.hub.services.figures import Month, Told, month_of
from kiosk.hub.services.self_service import Served, note_served
from kiosk.hub.services.ticket_changes import by_requester
from kiosk.hub.store.figure_tables import FigureCourse, FigureDay, FigureGoal, PersonWeek, TicketFact
from kiosk.hub.store.tables import HistoryLine, Person, Ticket
from kiosk.wire.tickets import NumberClaimed
from kiosk.words import Speaker
from tests.counts import count
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at
from tests.hub.console_world import DONG, Browser, Console, token_in
from tests.hub.slow_figures import slowly
from tests.hub.test_tickets import send

EN = Speaker(Language.EN)
MONTH = "2026-11"
MARKS = (Mark.VERY_GOOD, Mark.GOOD, Mark.FAIR, Mark.POOR, Mark.VERY_POOR)


class Campus:
    """Days of a service desk, drawn at random, on whole minutes."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.draw = world, random.Random(seed)
        places = [standing.id for standing in world.book.kiosks][:3]
        self.kiosks: list[HubKiosk] = [world.new_kiosk(place) for place in places]
        self.services = [
            (entry.id, symptom.id) for entry in world.book.services for symptom in entry.symptoms if entry.listed
        ][:12]
        self.buildings = [place.id for place in world.book.places][:3]
        with world.store.read() as db:
            self.people = list(db.scalars(select(Person).order_by(Person.id).limit(8)))
        self.references: list[str] = []

    def live(self, steps: int) -> None:
        for _ in range(steps):
            self.world.move(minutes=self.draw.choice((1, 7, 45, 240, 900)))
            for kiosk in self.kiosks:
                kiosk.renew() if hasattr(kiosk, "token_until") else None
            self.draw.choice(
                (self.report, self.report, self.desk, self.desk, self.requester, self.rating, self.alone)
            )()

    def report(self) -> None:
        kiosk, (service, symptom) = self.draw.choice(self.kiosks), self.draw.choice(self.services)
        who = self.draw.choice([*self.people, None])
        claim = NumberClaimed(who.number) if who else None
        building = self.draw.choice([*self.buildings, ""])
        made = kiosk.report(service=service, symptom=symptom, building=building, claim=claim)
        self.references.append(send(self.world, kiosk, made).reference)

    def desk(self) -> None:
        with self.world.store.write() as db:
            for ticket in self._some(db):
                state = TicketState(ticket.state)
                if state is TicketState.WAITING_FOR_APPROVAL:
                    act = DeskAct(decision=self.draw.choice(list(Decision)))
                else:
                    ways = [one for one in TicketState if may_become(state, one) and one is not TicketState.WITHDRAWN]
                    act = DeskAct(
                        state=self.draw.choice([*ways, None]), answer=self.draw.choice(("", "Please try again."))
                    )
                around = Around(self.world.book, notices=None)
                do(db, around, ticket, act, self.world.now)

    def requester(self) -> None:
        with self.world.store.write() as db:
            for ticket in self._some(db):
                act = self.draw.choice([Act.COMMENT, Act.REOPEN, Act.CONFIRM, Act.WITHDRAW, Act.DISOWN])
                by_requester(db, self.world.book, ticket, act, "Still.", self.world.now)

    def rating(self) -> None:
        about = self.draw.choice(["service", f"service:{self.services[0][0]}", "article:vpn-set-up", "kiosk"])
        mark = Mark.SOLVED if about.startswith("article:") else self.draw.choice(MARKS)
        day = feedback.start_of_day(self.world.now, ZoneInfo(self.world.book.zone))
        if about.startswith("service:"):
            day = day.replace(day=1)
        code = self.draw.choice([*(one.code for one in self.world.book.kiosks[:3]), ""])
        with self.world.store.write() as db:
            feedback.keep(db, mark, day, kiosk=code, about=about, reasons=(), words="", language="zh")

    def alone(self) -> None:
        with self.world.store.write() as db:
            person, kiosk = self.draw.choice(self.people), self.draw.choice(self.kiosks)
            note_served(db, person.id, kiosk.id, Served.ACCOUNT, self.world.now)

    def _some(self, db: Session) -> list[Ticket]:
        chosen = self.draw.sample(self.references, min(3, len(self.references)))
        return [db.get_one(Ticket, one) for one in chosen]


def compare(world: World, months: tuple[str, ...]) -> int:
    """Every value of every part is the slow script's, to the digit; how many were compared."""
    compared = 0
    with world.store.read() as db:
        worked_out = slowly(db, world.book)
        for month in months:
            fast = month_of(db, month)
            for part in Slice:
                slow = worked_out.get((month, part.value), {})
                told = told_by(fast, part, {value for _, value in slow})
                for figure in KNOWN_BY[part]:
                    values = {value: cases for (name, value), cases in slow.items() if name == figure}
                    few = withheld((value, cases) for value, (_, cases) in values.items()) if part != "all" else ()
                    for value, (expected, cases) in values.items():
                        found = told[value][figure]
                        if value in few:
                            assert (found.tenths, found.cases, found.few) == (None, 0, True)
                        else:
                            assert found.tenths is not None
                            assert (Decimal(found.tenths) / 10, found.cases) == (expected, cases), (part, value, figure)
                        compared += 1
                    empty = set(told) - set(values)
                    assert all(told[value][figure].tenths is None for value in empty)
    return compared


def told_by(month: Month, part: Slice, values: set[str]) -> dict[str, dict[Figure, Told]]:
    if part is Slice.ALL:
        return {"": {line.figure: line.now for line in month.lines}}
    found = {one.value: one.told for one in month.parts[part]}
    assert set(found) == values
    return found


@pytest.mark.parametrize("seed", range(count(1, 20)))
def test_every_figure_is_what_a_slow_script_finds_to_the_digit(world: World, seed: int) -> None:
    campus = Campus(world, seed)
    for _ in range(4):  # counted in between, so that what was counted is taken back and counted anew
        campus.live(40)
        figure_counting.sweep(world.store, world.now)
    figure_counting.sweep(world.store, world.now)
    assert compare(world, ("2026-10", "2026-11", "2026-12")) > 100


def test_counting_again_changes_nothing(world: World) -> None:
    Campus(world, 7).live(40)
    figure_counting.sweep(world.store, world.now)
    before = kept(world)
    figure_counting.sweep(world.store, world.now)
    assert kept(world) == before
    with world.store.write() as db:  # as if it had never been counted: from the beginning, over what is there
        db.execute(update(FigureCourse).values(seen=0, before=0, served=0, served_before=0, rated=""))
    figure_counting.sweep(world.store, world.now)
    assert kept(world) == before


def test_counted_from_nothing_is_the_same_as_counted_all_along(world: World) -> None:
    campus = Campus(world, 11)
    for _ in range(3):
        campus.live(15)
        figure_counting.sweep(world.store, world.now)
    figure_counting.sweep(world.store, world.now)
    before = kept(world)
    with world.store.write() as db:
        for table in (FigureDay, TicketFact, PersonWeek):
            db.execute(delete(table))
        db.execute(update(FigureCourse).values(seen=0, before=0, served=0, served_before=0, rated=""))
    figure_counting.sweep(world.store, world.now)
    assert kept(world) == before


def kept(world: World) -> list[tuple[object, ...]]:
    with world.store.read() as db:
        rows = db.scalars(select(FigureDay).order_by(FigureDay.part, FigureDay.day, FigureDay.value)).all()
        sums = [(row.part, row.day, row.value, *(getattr(row, name) for name in Sums.__slots__)) for row in rows]
    return [row for row in sums if any(row[3:])]


def test_a_line_that_was_committed_late_is_counted_all_the_same(world: World) -> None:
    """On PostgreSQL a later id may be seen before an earlier one is there."""
    campus = Campus(world, 3)
    campus.report()
    campus.report()
    with world.store.write() as db:
        late = db.scalars(select(HistoryLine).order_by(HistoryLine.id.desc()).limit(1)).one()
        kept_back = {"reference": late.reference, "at": late.at, "by": late.by, "what": late.what, "text": late.text}
        number = late.id
        db.delete(late)
        db.add(HistoryLine(id=number + 1, **{**kept_back, "reference": campus.references[0]}))
    figure_counting.sweep(world.store, world.now)
    with world.store.write() as db:
        db.execute(delete(TicketFact).where(TicketFact.reference == campus.references[1]))
        db.add(HistoryLine(id=number, **kept_back))
    with world.store.write() as db:
        course = db.get_one(FigureCourse, 1)
        course.before = number - 1
    figure_counting.sweep(world.store, world.now)
    with world.store.read() as db:
        assert db.get(TicketFact, campus.references[1]) is not None


# -- pure ----------------------------------------------------------------------------------------------------------

BEGIN = datetime(2026, 11, 13, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@given(
    st.integers(0, 6000),
    st.integers(0, 6000),
    st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 900)), max_size=4),
)
def test_open_time_is_the_minutes_one_would_count(begin: int, length: int, pauses: list[tuple[int, int]]) -> None:
    hours = _hours()
    at = BEGIN + timedelta(minutes=begin)
    made = [Pause(BEGIN + timedelta(minutes=start), BEGIN + timedelta(minutes=start + long)) for start, long in pauses]
    counted = 0
    for minute in range(length):
        now = at + timedelta(minutes=minute)
        day = hours.on(now.date())
        is_open = day is not None and day.opens <= now.time() < day.closes
        counted += is_open and not any(pause.begins <= now < pause.ends for pause in made)
    assert open_seconds(at, at + timedelta(minutes=length), hours, made) == 60 * counted


def _hours() -> ServiceHours:
    day = DayHours(time(8, 30), time(17, 30))
    return ServiceHours(
        ZoneInfo("Asia/Shanghai"), (day, day, day, day, day, None, None), frozenset({date(2026, 11, 17)})
    )


def test_rounding_is_half_upwards_and_nothing_is_no_case() -> None:
    assert Sums(answered=2, answer_seconds=6).tenths(Figure.RESPONSE) == 1  # 0.05 minutes
    assert Sums(solved=2, at_once=1).tenths(Figure.FIRST_CONTACT) == 500
    assert Sums(rated=3, content=2).tenths(Figure.SATISFACTION) == 667
    assert [Sums().tenths(figure) for figure in Figure] == [None] * len(Figure)


@pytest.mark.parametrize(
    ("parts", "hidden"),
    [
        ({"a": 9, "b": 8}, set()),
        ({"a": 9, "b": FEWEST - 1, "c": 7}, {"b", "c"}),
        ({"a": 9, "b": 1, "c": 2}, {"b", "c"}),
        ({"a": 1}, {"a"}),
        ({"a": 9, "b": 0}, set()),
        ({}, set()),
    ],
)
def test_what_is_about_few_is_not_told_and_cannot_be_subtracted(parts: dict[str, int], hidden: set[str]) -> None:
    assert withheld(parts.items()) == hidden


def test_months_are_months() -> None:
    assert months_up_to("2026-02", 3) == ["2025-12", "2026-01", "2026-02"]
    assert [is_month(text) for text in ("2026-11", "2026-13", "2026-1", "x", "2026-11-01", "")] == [True] + [False] * 5


# -- the page --------------------------------------------------------------------------------------------------------


@pytest.fixture
def small(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: how sums are told is no question to it."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def lead(small: World) -> Browser:
    Campus(small, 5).live(50)
    figure_counting.sweep(small.store, small.now)
    console = Console.of(small)
    browser = console.signed_in(DONG)
    console.give_role(DONG, Role.LEAD)
    return browser


def test_the_page_says_each_figure_with_what_it_means(lead: Browser) -> None:
    page = lead.get(f"/console/figures?month={MONTH}").text
    for figure in Figure:
        assert EN(f"figures.name_{figure}") in page
        assert str(escape(EN(f"figures.means_{figure}"))) in page


def test_no_person_stands_on_the_page_or_in_the_file(small: World, lead: Browser) -> None:
    with small.store.read() as db:
        names = [(one.name, one.latin_name, one.number) for one in db.scalars(select(Person)) if one.id != DONG]
    for text in (lead.get("/console/figures").text, lead.get("/console/figures.csv").text):
        assert [name for person in names for name in person if name and name in text] == []


def test_the_file_holds_what_the_page_shows(small: World, lead: Browser) -> None:
    answer = lead.get(f"/console/figures.csv?month={MONTH}")
    rows = list(csv.DictReader(StringIO(answer.text.removeprefix("\ufeff"))))
    with small.store.read() as db:
        month = month_of(db, MONTH)
    whole = {row[EN("figures.column_figure")]: row for row in rows if row["Told by"] == EN("figures.by_all")}
    for line in month.lines:
        row = whole[EN(f"figures.name_{line.figure}")]
        assert (row["Value"], row["Cases"]) == (f"{(line.now.tenths or 0) / 10:.1f}", str(line.now.cases))
    assert len(rows) == len(month.lines) + sum(len(one.told) for found in month.parts.values() for one in found)


def test_a_month_nobody_had_is_shown_as_nothing_and_a_wrong_one_as_this_one(lead: Browser, small: World) -> None:
    this = f"{small.now.astimezone(ZoneInfo(small.book.zone)):%Y-%m}"
    assert EN("figures.none") in lead.get("/console/figures?month=2020-01").text
    for wrong in ("2099-01", "x", "2026-13", "'%00"):
        assert EN("figures.title", month=this) in lead.get(f"/console/figures?month={wrong}").text


def test_a_chart_runs_nothing_fetches_nothing_and_says_its_figure(lead: Browser) -> None:
    upload(lead, GOOD.encode())
    for figure in (*Figure, "'><script>"):
        answer = lead.get(f"/console/figures.svg?figure={figure}&month={MONTH}")
        name = EN(f"figures.name_{figure if figure in list(Figure) else Figure.RESPONSE}")
        assert name in answer.text
        assert "script" not in answer.text
        assert [link for link in re.findall(r"https?://[^\s\"'<>-]*", answer.text) if "www.w3.org" not in link] == []
        assert "sandbox" in answer.headers["content-security-policy"]


GOOD = "figure,month,baseline,target\nresponse,2026-01,95.5,30\nself_service,2026-01,20,40.5\n"


def test_baseline_and_target_are_taken_from_a_file_and_shown_beside(small: World, lead: Browser) -> None:
    assert "said=goals" in upload(lead, GOOD.encode()).headers["location"]
    page = lead.get("/console/figures").text
    assert EN("figures.in_minutes", value="95.5") in page
    assert EN("figures.in_percent", value="40.5") in page
    assert (
        "said=goals"
        in upload(lead, "指标;月份;基线;目标\nresponse;2025-12;100;25\n".encode("gb18030")).headers["location"]
    )
    with small.store.read() as db:
        assert [(row.figure, row.month, row.baseline, row.target) for row in db.scalars(select(FigureGoal))] == [
            ("response", "2025-12", 1000, 250)
        ]


@pytest.mark.parametrize(
    ("file", "line", "why"),
    [
        (GOOD + "speed,2026-01,1,2\n", 4, "no_figure"),
        (GOOD + "response,2026-01,1,2\n", 4, "twice"),
        (GOOD + "resolution,2026-13,1,2\n", 4, "no_month"),
        (GOOD + "resolution,2026-01,=1+1,2\n", 4, "no_baseline"),
        (GOOD + "satisfaction,2026-01,50,100.1\n", 4, "no_target"),
        (GOOD + "satisfaction,2026-01,50\n", 4, "fields"),
        ("figure,month\n", 1, "no_column"),
        ("figure,month,baseline,target\n", 0, "empty"),
        ("x" * 20_000, 0, "too_large"),
    ],
)
def test_a_file_with_a_mistake_changes_nothing_and_names_its_line(
    small: World, lead: Browser, file: str, line: int, why: str
) -> None:
    upload(lead, GOOD.encode())
    answer = upload(lead, file.encode())
    _, wrong = figure_goals.read(file.encode())
    assert [(one.line, one.why) for one in wrong] == [(line, why)]
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    with small.store.read() as db:
        assert sorted(row.figure for row in db.scalars(select(FigureGoal))) == ["response", "self_service"]


def upload(browser: Browser, body: bytes) -> Response:
    token = token_in(browser.get("/console/figures"))
    return browser.client.post(
        "/console/figure-goals",
        data={"form": token},
        files={"goals": ("goals.csv", body, "text/csv")},
        headers=browser.here,
        follow_redirects=False,
    )
