"""A hub with a few articles, and a lead who is signed in to its console."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.domain.roles import Role
from kiosk.hub.services import knowledge
from kiosk.hub.services.article_batch import ArticleBatch
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.console_world import DONG, Browser, Console
from tests.search.stores import SAMPLE

VPN = next(pair for pair in SAMPLE.articles if pair.id == "vpn-set-up")
FEW = ArticleBatch((*SAMPLE.articles[:3], VPN), SAMPLE.topics, SAMPLE.synonyms, ())


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: what the pages ask of it is plain reading and writing."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        with world.store.write() as db:
            knowledge.take(db, FEW, world.now)
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


@pytest.fixture
def lead(console: Console) -> Browser:
    browser = console.signed_in(DONG)
    console.give_role(DONG, Role.LEAD)
    return browser
