"""A pytest plugin: what a proof has counted is said at the end of the run, in whichever process it ran."""

from collections.abc import Callable

import pytest

_FIGURE = "figure"


@pytest.fixture
def say_figure(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """For a line that stands in the run's output."""
    return lambda line: record_property(_FIGURE, line)


class Figures:
    def __init__(self) -> None:
        self.said: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown":
            self.said += [str(line) for name, line in report.user_properties if name == _FIGURE]

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for line in self.said:
            terminalreporter.write_line(line)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(Figures())
