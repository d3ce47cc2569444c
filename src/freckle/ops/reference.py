"""Colors and tones of a reference picture, lent to the whole photo by a table."""

from typing import Annotated, Final, Literal

import cv2
import numpy as np
from pydantic import AfterValidator, Field

from freckle.ops.op import Amount, Grade, Params, slider
from freckle.pixels.color import Floats, srgb_decode, srgb_encode
from freckle.pixels.filters import layers, planes
from freckle.pixels.place import Place
from freckle.pixels.table import TEXT, Table, table_of

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


def reference(light: Floats, params: Reference, place: Place) -> Floats:
    """Add to each color what the table says for it; beyond sRGB, for the nearest color in it."""
    own = srgb_encode(_mixed(light, place.space.to_srgb))
    share = np.float32(params.amount / 100)
    new = srgb_decode(own + share * _moved(np.clip(own, 0, 1), params, place))
    return np.clip(_mixed(new, np.linalg.inv(place.space.to_srgb)), 0, 1)


def _moved(own: Floats, params: Reference, place: Place) -> Floats:
    """Return by how much colors change: each kind of thing by its own table, softly between."""
    found = np.zeros_like(own)
    left = np.full(own.shape[:2], 255, np.float32)
    weights = () if place.parts is None else planes(np.asarray(place.parts, np.float32))
    for text, weight in zip(params.parts, weights, strict=False):
        if text and weight.any():
            found += layers(weight) * table_of(text).at(own)
            left -= weight
    if params.table and (left > 0).any():
        found += layers(np.maximum(left, 0)) * table_of(params.table).at(own)
    return np.asarray(found * np.float32(1 / 255), np.float32)


def _mixed(light: Floats, matrix: Floats) -> Floats:
    if np.array_equal(matrix, IDENTITY):
        return light
    return np.asarray(cv2.transform(light, matrix.astype(np.float32)), np.float32)


REFERENCE = Grade(
    params=Reference,
    label="Reference",
    group="Color mood",
    apply=reference,
    parted=lambda params: any(params.parts),
)
