"""Every role at every page and act: what it may, it may; what it may not does not exist for it."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from litestar.testing import TestClient

from kiosk.domain.roles import Role
from kiosk.domain.staff_rights import RIGHTS, Right, rights_of
from kiosk.hub.app import make_app, make_follow_app
from kiosk.hub.console import sitemap
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.console_world import DONG, PASSWORD, Browser, Console, token_in

#: Written out again, so that a change of the table is a change here too.
EXPECTED = {
    Role.STUDENT: "",
    Role.TEACHER: "",
    Role.STAFF: "",
    Role.ASSISTANT: "view",
    Role.ENGINEER: "view operate",
    Role.LEAD: "view operate configure",
    Role.ADMIN: "view operate configure security",
}
NEEDS = {
    "queue": "view",
    "events": "view",
    "approvals": "view",
    "announce": "view",
    "my-building": "view",
    "ticket-take": "operate",
    "ticket-give": "operate",
    "ticket-answer": "operate",
    "ticket-note": "operate",
    "ticket-tie": "operate",
    "ticket-untie": "operate",
    "ticket-who": "operate",
    "event-gather": "operate",
    "request-decide": "operate",
    "notice-publish": "operate",
    "notice-withdraw": "operate",
    "connections": "view",
    "letters": "view",
    "kiosks": "view",
    "late": "view",
    "articles": "view",
    "searches": "view",
    "figures": "view",
    "release": "operate",
    "release-look": "operate",
    "release-give": "operate",
    "acts": "security",
    "look": "operate",
    "resend": "operate",
    "again": "operate",
    "kiosk-approve": "configure",
    "kiosk-move": "configure",
    "kiosk-retire": "configure",
    "kiosk-revoke": "operate",
    "late-take": "operate",
    "late-drop": "operate",
    "article-draft": "operate",
    "article-drop": "operate",
    "article-show": "configure",
    "article-back": "configure",
    "search-draft": "operate",
    "search-alias": "configure",
    "alias-drop": "configure",
    "figure-goals": "configure",
    "searches.csv": "view",
    "figures.csv": "view",
    "figures.svg": "view",
}
STAFF = [role for role in Role if EXPECTED[role]]
NOWHERE = "/console/nowhere"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: what a role may is no question to it."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def with_role(console: Console, role: Role) -> Browser:
    browser = console.signed_in(DONG)
    console.give_role(DONG, role)
    return browser


def test_the_table_is_what_is_written_here() -> None:
    assert {role: " ".join(right for right in Right if right in RIGHTS[role]) for role in Role} == EXPECTED
    table = (*sitemap.PAGES, *sitemap.ACTS, *sitemap.DOWNLOADS)
    assert {one.id: one.needs for one in table} == NEEDS
    assert rights_of("nonsense") == frozenset()


@pytest.mark.parametrize("role", Role)
def test_only_a_role_with_rights_signs_in(console: Console, role: Role) -> None:
    console.give_role(DONG, role)
    secret, browser = console.give_factor(DONG), console.browser()
    answer = browser.sign_in(console.person(DONG).number, PASSWORD, console.shown(secret))
    assert answer.status_code == (303 if EXPECTED[role] else 401)


@pytest.mark.parametrize("page", sitemap.PAGES, ids=lambda page: page.id)
@pytest.mark.parametrize("role", STAFF)
def test_every_role_at_every_page(console: Console, role: Role, page: sitemap.Page) -> None:
    browser = with_role(console, role)
    answer, nowhere = browser.get(page.path), browser.get(NOWHERE)
    may = NEEDS[page.id] in EXPECTED[role]
    assert answer.status_code == (200 if may else 404)
    assert (answer.text == nowhere.text) is not may
    assert f'href="{page.path}"' in nowhere.text if may else f'href="{page.path}"' not in nowhere.text


@pytest.mark.parametrize("download", sitemap.DOWNLOADS, ids=lambda download: download.id)
@pytest.mark.parametrize("role", Role)
def test_every_role_at_every_download(console: Console, role: Role, download: sitemap.Download) -> None:
    browser = with_role(console, role)
    answer = browser.get(download.path)
    kind = "image/svg+xml" if download.picture else "text/csv"
    if NEEDS[download.id] in EXPECTED[role]:
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, kind)
    else:
        assert answer.status_code in (303, 404)
        assert kind not in answer.headers["content-type"]


@pytest.mark.parametrize("act", sitemap.ACTS, ids=lambda act: act.id)
@pytest.mark.parametrize("role", STAFF)
def test_every_role_at_every_act(console: Console, role: Role, act: sitemap.Act) -> None:
    browser = with_role(console, role)
    page = browser.get(sitemap.page_of(act).path)
    before = console.acts()
    answer, nowhere = browser.post(act.path), browser.post(NOWHERE)
    if NEEDS[act.id] in EXPECTED[role]:
        assert answer.status_code in (303, 422), "done, or shown again with what is wrong"
        assert (DONG, "not_allowed", act.id, "") not in console.acts()
    else:
        assert (answer.status_code, answer.text) == (404, nowhere.text)
        assert f'action="{act.path}"' not in page.text, "what is not allowed is not offered"
        assert console.acts() == [*before, (DONG, "not_allowed", act.id, "")], "written down, and nothing done"


@pytest.mark.parametrize("path", [*(page.path for page in (*sitemap.PAGES, *sitemap.DOWNLOADS)), NOWHERE, "/console"])
def test_whoever_is_not_signed_in_learns_nothing(console: Console, path: str) -> None:
    browser = console.browser()
    for answer in (browser.get(path), browser.post(path, "")):
        assert (answer.status_code, answer.headers["location"], answer.text) == (303, "/console/sign-in", "")


def test_the_home_page_is_the_first_one_a_role_may_see(console: Console) -> None:
    assert console.signed_in().get("/console").headers["location"] == "/console/queue"


def test_the_console_is_not_where_the_internet_reaches(world: World) -> None:
    parts = Console.of(world).parts
    for app, status in ((make_follow_app(parts), 404), (make_app(parts), 200)):
        client = TestClient(cast(Any, app), base_url="https://hub.example.edu")
        assert client.get("/console/sign-in").status_code == status


def test_pages_hold_nothing_that_their_policy_would_stop(console: Console) -> None:
    browser = console.signed_in()
    console.give_role(DONG, Role.ADMIN)
    for page in [browser.get(page.path) for page in sitemap.PAGES] + [
        browser.get("/console/articles?article=new"),
        console.browser().get("/console/sign-in"),
    ]:
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?! src)|javascript:", page.text)
        assert token_in(page)
