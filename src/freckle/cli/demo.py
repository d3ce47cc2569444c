"""`freckle demo`: a sample portrait, retouched, with proof of what changed."""

import filecmp
from pathlib import Path

from freckle.cli import retouch
from freckle.cli.exits import OK
from freckle.cli.outputs import check_output
from freckle.cli.parser import Arguments, build_parser
from freckle.cli.sample import sample
from freckle.cli.terminal import say, table
from freckle.codec import same_file
from freckle.disk import atomic_write
from freckle.errors import OutputError


def run(arguments: Arguments) -> int:
    """Write original, retouched photo, before | after, heat map and report into a folder.

    Only what an earlier demo of the same photo left there is overwritten.
    """
    source = arguments.photo or sample()
    folder: Path = arguments.folder
    original = folder / f"original{source.suffix.lower()}"
    shown = {
        "-o": folder / f"retouched{source.suffix.lower()}",
        "--compare": folder / "compare.png",
        "--heatmap": folder / "heatmap.png",
        "--report": folder / "report.json",
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path in shown.values():
            check_output({"the photo": source}, "One of the demo's files", path)
        _check_free(source, original, list(shown.values()))
        if not original.exists():
            atomic_write(original, source.read_bytes())
    except OSError as error:
        raise OutputError(
            f"The demo cannot be written into {str(folder)!r} ({error.strerror}).",
            "Check that the photo can be read and the folder written to.",
        ) from error
    words = [str(word) for pair in shown.items() for word in pair]
    retouch.run(build_parser().parse_args(["retouch", str(original), *words]))
    rows = [
        ("original", original),
        ("retouched", shown["-o"]),
        ("before | after", shown["--compare"]),
        ("what changed where", shown["--heatmap"]),
        ("the figures", shown["--report"]),
    ]
    say("\n" + table([(name, str(path)) for name, path in rows]))
    return OK


def _check_free(source: Path, original: Path, others: list[Path]) -> None:
    """Raise `OutputError` if files are there that no demo of this photo has written."""
    if original.exists():
        mine = same_file(source, original) or filecmp.cmp(source, original, shallow=False)
        taken = [] if mine else [original]
    else:
        taken = [path for path in others if path.exists()]
    if taken:
        raise OutputError(
            f"{taken[0].name!r} is there already, and no demo of this photo wrote it.",
            "Choose an empty folder.",
        )
