"""Articles of Request Tracker 5: both languages in one, titles and texts divided."""

from kiosk.domain.why import Why, why
from kiosk.hub.article_source import Draft, Entry
from kiosk.hub.campus.helpdesk_line import Told, listed, moment_of, number_of, object_of, rows_of
from kiosk.hub.campus.request_tracker import RequestTrackerLine
from kiosk.hub.campus.rest_helpdesk import MOST_PAGES, stamp_of
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

_PAGE = 100
_ALL = [{"field": "id", "operator": ">", "value": "0"}]


class RequestTrackerArticles:
    """``field``: the custom field that holds the text."""

    name = "rt"

    def __init__(self, settings: HelpdeskSettings, field: str) -> None:
        self._line, self._field = RequestTrackerLine(settings), field

    def entries(self) -> tuple[Entry, ...] | Silent | Rejected:
        wanted = {"fields": "LastUpdated,Class,Disabled", "fields[Class]": "Name", "per_page": str(_PAGE)}
        found: list[Entry] = []
        for page in range(1, MOST_PAGES + 1):
            answer = self._line.ask("POST", "articles", {**wanted, "page": str(page)}, _ALL)
            rows = listed(answer, "items")
            if not isinstance(answer, Told):
                return answer
            if not isinstance(rows, list):
                return rows
            for row in rows:
                changed = moment_of(row.get("LastUpdated"))
                if changed is not None and not number_of(row.get("Disabled")):
                    category = str(object_of(row.get("Class")).get("Name") or "")
                    found.append(Entry(str(row.get("id")), stamp_of(changed, answer.at), (category,), changed.date()))
            if len(rows) < _PAGE:
                break
        return tuple(found)

    def open(self, entry: Entry) -> Draft | Silent | Rejected:
        answer = self._line.ask("GET", f"article/{number_of(entry.key)}")
        if not isinstance(answer, Told):
            return answer
        article = object_of(answer.data)
        values = [
            str(value)
            for one in rows_of(article.get("CustomFields")) or []
            if one.get("name") == self._field
            for value in one.get("values") or []
        ]
        return Draft(((str(article.get("Name") or ""), "\n".join(values)),))

    def picture(self, src: str) -> bytes | Why:  # noqa: ARG002
        """Its editor puts pictures into the text itself."""
        return why("picture_outside")
