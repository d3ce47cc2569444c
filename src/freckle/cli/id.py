"""`freckle id`: an official ID photo, cut and checked, never retouched."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Final

from freckle.api.photos import OpenedPhoto, open_photo
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK, SOME
from freckle.cli.outputs import check_output, inputs_of
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.set_arguments import size_of_paper
from freckle.cli.terminal import Progress, note, quiet_libraries, say, table
from freckle.codec import atomic_write
from freckle.codec.formats import BY_ENDING
from freckle.errors import OutputError
from freckle.photo import Format
from freckle.sets.identity import IdPhoto, identity, proof, told, written
from freckle.sets.sheets import sheet
from freckle.sets.specs import SPECS, Spec, spec_of

HOLD: Final[tuple[Format, ...]] = ("jpeg", "png", "tiff")


def run(arguments: Arguments) -> int:
    """Cut an ID photo. Raises `Refusal`, `RecipeError`, `OutputError` or `UsageError`."""
    if arguments.list:
        say(listing())
        return OK
    if arguments.input is None or arguments.output is None or arguments.country is None:
        raise UsageError("IN, -o OUT and --country are needed. See --list for countries.")
    spec = spec_of(arguments.country)
    paper = None if arguments.sheet is None else size_of_paper(arguments.sheet)
    kind, sheet_at = _targets(arguments)
    photo, made = _made(arguments, spec)
    data = written(made, kind)
    proved = proof(made, photo.content, data)
    copies = None if paper is None else sheet(made.photo, (spec.width, spec.height), paper)
    atomic_write(arguments.output, data)
    if arguments.report is not None:
        atomic_write(arguments.report, (json.dumps(_plain(made, proved), indent=1) + "\n").encode())
    lines = [readable(made, proved)]
    if copies is not None:
        atomic_write(sheet_at, written(replace(made, photo=copies.photo), kind))
        lines.append(f"{copies.count} copies on {sheet_at.name}.")
    if not arguments.quiet:
        say("\n".join(lines))
    if spec.note:
        note(spec.note)
    return OK if made.good else SOME


def _made(arguments: Arguments, spec: Spec) -> tuple[OpenedPhoto, IdPhoto]:
    """Open the photo and cut it."""
    stages = [("opening", 0.3), ("finding faces", 0.5), ("cutting out", 4.0)]
    with Progress(stages, wanted=not arguments.quiet) as progress:
        progress.step()
        with deadline():
            photo = open_photo(arguments.input)
        progress.step()
        with quiet_libraries():
            _ = photo.portrait
        progress.step()
        return photo, identity(photo, spec, straighten=arguments.straighten, dpi=arguments.dpi)


def listing() -> str:
    """Return all sizes for people."""
    rows = [("code", "country", "mm", "head, mm", "eyes above edge, mm", "background", "dpi")]
    for spec in SPECS:
        low, high = spec.eye_line
        rows.append(
            (
                spec.name,
                spec.label,
                f"{spec.width:g} × {spec.height:g}",
                f"{spec.head[0]:g} to {spec.head[1]:g}{' with hair' if spec.hair else ''}",
                f"{low:g} to {high:g}",
                spec.ground,
                str(spec.dpi),
            )
        )
    return table(rows)


def readable(made: IdPhoto, proved: dict[str, object]) -> str:
    """Return what was found, one line each, and the proof."""
    size = f"{made.spec.label}: {made.spec.width:g} × {made.spec.height:g} mm"
    pixels = f"{made.photo.width} × {made.photo.height} pixels, {made.dpi:.0f} an inch"
    return "\n".join([f"{size}, {pixels}", *map(str, made.findings), told(proved)])


def _targets(arguments: Arguments) -> tuple[Format, Path]:
    """Return the format, and where the sheet goes. Raises `OutputError` or `UsageError`."""
    out: Path = arguments.output
    found = BY_ENDING.get(out.suffix.lower())
    name: Format | None = None if found is None else found.name
    if name not in HOLD:
        raise OutputError(
            f"{out.name!r} is no name for an ID photo.", "End it in .png, .tif or .jpg."
        )
    beside = out.with_name(f"{out.stem}-sheet{out.suffix}")
    read = inputs_of(arguments)
    asked = {"-o": out, "--sheet": beside if arguments.sheet else None, "--report": None}
    for option, path in {**asked, "--report": arguments.report}.items():
        if path is not None:
            check_output(read, option, path)
    if arguments.report is not None and arguments.report.absolute() in (
        out.absolute(),
        beside.absolute(),
    ):
        raise UsageError("--report names a file that is written already. Choose another name.")
    return name, beside


def _plain(made: IdPhoto, proved: dict[str, object]) -> dict[str, object]:
    spec = made.spec
    return {
        "country": spec.name,
        "size_mm": [spec.width, spec.height],
        "source": spec.source,
        "pixels": [made.photo.width, made.photo.height],
        "dpi": round(made.dpi, 2),
        "measures_mm": {
            name: round(value, 2) for name, value in made.placing.measures(made.head).items()
        },
        "good": made.good,
        "findings": [
            {"name": each.name, "good": each.good, "found": each.found, "asked": each.asked}
            for each in made.findings
        ],
        "retouched": False,
        "proof": proved,
    }
