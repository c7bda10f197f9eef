"""Signing in by phone, whole: a real hub, a campus's sign-in over real HTTPS, and Debian's Chromium as the phone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.sync_api import Browser

from kiosk.domain.language import Language
from kiosk.drawer import sample_people
from kiosk.wire import routes
from kiosk.wire.identity import SignInWanted
from kiosk.words import Speaker
from tests.real.browser import NARROWEST, Phone, barriers, chromium, misfits, phone
from tests.real.cas_server import cas_server
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.real.oidc_server import CLIENT, SECRET, oidc_server
from tests.real.plain_kiosk import PlainKiosk, new_op

#: All that a page may weigh, bytes.
MOST = 60_000
#: Replaced by the hub's own address, once it has one.
ANY_ADDRESS = 'public_url = "https://hub.example.edu"\n'
LOCALES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@contextmanager
def campus(kind: str, folder: Path, number: str) -> Iterator[RunningHub]:
    """A hub whose sign-in page is a provider of this kind, which knows one person."""
    (folder / "secret").write_text(SECRET)
    (folder / "secret").chmod(0o600)
    server: Any
    with (oidc_server if kind == "oidc" else cas_server)(folder / "campus") as server:
        server.people = {number: {}}
        own = f'ca = "{folder / "campus" / "ca.pem"}"\n'
        tables = f'[sign_in]\nkind = "cas"\nurl = "{getattr(server, "url", "")}"\n{own}'
        if kind == "oidc":
            tables = f'[sign_in]\nkind = "oidc"\nissuer = "{server.issuer}"\nclient = "{CLIENT}"\n{own}'
            tables += f'client_secret_file = "{folder / "secret"}"\n'
        with hub_with_sample(folder / "hub", "--public-url", "own", more=ANY_ADDRESS, tables=tables) as hub:
            server.back = f"{hub.url}{routes.PHONE_BACK}"
            yield hub


def sound(mine: Phone, *, scripts: bool) -> None:
    """The page that stands now is small, fits, keeps nobody out, and asked nobody else for anything."""
    assert mine.weight() <= MOST
    for width in (NARROWEST, 375):
        mine.page.set_viewport_size({"width": width, "height": 667})
        assert misfits(mine) == []
    assert mine.asked == []
    assert mine.troubles == []
    assert not scripts or barriers(mine) == []


@pytest.mark.parametrize(
    ("kind", "language", "scripts"), [("oidc", Language.ZH, False), ("cas", Language.EN, True)], ids=["oidc", "cas"]
)
def test_a_phone_signs_in_at_the_campus_and_types_the_number_of_the_kiosk(
    tmp_path: Path, browser: Browser, kind: str, language: Language, scripts: bool
) -> None:
    say, who = Speaker(language), sample_people()[0]
    with campus(kind, tmp_path, who.number) as hub, phone(browser, LOCALES[language], scripts=scripts) as mine:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        wanted = SignInWanted(new_op())

        def asked(path: str) -> dict[str, Any]:
            answer = kiosk.post(path, wanted)
            assert answer.status_code == 200, answer.text
            told: dict[str, Any] = msgspec.json.decode(answer.content)
            return told

        mine.open(asked(routes.SIGN_IN)["url"])
        assert say("phone.only_here") in mine.text
        assert "A12" in mine.text
        sound(mine, scripts=scripts)
        mine.press(say("phone.go"))
        assert asked(routes.SIGN_IN_LOOK)["step"] == "away"
        mine.page.get_by_label("Who").fill(who.number)
        mine.press("Enter")
        assert say("phone.number") in mine.text
        sound(mine, scripts=scripts)
        mine.page.get_by_label(say("phone.number_label")).fill(asked(routes.SIGN_IN_LOOK)["number"])
        mine.press(say("screen.next"))
        assert say("phone.right") in mine.text
        sound(mine, scripts=scripts)
        told = asked(routes.SIGN_IN_LOOK)
        assert (told["type"], told["number"]) == ("signed_in", who.number)
        assert told["accepted"]["proofs"] == ["campus_sign_in"]
        assert asked(routes.SIGN_IN_LOOK)["type"] == "ended"
        log = "".join(file.read_text() for file in (hub.data / "log").glob("hub.log*"))
        assert who.number not in log
        assert "code=" not in log
        assert "ticket=" not in log
