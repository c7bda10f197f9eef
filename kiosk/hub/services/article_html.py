"""An article written in a rich text editor, as the blocks kiosks show: plain text and pictures, nothing else of it.

nh3 (ammonia) reads it as a browser would and leaves of it only what is named here, well formed.
"""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser

from kiosk.domain.article_blocks import MAX_BLOCKS, MAX_ITEMS, MAX_PICTURES, MAX_PIECE, item_of
from kiosk.domain.article_text import MAX_DOCUMENT
from kiosk.domain.articles import Block, BlockKind, Item, Picture
from kiosk.domain.plain_text import clean
from kiosk.domain.why import Why, why

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LISTS = {"ol": BlockKind.STEPS, "ul": BlockKind.LIST, "table": BlockKind.LIST}
_ITEMS = frozenset({"li", "tr"})
_CELLS = frozenset({"td", "th"})
_PARAGRAPHS = frozenset({"p", "div", "pre", "br", "hr", "dt", "dd", "figcaption", "caption"})
_TAGS = {*_HEADINGS, *_LISTS, *_ITEMS, *_CELLS, *_PARAGRAPHS, "blockquote", "img", "tbody", "thead"}
_HIDDEN = {"script", "style", "noscript", "template", "iframe", "object", "svg", "math", "title", "textarea"}
#: What makes a text one of a rich text editor.
_IS_HTML = re.compile(r"</?(?:p|div|br|ul|ol|li|h[1-6]|span|strong|b|em|table|img|hr|a)\b[^>]*>", re.IGNORECASE)
_BETWEEN_CELLS = " · "


def blocks_from(text: str, title: str) -> tuple[Block, ...] | Why:
    """``text``: HTML, or lines. ``title`` says what a picture shows that its author said nothing about."""
    import nh3  # not before somebody imports articles

    html = text if _IS_HTML.search(text) else "".join(f"<p>{escape(line)}</p>" for line in text.splitlines())
    reader = _Reader(title)
    reader.feed(nh3.clean(html, tags=_TAGS, clean_content_tags=_HIDDEN, attributes={"img": {"src", "alt", "title"}},
                          url_schemes={"http", "https", "data"}))  # fmt: skip
    reader.close()
    blocks = reader.done()
    pictures = sum(block.kind is BlockKind.PICTURE for block in blocks)
    pieces = [piece for block in blocks for piece in (block.text, *(f"{i.title}{i.text}" for i in block.items))]
    if not any(pieces) or pictures == len(blocks):
        return why("no_text")
    if sum(map(len, pieces)) > MAX_DOCUMENT:
        return why("too_long", most=MAX_DOCUMENT)
    if len(blocks) > MAX_BLOCKS:
        return why("many_blocks", most=MAX_BLOCKS)
    if any(len(block.items) > MAX_ITEMS for block in blocks):
        return why("many_items", most=MAX_ITEMS)
    if any(len(piece) >= MAX_PIECE for piece in pieces):
        return why("long_piece", most=MAX_PIECE)
    return why("many_pictures", most=MAX_PICTURES) if pictures > MAX_PICTURES else tuple(blocks)


@dataclass(slots=True)
class _List:
    kind: BlockKind
    items: list[Item] = field(default_factory=list)


class _Reader(HTMLParser):
    """``_said``: what is being read, lines apart. Lists in a list are lines of its items; pictures in one come after
    it, so that its numbers go on."""

    def __init__(self, title: str) -> None:
        super().__init__(convert_charrefs=True)
        self._title = title
        self._blocks: list[Block] = []
        self._said = ""
        self._kind = BlockKind.PARAGRAPH
        self._lists: list[_List] = []
        self._waiting: list[Block] = []

    def done(self) -> list[Block]:
        self._end_piece()
        return self._blocks + self._waiting

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self._picture(dict(attrs))
        elif tag in _CELLS:
            self._said += _BETWEEN_CELLS if self._said.strip() else ""
        elif self._lists and tag not in _ITEMS:  # whatever stands in an item is a line of it
            self._said += "\n"
            if tag in _LISTS:
                self._lists.append(_List(_LISTS[tag]))
        elif tag in _ITEMS:
            self._said += "\n" if len(self._lists) > 1 else ""
        else:
            self._end_piece()
            if tag in _LISTS:
                self._lists.append(_List(_LISTS[tag]))
            self._kind = _kind_of(tag, self._kind)

    def handle_endtag(self, tag: str) -> None:
        if tag in _ITEMS and len(self._lists) == 1:
            self._end_item()
        elif tag in _LISTS and self._lists:
            ended = self._lists.pop() if len(self._lists) > 1 else None
            if ended is None:
                self._end_list()
        elif not self._lists and (tag in _HEADINGS or tag in _PARAGRAPHS or tag == "blockquote"):
            self._end_piece()
            self._kind = BlockKind.PARAGRAPH if tag in (*_HEADINGS, "blockquote") else self._kind

    def handle_data(self, data: str) -> None:
        self._said += re.sub(r"\s+", " ", data)

    def _end_piece(self) -> None:
        text = clean(self._said, MAX_PIECE, lines=False)
        self._said = ""
        if text:
            self._blocks.append(Block(self._kind, text))

    def _end_item(self) -> None:
        lines = [line.strip() for line in self._said.split("\n") if line.strip()]
        self._said = ""
        if lines and (item := item_of(lines, self._lists[0].kind)).title:
            self._lists[0].items.append(item)

    def _end_list(self) -> None:
        self._end_item()
        ended = self._lists.pop()
        if ended.items:
            self._blocks.append(Block(ended.kind, items=tuple(ended.items)))
        self._blocks += self._waiting
        self._waiting = []

    def _picture(self, attrs: dict[str, str | None]) -> None:
        shown = clean(attrs.get("alt") or attrs.get("title") or "", MAX_PIECE, lines=False) or self._title
        block = Block(BlockKind.PICTURE, shown, picture=Picture(attrs.get("src") or ""))
        if self._lists:
            self._waiting.append(block)
        else:
            self._end_piece()
            self._blocks.append(block)


def _kind_of(tag: str, now: BlockKind) -> BlockKind:
    if tag in _HEADINGS:
        return BlockKind.HEADING
    return BlockKind.NOTE if tag == "blockquote" else now
