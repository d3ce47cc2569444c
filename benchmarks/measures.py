"""The figures behind the project's gates, as pure functions of pictures and landmarks.

fw is the horizontal extent of the mesh's face oval in the upright photo, G(σ) a Gaussian, Lab is
CIELAB (D65) of an 8-bit sRGB picture. Every function takes arrays of one size.
"""

from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.mesh import (
    BROWS,
    EYES,
    LIPS,
    OVAL,
    RGB8,
    Bools,
    Floats,
    cheeks,
    discs,
    face_width,
    grow,
    hull,
    polygon,
)

BANDS: Final = (0.0012, 0.0025, 0.005, 0.01, 0.02, 0.04)
"""σ of the texture bands in face widths."""
HONESTY: Final = 0.0018
"""σ below which detail is pores: the same ones must be there afterwards."""
BLOTCH: Final = (0.01, 0.055)
FAR: Final = 3.5
"""Robust deviations from the cheeks' colour beyond which a pixel is not taken for skin."""
HEALED: Final = 2.5
"""Radii around a healed spot that the texture measures leave out."""

Circle = tuple[float, float, float]
"""x, y, radius in pixels."""


@dataclass(frozen=True, slots=True)
class Tone:
    """Mean shift over skin: L*, and degrees of hue and of individual typology angle."""

    lightness: float
    hue: float
    ita: float


def lab(rgb: RGB8) -> Floats:
    """Return CIELAB (L* 0..100) of an 8-bit sRGB picture."""
    encoded = rgb.astype(np.float32) / np.float32(255)
    return np.asarray(cv2.cvtColor(encoded, cv2.COLOR_RGB2Lab), np.float32)


def blur(image: Floats, sigma: float) -> Floats:
    """Blur with a Gaussian of σ pixels, cut at 4 σ."""
    size = 2 * int(np.ceil(4 * sigma)) + 1
    blurred = cv2.GaussianBlur(image, (size, size), sigma, borderType=cv2.BORDER_REFLECT)
    return np.asarray(blurred, np.float32)


def reduced(image: Floats, sigma: float) -> tuple[Floats, int]:
    """Shrink by an integer factor so that a blur of σ still spans 3 px or more."""
    factor = max(1, int(sigma / 3))
    height, width = (n // factor * factor for n in image.shape[:2])
    size = width // factor, height // factor
    if factor == 1:
        return image, 1
    small = cv2.resize(image[:height, :width], size, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32), factor


def band(image: Floats, low: float, high: float) -> tuple[Floats, int]:
    """Return G(low) − G(high) (σ in pixels) and the factor by which the result is smaller.

    Area averaging by a factor f blurs by itself with a variance of (f² − 1) / 12 pixels².
    """
    small, factor = reduced(image, low)
    own = (factor**2 - 1) / 12
    fine, coarse = (float(np.sqrt(max(s**2 - own, 0.01))) / factor for s in (low, high))
    return blur(small, fine) - blur(small, coarse), factor


def shrink_mask(mask: Bools, factor: int) -> Bools:
    """Shrink a mask as `reduced` shrinks a picture: true where most of the pixels are."""
    if factor == 1:
        return mask
    height, width = (n // factor * factor for n in mask.shape)
    part = mask[:height, :width].astype(np.float32)
    small = cv2.resize(part, (width // factor, height // factor), interpolation=cv2.INTER_AREA)
    return np.asarray(small > 0.5)


def measuring_skin(before: Floats, landmarks: Floats) -> Bools:
    """Skin for measuring: the oval's inside without features and without other colours.

    `before` is the Lab of the original photo. Colours are judged after G(.0025 fw), so that a
    single dark pore stays skin.
    """
    fw, shape = face_width(landmarks), (before.shape[0], before.shape[1])
    mask = grow(polygon(landmarks, OVAL, shape), -0.05 * fw)
    mask &= ~grow(polygon(landmarks, LIPS, shape), 0.04 * fw)
    for eye, brow in zip(EYES, BROWS, strict=True):
        mask &= ~grow(hull(landmarks, eye, shape), 0.06 * fw)
        mask &= ~grow(hull(landmarks, brow, shape), 0.05 * fw)
    return mask & cheek_colored(before, landmarks)


def cheek_colored(before: Floats, landmarks: Floats) -> Bools:
    """Pixels whose Lab lies within 3.5 robust deviations of the cheeks' own, channel by channel."""
    smooth = blur(before, max(0.5, 0.0025 * face_width(landmarks)))
    own = smooth[cheeks(landmarks, (before.shape[0], before.shape[1]))]
    if own.size == 0:
        return np.zeros(before.shape[:2], bool)
    middle = np.median(own, axis=0)
    spread = np.maximum(1.4826 * np.median(np.abs(own - middle), axis=0), [3.0, 1.2, 1.2])
    return np.asarray((np.abs(smooth - middle) <= FAR * spread).all(axis=-1))


def without(mask: Bools, healed: list[Circle], radii: float = HEALED) -> Bools:
    """Leave healed spots out of a mask."""
    wide = [(x, y, radii * r) for x, y, r in healed]
    return mask & ~discs(wide, (mask.shape[0], mask.shape[1]))


def texture(before: Floats, after: Floats, skin: Bools, fw: float) -> tuple[float, ...]:
    """Energy of L* after / before in each of `BANDS`; NaN where nothing can be measured."""
    return tuple(_energy(before, after, skin, sigma * fw) for sigma in BANDS)


def _energy(before: Floats, after: Floats, skin: Bools, sigma: float) -> float:
    pair = np.dstack([before[..., 0], after[..., 0]])
    bands, factor = band(pair, sigma, 2 * sigma)
    values = bands[shrink_mask(skin, factor)].astype(np.float64)
    if len(values) < 30:
        return float("nan")
    old, new = np.mean(values**2, axis=0)
    return float(new / max(old, 1e-9))


def honesty(before: Floats, after: Floats, skin: Bools, fw: float) -> float:
    """Correlation on skin of L* − G(.0018 fw) before and after: the same pores or others."""
    pair = np.dstack([before[..., 0], after[..., 0]])
    high = (pair - blur(pair, HONESTY * fw))[skin].astype(np.float64)
    if len(high) < 30:
        return float("nan")
    high -= high.mean(axis=0)
    old, new = high.T
    scale = np.sqrt((old @ old) * (new @ new))
    return float(old @ new / scale) if scale > 0 else 1.0


def blotch(before: Floats, after: Floats, skin: Bools, fw: float) -> tuple[float, float]:
    """Deviation on skin of G(.01 fw) − G(.055 fw) of a* and b*, after / before.

    NaN for a photo without colour.
    """
    low, high = (s * fw for s in BLOTCH)
    bands, factor = band(np.dstack([before[..., 1:], after[..., 1:]]), low, high)
    return _spread(bands[shrink_mask(skin, factor)])


def blotch_inside(before: Floats, after: Floats, skin: Bools, fw: float) -> tuple[float, float]:
    """Return the same with averages over skin only (normalized convolution, Knutsson 1993).

    Told beside `blotch`, which also sees lips, hair and the frames of glasses through its wide
    Gaussian: no work on skin can change those.
    """
    low, high = (s * fw for s in BLOTCH)
    small, factor = reduced(np.dstack([before[..., 1:], after[..., 1:]]), low)
    inside = shrink_mask(skin, factor)
    weight = inside.astype(np.float32)
    means: list[Floats] = []
    for sigma in (low, high):
        total = np.maximum(blur(weight, sigma / factor), np.float32(1e-3))
        mean = blur(small * weight[..., None], sigma / factor) / total[..., None]
        means.append(np.asarray(mean, np.float32))
    difference = np.asarray(means[0] - means[1], np.float32)
    return _spread(difference[inside])


def _spread(values: Floats) -> tuple[float, float]:
    """Deviation of the last two columns over that of the first two."""
    if len(values) < 30:
        return float("nan"), float("nan")
    spread = values.std(axis=0)
    ratio = np.where(spread[:2] > 0.05, spread[2:] / np.maximum(spread[:2], 1e-6), np.nan)
    return float(ratio[0]), float(ratio[1])


def tone(before: Floats, after: Floats, skin: Bools) -> Tone:
    """Shift of the mean skin colour; hue is 0 by definition for a photo without colour."""
    if not skin.any():
        return Tone(float("nan"), float("nan"), float("nan"))
    old, new = (x[skin].astype(np.float64).mean(axis=0) for x in (before, after))
    gray = float(np.hypot(old[1], old[2])) < 2
    hue = 0.0 if gray else _turn(_degrees(old[2], old[1]), _degrees(new[2], new[1]))
    # Without colour b* is 0 and the angle would leap between ±90: lightness says it all there.
    ita = 0.0 if gray else _turn(_degrees(old[0] - 50, old[2]), _degrees(new[0] - 50, new[2]))
    return Tone(float(new[0] - old[0]), hue, ita)


def ita(before: Floats, skin: Bools) -> float:
    """Individual typology angle of the mean skin colour in degrees (Chardon 1991)."""
    if not skin.any():
        return float("nan")
    mean = before[skin].astype(np.float64).mean(axis=0)
    return _degrees(mean[0] - 50, mean[2])


def _degrees(y: float, x: float) -> float:
    return float(np.rad2deg(np.arctan2(y, x)))


def _turn(old: float, new: float) -> float:
    return (new - old + 180) % 360 - 180


def largest_change(before: RGB8, after: RGB8) -> npt.NDArray[np.uint8]:
    """Largest change of a channel at each pixel, 0..255."""
    return np.asarray(np.max(cv2.absdiff(before, after), axis=-1))
