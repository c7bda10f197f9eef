"""A whole campus on one machine: a hub with the sample campus, and the settings of an enrolled, simulated kiosk."""

import json
import select
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from kiosk.config import HubSettings, PrinterSettings, ReaderSettings, ScannerSettings, ScreenSettings, Settings
from kiosk.domain.language import Language

#: Where the demo's kiosk stands in the sample campus.
PLACE = "lib-1f"
#: How long the hub may take to be ready, seconds: key and CA are made at the first start.
READY_WITHIN = 60.0
#: How long a hub command may take, seconds.
COMMAND_WITHIN = 60.0
#: How long the hub may take to end, seconds.
END_WITHIN = 8.0
_READY = "hub ready "
_WAITING = "waiting"


class DemoFailedError(RuntimeError):
    """The demo's hub could not be started or the kiosk not enrolled; the message says why."""


@dataclass(frozen=True, slots=True)
class DemoPlaces:
    """``DIR`` of ``kiosk demo --data DIR`` is the hub's and the kiosk's data folder at once: the commands of both
    find what they look for there, and no two files have the same name."""

    folder: Path

    @property
    def slips(self) -> Path:
        return self.folder / "slips"

    @property
    def drawer(self) -> Path:
        return self.folder / "drawer.sock"

    @property
    def messages(self) -> Path:
        """What people of the sample campus were told, a line of JSON each."""
        return self.folder / "messages.jsonl"

    @property
    def ca(self) -> Path:
        return self.folder / "tls" / "ca.pem"

    @property
    def clock(self) -> Path:
        return self.folder / "clock-offset"


class DemoHub:
    """The hub as its own process, as in production; ended by its own pid only."""

    def __init__(self, places: DemoPlaces, config: Path | None = None) -> None:
        self._places = places
        self._options = ["--data", str(places.folder), *(["--config", str(config)] if config else [])]
        self._process: subprocess.Popen[str] | None = None
        self._port = "0"
        self.url = ""

    def load_sample(self) -> None:
        """Loads the sample campus; a folder that has one already keeps its tickets."""
        self._command("sample", "--clock-offset-file", str(self._places.clock))

    def start(self) -> None:
        """Returns when the hub answers; started again it keeps its port. Raises DemoFailedError."""
        command = [sys.executable, "-m", "kiosk.hub", "serve", *self._options, "--port", self._port]
        command += [
            "--payments",
            "simulated",
            "--sign-in",
            "simulated",
            "--public-url",
            "own",
            "--clock-offset-file",
            str(self._places.clock),
        ]
        command += ["--messages", str(self._places.messages)]
        log = (self._places.folder / "hub.log").open("a", encoding="utf-8")
        with log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        self.url = self._wait_ready(self._process)
        self._port = self.url.rpartition(":")[2]

    def payment(self, act: str) -> None:
        """``pay`` what was ordered last, ``silent`` pay it and say nothing, ``speak`` again."""
        self._command("payment", act, "--clock-offset-file", str(self._places.clock))

    def decide(self, reference: str, decision: str, words: str) -> None:
        """What whoever has to agree to a request has told the desk: ``approved`` or ``declined``."""
        clock = ("--clock-offset-file", str(self._places.clock))
        self._command("ticket", reference, "--decision", decision, "--answer", words, *clock)

    def desk_says(self, reference: str, state: str, words: str) -> None:
        """What the desk made of a ticket, and what it wrote to its requester."""
        clock = ("--clock-offset-file", str(self._places.clock))
        self._command("ticket", reference, "--state", state, "--answer", words, *clock)

    def state_of(self, reference: str) -> str:
        """Of a ticket, as the hub has it."""
        return str(json.loads(self._command("ticket", reference))["state"])

    def waits_for_helpdesk(self) -> bool:
        """Whether a helpdesk beside the hub has not been told everything yet."""
        return any(line["state"] == _WAITING for line in self._helpdesk())

    def refused_by_helpdesk(self) -> list[tuple[str, str]]:
        """References, each with the code of the answer."""
        return [(line["reference"], line["last_answer"]) for line in self._helpdesk() if line["state"] != _WAITING]

    def _helpdesk(self) -> list[dict[str, str]]:
        lines: list[dict[str, str]] = json.loads(self._command("helpdesk"))
        return lines

    def enrol_code(self) -> str:
        code = json.loads(self._command("enrol-code", "--place", PLACE))["code"]
        return str(code)

    def password_works(self, login: str, password: str) -> bool:
        """Asks as a door of the campus would; a wrong one is counted."""
        arguments = ["try-password", *self._options, login, "--clock-offset-file", str(self._places.clock)]
        command = [sys.executable, "-m", "kiosk.hub", *arguments]
        done = subprocess.run(
            command, input=password + "\n", capture_output=True, text=True, timeout=COMMAND_WITHIN, check=False
        )
        return bool(json.loads(done.stdout)["works"])

    def stop(self) -> None:
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(END_WITHIN)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(END_WITHIN)
        if self._process.stdout:
            self._process.stdout.close()
        self._process = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """Ends the hub as a power cut does; ``start`` brings it back on the same port."""
        if self._process is not None:
            self._process.kill()
        self.stop()

    def _wait_ready(self, process: "subprocess.Popen[str]") -> str:
        assert process.stdout is not None
        end = time.monotonic() + READY_WITHIN
        while (left := end - time.monotonic()) > 0:
            if select.select([process.stdout], [], [], min(left, 0.5))[0]:
                line = process.stdout.readline()
                if line.startswith(_READY):
                    return line.removeprefix(_READY).strip()
                if not line:
                    break
        self.stop()
        raise DemoFailedError(f"the hub did not start; see {self._places.folder / 'hub.log'}")

    def _command(self, name: str, *arguments: str) -> str:
        command = [sys.executable, "-m", "kiosk.hub", name, *self._options, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=COMMAND_WITHIN, check=False)
        if done.returncode:
            raise DemoFailedError(f"kiosk hub {name}: {done.stderr.strip() or done.stdout.strip()}")
        return done.stdout


def enrolled(places: DemoPlaces, hub: DemoHub, owned: bool = False) -> None:
    """Enrols the demo's kiosk unless it is enrolled already. ``owned``: the caller holds the folder's lock.

    Raises DemoFailedError.
    """
    from kiosk.enrolment import NotEnrolled, enrol, enrol_owned
    from kiosk.offline.places import Places

    if Places(places.folder).identity.exists():
        return
    answer = (enrol_owned if owned else enrol)(
        places.folder, hub.url, places.ca.read_text(encoding="ascii"), hub.enrol_code()
    )
    if isinstance(answer, NotEnrolled):
        raise DemoFailedError(answer.why)


def settings(
    places: DemoPlaces, hub: DemoHub, width: int = 0, height: int = 0, language: Language = Language.ZH
) -> Settings:
    """Simulated reader, printer and scanner, the hub that runs beside; 0 × 0 is full screen."""
    return Settings(
        data=places.folder,
        hub=HubSettings(hub.url, places.ca),
        screen=ScreenSettings(width, height, language),
        reader=ReaderSettings(kind="simulated"),
        printer=PrinterSettings(kind="simulated", path=places.slips),
        scanner=ScannerSettings(kind="simulated"),
    )
