"""Several hub processes on one PostgreSQL are one hub."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

from kiosk.wire import routes
from kiosk.wire.on_paper import digits_of
from tests.real.hub_process import RunningHub, hub_with_sample, start_hub
from tests.real.plain_kiosk import PlainKiosk, card
from tests.real.postgres import private_postgres

PROCESSES, CLIENTS, PHONES = 4, 20, 10
ZHANG, ZHANG_PIN = "04A1B2C3D4E580", "739154"


def test_twenty_kiosks_and_ten_phones_over_four_processes_make_one_ticket(tmp_path: Path) -> None:
    """The kiosk's own envelope from everywhere at once, and the same on paper."""
    with private_postgres() as server, ExitStack() as ending:
        url = server.url(server.new_database())
        hub = ending.enter_context(hub_with_sample(tmp_path, "--public-url", "own", more=f'database_url = "{url}"\n'))
        with ThreadPoolExecutor(PROCESSES) as starting:
            others = list(starting.map(lambda _: start_hub(tmp_path, "--public-url", "own"), range(PROCESSES - 1)))
        for other in others:
            ending.callback(_ended, other)
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        everywhere = [PlainKiosk(at.url, hub.ca, key=kiosk.key, token=kiosk.token) for at in (hub, *others)]
        report = kiosk.report(claim=card(ZHANG))
        envelope = kiosk.for_paper(report)
        paper = routes.BROUGHT + digits_of(envelope)
        asks: list[Callable[[], tuple[int, str]]] = [
            *(lambda at=at: _delivered(at, envelope) for at in everywhere * (CLIENTS // PROCESSES)),
            *(lambda at=at: _page(at, paper) for at in (everywhere * PHONES)[:PHONES]),
        ]
        with ThreadPoolExecutor(len(asks)) as pool:
            answers = [found.result() for found in [pool.submit(ask) for ask in asks]]
        delivered, pages = set(answers[:CLIENTS]), answers[CLIENTS:]
        assert {status for status, _ in answers} == {200}
        assert len(delivered) == 1, "each gets the one stored answer"
        assert all(report.reference in page for _, page in pages)
        session = kiosk.try_pin(card(ZHANG), ZHANG_PIN)["session"]
        mine = everywhere[-1].send("GET", routes.MY_TICKETS, **{routes.VISIT_HEADER: session}).json()["tickets"]
        assert mine[0]["reference"] == report.reference
        assert [ticket["reference"] for ticket in hub.tickets()] == [report.reference]
    assert not (tmp_path / "hub.db").exists()


def _delivered(at: PlainKiosk, envelope: object) -> tuple[int, str]:
    answer = at.post(routes.OPERATIONS, envelope)
    return answer.status_code, answer.text


def _page(at: PlainKiosk, paper: str) -> tuple[int, str]:
    answer = PlainKiosk(at.url, at.ca).send("GET", paper)
    return answer.status_code, answer.text


def _ended(hub: RunningHub) -> None:
    assert hub.stop() == 0
    if hub.process.stdout is not None:
        hub.process.stdout.close()
