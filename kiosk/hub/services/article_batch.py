"""Articles as a source has them: everything sound, and a list of what is not; pictures made anew."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.domain.article_text import BadArticle
from kiosk.domain.articles import Article, ArticlePair, Picture, Topic
from kiosk.domain.why import Why, why
from kiosk.hub.services.photos import made_anew, size_of
from kiosk.wire.knowledge import picture_id
from kiosk.words import Speaker

#: Most articles of a source; MAX_UNPACKED of the snapshot is reached about there.
MOST_ARTICLES = 5000
#: Pictures of a source; longest side in pixels, and bytes, of one as it is shown.
MOST_PICTURES = 2000
LONGEST_SIDE = 1200
LARGEST_PICTURE = 512 * 1024
#: The source of articles that name none.
FOLDER = "folder"


@dataclass(frozen=True, slots=True)
class Problem:
    """``file``: the document, as its source calls it; ``line`` counts from 1, 0 where the whole document is meant;
    ``why`` of ``hub_kb_why``."""

    file: str
    line: int
    why: Why


def said(problem: Problem, say: Speaker) -> str:
    """In the language of whoever is told."""
    words = say(f"hub_kb_why.{problem.why.words}", **dict(problem.why.values))
    whole = say("hub_kb_why.of", of=problem.why.of, why=words) if problem.why.of else words
    return f"{problem.file}:{problem.line}: {whole}" if problem.line else f"{problem.file}: {whole}"


@dataclass(frozen=True, slots=True)
class ArticleBatch:
    """``topics``/``synonyms`` are ``None`` where the source has none to give. ``pictures``: by id, made anew.
    ``source``: articles of another one are none of its business. ``stamps``: by id, what changes with an article;
    ``unchanged``: ids that are as they were last time, and were not read again."""

    pairs: tuple[ArticlePair, ...]
    topics: tuple[Topic, ...] | None
    synonyms: tuple[tuple[str, ...], ...] | None
    problems: tuple[Problem, ...]
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    source: str = FOLDER
    stamps: Mapping[str, str] = field(default_factory=dict)
    unchanged: frozenset[str] = frozenset()


class Pictures:
    """Each made anew once, whichever articles show it. ``fetch``: its bytes by the name a document has for it, or why
    there are none. ``made``: by id."""

    def __init__(self, fetch: Callable[[str], bytes | Why]) -> None:
        self._fetch = fetch
        self._seen: dict[str, Picture | Why] = {}
        self.made: dict[str, bytes] = {}

    def resolved(self, article: Article) -> Article | BadArticle:
        blocks = []
        for block in article.blocks:
            if block.picture is not None:
                name = block.picture.name
                if name not in self._seen:
                    self._seen[name] = self._made(name)
                picture = self._seen[name]
                if isinstance(picture, Why):
                    return BadArticle(0, picture)
                block = replace(block, picture=picture)
            blocks.append(block)
        return replace(article, blocks=tuple(blocks))

    def of(self, pairs: tuple[ArticlePair, ...]) -> dict[str, bytes]:
        wanted = {id for pair in pairs for id in pair.pictures}
        return {id: body for id, body in self.made.items() if id in wanted}

    def _made(self, name: str) -> Picture | Why:
        said = name[:_LONGEST_NAME]
        if len(self.made) >= MOST_PICTURES:
            return why("many_pictures", said, most=MOST_PICTURES)
        body = self._fetch(name)
        if isinstance(body, Why):
            return replace(body, of=said)
        made = made_anew(body, LONGEST_SIDE)
        if made is None:
            return why("no_picture", said)
        if len(made) > LARGEST_PICTURE:
            return why("large_picture", said, most=LARGEST_PICTURE // 1024, side=LONGEST_SIDE)
        id = picture_id(made)
        self.made[id] = made
        return Picture(id, *size_of(made))


#: Characters of a picture's name that are said.
_LONGEST_NAME = 120
