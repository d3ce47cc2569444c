"""`freckle mask`: take a step's mask out of a recipe as a picture, and put one in."""

from freckle.analysis.portrait import analyze
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.outputs import check_output, inputs_of
from freckle.cli.parser import Arguments
from freckle.cli.terminal import quiet_libraries
from freckle.codec import atomic_write, load
from freckle.codec.files import read_file
from freckle.errors import RecipeError
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.sources import read_recipe
from freckle.recipe.strokes import Mask
from freckle.render.bitmaps import pack, to_png
from freckle.render.mask import mask_of


def run(arguments: Arguments) -> int:
    """Export or import a mask. Raises `Refusal`, `RecipeError`, `OutputError` or `UsageError`."""
    check_output(inputs_of(arguments), "-o", arguments.output)
    recipe = read_recipe(arguments.recipe)
    if arguments.direction == "export":
        with deadline():
            photo = load(arguments.input)
        with quiet_libraries():
            portrait = analyze(photo)
        content = to_png(mask_of(photo, portrait, recipe, arguments.step))
    else:
        with deadline():
            bitmap = pack(read_file(arguments.input))
        content = with_bitmap(recipe, arguments.step, bitmap).to_json().encode("utf-8")
    atomic_write(arguments.output, content)
    return OK


def with_bitmap(recipe: Recipe, number: int, bitmap: str) -> Recipe:
    """Return a recipe whose step `number` (1 is the first) works under a bitmap alone.

    Raises `RecipeError` when there is no such step.
    """
    if not 1 <= number <= len(recipe.steps):
        raise RecipeError(
            f"The recipe has no step {number}.", f"It has {len(recipe.steps)} of them."
        )
    steps: list[Step] = list(recipe.steps)
    mask = Mask(base="empty", bitmap=bitmap)
    steps[number - 1] = steps[number - 1].model_copy(update={"mask": mask})
    return recipe.model_copy(update={"steps": tuple(steps)})
