"""What staff tell everybody, and "me too" instead of a second ticket."""

from kiosk.services.views import DetailsPage, DoneKind, DonePage, HomePage, NoticesPage, OutagePage, PromisePage, Screen
from kiosk.tour import sample
from kiosk.tour.reporting import STUDENT, uid
from kiosk.tour.walker import Walker


def notices(walker: Walker) -> None:
    """From home to all notices and on to what is promised."""
    walker.begin()
    if walker.view.look.reach:  # there home has no room for the line
        return
    walker.touch(walker.page(HomePage).notice)
    walker.arrive(Screen.NOTICES)
    page = walker.page(NoticesPage)
    walker.check(len(page.rows) > 1, "the notices are missing")
    walker.touch(page.promise)
    walker.arrive(Screen.PROMISE)
    walker.check(len(walker.page(PromisePage).targets) == 4, "a promise is missing")
    walker.touch(walker.say("privacy.done"))
    walker.arrive(Screen.NOTICES)
    walker.touch(walker.say("privacy.done"))
    walker.arrive(Screen.HOME)


def me_too(walker: Walker) -> None:
    """A known outage is shown before a ticket is made; one touch counts the person in."""
    walker.begin_with_card(uid(STUDENT))
    walker.touch(walker.say("home.report"))
    walker.arrive(Screen.CATEGORY)
    walker.touch(sample.service("network")["title"][walker.language.value])
    if walker.aids.large or walker.aids.reach:
        walker.arrive(Screen.OUTAGE)
    else:
        walker.arrive(Screen.DETAILS)
        known = walker.page(DetailsPage).known
        walker.check(known is not None, "the outage is not shown")
        if walker.world.root.height() > walker.world.root.width() and known is not None:
            walker.touch(known.title)
            walker.arrive(Screen.OUTAGE)
    if walker.view.screen is Screen.OUTAGE:
        walker.check(len(walker.page(OutagePage).steps) > 1, "how it stands is not said")
    walker.touch(walker.say("outage.me_too"))
    walker.arrive(Screen.DONE, lambda: walker.page(DonePage).kind is DoneKind.RECEIVED)
    walker.check(not walker.page(DonePage).reference, "a ticket was made for a known outage")
