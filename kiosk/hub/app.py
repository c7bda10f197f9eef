"""Composition root: the Litestar application from its parts."""

from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from typing import cast

from litestar import Litestar, Router
from litestar.concurrency import set_asyncio_executor
from litestar.openapi import OpenAPIConfig

from kiosk.hub.api import (
    account,
    approvals,
    article_page,
    brought,
    campus,
    card_relay,
    cards,
    desk,
    enrolment,
    follow,
    identity,
    knowledge,
    lost_cards,
    not_mine,
    operations,
    pay_page,
    phone_page,
    phone_sign_in,
    portal,
    presence,
    simulated_campus,
    slips,
    tickets,
    top_ups,
    upkeep,
)
from kiosk.hub.api.frame import Application, Frame
from kiosk.hub.api.openapi import document, refuse_unknown_fields, tell_answers_apart
from kiosk.hub.api.problems import HANDLERS
from kiosk.hub.console import router as console
from kiosk.hub.parts import Parts
from kiosk.wire.routes import MAX_REQUEST

#: Services run on this many threads; requests beyond wait, up to api.frame.MOST_AT_ONCE of them.
SERVICE_THREADS = 12
_FOR_KIOSKS = (
    campus,
    enrolment,
    operations,
    identity,
    phone_sign_in,
    tickets,
    slips,
    account,
    knowledge,
    portal,
    lost_cards,
    card_relay,
    cards,
    top_ups,
    presence,
    upkeep,
    desk,
)
_FOR_PHONES = (follow, brought, not_mine, article_page, approvals, pay_page, phone_page, simulated_campus)


def make_app(parts: Parts) -> Application:
    """Everything kiosks, phones and staff ask for."""
    app = _litestar(
        [module.router(parts) for module in (*_FOR_KIOSKS, *_FOR_PHONES, console)],
        document(parts.version),
    )
    refuse_unknown_fields(app)
    tell_answers_apart(app)
    return Frame(cast("Application", app), parts.clock)


def make_follow_app(parts: Parts) -> Application:
    """Only the phone pages, for a machine that the internet may reach."""
    routers = [module.router(parts) for module in _FOR_PHONES]
    return Frame(cast("Application", _litestar(routers, None)), parts.clock)


def _litestar(routers: list[Router], openapi: OpenAPIConfig | None) -> Litestar:
    set_asyncio_executor(ThreadPoolExecutor(SERVICE_THREADS, thread_name_prefix="service"))
    return Litestar(
        route_handlers=routers,
        exception_handlers=HANDLERS,
        openapi_config=openapi,
        request_max_body_size=MAX_REQUEST,
        logging_config=None,
        debug=False,
    )


def program_version() -> str:
    try:
        return version("campus-kiosk")
    except PackageNotFoundError:
        return "0"
