"""A sheet whose type is fitted and colored: what is drawn at any scale."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from freckle.errors import RecipeError
from freckle.poster.design import Artboard
from freckle.poster.framing import Framed, framed
from freckle.poster.layers import Layer, Photo, Place
from freckle.poster.palette import RGB, Palette
from freckle.poster.plate import Veil
from freckle.poster.room import Room
from freckle.poster.subject import Subject
from freckle.poster.typefaces import Typeface


@dataclass(frozen=True, slots=True)
class Set:
    """An item of type as it came to lie."""

    layer: str
    number: int
    text: str
    room: Room
    """In points, from the line's top to below its descenders."""
    size: float
    """Of the type, in points."""
    color: RGB
    contrast: float
    """The least, over the ground's own tails."""


@dataclass(frozen=True, eq=False)
class Laid:
    """A sheet that can be drawn at any scale."""

    board: Artboard
    layers: tuple[Layer, ...]
    """What is drawn, from back to front."""
    colors: Palette
    subjects: tuple[Subject, ...]
    framings: Mapping[str, Framed]
    veils: Mapping[str, tuple[Veil, ...]]
    """By the photo's id."""
    paints: Mapping[tuple[str, int], RGB]
    """By column and number of the item."""
    type: tuple[Set, ...]
    own: tuple[Typeface, ...] = ()
    fonts: tuple[str, str] = ("Inter", "Inter")
    lang: str = "en"
    folder: Path = Path()
    """Where the files of its layers lie."""
    listed: tuple[Layer, ...] = ()
    """The layers with those that are hidden."""

    @property
    def faces(self) -> tuple[Room, ...]:
        """Every face on the sheet, in points."""
        return tuple(face for each in self.framings.values() for face in each.faces)


def room_of(place: Place, board: Artboard) -> Room:
    """Return a place's room in points."""
    frame = {"page": board.page, "bleed": board.bled, "safe": board.safe_room}[place.frame]
    return frame.part(place.left, place.top, place.right, place.bottom)


def framings(
    layers: Sequence[Layer], subjects: Sequence[Subject], board: Artboard
) -> dict[str, Framed]:
    """Return how every photo lies."""
    found = {}
    for layer in layers:
        if isinstance(layer, Photo):
            if not subjects:
                raise RecipeError(
                    f"The layer {layer.id!r} shows a portrait, and there is none.", "Give one."
                )
            found[layer.id] = framed(
                subjects[layer.portrait % len(subjects)],
                room_of(layer.place, board),
                layer.head,
                free=layer.cutout and layer.stands,
                zoom=layer.zoom,
                shift=layer.shift,
            )
    return found
