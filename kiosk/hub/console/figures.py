"""The page *figures*: the service's five figures of a month, each with what it means, where it began and where it is
to get; by part, and as a file. Never by who did the work."""

from litestar.datastructures import UploadFile

from kiosk.domain.figures import FEWEST, KNOWN_BY, Figure, Slice, is_month, months_up_to
from kiosk.hub.console.charts import course
from kiosk.hub.console.door import Again, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import figure_counting, figure_goals
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.figures import Told, course_of, month_of
from kiosk.hub.services.search_gaps import as_csv
from kiosk.hub.services.staff_acts import note_act

#: Months one can choose from, the present one included.
MONTHS_SHOWN = 36
#: Columns of the file, keys below ``figures.column_``.
_COLUMNS = ("month", "part", "of", "figure", "value", "unit", "cases")


class Figures:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        return self._shown(visit, [])

    def load(self, visit: Visit) -> str:
        say = visit.say
        with self._parts.store.read() as db:
            book, month = read_book(db), month_of(db, _month(visit))
        rows: list[tuple[object, ...]] = []

        def add(part: str, of: str, figure: Figure, told: Told) -> None:
            value = say("figures.few") if told.few else plain(told.tenths)
            rows.append(
                (
                    month.month,
                    part,
                    of,
                    say(f"figures.name_{figure}"),
                    value,
                    say(f"figures.unit_{figure.unit}"),
                    "" if told.few else told.cases,
                )
            )

        for line in month.lines:
            add(say("figures.by_all"), "", line.figure, line.now)
        for part, found in month.parts.items():
            for one in found:
                for figure, told in one.told.items():
                    add(say(f"figures.by_{part}"), title_of(book, visit, part, one.value), figure, told)
        return as_csv((say(f"figures.column_{column}") for column in _COLUMNS), rows)

    def draw(self, visit: Visit) -> str:
        """The course of one figure, as it stands in the table below."""
        wanted, say = visit.query.get("figure", ""), visit.say
        figure = Figure(wanted) if wanted in list(Figure) else Figure.RESPONSE
        with self._parts.store.read() as db:
            months, line = course_of(db, _month(visit), figure)
        levels = [
            (say("figures.baseline_of", month=line.baseline_month), line.baseline),
            (say("figures.target"), line.target),
        ]
        title = say("figures.drawn", figure=say(f"figures.name_{figure}"), unit=say(f"figures.unit_{figure.unit}"))
        heights = [(name, height) for name, height in levels if height is not None]
        return course(months, [told.tenths for told in line.course], heights, title)

    def take_goals(self, visit: Visit, form: Form) -> str | Again:
        file = form.get("goals")
        body = file.file.read(figure_goals.LARGEST + 1) if isinstance(file, UploadFile) else b""
        if not body:
            return "no_file"
        with self._parts.store.write() as db:
            wrong = figure_goals.take(db, body)
            if not wrong:
                note_act(db, visit.who.person, "goals_set", visit.now)
        return Again(self._shown(visit, wrong)) if wrong else "goals"

    def _shown(self, visit: Visit, wrong: list[figure_goals.Wrong]) -> dict[str, object]:
        say, today = visit.say, f"{visit.today:%Y-%m}"
        with self._parts.store.read() as db:
            book, month = read_book(db), month_of(db, _month(visit))
            behind, counted_at = figure_counting.is_behind(db), figure_counting.counted_at(db)
        return {
            "month": month,
            "months": months_up_to(today, MONTHS_SHOWN)[::-1],
            "now": visit.now,
            "behind": behind,
            "counted_at": counted_at,
            "fewest": FEWEST,
            "figures": tuple(Figure),
            "known_by": KNOWN_BY,
            "wrong_lines": [
                say("figures.wrong_at", line=one.line, why=say(f"figures.wrong_{one.why}", detail=one.detail))
                if one.line
                else say(f"figures.wrong_{one.why}", detail=one.detail)
                for one in wrong
            ],
            "title_of": lambda part, value: title_of(book, visit, part, value),
            "told": lambda figure, told: told_as(visit, figure, told),
            "value": lambda figure, tenths: value_as(visit, figure, tenths),
        }


def _month(visit: Visit) -> str:
    wanted = visit.query.get("month", "")
    today = f"{visit.today:%Y-%m}"
    return wanted if is_month(wanted) and wanted <= today else today


def plain(tenths: int | None) -> str:
    """As a spreadsheet reads it."""
    return "" if tenths is None else f"{tenths // 10}.{tenths % 10}"


def value_as(visit: Visit, figure: Figure, tenths: int | None) -> str:
    if tenths is None:
        return visit.say("figures.none")
    return visit.say(f"figures.in_{figure.unit}", value=plain(tenths))


def told_as(visit: Visit, figure: Figure, told: Told) -> str:
    return visit.say("figures.few") if told.few else value_as(visit, figure, told.tenths)


def title_of(book: Book, visit: Visit, part: Slice, value: str) -> str:
    say, language = visit.say, visit.say.language
    if not value:
        return say("figures.not_known")
    match part:
        case Slice.SERVICE:
            entry = book.entry(value)
            return entry.title.of(language) if entry else value
        case Slice.BUILDING:
            place = book.place(value)
            return place.title.of(language) if place else value
        case Slice.KIOSK:
            standing = next((one for one in book.kiosks if one.code == value), None)
            return f"{value} {standing.title.of(language)}" if standing else value
        case Slice.HOUR:
            return say("figures.hour", begins=f"{value}:00", ends=f"{int(value) + 1:02}:00")
        case Slice.ALL:
            return say("figures.by_all")
