"""GET and POST /s/campus: the simulated campus's sign-in page. Only where it is set up."""

from litestar import Response, Router, get, post

from kiosk.domain.language import Language
from kiosk.hub.api.door import Asked
from kiosk.hub.api.pages import form_of, page_maker, text_of, wanted_language
from kiosk.hub.parts import Parts
from kiosk.hub.services.simulated_campus import CAMPUS_PAGE, CampusSide, simulated_page


def router(parts: Parts) -> Router:
    campus = parts.sign_in
    if not isinstance(campus, CampusSide):
        return Router("/", route_handlers=[])
    make = page_maker("simulated_campus.html", "follow.css", forms=True)

    @get(CAMPUS_PAGE, sync_to_thread=True, include_in_schema=False)
    def see(request: Asked) -> Response[str]:
        page = simulated_page(wanted_language(request) or Language.ZH)
        return make(page, 200, state=request.query_params.get("state", ""))

    @post(CAMPUS_PAGE, status_code=303, include_in_schema=False)
    async def pressed(request: Asked) -> Response[str]:
        form = await form_of(request)
        number = "" if "decline" in form else text_of(form, "number").strip()
        where = campus.signed_in(text_of(form, "state"), number, silent="silent" in form)
        return Response("", status_code=303, headers={"location": where})

    return Router("/", route_handlers=[see, pressed])
