"""What an article of the sample campus must be: keys the kiosk knows, a body it can draw, the words of the house."""

import datetime
import re
import tomllib
from typing import Any

from tests.repository.tree import ROOT

Article = tuple[dict[str, Any], str]

CAMPUS = ROOT / "assets" / "sample-campus"
LANGUAGES = ("zh", "en")
SAME = ("topic", "owner", "reviewed", "minutes", "service", "symptom", "action", "weight")
NEEDED = {"title", "summary", "topic", "tags", "asked", "owner", "reviewed", "minutes", "devices", "service", "weight"}
OWNERS = {"network", "accounts", "card", "media", "software", "service"}
ACTIONS = {
    *("reset_password", "unlock_account", "activate_account", "change_pin", "set_pin"),
    *("report_card_lost", "found_card", "top_up", "see_card", "my_tickets", "report"),
}
FIRST, LAST = datetime.date(2026, 6, 1), datetime.date(2026, 11, 10)
TITLE = {"zh": 18, "en": 60}
SUMMARY = {"zh": 40, "en": 90}
BODY = {"zh": (120, 260), "en": (90, 200)}
FEWEST, FEWEST_OF_TOPIC = 60, 3
HOSTS = re.compile(r"(?:[\w-]+\.)?yunlu\.example|[\w-]+\.(?:exe|mp4|pdf|zip)")
"""What may look like a host: the sample's own, and names of files."""


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CAMPUS / name).read_text(encoding="utf-8"))


def length(text: str, language: str) -> int:
    """Chinese characters; in English letters and all else."""
    return len(re.findall(r"[\u4e00-\u9fff]", text)) if language == "zh" else len(text)


def size(body: str, language: str) -> int:
    """Chinese characters, English words."""
    return length(body, "zh") if language == "zh" else len(re.findall(r"[A-Za-z0-9][\w’'.@/-]*", body))


def parsed(text: str) -> Article:
    found = re.fullmatch(r"\+\+\+\n(.*?)\n\+\+\+\n\n(.*)", text, re.DOTALL)
    assert found, "no front matter"
    return tomllib.loads(found[1]), found[2]


def articles() -> dict[tuple[str, str], Article]:
    paths = sorted((CAMPUS / "articles").iterdir())
    return {(path.name[:-6], path.name[-5:-3]): parsed(path.read_text(encoding="utf-8")) for path in paths}


def strings(head: dict[str, Any]) -> list[str]:
    lists = [value for value in head.values() if isinstance(value, list)]
    return [value for value in head.values() if isinstance(value, str)] + [text for each in lists for text in each]


def services() -> dict[str, set[str]]:
    return {each["id"]: {symptom["id"] for symptom in each["symptoms"]} for each in toml("catalogue.toml")["services"]}


def topics() -> set[str]:
    return {topic["id"] for topic in toml("topics.toml")["topics"]}


def wrong_keys(head: dict[str, Any], language: str) -> list[str]:
    """Front matter that the kiosk could not show or follow."""
    known = services()
    right = {
        "keys": head.keys() >= NEEDED and head.keys() <= NEEDED | {"symptom", "action"},
        "title": 0 < length(head.get("title", ""), language) <= TITLE[language],
        "summary": 0 < length(head.get("summary", ""), language) <= SUMMARY[language],
        "topic": head.get("topic") in topics(),
        "tags": 3 <= len(set(head.get("tags", []))) == len(head.get("tags", [])),
        "asked": 3 <= len(set(head.get("asked", []))) == len(head.get("asked", [])) <= 8,
        "owner": head.get("owner") in OWNERS,
        "reviewed": isinstance(head.get("reviewed"), datetime.date) and FIRST <= head["reviewed"] <= LAST,
        "minutes": head.get("minutes") in range(1, 121),
        "devices": all(isinstance(device, str) and device for device in head.get("devices", [None])),
        "service": head.get("service") in known,
        "symptom": "symptom" not in head or head["symptom"] in known.get(head.get("service", ""), set()),
        "action": head.get("action", "report") in ACTIONS,
        "weight": head.get("weight") in range(101),
    }
    return [key for key, holds in right.items() if not holds]


def wrong_lines(body: str) -> list[str]:
    """What is not in the subset: headings, paragraphs, counted steps of one or two sentences, lists, notes, bold."""
    found = []
    step = 0
    for line in body.rstrip("\n").split("\n"):
        counted = re.fullmatch(r"(\d+)\. (.+)", line)
        step = step + 1 if counted else 0
        plain = re.sub(r"\*\*[^*]+\*\*", "", re.sub(r"^(?:## |\d+\. |- |> )", "", line))
        miscounted = counted and int(counted[1]) != step
        crowded = counted and len(re.findall(r"[。！？]|[.!?](?=\s|$|”)", counted[2])) > 2
        strange = line != line.strip() or re.search(r"[*_`#<>|\[\]]|^[-+]|^\d+[.)]|!\[", plain)
        if miscounted or crowded or strange:
            found.append(line)
    return found


def strangers(text: str) -> list[str]:
    """Telephone numbers, addresses on the web and hosts that the sample campus does not have."""
    numbers = re.findall(r"(?<![\w-])\+?\d[\d -]{5,}\d", text)
    links = re.findall(r"\w+://\S+|www\.\S+", text)
    hosts = re.findall(r"(?<![\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![\w-])", text)
    return numbers + links + [host for host in hosts if not HOSTS.fullmatch(host)]


def clumsy(text: str, language: str) -> list[str]:
    """Wording against the house: 你, 点, a space between 汉字 and Latin; English without contractions."""
    if language == "zh":
        return re.findall(r"您|点击|注销|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]|[，。：；？！] ", text)
    return re.findall(
        r"\w+n['’]t\b|\b(?:it|you|we|that|there|here|let|what|they)['’](?:s|ll|re|ve|d)\b|[，。]", text, re.I
    )
