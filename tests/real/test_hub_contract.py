"""The OpenAPI document the hub serves, held against the running hub: by generated requests (schemathesis), of an
enrolled kiosk at which somebody is proven and of nobody, and by one visit in which every operation says yes."""

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest
import requests
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import delete

from kiosk.domain.policy import Action
from kiosk.domain.release import Document
from kiosk.domain.upkeep import UpkeepAct
from kiosk.hub.builtin.directory import BuiltinDirectory
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.config import Settings
from kiosk.hub.keys import open_keys
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.release_codes import Desk, Given, Wanted, give
from kiosk.hub.store.tables import ArticlePicture, ArticleText, Person
from kiosk.messages import last_messages
from kiosk.wire import routes
from kiosk.wire.accounts import AccountOrder
from kiosk.wire.campus import Presence
from kiosk.wire.card_relay import CardAsk, CardMet, CardSaid
from kiosk.wire.cards import CardPinWanted, LimitsWanted, TopUpNamed, TopUpWanted
from kiosk.wire.cards_told import CancelLoss, CardLook, FoundCard, LossReport, OrderReplacement
from kiosk.wire.desk import EarlierWanted, LookUp, ShiftWanted
from kiosk.wire.enrolment import NONCE_BYTES, Assertion, Enrol, EnrolAsk, Enrolled, NumbersWanted, ask_bytes
from kiosk.wire.feedback import Feedback
from kiosk.wire.health import HealthReport
from kiosk.wire.identity import (
    CARD_PIN_KIND,
    NEW_CARD_PIN_KIND,
    NEW_PIN_KIND,
    CodeTyped,
    CodeWanted,
    ReleaseTyped,
    SignInNamed,
    SignInWanted,
)
from kiosk.wire.knowledge import TextsWanted, picture_id, text_id, unpacked_texts
from kiosk.wire.me_too import MeToo
from kiosk.wire.operations import OperationsTogether
from kiosk.wire.tickets import ActTold, SlipLook, TicketAct
from kiosk.wire.upkeep import LogSent, UpkeepWanted
from tests.counts import count
from tests.devices.desfire_card import DesfireCard
from tests.real.documented_hub import DocumentedHub, documented_hub
from tests.real.plain_kiosk import PlainKiosk, card, new_op

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
EACH = count(ci=25, full=300)
PICTURE = routes.PICTURE + "{id}"
ARTICLE = routes.ARTICLES + "/{id}"
#: Made by Litestar from these types, one per path of the contract.
OPERATIONS = {
    ("POST", routes.ENROL),
    ("POST", routes.ENROL_ASK),
    ("GET", routes.AUTHORITY),
    ("POST", routes.TOKEN),
    ("POST", routes.NUMBERS),
    ("GET", routes.CAMPUS),
    ("GET", routes.KNOWLEDGE),
    ("POST", routes.KNOWLEDGE_TEXTS),
    ("GET", PICTURE),
    ("GET", routes.ARTICLES),
    ("GET", ARTICLE),
    ("POST", routes.OPERATIONS),
    ("POST", routes.OPERATIONS_TOGETHER),
    ("POST", routes.PIN),
    ("POST", routes.NEW_PIN),
    ("POST", routes.UPKEEP),
    ("POST", routes.UPKEEP_LOG),
    ("POST", routes.DESK_SHIFT),
    ("DELETE", routes.DESK_SHIFT),
    ("POST", routes.DESK_LOOK),
    ("POST", routes.DESK_EARLIER),
    ("POST", routes.CODE),
    ("POST", routes.CODE_ANSWER),
    ("POST", routes.RELEASE),
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
#: Whoever asks needs no token.
OPEN = {routes.ENROL, routes.ENROL_ASK, routes.AUTHORITY, routes.TOKEN, routes.HEALTH, routes.ARTICLES, ARTICLE}
#: Asked with a shift in the place of a visit.
AT_DESK = {("POST", routes.DESK_LOOK), ("POST", routes.DESK_EARLIER), ("DELETE", routes.DESK_SHIFT)}
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
    "UpkeepWanted",
    "ShiftWanted",
    "LookUp",
    "EarlierWanted",
    "LogSent",
    "TextsWanted",
    "Presence",
    "HealthReport",
    "HealthLine",
    "SelfTestTold",
    "CodeWanted",
    "CodeTyped",
    "ReleaseTyped",
    "CardMet",
    "CardSaid",
    "OperationsTogether",
}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DocumentedHub]:
    with documented_hub(tmp_path_factory.mktemp("contract")) as running:
        yield running


@pytest.fixture(scope="module")
def kiosk(hub: DocumentedHub) -> PlainKiosk:
    return PlainKiosk(hub.hub.url, hub.hub.ca).enrol(hub.hub.code())


def test_the_document_names_every_route_of_the_contract(hub: DocumentedHub) -> None:
    named = {(method.upper(), path) for path, methods in hub.document["paths"].items() for method in methods}
    assert named == OPERATIONS


def test_what_the_hub_refuses_to_ignore_the_document_forbids(hub: DocumentedHub) -> None:
    schemas = {name.rpartition("_")[2]: schema for name, schema in hub.document["components"]["schemas"].items()}
    assert {name for name, schema in schemas.items() if schema.get("additionalProperties") is False} >= STRICT


SENT = [(*operation, GenerationMode.POSITIVE) for operation in sorted(OPERATIONS)]
SENT += [(*operation, GenerationMode.NEGATIVE) for operation in sorted(OPERATIONS) if operation[0] == "POST"]


@pytest.mark.parametrize(("method", "path", "mode"), SENT)
def test_the_hub_answers_as_its_document_says_to_a_kiosk_and_to_nobody(
    hub: DocumentedHub, kiosk: PlainKiosk, method: str, path: str, mode: GenerationMode
) -> None:
    """The kiosk has bought a token by its signed assertion; whoever stands there has shown all there is to show."""
    kiosk.renew()
    person = ADMIN if path in (routes.UPKEEP, routes.UPKEEP_LOG, routes.DESK_SHIFT) else STUDENT
    visit = shift(hub, kiosk) if (method, path) in AT_DESK else hub.visit(kiosk, person)
    trusted = {"Authorization": f"Bearer {kiosk.token}", **visit}
    told = set[int]()
    with requests.Session() as session:
        session.trust_env = False

        def answered(case: "Case[Any]", headers: dict[str, str]) -> int:
            said = case.call_and_validate(
                base_url=kiosk.url, session=session, verify=str(kiosk.ca), headers=headers, checks=CHECKS
            )
            return said.status_code

        @settings(max_examples=EACH, deadline=None, suppress_health_check=list(HealthCheck))
        @given(case=hub.schema[path][method].as_strategy(generation_mode=mode))
        def holds(case: "Case[Any]") -> None:
            told.add(answered(case, trusted))
            # what is not understood is refused before anybody asks who says it
            assert path in OPEN or answered(case, {"Authorization": "Bearer nobody's"}) in (400, 401, 404)

        holds()
    assert told != {401} or path == routes.TOKEN, "the kiosk and whoever stands there were known"


def test_every_operation_says_yes_once_as_the_document_says(hub: DocumentedHub) -> None:
    """One kiosk, from its enrolment to the end of one visit."""
    kiosk = PlainKiosk(hub.hub.url, hub.hub.ca)
    enrol(hub, kiosk)
    what_a_kiosk_fetches(hub, kiosk)
    who_stands_there(hub, kiosk)
    tickets(hub, kiosk, hub.visit(kiosk))
    account(hub, kiosk, hub.visit(kiosk))
    own_card(hub, kiosk, hub.visit(kiosk))
    at_desk(hub, kiosk)
    lost_card(hub, kiosk, hub.visit(kiosk))
    looked_after(hub, kiosk, hub.visit(kiosk, ADMIN))
    hub.ask(kiosk, "DELETE", routes.SESSION, **hub.visit(kiosk))
    assert hub.said == OPERATIONS


STUDENT, ADMIN = "zhang-ming", "yu-hua"
ZHANG, UID, PIN = card("04A1B2C3D4E580"), bytes.fromhex("04A1B2C3D4E580"), "739154"


def enrol(hub: DocumentedHub, kiosk: PlainKiosk) -> None:
    hub.ask(kiosk, "GET", routes.AUTHORITY)
    public = kiosk.key.public_key().public_bytes_raw()
    nonce = bytes(NONCE_BYTES)
    asked = EnrolAsk(public, kiosk.key.sign(ask_bytes(public, "", nonce)), "", nonce)
    assert hub.ask(kiosk, "POST", routes.ENROL_ASK, asked).json()["type"] == "waits"
    wish = Enrol(hub.hub.code("teach2-1f"), public)
    enrolled = msgspec.json.decode(hub.ask(kiosk, "POST", routes.ENROL, wish).content, type=Enrolled)
    kiosk.id, kiosk.hub_key, kiosk.block = enrolled.kiosk, enrolled.hub_keys[0], enrolled.block
    kiosk.token = hub.ask(kiosk, "POST", routes.TOKEN, Assertion(kiosk.assertion())).json()["token"]
    hub.ask(kiosk, "POST", routes.NUMBERS, NumbersWanted(new_op()))


def what_a_kiosk_fetches(hub: DocumentedHub, kiosk: PlainKiosk) -> None:
    picture = b"\xff\xd8\xff\xd9"
    with hub.store.write() as db:
        db.add(ArticlePicture(id=picture_id(picture), body=picture))
        db.add(ArticleText(id="pictured", body=b"{}", text=text_id(b"{}"), pictures=picture_id(picture)))
    assert hub.ask(kiosk, "GET", routes.PICTURE + picture_id(picture), named=PICTURE).content == picture
    for path in (routes.CAMPUS, routes.KNOWLEDGE):
        tag = hub.ask(kiosk, "GET", path).headers["etag"]
        assert hub.ask(kiosk, "GET", path, if_none_match=tag).status_code == 304
    texts = hub.ask(kiosk, "POST", routes.KNOWLEDGE_TEXTS, TextsWanted([text_id(b"{}")])).content
    assert unpacked_texts(texts) == {text_id(b"{}"): b"{}"}
    with hub.store.write() as db:
        db.execute(delete(ArticleText).where(ArticleText.id == "pictured"))
    (first, *_) = hub.ask(kiosk, "GET", f"{routes.ARTICLES}?text=VPN&language=en&audience=student").json()["articles"]
    told = hub.ask(kiosk, "GET", f"{routes.ARTICLES}/{first['id']}?language=en", named=ARTICLE).json()
    assert told["title"] == first["title"]
    hub.ask(kiosk, "GET", routes.HEALTH)
    hub.ask(kiosk, "POST", routes.PRESENCE, Presence("ready"))
    hub.ask(kiosk, "POST", routes.HEALTH_REPORT, HealthReport([]))


def who_stands_there(hub: DocumentedHub, kiosk: PlainKiosk) -> None:
    assert hub.ask(kiosk, "POST", routes.PIN, kiosk.attempt(ZHANG, "111222")).json()["type"] == "denied"
    assert hub.ask(kiosk, "POST", routes.PIN, kiosk.attempt(ZHANG, PIN)).json()["type"] == "accepted"
    op = new_op()
    assert hub.ask(kiosk, "POST", routes.CODE, CodeWanted(op, ZHANG, "phone")).json()["type"] == "sent"
    assert hub.ask(kiosk, "POST", routes.CODE, CodeWanted(new_op(), ZHANG, "phone")).json()["type"] == "waits"
    code = re.search(r"\b\d{6}\b", last_messages(hub.messages)[-1])
    assert code
    assert hub.ask(kiosk, "POST", routes.CODE_ANSWER, CodeTyped(op, ZHANG, code[0])).json()["type"] == "accepted"
    released = ReleaseTyped(new_op(), ZHANG, desk_code(hub))
    assert hub.ask(kiosk, "POST", routes.RELEASE, released).json()["type"] == "accepted"
    signing_in = SignInWanted(new_op(), ZHANG)
    for path in (routes.SIGN_IN, routes.SIGN_IN_LOOK):
        assert hub.ask(kiosk, "POST", path, signing_in).json()["type"] == "waits"
    named = SignInNamed(signing_in.op)
    assert hub.ask(kiosk, "POST", routes.SIGN_IN_CANCEL, named).json()["type"] == "ended"
    visit, kinds = hub.visit(kiosk), []
    for pin in ("123456", "284719"):
        wanted = kiosk.attempt(ZHANG, pin, kind=NEW_PIN_KIND)
        kinds.append(hub.ask(kiosk, "POST", routes.NEW_PIN, wanted, **visit).json()["type"])
    assert kinds == ["not_stored", "stored"]
    hub.ask(kiosk, "POST", routes.CARD_LOOK, CardLook(ZHANG))
    proves_itself(hub, kiosk)


def desk_code(hub: DocumentedHub) -> str:
    """An engineer gives one to the owner of the card that is tapped."""
    with hub.store.read() as db:
        number = db.get_one(Person, "zhang-ming").number
    directory = BuiltinDirectory(hub.store, PinHasher(Settings().pin))
    keys, notices = open_keys(hub.hub.data / "keys"), BuiltinNotices(now)
    seen = frozenset({Document.PASSPORT})
    given = give(Desk(hub.store, directory, keys, notices, now, ""), Wanted("dong-mei", number, Action.SET_PIN, seen))
    assert isinstance(given, Given)
    return given.code.reveal()


def now() -> datetime:
    return datetime.now(UTC)


def proves_itself(hub: DocumentedHub, kiosk: PlainKiosk) -> None:
    """A card whose keys are not the campus's: what the hub asks of it, and what it says of it in the end."""
    answer, other = hub.ask(kiosk, "POST", routes.CARD_MET, CardMet(UID)).json(), DesfireCard(UID, {0: bytes(16)})
    while answer["type"] == "ask":
        asked = msgspec.convert(answer, type=CardAsk)
        said = other(bytes([0x90, asked.command, 0, 0, len(asked.data)]) + asked.data + b"\0")
        told = CardSaid(asked.relay, asked.turn, int.from_bytes(said[-2:]), said[:-2])
        answer = hub.ask(kiosk, "POST", routes.CARD_SAID, told).json()
    assert answer["type"] == "not_proven"


def tickets(hub: DocumentedHub, kiosk: PlainKiosk, visit: dict[str, str]) -> None:
    report = kiosk.report(session=visit[routes.VISIT_HEADER])
    page = hub.ask(kiosk, "POST", routes.OPERATIONS, kiosk.envelope(report)).json()["page"]
    hub.ask(kiosk, "GET", routes.MY_TICKETS, **visit)
    hub.ask(kiosk, "POST", routes.TICKET_ACT, TicketAct(new_op(), report.reference, "comment", "三楼"), **visit)
    hub.ask(kiosk, "POST", routes.SLIP_LOOK, SlipLook(page.rpartition("/")[2]))
    found = FoundCard("zh", card("9F3A21C4"), "it-desk", kiosk.now())
    told = Feedback("zh", "article:wifi", "good", kiosk.now())
    too = MeToo("zh", "nothing", "library", None, kiosk.now())
    act = ActTold(report.reference, "zh", "comment", "二楼", visit[routes.VISIT_HEADER], kiosk.now())
    others = {
        "found_card": (found, ""),
        "feedback": (told, ""),
        "me_too": (too, ""),
        "ticket_act": (act, act.reference),
    }
    sealed = [kiosk.seal(msgspec.json.encode(payload), about, kind=kind) for kind, (payload, about) in others.items()]
    for envelope in sealed:
        hub.ask(kiosk, "POST", routes.OPERATIONS, envelope)
    again = hub.ask(kiosk, "POST", routes.OPERATIONS_TOGETHER, OperationsTogether(sealed)).json()
    assert [answer["status"] for answer in again["answers"]] == [200] * len(sealed)


def account(hub: DocumentedHub, kiosk: PlainKiosk, visit: dict[str, str]) -> None:
    kinds = []
    for act, payload in (("unlock", b"{}"), ("reset", b"\0river-Stone-74")):
        handle = hub.ask(kiosk, "GET", f"{routes.ACCOUNT}?act={act}", **visit).json()["handle"]
        expires = (kiosk.now() + timedelta(minutes=9)).isoformat()
        order = AccountOrder(kiosk.seal(payload, handle, kind=act, expires=expires))
        kinds.append(hub.ask(kiosk, "POST", routes.ACCOUNT_ACTS, order, **visit).json()["type"])
    assert kinds == ["refused", "done"], "it was not locked"


def own_card(hub: DocumentedHub, kiosk: PlainKiosk, visit: dict[str, str]) -> None:
    for path in (routes.CARD, routes.BALANCE, routes.MOVEMENTS):
        hub.ask(kiosk, "GET", path, **visit)
    hub.ask(kiosk, "POST", routes.CARD_LIMITS, LimitsWanted(new_op(), 5000), **visit)
    new = kiosk.attempt(ZHANG, "735914", kind=NEW_CARD_PIN_KIND).envelope
    for present, kind in (("111222", "denied"), ("284719", "stored")):
        typed = kiosk.attempt(ZHANG, present, kind=CARD_PIN_KIND).envelope
        wanted = CardPinWanted(new_op(), ZHANG, new, typed)
        assert hub.ask(kiosk, "POST", routes.CARD_PIN, wanted, **visit).json()["type"] == kind
        new = kiosk.attempt(ZHANG, "735914", kind=NEW_CARD_PIN_KIND).envelope
    order = TopUpWanted(new_op(), 5000)
    hub.ask(kiosk, "POST", routes.TOP_UP, order, **visit)
    hub.ask(kiosk, "POST", routes.TOP_UP_STATE, TopUpNamed(order.op), **visit)
    hub.ask(kiosk, "POST", routes.TOP_UP_CANCEL, TopUpNamed(order.op), **visit)


def looked_after(hub: DocumentedHub, kiosk: PlainKiosk, visit: dict[str, str]) -> None:
    hub.ask(kiosk, "POST", routes.UPKEEP, UpkeepWanted(UpkeepAct.RESTART), **visit)
    hub.ask(kiosk, "POST", routes.UPKEEP_LOG, LogSent(gzip.compress(b"{}\n")), **visit)


def shift(hub: DocumentedHub, kiosk: PlainKiosk) -> dict[str, str]:
    """The header of a shift that has just begun."""
    opened = hub.ask(kiosk, "POST", routes.DESK_SHIFT, ShiftWanted("zh"), **hub.visit(kiosk, ADMIN))
    return {routes.VISIT_HEADER: opened.json()["shift"]}


def at_desk(hub: DocumentedHub, kiosk: PlainKiosk) -> None:
    header = shift(hub, kiosk)
    found = hub.ask(kiosk, "POST", routes.DESK_LOOK, LookUp("zh", ZHANG), **header).json()["people"]
    hub.ask(kiosk, "POST", routes.DESK_EARLIER, EarlierWanted(found[0]["handle"]), **header)
    hub.ask(kiosk, "DELETE", routes.DESK_SHIFT, **header)


def lost_card(hub: DocumentedHub, kiosk: PlainKiosk, visit: dict[str, str]) -> None:
    for _ in range(2):
        lost = LossReport(kiosk.next_reference(), "zh", ZHANG, visit[routes.VISIT_HEADER], None, kiosk.now())
        sealed = kiosk.seal(msgspec.json.encode(lost), lost.reference, kind="card_loss")
        assert hub.ask(kiosk, "POST", routes.OPERATIONS, sealed).json()["effect"] == "blocked"
        assert hub.ask(kiosk, "GET", routes.CARD_LOSS, **visit).json()["state"] == "lost"
        if ("POST", routes.CANCEL_LOSS) not in hub.said:
            hub.ask(kiosk, "POST", routes.CANCEL_LOSS, CancelLoss(new_op()), **visit)
    hub.ask(kiosk, "POST", routes.REPLACEMENT, OrderReplacement(new_op(), 1500), **visit)
