"""Grounds to stand before: plain, busy, or of the hair's own colors."""

from collections.abc import Callable
from typing import Any, Final

import cv2
import numpy as np

from benchmarks.mesh import Floats

Size = tuple[int, int]
"""Height and width."""


def ground(name: str, size: Size, hair: Floats) -> Floats:
    """Return a ground (height × width × 3, encoded 0..1), the same each time; `hair`: its color."""
    dice = np.random.default_rng(sum(map(ord, name)))
    return np.asarray(np.clip(GROUNDS[name](size, hair, dice), 0, 1), np.float32)


def _wall(size: Size, _: Floats, dice: np.random.Generator) -> Any:
    """Draw a warm wall in slanting light."""
    y, x = (axis / max(size) for axis in np.mgrid[: size[0], : size[1]])
    light = 0.66 + 0.16 * x - 0.12 * y + 0.01 * _noise(size, 0.02, dice)[..., 0]
    return light[..., None] * np.array([1.0, 0.94, 0.86])


def _seamless(size: Size, _: Floats, dice: np.random.Generator) -> Any:
    """Draw blue-gray paper, darker toward the corners."""
    y, x = (axis / max(size) - 0.5 for axis in np.mgrid[: size[0], : size[1]])
    light = 0.62 - 0.35 * (x**2 + y**2) + 0.006 * _noise(size, 0.01, dice)[..., 0]
    return light[..., None] * np.array([0.82, 0.92, 1.05])


def _brick(size: Size, _: Floats, __: np.random.Generator) -> Any:
    """Show a brick wall, sharp."""
    return _gray("brick", size)[..., None] * np.array([1.1, 0.82, 0.7])


def _meadow(size: Size, _: Floats, __: np.random.Generator) -> Any:
    """Show grass, hardly out of focus."""
    blurred = cv2.GaussianBlur(_gray("grass", size), (0, 0), 1.5)
    return 0.08 + 0.85 * blurred[..., None] * np.array([0.8, 1.05, 0.5])


def _bar(size: Size, _: Floats, dice: np.random.Generator) -> Any:
    """Draw lamps and bottles out of focus."""
    return _discs(size, dice, 0.03, np.array([0.3, 0.2, 0.14]), 0.0025)


def _street(size: Size, _: Floats, dice: np.random.Generator) -> Any:
    """Draw a street by day, rather sharp: bright and dark shapes of all sizes."""
    return _discs(size, dice, 0.012, np.array([0.55, 0.56, 0.58]), 0.0012)


def _coffee(size: Size, _: Floats, __: np.random.Generator) -> Any:
    """Show a table with things on it."""
    from skimage import data  # noqa: PLC0415

    return _fitted(np.asarray(data.coffee()), size)  # type: ignore[no-untyped-call]


def _like(size: Size, hair: Floats, dice: np.random.Generator) -> Any:
    """Draw blurred shapes of the hair's own lightness, somewhat lighter on the whole."""
    soft = 0.7 * _noise(size, 0.03, dice) + 0.3 * _noise(size, 0.008, dice)
    light = soft.mean(axis=2, keepdims=True)
    return hair + 0.1 + 0.1 * light + 0.02 * soft


def _curtain(size: Size, hair: Floats, dice: np.random.Generator) -> Any:
    """Draw folds of cloth, in the hair's color where they are dark."""
    x = np.arange(size[1]) / max(size)
    waves = [np.sin(2 * np.pi * (f * x + dice.uniform())) for f in (5, 11, 17, 29)]
    folds = np.mean(waves, axis=0)
    light = hair + (0.18 + 0.12 * folds)[None, :, None] * np.array([1.0, 0.9, 0.85])
    return light + 0.01 * _noise(size, 0.003, dice)


GROUNDS: Final[dict[str, Callable[[Size, Floats, np.random.Generator], Any]]] = {
    "wall": _wall,
    "seamless": _seamless,
    "brick": _brick,
    "meadow": _meadow,
    "bar": _bar,
    "street": _street,
    "coffee": _coffee,
    "like": _like,
    "curtain": _curtain,
}


def _noise(size: Size, scale: float, dice: np.random.Generator) -> Floats:
    """Return smooth noise of deviation 1 in three channels; `scale` in longer sides."""
    step = max(1, round(scale * max(size) / 2))
    small = dice.normal(0, 1, (size[0] // step + 3, size[1] // step + 3, 3)).astype(np.float32)
    large = cv2.resize(small, (size[1], size[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(large / large.std(), np.float32)


def _discs(size: Size, dice: np.random.Generator, radius: float, light: Any, blur: float) -> Floats:
    side = max(size)
    out = np.zeros((*size, 3), np.float32) + light.astype(np.float32)
    for _ in range(260):
        place = int(dice.integers(size[1])), int(dice.integers(size[0]))
        shade = light * np.exp(dice.normal(0, 0.6)) * (1 + dice.normal(0, 0.18, 3))
        reach = int(side * radius * dice.uniform(0.3, 2.2))
        if dice.random() < 0.5:
            cv2.circle(out, place, reach, tuple(shade.tolist()), -1, cv2.LINE_AA)
        else:
            corner = place[0] + reach, place[1] + int(dice.uniform(0.3, 4) * reach)
            cv2.rectangle(out, place, corner, tuple(shade.tolist()), -1, cv2.LINE_AA)
    return np.asarray(cv2.GaussianBlur(out, (0, 0), blur * side), np.float32)


def _gray(name: str, size: Size) -> Floats:
    from skimage import data  # noqa: PLC0415

    picture = np.asarray(getattr(data, name)())
    return _fitted(picture, size)


def _fitted(picture: Any, size: Size) -> Floats:
    """Cover the size with a picture."""
    scale = max(size[0] / picture.shape[0], size[1] / picture.shape[1])
    large = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return np.asarray(large[: size[0], : size[1]].astype(np.float32) / 255, np.float32)
