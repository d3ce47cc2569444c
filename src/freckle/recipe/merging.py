"""A preset laid over a recipe: it speaks of the panels that it has sliders of, and of no others."""

from collections.abc import Iterable
from typing import Final

from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.op import AnyOp, Area, Panel
from freckle.recipe.carrying import portable
from freckle.recipe.recipe import Recipe, Step

_ORDER: Final = {op.name: place for place, op in enumerate(CATALOGUE)}


def panels_of(preset: Recipe) -> tuple[Panel, ...]:
    """Return the panels that a preset sets, in the catalogue's order."""
    named = {step.edit.op for step in preset.steps}
    return tuple(dict.fromkeys(op.panel for op in CATALOGUE if op.name in named))


def merged(
    recipe: Recipe,
    preset: Recipe,
    *,
    person: str | None = None,
    panels: Iterable[Panel] | None = None,
) -> Recipe:
    """Return a recipe with a preset's sliders in place of what its panels had.

    For everyone that is all of these panels; for one person, by key, only what is theirs. Other
    panels, locks, marks, people and names stay the recipe's, and the preset's own photo is left
    behind (`portable`). Sliders end where the recipe's natural lock stops them. `panels` are the
    preset's unless named: a panel of which it says nothing is emptied.
    """
    preset = portable(preset, strokes=True)
    chosen = panels_of(preset) if panels is None else tuple(panels)
    made = (
        _for_everyone(recipe, preset, chosen)
        if person is None
        else _for_one(recipe, preset, chosen, person)
    )
    return made.model_copy(update={"steps": tuple(sorted(made.steps, key=rank))}).locked()


def rank(step: Step) -> tuple[int, bool]:
    """Sort as the catalogue works; within a tool everyone comes before the persons."""
    return _ORDER[step.edit.op], step.person is not None


def _for_everyone(recipe: Recipe, preset: Recipe, panels: tuple[Panel, ...]) -> Recipe:
    kept = [step for step in recipe.steps if BY_NAME[step.edit.op].panel not in panels]
    new = [step for step in preset.steps if BY_NAME[step.edit.op].panel in panels]
    amounts = {panel: value for panel, value in recipe.amounts.items() if panel not in panels}
    faded = {panel: value for panel, value in preset.amounts.items() if panel in panels}
    return recipe.model_copy(update={"steps": (*kept, *new), "amounts": amounts | faded})


def _for_one(recipe: Recipe, preset: Recipe, panels: tuple[Panel, ...], person: str) -> Recipe:
    steps = list(recipe.steps)
    for op in CATALOGUE:
        if op.panel in panels:
            for area in op.areas:
                model = _of(preset.steps, op, area) or Step(edit=op.params(), area=area)
                whole = model.whole or op.panel == "brush"
                _put(steps, model.model_copy(update={"person": None if whole else person}))
    return recipe.model_copy(update={"steps": tuple(steps)})


def _of(steps: Iterable[Step], op: AnyOp, area: Area, person: str | None = None) -> Step | None:
    """Return the step of a tool for an area and a person."""
    named = (step for step in steps if (step.edit.op, step.area) == (op.name, area))
    return next((step for step in named if step.person == person), None)


def _put(steps: list[Step], step: Step) -> None:
    """Put a step in place of the one for the same tool, area and person, if it says anything."""
    op = BY_NAME[step.edit.op]
    old = _of(steps, op, step.area, step.person)
    if old is not None:
        steps.remove(old)
    everyone = _of(steps, op, step.area) if step.person is not None else None
    nothing = everyone or Step(edit=op.params(), area=step.area)
    if step.model_copy(update={"person": None}) != nothing:
        steps.append(step)
