"""The hub as a running program: everything is checked and opened before the port is, and it ends on SIGTERM."""

import asyncio
import contextlib
import signal
import socket
import ssl
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from kiosk.hub.api.frame import Application
from kiosk.hub.api.top_ups import top_ups_of
from kiosk.hub.app import make_app, make_follow_app, program_version
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.campus_systems import articles_of, cards_of, directory_of, helpdesk_of, sign_in_of
from kiosk.hub.card_settings import SIMULATED
from kiosk.hub.checking import look_at
from kiosk.hub.clock import Clock
from kiosk.hub.config import Settings
from kiosk.hub.courier import Between, Courier
from kiosk.hub.gateways import gateways_of, notices_of
from kiosk.hub.keys import open_keys
from kiosk.hub.logs import event, start_log
from kiosk.hub.nightly import NightlyPeople
from kiosk.hub.nightly_articles import NightlyArticles
from kiosk.hub.parts import Parts
from kiosk.hub.place import database_url
from kiosk.hub.postman import Postman
from kiosk.hub.services import approvals, escalations, figure_counting, leavers
from kiosk.hub.services.book import Book, NoCampus, read_book
from kiosk.hub.services.helpdesk_outbox import settle_in
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import upgrade
from kiosk.hub.sweeping import Sweeper
from kiosk.hub.tls import prepare

#: What runs when SIGTERM comes has this long; with it the hub ends within five seconds.
GRACE_SECONDS = 2
KEEP_ALIVE_SECONDS = 20
BACKLOG = 128
#: ``--public-url own``: phones reach the hub at the address it serves (the demo).
OWN_ADDRESS = "own"


@dataclass(frozen=True, slots=True)
class Serving:
    """``port`` 0 chooses a free one. ``follow_only``: nothing but the phone page, for a DMZ. ``messages``: what
    people are told is appended there, for the drawer of a simulated campus. ``file``: where the settings are from."""

    data: Path
    host: str
    port: int
    settings: Settings
    clock: Clock
    follow_only: bool = False
    public_url: str = ""
    messages: Path | None = None
    file: Path | None = None


def serve(serving: Serving) -> None:
    """Returns after SIGTERM or SIGINT. Raises before the port answers if anything is not as it must be."""
    start_log(serving.data / "log", serving.clock)
    store = Store(database_url(serving.settings, serving.data))
    try:
        upgrade(store)
        tls = prepare(serving.data / "tls", serving.settings.host_names)
        keys = open_keys(serving.data / "keys")
        with socket.create_server((serving.host, serving.port), backlog=BACKLOG) as listening:
            address = f"https://{serving.host}:{listening.getsockname()[1]}"
            wanted = serving.public_url or serving.settings.public_url
            public_url = address if wanted == OWN_ADDRESS else wanted.rstrip("/")
            hasher = PinHasher(serving.settings.pin)
            cards = cards_of(serving.settings.cards, store, hasher)
            simulated = serving.settings.cards.payments == SIMULATED and public_url
            payments = SimulatedPayments(store, serving.clock, public_url) if simulated else None
            directory = directory_of(serving.settings.directory, store, hasher, serving.clock)
            parts = Parts(
                serving.settings,
                store,
                hasher,
                keys,
                serving.clock,
                public_url,
                program_version(),
                cards,
                directory,
                notices_of(serving.settings, serving.clock, serving.messages),
                payments,
                serving.data / "photos",
                lambda: look_at(serving.settings, serving.file, _book(store), serving.clock),
                sign_in_of(serving.settings.sign_in, keys, public_url, serving.clock),
                authority=(serving.data / "tls" / "ca.pem").read_text(encoding="ascii"),
            )
            app = make_follow_app(parts) if serving.follow_only else make_app(parts)
            workers = [] if serving.follow_only else _workers(parts)
            for worker in workers:
                worker.start()
            try:
                _run(app, tls, listening, address)
            finally:
                for worker in workers:
                    worker.stop()
                directory.close()
    finally:
        store.close()


def _book(store: Store) -> Book | None:
    """The campus, where there is one yet."""
    try:
        with store.read() as db:
            return read_book(db)
    except NoCampus:
        return None


def _workers(parts: Parts) -> list[Sweeper | Postman | Courier]:
    workers: list[Sweeper | Postman | Courier] = [Sweeper(_jobs(parts))]
    gateways = gateways_of(parts.settings)
    if gateways:
        workers.append(Postman(parts.store, gateways, parts.clock))
    if parts.settings.knowledge is not None:  # in a thread of its own: nothing else waits for a slow knowledge base
        source = articles_of(parts.settings.knowledge, parts.settings.helpdesk)
        nightly = NightlyArticles(parts.store, parts.clock, parts.settings.knowledge, source)
        workers.append(Sweeper([nightly.sweep]))
    wanted = parts.settings.helpdesk
    with parts.store.write() as db:
        settle_in(db, wanted.name if wanted else "", parts.clock())
    if wanted is not None:
        helpdesk = helpdesk_of(wanted)
        workers.append(Courier(Between(parts.store, helpdesk, wanted, parts.notices, parts.clock, parts.public_url)))
    return workers


def _jobs(parts: Parts) -> list[Callable[[], object]]:
    jobs: list[Callable[[], object]] = [
        lambda: approvals.sweep(parts.store, parts.notices, parts.public_url, parts.clock()),
        lambda: leavers.sweep(parts.store, parts.notices, parts.public_url, parts.clock()),
        lambda: escalations.sweep(parts.store, parts.notices, parts.public_url, parts.clock()),
        lambda: figure_counting.sweep(parts.store, parts.clock()),
    ]
    if parts.settings.people is not None:
        jobs.append(NightlyPeople(parts.store, parts.notices, parts.clock, parts.settings.people).sweep)
    top_ups = top_ups_of(parts)
    return [*jobs, top_ups.sweep] if top_ups else jobs


def _run(app: Application, tls: ssl.SSLContext, listening: socket.socket, address: str) -> None:
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        lifespan="on",
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
        ws="none",
    )
    config.load()
    config.ssl = tls
    asyncio.run(_Server(config, address).serve(sockets=[listening]))


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self._address = address

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            event("ready")
            print(f"hub ready {self._address}", flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # A TLS connection that is idle would be waited for until its kiosk closes it.
        for connection in list(self.server_state.connections):
            cycle = getattr(connection, "cycle", None)
            if cycle is None or cycle.response_complete:
                connection.transport.abort()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        # uvicorn's own raises the signal again at the end; asked to end, the hub ends with status 0.
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
            event("ended")
            sys.stdout.flush()
