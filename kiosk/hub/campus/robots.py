"""Messages to a group by its robot: WeCom, DingTalk (signed), Feishu (signed).

Each takes a POST of JSON and answers with status 200 and a code of its own, 0 where the message stands in the group:
WeCom developer.work.weixin.qq.com/document/path/91770, DingTalk open.dingtalk.com/document/robots/custom-robot-access,
Feishu open.feishu.cn/document/client-docs/bot-v3/add-custom-bot.
"""

import hmac
import time
from base64 import b64encode
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

import msgspec

from kiosk.hub.campus.posting import MAY_PASS, Said, Silent, post
from kiosk.hub.notice_settings import RobotKind, RobotSettings
from kiosk.hub.ports import GatewayTrouble, Handed, Letter, Posted

#: Longest text, bytes of UTF-8: WeCom takes 2048.
LONGEST_TEXT = 2000
_HEADERS = {"Content-Type": "application/json; charset=utf-8"}
#: What a robot's code means: keys of the words ``hub_check``. Those about the robot or about now may pass once somebody
#: mends it; any other code is about the message.
_MEANING: dict[RobotKind, dict[int, str]] = {
    RobotKind.WECOM: {-1: "robot_busy", 45009: "robot_too_fast", 93000: "robot_unknown", 40058: "robot_unknown"},
    RobotKind.DINGTALK: {
        -1: "robot_busy",
        130101: "robot_too_fast",
        410100: "robot_too_fast",
        300001: "robot_unknown",
        300005: "robot_unknown",
        400101: "robot_unknown",
        400102: "robot_off",
        310000: "robot_signature",
    },
    RobotKind.FEISHU: {
        9499: "robot_busy",
        11232: "robot_too_fast",
        19001: "robot_unknown",
        19021: "robot_signature",
        19022: "robot_address",
        19024: "robot_keyword",
    },
}
#: The group is told nothing by these, though the robot answers them.
_BROKEN = frozenset({"robot_unknown", "robot_off", "robot_signature", "robot_address", "robot_keyword"})


class _Code(msgspec.Struct):
    errcode: int | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Robot:
    """``clock``: seconds since 1970 by this machine's own clock; a signature is good for an hour."""

    settings: RobotSettings
    clock: Callable[[], float] = time.time

    def say(self, text: str) -> Handed:
        answer = self._post(_harmless(text))
        if isinstance(answer, Silent):
            return Handed(Posted.WAITING, answer.why)
        code = _code(answer)
        if code is None:
            passes = answer.status >= 500 or answer.status in MAY_PASS or answer.status < 300
            return Handed(Posted.WAITING if passes else Posted.REJECTED, str(answer.status))
        if code == 0:
            return Handed(Posted.SENT)
        meaning = _MEANING[self.settings.kind].get(code, "")
        return Handed(Posted.WAITING if meaning else Posted.REJECTED, f"{meaning or 'robot_refused'}:{code}")

    def trouble(self) -> GatewayTrouble | None:
        """Asked with an empty message, which none of them puts into the group."""
        answer = self._post("")
        if isinstance(answer, Silent):
            return GatewayTrouble("unreachable", answer.why)
        code = _code(answer)
        if code is None:
            return GatewayTrouble("robot_no_robot", str(answer.status))
        meaning = _MEANING[self.settings.kind].get(code, "")
        return GatewayTrouble(meaning, str(code)) if meaning in _BROKEN else None

    def _post(self, text: str) -> Said | Silent:
        wanted, now = self.settings, self.clock()
        url, secret = wanted.url.reveal(), wanted.secret.reveal()
        match wanted.kind:
            case RobotKind.WECOM:
                body: dict[str, object] = {"msgtype": "text", "text": {"content": text}}
            case RobotKind.DINGTALK:
                body = {"msgtype": "text", "text": {"content": text}}
                stamp = str(round(now * 1000))
                sign = _signature(secret.encode(), f"{stamp}\n{secret}".encode())
                url += ("&" if "?" in url else "?") + urlencode({"timestamp": stamp, "sign": sign})
            case RobotKind.FEISHU:
                stamp = str(int(now))
                # The text that others sign is the key here, and nothing is what is signed.
                sign = _signature(f"{stamp}\n{secret}".encode(), b"")
                body = {"timestamp": stamp, "sign": sign, "msg_type": "text", "content": {"text": text}}
        return post(url, msgspec.json.encode(body), _HEADERS, wanted.ca)


@dataclass(frozen=True, slots=True)
class GroupGateway:
    """All robots as one gateway: a letter's address is the name its robot has in hub.toml."""

    robots: Mapping[str, Robot]

    def send(self, letter: Letter) -> Handed:
        robot = self.robots.get(letter.address)
        return robot.say(letter.text) if robot else Handed(Posted.REJECTED, "no such robot")

    def trouble(self) -> GatewayTrouble | None:
        return next((trouble for robot in self.robots.values() if (trouble := robot.trouble())), None)


def _signature(key: bytes, text: bytes) -> str:
    return b64encode(hmac.digest(key, text, sha256)).decode()


def _code(answer: Said) -> int | None:
    """``None`` where something else than a robot answered."""
    try:
        said = msgspec.json.decode(answer.text, type=_Code)
    except (msgspec.DecodeError, RecursionError):
        return None
    return said.code if said.errcode is None else said.errcode


def _harmless(text: str) -> str:
    """Feishu takes ``<at user_id="all">`` in a text for a call to everybody."""
    return text.replace("<", "＜").encode()[:LONGEST_TEXT].decode(errors="ignore")
