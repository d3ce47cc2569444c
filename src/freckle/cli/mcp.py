"""`freckle mcp`: freckle's tools for programs that speak the Model Context Protocol."""

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, UsageError


def run(arguments: Arguments) -> int:
    """Serve on standard input and output until they are closed."""
    try:
        from freckle.mcp.server import make_server  # noqa: PLC0415 - an extra, which may be absent
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"mcp", "mcp_types"}:
            raise
        raise UsageError("This needs the extra 'mcp': pip install 'freckle[mcp]'.") from None
    from freckle.mcp.places import Places  # noqa: PLC0415 - it comes with it

    make_server(Places.of(tuple(arguments.folders), arguments.out)).run("stdio")
    return OK
