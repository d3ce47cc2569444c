"""`freckle quota`: what workspaces hold, and how much they may."""

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.terminal import say, table
from freckle.server.keeping import opened
from freckle.server.quota import Quota, said
from freckle.server.rooms.quotas import Holding


def run(arguments: Arguments) -> int:
    """List, or limit one workspace. Raises `UsageError`, `FreckleError`."""
    given, workspace = limits_of(arguments), arguments.workspace
    if workspace is None and given != Quota():
        raise UsageError("A limit needs a workspace. `freckle quota DATA` lists them.")
    with opened(arguments.data, arguments.database) as store:
        if workspace is not None and given != Quota():
            store.set_quota(workspace, given.over(store.holding_of(workspace).own))
        holdings = store.holdings() if workspace is None else [store.holding_of(workspace)]
    say(table([_row(each) for each in holdings]))
    return OK


def limits_of(arguments: Arguments) -> Quota:
    """Return the limits that a command line names."""
    return Quota(
        bytes=arguments.quota,
        photos=arguments.quota_photos,
        projects=arguments.quota_projects,
    )


def _row(holding: Holding) -> tuple[str, ...]:
    used, limit = holding.used, holding.own
    return (
        holding.workspace,
        holding.name,
        said(used.bytes or 0) + (f" of {said(limit.bytes)}" if limit.bytes is not None else ""),
        _counted(used.photos, limit.photos, "photos"),
        _counted(used.projects, limit.projects, "projects"),
    )


def _counted(used: int | None, limit: int | None, what: str) -> str:
    return f"{used or 0:,}" + (f" of {limit:,}" if limit is not None else "") + f" {what}"
