"""What a worker does for a post: the picture within a place's limits, and words for it."""

from collections.abc import Callable, Mapping
from typing import Any

from freckle.jobs.protocol import Message
from freckle.publish.picture import Finished, alt_of, label_of
from freckle.publish.post import Limits
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import delivered
from freckle.report.disclosure import disclosure
from freckle.studio.studio import Studio

Head = Mapping[str, Any]


def post(studio: Studio, head: Head, _given_up: Callable[[], bool]) -> Message:
    """Return a JPEG; if asked to be described, what is seen in it."""
    recipe = Recipe.from_plain(head["recipe"])
    rendering = studio.rendering(recipe)
    said = disclosure(rendering.done, cleaned=rendering.cleaned is not None)
    told = said if head["label"] else None
    photo = delivered(rendering.photo, recipe)
    finished = Finished.of(photo, rendering, studio.portrait, told)
    data, size = finished.pictured(head["preset"], Limits(**head["limits"]))
    alt = alt_of(data, recipe) if head["described"] else ""
    return Message({"size": size, "label": label_of(said), "alt": alt}, data)
