"""GET /v1/campus (ETag, 304) and /v1/health."""

from datetime import datetime
from zoneinfo import ZoneInfo

from litestar import Response, Router, get
from sqlalchemy.orm import Session

from kiosk.domain.campus import CampusAccount
from kiosk.hub.api.door import Asked, for_kiosk
from kiosk.hub.api.problems import Refused, answers
from kiosk.hub.parts import Parts
from kiosk.hub.rules import policy_of
from kiosk.hub.services import announcements
from kiosk.hub.services.book import read_book
from kiosk.hub.services.campus import campus_of
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import Kiosk
from kiosk.wire import routes
from kiosk.wire.campus import CampusAnswer
from kiosk.wire.enrolment import Health


def router(parts: Parts) -> Router:
    @get(routes.CAMPUS, sync_to_thread=True, operation_id="campus", responses=answers(304, 401, 403))
    def campus(request: Asked) -> Response[CampusAnswer | None]:
        account = parts.directory.account()
        shown = for_kiosk(
            parts,
            request,
            lambda db, kiosk, now: _shown(parts, db, kiosk, account, now),
            reading=True,
        )
        if shown is None:
            raise Refused(No(503, "no_place", "the place of this kiosk is not on the campus any more", 30))
        tag = f'"{shown.campus.version}"'
        headers = {"etag": tag, "cache-control": "private, no-cache"}
        if request.headers.get("if-none-match") == tag:
            return Response(None, status_code=304, headers=headers)
        return Response(shown, headers=headers)

    @get(routes.HEALTH, sync_to_thread=True, operation_id="health", security=[], responses=answers())
    def health() -> Health:
        with parts.store.read() as db:
            read_book(db)
        return Health("ok", parts.version)

    return Router("/", route_handlers=[campus, health], tags=["campus"])


def _shown(
    parts: Parts, db: Session, kiosk: Kiosk, account: CampusAccount | None, now: datetime
) -> CampusAnswer | None:
    book = read_book(db)
    return campus_of(
        kiosk,
        book,
        parts.keys.public,
        parts.public_url,
        parts.cards.capabilities(db),
        parts.payments.terms if parts.payments else None,
        account,
        announcements.at_kiosk(db, book, kiosk.place, now),
        policy=policy_of(parts.settings.rules),
        phone_sign_in=parts.sign_in is not None,
        today=now.astimezone(ZoneInfo(book.zone)).date(),
    )
