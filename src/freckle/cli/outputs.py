"""Where results go, and what is refused before any work: the original, devices, other formats."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from freckle.cli.parser import Arguments, UsageError
from freckle.codec import SaveOptions, check_target, same_file
from freckle.codec.saving import SUFFIXES, WRITERS, chosen_format
from freckle.errors import OutputError
from freckle.photo import Photo

SIDECAR: Final = ".freckle.json"
# fmt: off
OTHERS: Final = frozenset({
    "arw", "bmp", "cr2", "cr3", "dng", "eps", "exr", "gif", "hdr", "ico", "j2k", "jp2", "jxl",
    "mov", "mp4", "nef", "orf", "pdf", "pef", "pgm", "ppm", "psb", "psd", "raf", "rw2", "svg",
    "tga", "zip",
})
# fmt: on
"""Endings that promise a format which freckle does not write."""


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the results go."""

    photo: Path
    sidecar: Path | None
    report: Path | None
    compare: Path | None
    heatmap: Path | None

    @property
    def beside(self) -> dict[str, Path]:
        """The files other than the photo, by the argument that asks for them."""
        named = {
            "--sidecar": self.sidecar,
            "--report": self.report,
            "--compare": self.compare,
            "--heatmap": self.heatmap,
        }
        return {name: path for name, path in named.items() if path is not None}


def outputs_of(arguments: Arguments) -> Outputs:
    """Return all paths that `freckle retouch` will write."""
    out: Path = arguments.output
    return Outputs(
        photo=out,
        sidecar=out.with_name(out.name + SIDECAR) if arguments.sidecar and out.name else None,
        report=arguments.report,
        compare=arguments.compare,
        heatmap=arguments.heatmap,
    )


def check_outputs(source: Path, outputs: Outputs) -> None:
    """Refuse before any work what could not be written, or would overwrite the original.

    Raises `UsageError` or `OutputError`.
    """
    taken: list[Path] = []
    for name, path in {"-o": outputs.photo, **outputs.beside}.items():
        check_output(source, name, path)
        if any(_same(path, other) for other in taken):
            raise UsageError(f"{name} names a file that is written already. Choose another name.")
        taken.append(path)


def check_output(source: Path, name: str, path: Path) -> None:
    """Refuse one file; `name` is the argument that asks for it.

    Raises `UsageError` or `OutputError`.
    """
    if _same(path, source):
        raise UsageError(
            f"{name} is the original itself, which freckle never writes to. Choose another name."
        )
    check_target(path)
    if path.exists() and not path.stat().st_mode & 0o222:
        raise OutputError(
            f"{path.name!r} is write-protected.", "Choose another name, or lift the protection."
        )


def _same(first: Path, second: Path) -> bool:
    try:
        return same_file(first, second) or first.resolve() == second.resolve()
    except (OSError, RuntimeError, ValueError):  # what is no path: opening it will say so
        return False


def check_format(photo: Photo, target: Path, options: SaveOptions) -> None:
    """Refuse a format that cannot be written, before the work. Raises `OutputError`."""
    name: str = chosen_format(photo, target, options)
    ending = target.suffix.lower().removeprefix(".")
    if options.format is None and ending in OTHERS:
        name = ending
    if name not in WRITERS:
        raise OutputError(
            f"freckle does not write {name.upper()} files.",
            "Choose a name that ends in .jpg, .png, .tif, .webp or .avif.",
        )


def ending_note(photo: Photo, target: Path, options: SaveOptions) -> str | None:
    """Say when a file's ending and content disagree, or the ending says nothing."""
    written = chosen_format(photo, target, options)
    promised = SUFFIXES.get(target.suffix.lower())
    if promised is None and target.suffix and options.format is None:
        return f"{target.name!r} holds {written.upper()}: its ending names no format."
    if promised is not None and promised != written:
        return f"{target.name!r} holds {written.upper()}, as --format asks, whatever its ending."
    return None
