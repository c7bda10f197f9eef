"""The OpenAPI document the hub serves, held against the running hub by generated requests (schemathesis)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from kiosk.wire import routes
from tests.counts import count
from tests.real.hub_process import hub_with_sample
from tests.real.plain_kiosk import PlainKiosk

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EACH = count(ci=15, full=300)
#: Made by Litestar from these types, one per path of the contract.
OPERATIONS = {
    ("POST", routes.ENROL),
    ("POST", routes.TOKEN),
    ("POST", routes.NUMBERS),
    ("GET", routes.CAMPUS),
    ("GET", routes.KNOWLEDGE),
    ("GET", routes.PICTURE + "{id}"),
    ("POST", routes.OPERATIONS),
    ("POST", routes.PIN),
    ("POST", routes.NEW_PIN),
    ("POST", routes.CODE),
    ("POST", routes.CODE_ANSWER),
    ("POST", routes.SIGN_IN),
    ("POST", routes.SIGN_IN_LOOK),
    ("POST", routes.SIGN_IN_CANCEL),
    ("DELETE", routes.SESSION),
    ("GET", routes.MY_TICKETS),
    ("POST", routes.TICKET_ACT),
    ("POST", routes.SLIP_LOOK),
    ("POST", routes.PRESENCE),
    ("POST", routes.HEALTH_REPORT),
    ("GET", routes.ACCOUNT),
    ("POST", routes.ACCOUNT_ACTS),
    ("POST", routes.CARD_LOOK),
    ("POST", routes.CARD_MET),
    ("POST", routes.CARD_SAID),
    ("GET", routes.CARD_LOSS),
    ("POST", routes.CANCEL_LOSS),
    ("POST", routes.REPLACEMENT),
    ("GET", routes.CARD),
    ("GET", routes.BALANCE),
    ("GET", routes.MOVEMENTS),
    ("POST", routes.TOP_UP),
    ("POST", routes.TOP_UP_STATE),
    ("POST", routes.TOP_UP_CANCEL),
    ("POST", routes.CARD_LIMITS),
    ("POST", routes.CARD_PIN),
    ("GET", routes.HEALTH),
}
STRICT = {
    "Enrol",
    "NumbersWanted",
    "Assertion",
    "Envelope",
    "Context",
    "PinAttempt",
    "SignInWanted",
    "SignInNamed",
    "CardClaimed",
    "NumberClaimed",
    "TicketAct",
    "SlipLook",
    "Presence",
    "HealthReport",
    "HealthLine",
    "SelfTestTold",
    "CodeWanted",
    "CodeTyped",
    "CardMet",
    "CardSaid",
}


@pytest.fixture(scope="module")
def kiosk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PlainKiosk]:
    folder: Path = tmp_path_factory.mktemp("contract")
    with hub_with_sample(folder) as hub:
        yield PlainKiosk(hub.url, hub.ca).enrol(hub.code())


@pytest.fixture(scope="module")
def document(kiosk: PlainKiosk) -> dict[str, Any]:
    found: dict[str, Any] = kiosk.send("GET", "/schema/openapi.json").json()
    return found


def test_the_document_names_every_route_of_the_contract(document: dict[str, Any]) -> None:
    named = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert named == OPERATIONS


def test_what_the_hub_refuses_to_ignore_the_document_forbids(document: dict[str, Any]) -> None:
    schemas = {name.rpartition("_")[2]: schema for name, schema in document["components"]["schemas"].items()}
    assert {name for name, schema in schemas.items() if schema.get("additionalProperties") is False} >= STRICT


SENT = [(*operation, GenerationMode.POSITIVE) for operation in sorted(OPERATIONS)]
SENT += [(*operation, GenerationMode.NEGATIVE) for operation in sorted(OPERATIONS) if operation[0] == "POST"]


@pytest.mark.parametrize(("method", "path", "mode"), SENT)
def test_the_hub_answers_as_its_document_says(
    kiosk: PlainKiosk, document: dict[str, Any], method: str, path: str, mode: GenerationMode
) -> None:
    found = schemathesis.openapi.from_dict(document)[path][method]

    @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=found.as_strategy(generation_mode=mode))
    def holds(case: "schemathesis.Case[Any]") -> None:
        with requests.Session() as session:
            session.trust_env = False
            case.call_and_validate(
                base_url=kiosk.url,
                session=session,
                verify=str(kiosk.ca),
                headers={"Authorization": f"Bearer {kiosk.token}"},
                checks=CHECKS,
            )

    holds()
