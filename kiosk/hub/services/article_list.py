"""The knowledge base as kiosks get it: what is shown today, named by what it holds, and the texts they have not."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

import msgspec
from sqlalchemy import false, or_, select
from sqlalchemy.orm import Session

from kiosk.hub.services.knowledge import synonyms, topics
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import ArticleText
from kiosk.wire.knowledge import MOST_TEXTS, TEXT_ID, TEXTS_BYTES, ArticleList, TextsWanted, packed_list, packed_texts


@dataclass(frozen=True, slots=True)
class Listed:
    version: str
    body: bytes


def shown_on(db: Session, today: date) -> ArticleList:
    """``today`` of the campus: from one day to the next articles begin and end, and reviews become overdue."""
    day = today.isoformat()
    rows = db.execute(
        select(ArticleText.text, ArticleText.review_by)
        .where(
            ArticleText.draft == false(),
            ArticleText.shown_from <= day,
            or_(ArticleText.shown_until == "", ArticleText.shown_until >= day),
        )
        .order_by(ArticleText.id)
    ).all()
    texts = tuple(row.text for row in rows)
    late = tuple(row.text for row in rows if row.review_by < day)
    whole = ArticleList("", topics(db), synonyms(db), texts, late)
    return msgspec.structs.replace(whole, version=sha256(msgspec.json.encode(whole)).hexdigest()[:16])


def listed(db: Session, today: date) -> Listed:
    whole = shown_on(db, today)
    return Listed(whole.version, packed_list(whole))


def texts(db: Session, wanted: TextsWanted) -> bytes | No:
    if len(wanted.ids) > MOST_TEXTS:
        return No(422, "malformed", f"at most {MOST_TEXTS} at once")
    named = [id for id in dict.fromkeys(wanted.ids) if TEXT_ID.fullmatch(id)]
    rows = db.execute(select(ArticleText.text, ArticleText.body).where(ArticleText.text.in_(named)))
    there = {row.text: row.body for row in rows}
    fitting: list[bytes] = []
    size = 0
    for id in named:
        body = there.get(id, b"")
        size += len(body)
        if body and (not fitting or size <= TEXTS_BYTES):
            fitting.append(body)
    return packed_texts(fitting)
