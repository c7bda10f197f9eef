"""The body of an article, line by line, as blocks."""

import re
from dataclasses import dataclass

from kiosk.domain.articles import Block, BlockKind, Item, Picture
from kiosk.domain.plain_text import clean
from kiosk.domain.why import Why, why

MAX_BLOCKS = 80
MAX_ITEMS = 40
MAX_PICTURES = 8
#: Longest paragraph, step or note, characters.
MAX_PIECE = 12_000

_STEP = re.compile(r"\s{0,3}\d{1,3}[.)]\s+(.*)")
_POINT = re.compile(r"\s{0,3}[-*]\s+(.*)")
_HEADING = re.compile(r"#{1,6}\s+(.*)")
_NOTE = re.compile(r"\s{0,3}>\s?(.*)")
#: On a line of its own; the file lies beside the article.
_PICTURE = re.compile(r" {0,3}!\[([^\]]*)\]\(([^()]*)\)\s*")
_PICTURE_FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(?:png|jpe?g|webp)", re.IGNORECASE)
_BOLD_LEAD = re.compile(r"\*\*(.+?)\*\*[\s:：。.,，—–-]*(.*)", re.DOTALL)
#: Where a step's first sentence ends; Latin ones need a space behind, so that wifi.example stays whole.
_SENTENCE = re.compile(r"(.+?)(?:[。！？](?!$)|[.!?]\s+)(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class TooMuch:
    """``line`` counts from 1 in the body."""

    line: int
    why: Why


@dataclass(slots=True)
class _Open:
    """A block that is still being read: ``pieces`` are its paragraphs or items, lines kept apart."""

    kind: BlockKind
    pieces: list[list[str]]


def blocks_of(lines: list[str]) -> tuple[Block, ...] | TooMuch:
    done: list[Block] = []
    block: _Open | None = None
    for number, line in enumerate([*lines, ""], 1):
        last = number > len(lines)
        kind, text = _read(line, block)
        if block is not None and (last or kind is None or _begins_another(kind, text, block)):
            closed = _closed(block)
            if closed is not None:
                done.append(closed)
            block = None
        if kind is not None:
            block = _grown(block, kind, text, line)
        if kind is BlockKind.PICTURE and (refused := _refused(line, done)):
            return TooMuch(number, refused)
        if len(done) > MAX_BLOCKS:
            return TooMuch(number, why("many_blocks", most=MAX_BLOCKS))
        if block is not None and len(block.pieces) > MAX_ITEMS:
            return TooMuch(number, why("many_items", most=MAX_ITEMS))
        if block is not None and len(block.pieces[-1]) + sum(map(len, block.pieces[-1])) > MAX_PIECE:
            return TooMuch(number, why("long_piece", most=MAX_PIECE))
    return _joined(done)


def _read(line: str, block: _Open | None) -> tuple[BlockKind | None, str]:
    """What a line begins or goes on with; ``None`` for an empty one."""
    if not line.strip():
        return None, ""
    if block is not None and block.kind is BlockKind.STEPS and line.startswith(("  ", "\t")):
        return block.kind, ""  # what more there is to say about the step
    if _PICTURE.fullmatch(line):
        return BlockKind.PICTURE, line
    if found := _HEADING.fullmatch(line):
        return BlockKind.HEADING, found.group(1)
    if found := _NOTE.fullmatch(line):
        return BlockKind.NOTE, found.group(1)
    if found := _STEP.fullmatch(line):
        return BlockKind.STEPS, found.group(1)
    if found := _POINT.fullmatch(line):
        return BlockKind.LIST, found.group(1)
    if block is not None and block.kind in (BlockKind.STEPS, BlockKind.LIST, BlockKind.PARAGRAPH):
        return block.kind, ""
    return BlockKind.PARAGRAPH, ""


def _begins_another(kind: BlockKind, text: str, block: _Open) -> bool:
    return kind is not block.kind or (kind in (BlockKind.HEADING, BlockKind.PICTURE) and bool(text))


def _grown(block: _Open | None, kind: BlockKind, text: str, line: str) -> _Open:
    if block is None:
        return _Open(kind, [[text or line.strip()]])
    if kind in (BlockKind.STEPS, BlockKind.LIST) and text:
        block.pieces.append([text])
    else:
        block.pieces[-1].append(text or line.strip())
    return block


def _closed(block: _Open) -> Block | None:
    if block.kind in (BlockKind.STEPS, BlockKind.LIST):
        items = tuple(item for lines in block.pieces if (item := item_of(lines, block.kind)).title)
        return Block(block.kind, items=items) if items else None
    if block.kind is BlockKind.PICTURE:
        shown, file = _picture(block.pieces[0][0])
        return Block(block.kind, shown, picture=Picture(file))
    text = _plain(_run_on(block.pieces[0]))
    return Block(block.kind, text) if text else None


def _refused(line: str, done: list[Block]) -> Why | None:
    shown, file = _picture(line)
    if not _PICTURE_FILE.fullmatch(file):
        return why("picture_name")
    if not shown:
        return why("picture_unsaid")
    if sum(block.kind is BlockKind.PICTURE for block in done) >= MAX_PICTURES:
        return why("many_pictures", most=MAX_PICTURES)
    return None


def _picture(line: str) -> tuple[str, str]:
    """What it shows, and its file; both '' where the line is none."""
    found = _PICTURE.fullmatch(line)
    return (clean(found[1], MAX_PIECE, lines=False), found[2]) if found else ("", "")


def item_of(lines: list[str], kind: BlockKind) -> Item:
    """Of the lines of a step or a point."""
    whole = _run_on(lines)
    if lead := _BOLD_LEAD.fullmatch(whole):
        return Item(_plain(lead.group(1)), _plain(lead.group(2)))
    if kind is BlockKind.STEPS:
        if len(lines) > 1:
            return Item(_plain(lines[0]), _plain(_run_on(lines[1:])))
        if parts := _SENTENCE.fullmatch(whole):
            return Item(_plain(parts.group(1)), _plain(parts.group(2)))
    return Item(_plain(whole))


def _joined(blocks: list[Block]) -> tuple[Block, ...]:
    """Steps parted by empty lines are one list: their numbers go on."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if before is not None and before.kind is block.kind and block.items:
            joined[-1] = Block(block.kind, items=before.items + block.items)
        else:
            joined.append(block)
    return tuple(joined)


def _run_on(lines: list[str]) -> str:
    """Lines of one paragraph: Latin words get a space between them, 汉字 none."""
    text = lines[0]
    for line in lines[1:]:
        latin = text[-1:].isascii() and line[:1].isascii() and text and line
        text += f" {line}" if latin else line
    return text


def _plain(text: str) -> str:
    return clean(text.replace("**", ""), MAX_PIECE, lines=False)
