"""Hair drawn strand by strand, so that its alpha is known exactly."""

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.mesh import RGB8, Floats

Points = npt.NDArray[np.float64]
FINER: Final = 3
"""Drawn so many times larger, without antialiasing, then averaged: alpha is area."""
POINTS: Final = 22
"""Points of a strand."""


@dataclass(frozen=True, slots=True)
class Hair:
    """What hair is drawn."""

    color: tuple[float, float, float]
    """Its mean, encoded RGB 0..1."""
    seed: int
    curl: float = 0.02
    """How far strands wave, in face widths."""
    long: float = 0.5
    """Length of the longest loose strands, in face widths."""
    light: float = 0.0
    """How much lighter tips are: light from behind, which must stay."""
    blur: float = 0.6
    """σ of the lens, in pixels."""
    loose: int = 500
    """How many strands stand off."""


def drawn(
    landmarks: Floats, unit: float, shape: tuple[int, int], hair: Hair
) -> tuple[Floats, Floats]:
    """Return color and alpha of hair around a head; `unit` is the face's width in pixels."""
    dice = np.random.default_rng(hair.seed)
    height, width = shape[0] * FINER, shape[1] * FINER
    alpha = np.zeros((height, width), np.uint8)
    color = np.zeros((height, width, 3), np.uint8)
    middle = (landmarks[127, :2] + landmarks[356, :2]) / 2
    top = middle[1] - landmarks[10, 1] + 0.32 * unit
    radii = np.array([0.56 * unit, top])
    for number in range(3 * hair.loose + 2600):
        dense = number < 2600
        turn = dice.uniform(-0.12, 1.12) * np.pi
        reach = dice.uniform(0.86, 1.06) if dense else dice.uniform(0.94, 1.1)
        out = np.array([np.cos(turn), -np.sin(turn)])
        root = middle + reach * radii * out
        length = unit * (dice.uniform(0.08, 0.3) if dense else _length(dice, hair.long))
        path = _path(dice, root, out, length, hair.curl * unit, dense)
        _lay(color, alpha, path, dice, hair, dense)
    return _averaged(color, alpha, hair, shape)


def _length(dice: np.random.Generator, longest: float) -> float:
    """Most are short, a few long."""
    return float(0.06 + (longest - 0.06) * dice.beta(1.1, 4.5))


def _path(
    dice: np.random.Generator,
    root: Points,
    out: Points,
    length: float,
    curl: float,
    dense: bool,
) -> Points:
    """Return a strand's points: along the head where it is dense, else outward and falling."""
    along = np.array([-out[1], out[0]]) * (1 if out[0] < 0 else -1)
    lean = dice.normal(0, 0.25) + (0.12 if dense else dice.uniform(0.25, 0.9))
    way = along * (1 - lean) + out * lean
    steps = np.linspace(0, 1, POINTS)[:, None]
    falling = np.array([0, 1.0]) * steps**2 * length * dice.uniform(0, 0.5)
    waves = np.sin(2 * np.pi * (steps * dice.uniform(0.5, 2.5) + dice.uniform()))
    side = np.array([-way[1], way[0]]) * waves * curl * dice.uniform(0.2, 1) * np.sqrt(steps)
    return np.asarray(root + way * steps * length + falling + side)


def _lay(
    color: RGB8,
    alpha: RGB8,
    path: Points,
    dice: np.random.Generator,
    hair: Hair,
    dense: bool,
) -> None:
    """Draw one strand; its shade changes along it."""
    shade = float(np.exp(dice.normal(0, 0.22)))
    gloss = dice.uniform(0.3, 0.7), dice.uniform(0.0, 0.35)
    thick = int(dice.integers(2, 5)) if dense else int(dice.integers(1, 4))
    points = np.rint(path * FINER).astype(np.int32)
    for first in range(0, POINTS - 1, 3):
        part = points[first : first + 4]
        t = first / POINTS
        lit = shade * (1 + gloss[1] * np.exp(-(((t - gloss[0]) / 0.15) ** 2)))
        lit *= 1 if dense else 1 + hair.light * t
        ink = np.clip(np.array(hair.color) * lit, 0, 1) * 255
        cv2.polylines(color, [part], False, tuple(ink.tolist()), thick, cv2.LINE_8)
        cv2.polylines(alpha, [part], False, 255, thick, cv2.LINE_8)


def _averaged(
    color: RGB8, alpha: RGB8, hair: Hair, shape: tuple[int, int]
) -> tuple[Floats, Floats]:
    size = shape[1], shape[0]
    share: Any = cv2.resize(alpha, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    color[alpha == 0] = 0
    mixed: Any = cv2.resize(color, size, interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    share, mixed = (cv2.GaussianBlur(each, (0, 0), hair.blur) for each in (share, mixed))
    told = mixed / np.maximum(share, 1e-3)[..., None]
    own = np.where(share[..., None] > 0.004, told, np.array(hair.color, np.float32))
    return np.asarray(np.clip(own, 0, 1), np.float32), np.asarray(share, np.float32)
