"""What travels between the editor and the server, as models: the source of the API's types."""

from datetime import UTC, datetime
from typing import Annotated, Any, Final

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    WithJsonSchema,
    field_validator,
)

from freckle.codec.cms import Space
from freckle.codec.formats import BY_NAME, WRITTEN
from freckle.photo import Format
from freckle.recipe.exports import BY_NAME as PRESETS
from freckle.recipe.exports import EXPORTS, Sharpening
from freckle.recipe.recipe import StoredRecipe
from freckle.server.described import by_model
from freckle.server.store import StoredPhoto
from freckle.server.users import Role


def written(name: Format) -> Format:
    """Let formats pass that can be written. Raises `ValueError` for others."""
    if BY_NAME[name].write is None:
        raise ValueError(f"freckle does not write {name.upper()} files")
    return name


RecipeJSON = Annotated[dict[str, Any], by_model(StoredRecipe)]
"""A recipe of any released form; checked by the engine when it comes in."""
Written = Annotated[
    Format,
    AfterValidator(written),
    WithJsonSchema({"type": "string", "enum": [each.name for each in WRITTEN]}),
]
"""A format that there is a writer for."""
Pixels = Annotated[float, Field(ge=-1e6, le=1e6)]
PLAIN: Final = r"^[^\x00-\x1f\x7f]*$"
"""Names and labels without control characters: not every database keeps them."""
NAME: Final = r"^([^\x00-\x1f\x7f/\\:*?\"<>|.][^\x00-\x1f\x7f/\\:*?\"<>|]*)?$"
"""Of a file on any system."""
Side = Annotated[int, Field(ge=1, le=8192)]
Id = Annotated[str, Field(max_length=64)]


class Body(BaseModel):
    """Base of everything the editor sends: unknown keys and odd numbers are refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False, use_attribute_docstrings=True)


class Answer(BaseModel):
    """Base of everything the server sends."""

    model_config = ConfigDict(
        use_attribute_docstrings=True, json_schema_serialization_defaults_required=True
    )


class SessionRequest(Body):
    """Opens a session."""

    token: Annotated[str, Field(max_length=256)]


class SessionChange(Body):
    """Works in another workspace."""

    workspace: Id


class SessionAnswer(Answer):
    """Who is signed in, and in which workspace."""

    user: str
    name: str
    workspace: str
    workspace_name: str
    role: Role
    """In that workspace."""
    administrator: bool
    """Of the server: may make workspaces."""
    accounts: bool
    """False on a server of one user, who never signs in."""


class PhotoAnswer(Answer):
    """An original."""

    id: str
    """SHA-256 of the file's bytes."""
    width: int
    """Pixels, upright."""
    height: int
    format: str
    bytes: int
    name: str
    warnings: list[str]


class View(Body):
    """The part of the finished picture to draw (its full pixels) and how large (device pixels)."""

    x: Pixels
    y: Pixels
    w: Annotated[float, Field(gt=0, le=1e6)]
    h: Annotated[float, Field(gt=0, le=1e6)]
    width: Side
    height: Side


class PreviewRequest(Body):
    """Asks for one picture: the way round a network without WebSockets."""

    recipe: RecipeJSON
    view: View
    quality: Annotated[int, Field(ge=1, le=100)] = 85


class MaskRequest(Body):
    """Asks where a step of a recipe works."""

    recipe: RecipeJSON
    step: Annotated[int, Field(ge=1, le=400)]
    """1 is the first."""


class MaskBitmap(Answer):
    """A mask as it is kept in a recipe: `Step.mask.bitmap`."""

    bitmap: str


class ExportRequest(Body):
    """How to write the result; what is not given stays as in the original."""

    format: Written | None = None
    quality: Annotated[int, Field(ge=1, le=100)] | None = None
    strip_gps: bool = False
    strip_metadata: bool = False
    sidecar: bool = False
    """Put the recipe into a ZIP beside the picture."""
    width: Annotated[int, Field(ge=1, le=65535)] | None = None
    """Pixels to fit into."""
    height: Annotated[int, Field(ge=1, le=65535)] | None = None
    enlarge: bool = False
    """Let the picture get as large as fits, up to four times its size."""
    dpi: Annotated[float, Field(ge=1, le=10000)] | None = None
    space: Space = "keep"
    sharpen: Sharpening = "none"
    presets: Annotated[list[str], Field(max_length=len(EXPORTS))] = []
    """Export presets in place of all that is said of the picture; several come in a ZIP."""
    disclose: bool = False
    """Say in the metadata in a plain line what was done."""
    sign: bool = False
    """Say it in signed Content Credentials, where the server has a certificate."""
    name: Annotated[str, Field(max_length=200, pattern=NAME)] = ""
    """Of the file, without its ending."""

    @field_validator("presets")
    @classmethod
    def _known(cls, presets: list[str]) -> list[str]:
        for name in presets:
            if name not in PRESETS:
                raise ValueError(f"there is no export preset {name[:40]!r}")
        return list(dict.fromkeys(presets))


class ExportOffer(Answer):
    """What a file gets where nobody chooses."""

    format: Written
    quality: int | None
    bits: int
    """Of a channel: 8 or 16."""
    transparent: bool
    space: str
    """Name of the photo's own color space."""
    dpi: float | None
    signer: str | None = None
    """Who signs Content Credentials; None: nobody can here."""


class ExportPreset(Answer):
    """A place on the web or on paper that pictures go to."""

    name: str
    label: str
    width: int
    """Pixels; 0: as the picture."""
    height: int
    longest: int
    dpi: float | None


class ExportProgress(Answer):
    """How much of a file is made."""

    share: float
    """0 to 1."""


class EnlargedRequest(Body):
    """A square of the enlarged picture."""

    recipe: RecipeJSON
    x: Annotated[float, Field(ge=0, le=1)]
    """Share of the width where its middle is."""
    y: Annotated[float, Field(ge=0, le=1)]
    side: Annotated[int, Field(ge=64, le=1024)]
    """Pixels."""
    plain: bool = False
    """As a simple filter enlarges it."""


class ExportSize(Answer):
    """How large the file is, found by writing it."""

    bytes: int


def photo_answer(photo: StoredPhoto) -> PhotoAnswer:
    """Say what is stored about an original."""
    return PhotoAnswer(
        id=photo.digest,
        width=photo.width,
        height=photo.height,
        format=photo.format,
        bytes=photo.bytes,
        name=photo.name,
        warnings=list(photo.warnings),
    )


def moment(milliseconds: int) -> datetime:
    """Turn epoch milliseconds into UTC."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
