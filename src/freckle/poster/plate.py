"""A photo's pixels for a sheet: cut, scaled, tinted, veiled; the same at every scale."""

from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep
from freckle.poster.palette import RGB, luminance
from freckle.poster.room import Room
from freckle.poster.subject import Bytes, Subject

STRIP: Final = 512
"""Rows that are veiled at a time."""
MOST_KEPT: Final = 12_000_000
"""Pixels of plates that are kept with a photo while its sheet is worked on."""


@dataclass(frozen=True, slots=True)
class Veil:
    """A shade with its place: full inside `room`, fading away from `side`."""

    room: Room
    """In points of the sheet."""
    side: str
    fade: float
    """Points over which it fades to nothing."""
    color: RGB
    strength: float


@dataclass(frozen=True, slots=True)
class Recolor:
    """A tint: gray, or from one color (dark) to another (light)."""

    dark: RGB
    light: RGB
    low: float
    high: float
    """Lightness (cube roots of luminance) that becomes dark and light."""

    @classmethod
    def of(cls, subject: Subject, dark: RGB, light: RGB) -> "Recolor":
        """Stretch a photo's own tones between two colors."""
        small = cv2.resize(subject.pixels, (160, 160), interpolation=cv2.INTER_AREA)
        low, high = np.percentile(np.cbrt(luminance(np.asarray(small, np.uint8))), (2, 98))
        return cls(dark, light, float(low), float(max(high, low + 0.05)))


def kept_plate(
    subject: Subject,
    crop: tuple[int, int, int, int],
    size: tuple[int, int],
    *,
    cutout: bool = False,
    recolor: Recolor | None = None,
) -> Bytes:
    """Return a plate, from the last ones of this photo where it is among them."""
    key = (crop, size, cutout, recolor)
    kept: OrderedDict[object, Bytes] = subject.plates
    pixels = kept.pop(key, None)
    if pixels is None:
        pixels = plate(subject, crop, size, cutout=cutout, recolor=recolor)
    kept[key] = pixels
    while sum(each.shape[0] * each.shape[1] for each in kept.values()) > MOST_KEPT:
        kept.popitem(last=False)
    return pixels


def plate(
    subject: Subject,
    crop: tuple[int, int, int, int],
    size: tuple[int, int],
    *,
    cutout: bool = False,
    recolor: Recolor | None = None,
) -> Bytes:
    """Return a crop at width × height pixels: RGB, or RGBA for a cutout."""
    cutout = cutout and subject.cut is not None and subject.alpha is not None
    part = _cut(subject, crop, cutout=cutout)
    if cutout:
        return _over(_resized(_premultiplied(part), size), recolor)
    scaled = _resized(part, size)
    return scaled if recolor is None else _recolored(scaled, recolor)


def faded(pixels: Bytes, opacity: float) -> Bytes:
    """Return a plate (RGB or RGBA) as RGBA with so much of its alpha, 0..1."""
    if opacity >= 1:
        return pixels
    whole = np.full((*pixels.shape[:2], 1), 255, np.uint8)
    alpha = pixels[..., 3:] if pixels.shape[2] == 4 else whole
    less = np.rint(alpha.astype(np.float32) * np.float32(opacity)).astype(np.uint8)
    return np.ascontiguousarray(np.dstack([pixels[..., :3], less]))


def veil(pixels: Bytes, place: Room, veils: tuple[Veil, ...]) -> Bytes:
    """Lay shades over a plate (RGB, or RGBA whose alpha stays) that fills `place` (points)."""
    active = [each for each in veils if each.strength > 0]
    if not active:
        return pixels
    out = pixels.copy()
    height, width = pixels.shape[:2]
    x = place.x + (np.arange(width, dtype=np.float32) + np.float32(0.5)) * place.w / width
    for top in range(0, height, STRIP):
        rows = np.arange(top, min(height, top + STRIP), dtype=np.float32) + np.float32(0.5)
        y = place.y + rows * place.h / height
        part = out[top : top + STRIP, :, :3].astype(np.float32)
        for each in active:
            cover = _cover(each, x, y) * np.float32(each.strength)
            part += cover[..., None] * (np.array(each.color, np.float32) - part)
        out[top : top + STRIP, :, :3] = np.rint(part).astype(np.uint8)
    return out


def _cover(each: Veil, x: Floats, y: Floats) -> Floats:
    """Return how much of a veil lies on each point, 0..1 (height × width)."""
    room, fade = each.room, np.float32(max(each.fade, 1e-3))
    flat = np.zeros((len(y), len(x)), np.float32)
    if each.side == "all":
        return flat + 1
    away = {
        "bottom": flat + (room.y - y)[:, None],
        "top": flat + (y - room.bottom)[:, None],
        "right": flat + (room.x - x)[None, :],
        "left": flat + (x - room.right)[None, :],
    }[each.side]
    return np.asarray(1 - smoothstep(0, 1, np.asarray(away / fade, np.float32)), np.float32)


def _cut(subject: Subject, crop: tuple[int, int, int, int], *, cutout: bool) -> Bytes:
    """Return a part, with alpha for a cutout; what lies outside the picture is transparent."""
    left, top, right, bottom = crop
    width, height = subject.size
    inner = slice(max(0, top), min(height, bottom)), slice(max(0, left), min(width, right))
    inside = subject.pixels[inner]
    if cutout and subject.cut is not None and subject.alpha is not None:
        inside = np.dstack([subject.cut[inner], subject.alpha[inner]])
    if inside.shape[:2] == (bottom - top, right - left):
        return inside
    whole = np.zeros((bottom - top, right - left, inside.shape[2]), np.uint8)
    y, x = max(0, -top), max(0, -left)
    whole[y : y + inside.shape[0], x : x + inside.shape[1]] = inside
    return whole


def _premultiplied(part: Bytes) -> Bytes:
    alpha = part[..., 3:].astype(np.uint16)
    color = (part[..., :3].astype(np.uint16) * alpha + np.uint16(127)) // np.uint16(255)
    return np.dstack([color.astype(np.uint8), part[..., 3]])


def _over(part: Bytes, recolor: Recolor | None) -> Bytes:
    """Return straight colors with alpha from premultiplied ones."""
    alpha = part[..., 3:].astype(np.float32)
    color = part[..., :3].astype(np.float32) * 255 / np.maximum(alpha, 1)
    straight: Bytes = np.clip(np.rint(color), 0, 255).astype(np.uint8)
    if recolor is not None:
        straight = _recolored(straight, recolor)
    return np.ascontiguousarray(np.dstack([straight, part[..., 3]]))


def _resized(part: Bytes, size: tuple[int, int]) -> Bytes:
    """Scale: areas averaged on the way down, Lanczos on the way up."""
    if (part.shape[1], part.shape[0]) == size:
        return np.ascontiguousarray(part)
    shrinks = size[0] < part.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(part, size, interpolation=way), np.uint8)


def _recolored(pixels: Bytes, recolor: Recolor) -> Bytes:
    """Map lightness onto a ramp of two colors."""
    tone = np.cbrt(luminance(pixels))
    share = np.clip((tone - recolor.low) / (recolor.high - recolor.low), 0, 1)[..., None]
    dark, light = (np.array(each, np.float32) for each in (recolor.dark, recolor.light))
    return np.asarray(np.rint(dark + share * (light - dark)), np.uint8)
