"""`freckle retouch`: one photo in, one photo out, and proof of what changed."""

import json
from pathlib import Path
from typing import Final

import cv2

from freckle.api.photos import open_photo
from freckle.api.remarks import Remedies
from freckle.api.result import Result
from freckle.api.retouching import retouched
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.export_arguments import signing_of
from freckle.cli.matting import take_matting_model
from freckle.cli.outputs import Outputs, check_outputs, inputs_of, outputs_of
from freckle.cli.parser import Arguments
from freckle.cli.people import selection_of
from freckle.cli.settings import recipe_from
from freckle.cli.terminal import Progress, note, quiet_libraries, say
from freckle.codec import SaveOptions, atomic_write
from freckle.codec.endings import check_format
from freckle.codec.jpeg_kept import library
from freckle.codec.saving import chosen_format
from freckle.pixels.color import prepare
from freckle.pixels.memory import ALL, keep_freed
from freckle.pixels.threads import ahead
from freckle.recipe.recipe import Recipe
from freckle.recipe.selection import Selection
from freckle.render.finish import check_holds
from freckle.vision.parser import load

REMEDIES: Final = Remedies(
    natural="--set lock.natural=off",
    skin_tone="--set lock.skin_tone=off",
    include="--include",
    assign="--assign {key}=1",
    unchanged="the photo is written unchanged.",
)


def run(arguments: Arguments) -> int:
    """Retouch a photo. Raises `Refusal`, `RecipeError`, `OutputError` or `UsageError`."""
    outputs = outputs_of(arguments)
    check_outputs(inputs_of(arguments), outputs)
    everyone = [one.text for one in arguments.settings if one.person is None]
    recipe = recipe_from(arguments.presets, arguments.recipe, everyone)
    selection = selection_of(arguments, recipe)
    take_matting_model(arguments)
    return carried_out(arguments, outputs, recipe, selection)


def carried_out(
    arguments: Arguments, outputs: Outputs, recipe: Recipe, selection: Selection
) -> int:
    """Do what a recipe says to a photo, write it, and say what was done."""
    if arguments.threads is not None:
        cv2.setNumThreads(arguments.threads)
    keep_freed(ALL)
    signing = signing_of(arguments)
    with Progress(_stages(), wanted=not arguments.quiet) as progress:
        result = work(arguments, recipe, selection, progress)
        progress.step()
        notes = result.save(
            outputs.photo,
            signing,
            disclose=arguments.disclose,
            format=arguments.format,
            quality=arguments.quality,
            strip_gps=arguments.strip_gps,
            strip_metadata=arguments.strip_metadata,
            keep_blocks=arguments.keep_blocks,
        )
        proof = prove(result, outputs)
    remarks = result.sentences(REMEDIES, people=not arguments.quiet)
    for sentence in (*result.photo.warnings, *notes, *remarks):
        note(sentence)
    if not arguments.quiet:
        say(proof)
    return OK


def _stages() -> list[tuple[str, float]]:
    return [("opening", 0.3), ("finding faces", 0.4), ("retouching", 2.0), ("writing", 0.5)]


def work(arguments: Arguments, recipe: Recipe, selection: Selection, progress: Progress) -> Result:
    """Open, find people, and render. Raises `Refusal`, `OutputError` or `RecipeError`."""
    progress.step()
    looked = bool(selection.named) or not recipe.neutral
    prepared = ahead(prepare) if looked else None  # while the file is read
    with deadline():
        photo = open_photo(arguments.input)
    options = SaveOptions(format=arguments.format)
    if arguments.keep_blocks:
        library()
    check_format(photo.content, arguments.output, options)
    check_holds(recipe, chosen_format(photo.content, arguments.output, options))
    progress.step()
    if prepared is not None:
        with quiet_libraries():
            loaded = ahead(load)
            _ = photo.portrait
            loaded()
            prepared()
        progress.step()
    return retouched(photo, recipe, selection)


def prove(result: Result, outputs: Outputs) -> str:
    """Write report and pictures as asked; return the summary for people."""
    if outputs.sidecar is not None:
        _write_text(outputs.sidecar, result.recipe.to_json())
    pictures = {outputs.compare: result.comparison, outputs.heatmap: result.heatmap}
    for path, picture in pictures.items():
        if path is not None:
            from freckle.report.pictures import write  # noqa: PLC0415 - only when asked for

            write(picture(), path)
    if outputs.report is None:
        return f"{outputs.photo}: {result.summary}"
    from freckle.report.text import readable  # noqa: PLC0415 - only when asked for

    _write_text(outputs.report, json.dumps(result.report.to_plain(), indent=1) + "\n")
    return readable(result.report)


def _write_text(path: Path, text: str) -> None:
    atomic_write(path, text.encode("utf-8"))
