"""Recipes of older releases lifted to today's, on plain data."""

from typing import Any, Final, Literal

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.values import guess

FORMAT: Final[Literal[2]] = 2
"""1 had all steps in one list, and what belongs to a photo beside them."""


def upgraded(data: Any) -> Any:
    """Return plain data of a recipe with all steps of today's versions.

    Data of format 1, which also is what has neither a style nor something of one photo, comes
    back without a `format`. Raises `RecipeError`.
    """
    if not isinstance(data, dict):
        return data
    format_ = data.get("format", FORMAT if data.keys() & {"style", "here"} else 1)
    if format_ == 1:
        return _upgraded_steps({name: part for name, part in data.items() if name != "format"})
    if format_ != FORMAT:
        raise RecipeError(
            f"The recipe has a format that this version does not know: {format_!r}.",
            "Update freckle.",
        )
    return {name: _upgraded_steps(part) for name, part in {**data, "format": FORMAT}.items()}


def _upgraded_steps(data: Any) -> Any:
    if not isinstance(data, dict) or not isinstance(data.get("steps"), list):
        return data
    return {**data, "steps": [_upgraded_step(step) for step in data["steps"]]}


def _upgraded_step(step: Any) -> Any:
    """Lift one step's parameters version by version."""
    if not isinstance(step, dict) or not isinstance(step.get("edit"), dict):
        return step
    edit = dict(step["edit"])
    name = edit.get("op")
    op = BY_NAME.get(name) if isinstance(name, str) else None
    if op is None:
        raise RecipeError(
            f"The recipe uses an op that this version does not know: {name!r}.",
            guess(str(name), BY_NAME) or "Update freckle, or remove the step.",
        )
    version = edit.get("version", op.version)
    while isinstance(version, int) and version < op.version and version in op.upgrades:
        edit = op.upgrades[version](edit)
        version += 1
        edit["version"] = version
    return {**step, "edit": edit}
