"""Edges along a curve: samples on lines across it, and the smoothest good path through them."""

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats

Reals = npt.NDArray[np.float64]


def steps(first: float, last: float, step: float) -> Reals:
    """Return evenly spaced offsets, both ends with them."""
    return np.linspace(first, last, round((last - first) / step) + 1)


def sample(colors: Floats, start: Reals, away: Reals, offsets: Reals) -> Reals:
    """Return colors at offsets (samples, or stations × samples) along each line."""
    reach = np.broadcast_to(offsets, (len(start), offsets.shape[-1]))
    at = start[:, None] + away[:, None] * reach[..., None] - 0.5
    x, y = at[..., 0].astype(np.float32), at[..., 1].astype(np.float32)
    seen = cv2.remap(colors, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float64)


def along(values: Reals, sigma: float) -> Reals:
    """Blur along the stations."""
    blurred = cv2.GaussianBlur(values, (1, 0), sigmaX=1e-6, sigmaY=sigma)
    return np.asarray(blurred, np.float64).reshape(values.shape)


def cheapest(cost: Reals) -> npt.NDArray[np.intp]:
    """Return the offset's index at each station with the least cost and bending (Viterbi 1967)."""
    index = np.arange(cost.shape[1])
    bend = 0.2 * np.square(index[:, None] - index[None])
    total, back = cost[0], []
    for row in cost[1:]:
        through = total[None] + bend
        best = through.argmin(axis=1)
        back.append(best)
        total = through[index, best] + row
    path = [int(total.argmin())]
    for best in reversed(back):
        path.append(int(best[path[-1]]))
    return np.array(path[::-1])
