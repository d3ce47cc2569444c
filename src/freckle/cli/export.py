"""`freckle export`: one photo in, as many files out as there are presets."""

from pathlib import Path

from freckle.api.photos import open_photo
from freckle.api.retouching import retouched
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.outputs import check_output, inputs_of
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import note, quiet_libraries
from freckle.codec import same_file
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.errors import OutputError
from freckle.recipe.exports import EXPORTS, Export, export
from freckle.recipe.selection import Selection


def run(arguments: Arguments) -> int:
    """Write a photo as presets want it. Raises `Refusal`, `RecipeError` or `OutputError`."""
    if arguments.list:
        print("\n".join(f"{each.name:20} {each.label}" for each in EXPORTS))
        return OK
    if arguments.input is None or arguments.output is None or not arguments.exports:
        raise UsageError("IN, -o DIR and at least one --preset are needed. See --list.")
    wanted = [export(name) for name in dict.fromkeys(arguments.exports)]
    recipe = recipe_from(["none"], arguments.recipe, [one.text for one in arguments.settings])
    targets = {each.name: target_of(arguments, each) for each in wanted}
    with deadline():
        photo = open_photo(arguments.input)
    with quiet_libraries():
        _ = photo.portrait
    result = retouched(photo, recipe, Selection())
    for each in wanted:
        for sentence in result.export(targets[each.name], each.name):
            note(sentence)
        if not arguments.quiet:
            print(targets[each.name])
    return OK


def target_of(arguments: Arguments, wanted: Export) -> Path:
    """Return the file of one preset. Raises `OutputError` when it is taken and may not be."""
    folder: Path = arguments.output
    if not folder.is_dir():
        raise OutputError(f"There is no folder {folder.name!r}.", "Create it first.")
    suffix = FORMATS[wanted.format].endings[0].removeprefix(".")
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
