"""What a pass leaves behind: ``report.json``, as the command promises it. All paths are relative to its folder."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

#: What a person needs, seconds: for a touch, and for reading a page that is new.
SECONDS_A_TOUCH = 1.0
SECONDS_A_PAGE = 2.0


class WentWrongError(Exception):
    """The screen did not do what the flow expects; the message says what."""


@dataclass(slots=True)
class Step:
    screen: str
    png: str


@dataclass(slots=True)
class FlowRecord:
    """``touches`` of the flow, ``language_touches`` among them; those that switch an aid on are counted apart."""

    name: str
    ok: bool = False
    why: str = ""
    touches: int = 0
    seconds: float = 0.0
    steps: list[Step] = field(default_factory=list)
    receipts: list[str] = field(default_factory=list)
    outcome: dict[str, Any] = field(default_factory=dict)
    language_touches: int = 0
    aid_touches: int = 0
    budget: int | None = None
    warnings: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def fail(self, why: str) -> None:
        self.ok = False
        self.why = "; ".join(part for part in (self.why, why) if part)


@dataclass(slots=True)
class Report:
    """``left_out``: flows that were asked for and cannot be walked on this hub, with the reason."""

    size: str
    lang: str
    mode: str
    flows: list[FlowRecord] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return bool(self.flows) and all(flow.ok for flow in self.flows)

    def write(self, folder: Path) -> None:
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        (folder / "report.json").write_text(text + "\n", encoding="utf-8")
