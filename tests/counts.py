"""How often long proofs repeat: COUNT=ci (default) in every run, COUNT=full in ``make soak``."""

import os

COUNT = os.environ.get("COUNT") or "ci"
if COUNT not in ("ci", "full"):
    raise SystemExit(f"COUNT must be ci or full, not {COUNT!r}")


def count(ci: int, full: int) -> int:
    return full if COUNT == "full" else ci
