"""Figures of texture, tone and blotch from two pictures of the same skin.

The definitions are those of the project's benchmarks, read at the working picture's scale: L*, a*
and b* are CIELAB (D65), sizes are shares of the face's width, G(σ) is a Gaussian.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.report.figures import Band, Blotch, Tone

Bools = npt.NDArray[np.bool_]

BANDS: Final = (0.0012, 0.0025, 0.005, 0.01, 0.02, 0.04)
FINE: Final = 0.005
"""Contrast finer than G of this counts as texture."""
BLOTCH: Final = (0.01, 0.055)
PATCH: Final = 0.08
"""Side of the patches whose texture is compared, in face widths."""
FEWEST: Final = 30
"""Pixels below which a figure is not given."""
GRAY: Final = 2.0
"""Mean chroma below which a photo has no hue to shift."""
FAINT: Final = 0.05
"""Deviation of a* or b* below which there is no blotch to measure."""


def blur(image: Floats, sigma: float) -> Floats:
    """Blur with a Gaussian of σ pixels, exact to 3 σ."""
    size = 2 * int(np.ceil(3 * max(sigma, 0.1))) + 1
    blurred = cv2.GaussianBlur(image, (size, size), sigma, borderType=cv2.BORDER_REFLECT)
    return np.asarray(blurred, np.float32)


def between(image: Floats, low: float, high: float) -> tuple[Floats, int]:
    """Return G(low) − G(high), σ in pixels, on a grid coarser by the factor also returned."""
    factor = max(1, int(low / 2))
    small = _reduced(image, factor)
    own = (factor**2 - 1) / 12  # variance of averaging `factor` pixels
    fine, coarse = (float(np.sqrt(max(s**2 - own, 0.01))) / factor for s in (low, high))
    return blur(small, fine) - blur(small, coarse), factor


def bands(before: Floats, after: Floats, skin: Bools, width: float) -> tuple[Band, ...]:
    """Return the energy after / before of L* (H × W) in each band; `width` is the face's."""
    pair = np.dstack([before, after])
    return tuple(Band(sigma, _energy(pair, skin, sigma * width)) for sigma in BANDS)


def _energy(pair: Floats, skin: Bools, sigma: float) -> float | None:
    values, factor = between(pair, sigma, 2 * sigma)
    chosen = values[_reduced_mask(skin, factor)]
    if len(chosen) < FEWEST:
        return None
    old, new = np.einsum("ij,ij->j", chosen, chosen, dtype=np.float64)
    return float(new / max(float(old), 1e-9))


def fine(before: Floats, after: Floats, width: float) -> tuple[Floats, Floats]:
    """Return the contrast of L* finer than `FINE` face widths, before and after."""
    pair = np.dstack([before, after])
    high = pair - blur(pair, FINE * width)
    return high[..., 0], high[..., 1]


def honesty(old: Floats, new: Floats, skin: Bools) -> float | None:
    """Return the correlation of fine contrast on skin; 1 where both are flat."""
    if int(skin.sum()) < FEWEST:
        return None
    a, b = (x[skin].astype(np.float64) for x in (old, new))
    a, b = a - a.mean(), b - b.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / scale if scale > 0 else 1.0


def kept(old: Floats, new: Floats, skin: Bools, width: float) -> tuple[Floats, Floats]:
    """Return how much of the original's fine contrast each patch keeps, and its share of skin.

    In each patch the share is the slope of the regression of `new` on `old`: what is blurred
    away is missing from it, and noise put in its place does not count. Held to 0..1, so that
    sharpening one place cannot hide the loss of another. Both are rows × columns of patches.
    """
    side = max(4, round(PATCH * width))
    chosen = skin.astype(np.float32)
    power = _patched(old * old * chosen, side)
    common = _patched(old * new * chosen, side)
    share = _patched(chosen, side)
    slope = np.divide(common, power, out=np.ones_like(power), where=power > 1e-6)
    return np.clip(slope, 0, 1), np.where(share > 0.2, share, 0)


def _patched(values: Floats, side: int) -> Floats:
    """Average over patches; the last row and column are filled up with zeros."""
    height, width = (-(-n // side) * side for n in values.shape)
    whole = np.zeros((height, width), np.float32)
    whole[: values.shape[0], : values.shape[1]] = values
    size = width // side, height // side
    return np.asarray(cv2.resize(whole, size, interpolation=cv2.INTER_AREA), np.float32)


def tone(before: Floats, after: Floats, skin: Bools) -> Tone:
    """Return the shift of the mean skin color (CIELAB, H × W × 3; ITA: Chardon 1991)."""
    if int(skin.sum()) < FEWEST:
        return Tone(None, None, None)
    old, new = (x[skin].mean(axis=0, dtype=np.float64) for x in (before, after))
    lightness = float(new[0] - old[0])
    if float(np.hypot(old[1], old[2])) < GRAY:
        return Tone(lightness, None, None)
    hue = _turn(np.arctan2(old[2], old[1]), np.arctan2(new[2], new[1]))
    ita = _turn(np.arctan2(old[0] - 50, old[2]), np.arctan2(new[0] - 50, new[2]))
    return Tone(lightness, hue, ita)


def _turn(old: float, new: float) -> float:
    return float((np.degrees(new - old) + 180) % 360 - 180)


def blotch(before: Floats, after: Floats, skin: Bools, width: float) -> Blotch:
    """Return the patchiness of a* and b* after / before."""
    four = np.dstack([before[..., 1:], after[..., 1:]])
    values, factor = between(four, BLOTCH[0] * width, BLOTCH[1] * width)
    chosen = values[_reduced_mask(skin, factor)]
    if len(chosen) < FEWEST:
        return Blotch(None, None, None)
    spread = chosen.std(axis=0, dtype=np.float64)
    old, new = spread[:2], spread[2:]
    ratios = [float(n / o) if o > FAINT else None for o, n in zip(old, new, strict=True)]
    both = float(np.hypot(*old))
    gone = 100 * (1 - float(np.hypot(*new)) / both) if both > FAINT else None
    return Blotch(ratios[0], ratios[1], gone)


def _reduced(image: Floats, factor: int) -> Floats:
    if factor == 1:
        return image
    height, width = (n // factor * factor for n in image.shape[:2])
    size = max(1, width // factor), max(1, height // factor)
    part = image[:height, :width] if height and width else image
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.float32)


def _reduced_mask(mask: Bools, factor: int) -> Bools:
    return np.asarray(_reduced(mask.astype(np.float32), factor) > 0.5)
