"""Answers of Zammad's knowledge base that are published: translations, or both languages in one."""

import re
from datetime import datetime, timedelta
from typing import Any

from kiosk.domain.why import Why, why
from kiosk.hub.article_source import Draft, Entry
from kiosk.hub.campus.helpdesk_line import Told, moment_of, number_of, object_of
from kiosk.hub.campus.zammad import ZammadLine
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.helpdesk_settings import HelpdeskSettings

_ATTACHED = re.compile(r"/api/v1/attachments/([0-9]{1,12})(?:\?.*)?")
#: What a Date header leaves out.
_SECOND = timedelta(seconds=1)


class ZammadArticles:
    name = "zammad"

    def __init__(self, settings: HelpdeskSettings) -> None:
        self._line = ZammadLine(settings)
        self._assets: dict[str, Any] = {}

    def entries(self) -> tuple[Entry, ...] | Silent | Rejected:
        answer = self._line.ask("POST", "knowledge_bases/init", body={})
        if not isinstance(answer, Told):
            return answer
        self._assets = object_of(answer.data)
        if "KnowledgeBaseAnswer" not in self._assets:
            return Rejected("no knowledge base or no right to read it")
        found = []
        for one in self._rows("KnowledgeBaseAnswer"):
            times = [moment_of(row.get("updated_at")) for row in (one, *self._translations(one))]
            changed = max((time for time in times if time is not None), default=None)
            if changed is None or not _is_public(one, answer.at):
                continue
            titles = (row for row in self._rows("KnowledgeBaseCategoryTranslation"))
            names = tuple(str(row.get("title")) for row in titles if row.get("category_id") == one.get("category_id"))
            found.append(Entry(str(one.get("id")), changed.isoformat(), names, changed.date()))
        return tuple(found)

    def open(self, entry: Entry) -> Draft | Silent | Rejected:
        answer = next(one for one in self._rows("KnowledgeBaseAnswer") if str(one.get("id")) == entry.key)
        category = object_of(self._assets.get("KnowledgeBaseCategory")).get(str(answer.get("category_id")))
        base, translations = object_of(category).get("knowledge_base_id"), self._translations(answer)
        wanted = ",".join(str(number_of(row.get("content_id"))) for row in translations)
        path = f"knowledge_bases/{number_of(base)}/answers/{number_of(entry.key)}"
        shown = self._line.ask("GET", path, {"include_contents": wanted})
        if not isinstance(shown, Told):
            return shown
        contents = object_of(
            object_of(object_of(shown.data).get("assets")).get("KnowledgeBaseAnswerTranslationContent")
        )
        texts = []
        for row in translations:
            body = object_of(contents.get(str(row.get("content_id")))).get("body")
            texts.append((str(row.get("title") or ""), str(body or "")))
        return Draft(tuple(texts), tuple(str(tag) for tag in answer.get("tags") or ()))

    def picture(self, src: str) -> bytes | Why:
        attached = _ATTACHED.fullmatch(src)
        if attached is None:
            return why("picture_outside")
        answer = self._line.fetch(f"attachments/{attached[1]}")
        return answer if isinstance(answer, bytes) else why("unreadable", detail=answer.why)

    def _translations(self, answer: dict[str, Any]) -> list[dict[str, Any]]:
        rows = self._rows("KnowledgeBaseAnswerTranslation")
        return [row for row in rows if row.get("answer_id") == answer.get("id")]

    def _rows(self, name: str) -> list[dict[str, Any]]:
        return [object_of(row) for row in object_of(self._assets.get(name)).values()]


def _is_public(answer: dict[str, Any], now: datetime | None) -> bool:
    """Both times may be of a day to come: it is published, or archived, then. ``now``: the server's time."""
    return _has_come(answer.get("published_at"), now) and not _has_come(answer.get("archived_at"), now)


def _has_come(time: object, now: datetime | None) -> bool:
    moment = moment_of(time)
    return moment is not None and (now is None or moment < now + _SECOND)
