"""POST, DELETE /v1/desk/...: staff at the desk of a kiosk."""

from litestar import Router, delete, post
from litestar.params import JSONBody

from kiosk.domain.desk_work import DeskOpened, EarlierMatters, RequestersFound
from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services import desk_look_ups, desk_shifts
from kiosk.hub.services.book import read_book
from kiosk.wire import routes
from kiosk.wire.desk import EarlierWanted, LookUp, ShiftWanted


def router(parts: Parts) -> Router:
    policy = policy_of(parts.settings.rules)

    @post(
        routes.DESK_SHIFT,
        status_code=200,
        sync_to_thread=True,
        operation_id="deskOpen",
        responses=answers(400, 401, 403),
    )
    def opened(request: Asked, data: JSONBody[ShiftWanted]) -> DeskOpened:
        latin = data.language == Language.EN
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: desk_shifts.open_shift(
                db, read_book(db), policy, kiosk, _token(request), now, latin=latin
            ),
        )

    @post(
        routes.DESK_LOOK,
        status_code=200,
        sync_to_thread=True,
        operation_id="deskLook",
        responses=answers(400, 401, 403, 422),
    )
    def looked(request: Asked, data: JSONBody[LookUp]) -> RequestersFound:
        language = Language.EN if data.language == Language.EN else Language.ZH
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: desk_look_ups.look_up(
                db,
                desk_look_ups.Desk(read_book(db), parts.directory, language),
                kiosk,
                _token(request),
                data,
                now,
            ),
        )

    @post(
        routes.DESK_EARLIER,
        status_code=200,
        sync_to_thread=True,
        operation_id="deskEarlier",
        responses=answers(400, 401, 403, 422),
    )
    def earlier(request: Asked, data: JSONBody[EarlierWanted]) -> EarlierMatters:
        return for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: desk_look_ups.earlier(db, read_book(db), kiosk, _token(request), data.handle, now),
        )

    @delete(
        routes.DESK_SHIFT,
        status_code=204,
        sync_to_thread=True,
        operation_id="endDeskShift",
        responses=answers(401, 403),
    )
    def ended(request: Asked) -> None:
        for_kiosk(parts, request, lambda db, kiosk, now: desk_shifts.end_shift(db, kiosk, _token(request), now))

    return Router("/", route_handlers=[opened, looked, earlier, ended], tags=["desk"])


def _token(request: Asked) -> str:
    return request.headers.get(routes.VISIT_HEADER, "")
