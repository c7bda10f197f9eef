"""The console's addresses, on threads of its own: a slow directory keeps staff waiting and nobody else."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from litestar import Response, Router, get, post
from litestar.params import FromPath

from kiosk.hub.console import sitemap
from kiosk.hub.console.acts import Acts
from kiosk.hub.console.announce import Announce
from kiosk.hub.console.approvals import Approvals
from kiosk.hub.console.articles import Articles
from kiosk.hub.console.connections import Connections
from kiosk.hub.console.door import Door
from kiosk.hub.console.entrance import Entrance
from kiosk.hub.console.events import Events
from kiosk.hub.console.figures import Figures
from kiosk.hub.console.kiosks import Kiosks
from kiosk.hub.console.late import LateQueues
from kiosk.hub.console.letters import Letters
from kiosk.hub.console.live import Live
from kiosk.hub.console.release import Release
from kiosk.hub.console.rendering import HEADERS
from kiosk.hub.console.searches import Searches
from kiosk.hub.console.tickets import Tickets
from kiosk.hub.parts import Parts
from kiosk.hub.services.staff_sessions import StaffDesk
from kiosk.hub.web import CONSOLE, CONSOLE_LIVE, MAX_ARTICLE_REQUEST, Asked, form_of

#: So many of staff's requests are at work at once, and so many more may wait for them.
CONSOLE_THREADS, MOST_WAITING = 4, 24
RETRY_AFTER_SECONDS = 5


def router(parts: Parts) -> Router:
    desk = StaffDesk(parts.store, parts.directory, parts.keys, parts.clock)
    connections, letters, late = Connections(parts), Letters(parts), LateQueues(parts)
    articles, searches, figures = Articles(parts), Searches(parts), Figures(parts)
    kiosks = Kiosks(parts)
    tickets, events, approvals, announce = Tickets(parts), Events(parts), Approvals(parts), Announce(parts)
    release = Release(parts, desk)
    door = Door(
        parts,
        desk,
        {
            "queue": tickets.show,
            "events": events.show,
            "approvals": approvals.show,
            "announce": announce.show,
            "connections": connections.show,
            "letters": letters.show,
            "kiosks": kiosks.show,
            "late": late.show,
            "articles": articles.show,
            "searches": searches.show,
            "figures": figures.show,
            "release": release.show,
            "acts": Acts(parts).show,
        },
        {
            "my-building": tickets.look_after,
            "ticket-take": tickets.take,
            "ticket-give": tickets.give,
            "ticket-answer": tickets.answer,
            "ticket-note": tickets.note,
            "ticket-tie": tickets.tie,
            "ticket-untie": tickets.untie,
            "ticket-who": tickets.who,
            "event-gather": events.gather,
            "request-decide": approvals.decide,
            "notice-publish": announce.publish,
            "notice-withdraw": announce.withdraw,
            "look": connections.look,
            "resend": letters.resend,
            "again": letters.again,
            "kiosk-approve": kiosks.approve,
            "kiosk-move": kiosks.move,
            "kiosk-retire": kiosks.retire,
            "kiosk-revoke": kiosks.revoke,
            "late-take": late.take,
            "late-drop": late.drop,
            "article-draft": articles.draft,
            "article-drop": articles.drop,
            "article-show": articles.publish,
            "article-back": articles.go_back,
            "search-draft": searches.draft,
            "search-alias": searches.alias,
            "alias-drop": searches.drop_alias,
            "figure-goals": figures.take_goals,
            "release-look": release.look,
            "release-give": release.give,
        },
        {"searches.csv": searches.load, "figures.csv": figures.load, "figures.svg": figures.draw},
    )
    entrance, live = Entrance(parts, desk, door.pages), Live(parts)
    threads = ThreadPoolExecutor(CONSOLE_THREADS, thread_name_prefix="console")
    asking = 0

    async def on_own_thread(call: Callable[..., Response[str]], *arguments: Any) -> Response[str]:
        nonlocal asking
        if asking >= CONSOLE_THREADS + MOST_WAITING:
            headers = {**HEADERS, "retry-after": str(RETRY_AFTER_SECONDS)}
            return Response("", status_code=503, headers=headers, media_type="text/html")
        asking += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(threads, call, *arguments)
        finally:
            asking -= 1

    @get([CONSOLE, CONSOLE + "/{rest:path}"], include_in_schema=False)
    async def see(request: Asked) -> Response[str]:
        path = request.scope["path"].rstrip("/")
        return await on_own_thread(entrance.see if path in entrance.sees else door.see, request)

    @post(
        [CONSOLE, CONSOLE + "/{rest:path}"], include_in_schema=False, request_max_body_size=MAX_ARTICLE_REQUEST
    )  # api/frame.py reads as much only where articles are typed
    async def do(request: Asked) -> Response[str]:
        form, path = await form_of(request), request.scope["path"].rstrip("/")
        return await on_own_thread(entrance.do if path in entrance.does else door.do, request, form)

    @get(sitemap.FILES + "/{name:str}", sync_to_thread=False, include_in_schema=False)
    def file(name: FromPath[str]) -> Response[str]:
        return door.pages.file(name)

    @get(CONSOLE_LIVE, include_in_schema=False)
    async def follow(request: Asked) -> Response[Any]:
        return await live.follow(request)

    return Router("/", route_handlers=[see, do, file, follow])
