"""The desk end to end: without network, with the card pulled, over a change of shift: each one's work stays theirs."""

from msgspec.structs import replace
from sqlalchemy import select

from kiosk.config import ReaderSettings, Settings
from kiosk.hub.config import Settings as HubSettings
from kiosk.hub.place import open_existing
from kiosk.hub.store.tables import HistoryLine
from kiosk.services import requests
from kiosk.services.views import DeskPage, PinPage, Row, Screen
from kiosk.tour import sample

from .absent_hub import AbsentHub
from .enrolled import open_operations
from .whole_kiosk import WholeKiosk, whole_kiosk

FIRST, SECOND, STUDENT = "dong-mei", "feng-gang", "zhang-ming"
TEMPLATE, OTHER = "wifi", "printer"


def at_work(running: WholeKiosk, person: str = FIRST) -> None:
    """From attract to the desk, with card and PIN."""
    running.on(Screen.ATTRACT)
    running.post(*[requests.Knocked()] * 5)
    running.on(Screen.MAINTENANCE_DOOR)
    running.ask(requests.Open("desk_door"), Screen.DESK_DOOR)
    running.do(f"tap {person}")
    running.on(Screen.PIN)
    running.page(PinPage, lambda page: not page.locked)
    running.type_pin(str(sample.person(person)["pin"]))
    running.page(DeskPage, lambda page: page.templates)


def offline(running: WholeKiosk, hub: AbsentHub) -> None:
    hub.away()
    running.post(requests.Choose(Screen.DESK, "template", OTHER))
    running.post(requests.Choose(Screen.DESK, "template", TEMPLATE))
    running.do("card-off")
    running.do(f"tap {STUDENT}")
    running.page(DeskPage, lambda page: any(fact.id == "missing" for fact in page.facts))


def logged(running: WholeKiosk, template: str, part: str = "solve") -> Row:
    """The entry of a matter that has just been logged."""
    before = len(running.page(DeskPage).recent)
    running.post(requests.Choose(Screen.DESK, "template", template))
    running.post(requests.Choose(Screen.DESK, part, ""))
    return running.page(DeskPage, lambda page: len(page.recent) == before + 1).recent[0]


def arrived(running: WholeKiosk, hub: AbsentHub, kiosk: Settings) -> None:
    hub.back()
    running.drawer.seconds_ahead += 3600.0
    running.until(lambda: open_operations(kiosk.data) == 0, "it has not arrived")


def staff_of(hub: AbsentHub, reference: str) -> str | None:
    """Whose work it is at the hub, by id."""
    store = open_existing(HubSettings(), hub.running.data)
    with store.read() as db:
        line = HistoryLine.reference == reference, HistoryLine.what == "desk_logged"
        who = db.scalar(select(HistoryLine.text).where(*line))
    store.close()
    return who


def states(hub: AbsentHub) -> dict[str, str]:
    return {str(ticket["reference"]): str(ticket["state"]) for ticket in hub.running.tickets()}


def test_what_is_logged_without_network_arrives_as_the_staff_members_work_and_what_is_undone_is_undone(
    hub: AbsentHub, kiosk: Settings
) -> None:
    with whole_kiosk(kiosk) as running:
        at_work(running)
        offline(running, hub)
        kept = logged(running, TEMPLATE).id
        gone = logged(running, OTHER).id
        running.post(requests.Choose(Screen.DESK, "undo", ""))
        running.page(DeskPage, lambda page: not page.undo)
        running.ask(requests.End(), Screen.ATTRACT)
        arrived(running, hub, kiosk)
    assert (states(hub)[kept], states(hub)[gone]) == ("resolved", "withdrawn")
    assert staff_of(hub, kept) == staff_of(hub, gone) == FIRST
    assert [hub.count(reference) for reference in (kept, gone)] == [1, 1]


def test_a_staff_card_that_is_pulled_leaves_nothing_of_the_visit(kiosk: Settings) -> None:
    inserted = replace(kiosk, reader=ReaderSettings(kind="simulated", mode="insert"))
    with whole_kiosk(inserted) as running:
        at_work(running)
        running.post(requests.Choose(Screen.DESK, "template", TEMPLATE))
        running.page(DeskPage, lambda page: page.can_log)
        running.do("card-off")
        view = running.on(Screen.ATTRACT)
        assert not view.bar.visible
        running.post(requests.Choose(Screen.DESK, "solve", ""))
        at_work(running, SECOND)
        page = running.page(DeskPage)
        assert not page.recent
        assert not page.can_log
        running.ask(requests.End(), Screen.ATTRACT)
    assert open_operations(kiosk.data) == 0


def test_two_staff_members_change_shift_and_each_ones_work_is_sent_under_their_own_name(
    hub: AbsentHub, kiosk: Settings
) -> None:
    """The first one's matter still waits here when the second one begins."""
    with whole_kiosk(kiosk) as running:
        at_work(running)
        offline(running, hub)
        first = logged(running, TEMPLATE).id
        running.do("card-off")
        running.do(f"tap {SECOND}")
        view = running.on(Screen.ATTRACT)
        assert not view.bar.visible
        arrived_first = open_operations(kiosk.data)
        hub.back()
        running.drawer.seconds_ahead += 120.0
        running.until(lambda: running.view.strip.kind != "offline", "the network is not back")
        at_work(running, SECOND)
        assert not running.page(DeskPage).recent
        second = logged(running, OTHER).id
        running.drawer.seconds_ahead += 30.0
        running.until(lambda: open_operations(kiosk.data) == 0, "it has not arrived")
        running.ask(requests.End(), Screen.ATTRACT)
    assert arrived_first == 1
    assert (staff_of(hub, first), staff_of(hub, second)) == (FIRST, SECOND)
