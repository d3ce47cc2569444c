"""Turn presets, recipe files and `--set` into one recipe, or say clearly what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final, get_args

from pydantic import ValidationError

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Area, Panel, Params
from freckle.recipe.presets import PRESETS, preset
from freckle.recipe.recipe import Recipe, Step, in_order

MOST_BYTES: Final = 8 * 2**20
"""No recipe is larger."""
WORDS: Final = {
    "on": True,
    "yes": True,
    "true": True,
    "off": False,
    "no": False,
    "false": False,
}
LOCKS: Final = ("natural", "skin_tone")
NOTHING: Final = "none"


def recipe_from(
    preset_or_file: str | None, recipe_file: Path | None, settings: Sequence[str]
) -> Recipe:
    """Return the recipe that the arguments describe; Natural when they name none.

    Raises `RecipeError`.
    """
    if recipe_file is not None:
        base = read_recipe(recipe_file)
    else:
        base = _named(preset_or_file or "natural")
    for text in settings:
        base = _applied(base, text)
    return base


def read_recipe(path: Path) -> Recipe:
    """Read a recipe file. Raises `RecipeError`."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise RecipeError(
            f"The recipe {path.name!r} cannot be read.", "Check its name and that you may read it."
        ) from error
    if len(content) > MOST_BYTES:
        raise RecipeError(f"{path.name!r} is too large to be a recipe.", "Choose a recipe file.")
    return Recipe.parse(content)


def for_person(recipe: Recipe, key: str) -> Recipe:
    """Return what of a recipe concerns one person, for that person only."""
    steps = [
        step.model_copy(update={"person": key})
        for step in recipe.steps
        if step.person in (None, key)
    ]
    return recipe.model_copy(update={"steps": tuple(steps)})


def _named(name: str) -> Recipe:
    if name.strip().lower() == NOTHING:
        return Recipe()
    try:
        return preset(name).recipe
    except RecipeError:
        path = Path(name)
        if path.is_file():
            return read_recipe(path)
    names = [each.name for each in PRESETS] + [NOTHING]
    raise RecipeError(
        f"There is no preset and no file named {name!r}.", _near(name.lower(), names, "Presets")
    )


@dataclass(frozen=True, slots=True)
class _Target:
    op: str
    param: str
    area: Area


def _applied(recipe: Recipe, text: str) -> Recipe:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        raise RecipeError(f"The setting {text!r} is not understood.", "Write it as op.param=value.")
    head, _, rest = name.partition(".")
    if head == "lock":
        return _with_lock(recipe, rest, value)
    if head == "amount":
        return _with_amount(recipe, rest, value)
    return _with_value(recipe, _target(name), value)


def _with_lock(recipe: Recipe, name: str, value: str) -> Recipe:
    if name not in LOCKS:
        raise RecipeError(f"There is no lock named {name!r}.", _near(name, LOCKS, "Locks"))
    locks = recipe.locks.model_copy(update={name: _switch(f"lock.{name}", value)})
    return recipe.model_copy(update={"locks": locks})


def _with_amount(recipe: Recipe, panel: str, value: str) -> Recipe:
    if panel not in get_args(Panel):
        raise RecipeError(
            f"There is no panel named {panel!r}.", _near(panel, get_args(Panel), "Panels")
        )
    plain = recipe.model_dump(mode="json")
    plain["amounts"][panel] = _parsed(value)
    try:
        return Recipe.model_validate(plain)
    except ValidationError as error:
        raise _wrong(f"amount.{panel}", value, error) from error


def _target(name: str) -> _Target:
    parts = name.split(".")
    area = _area(parts[0]) if len(parts) == 3 else "face"
    if area is None or len(parts) not in (2, 3):
        raise RecipeError(
            f"The setting {name!r} is not understood.",
            "Write it as op.param, or area.op.param with face, neck or body in front.",
        )
    op, param = parts[-2:]
    if op not in BY_NAME:
        raise RecipeError(f"There is no tool named {op!r}.", _near(op, BY_NAME, "Tools"))
    sliders = _sliders(BY_NAME[op].params)
    if param not in sliders:
        raise RecipeError(f"{op} has no slider {param!r}.", _near(param, sliders, "It has"))
    if area not in BY_NAME[op].areas:
        raise RecipeError(
            f"{op} does not work on the {area}.", f"It works on: {', '.join(BY_NAME[op].areas)}."
        )
    return _Target(op, param, area)


def _area(name: str) -> Area | None:
    return next((area for area in get_args(Area) if area == name), None)


def _sliders(params: type[Params]) -> list[str]:
    return [name for name in params.model_fields if name not in ("op", "version")]


def _with_value(recipe: Recipe, target: _Target, text: str) -> Recipe:
    """Set a slider in every step of that op and area, or add the step at its place."""
    params = BY_NAME[target.op].params
    value = _value(params, target.param, text)
    steps, found = [], False
    for step in recipe.steps:
        if step.edit.op == target.op and step.area == target.area:
            edit = _edited(step.edit, target, value, text)
            step, found = step.model_copy(update={"edit": edit}), True  # noqa: PLW2901
        steps.append(step)
    if not found:
        edit = _edited(params(), target, value, text)
        steps = list(in_order((*steps, Step(edit=edit, area=target.area))))
    return recipe.model_copy(update={"steps": tuple(steps)})


def _edited(edit: Params, target: _Target, value: Any, text: str) -> Any:
    try:
        return type(edit).model_validate({**edit.model_dump(), target.param: value})
    except ValidationError as error:
        raise _wrong(f"{target.op}.{target.param}", text, error) from error


def _value(params: type[Params], name: str, text: str) -> Any:
    if params.model_fields[name].annotation is bool:
        return _switch(name, text)
    return _parsed(text)


def _parsed(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _switch(name: str, text: str) -> bool:
    if text.lower() not in WORDS:
        raise RecipeError(f"{name} is a switch and cannot be {text!r}.", "Write on or off.")
    return WORDS[text.lower()]


def _wrong(name: str, text: str, error: ValidationError) -> RecipeError:
    first = error.errors(include_url=False)[0]
    message = str(first["msg"]).removeprefix("Input should be ")
    return RecipeError(f"{name} cannot be {text!r}: it should be {message}.", "See `freckle ops`.")


def _near(name: str, names: Any, title: str) -> str:
    close = get_close_matches(name, list(names), n=2, cutoff=0.6)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return f"{title}: {', '.join(names)}."
