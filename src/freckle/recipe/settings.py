"""Settings over a recipe, by their dotted names: op.param, area.op.param, lock.name, amount.panel.

The command line's `--set` and the keywords of the Python API come here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from reprlib import repr as short
from typing import Any, Final, get_args

from pydantic import ValidationError

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME
from freckle.ops.op import Area, Canvas, Grade, Panel, Params
from freckle.recipe.recipe import Locks, Recipe, Step, Style, in_order
from freckle.recipe.values import near, number, switch, value_of, wrong

LOCKS: Final = tuple(Locks.model_fields)
AREAS: Final[tuple[Area, ...]] = get_args(Area)
GUARDS: Final = ("lock", "amount")
"""Heads of settings that are for the whole photo."""
HEADS: Final = (*AREAS, *GUARDS)


def with_setting(recipe: Recipe, name: str, value: Any, person: str | None = None) -> Recipe:
    """Return a recipe with one setting for a person, by key (None: everyone).

    A person's first own step starts from what everyone has. Raises `RecipeError`.
    """
    head, _, rest = name.partition(".")
    if person is not None and head in GUARDS:
        raise RecipeError(
            f"{name} is for the whole photo, not for one person.", "Set it for everyone."
        )
    if head == "lock":
        return _with_lock(recipe, rest, value)
    if head == "amount":
        return _with_amount(recipe, rest, value)
    return _with_value(recipe, _target(name, person), value)


def flat(settings: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield dotted names and values of nested settings.

    `{"smooth": 30}` is smooth.amount, `{"smooth": {"texture": 90}}` smooth.texture,
    `{"neck": {"smooth": 20}}` neck.smooth.amount, `{"lock": {"natural": False}}` lock.natural;
    a dotted name stays as it is. Raises `RecipeError`.
    """
    for name, value in settings.items():
        if not isinstance(name, str):
            raise RecipeError(
                f"The setting {short(name)} has no name.", "Name tools as `freckle ops` does."
            )
        if name in AREAS:
            yield from ((f"{name}.{rest}", each) for rest, each in flat(_group(name, value)))
        elif name in GUARDS:
            yield from ((f"{name}.{rest}", each) for rest, each in _group(name, value).items())
        elif isinstance(value, Mapping):
            yield from ((f"{name}.{param}", each) for param, each in value.items())
        else:
            yield (name if "." in name else f"{name}.amount"), value


def _group(name: str, value: Any) -> Mapping[str, Any]:
    if isinstance(value, Mapping):
        return value
    examples = {"lock": "{'natural': False}", "amount": "{'face': 50}"}
    raise RecipeError(
        f"The setting {name} cannot be {short(value)}.",
        f"Write it as {name}={examples.get(name, '{' + repr('smooth') + ': 20}')}.",
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


def _with_lock(recipe: Recipe, name: str, value: Any) -> Recipe:
    if name not in LOCKS:
        raise RecipeError(f"There is no lock named {name!r}.", near(name, LOCKS, "Locks"))
    locks = recipe.locks.model_copy(update={name: switch(f"lock.{name}", value)})
    return recipe.model_copy(update={"locks": locks})


def _with_amount(recipe: Recipe, panel: str, value: Any) -> Recipe:
    if panel not in get_args(Panel):
        raise RecipeError(
            f"There is no panel named {panel!r}.", near(panel, get_args(Panel), "Panels")
        )
    amounts: dict[Any, Any] = dict(recipe.amounts)
    amounts[panel] = number(f"amount.{panel}", value)
    try:
        checked = Style.model_validate({"amounts": amounts})
        return recipe.model_copy(update={"amounts": checked.amounts})
    except ValidationError as error:
        raise wrong(f"amount.{panel}", value, error) from error


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
        raise RecipeError(f"There is no tool named {op!r}.", near(op, BY_NAME, "Tools", also=HEADS))
    sliders = _sliders(BY_NAME[op].params)
    if param not in sliders:
        raise RecipeError(f"{op} has no slider {param!r}.", near(param, sliders, "It has"))
    if area not in BY_NAME[op].areas:
        raise RecipeError(
            f"{op} does not work on the {area}.", f"It works on: {', '.join(BY_NAME[op].areas)}."
        )
    if person is not None and isinstance(BY_NAME[op], Grade | Canvas):
        raise RecipeError(
            f"{op} is for the whole picture, not for one person.", "Set it for everyone."
        )
    return _Target(op, param, area, person)


def _area(name: str) -> Area | None:
    return next((area for area in AREAS if area == name), None)


def _sliders(params: type[Params]) -> list[str]:
    return [name for name in params.model_fields if name not in ("op", "version")]


def _with_value(recipe: Recipe, target: _Target, given: Any) -> Recipe:
    """Set a value in every step of that tool, skin and person, or add the step at its place."""
    steps, found = [], False
    for step in recipe.steps:
        if target.meets(step) and step.person == target.person:
            edit = _edited(step.edit, target, given)
            step, found = step.model_copy(update={"edit": edit}), True  # noqa: PLW2901
        steps.append(step)
    if not found:
        first = next((s for s in recipe.steps if target.meets(s) and s.person is None), None)
        start = first or Step(edit=BY_NAME[target.op].params(), area=target.area)
        edit = _edited(start.edit, target, given)
        own = start.model_copy(update={"edit": edit, "person": target.person})
        steps = list(in_order((*steps, own)))
    return recipe.model_copy(update={"steps": tuple(steps)})


def _edited(edit: Params, target: _Target, given: Any) -> Any:
    name = f"{target.op}.{target.param}"
    value = value_of(type(edit), target.param, given, name)
    try:
        return type(edit).model_validate({**edit.model_dump(), target.param: value})
    except ValidationError as error:
        raise wrong(name, given, error) from error
