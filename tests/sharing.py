"""A pytest plugin: how tests are shared among processes (``-n``). A file stays together, because its fixtures are
dear: hubs, kiosks, displays. What takes longest begins first, so that no process ends long after the others."""

import os
import random
from typing import Any

import pytest

#: Files and tests that take longest, the longest first; the rest keeps its order.
LONGEST = (
    "tests/whole/test_tour.py",
    "tests/whole/test_own_systems.py",
    "tests/whole/test_kill_screens.py",
    "tests/real/test_helpdesk.py",
    "tests/sim/test_seeds.py",
    "tests/sim/test_planted.py",
    "tests/whole/test_any_line.py",
    "tests/ui/test_hostile_strings.py",
    "tests/whole/test_canary.py",
    "tests/whole/test_bench.py",
    "tests/whole/test_kill.py",
    "tests/whole/test_nothing_personal.py",
    "tests/whole/test_faulty_line.py",
    "tests/ui/test_longer_words.py",
    "tests/ui/test_pages.py",
)
#: Where each test stands alone, so that they need not run in one process.
APART = (
    "tests/ui/test_pages.py::",
    "tests/whole/test_kill_screens.py::",
    "tests/whole/test_tour.py::test_every_mode_holds_in_both_sizes_and_languages",
    "tests/whole/test_tour.py::test_a_planted_fault_makes_the_tour_fail_and_say_why",
)


def unit(nodeid: str) -> str:
    """What runs in one process from beginning to end: a file, or a test that stands alone."""
    return nodeid if nodeid.startswith(APART) else nodeid.partition("::")[0]


def place(nodeid: str) -> int:
    """The lower, the earlier it begins."""
    return next((number for number, start in enumerate(LONGEST) if nodeid.startswith(start)), len(LONGEST))


def pytest_configure() -> None:
    """All processes of a run find a set in the same order: a test may be named by one, and they must agree on names."""
    os.environ.setdefault("PYTHONHASHSEED", str(random.randrange(1, 2**32)))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class ByUnit(LoadScopeScheduling):  # type: ignore[misc]  # xdist has no types
        def _split_scope(self, nodeid: str) -> str:
            return unit(nodeid)

    config.option.loadscopereorder = False  # by the number of tests, which says nothing about how long they take
    return ByUnit(config, log)
