"""Carry the colors of one picture's zone to another's, no further than a photo stays a photo.

Chroma goes by the linear map that moves the least (Monge and Kantorovitch), with the stretch of
every axis bounded; lightness by a curve through the quantiles, with its slope bounded. To carry
whole distributions, as iterative transfer does (Pitié 2007), turns tones around, tears edges and
grows noise wherever two scenes differ; that was tried and looked at (decision 29).
"""

from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats
from freckle.pixels.filters import smoothstep

Doubles = npt.NDArray[np.float64]
STRETCH: Final = (0.65, 1.5)
"""Least and most that a spread of chroma is scaled."""
FARTHEST: Final = 18.0
"""Most that the mean chroma of a zone moves, ΔE."""
SLOPE: Final = (0.55, 1.8)
"""Least and most contrast of the tone curve."""
CALM: Final = (0.98, 1.1)
"""The same for tones of the skin, which keeps its pores."""
NEAR: Final = (12.0, 28.0)
"""L* from skin's lightness up to which, and from which on no more, a tone is the skin's."""
LEVELS: Final = 33
"""Quantiles that the curve goes through."""
DEEPEST: Final = 30.0
"""Most that the curve moves a tone, L*."""
WHITE: Final = (72.0, 98.0)
"""L* from which, and up to which, the move of chroma fades: white shirts and paper stay white."""
LEFT: Final = 0.3
"""What is left of the move at white."""
FLOOR: Final = 1.0
"""Variance below which a zone has no spread of chroma to speak of."""
SEED: Final = 2007


def chroma_carried(
    colors: Floats,
    reference: Floats,
    stretch: tuple[float, float] = STRETCH,
    farthest: float = FARTHEST,
    *,
    whites: bool = False,
    typical: bool = False,
) -> Floats:
    """Return n × 3 CIELAB with a* and b* as the reference's; lightness stays.

    The mean (`typical`: the median) moves to the reference's, by `farthest` at most, and white by
    little, unless `whites` move as all else.

    F. Pitié, A. Kokaram, The linear Monge-Kantorovitch linear colour mapping for example-based
    colour transfer (2007), its singular values held within `stretch`.
    """
    own, theirs = colors[:, 1:].astype(np.float64), reference[:, 1:].astype(np.float64)
    middle = np.median if typical else np.mean
    mean, wanted = (np.asarray(middle(each, axis=0)) for each in (own, theirs))
    shift = wanted - mean
    far = float(np.linalg.norm(shift))
    if far > farthest:
        shift *= farthest / far
    moved = (own - mean) @ _least(np.cov(own.T), np.cov(theirs.T), stretch).T + mean + shift
    if whites:
        return np.concatenate([colors[:, :1], moved.astype(np.float32)], axis=1)
    white = smoothstep(*WHITE, colors[:, :1]) * np.exp(-np.sum(own**2, axis=1, keepdims=True) / 200)
    # chroma of the same thing grows with its light
    light = np.minimum((colors[:, :1] + 16) / (colors[:, :1].mean() + 16), 1.2)
    moved = own + (1 - (1 - LEFT) * white) * light * (moved - own)
    return np.concatenate([colors[:, :1], moved.astype(np.float32)], axis=1)


def _least(own: Doubles, theirs: Doubles, stretch: tuple[float, float]) -> Doubles:
    """Return the symmetric 2 × 2 map from one covariance to another, bounded."""
    own = own + np.eye(2) * FLOOR
    root = _power(own, 0.5)
    back = _power(own, -0.5)
    whole = back @ _power(root @ (theirs + np.eye(2) * FLOOR) @ root, 0.5) @ back
    values, axes = np.linalg.eigh((whole + whole.T) / 2)
    return np.asarray(axes @ np.diag(np.clip(values, *stretch)) @ axes.T)


def _power(matrix: Doubles, exponent: float) -> Doubles:
    values, axes = np.linalg.eigh(matrix)
    return np.asarray(axes @ np.diag(np.maximum(values, 1e-9) ** exponent) @ axes.T)


def tones_carried(tones: Floats, reference: Floats, fixed: tuple[float, float]) -> Doubles:
    """Return a curve (`LEVELS` L* in, L* out) that spreads tones as the reference's are.

    `fixed` is the lightness of skin here and in the reference: the curve goes through it, so that
    what is told is how dark and how bright all else is beside the skin.
    """
    here, there = fixed
    quantiles = np.linspace(0, 1, LEVELS)
    own, theirs = np.quantile(tones, quantiles), np.quantile(reference, quantiles)
    # as far below or above the skin as there, on the scale that is left on that side
    below = np.where(theirs < there, (theirs / max(there, 1)) * here, 0)
    above = here + (theirs - there) * (100 - here) / max(100 - there, 1)
    wanted = np.where(theirs < there, below, above)
    knots = np.linspace(0, 100, LEVELS)
    steady = np.maximum.accumulate(own + np.arange(LEVELS) * 1e-6)
    moves = np.clip(np.interp(knots, steady, wanted - own), -DEEPEST, DEEPEST)
    moves -= np.interp(here, knots, moves)
    window = np.hanning(9) / np.hanning(9).sum()
    smooth = np.convolve(np.pad(moves, 4, mode="edge"), window, mode="valid")
    return _bounded(knots, smooth - np.interp(here, knots, smooth), here)


def _bounded(knots: Doubles, moves: Doubles, fixed: float) -> Doubles:
    """Return the curve with its slopes in bounds, from the fixed tone outward, 0..100."""
    step = knots[1] - knots[0]
    away = np.abs(knots[:-1] + step / 2 - fixed)
    free = np.asarray(smoothstep(*NEAR, away), np.float64)
    bounds = [near + free * (far - near) for near, far in zip(CALM, SLOPE, strict=True)]
    slopes = np.clip(np.diff(knots + moves) / step, *bounds)
    curve = np.concatenate([[0.0], np.cumsum(slopes) * step])
    curve += fixed - np.interp(fixed, knots, curve)
    # ends that left the scale are pressed back into it, softly
    low, high = curve[0], curve[-1]
    part = knots < fixed
    down = fixed - (fixed - curve) * min(1.0, fixed / max(fixed - low, 1e-6))
    up = fixed + (curve - fixed) * min(1.0, (100 - fixed) / max(high - fixed, 1e-6))
    return np.asarray(np.where(part, down, up))


def distance(colors: Floats, reference: Floats) -> float:
    """Return the sliced Wasserstein distance of two sets of n colors, in their units.

    Rabin et al. 2011; the mean over two dozen systems of axes, always the same ones.
    """
    found = []
    for turn in _turns():
        here, there = np.sort(colors @ turn, axis=0), np.sort(reference @ turn, axis=0)
        found.append(np.abs(here - there).mean())
    return float(np.mean(found))


@lru_cache(maxsize=1)
def _turns() -> tuple[Doubles, ...]:
    generator = np.random.default_rng(SEED)
    return tuple(np.linalg.qr(generator.normal(size=(3, 3)))[0] for _ in range(24))
