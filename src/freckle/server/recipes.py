"""Routes: what can be done with recipes alone, without a photo."""

from typing import Annotated, Final

from fastapi import APIRouter
from pydantic import Field

from freckle.ops.op import Panel
from freckle.recipe.merging import merged
from freckle.recipe.transfer import transferred
from freckle.server.gate import Me
from freckle.server.wire import Answer, Body, RecipeJSON
from freckle.studio.recipes import opened

ROUTES: Final = APIRouter(prefix="/api/recipes", tags=["recipes"])


class MergeRequest(Body):
    """Lays a preset over a recipe."""

    recipe: RecipeJSON
    preset: RecipeJSON
    person: Annotated[str, Field(max_length=64)] | None = None
    """Key of the one person who is to wear it; none is everyone."""
    panels: list[Panel] | None = None
    """Panels to set, emptied where the preset says nothing of them; none: the preset's own."""


class CarryRequest(Body):
    """Takes a recipe's style to another photo."""

    recipe: RecipeJSON
    onto: RecipeJSON = Field(default_factory=dict)
    """The recipe of the other photo, which keeps what belongs to it."""
    strokes: bool = False
    """Take along what is painted in a face's own units."""
    panels: list[Panel] | None = None
    """Only these panels; the others stay as they are."""
    setting: Annotated[str, Field(max_length=80)] | None = None
    """Only one value, as area.op.param."""


class RecipeAnswer(Answer):
    """A recipe that was made of others."""

    recipe: RecipeJSON


@ROUTES.post("/merge")
def merge(request: MergeRequest, _me: Me) -> RecipeAnswer:
    """Lay a preset over a recipe: only the panels that it has sliders of, or those named, change.

    Locks, marks, hand work and people stay the recipe's.
    """
    recipe, preset = opened(request.recipe), opened(request.preset)
    made = merged(recipe, preset, person=request.person, panels=request.panels)
    return RecipeAnswer(recipe=made.model_dump(mode="json"))


@ROUTES.post("/carry")
def carry(request: CarryRequest, _me: Me) -> RecipeAnswer:
    """Take a recipe's style to another photo, which keeps what belongs to it.

    What is set for one person goes along to whom both recipes give the same name.
    """
    made = transferred(
        opened(request.recipe),
        opened(request.onto),
        panels=request.panels,
        setting=request.setting,
        strokes=request.strokes,
    )
    return RecipeAnswer(recipe=made.model_dump(mode="json"))
