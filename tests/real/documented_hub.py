"""A running hub, its OpenAPI document, a kiosk enrolled there, and what is held against the document."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import requests
import schemathesis

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import CardPresent, Factor, Proofs
from kiosk.hub.config import Settings
from kiosk.hub.place import open_existing
from kiosk.hub.services.sessions import begin
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire import routes
from tests.devices.desfire_card import APPLICATION, MASTER, REST
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.real.plain_kiosk import PlainKiosk

#: Everything a visitor can show without a genuine card.
PROOFS: Proofs = frozenset({Factor.PIN, Factor.CODE, CardPresent(CardProof.C0_UID)})
_TABLES = f"""[card_keys]
application = "{APPLICATION.hex()}"
key_file = "card.key"
diversify_with = "{REST.hex()}"
"""


@dataclass
class DocumentedHub:
    """``said``: operations that have said yes in a way the document knows."""

    hub: RunningHub
    store: Store
    messages: Path
    document: dict[str, Any]
    said: set[tuple[str, str]] = field(default_factory=set)

    @property
    def schema(self) -> Any:
        return schemathesis.openapi.from_dict(self.document)

    def visit(self, kiosk: PlainKiosk, person: str = "zhang-ming") -> dict[str, str]:
        """The header of a session that has just begun, with everything proven."""
        with self.store.write() as db:
            row, who = db.get_one(Kiosk, kiosk.id), db.get_one(Person, person)
            return {routes.VISIT_HEADER: begin(db, row, who, PROOFS, datetime.now(UTC))}

    def ask(
        self, kiosk: PlainKiosk, method: str, path: str, message: object = None, *, named: str = "", **headers: str
    ) -> requests.Response:
        """``named``: the path as the document has it, where it is another. Only a yes that the document describes."""
        body = b"" if message is None else msgspec.json.encode(message)
        answer = kiosk.send(method, path, body, **headers)
        named = named or path.partition("?")[0]
        assert answer.ok, f"{method} {path}: {answer.status_code} {answer.text}"
        self.schema[named][method].validate_response(answer)
        self.said.add((method, named))
        return answer


@contextmanager
def documented_hub(folder: Path) -> Iterator[DocumentedHub]:
    """With a payment provider, a sign-in page, card keys and phone pages: nothing of the contract is switched off."""
    data = folder / "hub"
    data.mkdir()
    (data / "card.key").write_text(MASTER.hex())
    (data / "card.key").chmod(0o600)
    messages = folder / "messages"
    options = ("--public-url", "own", "--messages", str(messages), "--payments", "simulated", "--sign-in", "simulated")
    with hub_with_sample(data, *options, tables=_TABLES) as hub:
        store = open_existing(Settings(), data)
        document: dict[str, Any] = PlainKiosk(hub.url, hub.ca).send("GET", "/schema/openapi.json").json()
        yield DocumentedHub(hub, store, messages, document)
        store.close()
