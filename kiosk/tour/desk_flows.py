"""Staff at the desk: a matter that returns, in a few touches."""

from kiosk.services.views import DeskPage, PinPage, Screen
from kiosk.tour import sample
from kiosk.tour.identity_flows import type_pin
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker

ENGINEER = "dong-mei"


def desk(walker: Walker) -> None:
    """Card and PIN open the desk; a requester's card, a template and *solved* log the matter. The budget is the
    matter's: it begins once the shift has."""
    walker.begin_at_the_door()
    walker.touch(walker.say("duty.door_way"))
    walker.arrive(Screen.DESK_DOOR)
    walker.card(uid(ENGINEER))
    walker.arrive(Screen.PIN, lambda: not walker.page(PinPage).locked)
    type_pin(walker, ENGINEER)
    walker.arrive(Screen.DESK, lambda: bool(walker.page(DeskPage).templates))
    walker.record.touches = walker.record.language_touches = 0
    walker.record.seconds = 0.0
    walker.canaries.append(str(sample.person(STUDENT)["number"]))
    walker.card(uid(STUDENT))
    walker.see("who it is", lambda: len(walker.page(DeskPage).facts) > 1)
    walker.touch(walker.page(DeskPage).templates[0].title)
    walker.see("the template chosen", lambda: walker.page(DeskPage).can_log)
    walker.touch(walker.say("duty.solve"))
    walker.see("the matter at the hub", lambda: _solved(walker))
    walker.record.references.append(walker.page(DeskPage).recent[0].id)


def _solved(walker: Walker) -> bool:
    recent = walker.page(DeskPage).recent
    return bool(recent) and recent[0].chip == walker.say("state.resolved")
