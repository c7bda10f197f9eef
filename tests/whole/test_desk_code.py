"""From the desk to a new PIN, with a real hub and a whole kiosk: a code is given, and typed by the person alone."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.language import Language
from kiosk.domain.policy import Action
from kiosk.domain.release import Document
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.keys import open_keys
from kiosk.hub.place import open_existing
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.release_codes import Desk, Given, Wanted, give
from kiosk.hub.store.tables import Message
from kiosk.services import requests as r
from kiosk.services.views import DeskCodePage, NoticeKind, PinNewPage, Screen
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.whole.enrolled import enrolled
from tests.whole.test_files_only import NEW_PIN, type_new
from tests.whole.whole_kiosk import WholeKiosk, whole_kiosk

NUMBER = "20230114287"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with hub_with_sample(tmp_path / "hub") as hub:
        yield hub


def given(hub: RunningHub) -> str:
    """The engineer has seen a passport."""
    store = open_existing(Settings(), hub.data)

    def now() -> datetime:
        return datetime.now(UTC)

    directory, notices = BuiltinDirectory(store, PinHasher(Settings().pin)), BuiltinNotices(now)
    desk = Desk(store, directory, open_keys(hub.data / "keys"), notices, now, "")
    answer = give(desk, Wanted("dong-mei", NUMBER, Action.SET_PIN, frozenset({Document.PASSPORT})))
    store.close()
    assert isinstance(answer, Given), answer
    return answer.code.reveal()


def told(hub: RunningHub) -> list[str]:
    store = open_existing(Settings(), hub.data)
    with store.read() as db:
        kinds = list(db.scalars(select(Message.kind).where(Message.person == "zhang-ming")))
    store.close()
    return sorted(kinds)


def to_the_code(kiosk: WholeKiosk) -> None:
    kiosk.on(Screen.ATTRACT)
    kiosk.ask(r.Start(Language.ZH), Screen.HOME)
    kiosk.ask(r.Open("tickets"), Screen.IDENTIFY)
    kiosk.ask(r.Open("none"), Screen.NONE_OF_THESE)
    kiosk.ask(r.Open("desk_code"), Screen.IDENTIFY)
    kiosk.ask(r.Open("number"), Screen.NUMBER)
    kiosk.post(*(r.NumberKey(digit) for digit in NUMBER), r.NumberDone())
    kiosk.on(Screen.DESK_CODE)


def type_code(kiosk: WholeKiosk, code: str) -> None:
    kiosk.post(*(r.Choose(Screen.DESK_CODE, "key", digit) for digit in code))


def is_over(page: DeskCodePage) -> bool:
    return page.notice is not None and page.notice.kind is NoticeKind.WARN


@pytest.mark.timeout(600)
def test_whoever_has_nothing_sets_a_pin_alone_with_the_desks_code_and_it_works_once(
    hub: RunningHub, tmp_path: Path
) -> None:
    with whole_kiosk(enrolled(hub, tmp_path / "kiosk")) as kiosk:
        code = given(hub)
        to_the_code(kiosk)
        type_code(kiosk, code)
        kiosk.on(Screen.PIN_NEW)
        for step in (1, 2):
            kiosk.page(PinNewPage, lambda page, step=step: page.step == step and page.filled == 0)  # type: ignore[misc]
            type_new(kiosk)
        kiosk.page(PinNewPage, lambda page: page.finish)
        assert {"release_given_no_page", "pin_changed"} <= set(told(hub))
        kiosk.post(r.Choose(Screen.PIN_NEW, "finish", ""))
        kiosk.on(Screen.PIN)
        kiosk.type_pin(NEW_PIN)
        kiosk.on(Screen.TICKETS)
        kiosk.ask(r.End(), Screen.ATTRACT)
        to_the_code(kiosk)
        type_code(kiosk, code)
        kiosk.page(DeskCodePage, is_over)
