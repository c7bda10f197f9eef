"""The touches that reporting something takes; several flows begin or end with them."""

from kiosk.services.views import CategoryPage, DetailsPage, DoneKind, DonePage, Screen
from kiosk.tour import sample
from kiosk.tour.walker import Walker

STUDENT = "zhang-ming"


def uid(person: str) -> str:
    return str(sample.person(person)["cards"][0])


def choose(walker: Walker, service: str = "classroom", symptom: str = "no-picture") -> None:
    """Home → details with one symptom chosen."""
    walker.touch(walker.say("home.report"))
    walker.arrive(Screen.CATEGORY, lambda: bool(walker.page(CategoryPage).groups))
    walker.touch(sample.service(service)["title"][walker.language.value])
    walker.arrive(Screen.DETAILS)
    walker.touch(sample.symptom(service, symptom, walker.language))
    walker.see("the symptom chosen", lambda: walker.page(DetailsPage).symptom == symptom)


def submit(walker: Walker) -> None:
    page = walker.page(DetailsPage)
    walker.check(page.can_submit, "the report cannot be sent")
    walker.touch(page.submit)


def handed_in(walker: Walker, kind: DoneKind = DoneKind.RECEIVED, slip: bool = True) -> str:
    """Waits for the done page and its slip; the reference. ``slip``: whether one can be printed."""

    def settled() -> bool:
        page = walker.page(DonePage)
        return page.slip == "printed" if slip else page.slip == "" and page.notice is not None

    walker.arrive(Screen.DONE, settled)
    page = walker.page(DonePage)
    walker.check(page.kind is kind, f"the done page says {page.kind.value}, not {kind.value}")
    walker.check(bool(page.reference), "there is no number on the done page")
    if slip:
        walker.receipt()
    else:
        walker.no_receipt()
    walker.record.references.append(page.reference)
    walker.record.outcome["reference"] = page.reference
    return page.reference
