"""What was found in a photo and what was done to it, as the editor is told: types of answers."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import ConfigDict, Field

from freckle.analysis.spot import Doubt, Kind
from freckle.analysis.verdict import Verdict
from freckle.report.figures import Report
from freckle.server.wire import Answer, RecipeJSON

Row = tuple[float, float, float]
Share = Annotated[float, Field(ge=0, le=1)]


class Found(Answer):
    """Base of what the engine found: it says nothing that has no type here."""

    model_config = ConfigDict(extra="forbid")


class Pose(Found):
    """Where a head is turned, in degrees."""

    yaw: float
    pitch: float
    roll: float


class SkinColor(Found):
    """A person's own skin, CIELAB (D65)."""

    lightness: float
    a: float
    b: float


class Spot(Found):
    """A mark of the skin, in pixels of the upright photo."""

    id: str
    x: float
    y: float
    radius: float
    kind: Kind
    confidence: Share
    doubt: Doubt | None = None
    """Why it is only suggested, where it looks like a blemish and is not healed by itself."""
    post_acne: bool = False
    """A brown mark that healed acne left."""


class Face(Found):
    """A face, in pixels of the upright photo."""

    key: str
    """Names the person in recipes: the same as long as the photo is."""
    box: tuple[float, float, float, float]
    """Left, top, width and height."""
    head: tuple[float, float, float, float]
    """The head with its hair, as `box`: cuts are built around it."""
    confidence: Share
    pose: Pose
    editable: bool
    verdict: Verdict
    """"face", or why it is left alone unless somebody asks for it."""
    to_face: tuple[Row, Row]
    """Maps photo pixels to the units of strokes that lie on the face."""
    landmarks: list[tuple[float, float]]
    skin: SkinColor | None
    colorless: bool
    """Black-and-white or toned: no mark is healed by itself."""
    spots: list[Spot]


class Pointed(Found):
    """What is healed where somebody points, in pixels of the upright photo."""

    x: float
    y: float
    radius: float


class Analysis(Found):
    """Who is in a photo."""

    faces: list[Face]
    people: int
    """How many faces there are in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportAnswer(Report):
    """What a recipe changed: one figure each for the whole photo, then the report."""

    texture_kept: float | None
    """Share 0 to 1 of the skin's fine contrast; None where no face was retouched."""
    tone_shift: float | None
    """In L*, of the face that moved most."""
    healed: int
    kept: int
    recipe: RecipeJSON
