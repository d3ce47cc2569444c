"""What a whole run says at its end."""

import pytest

SECOND_TRY = "second try"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that passed only when they were tried again: each of them is a defect."""
    again = {
        report.nodeid: str(value).strip().splitlines()[-1][:200]
        for reports in terminalreporter.stats.values()
        for report in reports
        if isinstance(report, pytest.TestReport)
        for name, value in report.user_properties
        if name == SECOND_TRY
    }
    if again:
        terminalreporter.section(f"{len(again)} tests were tried twice")
        for test, why in again.items():
            terminalreporter.write_line(f"{test}: {why}", yellow=True)
