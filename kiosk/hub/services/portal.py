"""Articles for other portals of the campus: found as on kiosks, and told as plain text."""

from datetime import date

import msgspec
from sqlalchemy.orm import Session

from kiosk.domain.articles import PAGE_PATH, ArticlePair, Audience, Block
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.hub.services.article_finder import ArticleFinder
from kiosk.hub.services.knowledge import article
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import ArticleText
from kiosk.wire.portal import MAX_TEXT, MOST_FOUND, ArticleFound, ArticlesFound, ArticleTold, Item, Piece
from kiosk.wire.routes import PHONE_PICTURE


def search(
    db: Session,
    finder: ArticleFinder,
    text: str,
    language: Language,
    audience: Audience | None,
    today: date,
    public_url: str,
) -> ArticlesFound:
    """Those written for ``audience``, and those for everybody; ``None`` for all."""
    found: list[ArticleFound] = []
    for id in finder.on(db, today)(clean(text, MAX_TEXT, lines=False), language, MOST_FOUND):
        of = msgspec.json.decode(db.get_one(ArticleText, id).body, type=ArticlePair).of(language)
        if audience is None or not of.audience or audience in of.audience:
            found.append(ArticleFound(id, of.title, of.summary, of.topic, _page(public_url, id)))
    return ArticlesFound(found)


def told(db: Session, id: str, language: Language, today: date, public_url: str) -> ArticleTold | No:
    pair = article(db, id, today)
    if pair is None:
        return No(404, "unknown", "no such article")
    of = pair.of(language)
    return ArticleTold(
        id=of.id,
        language=language.value,
        title=of.title,
        summary=of.summary,
        topic=of.topic,
        audience=[one.value for one in of.audience],
        devices=list(of.devices),
        service=of.service,
        reviewed=of.reviewed,
        review_by=of.reviewed_again_by,
        page=_page(public_url, id),
        pieces=[_piece(block, public_url) for block in of.blocks],
    )


def _page(public_url: str, id: str) -> str:
    return f"{public_url}{PAGE_PATH}{id}" if public_url else ""


def _piece(block: Block, public_url: str) -> Piece:
    picture = f"{public_url}{PHONE_PICTURE}{block.picture.name}" if block.picture else ""
    return Piece(block.kind.value, block.text, [Item(item.title, item.text) for item in block.items], picture)
