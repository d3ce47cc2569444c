"""What a worker does for a post: the picture within a place's limits, and words for it."""

from collections.abc import Callable, Mapping
from typing import Any

from freckle.jobs.protocol import Message
from freckle.publish.picture import Finished, alt_of, label_of
from freckle.publish.post import Limits
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import delivered
from freckle.render.export import heads_in
from freckle.report.disclosure import disclosure
from freckle.studio.studio import Studio

Head = Mapping[str, Any]


def post(studio: Studio, head: Head, _given_up: Callable[[], bool]) -> Message:
    """Return a JPEG; if asked to be described, what is seen in it."""
    recipe = Recipe.from_plain(head["recipe"])
    finished, said = _finished(studio, recipe, told=head["label"])
    data, size = finished.pictured(head["preset"], Limits(**head["limits"]))
    alt = alt_of(data, recipe) if head["described"] else ""
    return Message({"size": size, "label": label_of(said), "alt": alt}, data)


def _finished(studio: Studio, recipe: Recipe, *, told: bool) -> tuple[Finished, str]:
    rendering = studio.rendering(recipe)
    photo = delivered(rendering.photo, recipe)
    people = [deed for each in rendering.people for deed in each.deeds]
    deeds = [deed for deed in (*people, *rendering.deeds) if not deed.idle]
    said = disclosure(deeds, cleaned=rendering.cleaned is not None)
    heads = heads_in(rendering, studio.portrait, photo.width)
    enlarged = any(deed.op == "upscale" for deed in deeds)
    return Finished(photo, heads, said if told else None, enlarged), said
