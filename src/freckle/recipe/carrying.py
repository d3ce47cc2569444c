"""A recipe for another photo: its style goes along, what belongs to its own photo stays behind."""

from collections.abc import Iterable, Mapping

from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.op import Hand
from freckle.recipe.recipe import Recipe, Step


def portable(recipe: Recipe, *, strokes: bool = False) -> Recipe:
    """Return what of a recipe can be used on any photo: its style.

    `strokes` takes along what is painted in a face's own units, which fits any face.
    """
    steps = tuple(_carried(recipe.steps, {}, strokes=strokes))
    return Recipe(steps=steps, amounts=recipe.amounts, locks=recipe.locks)


def carried(recipe: Recipe, onto: Recipe, *, strokes: bool = False) -> Recipe:
    """Return a recipe's style on another photo, whose recipe `onto` gives what belongs to it.

    Marks, places, people and names are those of `onto`; its style is replaced. Steps for one
    person go along to whom both photos give the same name, in place of what they had there.
    """
    keys = {name: key for key, name in onto.names.items()}
    same = {key: keys[name] for key, name in recipe.names.items() if name in keys}
    steps = list(_carried(recipe.steps, same, strokes=strokes))
    replaced = set(same.values())
    for own in onto.steps:
        if own.here and (own.mask is not None or own.person not in replaced):
            _insert(steps, own)
    style = {"amounts": recipe.amounts, "locks": recipe.locks}
    return onto.model_copy(update={"steps": tuple(steps), **style})


def _carried(steps: Iterable[Step], same: Mapping[str, str], *, strokes: bool) -> Iterable[Step]:
    """Yield the steps that go along; `same` are persons by their keys here and there."""
    for step in steps:
        if not step.here:
            if not isinstance(BY_NAME[step.edit.op], Hand):  # which does nothing unpainted
                yield step
        elif step.person is None or step.person in same:
            person = None if step.person is None else same[step.person]
            moved = _loose(step.model_copy(update={"person": person}), strokes=strokes)
            if moved is not None:
                yield moved


def _loose(step: Step, *, strokes: bool) -> Step | None:
    """Return a step without what is painted on its photo; None where nothing of it is left."""
    if step.mask is None:
        return None if step.person is None else step
    kept = tuple(s for s in step.mask.strokes if strokes and s.space == "face")
    if not kept and step.mask.base == "empty":
        return None
    mask = step.mask.model_copy(update={"strokes": kept, "bitmap": None}) if kept else None
    return step.model_copy(update={"mask": mask})


def _insert(steps: list[Step], step: Step) -> None:
    """Put a step before those of tools that work later."""
    order = {op.name: place for place, op in enumerate(CATALOGUE)}
    rank = order[step.edit.op]
    later = (k for k, other in enumerate(steps) if order[other.edit.op] > rank)
    steps.insert(next(later, len(steps)), step)
