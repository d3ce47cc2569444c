"""Colors and tones of a reference picture, lent to the whole photo by a table."""

from typing import Annotated, Final, Literal

import cv2
import numpy as np
from pydantic import AfterValidator, Field

from freckle.ops.op import Amount, Grade, Params, slider
from freckle.pixels.color import Floats, srgb_decode, srgb_encode
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

    @property
    def neutral(self) -> bool:
        """Whether nothing was learnt, or nothing of it is wanted."""
        return self.amount == 0 or not self.table


def reference(light: Floats, params: Reference, place: Place) -> Floats:
    """Add to each color what the table says for it; beyond sRGB, for the nearest color in it."""
    own = srgb_encode(_mixed(light, place.space.to_srgb))
    share = np.float32(params.amount / 100)
    new = srgb_decode(own + share * table_of(params.table).at(np.clip(own, 0, 1)))
    return np.clip(_mixed(new, np.linalg.inv(place.space.to_srgb)), 0, 1)


def _mixed(light: Floats, matrix: Floats) -> Floats:
    if np.array_equal(matrix, IDENTITY):
        return light
    return np.asarray(cv2.transform(light, matrix.astype(np.float32)), np.float32)


REFERENCE = Grade(params=Reference, label="Reference", group="Color mood", apply=reference)
