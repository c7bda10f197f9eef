"""Articles of GLPI's knowledge base: both languages in one, titles and texts divided.

Its interface tells that there are translations, and not what they say.
"""

import re

from kiosk.domain.why import Why, why
from kiosk.hub.article_source import Draft, Entry
from kiosk.hub.campus.glpi import GlpiLine
from kiosk.hub.campus.helpdesk_line import Told, listed, moment_of, number_of, object_of, rows_of
from kiosk.hub.campus.rest_helpdesk import MOST_PAGES, stamp_of
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

#: A list holds the whole texts.
_PAGE = 20
_ARTICLES = "v2/Knowledgebase/Article"
_DOCUMENT = re.compile(r"(?:[^:?#]*/)?front/document\.send\.php\?(?:.*&)?docid=([0-9]{1,12})(?:&.*)?")


class GlpiArticles:
    name = "glpi"

    def __init__(self, settings: HelpdeskSettings) -> None:
        self._line = GlpiLine(settings)

    def entries(self) -> tuple[Entry, ...] | Silent | Rejected:
        found: list[Entry] = []
        for page in range(MOST_PAGES * 5):
            wanted = {"sort": "id:asc", "start": str(page * _PAGE), "limit": str(_PAGE)}
            answer = self._line.ask("GET", _ARTICLES, wanted)
            rows = listed(answer)
            if not isinstance(answer, Told):
                return answer
            if not isinstance(rows, list):
                return rows
            for row in rows:
                changed, ends = moment_of(row.get("date_mod")), moment_of(row.get("date_end"))
                begins = moment_of(row.get("date_begin"))
                now = answer.at
                over = now is not None and ((ends is not None and ends <= now) or (begins is not None and begins > now))
                if changed is not None and not over:
                    names = tuple(str(one.get("name")) for one in rows_of(row.get("categories")) or [])
                    found.append(Entry(str(row.get("id")), stamp_of(changed, answer.at), names, changed.date()))
            if len(rows) < _PAGE:
                break
        return tuple(found)

    def open(self, entry: Entry) -> Draft | Silent | Rejected:
        answer = self._line.ask("GET", f"{_ARTICLES}/{number_of(entry.key)}")
        if not isinstance(answer, Told):
            return answer
        article = object_of(answer.data)
        return Draft(((str(article.get("name") or ""), str(article.get("content") or "")),))

    def picture(self, src: str) -> bytes | Why:
        document = _DOCUMENT.fullmatch(src)
        if document is None:
            return why("picture_outside")
        answer = self._line.fetch(f"v2/Management/Document/{document[1]}/Download")
        return answer if isinstance(answer, bytes) else why("unreadable", detail=answer.why)
