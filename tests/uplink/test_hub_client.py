"""Whatever stands at the other end of the line, the kiosk gets a value, in time, and never a false refusal."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Refused, TicketAccepted, Unreachable, Unreached
from kiosk.domain.parcels import Parcel
from kiosk.services.hub_clock import HubClock
from kiosk.services.hub_requests import DeliveredTogether
from kiosk.uplink.credentials import Credentials
from kiosk.uplink.hub_client import HubClient
from kiosk.wire import routes
from tests.patience import PATIENCE
from tests.uplink.tls_server import Authority, TlsServer, authority

TIME = f"{routes.HUB_TIME_HEADER}: 2026-11-20T09:00:00.000+08:00\r\n"
PARCEL = Parcel(OpId.new(), OperationClass.TICKET, "A12-0001-P", 1, b"{}")
ACCEPTED = {"reference": "A12-0001-P", "priority": "P3", "received_at": "2026-11-20T09:00:00+08:00",
            "respond_by": None, "resolve_by": None, "page": ""}  # fmt: skip
#: Seconds for an exchange where the other side never answers.
SOON = 1.0


def http(status: int, body: object = b"", headers: str = TIME, kind: str = "application/json") -> bytes:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    head = f"HTTP/1.1 {status} x\r\n{headers}Content-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


@pytest.fixture(scope="module")
def trusted() -> Authority:
    return authority()


class Hub:
    """Gives tokens; what it says to an operation is the test's."""

    def __init__(self, trusted: Authority) -> None:
        self.operation: list[bytes | Callable[[socket.socket], None]] = []
        self.tokens = 0
        self.server = TlsServer(trusted, self.answer)

    def answer(self, head: bytes, connection: socket.socket) -> None:
        if b"/v1/health" in head:
            connection.sendall(http(200, {"status": "ok", "version": "1"}))
        elif b"/v1/token" in head:
            self.tokens += 1
            connection.sendall(http(200, {"token": f"t{self.tokens}", "expires_in": 900}))
        else:
            said = self.operation.pop(0) if len(self.operation) > 1 else self.operation[0]
            if isinstance(said, bytes):
                connection.sendall(said)
            else:
                said(connection)


@pytest.fixture
def hub(trusted: Authority) -> Iterator[Hub]:
    hub = Hub(trusted)
    yield hub
    hub.server.close()


def client(hub: Hub, ca_pem: str, clock: HubClock | None = None, total: float = PATIENCE) -> HubClient:
    clock = clock or HubClock()
    return HubClient(
        hub.server.url, ca_pem, clock, Credentials("k1", Ed25519PrivateKey.generate(), clock.monotonic), total
    )


def test_an_accepted_operation_comes_back_with_its_promise_and_the_hubs_time(hub: Hub, trusted: Authority) -> None:
    hub.operation = [http(200, ACCEPTED)]
    clock = HubClock()
    found = client(hub, trusted.ca_pem, clock).submit(PARCEL)
    assert isinstance(found, TicketAccepted)
    assert found.reference == "A12-0001-P"
    assert clock.hub_now().certain


HTML = b"<html>Please sign in to campus Wi-Fi</html>"
PROBLEM = {"code": "malformed", "detail": "x"}
LONG = b"x" * (routes.MAX_ANSWER + 1)
NOT_THE_HUB, HUB_ERROR = Unreachable(Unreached.NOT_THE_HUB), Unreachable(Unreached.HUB_ERROR)


@pytest.mark.parametrize(
    ("said", "outcome"),
    [
        pytest.param(http(200, HTML, kind="text/html"), NOT_THE_HUB, id="captive portal"),
        pytest.param(http(200, HTML), NOT_THE_HUB, id="HTML that says it is JSON"),
        pytest.param(http(200, {"reference": 7}), NOT_THE_HUB, id="another shape"),
        pytest.param(http(200, b"[" * 200_000), NOT_THE_HUB, id="nested beyond reason"),
        pytest.param(http(200, ACCEPTED, headers=""), NOT_THE_HUB, id="no hub time"),
        pytest.param(http(200, {**ACCEPTED, "reference": "B01-0001-A"}), NOT_THE_HUB, id="another ticket"),
        pytest.param(http(200, {**ACCEPTED, "received_at": "2026-11-20T09:00:00"}), NOT_THE_HUB, id="naive time"),
        pytest.param(http(200, LONG), NOT_THE_HUB, id="endless"),
        pytest.param(b"\x16\x03\x01 garbage\r\n\r\n", NOT_THE_HUB, id="not HTTP"),
        pytest.param(http(302, b"", headers=TIME + "Location: https://elsewhere/\r\n"), NOT_THE_HUB, id="redirect"),
        pytest.param(http(404, HTML, kind="text/html"), NOT_THE_HUB, id="a proxy's 404"),
        pytest.param(http(422, HTML, kind="text/html"), NOT_THE_HUB, id="a proxy's 422"),
        pytest.param(http(422, {"code": ""}), NOT_THE_HUB, id="a refusal without its code"),
        pytest.param(http(404, PROBLEM), HUB_ERROR, id="a hub without this route"),
        pytest.param(http(500, b"boom"), HUB_ERROR, id="500"),
        pytest.param(http(502, HTML, headers="", kind="text/html"), HUB_ERROR, id="a proxy before a dead hub"),
        pytest.param(
            http(429, PROBLEM, headers=TIME + "Retry-After: 17\r\n"),
            Unreachable(Unreached.HUB_ERROR, 17.0, True),
            id="429",
        ),
        pytest.param(http(403, {"code": "revoked"}), Unreachable(Unreached.NOT_TRUSTED), id="revoked"),
        pytest.param(http(422, PROBLEM), Refused("malformed", "x"), id="refused"),
        pytest.param(http(409, {"code": "other_content"}), Refused("other_content"), id="other content"),
    ],
)
def test_every_answer_is_a_value(hub: Hub, trusted: Authority, said: bytes, outcome: object) -> None:
    hub.operation = [said]
    assert client(hub, trusted.ca_pem).submit(PARCEL) == outcome


SECOND = Parcel(OpId.new(), OperationClass.TICKET, "A12-0002-D", 1, b"{}")
THIRD = Parcel(OpId.new(), OperationClass.TICKET, "A12-0003-Y", 1, b"{}")


def one(parcel: Parcel, status: int = 200, body: object = None, **more: object) -> dict[str, object]:
    said = body if body is not None else {**ACCEPTED, "reference": parcel.aggregate}
    text = said if isinstance(said, str) else json.dumps(said)
    return {"op": parcel.op_id.value, "status": status, "body": text, **more}


def test_of_those_that_went_together_each_has_an_answer_of_its_own(hub: Hub, trusted: Authority) -> None:
    answers = [one(PARCEL), one(SECOND, 422, PROBLEM), one(THIRD, 429, PROBLEM, retry_after=17)]
    hub.operation = [http(200, {"answers": answers})]
    found = client(hub, trusted.ca_pem).submit_together([PARCEL, SECOND, THIRD])
    assert isinstance(found, DeliveredTogether)
    taken, *others = found.outcomes
    assert isinstance(taken, TicketAccepted)
    assert others == [Refused("malformed", "x"), Unreachable(Unreached.HUB_ERROR, 17.0, by_hub=True)]


@pytest.mark.parametrize(
    "answers",
    [
        pytest.param([one(PARCEL)], id="one missing"),
        pytest.param([one(SECOND), one(PARCEL)], id="another order"),
        pytest.param([one(PARCEL), one(THIRD)], id="one of another"),
        pytest.param([one(PARCEL), one(SECOND), one(THIRD)], id="one more"),
        pytest.param([], id="none"),
    ],
)
def test_answers_that_are_not_to_what_was_sent_are_no_answers(hub: Hub, trusted: Authority, answers: object) -> None:
    hub.operation = [http(200, {"answers": answers})]
    assert client(hub, trusted.ca_pem).submit_together([PARCEL, SECOND]) == NOT_THE_HUB


@pytest.mark.parametrize("body", ["", "<html>", {"code": ""}, {**ACCEPTED, "reference": "B01-0001-A"}], ids=str)
@pytest.mark.parametrize("status", [200, 422])
def test_one_answer_among_many_that_says_nothing_ends_nothing(
    hub: Hub, trusted: Authority, status: int, body: object
) -> None:
    hub.operation = [http(200, {"answers": [one(PARCEL), one(SECOND, status, body)]})]
    found = client(hub, trusted.ca_pem).submit_together([PARCEL, SECOND])
    assert isinstance(found, DeliveredTogether)
    assert found.outcomes[1] == NOT_THE_HUB


def test_an_older_hub_is_told_from_a_proxy_that_does_not_know_the_way(hub: Hub, trusted: Authority) -> None:
    asked = client(hub, trusted.ca_pem)
    hub.operation = [http(404, {"code": "no_such_page"})]
    assert asked.submit_together([PARCEL, SECOND]) == Refused("one_by_one")
    hub.operation = [http(404, HTML, kind="text/html")]
    assert asked.submit_together([PARCEL, SECOND]) == NOT_THE_HUB


def test_an_answer_cut_short_is_no_answer(hub: Hub, trusted: Authority) -> None:
    whole = http(200, ACCEPTED)
    for length in range(0, len(whole), 29):
        hub.operation = [whole[:length]]
        assert isinstance(client(hub, trusted.ca_pem).submit(PARCEL), Unreachable), whole[:length]


def test_another_ca_is_not_the_hub_even_if_the_system_trusts_it(
    hub: Hub, trusted: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.operation = [http(200, ACCEPTED)]
    bundle = tmp_path / "bundle.pem"
    bundle.write_text(trusted.ca_pem)
    for variable in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"):
        monkeypatch.setenv(variable, str(bundle))
    assert client(hub, authority().ca_pem).submit(PARCEL) == Unreachable(Unreached.WRONG_CERTIFICATE)
    assert hub.server.requests == []


def test_the_environment_changes_neither_the_way_nor_the_keys(
    hub: Hub, trusted: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.operation = [http(200, ACCEPTED)]
    for variable in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(variable, "http://127.0.0.1:9")
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    assert isinstance(client(hub, trusted.ca_pem).submit(PARCEL), TicketAccepted)
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("part", ["head", "body"])
def test_a_drip_ends_at_the_total_deadline(hub: Hub, trusted: Authority, part: str) -> None:
    """Each byte comes well within every socket's time-out; only the total can end it."""
    done = threading.Event()

    def drip(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 x\r\nX: " if part == "head" else http(200, b"x" * 1000)[:-999])
        while not done.wait(0.05):
            connection.sendall(b"x")

    hub.operation = [drip]
    assert client(hub, trusted.ca_pem, total=SOON).submit(PARCEL) == Unreachable(Unreached.TIMED_OUT)
    done.set()


def test_silence_ends_at_the_total_deadline_too(hub: Hub, trusted: Authority) -> None:
    done = threading.Event()

    def silent(_connection: socket.socket) -> None:
        done.wait(PATIENCE)

    hub.operation = [silent]
    assert client(hub, trusted.ca_pem, total=SOON).submit(PARCEL) == Unreachable(Unreached.TIMED_OUT)
    done.set()


def test_a_handshake_that_never_ends_is_cut(trusted: Authority) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        clock = HubClock()
        found = HubClient(f"https://127.0.0.1:{mute.getsockname()[1]}", trusted.ca_pem, clock, None, SOON).health()
    assert found == Unreachable(Unreached.TIMED_OUT)


def test_nobody_listening_is_no_connection(hub: Hub, trusted: Authority) -> None:
    hub.server.close()
    assert client(hub, trusted.ca_pem).submit(PARCEL) == Unreachable(Unreached.NO_CONNECTION)


def test_every_exchange_ends_its_connection_also_where_the_other_side_keeps_it(hub: Hub, trusted: Authority) -> None:
    """Left open, it would be used again, and lose what is sent into it the moment the other side closes it."""
    ended: list[bytes] = []

    def keeps(connection: socket.socket) -> None:
        connection.sendall(http(200, ACCEPTED))
        connection.settimeout(PATIENCE)
        ended.append(connection.recv(1))
        done.set()

    done = threading.Event()
    hub.operation = [keeps]
    asker = client(hub, trusted.ca_pem)
    assert isinstance(asker.submit(PARCEL), TicketAccepted)
    assert done.wait(PATIENCE)
    assert ended == [b""]


def test_a_stale_token_is_renewed_once_and_then_reused(hub: Hub, trusted: Authority) -> None:
    hub.operation = [http(401, {"code": "not_trusted"}), http(200, ACCEPTED)]
    asker = client(hub, trusted.ca_pem)
    assert isinstance(asker.submit(PARCEL), TicketAccepted)
    assert isinstance(asker.submit(PARCEL), TicketAccepted)
    assert hub.tokens == 2
    assert b"Bearer t2" in hub.server.requests[-1]


def test_a_kiosk_the_hub_does_not_know_asks_twice_and_no_more(hub: Hub, trusted: Authority) -> None:
    hub.operation = [http(401, {"code": "not_trusted"})]
    assert client(hub, trusted.ca_pem).submit(PARCEL) == Unreachable(Unreached.NOT_TRUSTED)
    assert hub.tokens == 2


def test_a_visit_that_is_over_does_not_cost_the_kiosk_its_token(hub: Hub, trusted: Authority) -> None:
    hub.operation = [http(401, {"code": "no_visit"})]
    assert client(hub, trusted.ca_pem).my_tickets("gone") == Refused("no_visit")
    assert hub.tokens == 1


def test_an_address_without_tls_is_a_mistake_in_the_configuration(trusted: Authority) -> None:
    with pytest.raises(ValueError, match="https"):
        HubClient("http://127.0.0.1:1", trusted.ca_pem, HubClock())
