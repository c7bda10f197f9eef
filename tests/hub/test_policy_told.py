"""One table at both gates: what hub.toml says reaches the kiosk with the campus, outlives a restart, and decides there
as it decides at the hub."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from litestar.testing import TestClient

from kiosk.domain.policy import SHIPPED, Action, Policy, decide
from kiosk.hub.app import make_app
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import load
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.offline.campus_cache import CampusCache
from kiosk.services.hub_requests import CampusSnapshot
from kiosk.services.session import Session
from kiosk.wire import routes
from kiosk.wire.enrolment import Assertion
from tests.domain.test_policy import EVERYTHING
from tests.hub.conftest import PUBLIC_URL, World
from tests.offline.kiosks import KioskMemory

TIGHTER = "[[policy]]\naction = 'see_tickets'\nenough = [['pin', 'code']]\n"
LOOSER = "[[policy]]\naction = 'unlock_account'\nenough = [['pin']]\nreason = 'our readers are broken'\n"
GENUINE = "[[policy]]\naction = 'change_pin'\nenough = [['pin', 'code', 'genuine_card']]\n"


def told(world: World, hub_toml: Path) -> bytes:
    """The campus as the running application answers it to a kiosk."""
    outside = BuiltinCards(), BuiltinDirectory(world.store, world.hasher), BuiltinNotices(world.clock)
    settings = load(hub_toml)
    parts = Parts(settings, world.store, world.hasher, world.keys, world.clock, PUBLIC_URL, "1", *outside)
    kiosk = world.new_kiosk()
    app: Any = make_app(parts)
    with TestClient(app) as client:
        asked = msgspec.json.encode(Assertion(kiosk.assertion()))
        token = {"authorization": f"Bearer {client.post(routes.TOKEN, content=asked).json()['token']}"}
        return bytes(client.get(routes.CAMPUS, headers=token).content)


def after_a_restart(folder: Path, body: bytes) -> Policy:
    """What the gate of a kiosk goes by that was told ``body`` and then started without network."""
    memory = KioskMemory(folder / "kiosk.db")
    memory.start()
    CampusCache(memory.database, memory.clock).keep(CampusSnapshot('"1"', body))
    memory.database.close()
    memory.start()
    return Session(memory.clock, campus=CampusCache(memory.database, memory.clock).campus()).policy


def disagreements(kiosk: Policy, hub: Policy) -> list[tuple[Action, object]]:
    return [
        (action, shown.proofs)
        for action in Action
        for shown in EVERYTHING
        if decide(action, shown.proofs, kiosk) != decide(action, shown.proofs, hub)
    ]


@pytest.mark.parametrize("rules", ["", TIGHTER, LOOSER, GENUINE, TIGHTER + LOOSER + GENUINE])
def test_the_hubs_table_is_the_kiosks_table_after_a_restart(world: World, tmp_path: Path, rules: str) -> None:
    (tmp_path / "hub.toml").write_text(rules)
    hub = policy_of(load(tmp_path / "hub.toml").rules)
    assert (hub == SHIPPED) is (rules == "")
    kiosk = after_a_restart(tmp_path, told(world, tmp_path / "hub.toml"))
    assert kiosk == hub
    assert disagreements(kiosk, hub) == []
    assert rules == "" or disagreements(SHIPPED, hub), "a kiosk that kept to the shipped table would be noticed"


def test_a_campus_that_changes_its_rules_has_another_snapshot(world: World, tmp_path: Path) -> None:
    versions = set()
    for rules in ("", TIGHTER, LOOSER):
        (tmp_path / "hub.toml").write_text(rules)
        versions.add(msgspec.json.decode(told(world, tmp_path / "hub.toml"))["campus"]["version"])
    assert len(versions) == 3
