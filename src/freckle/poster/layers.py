"""What a sheet is made of, from back to front: pictures, shapes, columns of type, codes."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from freckle.poster.room import Room

Paint = Annotated[str, Field(max_length=24)]
"""`ink`, `paper`, `accent`, `soft`, `auto` (what reads best there), `auto-accent`, or #rrggbb."""
Id = Annotated[str, Field(min_length=1, max_length=60)]
Side = Literal["left", "center", "right"]
Opacity = Annotated[float, Field(ge=0, le=1)]


class Piece(BaseModel):
    """A value that refuses unknown names."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Place(Piece):
    """Where a layer stands: shares of a frame's sides, so that every size lays it out anew."""

    frame: Literal["page", "bleed", "safe"] = "safe"
    left: float = 0
    top: float = 0
    right: float = 1
    bottom: float = 1

    @classmethod
    def of(cls, room: Room, frame: Room) -> "Place":
        """Return the place of a room in points within the page."""
        return cls(
            frame="page",
            left=(room.x - frame.x) / frame.w,
            top=(room.y - frame.y) / frame.h,
            right=(room.right - frame.x) / frame.w,
            bottom=(room.bottom - frame.y) / frame.h,
        )


class Shade(Piece):
    """A veil of color over a picture that makes type readable; as strong as it must be."""

    side: Literal["left", "right", "top", "bottom", "all"] = "bottom"
    color: Paint = "ink"
    strength: Annotated[float, Field(ge=0, le=1)] = 0
    """At least so strong."""
    behind: Id = ""
    """The column that it carries."""


class Photo(Piece):
    """A portrait: which of the poster's, where its head shall be, and how it is cut out."""

    kind: Literal["photo"] = "photo"
    id: Id
    place: Place
    opacity: Opacity = 1
    portrait: Annotated[int, Field(ge=0)] = 0
    cutout: bool = False
    """Without the photo's background."""
    stands: bool = False
    """Whether a cutout stands in its place, which it need not fill."""
    head: tuple[float, float, float] = (0.5, 0.4, 0.4)
    """The head's center (across, down) and height, in shares of the place."""
    mask: Literal["none", "circle", "arch", "rounded"] = "none"
    tint: Literal["none", "mono", "duotone"] = "none"
    shades: tuple[Shade, ...] = ()
    zoom: float = 1
    shift: tuple[float, float] = (0, 0)


class Shape(Piece):
    """A flat form."""

    kind: Literal["shape"] = "shape"
    id: Id
    place: Place
    opacity: Opacity = 1
    form: Literal["rect", "ellipse", "polygon"] = "rect"
    points: Annotated[tuple[tuple[float, float], ...], Field(max_length=60)] = ()
    """Corners of a polygon in shares of its place."""
    fill: Paint | None = "accent"
    stroke: Paint | None = None
    thick: float = 1
    """Of the stroke, in points."""
    radius: float = 0
    """Of a rectangle's corners, in points."""
    arch: bool = False
    """Whether a rectangle ends in half a circle at the top."""


class Item(Piece):
    """One paragraph, button, line of a list or rule in a column of type."""

    kind: Literal["text", "chip", "row", "rule"] = "text"
    text: Annotated[str, Field(max_length=2000)] = ""
    beside: Annotated[str, Field(max_length=2000)] = ""
    """What stands at a row's other end."""
    font: Literal["display", "text"] = "text"
    size: Annotated[float, Field(gt=0)] = 12
    """In points, before the column is fitted into its place."""
    give: Annotated[float, Field(ge=0, le=1)] = 1
    """How much of a column's fitting this item takes part in: headlines all, small type half."""
    weight: Annotated[int, Field(ge=100, le=900)] = 400
    italic: bool = False
    tracking: float = 0
    """Space between letters, in em."""
    leading: float = 0.45
    """Space between lines, in em."""
    caps: bool = False
    family: Annotated[str, Field(max_length=200)] = ""
    """A typeface of its own, in place of `font`'s."""
    color: Paint = "auto"
    fixed: bool = False
    """Whether the color stays as it is, even where it does not read."""
    ground: Paint = "accent"
    """A button's color."""
    radius: float = 9
    """A button's corners, in em."""
    gap: float = 0
    """Space over it, in points."""
    balance: bool = False
    """Whether lines are made about equally long."""
    length: float = 40
    """Of a rule, in points."""
    thick: float = 2


class Column(Piece):
    """Type, one item over the other, fitted into its place by one scale."""

    kind: Literal["column"] = "column"
    id: Id
    place: Place
    opacity: Opacity = 1
    items: Annotated[tuple[Item, ...], Field(max_length=60)] = ()
    side: Side = "left"
    stand: Literal["top", "middle", "bottom"] = "top"
    least: float = 0.3
    """The smallest scale that is tried."""
    most: float = 1
    """The largest: above 1 the column grows until its place is full."""
    factor: Annotated[float, Field(gt=0, le=5)] = 1
    """Of the fitted scale; above 1 only as far as the place allows."""


class Code(Piece):
    """A QR code."""

    kind: Literal["code"] = "code"
    id: Id
    place: Place
    opacity: Opacity = 1
    text: Annotated[str, Field(min_length=1, max_length=1200)]
    ink: Paint = "ink"
    ground: Paint = "paper"


class Image(Piece):
    """A picture file, such as a logo, whole inside its place."""

    kind: Literal["image"] = "image"
    id: Id
    place: Place
    opacity: Opacity = 1
    file: Annotated[str, Field(min_length=1, max_length=1000)]
    side: Side = "left"


Layer = Annotated[Photo | Shape | Column | Code | Image, Field(discriminator="kind")]
