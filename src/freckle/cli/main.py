"""Entry point of `freckle`: reads the arguments, runs one command, and never shows a traceback."""

import gc
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from freckle.cli.cage import around
from freckle.cli.exits import INTERNAL, INTERRUPTED, OK, OUTPUT, USAGE, exit_code
from freckle.cli.parser import Arguments, UsageError, build_parser
from freckle.cli.stopping import StoppedError, stopping
from freckle.cli.terminal import complain
from freckle.errors import FreckleError


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code; see `freckle.cli.exits`."""
    try:
        with stopping():
            return _run(argv)
    except UsageError as error:
        complain(str(error))
        return USAGE
    except FreckleError as error:
        complain(str(error), code=getattr(error, "code", None))
        return exit_code(error)
    except (KeyboardInterrupt, StoppedError) as stop:
        complain("Stopped; nothing half-written is left behind.")
        return getattr(stop, "code", INTERRUPTED)
    except BrokenPipeError:
        _forget_stdout()
        return OK
    except Exception as error:
        return _unexpected(error)


def _run(argv: Sequence[str] | None) -> int:
    _open_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # a console without × or a name that is no Unicode must not end the work
            stream.reconfigure(errors="backslashreplace")
    # plugins of pydantic are looked for among all that is installed: that takes as long as a face
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    words = sys.argv[1:] if argv is None else argv
    arguments = build_parser(words).parse_args(words)
    name = "versions" if arguments.version else arguments.command
    run = command(name)
    with around(name):
        code = run(arguments)
    if sys.stdout is not None:  # it was closed before we began
        sys.stdout.flush()
    return code


def _open_streams() -> None:
    """Lead closed standard streams nowhere, lest a file of ours take their numbers."""
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free


def _forget_stdout() -> None:
    """Let what is still buffered go nowhere: the reader of a pipe went away (`| head`)."""
    with suppress(OSError, ValueError), Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def command(name: str) -> Callable[[Arguments], int]:
    """Import a command only when it runs, so that the others start fast."""
    module = f"freckle.cli.{name}"
    if module not in sys.modules:
        _import_for_good(module)
    run: Callable[[Arguments], int] = import_module(module).run
    return run


def _import_for_good(module: str) -> None:
    """Import what stays until the process ends; the garbage collector need not look at it.

    It takes a tenth of a start to look through code and models, again and again as they grow.
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        import_module(module)
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


def _unexpected(error: Exception) -> int:
    if os.environ.get("FRECKLE_DEBUG") == "1":
        raise error
    if isinstance(error, OSError) and error.filename is None:  # files say theirs, a stream cannot
        _forget_stdout()
        complain(
            f"What was to be printed cannot be ({error.strerror}). Files are written as asked."
        )
        return OUTPUT
    if isinstance(error, MemoryError):
        complain(
            "The photo needs more memory than there is. Close other programs, or scale it down.",
            code="too_much_memory",
        )
        return INTERNAL
    first = (str(error).splitlines() or [""])[0][:200]
    complain(
        f"Something went wrong inside freckle ({type(error).__name__}: {first}). "
        "Run it again with FRECKLE_DEBUG=1 and report what it prints.",
        code="internal",
    )
    return INTERNAL
