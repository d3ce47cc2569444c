"""What this server can do, as models."""

from typing import Annotated, Literal, Required

from pydantic import ConfigDict, Field, JsonValue
from typing_extensions import TypedDict

from freckle.ops.op import Area, Panel
from freckle.server.wire import Answer, ExportPreset, RecipeJSON, Written


class Version(Answer):
    """What is running."""

    engine: str
    codecs: dict[str, str]
    """Formats by name, and the library that reads each."""
    networks: dict[str, str]
    """Networks by file name, and the SHA-256 of their weights."""


class FieldSchema(TypedDict, total=False):
    """JSON Schema of one parameter, with what the editor needs to show it."""

    __pydantic_config__ = ConfigDict(extra="allow", use_attribute_docstrings=True)  # type: ignore[misc]

    type: str
    title: str
    description: str
    format: Literal["color", "curve", "ratio", "picture", "table"]
    """A color is "#rrggbb", a curve a list of points from dark to light, 0 to 1, a ratio "4:5"."""
    default: JsonValue
    enum: list[str]
    minimum: float
    maximum: float
    multipleOf: float
    natural: float
    """The slider's value in the Natural preset."""
    cap: float
    """Where the natural lock stops the slider, upward."""
    floor: float
    swatches: list[str]
    """Colors to offer."""


class ParamsSchema(TypedDict, total=False):
    """JSON Schema of a tool's parameters."""

    __pydantic_config__ = ConfigDict(extra="allow")  # type: ignore[misc]

    properties: Required[dict[str, FieldSchema]]


class CatalogueOp(Answer):
    """One tool: its sliders are in `schema`."""

    op: str
    kind: str
    panel: Panel
    group: str
    label: str
    summary: str
    areas: list[Area]
    needs: list[str]
    version: int
    schema_: Annotated[ParamsSchema, Field(alias="schema")]
    """JSON Schema of the parameters."""


class CataloguePanel(Answer):
    """One tab of the editor."""

    name: Panel
    label: str
    groups: list[str]


class WrittenFormat(Answer):
    """A file format that results can have."""

    name: Written
    label: str
    quality: int | None
    """Where its quality starts, 1 to 100; None: nothing is lost."""
    deep: bool
    """Holds 16 bits."""
    opaque: bool
    """Has no transparency."""
    signs: bool
    """Holds Content Credentials."""


class Catalogue(Answer):
    """All tools there are, and what becomes of a picture in the end."""

    ops: list[CatalogueOp]
    panels: list[CataloguePanel]
    formats: list[WrittenFormat]
    exports: list[ExportPreset]


class PresetAnswer(Answer):
    """A recipe without a photo."""

    name: str
    label: str
    summary: str
    recipe: RecipeJSON
