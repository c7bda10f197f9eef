"""One article as a page and as a slip."""

import re

from kiosk.domain.articles import PAGE_PATH, Article, ArticlePair, Block, BlockKind
from kiosk.domain.devices import PrinterState
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NoPaper, NoPrinter, PaperKept, Printed, PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.services.session import Session
from kiosk.services.views import ArticlePage, ArticlePart, Row
from kiosk.words import Speaker

#: Longest piece that is drawn as one, code points: what is longer is parted, so that every page can be turned to.
PIECE = 160
#: Pieces that are drawn; ours have a few dozen. What does not fit stands on the phone's page.
MOST_PIECES = 120
#: Lines a slip is given; it shortens them where they are too long.
MOST_ON_SLIP = 20
_CUT = re.compile(rf".{{1,{PIECE}}}(?:[。！？；，、,.;!?\s]|$)|.{{1,{PIECE}}}", re.DOTALL)


def page(
    session: Session, pair: ArticlePair | None, gone: bool, printing: bool, printed: PrintOutcome | None
) -> ArticlePage:
    speak = session.speak
    if pair is None:
        return (
            ArticlePage(title=speak("article.gone"), stuck=speak("knowledge.report"))
            if gone
            else ArticlePage(loading=True)
        )
    article = pair.of(session.visit.language)
    address = _address(session, article)
    printer = session.printer is not PrinterState.NONE
    return ArticlePage(
        title=article.title,
        facts=_facts(speak, article),
        parts=_parts(article),
        qr=address,
        along=speak("article.take") if address or printer else "",
        along_text=speak("article.take_text") if address else "",
        slip=_print_text(speak, printing, printed) if printer else "",
        can_print=not printing and not isinstance(printed, Printed),
        slip_note=_print_note(speak, printed),
        stuck=speak("article.stuck"),
        solved=speak("article.solved"),
    )


def _facts(speak: Speaker, article: Article) -> tuple[Row, ...]:
    reviewed = speak(
        "article.reviewed", year=article.reviewed.year, month=speak(f"when.month_{article.reviewed.month}")
    )
    minutes = speak("article.minutes", count=article.minutes) if article.minutes else ""
    facts = (
        Row("devices", " / ".join(article.devices), icon="device-mobile"),
        Row("reviewed", reviewed, icon="check-circle"),
        Row("minutes", minutes, icon="clock"),
    )
    return tuple(fact for fact in facts if fact.title)


def _parts(article: Article) -> tuple[ArticlePart, ...]:
    parts: list[ArticlePart] = []
    for block in article.blocks:
        parts += _of_block(block)
        if len(parts) >= MOST_PIECES:
            break
    return tuple(parts[:MOST_PIECES])


def _of_block(block: Block) -> list[ArticlePart]:
    if block.picture is not None:
        shown = block.picture
        return [ArticlePart(block.kind.value, "", "", block.text[:PIECE], shown.name, shown.width, shown.height)]
    if not block.items:
        return [ArticlePart(block.kind.value, text=piece) for piece in _pieces(block.text)]
    parts: list[ArticlePart] = []
    for number, item in enumerate(block.items, 1):
        mark = str(number) if block.kind is BlockKind.STEPS else ""
        first, *rest = _pieces(item.title) or [""]
        texts = [*rest, *_pieces(item.text)]
        parts.append(ArticlePart(block.kind.value, mark, first, texts[0] if texts else ""))
        parts += [ArticlePart(BlockKind.PARAGRAPH.value, text=text) for text in texts[1:]]
    return parts


def _pieces(text: str) -> list[str]:
    return [found.strip() for found in _CUT.findall(text) if found.strip()]


def _address(session: Session, article: Article) -> str:
    """The phone's page of this article; '' where phones cannot reach the hub."""
    base = session.campus.public_url if session.campus else ""
    if not base:
        return ""
    return f"{base}{PAGE_PATH}{article.id}" + ("?lang=en" if article.language is Language.EN else "")


def _print_text(speak: Speaker, printing: bool, printed: PrintOutcome | None) -> str:
    if printing:
        return speak("article.printing")
    return speak("article.printed" if isinstance(printed, Printed) else "article.print")


def _print_note(speak: Speaker, printed: PrintOutcome | None) -> str:
    match printed:
        case None | Printed():
            return ""
        case NoPaper():
            return speak("done.no_paper")
        case NoPrinter():
            return speak("done.no_printer")
        case PaperKept():
            return speak("done.paper_kept")
        case _:
            return speak("done.unknown_print")


def slip(session: Session, pair: ArticlePair, article: Article) -> Slip:
    campus, speak, language = session.campus, session.speak, session.visit.language
    assert campus is not None
    address = _address(session, article)
    phone, place = campus.desk.phone, campus.desk.place.of(language)
    return Slip(
        language=language,
        campus=f"{campus.name.of(language)} {campus.product.of(language)}",
        mark=campus.mark,
        place=f"{campus.kiosk.title.of(language)} · {speak('slip.terminal', code=campus.kiosk.code)}",
        headline=article.title,
        reference_label="",
        reference="",
        facts=(),
        steps=_lines(article),
        body=speak("slip.body_help", phone=phone, place=place) if phone and place else "",
        qr=address,
        qr_title=speak("article.slip_qr") if address else "",
        qr_body=speak("article.slip_qr_text") if address else "",
        other_language=pair.of(language.other).title,
    )


def _lines(article: Article) -> tuple[str, ...]:
    lines: list[str] = []
    for part in _parts(article):
        if part.picture:  # paper shows none: the phone's page does
            continue
        text = " ".join(piece for piece in (part.title, part.text) if piece)
        lines.append(f"{part.number}. {text}" if part.number else text)
    return tuple(lines[:MOST_ON_SLIP])
