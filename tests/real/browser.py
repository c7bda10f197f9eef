"""Debian's Chromium as a phone: 375 px wide, touched, named as WeChat's browser is; what it saw, what it asked for."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, Request, Response, sync_playwright

from tests.patience import PATIENCE

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or "chromium"
WIDTH, HEIGHT = 375, 667
WECHAT = (
    "Mozilla/5.0 (Linux; Android 13; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/116.0.0.0 "
    "Mobile Safari/537.36 MicroMessenger/8.0.47 NetType/WIFI Language/zh_CN"
)
#: A browser asks for nothing of its own: what the tests see is what the page asked for.
QUIET = ("--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
WAIT_MS = PATIENCE * 1000
#: Findings of these kinds keep somebody from using the page.
SERIOUS = ("serious", "critical")
#: Smallest edge of what is pressed, CSS px (WCAG 2.2, 2.5.5), and the narrowest phone in use.
TARGET, NARROWEST = 44, 320

_PRESSABLE = "a[href], button, textarea, select, input:not([type=hidden])"


@dataclass
class Phone:
    """One phone with its own cookies. ``asked``: what the browser requested besides the pages themselves; ``troubles``:
    what its console, its dialogs and failed requests said."""

    page: Page
    asked: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def open(self, address: str) -> Response:
        answer = self.page.goto(address)
        assert answer is not None
        return answer

    def press(self, name: str) -> None:
        """The button of that name; returns when the page that answers stands."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).tap()

    @property
    def text(self) -> str:
        return self.page.locator("body").inner_text()

    def weight(self) -> int:
        """Bytes of the page that stands now."""
        return len(self.page.content().encode())


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=list(QUIET), chromium_sandbox=False, timeout=WAIT_MS
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def phone(browser: Browser, language: str = "zh-CN", *, scripts: bool = True, width: int = WIDTH) -> Iterator[Phone]:
    """``scripts`` False: the browser runs none at all, also not the checker's."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        device_scale_factor=2,
        is_mobile=True,
        has_touch=True,
        user_agent=WECHAT,
        locale=language,
        java_script_enabled=scripts,
        ignore_https_errors=True,
    )
    context.set_default_timeout(WAIT_MS)
    try:
        made = _watched(context.new_page())
        made.page.on("requestfailed", lambda request: made.troubles.append(_failed(request)))
        yield made
    finally:
        context.close()


@contextmanager
def computer(browser: Browser, language: str = "zh-CN", *, width: int = 1280, scripts: bool = True) -> Iterator[Phone]:
    """Somebody at a desk: a keyboard, no touch. What a page is left in the middle of is no trouble."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        locale=language,
        java_script_enabled=scripts,
        ignore_https_errors=True,
    )
    context.set_default_timeout(WAIT_MS)
    try:
        yield _watched(context.new_page())
    finally:
        context.close()


def _watched(page: Page) -> Phone:
    made = Phone(page)
    page.on("request", lambda request: None if _is_page(request) else made.asked.append(request.url))
    page.on("pageerror", lambda error: made.troubles.append(f"error: {error}"))
    page.on("console", lambda said: made.troubles.append(f"{said.type}: {said.text}"))
    page.on("dialog", lambda dialog: made.troubles.append(f"dialog: {dialog.message}"))
    return made


def _is_page(request: Request) -> bool:
    return request.is_navigation_request() and request.frame.parent_frame is None


def _failed(request: Request) -> str:
    return f"failed: {urlsplit(request.url).path}: {request.failure}"


def barriers(phone: Phone) -> list[str]:
    """What an accessibility checker finds that keeps somebody from using the page; needs scripts."""
    # Evaluated in a world of its own by the debugging protocol, which the page's policy does not govern.
    phone.page.evaluate(f"() => {{ {AXE_SCRIPT} }}")
    found: dict[str, Any] = phone.page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:120]}"
        for one in found["violations"]
        if one["impact"] in SERIOUS
        for node in one["nodes"]
    ]


def misfits(phone: Phone) -> list[str]:
    """What is wider than the phone, and what is too small for a finger. A table of figures may be wider, in a region
    that scrolls by itself, by keyboard too (WCAG 1.4.10)."""
    seen: dict[str, Any] = json.loads(
        phone.page.evaluate(
            """selector => JSON.stringify({
                wide: Math.max(document.documentElement.scrollWidth, document.body.scrollWidth),
                right: [...document.body.querySelectorAll('*')]
                    .filter(one => !one.parentElement.closest('[role=region][tabindex="0"]'))
                    .map(one => [one.outerHTML.slice(0, 80), one.getBoundingClientRect()])
                    .filter(([, box]) => box.width > 0 && box.right > window.innerWidth + 0.5)
                    .map(([html]) => html),
                pressed: [...document.querySelectorAll(selector)].map(one => {
                    const box = (one.closest('label') || one).getBoundingClientRect();
                    return [one.outerHTML.slice(0, 80), box.width, box.height];
                }),
                inner: window.innerWidth,
            })""",
            _PRESSABLE,
        )
    )
    found = [f"{seen['wide']} px wide on {seen['inner']}"] if seen["wide"] > seen["inner"] else []
    found += [f"out to the right: {html}" for html in seen["right"]]
    small = [f"{width}x{height}: {html}" for html, width, height in seen["pressed"] if min(width, height) < TARGET]
    return found + small
