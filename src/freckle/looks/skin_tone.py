"""Skin keeps its tone under a look's colors: the skin-tone lock, for light and color of pictures.

Tools for the whole picture color skin with everything else. While the lock is on, *Warmth* takes
most of the cast back from the skin alone, and what would still make skin lighter, darker or of
another hue than a light does is held back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from freckle.looks.pigments import mixed_with_white
from freckle.looks.toning import color_part, in_lab, toned
from freckle.ops.catalogue import BY_NAME
from freckle.ops.tone import Warmth
from freckle.pixels.color import Floats, ita, unlab
from freckle.recipe.recipe import Step, in_order

SKINS: Final = (
    (80.0, 8.0, 15.0),
    (72.0, 11.0, 18.0),
    (63.0, 13.0, 20.0),
    (52.0, 14.0, 19.0),
    (40.0, 13.0, 15.0),
    (29.0, 9.0, 9.0),
)
"""CIELAB of complexions from very light to very dark (about Fitzpatrick's six), for a look that
knows no photo yet."""
GIVEN_BACK: Final = 0.9
"""Share of the cast that skin gives back."""
LIGHTER: Final = (5.0, 2.0)
"""How much lighter light skin and dark skin may get, L*: a look makes nobody fairer."""
DARKER: Final = 18.0
TURNED: Final = 5.0
"""How far a* and b* together may move after that."""
PALER: Final = 0.6
"""How much of its color a lamp on the face loses."""
MOST_WARMTH: Final = 30.0
"""Where the natural lock stops *Warmth*."""

Lab = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Drift:
    """How far a look moves a skin: L*, a*, b* and the typology angle (ITA), after minus before."""

    lightness: float
    red: float
    yellow: float
    ita: float


def drifts_of(steps: Sequence[Step], skins: Sequence[Lab]) -> list[Drift]:
    """Return what the color part of a look, and *Warmth*, will do to skins."""
    before = np.array(skins, np.float32)
    start = before.copy()
    start[:, 2] += np.array([_warmed(steps, skin) for skin in skins], np.float32)
    after = in_lab(toned(steps, _srgb(start)))
    found = []
    for old, new in zip(before.tolist(), after.tolist(), strict=True):
        light, red, yellow = (b - a for a, b in zip(old, new, strict=True))
        found.append(Drift(light, red, yellow, ita(new[0], new[2]) - ita(old[0], old[2])))
    return found


def held(steps: Sequence[Step], skins: Sequence[Lab] = SKINS) -> tuple[Step, ...]:
    """Return steps under which skins keep their tone as far as the lock wants it."""
    steps = tuple(_paler(step) for step in steps)
    if not color_part(steps):
        return steps
    for share in (1.0, 0.8, 0.6, 0.45, 0.3, 0.15):
        tried = _warmth_over(_scaled(steps, share), skins)
        drifts = drifts_of(tried, skins)
        if all(_fits(drift, skin, tried) for drift, skin in zip(drifts, skins, strict=True)):
            return tried
    return _warmth_over(_scaled(steps, 0.0), skins)


def _fits(drift: Drift, skin: Lab, steps: Sequence[Step]) -> bool:
    lighter = LIGHTER[0] if skin[0] > 50 else LIGHTER[1]
    turned = 0.0 if colorless(steps) else float(np.hypot(drift.red, drift.yellow))
    return -DARKER <= drift.lightness <= lighter and turned <= TURNED


def colorless(steps: Sequence[Step]) -> bool:
    """Whether a look is black-and-white or toned, so that skin has no hue to keep."""
    return any(getattr(step.edit, "saturation", 0) <= -95 for step in steps)


def _scaled(steps: Sequence[Step], share: float) -> tuple[Step, ...]:
    """Return steps with what makes skin lighter or casts color on it at a share."""
    if share == 1:
        return tuple(steps)
    out = []
    for step in steps:
        edit = step.edit
        if edit.op == "adjust":
            names = ("exposure", "temperature", "tint", "shadows", "whites", "blacks", "contrast")
            changed = {name: round(share * getattr(edit, name), 1) for name in names}
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        elif edit.op in ("split_toning", "palette") and not colorless(steps):
            skin = 100 - share * (100 - getattr(edit, "skin", 0))
            changed = {"skin": round(skin, 1)}
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        elif edit.op == "curve":
            changed = {"amount": round(share * getattr(edit, "amount", 0), 1)}
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        else:
            out.append(step)
    return tuple(step for step in out if not step.edit.neutral)


def _paler(step: Step) -> Step:
    """Return a lamp whose color falls on skin only in part."""
    color = getattr(step.edit, "color", "#ffffff")
    if step.edit.op != "relight" or color == "#ffffff":
        return step
    paler = mixed_with_white(color, PALER)
    return step.model_copy(update={"edit": step.edit.model_copy(update={"color": paler})})


def _warmth_over(steps: Sequence[Step], skins: Sequence[Lab]) -> tuple[Step, ...]:
    """Add the *Warmth* that takes a cast back from skin; none on black-and-white."""
    rest = [step for step in steps if step.edit.op != "warmth"]
    if colorless(rest):
        return tuple(rest)
    yellow = float(np.mean([drift.yellow for drift in drifts_of(rest, skins)]))
    amount = max(-MOST_WARMTH, min(round(-GIVEN_BACK * yellow / 12 * 100), MOST_WARMTH))
    if abs(amount) < 3:
        return tuple(rest)
    return in_order((*rest, Step(edit=BY_NAME["warmth"].params(amount=amount))))


def _warmed(steps: Sequence[Step], skin: Lab) -> float:
    """Return how far *Warmth* moves a skin's b*."""
    amounts = [step.edit.amount for step in steps if isinstance(step.edit, Warmth)]
    return 12 * sum(amounts) / 100 * min((skin[0] + 16) / 82, 1.15)


def _srgb(colors: Floats) -> Floats:
    """Return sRGB of CIELAB colors (N × 3)."""
    return np.clip(unlab(np.ascontiguousarray(colors.reshape(-1, 1, 3)))[:, 0], 0, 1)
