"""The console's pages and acts, each with the right it needs: the only way for one to be reached.

A further page is a line here, a function in router.py, and a template.
"""

from dataclasses import dataclass

from kiosk.domain.staff_rights import Right
from kiosk.hub.web import CONSOLE

#: Open to whoever has not signed in, or not wholly.
SIGN_IN = f"{CONSOLE}/sign-in"
FIRST = f"{CONSOLE}/first"
FACTOR = f"{CONSOLE}/factor"
SIGN_OUT = f"{CONSOLE}/sign-out"
#: Style and script: the same for everybody.
FILES = f"{CONSOLE}/files"


@dataclass(frozen=True, slots=True)
class Page:
    """``id``: its words are ``console.page_<id>``, its template ``<id>.html``; ``counts``: which live counter stands at
    it in the navigation, '' for none."""

    id: str
    needs: Right
    counts: str = ""

    @property
    def path(self) -> str:
        return f"{CONSOLE}/{self.id}"


@dataclass(frozen=True, slots=True)
class Act:
    """A form of ``page``, which is shown again after it."""

    id: str
    page: str
    needs: Right

    @property
    def path(self) -> str:
        return f"{CONSOLE}/{self.id}"


@dataclass(frozen=True, slots=True)
class Download:
    """A file of ``page``; a ``picture`` is shown in it."""

    id: str
    page: str
    needs: Right
    picture: bool = False

    @property
    def path(self) -> str:
        return f"{CONSOLE}/{self.id}"


#: In the order of the navigation; the first one that a role may see is its home.
PAGES = (
    Page("queue", Right.VIEW),
    Page("events", Right.VIEW),
    Page("approvals", Right.VIEW),
    Page("announce", Right.VIEW),
    Page("connections", Right.VIEW),
    Page("letters", Right.VIEW, counts="letters"),
    Page("kiosks", Right.VIEW, counts="kiosks"),
    Page("late", Right.VIEW, counts="late"),
    Page("articles", Right.VIEW),
    Page("searches", Right.VIEW),
    Page("figures", Right.VIEW),
    Page("release", Right.OPERATE),
    Page("acts", Right.SECURITY),
)
ACTS = (
    Act("my-building", "queue", Right.VIEW),
    Act("ticket-take", "queue", Right.OPERATE),
    Act("ticket-give", "queue", Right.OPERATE),
    Act("ticket-answer", "queue", Right.OPERATE),
    Act("ticket-note", "queue", Right.OPERATE),
    Act("ticket-tie", "queue", Right.OPERATE),
    Act("ticket-untie", "queue", Right.OPERATE),
    Act("ticket-who", "queue", Right.OPERATE),
    Act("event-gather", "events", Right.OPERATE),
    Act("request-decide", "approvals", Right.OPERATE),
    Act("notice-publish", "announce", Right.OPERATE),
    Act("notice-withdraw", "announce", Right.OPERATE),
    Act("look", "connections", Right.OPERATE),
    Act("resend", "letters", Right.OPERATE),
    Act("again", "letters", Right.OPERATE),
    Act("kiosk-approve", "kiosks", Right.CONFIGURE),
    Act("kiosk-move", "kiosks", Right.CONFIGURE),
    Act("kiosk-retire", "kiosks", Right.CONFIGURE),
    Act("kiosk-revoke", "kiosks", Right.OPERATE),
    Act("late-take", "late", Right.OPERATE),
    Act("late-drop", "late", Right.OPERATE),
    Act("article-draft", "articles", Right.OPERATE),
    Act("article-drop", "articles", Right.OPERATE),
    Act("article-show", "articles", Right.CONFIGURE),
    Act("article-back", "articles", Right.CONFIGURE),
    Act("search-draft", "searches", Right.OPERATE),
    Act("search-alias", "searches", Right.CONFIGURE),
    Act("alias-drop", "searches", Right.CONFIGURE),
    Act("figure-goals", "figures", Right.CONFIGURE),
    Act("release-look", "release", Right.OPERATE),
    Act("release-give", "release", Right.OPERATE),
)
DOWNLOADS = (
    Download("searches.csv", "searches", Right.VIEW),
    Download("figures.csv", "figures", Right.VIEW),
    Download("figures.svg", "figures", Right.VIEW, picture=True),
)


def page_at(path: str) -> Page | None:
    return next((page for page in PAGES if page.path == path), None)


def act_at(path: str) -> Act | None:
    return next((act for act in ACTS if act.path == path), None)


def download_at(path: str) -> Download | None:
    return next((download for download in DOWNLOADS if download.path == path), None)


def page_of(act: Act) -> Page:
    return next(page for page in PAGES if page.id == act.page)


def seen_with(rights: frozenset[Right]) -> tuple[Page, ...]:
    return tuple(page for page in PAGES if page.needs in rights)
