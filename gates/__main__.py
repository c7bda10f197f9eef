"""``python -m gates [lint] [tests] [cover] [-- pytest's own words]``: runs all, fails if one failed, prints figures."""

import os
import sys

from gates.step import TOOLS, Step, figures, run

PYTHON = sys.executable
#: Processes that share the tests, for each processor and at most: half the time a test waits for a kiosk or a daemon,
#: and each process has its own displays, hubs and databases, which is what more of them would cost.
FOR_EACH, MOST = 2, 4
SHARED = ("-n", str(min((os.cpu_count() or 1) * FOR_EACH, MOST)))
#: Tests that take longest are named at the end: what the suite costs is seen there.
SLOWEST = ("--durations=40", "--durations-min=4")


def tool(name: str, *arguments: str) -> tuple[str, ...]:
    return (str(TOOLS / name), *arguments)


GATES = {
    "lint": (
        Step("ruff check", tool("ruff", "check", "--quiet", ".")),
        Step("ruff format", tool("ruff", "format", "--quiet", "--check", ".")),
        Step("mypy", tool("mypy")),
        Step("imports", tool("lint-imports", "--no-logo", "--cache-dir", "build/import-linter")),
        Step("qmllint", (PYTHON, "-m", "gates.qml")),
    ),
    "tests": (Step("tests", (PYTHON, "-m", "pytest", *SHARED, *SLOWEST)),),
    "cover": (
        Step("tests", (PYTHON, "-m", "coverage", "run", "-m", "pytest")),
        Step("combine", (PYTHON, "-m", "coverage", "combine", "--quiet")),
        Step("pages", (PYTHON, "-m", "coverage", "html", "--quiet")),
        Step("coverage", (PYTHON, "-m", "coverage", "report", "--skip-covered")),
    ),
}


def main(arguments: list[str]) -> int:
    """Exit status 0 all held, 1 one failed, 2 usage."""
    cut = arguments.index("--") if "--" in arguments else len(arguments)
    names, to_pytest = arguments[:cut], tuple(arguments[cut + 1 :])
    if not names or not set(names) <= set(GATES):
        print(f"usage: python -m gates {'|'.join(GATES)} ... [-- PYTEST]", file=sys.stderr)
        return 2
    steps = [step for name in names for step in GATES[name]]
    results = [run(Step(step.name, step.command + to_pytest) if step.name == "tests" else step) for step in steps]
    print(figures(results))
    return int(any(result.status != 0 for result in results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
