"""GET /v1/account, POST /v1/account/acts."""

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


def router(parts: Parts) -> Router:
    desk = accounts.Desk(
        parts.store, parts.directory, parts.keys, policy_of(parts.settings.rules), parts.clock, parts.notices
    )

    def asked(request: Asked) -> accounts.Asked:
        return accounts.Asked(request.headers.get("authorization", ""), request.headers.get(routes.VISIT_HEADER, ""))

    @get(routes.ACCOUNT, sync_to_thread=True, operation_id="account", responses=answers(400, 401, 403, 422))
    def account(request: Asked, act: FromQuery[AccountAct]) -> AccountSeen:
        found = accounts.see(desk, asked(request), act)
        if isinstance(found, No):
            raise Refused(found)
        return found

    @post(
        routes.ACCOUNT_ACTS,
        status_code=200,
        sync_to_thread=True,
        operation_id="accountAct",
        responses=answers(400, 401, 403, 409, 422),
    )
    def act_on(request: Asked, data: JSONBody[AccountOrder]) -> ActDone | ActRefused:
        answer = accounts.do(desk, asked(request), data.envelope)
        if isinstance(answer, No):
            raise Refused(answer)
        return answer

    return Router("/", route_handlers=[account, act_on], tags=["account"])
