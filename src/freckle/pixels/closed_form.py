"""How much of each pixel is foreground: closed-form matting (Levin, Lischinski and Weiss 2008).

In every 3 × 3 window the colors are taken to lie on a line between foreground and background, so
that alpha is a linear function of color there. That is a sparse system over the unknown pixels.
It is solved from coarse to fine by conjugate gradients, each size starting from the one before.
All sums are NumPy's own, in double precision: the same bytes with any number of threads.
"""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats

EPSILON: Final = 1e-6
"""Variance of colors (0..1) below which a window counts as one color."""
COARSEST: Final = 96
"""Pixels of the longer side where solving begins."""
ROUNDS: Final = (200, 120, 80, 60)
"""Most steps of the solver at the coarsest size and those after it."""
CLOSE: Final = 1e-4
"""The residual, as a share of that at zero, at which it stops."""

Doubles = npt.NDArray[np.float64]
Whole = npt.NDArray[np.intp]
NEAR: Final = [(dy, dx) for dy in (-1, 0, 1) for dx in (-1, 0, 1)]


def closed_form(picture: Floats, known: Floats, guess: Floats, trust: Floats) -> Floats:
    """Return alpha, height × width, 0..1.

    `picture` is height × width × 3 (0..1), `known` 0 or 1 where alpha is that for sure and in
    between where it is not; `guess` (0..1) is where to begin and what to fall back on, `trust` how
    much it weighs against a pixel's windows.
    """
    height, width = known.shape
    if max(height, width) > COARSEST:
        size = -(-width // 2), -(-height // 2)
        smaller = [
            np.asarray(cv2.resize(each, size, interpolation=cv2.INTER_AREA), np.float32)
            for each in (picture, guess, trust)
        ]
        coarse = closed_form(smaller[0], _halved(known), *smaller[1:])
        start = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_LINEAR)
    else:
        start = guess
    alpha = np.where((known > 0) & (known < 1), start, known)
    rounds = ROUNDS[min(len(ROUNDS) - 1, max(0, int(np.log2(max(height, width) / COARSEST)) + 1))]
    return _solved(picture, known, np.asarray(alpha, np.float32), guess, trust, rounds)


def _halved(known: Floats) -> Floats:
    """Return what is known at half the size: only where all pixels below it are and agree."""
    height, width = known.shape
    padded = cv2.copyMakeBorder(known, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
    blocks = padded.reshape(padded.shape[0] // 2, 2, padded.shape[1] // 2, 2)
    low, high = blocks.min(axis=(1, 3)), blocks.max(axis=(1, 3))
    return np.asarray(np.where(low == 1, 1, np.where(high == 0, 0, 0.5)), np.float32)


def _solved(
    picture: Floats, known: Floats, alpha: Floats, guess: Floats, trust: Floats, rounds: int
) -> Floats:
    """Solve at one size, from `alpha` on."""
    unknown = np.pad((known > 0) & (known < 1), 2)
    places = np.flatnonzero(unknown)
    if not places.size:
        return alpha
    colors = np.pad(picture.astype(np.float64), ((2, 2), (2, 2), (0, 0)), mode="reflect")
    shifts, weights = _laplacian(colors, unknown, places)
    values = np.pad(alpha.astype(np.float64), 2, mode="edge").ravel()
    wanted, held = (np.pad(each.astype(np.float64), 2).ravel()[places] for each in (guess, trust))
    main = weights[len(shifts) // 2] + held
    weights[len(shifts) // 2] = main

    def product(x: Doubles) -> Doubles:
        """Apply the system to values of the unknown pixels, with zeros for the others."""
        full = np.zeros(values.size)
        full[places] = x
        return _sum(full, shifts, weights, places)

    fixed = values.copy()
    fixed[places] = 0
    right = held * wanted - _sum(fixed, shifts, weights, places)
    x = _conjugate(product, right, values[places], 1 / main, rounds)
    values[places] = np.clip(x, 0, 1)
    found = values.reshape(unknown.shape)[2:-2, 2:-2]
    return np.asarray(found, np.float32)


def _sum(full: Doubles, shifts: list[int], weights: Doubles, places: Whole) -> Doubles:
    out = np.zeros(places.size)
    for shift, weight in zip(shifts, weights, strict=True):
        out += weight * full[places + shift]
    return out


def _laplacian(colors: Doubles, unknown: Any, places: Whole) -> tuple[list[int], Doubles]:
    """Return the matting Laplacian's rows of the unknown pixels.

    A row has 25 weights, for the pixel `shift` further in the padded picture each.
    """
    width = colors.shape[1]
    near = cv2.dilate(unknown.astype(np.uint8), np.ones((3, 3), np.uint8))
    near[[0, -1], :] = 0
    near[:, [0, -1]] = 0
    windows = np.flatnonzero(near)
    flat = colors.reshape(-1, 3)
    members = [windows + dy * width + dx for dy, dx in NEAR]
    offsets, inverse = _windows(flat, members)
    rank = np.full(unknown.size, -1, np.intp)
    rank[places] = np.arange(places.size)
    shifts = [dy * width + dx for dy in range(-2, 3) for dx in range(-2, 3)]
    weights = np.zeros((25, places.size))
    mask = unknown.ravel()
    for i, (dy, dx) in enumerate(NEAR):
        inside = mask[members[i]]
        rows = rank[members[i][inside]]
        a, b, c = (offsets[i][:, k][inside] for k in range(3))
        xx, xy, xz, yy, yz, zz = (part[inside] for part in inverse)
        u = xx * a + xy * b + xz * c, xy * a + yy * b + yz * c, xz * a + yz * b + zz * c
        for j, (ey, ex) in enumerate(NEAR):
            other = offsets[j][inside]
            like = 1 + u[0] * other[:, 0] + u[1] * other[:, 1] + u[2] * other[:, 2]
            weights[(ey - dy + 2) * 5 + ex - dx + 2][rows] += float(i == j) - like / 9
    return shifts, weights


def _windows(flat: Doubles, members: list[Whole]) -> tuple[list[Doubles], list[Doubles]]:
    """Return each member's color less its window's mean, and the inverse of the covariances."""
    colors = [flat[each] for each in members]
    mean = _mean(colors)
    offsets = [each - mean for each in colors]
    pairs = ((0, 0), (0, 1), (0, 2), (1, 1), (1, 2), (2, 2))
    aa, ab, ac, bb, bc, cc = (_mean([o[:, i] * o[:, k] for o in offsets]) for i, k in pairs)
    aa, bb, cc = (part + EPSILON / 9 for part in (aa, bb, cc))
    minors = (bb * cc - bc * bc, ac * bc - ab * cc, ab * bc - ac * bb)
    whole = aa * minors[0] + ab * minors[1] + ac * minors[2]
    rest = (aa * cc - ac * ac, ab * ac - aa * bc, aa * bb - ab * ab)
    return offsets, [part / whole for part in (*minors, *rest)]


def _mean(members: list[Doubles]) -> Doubles:
    return np.asarray(sum(members) / len(members), np.float64)


def _conjugate(product: Any, right: Doubles, x: Doubles, ease: Doubles, rounds: int) -> Doubles:
    """Solve by conjugate gradients, preconditioned by the diagonal (`ease` is its inverse)."""
    rest = right - product(x)
    step = ease * rest
    size = float((rest * step).sum())
    enough = CLOSE**2 * float((right * ease * right).sum())
    for _ in range(rounds):
        if size <= enough:
            break
        moved = product(step)
        far = size / float((step * moved).sum())
        x = x + far * step
        rest -= far * moved
        eased = ease * rest
        size, before = float((rest * eased).sum()), size
        step = eased + (size / before) * step
    return x
