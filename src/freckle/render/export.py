"""A finished photo as an export preset wants it: shape, size, color space, sharpness."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import cv2

from freckle.analysis.portrait import Portrait
from freckle.codec import SaveOptions
from freckle.codec.channels import as_pixels
from freckle.codec.cms import in_space
from freckle.codec.decoded import Page
from freckle.codec.formats import BY_NAME as FORMATS
from freckle.codec.saving import own_format
from freckle.framing import Framing, Size
from freckle.geometry import Box
from freckle.ops.crop import Crop, frame
from freckle.photo import Format, Photo
from freckle.recipe.exports import INCH, Export, Sharpening
from freckle.render.enlarge import Told, enlarged, nothing
from freckle.render.frame import framed_photo, heads_of
from freckle.render.gain import sized_gain
from freckle.render.pyramid import resize
from freckle.render.render import Rendering

MOST: Final = 4.0
"""How many times a picture is enlarged at most; what is still smaller stays smaller."""
SCREEN: Final = (0.6, 0.25)
PRINT: Final = (1.0, 0.5)
"""Radius in pixels (of a print, at `PAPER_DPI`) and amount of the sharpening (unsharp mask)."""
PAPER_DPI: Final = 300.0


def exported(
    photo: Photo, wanted: Export, heads: Sequence[Box] = (), told: Told = nothing
) -> Photo:
    """Return a finished photo as a preset wants it; `heads` are those in it, in its pixels."""
    photo = framed_photo(photo, shape_of(photo, wanted, heads))
    return dressed(sized(photo, size_of(photo, wanted), told), wanted, before=photo.width)


def dressed(photo: Photo, wanted: Export, *, before: int) -> Photo:
    """Return a photo of the right size in its color space, sharpened, with its resolution.

    `before` is how wide it was before it got its size.
    """
    photo = in_space(photo, wanted.space, wanted.intent, black_point=wanted.black_point)
    photo = sharpened(photo, wanted.sharpen, wanted.dpi, reduced=photo.width < before)
    if wanted.dpi is not None:
        photo = replace(photo, metadata=replace(photo.metadata, dpi=(wanted.dpi, wanted.dpi)))
    return photo


def format_of(photo: Photo, wanted: Export) -> Format:
    """Name the format of an export; what is transparent never becomes white."""
    kind = wanted.format or own_format(photo)
    clear = photo.alpha is not None and int(photo.alpha.min()) < photo.peak
    return "png" if FORMATS[kind].opaque and clear else kind


def options_of(photo: Photo, wanted: Export) -> SaveOptions:
    """Return how the file of an export is written."""
    kind = format_of(photo, wanted)
    return SaveOptions(
        format=kind,
        page=_page(photo, wanted) if kind == "pdf" else None,
        quality=wanted.quality if FORMATS[kind].quality else None,
        strip_gps=not wanted.location,
        strip_metadata=not wanted.metadata,
    )


def _page(photo: Photo, wanted: Export) -> Page | None:
    """Return the page of a print; it lies as the picture does."""
    wide, tall = wanted.paper
    if not wide:
        return None
    if (photo.width > photo.height) != (wide > tall):
        wide, tall = tall, wide
    return Page(wide, tall, wanted.bleed, wanted.marks)


def heads_in(rendering: Rendering, portrait: Portrait, width: int) -> list[Box]:
    """Return the people's heads in a finished picture of some width, in its pixels."""
    size = rendering.photo.width, rendering.photo.height
    framing = rendering.framing or Framing.whole(size)
    grown = width / framing.size[0]
    found = []
    for person in heads_of(portrait.people):
        x, y, w, h = (grown * side for side in framing.placed(person))
        found.append(Box(round(x), round(y), round(x + w), round(y + h)))
    return found


def shape_of(photo: Photo, wanted: Export, heads: Sequence[Box]) -> Framing:
    """Return what part of a photo has the shape that is wanted, heads in their place."""
    size = photo.width, photo.height
    if not wanted.width:
        return Framing.whole(size)
    width, height = _paper(wanted, size)
    return frame(Crop(ratio=f"{width}:{height}", head=wanted.head), size, heads)


def size_of(photo: Photo, wanted: Export) -> Size:
    """Return the size that a photo of the right shape gets."""
    now = photo.width, photo.height
    if wanted.width:
        size = _paper(wanted, now)
        return size if size[0] <= MOST * now[0] else (round(MOST * now[0]), round(MOST * now[1]))
    if wanted.longest and max(now) > wanted.longest:
        scale = wanted.longest / max(now)
        return max(1, round(now[0] * scale)), max(1, round(now[1] * scale))
    return now


def _paper(wanted: Export, now: Size) -> Size:
    """Return width and height; paper for prints lies as the picture does."""
    wide, tall = wanted.width, wanted.height
    if wanted.paper[0] and wanted.bleed and wanted.dpi and wanted.format == "pdf":
        wide, tall = (round((side + 2 * wanted.bleed) / INCH * wanted.dpi) for side in wanted.paper)
    turned = wanted.dpi is not None and not wanted.head and (now[0] > now[1]) != (wide > tall)
    return (tall, wide) if turned else (wide, tall)


def sized(photo: Photo, size: Size, told: Told = nothing) -> Photo:
    """Return a photo at width × height: reduced, or enlarged up to four times."""
    if size[0] > photo.width or size[1] > photo.height:
        return enlarged(photo, size, told)
    if size == (photo.width, photo.height):
        return photo
    alpha = None if photo.alpha is None else resize(photo.alpha, size)
    return photo.with_frame(resize(photo.pixels, size), alpha, sized_gain(photo.gain, size))


def sharpened(photo: Photo, way: Sharpening, dpi: float | None, *, reduced: bool) -> Photo:
    """Return a photo sharpened for where it is looked at.

    On a screen what was reduced gets back the contrast of its finest detail; on paper everything
    is sharpened more and wider, because ink spreads.
    """
    if way == "none" or (way == "screen" and not reduced):
        return photo
    radius, amount = SCREEN
    if way == "print":
        radius, amount = max((dpi or PAPER_DPI) / PAPER_DPI, 0.3) * PRINT[0], PRINT[1]
    blurred: Any = cv2.GaussianBlur(photo.pixels, (0, 0), radius)
    sharp = as_pixels(cv2.addWeighted(photo.pixels, 1 + amount, blurred, -amount, 0))
    return replace(photo, pixels=sharp)  # the gain map's detail is coarser than that
