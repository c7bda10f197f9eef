"""The [knowledge] table of hub.toml: where the hub's articles come from every night."""

from dataclasses import dataclass, field
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any

from kiosk.domain.article_text import ID
from kiosk.hub.table_reader import Fail, TableReader


class KnowledgeKind(StrEnum):
    FOLDER = "folder"
    HELPDESK = "helpdesk"


@dataclass(frozen=True, slots=True)
class KnowledgeSettings:
    """``at``: by the campus's clock. ``topics`` by the helpdesk's category; ``text_field``: the custom field of Request
    Tracker that holds an article's text."""

    source: KnowledgeKind
    folder: Path | None = None
    at: time = time(4)
    topics: dict[str, str] = field(default_factory=dict)
    text_field: str = "Content"


def read_knowledge(table: Any, folder: Path, has_helpdesk: bool, fail: Fail) -> KnowledgeSettings | None:
    """``None``: somebody imports them by hand. ``folder``: paths are from there; ``fail`` gets key and fix of a
    mistake."""
    if table is None:
        return None
    read = TableReader("knowledge", table, folder, fail)
    source = read.choice("source", KnowledgeKind.FOLDER)
    if source is KnowledgeKind.FOLDER:
        read.only("source", "folder", "at")
        named = read.text("folder")
        if not named:
            read.wrong("folder", "name the folder that holds the articles")
        return KnowledgeSettings(source, folder / named, read.time_of_day("at", time(4)))
    read.only("source", "at", "topics", "field")
    if not has_helpdesk:
        read.wrong("source", "name the helpdesk in [helpdesk] first")
    topics = read.part("topics")
    if not topics:
        read.wrong(
            "topics" if "topics" in read.values else "source",
            'say what is taken: [knowledge.topics] "its category" = "topic"',
        )
    for category, topic in topics.items():
        if not isinstance(topic, str) or not ID.fullmatch(topic):
            read.wrong(f"topics.{category}", "write the id of a topic of this campus")
    return KnowledgeSettings(source, None, read.time_of_day("at", time(4)), topics, read.text("field", "Content"))
