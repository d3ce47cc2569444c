"""`freckle export`: one photo in, as many files out as there are presets."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from freckle.api.photos import open_photo
from freckle.api.retouching import retouched
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.export_arguments import signing_of
from freckle.cli.outputs import check_output, inputs_of
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import note, quiet_libraries
from freckle.cli.upscale import paper
from freckle.codec import same_file
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.errors import OutputError
from freckle.ops.upscale import INCH
from freckle.photo import Format
from freckle.recipe.exports import EXPORTS, Export, export
from freckle.recipe.selection import Selection
from freckle.render.export import format_of


def run(arguments: Arguments) -> int:
    """Write a photo as presets want it. Raises `Refusal`, `RecipeError` or `OutputError`."""
    if arguments.list:
        print("\n".join(f"{each.name:20} {each.label}" for each in EXPORTS))
        return OK
    if arguments.input is None or arguments.output is None:
        raise UsageError("IN and -o DIR are needed. See --list for presets.")
    wanted = [
        asked(arguments, export(name)) for name in dict.fromkeys(arguments.exports or ["original"])
    ]
    recipe = recipe_from(["none"], arguments.recipe, [one.text for one in arguments.settings])
    for each in wanted:  # what cannot be written is said before the work
        target_of(arguments, each, each.format or "png")
    signing = signing_of(arguments)
    with deadline():
        photo = open_photo(arguments.input)
    with quiet_libraries():
        _ = photo.portrait
    result = retouched(photo, recipe, Selection())
    for each in wanted:
        target = target_of(arguments, each, format_of(result.content, each))
        for sentence in result.export(target, each, signing, disclose=arguments.disclose):
            note(sentence)
        if not arguments.quiet:
            print(target)
    return OK


def asked(arguments: Arguments, preset: Export) -> Export:
    """Return a preset with what the command line says in its place."""
    given = {
        "format": arguments.format,
        "quality": arguments.quality,
        "space": arguments.space,
        "intent": arguments.intent,
        "black_point": False if arguments.no_black_point else None,
        "sharpen": arguments.sharpen,
        "bleed": arguments.bleed,
        "marks": arguments.marks or None,
        "longest": arguments.longest,
        "location": None if arguments.metadata is None else arguments.metadata == "keep",
        "metadata": None if arguments.metadata is None else arguments.metadata != "none",
    }
    if arguments.longest is not None or arguments.paper is not None:
        given |= {"width": 0, "height": 0, "head": 0.0}
    if arguments.paper is not None:
        given |= paper_of(arguments.paper)
    return replace(preset, **{name: value for name, value in given.items() if value is not None})


def paper_of(text: str) -> dict[str, Any]:
    """Return exact pixels and pixels an inch of a sheet of paper. Raises `UsageError`."""
    wide, tall, dpi = paper(text)
    width, height = (round(side / INCH * dpi) for side in (wide, tall))
    return {
        "width": width,
        "height": height,
        "dpi": float(dpi),
        "paper": (wide * 10, tall * 10),
    }


def target_of(arguments: Arguments, wanted: Export, kind: Format) -> Path:
    """Return the file of one preset. Raises `OutputError` when it is taken and may not be."""
    folder: Path = arguments.output
    if not folder.is_dir():
        raise OutputError(f"There is no folder {folder.name!r}.", "Create it first.")
    suffix = FORMATS[kind].endings[0].removeprefix(".")
    stem = arguments.names.format(name=arguments.input.stem, preset=wanted.name)
    path, number = folder / f"{stem}.{suffix}", 1
    read = inputs_of(arguments)
    while path.exists() and (
        arguments.conflict == "number" or any(same_file(path, each) for each in read.values())
    ):
        number += 1
        path = folder / f"{stem}-{number}.{suffix}"
    if path.exists() and arguments.conflict == "refuse":
        raise OutputError(f"{path.name!r} is there already.", "See --conflict.")
    check_output(read, "-o", path)
    return path
