"""A hub at work with a real directory: a slow one starves nobody else, and a dead one is an answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kiosk.hub.api.account import DIRECTORY_THREADS, MOST_WAITING
from kiosk.hub.app import SERVICE_THREADS
from kiosk.hub.directory_settings import CONNECTIONS
from kiosk.wire import routes
from tests.real.directory.hub_settings import openldap_table
from tests.real.directory.line import Fault, Line
from tests.real.directory.openldap import OpenLdap
from tests.real.hub_process import hub_with_sample
from tests.real.plain_kiosk import PlainKiosk, card
from tests.whole.waiting import until

#: Zhang Ming of the sample campus.
NUMBER, UID, PIN = "20230114287", "04A1B2C3D4E580", "739154"
#: More of them than there are threads for everything else.
AT_ONCE = SERVICE_THREADS + 4
assert DIRECTORY_THREADS < AT_ONCE <= DIRECTORY_THREADS + MOST_WAITING
#: A busy machine may be slower than the directory's deadline; then the two are let loose again.
TRIES = 5
ROUNDS = 3
PATIENT = 60.0


@pytest.fixture
def line(openldap_server: OpenLdap) -> Iterator[Line]:
    line = Line(openldap_server.tls_port)
    yield line
    line.stop()


@pytest.fixture
def kiosk(openldap_server: OpenLdap, line: Line, tmp_path: Path) -> Iterator[PlainKiosk]:
    data = tmp_path / "hub"
    table = openldap_table(openldap_server, data, line.port, answer_within="6")
    with hub_with_sample(data, tables=table) as hub:
        yield PlainKiosk(hub.url, hub.ca).enrol(hub.code())


def visit(kiosk: PlainKiosk) -> dict[str, Any]:
    return {routes.VISIT_HEADER: kiosk.try_pin(card(UID), PIN)["session"]}


@pytest.mark.timeout(300)
def test_a_slow_directory_starves_nobody_else(kiosk: PlainKiosk, line: Line) -> None:
    """While more questions wait for it than there are threads, a kiosk still gets everything else."""
    whose = visit(kiosk)
    line.fault = Fault.SILENT
    for _ in range(TRIES):
        with ThreadPoolExecutor(AT_ONCE) as threads:
            waiting = [
                threads.submit(kiosk.send, "GET", f"{routes.ACCOUNT}?act=change", **whose) for _ in range(AT_ONCE)
            ]
            until(lambda: line.open >= CONNECTIONS, "the directory being asked", PATIENT)
            others = [kiosk.send("GET", path, **whose) for path in (routes.CAMPUS, routes.MY_TICKETS) * ROUNDS]
            all_waited = not any(question.done() for question in waiting)
        assert {answer.status_code for answer in others} == {200}
        assert {question.result().status_code for question in waiting} == {503}
        if all_waited:
            return
    raise AssertionError("the others were answered only after the directory was given up")


def test_a_directory_that_comes_back_is_asked_again_without_a_restart(
    kiosk: PlainKiosk, line: Line, openldap_server: OpenLdap
) -> None:
    openldap_server.clock.back()
    openldap_server.forget([NUMBER])
    openldap_server.person("zhang.ming", NUMBER, "yunlu-Sample-26")
    whose = visit(kiosk)
    line.fault = Fault.DOWN
    silent = kiosk.send("GET", f"{routes.ACCOUNT}?act=change", **whose)
    assert (silent.status_code, silent.json()["code"]) == (503, "no_directory")
    line.fault = Fault.NONE
    seen = kiosk.send("GET", f"{routes.ACCOUNT}?act=change", **whose)
    assert seen.status_code == 200
    assert seen.json()["state"] == "active"
    assert {rule["id"] for rule in seen.json()["rules"]} >= {"min_length", "history", "strength"}
