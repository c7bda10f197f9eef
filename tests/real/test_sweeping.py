"""The running hub goes after a silent approver by itself: the lead is told, with a link that works over TLS."""

import json
import re
from pathlib import Path

import requests

from tests.patience import PATIENCE
from tests.real.hub_process import command, hub_with_sample
from tests.real.plain_kiosk import PlainKiosk, card
from tests.whole.waiting import until

THREE_DAYS = 3 * 24 * 3600.0


def told(messages: Path) -> list[dict[str, str]]:
    whole = messages.read_text(encoding="utf-8").rpartition("\n")[0]  # the hub may be writing the last line
    return [json.loads(line) for line in whole.splitlines()]


def test_silence_is_told_to_the_lead_whose_link_decides(tmp_path: Path) -> None:
    clock, messages = tmp_path / "clock", tmp_path / "messages.jsonl"
    clock.write_text("0")
    options = ("--public-url", "own", "--clock-offset-file", str(clock), "--messages", str(messages))
    with hub_with_sample(tmp_path / "hub", *options) as hub:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        report = kiosk.report(service="access", symptom="permission", claim=card("04A1B2C3D4E580"))
        assert kiosk.submit(kiosk.envelope(report)).json()["approval"]["who"]["zh"] == "业务系统审批人"
        # In one step: the running hub reads it at every look.
        later = clock.with_suffix(".part")
        later.write_text(str(7 * THREE_DAYS))
        later.replace(clock)

        def about_it() -> list[dict[str, str]]:
            return [
                line for line in told(messages) if line["kind"] == "approval_late" and report.reference in line["text"]
            ]

        late = until(about_it, "the lead is told", PATIENCE)
        assert [line["person"] for line in late] == ["jiang-bo"]
        link = re.search(r"https://\S+/d/\w+", late[0]["text"])
        assert link
        with requests.Session() as session:
            session.trust_env, session.verify = False, str(hub.ca)
            page = session.get(link[0], timeout=PATIENCE).text
            form = re.search(r'name="form" value="(\w+)"', page)
            assert form
            answer = session.post(link[0], data={"form": form[1], "decision": "declined"}, timeout=PATIENCE)
        assert "没有同意" in answer.text
        shown = json.loads(command(hub.data, "ticket", report.reference))
        assert shown["state"] == "declined"
        assert "escalated" in [step["what"] for step in shown["history"]]
