"""Around every request: limits, the hub's time, and answers that are Problems whatever happens."""

import asyncio
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest

from kiosk.hub.api import frame
from kiosk.hub.api.frame import MOST_AT_ONCE, Application, Frame, Message, Receive, Scope, Send
from kiosk.wire import routes

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


async def ask(
    app: Application, body: list[bytes] | None = None, *, hang: bool = False
) -> tuple[int, dict[bytes, bytes], bytes]:
    parts = [{"type": "http.request", "body": part, "more_body": True} for part in body or []]
    sent: list[Message] = []

    async def receive() -> Message:
        if parts:
            return parts.pop(0)
        if hang:
            await asyncio.sleep(60)
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app({"type": "http", "method": "POST", "path": "/v1/enrol", "headers": []}, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


async def read_all(_scope: Scope, receive: Receive, send: Send) -> None:
    while (await receive())["more_body"]:
        pass
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"", "more_body": False})


def framed(inner: Application) -> Frame:
    return Frame(inner, lambda: NOON)


def code(body: bytes) -> str:
    decoded: dict[str, Any] = msgspec.json.decode(body)
    return str(decoded["code"])


def test_a_body_that_says_nothing_of_its_size_is_cut_off_at_the_limit() -> None:
    status, _, body = asyncio.run(ask(framed(read_all), [b"x" * 1024] * 65))
    assert (status, code(body)) == (413, "too_large")
    assert asyncio.run(ask(framed(read_all), [b"x" * 1024] * 64))[0] == 200


def test_a_body_that_drips_for_ever_ends_at_its_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "BODY_SECONDS", 0.05)
    status, headers, body = asyncio.run(ask(framed(read_all), [b"x"], hang=True))
    assert (status, code(body)) == (408, "too_slow")
    assert headers[routes.HUB_TIME_HEADER.lower().encode()] == b"2026-11-16T12:00:00.000+00:00"


def test_what_breaks_inside_is_an_answer_with_the_hubs_time() -> None:
    async def broken(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise RuntimeError("CANARY")

    status, headers, body = asyncio.run(ask(framed(broken)))
    assert (status, code(body)) == (500, "broken")
    assert routes.HUB_TIME_HEADER.lower().encode() in headers


def test_more_requests_than_fit_are_told_to_come_back() -> None:
    async def crowd() -> list[int]:
        gate = asyncio.Event()

        async def waits(scope: Scope, receive: Receive, send: Send) -> None:
            await gate.wait()
            await read_all(scope, receive, send)

        app = framed(waits)
        inside = [asyncio.create_task(ask(app)) for _ in range(MOST_AT_ONCE)]
        await asyncio.sleep(0)
        status, headers, _ = await ask(app)
        assert b"retry-after" in headers
        gate.set()
        return [status, *{answer[0] for answer in await asyncio.gather(*inside)}, (await ask(app))[0]]

    assert asyncio.run(crowd()) == [503, 200, 200]
