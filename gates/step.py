"""One gate: a command, how long it took and whether it held."""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOLS = Path(sys.executable).parent


@dataclass(frozen=True)
class Step:
    name: str
    command: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    name: str
    status: int
    seconds: float


def run(step: Step) -> Result:
    print(f"== {step.name}", flush=True)
    start = time.monotonic()
    status = subprocess.run(step.command, cwd=ROOT, check=False).returncode
    return Result(step.name, status, time.monotonic() - start)


def figures(results: list[Result]) -> str:
    """One line a gate: name, held or the exit status, seconds."""
    lines = [
        f"{result.name:<14} {'ok' if result.status == 0 else f'FAILED ({result.status})':<14} {result.seconds:7.1f} s"
        for result in results
    ]
    total = sum(result.seconds for result in results)
    held = sum(result.status == 0 for result in results)
    return "\n".join(["", *lines, f"{held} of {len(results)} gates held in {total:.1f} s"])
