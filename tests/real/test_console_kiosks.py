"""The page of kiosks in Debian's Chromium: a kiosk that waits is approved by what its screen shows, then revoked."""

from collections.abc import Iterator

import msgspec
import pytest
import requests
from playwright.sync_api import Browser

from kiosk.domain.language import Language
from kiosk.hub.console.kiosks import grouped, in_words
from kiosk.wire import routes
from kiosk.wire.enrolment import NONCE_BYTES, EnrolAnswer, EnrolApproved, EnrolAsk, EnrolWaits, ask_bytes
from kiosk.wire.fingerprint import digest_of, fingerprint
from kiosk.words import Speaker
from tests.patience import PATIENCE
from tests.real.browser import NARROWEST, chromium, computer
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.real.plain_kiosk import PlainKiosk
from tests.real.test_console import LOCALES, PASSWORD, YU, Campus, digits, sound

PLACE = "center-2f"
NONCE = bytes(NONCE_BYTES)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with hub_with_sample(tmp_path_factory.mktemp("campus") / "hub") as hub:
        yield hub


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def asked(hub: RunningHub, machine: PlainKiosk) -> EnrolAnswer:
    """What the hub answers a machine nobody knows, over the line."""
    public = machine.key.public_key().public_bytes_raw()
    authority = digest_of(hub.ca.read_text())
    wish = EnrolAsk(public, machine.key.sign(ask_bytes(public, authority, NONCE)), authority, NONCE)
    answer = requests.post(
        hub.url + routes.ENROL_ASK, data=msgspec.json.encode(wish), verify=str(hub.ca), timeout=PATIENCE
    )
    assert answer.status_code == 200, answer.text
    decoded: EnrolAnswer = msgspec.json.decode(answer.content, type=EnrolAnswer)
    return decoded


def test_two_kiosks_are_approved_by_their_screens_and_one_is_revoked(hub: RunningHub, browser: Browser) -> None:
    say, campus = Speaker(Language.EN), Campus(hub, None)  # type: ignore[arg-type]
    machines = PlainKiosk(hub.url, hub.ca), PlainKiosk(hub.url, hub.ca)
    first, second = (asked(hub, machine) for machine in machines)
    assert isinstance(first, EnrolWaits)
    assert isinstance(second, EnrolWaits)
    with computer(browser, LOCALES[Language.EN]) as mine:
        page = mine.page
        mine.open(campus.address("first"))
        for name, text in (("number", YU), ("password", PASSWORD), ("code", campus.code(YU))):
            page.locator(f"#{name}").fill(text)
        page.locator("button.first").click()
        page.locator("#code").fill(digits(page))
        page.locator("button.first").click()
        page.wait_for_url(campus.address("queue"))
        page.goto(campus.address(f"kiosks?code={first.code}"))
        public = machines[0].key.public_key().public_bytes_raw()
        words = in_words(fingerprint(digest_of(hub.ca.read_text()), public, NONCE, first.code), Language.EN)
        assert words in page.locator("li.card h3").first.inner_text(), "the one whose code was scanned stands first"
        assert page.locator("#code-1").input_value() == grouped(first.code)
        page.locator("#code-2").fill(second.code.lower())
        for number in (1, 2):
            page.locator(f"#place-{number}").select_option(PLACE)
            page.locator(f"[name=same-{number}]").check()
        sound(mine, campus, (NARROWEST, 375, 1280))
        page.get_by_role("button", name=say("kiosks.approve")).click()
        page.get_by_text(say("kiosks.said_approved")).wait_for()
        became = [asked(hub, machine) for machine in machines]
        assert all(isinstance(answer, EnrolApproved) for answer in became)
        page.goto(campus.address("kiosks?lang=zh"))
        ours = page.get_by_text(Speaker(Language.ZH)("kiosks.change"))
        ours.first.wait_for()
        while page.locator("details:not([open])").count():
            page.locator("details:not([open]) summary").first.click()
        sound(mine, campus, (NARROWEST, 375, 1280))
        page.goto(campus.address("kiosks?lang=en"))
        assert isinstance(became[0], EnrolApproved)
        name = became[0].enrolled.kiosk
        card = page.locator("li.card").filter(has=page.locator("code", has_text=name))
        card.locator("summary").click()
        card.get_by_label(say("kiosks.why")).select_option("stolen")
        card.get_by_role("button", name=say("kiosks.revoke")).click()
        page.get_by_text(say("kiosks.said_revoked")).wait_for()
        assert isinstance(asked(hub, machines[0]), EnrolWaits), "it has to be approved anew"
        assert isinstance(asked(hub, machines[1]), EnrolApproved)
        sound(mine, campus, (NARROWEST, 375, 1280))
