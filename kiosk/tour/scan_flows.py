"""A slip or a number before the scanner."""

from kiosk.services.views import HomePage, PinPage, Screen, SlipPage, TicketsPage
from kiosk.tour import sample
from kiosk.tour.identity_flows import type_pin
from kiosk.tour.reporting import STUDENT, choose, handed_in, submit, uid
from kiosk.tour.walker import Walker

#: Nobody holds another paper before the scanner sooner, seconds: what comes sooner is not taken.
BETWEEN_SCANS = 1.0


def scan_slip(walker: Walker) -> None:
    """Whoever holds the slip reads its one ticket; anything more needs a proof."""
    walker.begin_with_card(uid(STUDENT))
    choose(walker)
    submit(walker)
    reference = handed_in(walker)
    walker.end()
    walker.begin_with_slip()
    page = walker.page(SlipPage)
    walker.check(page.detail is not None and reference in page.detail.line, "another ticket than the slip's")
    walker.check([chip.title for chip in page.chips] == [walker.say("state.new")], "its state is not said")
    walker.check(not walker.view.bar.who, "a slip names a person")
    walker.touch(page.more)
    walker.arrive(Screen.IDENTIFY)
    walker.touch(walker.say("screen.back"))
    walker.arrive(Screen.SLIP)
    walker.touch(page.done)
    walker.arrive(Screen.HOME)


def scan_number(walker: Walker) -> None:
    """A code nobody knows, then the number on a card: as if typed. Pulled out, nothing speaks of scanning."""
    number = str(sample.person(STUDENT)["number"])
    walker.canaries.append(number)
    walker.begin()
    walker.check(walker.say("home.tickets_hint_scan") in _hints(walker), "nobody is told that slips can be scanned")
    walker.world.do("scan bad")
    walker.see("that the code is not known", lambda: walker.view.strip.text == walker.say("strip.scan_unreadable"))
    walker.touch(walker.say("home.tickets"))
    walker.arrive(Screen.IDENTIFY)
    walker.world.pass_time(BETWEEN_SCANS)
    walker.world.do(f"scan {STUDENT}")
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, STUDENT)
    walker.arrive(Screen.TICKETS, lambda: bool(walker.page(TicketsPage).rows))
    walker.end()
    walker.world.do("scanner off")
    walker.begin()
    walker.see("home without scanning", lambda: walker.say("home.tickets_hint") in _hints(walker))
    walker.world.do("scanner on")


def _hints(walker: Walker) -> set[str]:
    return {row.hint for row in walker.page(HomePage).tiles}
