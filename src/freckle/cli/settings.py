"""Turn presets, recipe files and `--set` into one recipe, or say clearly what is wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from string import hexdigits
from typing import Any, Final, get_args

from pydantic import ValidationError

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Area, Grade, Panel, Params
from freckle.recipe.presets import PRESETS, preset
from freckle.recipe.recipe import Locks, Recipe, Step, in_order

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
LOCKS: Final = tuple(Locks.model_fields)
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
    return with_settings(base, None, settings)


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


def with_settings(recipe: Recipe, key: str | None, settings: Sequence[str]) -> Recipe:
    """Return a recipe with settings for one person (None: everyone). Raises `RecipeError`."""
    for text in settings:
        recipe = _applied(recipe, text, key)
    return recipe


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
    person: str | None

    def meets(self, step: Step) -> bool:
        """Whether a step is this tool's on this skin."""
        return step.edit.op == self.op and step.area == self.area


def _applied(recipe: Recipe, text: str, person: str | None) -> Recipe:
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        raise RecipeError(f"The setting {text!r} is not understood.", "Write it as op.param=value.")
    head, _, rest = name.partition(".")
    if person is not None and head in ("lock", "amount"):
        raise RecipeError(
            f"{name} is for the whole photo, not for one person.", "Write it before --person."
        )
    if head == "lock":
        return _with_lock(recipe, rest, value)
    if head == "amount":
        return _with_amount(recipe, rest, value)
    return _with_value(recipe, _target(name, person), value)


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


def _target(name: str, person: str | None) -> _Target:
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
    if person is not None and isinstance(BY_NAME[op], Grade):
        raise RecipeError(
            f"{op} is for the whole picture, not for one person.", "Write it before --person."
        )
    return _Target(op, param, area, person)


def _area(name: str) -> Area | None:
    return next((area for area in get_args(Area) if area == name), None)


def _sliders(params: type[Params]) -> list[str]:
    return [name for name in params.model_fields if name not in ("op", "version")]


def _with_value(recipe: Recipe, target: _Target, text: str) -> Recipe:
    """Set a value in every step of that tool, skin and person, or add the step at its place.

    A person's first own step starts from what everyone has.
    """
    value = _value(BY_NAME[target.op].params, target.param, text)
    steps, found = [], False
    for step in recipe.steps:
        if target.meets(step) and step.person == target.person:
            edit = _edited(step.edit, target, value, text)
            step, found = step.model_copy(update={"edit": edit}), True  # noqa: PLW2901
        steps.append(step)
    if not found:
        first = next((s for s in recipe.steps if target.meets(s) and s.person is None), None)
        start = first or Step(edit=BY_NAME[target.op].params(), area=target.area)
        edit = _edited(start.edit, target, value, text)
        own = start.model_copy(update={"edit": edit, "person": target.person})
        steps = list(in_order((*steps, own)))
    return recipe.model_copy(update={"steps": tuple(steps)})


def _edited(edit: Params, target: _Target, value: Any, text: str) -> Any:
    try:
        return type(edit).model_validate({**edit.model_dump(), target.param: value})
    except ValidationError as error:
        raise _wrong(f"{target.op}.{target.param}", text, error) from error


def _value(params: type[Params], name: str, text: str) -> Any:
    """Read a value as its parameter is written: switch, number, color or one of some words."""
    schema = params.model_json_schema()["properties"][name]
    if schema.get("type") == "boolean":
        return _switch(name, text)
    if schema.get("format") == "color":
        return _color(name, text)
    if schema.get("format") == "curve":
        return _points(name, text)
    if "enum" in schema and text.lower() not in schema["enum"]:
        raise RecipeError(
            f"{name} cannot be {text!r}.", _near(text.lower(), schema["enum"], "It can be")
        )
    return text.lower() if "enum" in schema else _parsed(text)


def _color(name: str, text: str) -> str:
    """Read #rrggbb, #rgb, and both without the #, which a shell may take for a comment."""
    digits = text.lower().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    if len(digits) != 6 or any(digit not in hexdigits for digit in digits):
        raise RecipeError(f"{name} is a color and cannot be {text!r}.", "Write it as #a03040.")
    return f"#{digits}"


def _points(name: str, text: str) -> list[list[float]]:
    """Read the points of a curve."""
    try:
        return [[float(number) for number in point.split(":")] for point in text.split(",")]
    except ValueError as error:
        raise RecipeError(
            f"{name} is a curve and cannot be {text!r}.", "Write its points as 0:0,0.5:0.6,1:1."
        ) from error


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
