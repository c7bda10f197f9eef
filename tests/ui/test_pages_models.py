"""View models: a view's fields are announced where they changed, and a touch becomes a request or a key, never both."""

import threading

import pytest
from msgspec.structs import replace
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from kiosk.domain.language import Language
from kiosk.services import requests as r
from kiosk.services import views as v
from kiosk.ui.identity_view_models import PinViewModel
from kiosk.ui.page_view_model import PageViewModel, camel_case
from kiosk.ui.relay import Relay
from kiosk.ui.report_view_models import DetailsViewModel, NoteViewModel
from kiosk.ui.screens import Screens
from kiosk.ui.start_view_models import AttractViewModel
from kiosk.ui.typing_folder import TypingFolder
from tests.ui.page_samples import pages, view

pytestmark = pytest.mark.usefixtures("qapp")


class Keys:
    def __init__(self) -> None:
        self.pressed: list[int] = []
        self.letters: list[int] = []
        self.cleared = 0

    def key(self, code: int) -> None:
        self.pressed.append(code)

    def letter(self, code: int) -> None:
        self.letters.append(code)

    def clear(self) -> None:
        self.cleared += 1


def announced(model: PageViewModel, names: tuple[str, ...]) -> list[str]:
    heard: list[str] = []
    for name in names:
        getattr(model, camel_case(name) + "Changed").connect(lambda name=name: heard.append(name))
    return heard


def test_choosing_a_symptom_announces_the_choice_and_not_the_rows() -> None:
    page = pages(Language.ZH)["details"]
    assert isinstance(page, v.DetailsPage)
    model = DetailsViewModel(lambda _: None)
    model.take(page)
    heard = announced(model, page.__struct_fields__)
    model.take(replace(page, symptom="2"))
    assert heard == ["symptom"]


def test_every_field_of_every_page_is_a_property_with_its_announcement() -> None:
    screens = Screens(view(v.AttractPage(), v.Look()), lambda _: None, Keys(), TypingFolder(None))
    for page in pages(Language.ZH).values():
        screens.show(view(page, v.Look()))
        model = screens.shell.property("page")
        meta = model.metaObject()
        for name in page.__struct_fields__:
            index = meta.indexOfProperty(camel_case(name))
            assert index >= 0, (page.screen, name)
            assert meta.property(index).notifySignal().name().data().decode() == camel_case(name) + "Changed"


def test_pin_keys_go_to_the_secret_helper_and_nowhere_else() -> None:
    keys, asked = Keys(), list[r.Request]()
    model = PinViewModel(asked.append, keys)
    for code in (49, 50, 8):
        model.pinKey(code)
    model.pinClear()
    assert keys.pressed == [49, 50, 8]
    assert keys.cleared == 1
    assert not asked


def test_touches_become_requests() -> None:
    asked: list[r.Request] = []
    AttractViewModel(asked.append).start("en")
    NoteViewModel(asked.append).finish("慢")
    DetailsViewModel(asked.append).chooseSymptom("s1")
    assert asked == [r.Start(Language.EN), r.NoteDone("慢"), r.ChooseSymptom("s1")]


def test_a_page_that_is_left_holds_nothing() -> None:
    screens = Screens(view(v.AttractPage(), v.Look()), lambda _: None, Keys(), TypingFolder(None))
    screens.show(view(pages(Language.ZH)["tickets"], v.Look()))
    left = screens.shell.property("page")
    screens.show(view(v.AttractPage(), v.Look(), visit=2))
    assert left.property("rows") == []
    assert left.property("title") == ""


def test_a_view_from_another_thread_arrives_on_the_interface_thread(qtbot: QtBot) -> None:
    arrived: list[tuple[v.View, int]] = []
    relay = Relay(lambda one: arrived.append((one, threading.get_ident())))
    sent = view(v.AttractPage(), v.Look())
    sender = threading.Thread(target=relay.show, args=(sent,))
    sender.start()
    sender.join()
    qtbot.waitUntil(lambda: bool(arrived))
    assert arrived == [(sent, threading.get_ident())]
    assert QGuiApplication.instance() is not None
