"""The platforms' side of robots on 127.0.0.1, over TLS: judges as WeCom, DingTalk and Feishu publish it."""

import hmac
import json
import time
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

from kiosk.hub import tls
from kiosk.hub.notice_settings import RobotKind

KEY, OTHER_KEY, SECRET = "693a91f6-key", "other-key", "SEC0a1b 密"
PATHS = {
    RobotKind.WECOM: f"/cgi-bin/webhook/send?key={KEY}",
    RobotKind.DINGTALK: f"/robot/send?access_token={KEY}",
    RobotKind.FEISHU: f"/open-apis/bot/v2/hook/{KEY}",
}
#: Seconds a signature is good for.
HOUR = 3600


@dataclass
class RobotServer:
    """``got``: what stands in the group. ``answers``: status and text, given one after the other instead of its own.
    ``signs``: what was signed with, as time and signature."""

    ca: Path
    port: int = 0
    got: list[str] = field(default_factory=list)
    answers: list[tuple[int, str]] = field(default_factory=list)
    signs: list[tuple[str, str]] = field(default_factory=list)

    def url(self, kind: RobotKind) -> str:
        return f"https://127.0.0.1:{self.port}{PATHS[kind]}"

    def answer(self, request: Request) -> Response:
        if self.answers:
            status, text = self.answers.pop(0)
            return Response(text, status)
        body: dict[str, Any] = json.loads(request.get_data())
        code, text = self._judged(request, body)
        if code == 0 and text:
            self.got.append(text)
        feishu = request.path.startswith("/open-apis/")
        return Response(json.dumps({"code": code, "msg": "说明"} if feishu else {"errcode": code, "errmsg": "说明"}))

    def _judged(self, request: Request, body: dict[str, Any]) -> tuple[int, str]:
        match request.path.split("/")[1]:
            case "cgi-bin":
                text = body["text"]["content"]
                too_long = len(text.encode()) > 2048
                return (93000 if request.args["key"] != KEY else 44004 if not text else 40058 if too_long else 0), text
            case "robot":
                stamp, sign = request.args["timestamp"], request.args["sign"]
                self.signs.append((stamp, sign))
                fresh = abs(time.time() - int(stamp) / 1000) < HOUR
                good = sign == _signed(SECRET, f"{stamp}\n{SECRET}")
                known = request.args["access_token"] == KEY
                text = body["text"]["content"]
                return (300001 if not known else 310000 if not (fresh and good) else 40035 if not text else 0), text
            case _:
                stamp = body["timestamp"]
                self.signs.append((stamp, body["sign"]))
                fresh = abs(time.time() - int(stamp)) < HOUR
                good = body["sign"] == _signed(f"{stamp}\n{SECRET}", "")
                known = request.path.endswith(f"/{KEY}")
                text = body["content"]["text"]
                return (19001 if not known else 19021 if not (fresh and good) else 19002 if not text else 0), text


@contextmanager
def robot_server(folder: Path) -> Iterator[RobotServer]:
    running = HTTPServer(host="127.0.0.1", port=0, ssl_context=tls.prepare(folder), threaded=True)
    robots = RobotServer(folder / "ca.pem")
    for path in (
        "/cgi-bin/webhook/send",
        "/robot/send",
        *(f"/open-apis/bot/v2/hook/{key}" for key in (KEY, OTHER_KEY)),
    ):
        running.expect_request(path).respond_with_handler(robots.answer)
    running.start()
    try:
        robots.port = running.port
        yield robots
    finally:
        running.stop()


def _signed(key: str, text: str) -> str:
    return b64encode(hmac.digest(key.encode(), text.encode(), "sha256")).decode()
