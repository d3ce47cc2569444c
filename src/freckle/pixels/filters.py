"""Smoothing that stays inside a mask, pyramids, and soft steps. All arrays are float32."""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats

EXACT: Final = 6.0
"""σ in pixels up to which a Gaussian is worked out at full size."""
AVERAGED: Final = 1 / 16
"""Variance that averaging 2 × 2 pixels blurs by, in squares of the reduced picture's pixels."""
ENLARGED: Final = 1 / 6
"""The same for bilinear enlarging."""
LIMITLESS: Final = np.float32(np.inf)
"""With it `np.clip` takes a third of the time that `np.maximum` takes with one number."""
MANY: Final = 100_000
"""Pixels from which a quarter of them is enough to learn a deviation from."""


def smoothstep(low: float, high: float, values: npt.ArrayLike) -> Floats:
    """Rise from 0 at `low` to 1 at `high` with flat ends (Hermite); NaN becomes 0."""
    t = np.atleast_1d(np.subtract(values, np.float32(low), dtype=np.float32, order="C"))
    t *= np.float32(1 / (high - low))
    if t.size:
        cv2.patchNaNs(t, 0)
    np.clip(t, 0, 1, out=t)
    rise = np.asarray(cv2.addWeighted(t, -2, t, 0, 3), np.float32) if t.size else t.copy()
    rise *= t
    rise *= t
    return np.asarray(rise.reshape(np.shape(values)), np.float32)


def gaussian(image: Floats, sigma: float) -> Floats:
    """Blur with a Gaussian of `sigma` pixels; large ones through a smaller picture.

    Below σ = 6 px exact. Above, the picture is area-averaged to where σ is 3 to 6 px, blurred and
    cubically enlarged: the error stays under 1 % of the range of a smooth picture.
    """
    if sigma <= 0.3:
        return image.copy()
    factor = 1
    while sigma / factor > EXACT and min(image.shape[:2]) / (2 * factor) >= 8:
        factor *= 2
    if factor == 1:
        return _blur(image, sigma)
    height, width = image.shape[:2]
    rows, columns = -(-height // factor), -(-width // factor)
    full = columns * factor, rows * factor
    if full != (width, height):  # whole blocks are averaged several times faster than parts
        edge = full[1] - height, full[0] - width
        padded = cv2.copyMakeBorder(image, 0, edge[0], 0, edge[1], cv2.BORDER_REPLICATE)
        image = np.asarray(padded, np.float32)
    small = cv2.resize(image, (columns, rows), interpolation=cv2.INTER_AREA)
    # area averaging and cubic interpolation blur by themselves: about factor² / 6 of variance each
    rest = np.sqrt(max(sigma**2 - factor**2 / 6, 0.1)) / factor
    blurred = _blur(np.asarray(small, np.float32), rest)
    large = cv2.resize(blurred, full, interpolation=cv2.INTER_CUBIC)
    return np.asarray(large[:height, :width], np.float32)


def _blur(image: Floats, sigma: float) -> Floats:
    size = 2 * int(np.ceil(3 * sigma)) + 1
    blurred = cv2.GaussianBlur(image, (size, size), sigma, borderType=cv2.BORDER_REPLICATE)
    return np.asarray(blurred, np.float32)


def feathered(mask: Floats, sigma: float) -> Floats:
    """Blur as `gaussian` does, only near what is not 0: for masks of a small part of a picture."""
    if sigma > EXACT:
        return gaussian(mask, sigma)
    here = near((mask != 0).astype(np.uint8), int(np.ceil(3 * sigma)) + 1)
    out = np.zeros_like(mask)
    if here is not None:
        out[here] = gaussian(np.ascontiguousarray(mask[here]), sigma)
    return out


def near(mask: npt.NDArray[np.uint8], reach: int) -> tuple[slice, slice] | None:
    """Return rows and columns of what is not 0 and `reach` pixels around; None when all is."""
    x, y, width, height = cv2.boundingRect(mask)
    if width == 0:
        return None
    rows = slice(max(0, y - reach), y + height + reach)
    return rows, slice(max(0, x - reach), x + width + reach)


def coarser(plane: Floats, sigma: float) -> Floats:
    """Return what is coarser than `sigma` pixels: a Gaussian, sharpened once.

    It falls off much faster than a Gaussian that passes as much: of waves of 6 σ it keeps .82, of
    waves of 3 σ .21 (Gaussian: .58, .11), of waves of 2 σ .01.
    """
    low = gaussian(plane, sigma)
    return np.asarray(2 * low - gaussian(low, sigma), np.float32)


def masked_gaussian(image: Floats, weight: Floats, sigma: float, floor: float = 1e-3) -> Floats:
    """Average the pixels under `weight` only (normalized convolution, Knutsson 1993).

    `image` is H × W or H × W × C, `weight` H × W in 0..1. Where no weight is near, the result
    tends to 0; callers weight it again.
    """
    total = gaussian(weight, sigma)
    np.clip(total, np.float32(floor), LIMITLESS, out=total)
    if image.ndim == 2:
        blurred = gaussian(image * weight, sigma)
        blurred /= total
        return blurred
    depth = image.shape[2]
    weighted = layers(weight, depth)
    weighted *= image
    blurred = gaussian(weighted, sigma)
    blurred /= layers(total, depth)
    return blurred


def layers(mask: Floats, depth: int = 3) -> Floats:
    """Repeat an H × W mask for each of `depth` channels.

    NumPy multiplies H × W × 3 by this several times faster than by H × W × 1.
    """
    if depth == 3:
        return np.asarray(cv2.cvtColor(mask, cv2.COLOR_GRAY2BGR), np.float32)
    return np.asarray(cv2.merge([mask] * depth), np.float32)


def planes(image: Floats) -> list[Floats]:
    """Split H × W × C into C planes, which NumPy works on several times faster.

    OpenCV takes a quarter of the time where it need not make the planes itself.
    """
    ready = np.empty((image.shape[2], *image.shape[:2]), np.float32)
    return [np.asarray(plane, np.float32) for plane in cv2.split(image, list(ready))]


def stacked(*parts: Floats) -> Floats:
    """Join planes and images of one size channel by channel, several times faster than NumPy."""
    return np.asarray(cv2.merge(parts), np.float32)


def shrink(image: Floats, factor: int) -> Floats:
    """Reduce by an integer factor with area averaging (sizes round up)."""
    height, width = image.shape[:2]
    size = -(-width // factor), -(-height // factor)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.float32)


def enlarge(image: Floats, like: Floats) -> Floats:
    """Bring a reduced picture back to the size of `like`, bilinear."""
    height, width = like.shape[:2]
    large = cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(large, np.float32)


def tenth(values: Floats) -> float:
    """Return the value below which a tenth of them lie: NumPy's quantile, ten times as fast."""
    ordered = np.sort(values)
    at = 0.1 * (len(ordered) - 1)
    before = int(at)
    after = min(before + 1, len(ordered) - 1)
    return float(ordered[before] + (ordered[after] - ordered[before]) * (at - before))


def robust_sigma(values: Floats) -> float:
    """Return the deviation of the bulk: 1.4826 × the median absolute deviation; 0 when empty."""
    return 1.4826 * median(np.abs(values - np.float32(median(values))))


def less(sigma: float, variance: float) -> float:
    """Return the σ of a Gaussian that blurs as one of `sigma` does, on what is blurred already."""
    return float(np.sqrt(max(sigma * sigma - variance, 0.01)))


def deviation(picture: Floats, mask: Floats) -> float:
    """Return the robust deviation of a picture (H × W) where a mask is above .5.

    Of large pictures every second row and column say as much.
    """
    step = 2 if picture.size > MANY else 1
    return robust_sigma(picture[::step, ::step][mask[::step, ::step] > 0.5])


def median(values: Floats) -> float:
    """Return the middle of all values (the upper one of two); 0 when empty.

    Several times faster than NumPy's on the few pixels around a mark.
    """
    flat = values.ravel()
    half = flat.size // 2
    return float(np.partition(flat, half)[half]) if flat.size else 0.0


def central(values: npt.NDArray[np.floating[Any]], axis: int | None = None) -> Any:
    """Return NumPy's median, to the bit, along an axis or of all values; NaN when empty.

    Which it looks for NaN with loads masked arrays: a fiftieth of a start. Here are none.
    """
    flat = values.ravel() if axis is None else np.moveaxis(values, axis, -1)
    count = flat.shape[-1]
    if count == 0:
        return np.full(flat.shape[:-1], np.nan, flat.dtype)[()]
    half = count // 2
    if count % 2:
        return np.partition(flat, half)[..., half]
    pair = np.partition(flat, (half - 1, half))[..., half - 1 : half + 1]
    return pair.mean(axis=-1)
