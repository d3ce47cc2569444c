"""What a recipe asks of one person's paints, in order: which tool, how far, and where."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from freckle.analysis.regions import Region
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Area, Paint, painting
from freckle.recipe.recipe import Recipe, Step

AREAS: Final[dict[Area, Region]] = {
    "face": Region.SKIN,
    "neck": Region.NECK,
    "body": Region.BODY,
}
SKINS: Final = frozenset({Region.SKIN, Region.TONE, Region.FLESH, Region.SHEEN})


@dataclass(frozen=True, slots=True)
class Task:
    """One paint of a recipe: `slot` says which tool it is, `key` everything it depends on."""

    step: Step
    op: Paint[Any]
    opacity: float
    hold: bool
    """Whether the mean color of the area is held."""
    slot: str = ""
    key: str = ""


def tasks_of(recipe: Recipe, steps: Sequence[Step]) -> list[Task]:
    """List the paints that a recipe asks of one person, in order."""
    tasks: list[Task] = []
    seen: dict[str, int] = {}
    for step in steps:
        op = painting(BY_NAME[step.edit.op])
        if op is None or step.edit.neutral or not allowed(step, recipe):
            continue
        opacity = recipe.opacity(step)
        hold = recipe.locks.skin_tone and not op.deliberate
        name = f"{op.name} {step.area}"
        seen[name] = seen.get(name, 0) + 1
        slot = f"{name} {seen[name]}"
        mask = "" if step.mask is None else step.mask.model_dump_json()
        key = f"{slot} {opacity!r} {hold} {step.edit.model_dump_json()} {mask}"
        tasks.append(Task(step, op, opacity, hold, slot, key))
    return tasks


def allowed(step: Step, recipe: Recipe) -> bool:
    """Whether the locks let a step work at all."""
    return step.opacity > 0 and not (step.edit.op == "skin_lightness" and recipe.locks.skin_tone)


def working(op: Paint[Any], step: Step) -> list[Region]:
    """Return the regions that a step works in: an op for skin works on its area's skin."""
    if step.area == "face" or step.area not in op.areas:
        return sorted(op.needs)
    return sorted({AREAS[step.area] if r in SKINS else r for r in op.needs})
