"""A private Request Tracker 5 from Debian's packages: its own folder and SQLite file, on 127.0.0.1; no mail leaves."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.patience import PATIENCE
from tests.real.directory.servers import end, free_ports, listens, make_certificate, wait
from tests.real.helpdesk.tls_front import TlsFront

_CONFIG = """
Set($rtname, 'campus.test'); Set($Organization, 'campus.test');
Set($WebDomain, '127.0.0.1'); Set($WebPort, {port}); Set($WebPath, ''); Set($WebBaseURL, 'https://127.0.0.1:{tls_port}');
Set($DatabaseType, 'SQLite'); Set($DatabaseName, '{folder}/rt.sqlite3');
Set($MailCommand, 'testfile'); Set($LogToSyslog, ''); Set($LogToSTDERR, 'warning');
Set($CorrespondAddress, 'rt@campus.test'); Set($CommentAddress, 'rt-comment@campus.test');
Set($Timezone, 'Asia/Shanghai');
1;
"""
_PERL = ["perl", "-I/usr/share/request-tracker5/lib"]
_SERVER = "/usr/share/request-tracker5/libexec/rt-server"


class RequestTrackerServer:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (self.port,) = free_ports(1)
        make_certificate(folder / "tls", "test helpdesk CA")
        make_certificate(folder / "other", "another CA")
        self._front = TlsFront(self.port, folder / "tls")
        self.tls_port = self._front.port
        (folder / "conf.d").mkdir()
        (folder / "RT_SiteConfig.pm").write_text(
            _CONFIG.format(port=self.port, tls_port=self.tls_port, folder=folder), encoding="utf-8"
        )
        self._env = {
            **os.environ,
            "RT_SITE_CONFIG": str(folder / "RT_SiteConfig.pm"),
            "RT_SITE_CONFIG_DIR": str(folder / "conf.d"),
            "RT_TESTFILE": str(folder / "mail"),
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._run(["rt-setup-database-5", "--action", "init", "--dba", "root", "--dba-password", ""])
        lines = self._run([*_PERL, str(Path(__file__).with_name("seed.pl"))]).splitlines()
        self.tokens = dict(line.split() for line in lines if " " in line)

    @property
    def ca(self) -> Path:
        return self.folder / "tls" / "ca.pem"

    @property
    def other_ca(self) -> Path:
        return self.folder / "other" / "ca.pem"

    def start(self) -> None:
        log = self.folder / "log"
        command = [*_PERL, _SERVER, "--server", "HTTP::Server::PSGI", "--host", "127.0.0.1", "--port", str(self.port)]
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", *command],
                env=self._env,
                stdout=out,
                stderr=out,
                stdin=subprocess.DEVNULL,
                cwd=self.folder,
            )
        wait(lambda: listens(self.port), self._process, log)

    def stop(self) -> None:
        if self._process is not None:
            end(self._process)
        self._process = None
        self._front.stop()

    def ask(self, method: str, path: str, as_user: str = "engineer", **more: Any) -> Any:
        """As a member of staff, past the line under test; the JSON of the answer."""
        with requests.Session() as session:
            session.trust_env = False
            answer = session.request(
                method,
                f"http://127.0.0.1:{self.port}/REST/2.0/{path}",
                headers={"Authorization": f"token {self.tokens[as_user]}"},
                timeout=PATIENCE,
                **more,
            )
        assert answer.status_code < 400, f"{answer.status_code} {answer.text}"
        return answer.json()

    def found(self, query: str, fields: str = "Subject,Status,Priority,Queue,CustomFields") -> list[dict[str, Any]]:
        """Tickets by TicketSQL, the oldest first."""
        wanted = {"query": query, "orderby": "id", "per_page": "100", "fields": fields, "fields[Queue]": "Name"}
        items: list[dict[str, Any]] = self.ask("GET", "tickets", params=wanted)["items"]
        return items

    def marked(self, op: str) -> list[dict[str, Any]]:
        return self.found(f"'CF.{{Kiosk operation}}' = '{op}'")

    def reply(self, key: str, text: str, kind: str = "text/plain") -> None:
        self.ask("POST", f"ticket/{key}/correspond", json={"Content": text, "ContentType": kind})

    def put(self, key: str, **fields: Any) -> None:
        self.ask("PUT", f"ticket/{key}", json=fields)

    def texts(self, key: str, kind: str) -> list[str]:
        """What was written, the oldest first; ``kind``: Create, Comment or Correspond."""
        wanted = {"fields": "Type", "orderby": "id", "per_page": "100"}
        items = self.ask("GET", f"ticket/{key}/history", params=wanted)["items"]
        said = []
        for item in items:
            if item["Type"] == kind:
                parts = self.ask("GET", f"transaction/{item['id']}/attachments", params={"fields": "Content"})["items"]
                said.append("".join(str(part["Content"] or "") for part in parts))
        return said

    def _run(self, command: list[str]) -> str:
        done = subprocess.run(
            command, env=self._env, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
        )
        assert done.returncode == 0, f"{command[0]}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout


@contextmanager
def private_request_tracker() -> Iterator[RequestTrackerServer]:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-rt-"))
    try:
        server = RequestTrackerServer(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
