"""Searches of other portals never take the hub from whoever stands at a kiosk."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest
from litestar.testing import TestClient

from kiosk.hub.api.portal import SEARCHES_AT_ONCE
from kiosk.hub.app import make_app
from kiosk.wire import routes
from tests.hub.account_world import CountingDirectory
from tests.hub.article_console import world
from tests.hub.conftest import World
from tests.patience import PATIENCE

__all__ = ["world"]


@pytest.fixture
def client(world: World) -> Iterator[tuple[TestClient[Any], Any]]:
    parts = world.parts(CountingDirectory(world))
    with TestClient(cast(Any, make_app(parts))) as client:
        yield client, parts.finder


def test_of_many_searches_at_once_some_are_told_to_come_back(client: tuple[TestClient[Any], Any]) -> None:
    asks, finder = client

    def search() -> tuple[int, str]:
        answer = asks.get(routes.ARTICLES, params={"text": "vpn", "language": "en"})
        return answer.status_code, answer.headers.get("retry-after", "")

    with ThreadPoolExecutor(SEARCHES_AT_ONCE + 2) as threads:
        with finder._lock:  # a search takes long
            waiting = [threads.submit(search) for _ in range(SEARCHES_AT_ONCE + 2)]
            refused = [one.result(PATIENCE) for one in _first_done(waiting, 2)]
        answered = [one.result(PATIENCE) for one in waiting]
    assert refused == [(503, "1")] * 2
    assert sorted(answered) == [(200, "")] * SEARCHES_AT_ONCE + [(503, "1")] * 2
    assert search() == (200, "")


def _first_done(waiting: list[Any], count: int) -> list[Any]:
    from concurrent.futures import FIRST_COMPLETED, wait

    done: set[Any] = set()
    while len(done) < count:
        found = wait([one for one in waiting if one not in done], PATIENCE, FIRST_COMPLETED).done
        assert found
        done |= found
    return list(done)
