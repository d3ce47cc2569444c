"""The gain map of a finished photo: where people were worked on, it follows the retouched picture.

A gain map is a small copy of the photo's light and shows marks and creases that are healed in the
picture itself. What of it goes with the picture's brightness is fitted in wide windows (guided
filter, He, Sun and Tang 2013) and drawn anew from the retouched picture; the rest, which is the
unretouched face's own, is left out wherever a pixel changed, and as far around as the map's
compression spreads it.
"""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec.channels import as_pixels
from freckle.framing import Framing, Size
from freckle.geometry import Affine
from freckle.photo import GainMap, Photo, Pixels
from freckle.pixels.color import Floats
from freckle.render.picture import Picture
from freckle.render.pyramid import resize

Bits = npt.NDArray[np.bool_]
WINDOW: Final = 0.03
"""Half a window, as a share of the map's longer side: wider than the marks of a face close up."""
LEAST_WINDOW: Final = 4
LEVEL: Final = 1e-4
"""Variance of brightness (0..1) below which a window counts as flat."""
BLOCK: Final = 8
"""Side of a JPEG block; where colors are kept at half the size, one spans twice as much."""
SEAM: Final = 4
"""Half the width of the band in which the map goes over into its own values."""


def regained(photo: Photo, picture: Picture) -> GainMap | None:
    """Return the gain map of a picture after all work on people, over all of the photo.

    None where the photo has none.
    """
    if photo.gain is None:
        return None
    gain, after = photo.gain, _over(photo, picture)
    changed = _pooled((photo.pixels != after).any(axis=2), gain.size)
    if not changed.any():
        return gain
    share = _share(changed, 2 * BLOCK if gain.colored else BLOCK)
    light = _brightness(photo.pixels, gain.size), _brightness(after, gain.size)
    planes = [_followed(plane, light, share) for plane in np.moveaxis(gain.values, 2, 0)]
    return gain.with_values(np.stack(planes, axis=2))


def framed_gain(gain: GainMap | None, framing: Framing) -> GainMap | None:
    """Return a gain map in a frame of its photo, about as fine as it was."""
    if gain is None or framing.keeps_all:
        return gain
    across, down = (here / there for here, there in zip(gain.size, framing.source, strict=True))
    to_map = Affine(np.array([[across, 0, 0], [0, down, 0]], np.float64))
    size = _fitting(framing.size, max(across, down))
    scale = [there / here for there, here in zip(framing.size, size, strict=True)]
    from_map = Affine(np.array([[scale[0], 0, 0], [0, scale[1], 0]], np.float64))
    matrix = to_map.after(framing.to_source).after(from_map).pixel_matrix()
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    found = cv2.warpAffine(gain.values, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return gain.with_values(found)


def sized_gain(gain: GainMap | None, size: Size) -> GainMap | None:
    """Return a gain map for its photo at another size: no larger than that."""
    if gain is None or (gain.size[0] <= size[0] and gain.size[1] <= size[1]):
        return gain
    return gain.with_values(resize(gain.values, size))


def _fitting(size: Size, scale: float) -> Size:
    width, height = (min(max(1, round(side * scale)), side) for side in size)
    return width, height


def _over(photo: Photo, picture: Picture) -> Pixels:
    """Return the photo with the part that was worked on."""
    if picture.pixels.shape == photo.pixels.shape:
        return picture.pixels
    whole = photo.pixels.copy()
    whole[picture.box.slices] = picture.pixels
    return as_pixels(whole)


def _pooled(changed: Bits, size: Size) -> Bits:
    """Return where on the map any pixel changed; height × width."""
    for axis, cells in ((0, size[1]), (1, size[0])):
        starts = np.arange(cells) * changed.shape[axis] // cells
        changed = np.asarray(np.logical_or.reduceat(changed, starts, axis=axis), np.bool_)
    return changed


def _share(changed: Bits, around: int) -> Floats:
    """Return how far (0..1) the map is drawn anew: wholly where it changed, and around that."""
    side = 2 * (around + SEAM) + 1
    wide = cv2.dilate(changed.astype(np.uint8), np.ones((side, side), np.uint8))
    return _mean(wide.astype(np.float32), SEAM)


def _brightness(pixels: Pixels, size: Size) -> Floats:
    """Return the mean of the encoded channels, 0..1, at the map's size."""
    small = resize(pixels, size).astype(np.float32).mean(axis=2)
    return np.asarray(small / np.float32(np.iinfo(pixels.dtype).max), np.float32)


def _followed(plane: Pixels, light: tuple[Floats, Floats], share: Floats) -> Pixels:
    """Return a channel of the map as the brightness after the work has it."""
    before, after = light
    values = plane.astype(np.float32)
    radius = max(LEAST_WINDOW, round(WINDOW * max(plane.shape)))
    level, mean = _mean(before, radius), _mean(values, radius)
    spread = _mean(before * before, radius) - level * level
    both = _mean(before * values, radius) - level * mean
    fitted = np.asarray(both / (spread + np.float32(LEVEL)), np.float32)
    start = _mean(np.asarray(mean - fitted * level, np.float32), radius)
    slope = _mean(fitted, radius)
    own = values - (slope * before + start)
    drawn = slope * after + start + (1 - share) * own
    window = np.ones((2 * radius + 1,) * 2, np.uint8)
    drawn = np.clip(drawn, cv2.erode(values, window), cv2.dilate(values, window))
    return as_pixels(np.rint(drawn).astype(np.uint8))


def _mean(values: Floats, radius: int) -> Floats:
    side = 2 * radius + 1
    found: Any = cv2.blur(values, (side, side), borderType=cv2.BORDER_REFLECT)
    return np.asarray(found, np.float32)
