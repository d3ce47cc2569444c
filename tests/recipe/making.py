"""Steps and recipes, in short."""

from typing import Any

from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Recipe, Step
from freckle.recipe.strokes import Mask, Space, Stroke


def step(op: str, amount: float = 20, person: str | None = None, **more: Any) -> Step:
    return Step(edit=BY_NAME[op].params(amount=amount), person=person, **more)


def recipe(*steps: Step, **more: Any) -> Recipe:
    return Recipe(steps=steps, **more)


def painted(*spaces: Space, base: Any = "empty") -> Mask:
    strokes = tuple(Stroke(points=((0.1, 0.1),), size=0.1, space=space) for space in spaces)
    return Mask(base=base, strokes=strokes)


def told(made: Recipe) -> list[tuple[str, float, str | None]]:
    """Say which tools a recipe has, at what, for whom."""
    return [(s.edit.op, getattr(s.edit, "amount", 0.0), s.person) for s in made.steps]
