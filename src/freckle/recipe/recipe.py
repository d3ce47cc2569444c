"""A recipe: the style, which is portable, and what belongs to this photo alone."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import (
    ConfigDict,
    Field,
    ValidationError,
    model_serializer,
    model_validator,
)

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.described import Described
from freckle.ops.op import WHOLE, Area, Hand, Panel
from freckle.recipe.edit import Edit
from freckle.recipe.limits import capped
from freckle.recipe.strokes import Mask
from freckle.recipe.upgrades import FORMAT, upgraded

MOST_STEPS: Final = 400
MOST_FLIPS: Final = 4000
MOST_AREA: Final = 16 * 2048**2
"""Pixels of all imported masks together."""
MOST_POINTS: Final = 60_000
"""Points of all strokes of a recipe."""
MOST_PEOPLE: Final = 200
LONGEST_NAME: Final = 80

Unit = Annotated[float, Field(ge=0, le=1)]
Key = Annotated[str, Field(max_length=64)]
Keys = Annotated[tuple[Key, ...], Field(max_length=MOST_PEOPLE)]
Name = Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
Names = Annotated[Mapping[Key, Name], Field(max_length=MOST_PEOPLE)]
Amounts = Mapping[Panel, Annotated[float, Field(ge=0, le=100)]]


class _Model(Described):
    # what checks a model takes milliseconds to make: each on first use, and defaults unchecked
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, defer_build=True
    )  # fmt: skip


class Step(_Model):
    """One op at work: how strongly, on which skin, for whom."""

    edit: Edit
    opacity: Unit = 1.0
    """0 hides the step, 1 shows it whole."""
    area: Area = "face"
    """Which skin an op for skin works on."""
    person: Key | None = None
    """Key of one person; None is everyone."""
    mask: Mask | None = None
    """Where the step works, painted by hand; None is the tool's own region."""

    @model_validator(mode="after")
    def _placed(self) -> Self:
        if self.whole and (self.person is not None or self.mask is not None):
            raise ValueError(f"{self.edit.op} is for the whole picture: no person and no mask")
        return self

    @property
    def whole(self) -> bool:
        """Whether the step works on the whole picture, faces or not."""
        return isinstance(BY_NAME[self.edit.op], WHOLE)

    @property
    def cuts(self) -> bool:
        """Whether the step says who is cut out, which changes no pixel by itself."""
        op = BY_NAME[self.edit.op]
        return isinstance(op, Hand) and op.work == "matte"

    @property
    def here(self) -> bool:
        """Whether the step belongs to one photo: for one person, painted, or cut by hand."""
        return self.edit.fitted or self.person is not None or self.mask is not None

    @property
    def idle(self) -> bool:
        """Whether the step can change nothing."""
        return self.edit.neutral or self.opacity == 0 or (self.mask is not None and self.mask.bare)


class Locks(_Model):
    """Guards that hold unless the user opens them."""

    natural: bool = True
    """Sliders stop where a retouch stops looking natural."""
    skin_tone: bool = True
    """The mean lightness and hue of the skin are held."""
    identity: bool = True
    """Every point of the face stays within 2.5 % of the face's width of where it was."""
    straight_lines: bool = True
    """Straight lines beside the head stay straight when it is reshaped."""


class Flip(_Model):
    """A mark decided by hand, in unit coordinates of the upright photo."""

    x: Unit
    y: Unit
    action: Literal["heal", "keep"]
    radius: Annotated[float, Field(gt=0, le=0.1)] | None = None
    """Of a spot that is listed nowhere and added by hand, in shares of the photo's longer side."""

    @model_validator(mode="after")
    def _added_to_heal(self) -> Self:
        if self.radius is not None and self.action == "keep":
            raise ValueError("a spot that is added by hand is healed, never kept")
        return self


class Style(_Model):
    """What is portable: a look that does the same to any photo."""

    steps: Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)] = ()
    amounts: Amounts = Field(default_factory=dict)
    """Fades a whole panel; 100 where a panel is not named."""
    locks: Locks = Locks.model_construct()


class Own(Step):
    """A step of one photo, and its place among those of the style."""

    after: Annotated[int, Field(ge=0, le=MOST_STEPS)] = 0
    """How many steps of the style stand before it."""


class Here(_Model):
    """What belongs to one photo: who is who, marks decided by hand, steps of its own."""

    steps: Annotated[tuple[Own, ...], Field(max_length=MOST_STEPS)] = ()
    flips: Annotated[tuple[Flip, ...], Field(max_length=MOST_FLIPS)] = ()
    excluded: Keys = ()
    """Keys of people who are left alone entirely."""
    included: Keys = ()
    """Keys of faces to retouch although they look like none, are turned away or too small."""
    names: Names = Field(default_factory=dict)
    """What people are called, by key."""


class StoredRecipe(_Model):
    """A recipe as it is written."""

    format: Literal[2] = FORMAT
    style: Style = Style.model_construct()
    here: Here = Here.model_construct()


class Recipe(_Model):
    """Everything that is done to a portrait: all steps in the order of work, whosever they are.

    Written as JSON, `style` and `here` are apart.
    """

    steps: Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)] = ()
    amounts: Amounts = Field(default_factory=dict)
    """Fades a whole panel; 100 where a panel is not named."""
    locks: Locks = Locks.model_construct()
    flips: Annotated[tuple[Flip, ...], Field(max_length=MOST_FLIPS)] = ()
    excluded: Keys = ()
    included: Keys = ()
    names: Names = Field(default_factory=dict)

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        points = sum(step.mask.points for step in self.steps if step.mask)
        if points > MOST_POINTS:
            raise ValueError(f"{points} points of strokes are more than {MOST_POINTS}")
        area = sum(step.mask.area for step in self.steps if step.mask)
        if area > MOST_AREA:
            raise ValueError(f"masks of {area} pixels together are more than {MOST_AREA}")
        return self

    @classmethod
    def of(cls, style: Style, here: Here) -> Self:
        """Put a style and what belongs to a photo together."""
        steps = list(style.steps)
        for before, own in enumerate(sorted(here.steps, key=lambda own: own.after)):
            steps.insert(min(own.after, len(style.steps)) + before, _as(Step, own))
        rest = {name: getattr(here, name) for name in Here.model_fields if name != "steps"}
        return cls(steps=tuple(steps), amounts=style.amounts, locks=style.locks, **rest)

    @property
    def style(self) -> Style:
        """What can be carried to another photo."""
        steps = tuple(step for step in self.steps if not step.here)
        return Style(steps=steps, amounts=self.amounts, locks=self.locks)

    @property
    def here(self) -> Here:
        """What belongs to this photo alone."""
        own: list[Own] = []
        for place, step in enumerate(self.steps):
            if step.here:
                own.append(_as(Own, step, after=place - len(own)))
        rest = {name: getattr(self, name) for name in Here.model_fields if name != "steps"}
        return Here(steps=tuple(own), **rest)

    @model_serializer
    def _apart(self) -> StoredRecipe:
        return StoredRecipe(style=self.style, here=self.here)

    @classmethod
    def parse(cls, text: str | bytes) -> Self:
        """Read a recipe from JSON of any released version; RecipeError says what is wrong."""
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise RecipeError(
                "The recipe is not valid JSON.", "Check the file; a recipe is one JSON object."
            ) from error
        return cls.from_plain(data)

    @classmethod
    def from_plain(cls, data: Any) -> Self:
        """Read a recipe from plain data; older formats and steps are lifted first."""
        data = upgraded(data)
        try:
            if isinstance(data, dict) and "format" not in data:
                return cls.model_validate(data)
            stored = StoredRecipe.model_validate(data)
            return cls.of(stored.style, stored.here)
        except ValidationError as error:
            raise RecipeError(_first(error), "Compare with `freckle ops --json`.") from error

    def to_json(self) -> str:
        """Write the recipe as readable JSON."""
        return json.dumps(self.model_dump(mode="json"), indent=1) + "\n"

    @property
    def neutral(self) -> bool:
        """Whether the recipe can change nothing."""
        return self.faceless and all(step.idle for step in self.steps)

    @property
    def faceless(self) -> bool:
        """Whether the recipe leaves faces as they are: it can work on the whole picture only."""
        healing = any(flip.action == "heal" for flip in self.flips)
        return not healing and all(step.idle or step.whole or step.cuts for step in self.steps)

    def opacity(self, step: Step) -> float:
        """Return how much of a step shows, 0..1, its panel's amount included."""
        return step.opacity * self.amounts.get(BY_NAME[step.edit.op].panel, 100.0) / 100

    def locked(self) -> Self:
        """Return the recipe with sliders stopped at their caps while the natural lock is on."""
        if not self.locks.natural:
            return self
        steps = tuple(step.model_copy(update={"edit": capped(step.edit)}) for step in self.steps)
        return self.model_copy(update={"steps": steps})


def in_order(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Sort steps as the catalogue works, keeping the order of equals."""
    place = {op.name: k for k, op in enumerate(CATALOGUE)}
    return tuple(sorted(steps, key=lambda step: place[step.edit.op]))


S = TypeVar("S", bound=Step)


def _as(kind: type[S], step: Step, **more: Any) -> S:
    """Return a step as another kind of step."""
    return kind(**{name: getattr(step, name) for name in Step.model_fields}, **more)


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"The recipe is wrong at {place or 'its root'}: {first['msg']}."
