"""A visitor at a kiosk of a hub that has a helpdesk beside it, and the helpdesks, for tests of the port."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.policy import SHIPPED
from kiosk.domain.ticket_views import Act, Acted, TicketList
from kiosk.hub.services.my_tickets import my_tickets
from kiosk.hub.store.helpdesk_tables import HelpdeskChange
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.tickets import TicketAct
from tests.hub.conftest import HubKiosk, World, world_at
from tests.hub.helpdesks import OUTSIDE, Outside
from tests.hub.test_ticket_acts import acted
from tests.hub.test_tickets import ZHANG, send, signed_in
from tests.real.fault_proxy import FaultProxy
from tests.real.helpdesk.glpi_shape import GlpiShape
from tests.real.helpdesk.recorded import Clock, RecordedServer, recorded_server
from tests.real.helpdesk.zammad_shape import ZammadShape
from tests.real.plain_kiosk import card, new_op

#: In every field a visitor can fill; each is kept as it is.
HOSTILE = "*)(uid=* ' OR 1=1 -- 一层 🧑‍💻 {x} <b>"


@pytest.fixture
def world(sqlite_sample: Path, tmp_path: Path) -> Iterator[World]:
    """The sample campus as it was loaded, in a file of its own."""
    file = tmp_path / "hub.db"
    file.write_bytes(sqlite_sample.read_bytes())
    with world_at(f"sqlite:///{file}", tmp_path) as world:
        yield world


@pytest.fixture
def zammad_server(tmp_path: Path) -> Iterator[RecordedServer]:
    clock = Clock()
    with recorded_server(ZammadShape(clock), clock, tmp_path / "zammad") as server:
        yield server


@pytest.fixture
def glpi_server(tmp_path: Path) -> Iterator[RecordedServer]:
    clock = Clock()
    with recorded_server(GlpiShape(clock), clock, tmp_path / "glpi") as server:
        yield server


@pytest.fixture(params=list(OUTSIDE))
def outside(request: pytest.FixtureRequest) -> Outside:
    return OUTSIDE[request.param](request)


@pytest.fixture
def line(outside: Outside) -> Iterator[FaultProxy]:
    proxy = FaultProxy(outside.port)
    yield proxy
    proxy.stop()


def port_of(line: FaultProxy) -> int:
    return int(line.url.rpartition(":")[2])


def op_of(world: World, reference: str) -> str:
    with world.store.read() as db:
        wanted = select(HelpdeskChange.op).where(
            HelpdeskChange.reference == reference, HelpdeskChange.what == "created"
        )
        return db.scalars(wanted).one()


@dataclass(frozen=True)
class Visitor:
    """Zhang Ming at a kiosk, with a report that is at the desk."""

    world: World
    kiosk: HubKiosk
    session: str
    reference: str

    def does(self, act: Act, text: str = "") -> None:
        asked = TicketAct(new_op(), self.reference, act, text)
        assert isinstance(acted(self.world, self.kiosk, self.session, asked), Acted)

    def sees(self) -> tuple[str, list[str]]:
        """The state, and what was written."""
        session = signed_in(self.world, self.kiosk)
        with self.world.store.read() as db:
            kiosk = db.get_one(Kiosk, self.kiosk.id)
            found = my_tickets(db, self.world.book, SHIPPED, kiosk, session, self.world.now)
        assert isinstance(found, TicketList)
        (ticket,) = found.tickets
        return ticket.state, [step.text for step in ticket.history if step.text]


def visitor(world: World, **report: object) -> Visitor:
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report(claim=card(ZHANG), **report)).reference
    return Visitor(world, kiosk, signed_in(world, kiosk), reference)
