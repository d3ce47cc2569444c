"""How a run is shared among processes."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

if TYPE_CHECKING:
    from xdist.scheduler import LoadScopeScheduling

HERE: Final = Path(__file__).parent
WHOLE: Final = ("browser",)
"""Folders that one process does: one Chromium, one server, each portrait is opened once."""
OWN: Final = {
    f"test_{name}.py" for name in ("accounts", "editor_handover", "publishing", "sharing")
}
"""Files in them that start servers of their own: any process may have these."""
FIRST: Final = (
    *WHOLE,
    *("server/test_access.py", "server/test_kill.py", "cli/test_cli_batch.py", "server", "cli"),
    *("studio", "ops", "analysis/test_faces.py", "looks", "cases", "jobs", "cage"),
)
"""What takes long is begun first: at the end it would leave the other processes idle."""


def rank(path: Path, first: Sequence[str] = FIRST) -> int:
    """Return how many of the long ones go before a file."""
    around = {path, *path.parents}
    return next((k for k, place in enumerate(first) if HERE / place in around), len(first))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest first; each file stays whole."""
    items.sort(key=lambda item: rank(item.path))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> "LoadScopeScheduling | None":
    """Hand out whole files and some whole folders, in the order of above."""
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - only `-n` needs it

    if config.getoption("dist") != "loadscope":
        return None
    config.option.loadscopereorder = False  # by the number of tests: it says little

    class Scheduling(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            path = Path(nodeid.partition("::")[0])
            folder = path.parent.name
            return folder if folder in WHOLE and path.name not in OWN else str(path)

    return Scheduling(config, log)
