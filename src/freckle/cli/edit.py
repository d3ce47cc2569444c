"""`freckle edit`: the editor for one photo, for a program that waits for the result."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from freckle.cli.exits import CANCELLED, OK
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments
from freckle.codec.formats import BY_ENDING, not_written
from freckle.fleeting import fleeting
from freckle.server.handover import Awaited
from freckle.server.serve import edit
from freckle.server.settings import Settings


def run(arguments: Arguments) -> int:
    """Edit until Done or Cancel is pressed, or the last window is closed."""
    output: Path = arguments.output
    check_output({"the original": arguments.input}, "-o", output)
    named = BY_ENDING.get(output.suffix.lower())
    if named is not None and named.write is None:
        raise not_written(named.name)
    with _folder(arguments.data) as folder:
        settings = Settings(
            folder=folder,
            port=arguments.port,
            workers=1,
            awaited=Awaited(arguments.input.absolute(), output.absolute()),
        )
        outcome = edit(
            settings,
            open_browser=not arguments.no_browser,
            announce=partial(print, flush=True),
        )
    if outcome == "done":
        print(f"{output}: written.")
        return OK
    print("Cancelled; nothing was written.")
    return CANCELLED


@contextmanager
def _folder(given: Path | None) -> Iterator[Path]:
    """Give a place for the server's data, wiped afterwards unless somebody named it."""
    if given is not None:
        yield given
        return
    place = Path(tempfile.gettempdir()) / f"freckle-edit-{secrets.token_hex(8)}"
    with fleeting(place) as made:
        yield made
