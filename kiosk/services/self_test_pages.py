"""What the self-tests show to staff: what can be tried, what to do now, and what came of it."""

from kiosk.domain.self_tests import DOTS, Part, Running, SelfTestRecord, Verdict
from kiosk.services import when
from kiosk.services.self_testing import SelfTesting
from kiosk.services.session import Session
from kiosk.services.views import MaintenancePage, Notice, NoticeKind, Row

_ICON = {
    Part.PRINTER: "printer",
    Part.READER: "identification-card",
    Part.SCANNER: "barcode",
    Part.TOUCH: "hand-pointing",
    Part.SOUND: "speaker-high",
}
_CHIP = {Verdict.PASSED: "ok", Verdict.FAILED: "danger", Verdict.GIVEN_UP: "mute"}
_NOTICE = {Verdict.PASSED: NoticeKind.OK, Verdict.FAILED: NoticeKind.DANGER, Verdict.GIVEN_UP: NoticeKind.INFO}


def tests_page(session: Session, testing: SelfTesting, said: Notice | None) -> MaintenancePage:
    speak, last = session.speak, {record.part: record for record in testing.latest()}
    return MaintenancePage(
        title=speak("maintenance.tests"),
        text="" if said else speak("maintenance.tests_text"),
        notice=said,
        rows=tuple(_row(session, part, last.get(part)) for part in testing.offered()),
        menu=True,
        act=speak("maintenance.done"),
    )


def _row(session: Session, part: Part, last: SelfTestRecord | None) -> Row:
    speak, title = session.speak, session.speak(f"maintenance.test_{part}")
    if last is None:
        return Row(part, title, speak("maintenance.tests_none"), _ICON[part])
    at = when.past(last.at, session.now, session.zone, speak)
    return Row(part, title, at, _ICON[part], speak(f"maintenance.verdict_{last.outcome}"), _CHIP[last.outcome])


def test_page(session: Session, running: Running) -> MaintenancePage:
    """While it runs a person can only say that it is not right; once the device has done its part, that it is."""
    speak = session.speak
    asks = "ask" if running.asks else "do"
    return MaintenancePage(
        title=speak(f"maintenance.test_{running.part}"),
        text=speak(f"maintenance.test_{running.part}_{asks}"),
        dots=tuple(_dot(number, number in running.dots) for number in range(DOTS))
        if running.part is Part.TOUCH
        else (),
        way=speak("maintenance.test_wrong"),
        act=speak("maintenance.test_right") if running.asks else "",
    )


def _dot(number: int, pressed: bool) -> Row:
    return Row(str(number), str(number + 1), chip_kind="ok" if pressed else "")


def verdict(session: Session, testing: SelfTesting) -> Notice | None:
    ended, speak = testing.ended, session.speak
    if ended is None:
        return None
    if not testing.kept:
        return Notice(NoticeKind.WARN, speak("maintenance.verdict_lost"), speak("maintenance.verdict_lost_text"))
    at = when.past(ended.at, session.now, session.zone, speak)
    text = speak("maintenance.verdict_text", test=speak(f"maintenance.test_{ended.part}"), when=at)
    return Notice(_NOTICE[ended.outcome], speak(f"maintenance.verdict_{ended.outcome}"), text)
