"""Steps of older versions lifted to today's, on plain data."""

from typing import Any

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.values import guess


def upgraded(data: Any) -> Any:
    """Return plain data of a recipe with all steps of today's versions. Raises `RecipeError`."""
    if not isinstance(data, dict) or not isinstance(data.get("steps"), list):
        return data
    return {**data, "steps": [_upgraded_step(step) for step in data["steps"]]}


def _upgraded_step(step: Any) -> Any:
    """Lift one step's parameters version by version, on plain data."""
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
