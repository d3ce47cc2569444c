"""`freckle serve`: the editor in the browser."""

from functools import partial

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.sample import sample
from freckle.server.serve import serve
from freckle.server.settings import Settings, default_folder


def run(arguments: Arguments) -> int:
    """Serve until interrupted."""
    settings = Settings(
        folder=arguments.data or default_folder(),
        database=arguments.database,
        host=arguments.host,
        port=arguments.port,
        public_url=arguments.public_url,
        sample=sample() if arguments.sample else None,
    )
    serve(
        settings,
        open_browser=not arguments.no_browser,
        announce=partial(print, flush=True),
    )
    return OK
