"""The files that become of an opened photo: one as asked for, or one for every preset."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import cv2
import numpy as np

from freckle.codec import SaveOptions, encode
from freckle.codec.cms import Space
from freckle.codec.credentials import Signing
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.codec.saving import own_format
from freckle.framing import Size
from freckle.photo import Photo
from freckle.recipe.exports import Sharpening, export
from freckle.recipe.recipe import Recipe
from freckle.render.enlarge import Told, delivered, delivered_size, nothing
from freckle.render.export import dressed, exported, heads_in, options_of
from freckle.render.export import sized as at_size
from freckle.render.finish import check_holds
from freckle.render.pyramid import View
from freckle.render.render import Rendering
from freckle.report.telling import Origin, disclosing, with_credentials
from freckle.studio.reduced import reduced
from freckle.studio.screen import Screen
from freckle.studio.studio import Studio

PLAIN: Final = export("original")
Asked = tuple[int | None, int | None]
AROUND: Final = 12
"""Pixels around a part that its enlargement sees."""


@dataclass(frozen=True, slots=True)
class Place:
    """A square of the enlarged picture."""

    x: float
    """Share of the width where its middle is, and of the height."""
    y: float
    side: int
    """Pixels."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What files say of how they came about; left out, nothing."""

    disclose: bool = False
    """Whether a plain line of their metadata says what was done."""
    signing: Signing | None = None
    """Who signs Content Credentials."""
    origin: Origin | None = None
    """What those name as the file retouched."""

    def encoded(self, photo: Photo, saving: SaveOptions, rendering: Rendering) -> bytes:
        """Return a finished photo's file. Raises `OutputError`."""
        data = encode(photo, disclosing(saving, rendering) if self.disclose else saving)
        if self.signing is None or self.origin is None:
            return data
        kind = saving.format or own_format(photo)
        return with_credentials(data, kind, self.signing, self.origin, rendering)


SILENT: Final = Telling()


@dataclass(frozen=True, slots=True)
class Wish:
    """How one file is wanted; left out, it is as the original."""

    saving: SaveOptions = field(default_factory=SaveOptions)
    size: Asked = (None, None)
    """Width and height to fit into; None: any."""
    enlarge: bool = False
    """Whether the picture may get larger."""
    dpi: float | None = None
    space: Space = "keep"
    sharpen: Sharpening = "none"
    telling: Telling = SILENT


def one(studio: Studio, recipe: Recipe, wish: Wish, told: Told = nothing) -> tuple[str, bytes]:
    """Return the ending (with the dot) and the bytes of a file.

    Raises `OutputError` for a size, or a format that cannot hold the picture.
    """
    check_holds(recipe, wish.saving.format or own_format(studio.photo))
    rendering = studio.rendering(recipe)
    photo = delivered(rendering.photo, recipe, told)
    before = photo.width
    photo = _fitted(photo, wish.size, told) if wish.enlarge else reduced(photo, wish.size)
    looks = replace(PLAIN, space=wish.space, sharpen=wish.sharpen, dpi=wish.dpi)
    data = wish.telling.encoded(dressed(photo, looks, before=before), wish.saving, rendering)
    return _ending(wish.saving, studio.photo), data


def several(
    studio: Studio,
    recipe: Recipe,
    presets: Sequence[str],
    told: Told = nothing,
    telling: Telling = SILENT,
) -> Iterator[tuple[str, bytes]]:
    """Yield for every export preset its name with the ending, and the file's bytes.

    Raises `OutputError`.
    """
    rendering = studio.rendering(recipe)
    photo = delivered(rendering.photo, recipe, told)
    heads = heads_in(rendering, studio.portrait, photo.width)
    for number, wanted in enumerate([export(name) for name in presets]):
        part = _part(told, number, len(presets))
        part(0)
        made = exported(photo, wanted, heads, part)
        saving = options_of(made, wanted)
        data = telling.encoded(made, saving, rendering)
        yield f"{wanted.name}{_ending(saving, made)}", data


def look(studio: Studio, recipe: Recipe, place: Place, *, plain: bool) -> Screen:
    """Return a part of the enlarged picture, as the file has it, in 8-bit sRGB.

    With `plain` as a simple filter would enlarge it, to compare.
    """
    now = studio.framing(recipe).size
    size = delivered_size(recipe, now)
    factor = max(size[0] / now[0], size[1] / now[1])
    side = min(math.ceil(place.side / max(factor, 1e-3)) + 2 * AROUND, *now)
    left, top = (
        round(min(max(share * length - side / 2, 0), length - side))
        for share, length in zip((place.x, place.y), now, strict=True)
    )
    drawn = studio.draw(recipe, View(left, top, side, side, side, side), lambda: False).screen
    large = round(side * factor), round(side * factor)
    if plain:
        made: Any = cv2.resize(drawn, large, interpolation=cv2.INTER_CUBIC)
    else:
        made = at_size(Photo(drawn.copy(), studio.photo.source), large).pixels
    middle, half = large[0] // 2, min(place.side, large[0]) // 2
    cut = slice(middle - half, middle + half)
    return np.asarray(made[cut, cut], np.uint8)


def _part(told: Told, number: int, count: int) -> Told:
    """Return who is told of the share of one of several files."""
    return lambda share: told((number + share) / count)


def _fitted(photo: Photo, asked: Asked, told: Told) -> Photo:
    """Return a photo as large as fits into width × height."""
    width, height = (side or 1 << 30 for side in asked)
    scale = min(width / photo.width, height / photo.height)
    if not any(asked):
        return photo
    size: Size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
    return at_size(photo, size, told)


def _ending(saving: SaveOptions, photo: Photo) -> str:
    return FORMATS[saving.format or own_format(photo)].endings[0]
