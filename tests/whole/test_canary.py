"""A PIN and passwords typed on the screens are nowhere one second after the visit: not in the memory of any process of
the kiosk, not in its files and logs, not in the hub's logs. The same scan finds a planted copy."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.domain.language import Language
from kiosk.messages import last_messages
from kiosk.words import say

from .absent_hub import AbsentHub
from .demo_process import OFFSCREEN
from .enrolled import enrolled
from .leftovers import family, in_files, in_memory, needles

#: zhang-ming of the sample campus. The process that is scanned never reads who has which PIN.
CARD, PIN = "04A1B2C3D4E580", "739154"
OLD, NEW = "yunlu-Sample-26", "kite7moss4"
#: What tills ask for: the present one of the sample campus, and another.
CARD_PIN, NEW_CARD_PIN = "284719", "735914"
PLANTED = ("utf-8", "utf-16", "hex", "base64")


@dataclass
class Screens:
    """The kiosk in its process; what is typed goes to it one key at a time."""

    process: "subprocess.Popen[bytes]"

    def do(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(what.encode() + b"\n")
        self.process.stdin.flush()
        self.hear(b"done\n")

    def hear(self, wanted: bytes) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == wanted, "the kiosk's process has failed"

    def touch(self, key: str) -> None:
        self.do(f"touch {say(Language.ZH, key)}")

    def type(self, secret: str) -> None:
        """Capitals by their switch; each key is seen before the next."""
        capital = False
        for count, letter in enumerate(secret, 1):
            if letter.isupper() is not capital and (letter.isalpha() or capital):
                self.touch("screen.key_shift")
                capital = not capital
            last_digit = count == len(secret) == len(PIN)  # with it the pad is empty again
            self.do(f"touch {letter}" if last_digit else f"key {count} {letter}")


@pytest.fixture(scope="module")
def messages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("messages") / "messages.jsonl"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, messages: Path) -> Iterator[AbsentHub]:
    """Tells as well what it sends: the one-time code is typed as somebody reads it on the phone."""
    made = AbsentHub(tmp_path_factory.mktemp("canary") / "hub", "--messages", str(messages))
    yield made
    made.stop()


@pytest.fixture
def screens(hub: AbsentHub, tmp_path: Path) -> Iterator[Screens]:
    settings = enrolled(hub.running, tmp_path / "kiosk")
    command = [sys.executable, "-m", "tests.whole.secrets_process", str(settings.data), hub.running.url]
    process = subprocess.Popen(
        [*command, str(hub.running.ca)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=OFFSCREEN
    )
    made = Screens(process)
    try:
        made.hear(b"ready\n")
        yield made
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


@pytest.mark.timeout(240)
def test_nothing_typed_is_left_anywhere_one_second_after_the_visit(
    screens: Screens, hub: AbsentHub, messages: Path, tmp_path: Path
) -> None:
    secrets = {
        "PIN": needles(PIN),
        "old password": needles(OLD),
        "new password": needles(NEW),
        "card PIN": needles(CARD_PIN),
        "new card PIN": needles(NEW_CARD_PIN),
    }
    pid = screens.process.pid
    screens.do("until attract")
    # Six digits may stand in any memory by chance: what was there before anybody typed was not typed.
    before = {name: in_memory(pid, wanted) for name, wanted in secrets.items()}
    assert before["old password"] == before["new password"] == {}

    screens.do(f"card {CARD}")
    screens.do("until home")
    screens.touch("home.account")
    screens.do("until account")
    screens.touch("account.change")
    screens.do("until pin")
    screens.type(PIN)
    screens.do("until password")
    screens.type(OLD)
    screens.do(f"move new {say(Language.ZH, 'password.to_new')}")
    screens.type(NEW)
    screens.do(f"move again {say(Language.ZH, 'password.to_again')}")
    screens.type(NEW)
    screens.touch("password.do_change")
    screens.do("until done")

    screens.touch("done.again")
    screens.do("until home")
    screens.touch("home.card")
    screens.do("until card")
    screens.touch("card_pin.change")
    screens.do("until code")
    screens.type(re.findall(r"\b[0-9]{6}\b", " ".join(last_messages(messages)))[-1])
    screens.do("until card_pin")
    screens.type(CARD_PIN)
    screens.do("step 2")
    screens.type(NEW_CARD_PIN)
    screens.do("step 3")
    screens.type(NEW_CARD_PIN)
    screens.do("until done")
    screens.touch("screen.end")
    screens.do("until attract")
    screens.do("rest 1")

    left = {
        f"{name} in process {process}": found
        for process in family(pid)
        for name, wanted in secrets.items()
        if (found := _more(in_memory(process, wanted), before[name]))
    }
    assert left == {}
    for name, wanted in secrets.items():
        assert in_files(tmp_path / "kiosk", wanted) == [], name
        assert in_files(hub.running.data / "log", wanted) == [], name
    for encoding in PLANTED:
        screens.do(f"plant {encoding} {NEW}")
        found = in_memory(pid, secrets["new password"])
        assert any(name.startswith(encoding) for name in found), f"the scan does not find {encoding}"


def _more(now: dict[str, int], before: dict[str, int]) -> dict[str, int]:
    return {name: count for name, count in now.items() if count > before.get(name, 0)}
