"""``python -m bench.bare_route --url DATABASE --tls FOLDER``: the anchor of tickets.py. A Litestar route that reads the
same message and does one INSERT into the same store, over the same TLS, served as the hub is; nothing else of ours."""

import asyncio
import socket
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import uvicorn
from litestar import Litestar, post
from litestar.concurrency import set_asyncio_executor
from litestar.params import JSONBody
from sqlalchemy import Column, LargeBinary, MetaData, String, Table, insert

from kiosk.hub.app import SERVICE_THREADS
from kiosk.hub.store.database import Store
from kiosk.hub.tls import prepare
from kiosk.wire.envelope import Envelope

ROUTE = "/insert"
READY = "ready "
_TABLE = Table(
    "bench_bare", MetaData(), Column("op", String, primary_key=True), Column("body", LargeBinary, nullable=False)
)


class Inserted(msgspec.Struct, frozen=True):
    op: str


def main() -> None:
    parser = ArgumentParser("bare_route")
    parser.add_argument("--url", required=True)
    parser.add_argument("--tls", type=Path, required=True)
    arguments = parser.parse_args()
    store = Store(arguments.url)
    with store.write() as db:
        _TABLE.create(db.connection())

    @post(ROUTE, status_code=200, sync_to_thread=True)
    def insert_one(data: JSONBody[Envelope]) -> Inserted:
        with store.write() as db:
            db.execute(insert(_TABLE).values(op=data.context.op, body=data.sealed))
        return Inserted(data.context.op)

    set_asyncio_executor(ThreadPoolExecutor(SERVICE_THREADS))
    app = Litestar([insert_one], openapi_config=None, logging_config=None)
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none")
    config.load()
    config.ssl = prepare(arguments.tls)
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        print(f"{READY}{listening.getsockname()[1]}", flush=True)
        asyncio.run(uvicorn.Server(config).serve(sockets=[listening]))


if __name__ == "__main__":
    main()
