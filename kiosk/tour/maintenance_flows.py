"""Staff who look after the kiosk: a locked door, and what it keeps out."""

from kiosk.services.views import IdentifyPage, MaintenancePage, NoticeKind, OutOfServicePage, PinPage, Row, Screen
from kiosk.tour import sample
from kiosk.tour.identity_flows import type_pin
from kiosk.tour.report_flows import BACK_ONLINE, NOTICED
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker

ADMIN, ENGINEER = "yu-hua", "dong-mei"


def maintenance(walker: Walker) -> None:
    """Somebody's visit is under way and ends with the knock; the admin's card and PIN open, every page can be read."""
    walker.arrive(Screen.ATTRACT)
    if walker.by_keys:  # a keypad's *back* knocks only where nobody is
        walker.begin_at_the_door()
    else:
        walker.begin_with_card(uid(STUDENT))
        walker.knock()
        walker.arrive(Screen.MAINTENANCE_DOOR)
        walker.check(not walker.view.bar.who, "somebody's visit is still on at the door")
        walker.end()
        walker.begin_at_the_door()
    _unlock(walker)
    for key in ("devices", "queue", "network", "versions"):
        walker.touch(walker.say(f"maintenance.{key}"))
        _titled(walker, key)
        walker.touch(walker.say("maintenance.done"))
        _overview(walker)
    walker.touch(walker.say("maintenance.tests"))
    _titled(walker, "tests")
    right = walker.say("maintenance.test_right")
    walker.touch(walker.say("maintenance.test_printer"))
    walker.see("the question about the test page", lambda: walker.page(MaintenancePage).act == right)
    walker.touch(right)
    _told(walker, "verdict_passed")
    walker.receipt()
    walker.touch(walker.say("maintenance.test_touch"))
    _titled(walker, "test_touch")
    for dot in walker.page(MaintenancePage).dots:
        walker.touch(dot.title)
    _told(walker, "verdict_passed")
    walker.touch(walker.say("maintenance.done"))
    _overview(walker)
    walker.touch(walker.say("maintenance.log"))
    _told(walker, "log_done")
    walker.touch(walker.say("maintenance.restart"))
    walker.arrive(Screen.MAINTENANCE_ACT)
    walker.touch(walker.say("maintenance.restart"))
    _told(walker, "restart_not_here")
    walker.touch(walker.say("maintenance.leave"))
    walker.arrive(Screen.ATTRACT)


def refused(walker: Walker) -> None:
    """Another role with the right PIN, and the admin's card with a wrong one, hear the same."""
    said = []
    for person, digits in ((ENGINEER, str(sample.person(ENGINEER)["pin"])), (ADMIN, "000111")):
        walker.begin_at_the_door()
        walker.card(uid(person))
        walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
        walker.type(digits)
        walker.see("the answer", lambda: walker.page(PinPage).filled == 0 and not walker.page(PinPage).busy)
        said.append(walker.page(PinPage).notice)
        walker.check(not walker.view.bar.who_detail, "the door tells whose card it is")
        walker.end()
    walker.check(said[0] == said[1] != None, "a wrong role is told from a wrong PIN")  # noqa: E711
    walker.check(said[0] is not None and said[0].kind is NoticeKind.DANGER, "nobody is told that it was wrong")


def offline(walker: Walker) -> None:
    """Without network the door stays shut; how the parts are can be read, and nothing be done."""
    walker.world.do("net off")
    walker.world.pass_time(NOTICED)
    walker.world.until(lambda: walker.view.strip.kind == "offline", "the strip's “no network”")
    walker.begin_at_the_door()
    walker.see("that the network is missing", lambda: _has_way(walker, "maintenance_look"))
    walker.card(uid(ADMIN))
    walker.touch(walker.say("maintenance.look_way"))
    walker.arrive(Screen.MAINTENANCE)
    page = walker.page(MaintenancePage)
    walker.check(not page.menu and not page.way, "something can be done without having been let in")
    walker.touch(walker.say("maintenance.leave"))
    walker.arrive(Screen.ATTRACT)
    walker.world.do("net on")
    walker.world.pass_time(BACK_ONLINE)
    walker.see("the line again", lambda: walker.view.strip.kind != "offline")


def closed(walker: Walker) -> None:
    """Out of service with a reason and an end, and back in service through the same door."""
    walker.begin_at_the_door()
    _unlock(walker)
    walker.touch(walker.say("maintenance.close"))
    _titled(walker, "why")
    walker.touch(walker.say("maintenance.why_printer"))
    _titled(walker, "until")
    walker.touch(_rows(walker)[0].title)
    walker.arrive(Screen.MAINTENANCE_ACT)
    walker.touch(walker.say("maintenance.close"))
    _told(walker, "close_done")
    walker.touch(walker.say("maintenance.leave"))
    walker.arrive(Screen.OUT_OF_SERVICE)
    page = walker.page(OutOfServicePage)
    walker.check(":" in page.reason_zh and ":" in page.reason_en, "it is not said until when")
    walker.begin_at_the_door()
    _unlock(walker)
    walker.touch(walker.say("maintenance.reopen"))
    walker.arrive(Screen.MAINTENANCE_ACT)
    walker.touch(walker.say("maintenance.reopen"))
    _told(walker, "reopen_done")
    walker.touch(walker.say("maintenance.leave"))
    walker.arrive(Screen.ATTRACT)


def _unlock(walker: Walker) -> None:
    walker.card(uid(ADMIN))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, ADMIN)
    _overview(walker)


def _overview(walker: Walker) -> None:
    walker.arrive(
        Screen.MAINTENANCE, lambda: bool(_rows(walker)) and _title(walker) == walker.say("maintenance.overview")
    )


def _titled(walker: Walker, key: str) -> None:
    walker.see(f"the page {key}", lambda: _title(walker) == walker.say(f"maintenance.{key}"))


def _title(walker: Walker) -> str:
    return walker.page(MaintenancePage).title


def _rows(walker: Walker) -> tuple[Row, ...]:
    return walker.page(MaintenancePage).rows


def _told(walker: Walker, word: str) -> None:
    """Back on the overview, which says what became of it."""

    def told() -> bool:
        notice = walker.page(MaintenancePage).notice
        return notice is not None and notice.title == walker.say(f"maintenance.{word}")

    walker.arrive(Screen.MAINTENANCE, told)


def _has_way(walker: Walker, id: str) -> bool:
    return any(way.id == id for way in walker.page(IdentifyPage).other_ways)
