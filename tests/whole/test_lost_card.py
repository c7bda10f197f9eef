"""A card reported lost without network, end to end: a right PIN blocks it once, a wrong one nothing; staff see it."""

import pytest

from kiosk.config import Settings
from kiosk.domain.language import Language
from kiosk.services import requests
from kiosk.services.views import DoneKind, DonePage, PinPage, Screen
from kiosk.words import say

from .absent_hub import AbsentHub
from .enrolled import open_operations
from .whole_kiosk import WholeKiosk, whole_kiosk

ZHAO, ZHAO_PIN = "20230924117", "275819"
XU, XU_PIN, XU_CARD = "20221035426", "684027", "xu-kai"


def reported_offline(running: WholeKiosk, number: str, pin: str) -> DonePage:
    running.start()
    running.ask(requests.Open("card_lost"), Screen.CARD_CONFIRM)
    running.ask(requests.Choose(Screen.CARD_CONFIRM, "button", "act"), Screen.NUMBER)
    running.post(*(requests.NumberKey(digit) for digit in number))
    running.on(Screen.PIN)
    running.page(PinPage, lambda page: not page.locked)
    running.type_pin(pin)
    running.on(Screen.DONE)
    page = running.page(DonePage, lambda page: page.slip == "printed")
    assert page.kind is DoneKind.SAVED
    assert page.headline == say(Language.ZH, "card_lost.waiting")
    return page


def offline(running: WholeKiosk, hub: AbsentHub) -> None:
    running.on(Screen.ATTRACT)
    hub.away()
    running.drawer.seconds_ahead += 120.0
    running.until(lambda: running.view.strip.kind == "offline", "the strip's “no network”")


@pytest.mark.parametrize(("pin", "tickets"), [(XU_PIN, 0), ("111222", 1)])
def test_a_loss_told_offline_takes_effect_once_or_becomes_the_desks(
    hub: AbsentHub, kiosk: Settings, pin: str, tickets: int
) -> None:
    number = XU if tickets == 0 else ZHAO
    with whole_kiosk(kiosk) as running:
        offline(running, hub)
        page = reported_offline(running, number, pin)
        running.ask(requests.End(), Screen.ATTRACT)
        hub.back()
        running.drawer.seconds_ahead += 3600.0
        running.until(lambda: open_operations(kiosk.data) == 0, "it has not arrived")
        assert hub.count(page.reference) == tickets
        if tickets == 0:
            running.do(f"tap {XU_CARD}")
            running.on(Screen.FOUND_CARD)
    assert hub.count(page.reference) == tickets
