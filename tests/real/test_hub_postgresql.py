"""Several hub processes on one PostgreSQL are one hub."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.wire import routes
from tests.real.hub_process import hub_with_sample, start_hub
from tests.real.plain_kiosk import PlainKiosk, card
from tests.real.postgres import private_postgres


def test_two_processes_on_one_postgresql_take_an_operation_once(tmp_path: Path) -> None:
    with private_postgres() as server:
        url = server.url(server.new_database())
        with hub_with_sample(tmp_path, more=f'database_url = "{url}"\n') as hub:
            second = start_hub(tmp_path)
            try:
                kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
                there = PlainKiosk(second.url, hub.ca, key=kiosk.key, token=kiosk.token)
                envelope = kiosk.envelope(kiosk.report(claim=card("04A1B2C3D4E580")))
                with ThreadPoolExecutor(20) as pool:
                    answers = list(pool.map(lambda at: at.submit(envelope), [kiosk, there] * 10))
                assert {(answer.status_code, answer.text) for answer in answers} == {(200, answers[0].text)}
                session = kiosk.try_pin(card("04A1B2C3D4E580"), "739154")["session"]
                mine = there.send("GET", routes.MY_TICKETS, **{routes.VISIT_HEADER: session}).json()["tickets"]
                assert mine[0]["reference"] == hub.tickets()[0]["reference"]
                assert len(hub.tickets()) == 1
            finally:
                assert second.stop() == 0
        assert not (tmp_path / "hub.db").exists()
