"""GET /v1/account, POST /v1/account/acts: on threads of their own, so that a slow directory starves nobody else."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from litestar import Router, get, post
from litestar.params import FromQuery, JSONBody

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.hub.api.door import Asked
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services import accounts
from kiosk.hub.services.refusal import No
from kiosk.wire import routes
from kiosk.wire.accounts import AccountOrder, ActDone, ActRefused

#: So many ask the directory at once, and so many more may wait for them; others are told to come back.
DIRECTORY_THREADS = 8
MOST_WAITING = 16

T = TypeVar("T")


def router(parts: Parts) -> Router:
    desk = accounts.Desk(
        parts.store, parts.directory, parts.keys, policy_of(parts.settings.rules), parts.clock, parts.notices
    )

    def asked(request: Asked) -> accounts.Asked:
        return accounts.Asked(request.headers.get("authorization", ""), request.headers.get(routes.VISIT_HEADER, ""))

    threads = ThreadPoolExecutor(DIRECTORY_THREADS, thread_name_prefix="directory")
    asking = 0

    async def on_own_thread(call: Callable[[], T | No]) -> T:
        nonlocal asking
        if asking >= DIRECTORY_THREADS + MOST_WAITING:
            raise Refused(No(503, "busy", "the directory is asked by too many"))
        asking += 1
        try:
            answer = await asyncio.get_running_loop().run_in_executor(threads, call)
        finally:
            asking -= 1
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    @get(routes.ACCOUNT, operation_id="account", responses=answers(400, 401, 403, 422))
    async def account(request: Asked, act: FromQuery[AccountAct]) -> AccountSeen:
        whose = asked(request)
        return await on_own_thread(lambda: accounts.see(desk, whose, act))

    @post(
        routes.ACCOUNT_ACTS,
        status_code=200,
        operation_id="accountAct",
        responses=answers(400, 401, 403, 409, 422),
    )
    async def act_on(request: Asked, data: JSONBody[AccountOrder]) -> ActDone | ActRefused:
        whose = asked(request)
        return await on_own_thread(lambda: accounts.do(desk, whose, data.envelope))

    return Router("/", route_handlers=[account, act_on], tags=["account"])
