"""`freckle backup`: everything that a server keeps, in one file."""

from freckle.cli.exits import OK, SOME
from freckle.cli.parser import Arguments
from freckle.cli.terminal import note, say
from freckle.server.keeping import reached
from freckle.server.quota import said
from freckle.server.safekeeping.backup import Taken, backup
from freckle.server.safekeeping.receipt import told


def run(arguments: Arguments) -> int:
    """Take a backup. Raises `OutputError`."""
    with reached():
        taken = backup(arguments.data, arguments.output, arguments.database)
    if not arguments.quiet:
        say(f"{taken.photos:,} photos, {taken.projects:,} projects, {said(taken.size)}.")
        if taken.receipt:
            say(told(taken.receipt))
    return SOME if _troubles(taken) else OK


def _troubles(taken: Taken) -> bool:
    for digest in taken.missing:
        note(f"The original {digest[:12]} is not there; its projects are kept without it.")
    for digest in taken.damaged:
        note(f"The original {digest[:12]} is no longer what was uploaded; it is kept as it is.")
    return bool(taken.missing or taken.damaged)
