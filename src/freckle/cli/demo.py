"""`freckle demo`: a sample portrait, retouched, with proof of what changed."""

import shutil
from pathlib import Path

from freckle.cli import retouch
from freckle.cli.exits import OK
from freckle.cli.parser import Arguments, build_parser
from freckle.cli.sample import sample
from freckle.cli.terminal import table
from freckle.errors import OutputError


def run(arguments: Arguments) -> int:
    """Write original, retouched photo, before | after, heat map and report into a folder."""
    source = arguments.photo or sample()
    folder: Path = arguments.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        original = folder / f"original{source.suffix.lower()}"
        shutil.copyfile(source, original)
    except shutil.SameFileError:
        pass
    except OSError as error:
        raise OutputError(
            f"The demo cannot be written into {str(folder)!r} ({error.strerror}).",
            "Check that the photo can be read and the folder written to.",
        ) from error
    shown = {
        "-o": folder / f"retouched{source.suffix.lower()}",
        "--compare": folder / "compare.png",
        "--heatmap": folder / "heatmap.png",
        "--report": folder / "report.json",
    }
    words = [str(word) for pair in shown.items() for word in pair]
    retouch.run(build_parser().parse_args(["retouch", str(original), *words]))
    rows = [
        ("original", original),
        ("retouched", shown["-o"]),
        ("before | after", shown["--compare"]),
        ("what changed where", shown["--heatmap"]),
        ("the figures", shown["--report"]),
    ]
    print("\n" + table([(name, str(path)) for name, path in rows]))
    return OK
