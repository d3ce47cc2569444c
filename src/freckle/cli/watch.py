"""`freckle watch`: photos are retouched as they arrive in a folder."""

from pathlib import Path

from freckle.batch.arrivals import Arrivals
from freckle.cli.batch import folder_of, names_of, order_from, work_on
from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.terminal import note
from freckle.cli.throughput import Throughput
from freckle.disk import same_file
from freckle.errors import OutputError
from freckle.storage.opening import is_address


def run(arguments: Arguments) -> int:
    """Retouch what comes until Ctrl-C. Raises `RecipeError`, `OutputError` or `UsageError`."""
    folder: Path = arguments.folder
    if not folder.is_dir():
        raise OutputError(f"There is no folder {folder.name!r}.", "Create it first.")
    order, out = order_from(arguments), folder_of(arguments)
    if not is_address(out) and same_file(folder, Path(out)):
        raise UsageError("Results cannot go to the folder that is watched. Choose another one.")
    leave = None if is_address(out) else Path(out)
    arrivals = Arrivals(
        folder.absolute(), recursive=arguments.recursive, leave=leave, idle=arguments.idle
    )
    progress = Throughput(None, wanted=not arguments.quiet)
    names = names_of(arguments, order, out)
    with work_on(arguments, names, progress, resume=True) as set_:
        set_.heard = arrivals.heard
        if not arguments.quiet:
            note(f"Watching {folder}; Ctrl-C ends it.")
        set_.run.work(arrivals.sources(old=not arguments.new_only), set_.hear, arrivals.again)
    return OK
