"""A step's mask as a picture of the whole photo, for other programs."""

import cv2
import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.errors import RecipeError
from freckle.geometry import Affine, Box
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import painting
from freckle.photo import Photo
from freckle.pixels.color import Floats
from freckle.recipe.persons import concerns, settled, steps_of
from freckle.recipe.recipe import Recipe, Step
from freckle.render.hand import sheet_of
from freckle.render.stencil import Stencils
from freckle.render.strokes import draw
from freckle.render.tasks import working


def mask_of(photo: Photo, portrait: Portrait, recipe: Recipe, number: int) -> Floats:
    """Return where a step (1 is the recipe's first) works: height × width of the photo, 0..1.

    Raises `RecipeError` when there is no such step, or it moves shapes and has no mask.
    """
    if not 1 <= number <= len(recipe.steps):
        raise RecipeError(
            f"The recipe has no step {number}.", f"It has {len(recipe.steps)} of them."
        )
    recipe = settled(recipe, portrait.keys)
    step = recipe.steps[number - 1]
    people = [p for p in portrait.people if any(s is step for s in steps_of(recipe, p.key))]
    if step.whole:
        return np.ones((photo.height, photo.width), np.float32)
    mask = np.zeros((photo.height, photo.width), np.float32)
    if step.mask is not None:
        sheet = sheet_of(photo, people)
        mask = draw(step.mask, sheet, sheet.box).over(None, sheet.box)
    for person in people:
        if concerns(recipe, person) and (step.mask is None or step.mask.base == "auto"):
            _add_region(mask, person, step)
    return mask


def _add_region(mask: Floats, person: Person, step: Step) -> None:
    """Raise a mask to a step's own region on one face, strokes included, in place."""
    op = painting(BY_NAME[step.edit.op])
    if op is None:
        if step.mask is None:
            raise RecipeError(
                f"{step.edit.op} has no region of its own.",
                "Export the mask of a step that paints.",
            )
        return
    scene = person.scene
    stencil = Stencils(scene.frame, scene.regions).full(step.mask, working(op, step))
    height, width = scene.frame.size
    values = stencil.values([scene.regions[r] for r in stencil.regions], Box(0, 0, width, height))
    box = scene.frame.box
    to_photo = scene.frame.to_photo.matrix
    shift = to_photo[:, 2] - [box.left, box.top]
    matrix = Affine(np.column_stack([to_photo[:, :2], shift])).pixel_matrix()
    moved = cv2.warpAffine(values, matrix, (box.width, box.height), flags=cv2.INTER_LINEAR)
    part = mask[box.slices]
    np.maximum(part, np.asarray(moved, np.float32), out=part)
