"""What of one photo's settings goes to another: all of them, some panels, or one slider."""

from collections.abc import Iterable

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Panel
from freckle.recipe.carrying import carried
from freckle.recipe.recipe import Recipe, Step, in_order


def transferred(
    recipe: Recipe,
    onto: Recipe,
    *,
    panels: Iterable[Panel] | None = None,
    setting: str | None = None,
    strokes: bool = False,
) -> Recipe:
    """Return `onto` with settings of `recipe`: all of its style, that of `panels`, or one value.

    `setting` is area.op.param, everyone's. Marks, places, people and painted work stay those of
    `onto` in every case; sliders end where its natural lock stops them. Raises `RecipeError` for
    a setting that there is none of.
    """
    if setting is not None:
        return _with_one(recipe, onto, setting).locked()
    full = carried(recipe, onto, strokes=strokes)
    if panels is None:
        return full
    chosen = frozenset(panels)
    steps = [step for step in full.steps if _panel(step) in chosen]
    steps += [step for step in onto.steps if _panel(step) not in chosen]
    amounts = {panel: value for panel, value in onto.amounts.items() if panel not in chosen}
    amounts |= {panel: value for panel, value in recipe.amounts.items() if panel in chosen}
    update = {"steps": in_order(tuple(steps)), "amounts": amounts}
    return onto.model_copy(update=update).locked()


def _panel(step: Step) -> Panel:
    return BY_NAME[step.edit.op].panel


def _with_one(recipe: Recipe, onto: Recipe, setting: str) -> Recipe:
    model, param = _named(setting)
    value = getattr((_everyones(recipe, model) or model).edit, param)
    old = _everyones(onto, model)
    base = old or model
    new = base.model_copy(update={"edit": base.edit.model_copy(update={param: value})})
    if new == base:
        return onto
    steps = [new if step is old else step for step in onto.steps]
    return onto.model_copy(update={"steps": in_order(tuple(steps if old else [*steps, new]))})


def _named(setting: str) -> tuple[Step, str]:
    """Return the tool's step as it opens, and the field that a name speaks of."""
    area, _, rest = setting.partition(".")
    name, _, param = rest.partition(".")
    op = BY_NAME.get(name)
    if op is None or area not in op.areas or param not in op.params.model_fields:
        raise RecipeError(
            f"There is no setting {setting[:80]!r}.", "Name it as area.op.param, as `freckle ops`."
        )
    if param in {"op", "version"}:
        raise RecipeError(f"{setting[:80]} cannot be set.", "Name one of the tool's sliders.")
    return Step(edit=op.params(), area=area), param


def _everyones(recipe: Recipe, like: Step) -> Step | None:
    """Return everyone's step of the same tool and area."""
    asked = like.edit.op, like.area, None
    return next((s for s in recipe.steps if (s.edit.op, s.area, s.person) == asked), None)
