"""Changes of two people who began with the same recipe, merged: each value by itself.

A value is a slider, an opacity, a stroke, a mark, a name, a lock, a panel's amount. Whoever changed
it decides; where both did, it is the later one. A frame is one value: half a cut is none.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Canvas, Delivery, Hand, Params
from freckle.recipe.merging import rank
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.recipe.strokes import Mask

K = TypeVar("K")
V = TypeVar("V")
Which = tuple[str, str, str | None, int]
"""Op, area, person, and which of several steps that have these in common."""
Steps = Mapping[Which, Step]
ONE: Final = (Canvas, Delivery)
"""Kinds of tools whose sliders are one value."""


def three_way(base: Recipe, theirs: Recipe, mine: Recipe) -> Recipe:
    """Return `theirs` with all that `mine` changed since `base`; mine is the later one.

    Raises `RecipeError` where both together are more than a recipe may hold.
    """
    if base in (theirs, mine):
        return mine if base == theirs else theirs
    try:
        return _merged(base, theirs, mine)
    except ValidationError as error:
        reason = str(error.errors(include_url=False)[0]["msg"])
        raise RecipeError(
            f"This and what others changed meanwhile do not go together: {reason}.",
            "Remove some strokes or steps.",
        ) from error


def reverted(before: Recipe, after: Recipe, now: Recipe) -> Recipe:
    """Return `now` without what led from `before` to `after`; values changed since stay.

    Raises `RecipeError` as `three_way` does.
    """
    return three_way(after, before, now)


def _merged(base: Recipe, theirs: Recipe, mine: Recipe) -> Recipe:
    return Recipe(
        steps=_steps(base.steps, theirs.steps, mine.steps),
        amounts=_keyed(base.amounts, theirs.amounts, mine.amounts),
        locks=Locks(**_fields(base.locks, theirs.locks, mine.locks)),
        flips=_flips(base.flips, theirs.flips, mine.flips),
        excluded=_set(base.excluded, theirs.excluded, mine.excluded),
        included=_set(base.included, theirs.included, mine.included),
        names=_keyed(base.names, theirs.names, mine.names),
    )


def _value(base: V, theirs: V, mine: V) -> V:
    return theirs if mine == base else mine


def _keyed(base: Mapping[K, V], theirs: Mapping[K, V], mine: Mapping[K, V]) -> dict[K, V]:
    """Merge by keys: theirs in their order, then what is new of mine."""
    keys = dict.fromkeys((*theirs, *mine))
    found = {key: _value(base.get(key), theirs.get(key), mine.get(key)) for key in keys}
    return {key: value for key, value in found.items() if value is not None}


def _fields(base: Any, theirs: Any, mine: Any) -> dict[str, Any]:
    """Merge models field by field."""
    return {
        name: _value(*(getattr(one, name) for one in (base, theirs, mine)))
        for name in type(base).model_fields
    }


def _set(*three: Iterable[str]) -> tuple[str, ...]:
    return tuple(_keyed(*(dict.fromkeys(keys, True) for keys in three)))


def _flips(*three: Iterable[Flip]) -> tuple[Flip, ...]:
    found = _keyed(*({(flip.x, flip.y): flip for flip in flips} for flips in three))
    return tuple(found.values())


def _steps(*three: Iterable[Step]) -> tuple[Step, ...]:
    base, theirs, mine = (_by_which(steps) for steps in three)
    keys = sorted(dict.fromkeys((*theirs, *mine)), key=lambda which: which[2] is not None)
    made: dict[Which, Step] = {}
    for which in keys:  # everyone's first: a person's own stand instead of them
        step = _step(which, base, theirs, mine)
        gone = which in base and (which not in theirs or which not in mine)
        if step and not (gone and step == _standing(which, made, step)):
            made[which] = step
    placed = [made.pop(which) for which in theirs if which in made]
    for step in made.values():
        after = (k for k, other in enumerate(placed) if rank(other) > rank(step))
        placed.insert(next(after, len(placed)), step)
    return tuple(placed)


def _by_which(steps: Iterable[Step]) -> dict[Which, Step]:
    found: dict[Which, Step] = {}
    for step in steps:
        same = (step.edit.op, step.area, step.person)
        place = sum(which[:3] == same for which in found)
        found[(*same, place)] = step
    return found


def _step(which: Which, base: Steps, theirs: Steps, mine: Steps) -> Step | None:
    old, here, there = base.get(which), mine.get(which), theirs.get(which)
    if old in (here, there):
        return there if here == old else here
    like = here or there or old
    assert like is not None  # noqa: S101 - a key is of one of them
    return _joined(*(_standing(which, steps, old or like) for steps in (base, theirs, mine)))


def _standing(which: Which, steps: Steps, like: Step) -> Step:
    """Return a step, or what stands where there is none.

    For a person that is everyone's; a hand tool without strokes keeps its sliders; any other tool
    rests. `like` is the step as somebody has it.
    """
    found = steps.get(which)
    if found is None and which[2] is not None:
        found = steps.get((*which[:2], None, which[3]))
    if found is not None:
        return found.model_copy(update={"person": which[2]})
    op = BY_NAME[which[0]]
    if isinstance(op, Hand):
        return like.model_copy(update={"mask": None})
    return Step(edit=op.params(), area=like.area, person=which[2])


def _joined(base: Step, theirs: Step, mine: Step) -> Step:
    edits = (base.edit, theirs.edit, mine.edit)
    return mine.model_copy(
        update={
            "edit": _edit(*edits),
            "opacity": _value(base.opacity, theirs.opacity, mine.opacity),
            "mask": _mask(base.mask, theirs.mask, mine.mask),
        }
    )


def _edit(base: Params, theirs: Params, mine: Params) -> Params:
    if isinstance(BY_NAME[mine.op], ONE):
        return _value(base, theirs, mine)
    return type(mine)(**_fields(base, theirs, mine))


def _mask(base: Mask | None, theirs: Mask | None, mine: Mask | None) -> Mask | None:
    """Merge stroke by stroke. A mask that somebody took away left its ground to the other's."""
    if base in (theirs, mine):
        return theirs if mine == base else mine
    given = next(mask for mask in (mine, theirs, base) if mask is not None)
    empty = Mask(base=given.base)
    old, there, here = (mask or empty for mask in (base, theirs, mine))
    strokes = _keyed(*(_numbered(mask) for mask in (old, there, here)))
    return Mask(
        base=_value(old.base, there.base, here.base),
        strokes=tuple(stroke for stroke, _ in strokes),
        bitmap=_value(old.bitmap, there.bitmap, here.bitmap),
    )


def _numbered(mask: Mask) -> dict[Any, bool]:
    """Return strokes as keys, those that are the same counted."""
    found: dict[Any, bool] = {}
    for stroke in mask.strokes:
        place = 0
        while (stroke, place) in found:
            place += 1
        found[(stroke, place)] = True
    return found
