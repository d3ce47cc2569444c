"""The engines by name."""

from typing import Final

from freckle.jobs.job import Engine
from freckle.jobs.local import Local

ENGINES: Final = ("local", "ray")


def engine(
    name: str, kinds: str, *, workers: int | None = None, address: str | None = None
) -> Engine:
    """Start an engine for a table of kinds (`module:name`). Raises `OutputError`.

    `workers` is for `local`, the `address` of a running cluster for `ray`.
    """
    if name == "local":
        return Local(kinds, workers)
    from freckle.jobs.cluster import Cluster  # noqa: PLC0415 - an extra

    return Cluster(kinds, address)
