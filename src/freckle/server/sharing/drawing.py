"""What a worker does for guests: a picture for their screen or their disk, never the original."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from freckle.codec import SaveOptions, encode
from freckle.jobs.protocol import Message
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Canvas
from freckle.photo import Photo, Source
from freckle.poster.watermark import marked
from freckle.recipe.recipe import Recipe
from freckle.render.pyramid import View
from freckle.studio.screen import Screen, jpeg
from freckle.studio.studio import Studio

QUALITY: Final = 90


def shown(studio: Studio, head: Mapping[str, Any], given_up: Callable[[], bool]) -> Message:
    """Draw a recipe, or the original in its frame, with its longer side at most `longest`: a JPEG.

    `watermark` is drawn over it. `metadata` says how much of the original's it carries.
    """
    recipe = Recipe.from_plain(head["recipe"])
    width, height = studio.framing(recipe).size
    scale = min(1.0, head["longest"] / max(width, height))
    view = View(0, 0, width, height, max(1, round(width * scale)), max(1, round(height * scale)))
    if head["before"]:
        drawing = studio.original(view, _frame(recipe))
    else:
        drawing = studio.draw(recipe, view, given_up)
    screen = marked(drawing.screen, head["watermark"])
    return Message({}, _file(studio.photo, screen, head["metadata"]))


def _frame(recipe: Recipe) -> Recipe:
    """Return the steps that crop and turn the picture."""
    steps = [step for step in recipe.steps if isinstance(BY_NAME[step.edit.op], Canvas)]
    return Recipe(steps=tuple(steps))


def _file(original: Photo, screen: Screen, metadata: str) -> bytes:
    if metadata == "nothing":
        return jpeg(screen, QUALITY)
    carried = replace(original.metadata, dpi=None, moved=True)
    photo = Photo(screen, Source("jpeg", original.source.digest), metadata=carried)
    return encode(
        photo, SaveOptions(format="jpeg", quality=QUALITY, strip_gps=metadata == "no_place")
    )
