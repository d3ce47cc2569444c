"""A sheet as pixels: for the screen and for files, by the same program."""

from collections.abc import Collection
from typing import Final

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import RecipeError
from freckle.photo import Format, Metadata, Photo, Source
from freckle.poster.laid import Laid
from freckle.poster.sheet import Make, plain_sheet
from freckle.poster.typeset import typesetter

PRINT: Final = 300
"""Pixels of an inch for sheets in millimetres."""
MOST: Final = 100_000_000
"""Pixels of a sheet."""


def scale_of(laid: Laid, dpi: float | None = None) -> float:
    """Return pixels of a point: 1 for sheets in pixels, else those of print."""
    if dpi is not None:
        return dpi / 72
    return 1.0 if laid.board.unit == "px" else PRINT / 72


def drawn(
    laid: Laid, scale: float, *, without: Collection[str] = (), only: Collection[str] = ()
) -> bytes:
    """Return the trimmed sheet as the typesetter's PNG. Raises `RecipeError` when too large.

    Layers in `without` are left out; with `only`, all others and the paper are, and where none
    of those is the picture is transparent.
    """
    page = laid.board.page
    if page.w * page.h * scale * scale > MOST:
        raise RecipeError(
            f"{page.w * scale:.0f} × {page.h * scale:.0f} pixels are too many for one sheet.",
            "Ask for fewer pixels an inch.",
        )
    others = {each.id for each in laid.layers} - set(only) if only else set()
    make = Make(scale, without=frozenset({*without, *others}), clear=bool(only))
    with typesetter(laid.own) as setter:
        return setter.png(plain_sheet(laid, setter, make), scale)


def pictured(laid: Laid, scale: float) -> Photo:
    """Return the trimmed sheet as an sRGB photo with the resolution of its print size."""
    photo = load_bytes(drawn(laid, scale))
    dpi = (scale * 72, scale * 72)
    return Photo(photo.pixels, Source(format="png", digest=""), metadata=Metadata(dpi=dpi))


def raster(laid: Laid, kind: Format, *, scale: float | None = None, quality: int = 92) -> bytes:
    """Return the trimmed sheet as a picture file."""
    photo = pictured(laid, scale or scale_of(laid))
    return encode(photo, SaveOptions(format=kind, quality=quality, subsampling="444"))
