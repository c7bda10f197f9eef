"""Articles written in the console: a form becomes an article by the rules of a document, or what is wrong is listed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.article_text import MAX_TITLE, read_article
from kiosk.domain.articles import PICTURE_ID, Article, ArticlePair, Audience, Picture
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.domain.why import why
from kiosk.hub.services import article_versions
from kiosk.hub.services.article_batch import MOST_ARTICLES, Problem
from kiosk.hub.services.article_markdown import PICTURE_ENDS, markdown
from kiosk.hub.services.knowledge import put, topics
from kiosk.hub.services.photos import size_of
from kiosk.hub.services.spoken import spoken
from kiosk.hub.store.tables import ArticlePicture, ArticleText

#: The source of articles that are edited here: from then on no import changes them.
CONSOLE = "console"
#: Fields both languages share, of ``domain.article_text``; in a form under their own names.
SHARED = ("topic", "service", "symptom", "action", "owner", "reviewed", "review_by", "shown_from", "shown_until")
NUMBERS = ("minutes", "weight")
#: Of one language; in a form with its id behind an underscore.
OWN = ("title", "summary", "devices", "tags", "asked", "body")
_LINES = frozenset({"devices", "tags", "asked"})

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Wrong:
    problems: tuple[Problem, ...]


def fields_of(pair: ArticlePair) -> dict[str, str]:
    """A form that says what the article says."""
    zh = pair.zh
    fields = {key: str(getattr(zh, key) or "") for key in (*SHARED, *NUMBERS)}
    fields |= {f"audience_{one.value}": "on" for one in zh.audience}
    for language in Language:
        of = pair.of(language)
        texts = {"title": of.title, "summary": of.summary, "body": markdown(of.blocks)}
        texts |= {key: "\n".join(getattr(of, key)) for key in _LINES}
        fields |= {f"{key}_{language.value}": text for key, text in texts.items()}
    return fields


def read_form(db: Session, id: str, fields: Fields) -> ArticlePair | Wrong:
    found: dict[Language, Article] = {}
    problems: list[Problem] = []
    for language in Language:
        article = read_article(_document(fields, language), id, language)
        if isinstance(article, Article):
            article = _with_pictures(db, article, problems)
            found[language] = article
        else:
            problems.append(Problem(language.value, 0, article.why))
    if not problems and found[Language.ZH].topic not in {topic.id for topic in topics(db)}:
        problems.append(Problem("", 0, why("no_topic", topic=found[Language.ZH].topic)))
    if problems:
        return Wrong(tuple(problems))
    zh, en = found[Language.ZH], found[Language.EN]
    return ArticlePair(zh, en, spoken((zh.title, *zh.tags, *zh.asked)))


def save(db: Session, pair: ArticlePair, by: str, now: datetime, *, draft: bool) -> str:
    """'' where it is saved, else why not: ``too_many``, or ``same`` where it said all that already."""
    row = db.get(ArticleText, pair.id)
    if row is None and db.query(ArticleText).count() >= MOST_ARTICLES:
        return "too_many"
    body = msgspec.json.encode(pair)
    if row is not None and row.body == body and row.draft == draft:
        return "same"
    put(db, pair, body, now, by, CONSOLE, draft=draft)
    return ""


def go_back(db: Session, id: str, number: int, by: str, now: datetime) -> str:
    """What it said then is what it says from now on, as one more version; '' where that is done, else why not:
    ``no_version``, or ``no_text`` where it would be shown and said nothing."""
    body, row = article_versions.body_of(db, id, number), db.get(ArticleText, id)
    if body is None or row is None:
        return "no_version"
    pair = msgspec.json.decode(body, type=ArticlePair)
    if not row.draft and not (pair.zh.blocks and pair.en.blocks):
        return "no_text"
    put(db, pair, body, now, by, CONSOLE, draft=row.draft)
    return ""


def drop(db: Session, id: str) -> bool:
    """A draft and all its versions; False where it is none."""
    row = db.get(ArticleText, id)
    if row is None or not row.draft:
        return False
    db.execute(delete(ArticleText).where(ArticleText.id == id))
    article_versions.forget(db, [id])
    return True


def draft_for(db: Session, words: str, topic: str, now: datetime, by: str) -> str | None:
    """The id of a new draft that answers ``words``, or the one there is already; ``None`` where there is no room."""
    title = clean(words, MAX_TITLE, lines=False)
    known = [one.id for one in topics(db)]
    id = f"asked-{sha256(title.encode()).hexdigest()[:12]}"
    if db.get(ArticleText, id) is not None:
        return id
    empty = Article(
        id=id,
        language=Language.ZH,
        title=title,
        summary=title,
        topic=topic if topic in known else next(iter(known), ""),
        tags=(),
        asked=(title,),
        owner="",
        reviewed=now.date(),
        minutes=0,
        devices=(),
        service="",
        symptom="",
        action="",
        weight=0,
        blocks=(),
    )
    pair = ArticlePair(empty, replace(empty, language=Language.EN), spoken((title, title)))
    return id if not save(db, pair, by, now, draft=True) else None


def _document(fields: Fields, language: Language) -> str:
    """As somebody would have written it into a file: one set of rules, one set of words for what is wrong."""
    own = {key: fields.get(f"{key}_{language.value}", "") for key in OWN}
    head: dict[str, object] = {key: text for key in SHARED if (text := fields.get(key, "").strip())}
    head |= {key: int(text) if text.isascii() and text.isdigit() and len(text) < 4 else text
             for key in NUMBERS if (text := fields.get(key, "").strip())}  # fmt: skip
    head |= {"title": own["title"].strip(), "summary": own["summary"].strip()}
    head |= {key: [line.strip() for line in own[key].splitlines() if line.strip()] for key in sorted(_LINES)}
    head["audience"] = [one.value for one in Audience if fields.get(f"audience_{one.value}")]
    lines = (f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in head.items())
    return "\n".join(("+++", *lines, "+++", own["body"]))


def _with_pictures(db: Session, article: Article, problems: list[Problem]) -> Article:
    """Those the hub has, by the name the console gives them."""
    blocks = []
    for block in article.blocks:
        if block.picture is not None:
            name = block.picture.name.removesuffix(PICTURE_ENDS)
            row = db.get(ArticlePicture, name) if PICTURE_ID.fullmatch(name) else None
            if row is None:
                problems.append(
                    Problem(
                        article.language.value,
                        0,
                        why("unknown_picture", clean(block.picture.name, MAX_TITLE, lines=False)),
                    )
                )
                continue
            block = replace(block, picture=Picture(name, *size_of(row.body)))
        blocks.append(block)
    return replace(article, blocks=tuple(blocks))
