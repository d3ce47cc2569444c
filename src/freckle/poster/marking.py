"""The logo's place on templates that keep none for it: the freest corner of the safe area."""

from typing import Final, Literal

from freckle.poster.layers import Code, Column, Image, Photo, Place
from freckle.poster.room import Room
from freckle.poster.stage import Stage

WIDE: Final = 15.0
HIGH: Final = 5.0
"""Units of the sheet."""
Side = Literal["left", "right"]


def mark(stage: Stage) -> None:
    """Add the brand's logo, if there is one and the template has not done so."""
    if not stage.logo or any(isinstance(layer, Image) for layer in stage.layers):
        return
    taken = _taken(stage)
    room, side = min(_corners(stage), key=lambda corner: _covered(corner[0], taken))
    stage.mark("logo", room, side)


def _corners(stage: Stage) -> list[tuple[Room, Side]]:
    safe, wide, high = stage.safe, WIDE * stage.u, HIGH * stage.u
    across: tuple[tuple[float, Side], ...] = ((safe.right - wide, "right"), (safe.x, "left"))
    down = (safe.y, safe.bottom - high)
    return [(Room(x, y, wide, high), side) for y in down for x, side in across]


def _taken(stage: Stage) -> list[Room]:
    """Return the rooms of type, codes and faces."""
    found = []
    for layer in stage.layers:
        room = _room(stage, layer.place)
        if isinstance(layer, Column | Code):
            found.append(room)
        elif isinstance(layer, Photo):
            found += stage.lies_as(layer, room).faces
    return found


def _room(stage: Stage, place: Place) -> Room:
    return stage.page.part(place.left, place.top, place.right, place.bottom)


def _covered(corner: Room, taken: list[Room]) -> float:
    return sum(shared.w * shared.h for shared in map(corner.meets, taken))
