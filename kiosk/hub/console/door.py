"""The one way into the console's pages and acts: a session, a right, a form of our own; else there is no such page.

Whoever lacks a right gets, to the letter, what they would get for an address that does not exist.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import Response
from litestar.datastructures import Cookie

from kiosk.domain.language import Language
from kiosk.domain.staff_rights import Right
from kiosk.hub.console import sitemap
from kiosk.hub.console.cookies import LANGUAGE, SESSION, is_from_here, kept, language_of
from kiosk.hub.console.rendering import HEADERS, PICTURE_HEADERS, Pages, lead_to
from kiosk.hub.console.sitemap import Page
from kiosk.hub.parts import Parts
from kiosk.hub.services import quarantine, waiting_kiosks
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.letters import counts
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.services.staff_sessions import Present, StaffDesk, Stage, form_token, present
from kiosk.hub.web import CONSOLE, Asked, address
from kiosk.words import Speaker, table

Form = dict[str, Any]
#: ``?by=`` of a page that console.js has loaded again, and nobody else.
BY_ITSELF = "itself"


@dataclass(frozen=True, slots=True)
class Visit:
    """One request of somebody who is signed in; ``zone`` the campus's, ``query`` what stands behind the address,
    ``address`` where it came from."""

    who: Present
    say: Speaker
    now: datetime
    zone: ZoneInfo
    query: Mapping[str, str] = field(default_factory=dict)
    address: str = ""

    @property
    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def may(self, right: Right) -> bool:
        return right in self.who.rights

    def when(self, at: datetime) -> str:
        return f"{at.astimezone(self.zone):%Y-%m-%d %H:%M}"


#: What the template of a page is given beside the frame.
Show = Callable[[Visit], dict[str, object]]


@dataclass(frozen=True, slots=True)
class Done:
    """Its page says how it went by ``<page>.said_<word>``; ``query`` is what of the page is shown."""

    word: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Again:
    """Nothing was done: the page is shown with these values, so that nothing that was typed is lost."""

    values: dict[str, object]


@dataclass(frozen=True, slots=True)
class Shown:
    """The answer to a form is on the page itself, once: what stands in no address and is asked for by no reload."""

    values: dict[str, object]


#: Does what a form says; a word alone is a Done.
Do = Callable[[Visit, Form], str | Done | Again | Shown]
#: Text of a file: CSV, or a picture's SVG.
Load = Callable[[Visit], str]


class Door:
    def __init__(
        self,
        parts: Parts,
        desk: StaffDesk,
        shows: Mapping[str, Show],
        acts: Mapping[str, Do],
        loads: Mapping[str, Load],
    ) -> None:
        """``shows``, ``acts`` and ``loads`` by id; ValueError where they are not those of the table."""
        tables = ((shows, sitemap.PAGES), (acts, sitemap.ACTS), (loads, sitemap.DOWNLOADS))
        if any(set(given) != {one.id for one in table} for given, table in tables):
            raise ValueError("every page, act and download of the table has one function")
        self._parts, self._desk, self._shows, self._acts, self._loads = parts, desk, shows, acts, loads
        self.pages = Pages()

    def see(self, request: Asked) -> Response[str]:
        used = request.query_params.get("by") != BY_ITSELF
        who = present(self._desk, request.cookies.get(SESSION, ""), used=used)
        elsewhere = _elsewhere(who)
        if who is None or elsewhere:
            return lead_to(elsewhere)
        path = request.scope["path"].rstrip("/")
        if path == CONSOLE:
            return lead_to(sitemap.seen_with(who.rights)[0].path)
        download = sitemap.download_at(path)
        if download is not None and download.needs in who.rights:
            return self._file(request, who, download)
        page = sitemap.page_at(path)
        if page is None or page.needs not in who.rights:
            return self._gone(request, who)
        visit, book = self._visit(request, who)
        values = {**self._shows[page.id](visit), "said": _said(visit.say, page, request.query_params.get("said", ""))}
        return self._framed(request, visit, book, page.id, 200, values)

    def do(self, request: Asked, form: Form) -> Response[str]:
        cookie = request.cookies.get(SESSION, "")
        who = present(self._desk, cookie)
        elsewhere = _elsewhere(who)
        if who is None or elsewhere:
            return lead_to(elsewhere)
        act = sitemap.act_at(request.scope["path"].rstrip("/"))
        if act is None or act.needs not in who.rights:
            if act is not None:
                with self._parts.store.write() as db:
                    note_act(db, who.person, "not_allowed", self._parts.clock(), about=act.id)
            return self._gone(request, who)
        page = sitemap.page_of(act)
        if not is_from_here(request, form, self._parts.keys, cookie):
            return lead_to(f"{page.path}?said=form_over")
        visit, book = self._visit(request, who)
        went = self._acts[act.id](visit, form)
        if isinstance(went, Again | Shown):
            status = 422 if isinstance(went, Again) else 200
            return self._framed(request, visit, book, page.id, status, {"said": "", **went.values})
        done = went if isinstance(went, Done) else Done(went)
        return lead_to(f"{page.path}?{urlencode({'said': done.word, **done.query})}")

    def _file(self, request: Asked, who: Present, download: sitemap.Download) -> Response[str]:
        visit, _ = self._visit(request, who)
        if download.picture:
            return Response(self._loads[download.id](visit), headers=PICTURE_HEADERS, media_type="image/svg+xml")
        headers = {**HEADERS, "content-disposition": f'attachment; filename="{download.id}"'}
        return Response(self._loads[download.id](visit), headers=headers, media_type="text/csv")

    def _visit(self, request: Asked, who: Present) -> tuple[Visit, Book]:
        with self._parts.store.read() as db:
            book = read_book(db)
        say = Speaker(language_of(request))
        zone = ZoneInfo(book.zone)
        return Visit(who, say, self._parts.clock(), zone, request.query_params, address(request)), book

    def _gone(self, request: Asked, who: Present) -> Response[str]:
        visit, book = self._visit(request, who)
        return self._framed(request, visit, book, "gone", 404, {"said": ""})

    def _framed(
        self, request: Asked, visit: Visit, book: Book, template: str, status: int, more: dict[str, object]
    ) -> Response[str]:
        who, say = visit.who, visit.say
        with self._parts.store.read() as db:
            counted, late = counts(db), quarantine.waiting(db)
            new_kiosks = waiting_kiosks.how_many(db, visit.now)
        values: dict[str, object] = {
            **campus_values(book, say),
            "switch": _switch(visit, template),
            "title": say(f"console.page_{template}"),
            "here": template,
            "nav": sitemap.seen_with(who.rights),
            "counts": counted,
            "late_waiting": late,
            "new_kiosks": new_kiosks,
            "who": who.latin_name if say.language is Language.EN and who.latin_name else who.name,
            "role": say(f"console.role_{who.role}"),
            "token": form_token(self._parts.keys, request.cookies.get(SESSION, "")),
            "may": visit.may,
            "when": visit.when,
            "Right": Right,
            **more,
        }
        return self.pages.make(template, status, values, language_cookies(request))


def campus_values(book: Book, say: Speaker) -> dict[str, object]:
    """What every page shows, also before anybody has signed in."""
    other = Speaker(say.language.other)
    return {
        "say": say,
        "lang": say.language.value,
        "other_lang": say.language.other.value,
        "other_name": other("follow.language"),
        "mark": book.mark,
        "campus": book.name.of(say.language),
    }


def _switch(visit: Visit, template: str) -> str:
    """Where the same is shown in the other language."""
    kept_on = {key: value for key, value in visit.query.items() if key not in ("lang", "said", "by")}
    return f"{CONSOLE}/{template}?{urlencode({**kept_on, 'lang': visit.say.language.other.value})}"


def language_cookies(request: Asked) -> list[Cookie]:
    wanted = request.query_params.get("lang", "")
    return [kept(LANGUAGE, wanted)] if wanted in list(Language) else []


def _elsewhere(who: Present | None) -> str:
    """Where somebody goes who is not wholly signed in."""
    if who is None:
        return sitemap.SIGN_IN
    return sitemap.FACTOR if who.stage is not Stage.FULL else ""


def _said(say: Speaker, page: Page, word: str) -> str:
    if word == "form_over":
        return say("console.form_over")
    key = f"said_{word}"
    return say(f"{page.id}.{key}") if key in table(say.language, page.id) else ""
