"""The sample campus's notices: in both languages, about places and services it has, and without a time of their own."""

import re
import tomllib
from datetime import date
from typing import Any

import pytest

from tests.repository.tree import ROOT

CAMPUS = ROOT / "assets" / "sample-campus"
KINDS = {"outage", "planned", "news", "changed"}
NEEDED = {"id", "kind", "starts_in_hours", "hours", "title", "text"}
ALLOWED = {"building", "service", "article", "update_in_hours"}
TITLE = {"zh": 16, "en": 50}
TEXT = {"zh": 40, "en": 120}
CLOCK = r"[0-9０-９]|[今明后昨][天日]|周[一二三四五六日末]|[上下]午|点钟|\b(?:\w+day|tomorrow)\b"


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CAMPUS / name).read_text(encoding="utf-8"))


def notices() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = toml("notices.toml")["notices"]
    return found


def wrong(notice: dict[str, Any]) -> list[str]:
    buildings = {place["id"] for place in toml("places.toml")["places"]}
    services = {service["id"] for service in toml("catalogue.toml")["services"]}
    articles = {path.name.partition(".")[0] for path in (CAMPUS / "articles").iterdir()}
    words = [text for key in ("title", "text") for text in notice[key].values()]
    right = {
        "keys": notice.keys() >= NEEDED and notice.keys() <= NEEDED | ALLOWED,
        "kind": notice["kind"] in KINDS,
        "building": notice.get("building") in buildings | {None},
        "service": notice.get("service") in services | {None},
        "article": notice.get("article") in articles | {None},
        "hours": isinstance(notice["starts_in_hours"], int) and notice["hours"] > 0,
        "over": notice["starts_in_hours"] + notice["hours"] > 0,
        "outage": notice["kind"] != "outage" or (notice["starts_in_hours"] <= 0 and "service" in notice),
        "planned": notice["kind"] != "planned" or notice["starts_in_hours"] > 0,
        "languages": all(notice[key].keys() == {"zh", "en"} for key in ("title", "text")),
        "long": all(
            0 < len(text) <= most[language]
            for key, most in (("title", TITLE), ("text", TEXT))
            for language, text in notice[key].items()
        ),
        "clock": not any(re.search(CLOCK, text, re.IGNORECASE) for text in words),
    }
    return [key for key, holds in right.items() if not holds]


def test_every_notice_can_be_shown() -> None:
    assert {notice["id"]: wrong(notice) for notice in notices() if wrong(notice)} == {}


def test_there_is_one_of_every_kind_and_no_id_twice() -> None:
    ids = [notice["id"] for notice in notices()]
    assert len(ids) == len(set(ids))
    assert {notice["kind"] for notice in notices()} == KINDS


def test_the_holiday_that_is_announced_is_one_on_which_the_desk_is_closed() -> None:
    assert "new-year-hours" in {notice["id"] for notice in notices()}
    assert date(2027, 1, 1) in toml("campus.toml")["closed"]


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"building": "castle"}, "building"),
        ({"service": "garden"}, "service"),
        ({"article": "cooking"}, "article"),
        ({"starts_in_hours": -9}, "over"),
        ({"starts_in_hours": 1}, "outage"),
        ({"kind": "planned"}, "planned"),
        ({"title": {"zh": "断网"}}, "languages"),
        ({"text": {"zh": "今天修好", "en": "Fixed"}}, "clock"),
        ({"text": {"zh": "修好了", "en": "Back on Friday"}}, "clock"),
        ({"title": {"zh": "断" * 17, "en": "Down"}}, "long"),
        ({"colour": "red"}, "keys"),
    ],
)
def test_the_guard_sees_planted_mistakes(changed: dict[str, Any], key: str) -> None:
    outage = next(notice for notice in notices() if notice["kind"] == "outage")
    assert key in wrong({**outage, **changed})
