"""A pytest plugin: a test that was skipped or expected to fail has proved nothing, so the run fails."""

import pytest


class NoSkips:
    def __init__(self) -> None:
        self.excused: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped or hasattr(report, "wasxfail"):
            self.excused.append(report.nodeid)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self.excused.append(report.nodeid)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.excused and session.exitstatus == pytest.ExitCode.OK:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        for name in self.excused:
            terminalreporter.write_line(f"NOT RUN, which counts as failed: {name}", red=True)


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(NoSkips())
