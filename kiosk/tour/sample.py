"""What the tour knows of the sample campus, as a visitor who reads the screen would."""

import tomllib
from functools import cache
from typing import Any

from kiosk.domain.language import Language
from kiosk.words import assets


@cache
def _table(file: str, name: str) -> dict[str, dict[str, Any]]:
    text = (assets() / "sample-campus" / file).read_text(encoding="utf-8")
    return {row["id"]: row for row in tomllib.loads(text)[name]}


def service(id: str) -> dict[str, Any]:
    return _table("catalogue.toml", "services")[id]


def symptom(service_id: str, id: str, language: Language) -> str:
    return next(str(s["title"][language.value]) for s in service(service_id)["symptoms"] if s["id"] == id)


def role(id: str) -> dict[str, Any]:
    return _table("catalogue.toml", "roles")[id]


def place(id: str) -> dict[str, Any]:
    return _table("places.toml", "places")[id]


def person(id: str) -> dict[str, Any]:
    return _table("people.toml", "people")[id]


def ticket_references() -> frozenset[str]:
    """Numbers of the tickets that are there from the start."""
    text = (assets() / "sample-campus" / "tickets.toml").read_text(encoding="utf-8")
    return frozenset(row["reference"] for row in tomllib.loads(text)["tickets"])
