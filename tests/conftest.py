"""What a whole run says at its end."""

import pytest
from _pytest.runner import runtestprotocol

SECOND_TRY = "second try"


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Give a test a second try, and name it at the end of the run: two cores may be busy."""
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, nextitem=nextitem, log=False)
    failed = [str(report.longrepr) for report in reports if report.failed]
    if failed:
        item._initrequest()  # type: ignore[attr-defined]
        reports = runtestprotocol(item, nextitem=nextitem, log=False)
        reports[-1].user_properties.append((SECOND_TRY, failed[0]))
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


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
