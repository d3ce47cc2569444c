"""`freckle serve`: the editor in the browser."""

from functools import partial

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.sample import sample
from freckle.server.serve import serve


def run(arguments: Arguments) -> int:
    """Serve until interrupted."""
    serve(
        arguments.host,
        arguments.port,
        arguments.data,
        open_browser=not arguments.no_browser,
        sample=sample() if arguments.sample else None,
        announce=partial(print, flush=True),
    )
    return OK
