"""A poster as data: what it says, of whom, in which sizes and colors; JSON, format 2.

Templates turn this into layers for a size (`poster/layers.py`). A poster's own layers, and what
somebody changed by hand (`poster/changes.py`), come on top.
"""

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from freckle.errors import RecipeError
from freckle.poster.changes import Change
from freckle.poster.layers import Id, Layer
from freckle.poster.room import Room
from freckle.poster.upgrades import upgraded

MM: Final = 72 / 25.4
"""Points of a millimetre."""
Words = Annotated[str, Field(max_length=2000)]
Color = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")]
Slot = Literal["display", "text"]


class Fixed(BaseModel):
    """A value that refuses unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Artboard(Fixed):
    """A sheet: its trimmed size, what is printed beyond it, and where type may stand."""

    name: Annotated[str, Field(max_length=40)] = "own"
    width: Annotated[float, Field(gt=0, le=20_000)]
    height: Annotated[float, Field(gt=0, le=20_000)]
    unit: Literal["px", "mm"] = "px"
    bleed: Annotated[float, Field(ge=0, le=50)] = 0
    """How far color runs beyond the edge, for the cutter, in `unit`."""
    safe: tuple[float, float, float, float] = (0, 0, 0, 0)
    """Margins without type: left, top, right, bottom, in `unit`."""

    @property
    def point(self) -> float:
        """Points of one unit; a pixel is one point."""
        return 1.0 if self.unit == "px" else MM

    @property
    def page(self) -> Room:
        """The trimmed sheet."""
        return Room(0, 0, self.width * self.point, self.height * self.point)

    @property
    def bled(self) -> Room:
        """The sheet with its bleed."""
        return self.page.inset(-self.bleed * self.point)

    @property
    def safe_room(self) -> Room:
        """Where type may stand."""
        left, top, right, bottom = (side * self.point for side in self.safe)
        page = self.page
        return Room(left, top, page.w - left - right, page.h - top - bottom)


class Pair(Fixed):
    """A line of a menu, a price list or a program."""

    text: Words
    beside: Words = ""
    more: Words = ""
    """A second, smaller line under it."""


class Content(Fixed):
    """What a poster says; what is empty is left out."""

    headline: Words = ""
    subline: Words = ""
    kicker: Words = ""
    """A short line over the headline."""
    body: Words = ""
    name: Words = ""
    role: Words = ""
    date: Words = ""
    place: Words = ""
    price: Words = ""
    cta: Words = ""
    """What to do: a few words on a button."""
    link: Words = ""
    """Where to go: drawn as a QR code."""
    items: Annotated[tuple[Pair, ...], Field(max_length=40)] = ()
    lang: Annotated[str, Field(pattern="^[a-z]{2,3}$")] = "en"
    """For hyphens and shapes of letters."""


class Brand(Fixed):
    """A house's own colors, typefaces and logo."""

    ink: Color | None = None
    paper: Color | None = None
    accent: Color | None = None
    display: Annotated[str, Field(max_length=200)] | None = None
    """A typeface's name, or a font file."""
    text: Annotated[str, Field(max_length=200)] | None = None
    logo: Annotated[str, Field(max_length=400)] | None = None
    """A PNG, JPEG or WebP file."""


class Portrait(Fixed):
    """Who is on the poster: a photo and its recipe, which stays live."""

    photo: Annotated[str, Field(max_length=1000)] = ""
    """A file, relative to the poster's own."""
    recipe: dict[str, Any] | None = None
    """A recipe's JSON; none leaves the photo as it is."""
    zoom: Annotated[float, Field(ge=0.5, le=4)] = 1
    """The head's size, in shares of what the template wants."""
    shift: tuple[float, float] = (0, 0)
    """How far the picture moves, in shares of its place."""


class Poster(Fixed):
    """All of a poster, as it is stored."""

    format: Literal["freckle-poster"] = "freckle-poster"
    version: Literal[2] = 2
    template: Annotated[str, Field(max_length=60)] = ""
    """Empty for a poster of its own layers alone."""
    content: Content = Content()
    portraits: Annotated[tuple[Portrait, ...], Field(max_length=24)] = ()
    brand: Brand = Brand()
    colors: Literal["template", "picture", "brand"] = "template"
    """Where the palette comes from; a brand's own colors go first in each."""
    ground: Literal["template", "keep", "remove"] = "template"
    """What becomes of the photo's background."""
    sizes: Annotated[tuple[str, ...], Field(max_length=24)] = ()
    layers: Annotated[tuple[Layer, ...], Field(max_length=200)] = ()
    """Layers of its own, over the template's; one with a template layer's id replaces it."""
    changes: dict[Id, Change] = Field({}, max_length=400)
    """What was changed by hand, by the layers' ids."""
    order: Annotated[tuple[Id, ...], Field(max_length=400)] = ()
    """Ids from back to front, where somebody changed the order."""

    @model_validator(mode="before")
    @classmethod
    def _of_today(cls, plain: Any) -> Any:
        """Bring older formats up to date."""
        return upgraded(plain) if isinstance(plain, Mapping) else plain

    @classmethod
    def read(cls, plain: Mapping[str, Any]) -> Self:
        """Return the poster of its JSON. Raises `RecipeError`."""
        try:
            return cls.model_validate(plain)
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"]) or "the file"
            raise RecipeError(
                f"This poster is not understood: {where}: {first['msg']}.",
                "Write it as `freckle poster --list --json` and docs/posters.md show.",
            ) from error
