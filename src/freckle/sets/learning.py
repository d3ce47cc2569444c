"""Learn a style from pictures before and after: the values of our own sliders that come nearest.

Gauss and Newton's method on the reduced pictures: each slider's effect is measured by rendering it,
and the sliders are moved together until the difference to the finished pictures is least. What then
hardly shows is put to rest. Of several pairs all pixels count alike, so one style has to do.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.analysis.portrait import analyze
from freckle.errors import OutputError
from freckle.photo import Photo
from freckle.pixels.color import Floats, lab, to_srgb
from freckle.recipe.recipe import Recipe
from freckle.recipe.settings import with_setting
from freckle.recipe.sources import recipe_of as named
from freckle.render.pyramid import resize
from freckle.render.render import render

Doubles = npt.NDArray[np.float64]
Hear = Callable[[float], None]
SIDE: Final = 480
"""Pixels of the longer side on which it is learnt from one pair; of several, the area is shared."""
LEAST: Final = 240
"""Pixels of it at least."""
MOST: Final = 12
"""Pairs at most: more are thinned evenly."""
LIGHT: Final = (
    "exposure",
    "contrast",
    "highlights",
    "shadows",
    "temperature",
    "tint",
    "vibrance",
    "saturation",
    "clarity",
)
SKIPPED: Final = frozenset({"blemishes", "red_eye", "neck_lines"})
"""Tools of Natural that heal or mend: nothing of theirs is a matter of degree."""
STEPS: Final = (16.0, 8.0, 4.0, 3.0)
"""Slider steps over which effects are measured, round by round."""
SPARSE: Final = 2
"""The round before which sliders that others can stand in for are put to rest."""
SPARED: Final = 0.15
"""How much farther (root mean square, CIELAB) the pictures may be for that."""
FAINT: Final = 0.004
"""Mean color difference (CIELAB) of a slider below which it rests: nobody sees it."""
LARGE: Final = 6.0
"""Differences beyond this (CIELAB) count less and less: things that were put in or taken out."""
ASIDE: Final = 0.02
"""How far the shapes of both pictures may differ."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A style, and how near it comes."""

    recipe: Recipe
    values: Mapping[str, float]
    """Sliders that are not at rest."""
    effects: Mapping[str, float]
    """Mean color difference that each of them makes."""
    before: float
    """Mean color difference (CIELAB) of the two pictures."""
    error: float
    """The same that the style leaves."""


def learned(pairs: Sequence[tuple[Photo, Photo]], hear: Hear = lambda _: None) -> Learned:
    """Return the style that made each second picture of its first. Raises `OutputError`.

    Both show the same frame; sizes may differ. `hear` is told how far it is, 0..1.
    """
    side = max(LEAST, round(SIDE / len(pairs) ** 0.5))
    made = [_pair(before, after, side) for before, after in pairs]
    portraits = [(small, analyze(small)) for small, _ in made]
    wanted = _row([after for _, after in made])

    def shown(values: Mapping[str, float]) -> Floats:
        recipe = recipe_of(values)
        return _row([_lab(render(small, portrait, recipe).photo) for small, portrait in portraits])

    values = dict.fromkeys(sliders(), 0.0)
    effects: dict[str, float] = {}
    slopes: list[Floats] = []
    first = _error(_row([_lab(small) for small, _ in made]), wanted)
    for number, step in enumerate(STEPS):
        if number == SPARSE:
            values = _sparse(values, slopes, wanted - shown(values), wanted)
        here = shown(values)
        slopes = [(shown({**values, name: to}) - here) / (to - values[name])
                  for name in values for to in [_beside(values[name], step)]]  # fmt: skip
        effects = {
            name: float(np.linalg.norm(slope, axis=2).mean())
            for name, slope in zip(values, slopes, strict=True)
        }
        values = _moved(values, slopes, wanted - here, shown, wanted)
        hear((number + 1) / len(STEPS))
    kept = {
        name: round(value, 1)
        for name, value in values.items()
        if abs(value) * effects[name] >= FAINT
    }
    visible = {name: abs(kept[name]) * effects[name] for name in kept}
    return Learned(recipe_of(kept), kept, visible, first, _error(shown(kept), wanted))


def thinned(names: Sequence[str]) -> list[str]:
    """Return `MOST` names at most, evenly."""
    step = max(len(names) / MOST, 1)
    return [names[int(k * step)] for k in range(min(len(names), MOST))]


def sliders() -> list[str]:
    """Return the settings that are fitted: Natural's tools, and light and color."""
    steps = named("natural").steps
    faces = [step.edit.op for step in steps if step.area == "face"]
    tools = [f"{op}.amount" for op in dict.fromkeys(faces) if op not in SKIPPED]
    return [*(f"adjust.{name}" for name in LIGHT), *tools]


def recipe_of(values: Mapping[str, float]) -> Recipe:
    """Return the recipe with these sliders."""
    recipe = Recipe()
    for name, value in values.items():
        if value:
            recipe = with_setting(recipe, name, round(float(value), 2))
    return recipe


def _pair(before: Photo, after: Photo, side: int) -> tuple[Photo, Floats]:
    """Return the picture before, reduced, and the colors after at the same size."""
    shapes = before.width / before.height, after.width / after.height
    if abs(shapes[0] / shapes[1] - 1) > ASIDE:
        raise OutputError("The two pictures have different shapes.", "Give both uncropped.")
    scale = min(1.0, side / max(before.width, before.height))
    size = max(1, round(before.width * scale)), max(1, round(before.height * scale))
    small = before.with_frame(resize(before.pixels, size), None)
    wanted = _lab(after.with_frame(resize(after.pixels, size), None))
    shift, _ = cv2.phaseCorrelate(
        _lab(small)[..., 0].astype(np.float64), wanted[..., 0].astype(np.float64)
    )
    if max(map(abs, shift)) > 1.5:
        raise OutputError("The two pictures do not lie on each other.", "Give both uncropped.")
    return small, wanted


def _row(pictures: Sequence[Floats]) -> Floats:
    """Return the pixels of all pictures in one row (1 × n × 3)."""
    return np.concatenate([each.reshape(1, -1, 3) for each in pictures], axis=1)


def _lab(photo: Photo) -> Floats:
    encoded = photo.pixels.astype(np.float32) / np.float32(photo.peak)
    return lab(np.clip(to_srgb(encoded, photo.space), 0, 1))


def _error(seen: Floats, wanted: Floats) -> float:
    return float(np.linalg.norm(seen - wanted, axis=2).mean())


def _cost(seen: Floats, wanted: Floats) -> float:
    """Return the mean robust cost (Huber 1964)."""
    far = np.linalg.norm(seen - wanted, axis=2)
    return float(np.where(far < LARGE, far**2 / 2, LARGE * (far - LARGE / 2)).mean())


def _limits(name: str) -> tuple[float, float]:
    both = name.startswith("adjust.") or name == "shine.amount"
    return (-100.0 if both else 0.0, 100.0)


def _beside(value: float, step: float) -> float:
    """Return a value beside another, within what any slider has."""
    return value + step if value + step <= 100 else value - step


def _sparse(
    values: Mapping[str, float], slopes: Sequence[Floats], missing: Floats, wanted: Floats
) -> dict[str, float]:
    """Return the fewest sliders that come nearly as near, by the linear model of all of them."""
    names = list(values)
    now = np.array(list(values.values()))
    table, rest = _weighted(slopes, missing)
    goal = rest + table @ now
    normal, right, square = table.T @ table, table.T @ goal, float(goal @ goal)
    count = wanted.shape[0] * wanted.shape[1]
    low, high = (np.array(side) for side in zip(*map(_limits, names), strict=True))

    def fit(kept: list[int]) -> tuple[float, Doubles]:
        part = normal[np.ix_(kept, kept)]
        found = _bounded(part, right[kept], np.zeros(len(kept)), (low[kept], high[kept]))
        left = square - 2 * found @ right[kept] + found @ part @ found
        return float(np.sqrt(max(left, 0.0) / count)), found

    kept = list(range(len(names)))
    most = fit(kept)[0] + SPARED
    while len(kept) > 1:
        tried = [[k for k in kept if k != gone] for gone in kept]
        best = min(tried, key=lambda each: fit(each)[0])
        if fit(best)[0] > most:
            break
        kept = best
    return dict(zip([names[k] for k in kept], fit(kept)[1].tolist(), strict=True))


def _weighted(slopes: Sequence[Floats], missing: Floats) -> tuple[Doubles, Doubles]:
    """Return effects (n × sliders) and what is missing (n), large differences counting less."""
    far = np.linalg.norm(missing, axis=2, keepdims=True)
    weight = np.sqrt(np.minimum(1, LARGE / np.maximum(far, 1e-6)))
    table = np.stack([(slope * weight).ravel() for slope in slopes], axis=1).astype(np.float64)
    return table, (missing * weight).ravel().astype(np.float64)


def _moved(
    values: Mapping[str, float],
    slopes: Sequence[Floats],
    missing: Floats,
    shown: Callable[[Mapping[str, float]], Floats],
    wanted: Floats,
) -> dict[str, float]:
    """Return the sliders after one step, as far as it brings the pictures nearer."""
    table, target = _weighted(slopes, missing)
    low, high = (np.array(side) for side in zip(*map(_limits, values), strict=True))
    now = np.array(list(values.values()))
    to = _bounded(table.T @ table, table.T @ target, now, (low, high))
    before = _cost(wanted - missing, wanted)
    for share in (1.0, 0.5, 0.25):
        tried = dict(zip(values, (now + share * (to - now)).tolist(), strict=True))
        if _cost(shown(tried), wanted) < before:
            return tried
    return dict(values)


def _bounded(
    normal: Doubles, right: Doubles, now: Doubles, limits: tuple[Doubles, Doubles]
) -> Doubles:
    """Solve least squares for a step within limits: what reaches one stays there."""
    low, high = limits
    ridge = 1e-4 * np.diag(np.diag(normal)) + 1e-6 * np.trace(normal) / len(now) * np.eye(len(now))
    matrix, step = normal + ridge, np.zeros_like(now)
    free = np.ones(len(now), bool)
    for _ in range(len(now)):
        rest = right[free] - matrix[np.ix_(free, ~free)] @ step[~free]
        step[free] = np.linalg.solve(matrix[np.ix_(free, free)], rest)
        out = free & ((now + step < low - 1e-9) | (now + step > high + 1e-9))
        step = np.clip(now + step, low, high) - now
        if not out.any():
            break
        free &= ~out
        if not free.any():
            break
    return np.clip(now + step, low, high)
