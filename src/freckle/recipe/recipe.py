"""A recipe: an ordered list of steps, each one op with its sliders."""

import json
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from freckle.errors import RecipeError
from freckle.ops.adjust import Adjust
from freckle.ops.blemishes import Blemishes
from freckle.ops.brow_shape import BrowHeight, BrowThickness
from freckle.ops.brows import BrowDefinition, BrowFill
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.cheeks import Blush, Bronzer, Highlighter
from freckle.ops.complexion import Concealer, Foundation
from freckle.ops.crop import Crop
from freckle.ops.curve import Curve
from freckle.ops.dodge_burn import Burn, Dodge
from freckle.ops.even_bumps import EvenBumps
from freckle.ops.even_tone import EvenTone
from freckle.ops.eye_makeup import Eyeliner, EyeShadow, Lashes
from freckle.ops.eye_shape import EyeDistance, EyeHeight, EyeSize, EyeTilt, EyeWidth
from freckle.ops.eyes import CatchLight, EyeVeins, EyeWhites, IrisClarity
from freckle.ops.face_shape import (
    Cheekbones,
    ChinHeight,
    DoubleChin,
    FaceWidth,
    Forehead,
    HeadSize,
    Jawline,
)
from freckle.ops.glare import Glare
from freckle.ops.grain import Grain
from freckle.ops.heal_brush import HealBrush
from freckle.ops.iris_color import IrisColor
from freckle.ops.light import Contour, FaceLight, Highlights, Shadows
from freckle.ops.lines import (
    CrowsFeet,
    ForeheadLines,
    FrownLines,
    NeckLines,
    SmileLines,
    UnderEyeLines,
)
from freckle.ops.lipstick import Lipstick
from freckle.ops.mouth import LipSmoothing, TeethWhitening
from freckle.ops.mouth_shape import LowerLip, MouthWidth, Smile, UpperLip
from freckle.ops.nose_shape import NoseBridge, NoseLength, NoseTip, NoseWidth
from freckle.ops.op import Area, Canvas, Grade, Panel
from freckle.ops.pores import Pores
from freckle.ops.red_eye import RedEye
from freckle.ops.redness import Redness
from freckle.ops.restore import Restore
from freckle.ops.sharpen import FeatureSharpening
from freckle.ops.shine import Shine
from freckle.ops.smooth import Smooth
from freckle.ops.stray_hairs import StrayHairs
from freckle.ops.stubble import Stubble
from freckle.ops.tone import SkinLightness, Warmth
from freckle.ops.under_eyes import DarkCircles, EyeBags
from freckle.ops.vignette import Vignette
from freckle.recipe.limits import capped
from freckle.recipe.strokes import Mask
from freckle.recipe.upgrades import upgraded

MOST_STEPS = 400
MOST_FLIPS = 4000
MOST_POINTS = 60_000
"""Points of all strokes of a recipe."""
MOST_EXCLUDED = 200

Edit = Annotated[
    Blemishes
    | StrayHairs
    | EvenBumps
    | EvenTone
    | Redness
    | Smooth
    | Pores
    | Shine
    | Stubble
    | ForeheadLines
    | FrownLines
    | CrowsFeet
    | UnderEyeLines
    | SmileLines
    | NeckLines
    | DarkCircles
    | EyeBags
    | Glare
    | RedEye
    | EyeWhites
    | EyeVeins
    | IrisClarity
    | CatchLight
    | TeethWhitening
    | LipSmoothing
    | Contour
    | Highlights
    | Shadows
    | FaceLight
    | Warmth
    | SkinLightness
    | FeatureSharpening
    | HealBrush
    | Dodge
    | Burn
    | Restore
    | Foundation
    | Concealer
    | Bronzer
    | Blush
    | Highlighter
    | EyeShadow
    | Eyeliner
    | Lashes
    | BrowFill
    | BrowDefinition
    | IrisColor
    | Lipstick
    | FaceWidth
    | Jawline
    | Cheekbones
    | ChinHeight
    | Forehead
    | HeadSize
    | DoubleChin
    | EyeSize
    | EyeHeight
    | EyeWidth
    | EyeDistance
    | EyeTilt
    | BrowHeight
    | BrowThickness
    | NoseWidth
    | NoseLength
    | NoseBridge
    | NoseTip
    | Smile
    | MouthWidth
    | UpperLip
    | LowerLip
    | Adjust
    | Curve
    | Vignette
    | Grain
    | Crop,
    Field(discriminator="op"),
]
Unit = Annotated[float, Field(ge=0, le=1)]
Keys = Annotated[tuple[Annotated[str, Field(max_length=64)], ...], Field(max_length=MOST_EXCLUDED)]


class _Model(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True
    )


class Step(_Model):
    """One op at work: how strongly, on which skin, for whom."""

    edit: Edit
    opacity: Unit = 1.0
    """0 hides the step, 1 shows it whole."""
    area: Area = "face"
    """Which skin an op for skin works on."""
    person: Annotated[str, Field(max_length=64)] | None = None
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
        return isinstance(BY_NAME[self.edit.op], Grade | Canvas)

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


class Recipe(_Model):
    """Everything that is done to a portrait; the same recipe does the same to any photo."""

    format: Literal[1] = 1
    steps: Annotated[tuple[Step, ...], Field(max_length=MOST_STEPS)] = ()
    amounts: Mapping[Panel, Annotated[float, Field(ge=0, le=100)]] = Field(default_factory=dict)
    """Fades a whole panel; 100 where a panel is not named."""
    locks: Locks = Locks()
    flips: Annotated[tuple[Flip, ...], Field(max_length=MOST_FLIPS)] = ()
    excluded: Keys = ()
    """Keys of people who are left alone entirely."""
    included: Keys = ()
    """Keys of faces to retouch although they look like none, are turned away or too small."""

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        points = sum(step.mask.points for step in self.steps if step.mask)
        if points > MOST_POINTS:
            raise ValueError(f"{points} points of strokes are more than {MOST_POINTS}")
        return self

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
        """Read a recipe from plain data; steps of older versions are lifted first."""
        try:
            return cls.model_validate(upgraded(data))
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
        return not healing and all(step.idle or step.whole for step in self.steps)

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


def _first(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"The recipe is wrong at {place or 'its root'}: {first['msg']}."
