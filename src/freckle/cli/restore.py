"""`freckle restore`: a backup, put back."""

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import note, say
from freckle.server.keeping import reached
from freckle.server.safekeeping.receipt import told
from freckle.server.safekeeping.restore import restore


def run(arguments: Arguments) -> int:
    """Restore. Raises `StorageError`, `OutputError`."""
    with reached():
        restored = restore(arguments.input, arguments.data, arguments.database)
    manifest = restored.manifest
    for digest in (*manifest.missing, *manifest.damaged):
        note(f"The original {digest[:12]} was lost or damaged when the backup was taken.")
    if not arguments.quiet:
        originals = sum(name.startswith("originals/") for name in manifest.files)
        say(
            f"Restored {originals:,} originals, and all else as it was on "
            f"{manifest.created:%Y-%m-%d %H:%M} UTC."
        )
        say(told(restored.receipt))
    return OK
