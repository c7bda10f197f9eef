"""POST /v1/identity/sign-in, /look and /cancel: what the kiosk asks about a sign-in on the visitor's phone."""

from datetime import datetime
from typing import cast

from litestar import Router, post
from litestar.params import JSONBody
from sqlalchemy.orm import Session

from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import answers
from kiosk.hub.parts import Parts
from kiosk.hub.services import phone_sign_in
from kiosk.hub.services.phone_sign_in import NOT_OFFERED, Door
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import Kiosk
from kiosk.hub.web import reads_english
from kiosk.wire import routes
from kiosk.wire.identity import SignedIn, SignInAnswer, SignInEnded, SignInNamed, SignInWaits, SignInWanted

_ANSWERS = answers(400, 401, 403, 409, 422)


def router(parts: Parts) -> Router:
    door, offered = Door(parts.keys, parts.public_url), parts.sign_in is not None

    @post(routes.SIGN_IN, status_code=200, sync_to_thread=True, operation_id="signIn", responses=_ANSWERS)
    def begun(request: Asked, data: JSONBody[SignInWanted]) -> SignInWaits | SignInEnded | SignedIn:
        def service(db: Session, kiosk: Kiosk, now: datetime) -> SignInAnswer | No:
            return phone_sign_in.begin(db, door, kiosk, data, now) if offered else NOT_OFFERED

        return cast("SignInWaits | SignInEnded | SignedIn", for_kiosk(parts, request, service))

    @post(routes.SIGN_IN_LOOK, status_code=200, sync_to_thread=True, operation_id="lookAtSignIn", responses=_ANSWERS)
    def look(request: Asked, data: JSONBody[SignInWanted]) -> SignInWaits | SignInEnded | SignedIn:
        visit = request.headers.get(routes.VISIT_HEADER, "")
        latin = reads_english(request)

        def service(db: Session, kiosk: Kiosk, now: datetime) -> SignInAnswer | No:
            return phone_sign_in.look(db, door, kiosk, data, visit, now, latin=latin)

        return cast("SignInWaits | SignInEnded | SignedIn", for_kiosk(parts, request, service))

    @post(routes.SIGN_IN_CANCEL, status_code=200, sync_to_thread=True, operation_id="cancelSignIn", responses=_ANSWERS)
    def cancel(request: Asked, data: JSONBody[SignInNamed]) -> SignInEnded:
        return for_kiosk(parts, request, lambda db, kiosk, _now: phone_sign_in.cancel(db, kiosk, data.op))

    return Router("/", route_handlers=[begun, look, cancel], tags=["identity"])
