"""Colors and tones of a reference picture, lent to the whole photo by a table."""

from collections.abc import Iterator
from typing import Annotated, Final, Literal

import cv2
import numpy as np
from pydantic import AfterValidator, Field

from freckle.ops.op import Amount, Grade, Params, slider
from freckle.pixels.calm import Grid, lightness, lines
from freckle.pixels.color import Floats, srgb_decode, srgb_encode
from freckle.pixels.filters import layers, planes
from freckle.pixels.place import Place
from freckle.pixels.table import TEXT, Table, table_of

RADIUS: Final = 0.0012
"""Radius around a place within which fine detail is left alone, in widths of the picture."""
GRAIN: Final = 0.3
"""Contrasts that have half a say in how colors move (0..1, encoded): the outlines of things."""
IDENTITY: Final = np.eye(3, dtype=np.float32)


def _table(text: str) -> str:
    if text:
        Table.read(text)
    return text


Colors = Annotated[
    str,
    Field(
        max_length=TEXT,
        pattern="^([A-Za-z0-9+/]+={0,2})?$",
        json_schema_extra={"format": "table"},
    ),
    AfterValidator(_table),
]
"""A table of colors as text (`pixels/table.py`); empty changes nothing."""


class Reference(Params):
    """Colors and tones as in a reference picture."""

    op: Literal["reference"] = "reference"
    version: Literal[1] = 1
    amount: Amount = slider(100)
    """How far colors and tones go toward the reference's."""
    table: Colors = ""
    """What each color becomes, learnt from the reference for this photo."""
    hair: Colors = ""
    """The same for hair alone, where hair is seen for what it is; empty: as all else."""
    clothes: Colors = ""
    """For clothes."""
    ground: Colors = ""
    """For what is behind the people."""

    @property
    def parts(self) -> tuple[str, str, str]:
        """The tables of hair, clothes and ground, in the order of `Place.parts`."""
        return self.hair, self.clothes, self.ground

    @property
    def neutral(self) -> bool:
        """Whether nothing was learnt, or nothing of it is wanted."""
        return self.amount == 0 or not (self.table or any(self.parts))


def lent(light: Floats, params: Reference, place: Place) -> Floats:
    """Return what the tables add to the light; beyond sRGB, for the nearest color in it."""
    own = srgb_encode(_mixed(light, place.space.to_srgb))
    share = np.float32(params.amount / 100)
    new = srgb_decode(own + share * _moved(np.clip(own, 0, 1), params, place))
    return np.asarray(_mixed(new, np.linalg.inv(place.space.to_srgb)) - light, np.float32)


def reference(light: Floats, _params: Reference, _place: Place) -> Floats:
    """Return the light as it is: what the tables say has been added before."""
    return np.clip(light, 0, 1)


def _moved(own: Floats, params: Reference, place: Place) -> Floats:
    """Return by how much colors change: each kind of thing by its own tables, softly between."""
    radius = RADIUS * place.unit
    grid = Grid.of(place, radius)
    small = grid.reduced(own)
    level, factor, offset = lightness(small), np.zeros_like(small), np.zeros_like(small)
    for table, weight in _told(params, place, grid):
        slope, rest = lines(level, table.at(small), max(1, round(radius / grid.block)), GRAIN)
        factor += layers(weight) * slope
        offset += layers(weight) * rest
    return grid.filled(factor) * layers(lightness(own)) + grid.filled(offset)


def _told(params: Reference, place: Place, grid: Grid) -> Iterator[tuple[Table, Floats]]:
    """Yield each table in use, and how far it counts at each place of the grid (0..1)."""
    weights: list[Floats] = []
    if place.parts is not None:
        weights = planes(grid.reduced(np.asarray(place.parts, np.float32)) * np.float32(1 / 255))
    left = np.ones(grid.shape, np.float32)
    for text, weight in zip(params.parts, weights, strict=False):
        if text and weight.any():
            left -= weight
            yield table_of(text), weight
    if params.table and (left > 0).any():
        yield table_of(params.table), np.maximum(left, 0)


def _mixed(light: Floats, matrix: Floats) -> Floats:
    if np.array_equal(matrix, IDENTITY):
        return light
    return np.asarray(cv2.transform(light, matrix.astype(np.float32)), np.float32)


def _reach(params: Reference) -> float:
    return 0.0 if params.neutral else 3 * RADIUS


REFERENCE = Grade(
    params=Reference,
    label="Reference",
    group="Color mood",
    apply=reference,
    gain=lent,
    reach=_reach,
    parted=lambda params: any(params.parts),
)
