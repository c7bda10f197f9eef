"""What every page of the hub asks of a request, whoever it is for."""

from typing import Any

from litestar import Request

from kiosk.domain.language import Language

Asked = Request[Any, Any, Any]
#: What a browser says of a form that came from the page itself; one that says nothing is an old one.
FROM_HERE = frozenset({"", "same-origin", "none"})
#: Where the console's pages are. Named here because the frame around every request knows it too.
CONSOLE = "/console"
CONSOLE_LIVE = f"{CONSOLE}/live"
#: An article typed in the console in both languages, as a browser sends it, bytes.
MAX_ARTICLE_REQUEST = 1024 * 1024


async def form_of(request: Asked) -> dict[str, Any]:
    """Fields by name; of two with one name the last."""
    return dict((await request.form()).multi_items())


def text_of(form: dict[str, Any], name: str) -> str:
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def address(request: Asked) -> str:
    return request.client.host if request.client else ""


def reads_english(request: Asked) -> bool:
    """A kiosk's visitor, by what the kiosk says of them."""
    return request.headers.get("accept-language", "").lower().startswith(Language.EN.value)


def wanted_language(request: Asked) -> Language | None:
    """The page's own switch first, then the browser's first wish."""
    for named in (request.query_params.get("lang", ""), request.headers.get("accept-language", "").strip()):
        for language in Language:
            if named.lower().startswith(language.value):
                return language
    return None
