"""``kiosk doctor``: the report in words, or as JSON."""

from typing import Any

from kiosk.doctor import Finding, Report
from kiosk.domain.health import Level, why
from kiosk.domain.self_tests import SelfTestRecord
from kiosk.services.health_words import Told, told
from kiosk.words import Speaker

#: Between what is wrong and the figure.
_DOT = " · "


def in_words(report: Report, speak: Speaker) -> list[str]:
    lines = [line for finding in report.findings for line in _finding(finding, speak)]
    if report.self_tests:
        lines += ["", speak("doctor.tests"), *(_test(record, speak) for record in report.self_tests)]
    return [*lines, "", verdict(report, speak)]


def verdict(report: Report, speak: Speaker) -> str:
    down, degraded = report.count(Level.DOWN), report.count(Level.DEGRADED)
    if down:
        return speak("doctor.down", count=down)
    return speak("doctor.degraded", count=degraded) if degraded else speak("doctor.all_ready")


def as_json(report: Report, speak: Speaker) -> dict[str, Any]:
    """Times RFC 3339; ``since``, ``why`` and ``running`` null where there is nothing to say."""
    return {
        "at": report.at.isoformat(timespec="seconds"),
        "kiosk": report.kiosk,
        "running": int(report.running) if report.running.isdigit() else None,
        "level": report.level.value,
        "lines": [_as_json(finding, speak) for finding in report.findings],
        "self_tests": [_test_as_json(record) for record in report.self_tests],
    }


def _finding(finding: Finding, speak: Speaker) -> list[str]:
    words = _told(finding, speak)
    detail = _DOT + words.detail if words.detail else ""
    level = speak(f"health.{finding.level}")
    if finding.level is Level.READY:
        return [speak("doctor.fine", level=level, title=words.title, detail=detail)]
    line = speak("doctor.line", level=level, title=words.title, state=words.state, detail=detail)
    return [line, speak("doctor.do", do=words.do)]


def _test(record: SelfTestRecord, speak: Speaker) -> str:
    part = speak("doctor.sound") if record.part == "sound" else speak(f"health.{record.part}")
    outcome, at = speak(f"doctor.{record.outcome}"), record.at.astimezone().isoformat(sep=" ", timespec="minutes")
    return speak("doctor.test", part=part, outcome=outcome, at=at, by=f"{record.by.role}/{record.by.alias}")


def _told(finding: Finding, speak: Speaker) -> Told:
    return told(finding.subject, finding.health, finding.measured, speak)


def _as_json(finding: Finding, speak: Speaker) -> dict[str, Any]:
    words, reason = _told(finding, speak), why(finding.health)
    return {
        "subject": finding.subject.value,
        "level": finding.level.value,
        "why": reason.value if reason else None,
        "measured": finding.measured,
        "since": finding.since.isoformat(timespec="seconds") if finding.since else None,
        "state": words.state,
        "do": words.do,
    }


def _test_as_json(record: SelfTestRecord) -> dict[str, Any]:
    confirmed = record.confirmed_by
    return {
        "part": record.part.value,
        "at": record.at.isoformat(timespec="seconds"),
        "by": f"{record.by.role}/{record.by.alias}",
        "outcome": record.outcome.value,
        "confirmed_by": f"{confirmed.role}/{confirmed.alias}" if confirmed else None,
        "seen": record.seen,
    }
