"""Skin keeps its tone under a look's light and colors: the skin-tone lock (decision 39).

What turns the color of lit skin is given back by *Skin hue* on the skin alone, as far as a
measure says; what still makes skin lighter, darker or of another color is held back. The measure
is a guess from colors before a photo is there, and the drawn picture where there is one.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from freckle.looks.lit import FAINT, Shift, shift_of
from freckle.looks.pigments import mixed_with_white
from freckle.looks.toning import color_part, in_lab, toned
from freckle.ops.catalogue import BY_NAME
from freckle.ops.tone import HUE, LIGHT, SkinHue
from freckle.pixels.color import Floats, unlab
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
TURNED: Final = 1.5
"""How far the typology angle of lit skin may move at its own lightness, in degrees."""
COLORED: Final = 2.0
"""How far its color may move at its own lightness, ΔE."""
GUESSED: Final = 5.0
"""The same where it is guessed, for many skins at once; what is left is measured away."""
LIGHTER: Final = (5.0, 2.0)
"""How much lighter light skin and dark skin may get, L*: a look makes nobody fairer."""
DARKER: Final = 18.0
CASTING: Final = ("exposure", "temperature", "tint", "shadows", "whites", "blacks", "contrast")
"""Sliders of *Light and color* that move skin."""
PALER: Final = 0.6
"""How much of its color a lamp loses beside the skin, which keeps all of its own."""
KEYED: Final = {"split_toning": 100.0, "palette": 95.0}
"""How much colors of skin keep of themselves at least in tools that know them by their color."""
EYES: Final = 80.0
"""How much of their color eyes and teeth keep in these: they are gray, and would take all of it."""
VIVID: Final = 24.0
"""Vibrance at most: *Skin hue* takes back what skin gets of it, and teeth and lips go along."""
TINTED: Final = {"highlights": (60.0, 20.0, 14.0), "shadows": (60.0, 36.0, 24.0)}
"""How far lights and shadows are toned at most beside a face: in hues of warm light, of blue light
and in others.

Black hair and the deepest shade of dark skin take all of it. Beside lit skin that keeps its color
they may look warm, bluish as under any sky, and never green or purple.
"""
BLUE: Final = (190.0, 250.0)
"""Hues of blue light."""
WARM: Final = (15.0, 62.0)
"""Hues of warm light on the usual wheel, in degrees."""
MOST: Final = 45.0
"""How far *Skin hue* goes at most; more would cut the face out of the picture's light."""
SHARES: Final = (1.0, 0.8, 0.6, 0.45, 0.3, 0.15)
"""Shares of a look's color and light that are tried where they are guessed."""
FEWER: Final = (1.0, 0.6, 0.3)
"""The same where each is a picture."""
LOOKS: Final = 3
"""How often a picture is looked at for one correction."""
AIM: Final = 0.85
"""Share of what is allowed at which a look is kept as it is: the photo differs a little from its
small copy."""
NEAR: Final = 0.4
"""Share of what is allowed at which it is near enough."""

Lab = tuple[float, float, float]
Measure = Callable[[Sequence[Step]], Sequence[Shift]]
"""Says how far steps move the lit skin of each person."""
Hue = tuple[float, float]
"""*Skin hue*'s sliders: red and yellow."""


def guessed(skins: Sequence[Lab]) -> Measure:
    """Return the measure that works the color part of a look, and *Skin hue*, out for skins."""
    before = np.array(skins, np.float32)

    def measure(steps: Sequence[Step]) -> list[Shift]:
        start = before.copy()
        red, yellow = _hue_of(steps)
        light = np.minimum((before[:, 0] + FAINT) / LIGHT, 1.15) * HUE / 100
        start[:, 1] += red * light
        start[:, 2] += yellow * light
        after = in_lab(toned(steps, _srgb(start)))
        return [shift_of(a, b) for a, b in zip(before, after, strict=True)]

    return measure


def spared(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return steps that leave skin its color as far as the tools themselves can."""
    return tuple(steps) if colorless(steps) else tuple(_spared(step) for step in steps)


def held(steps: Sequence[Step], skins: Sequence[Lab] = SKINS) -> tuple[Step, ...]:
    """Return steps under which skins keep their tone as far as can be told from their colors."""
    steps = spared(steps)
    if not color_part(steps):
        return tuple(steps)
    return _within(steps, guessed(skins), SHARES, COLORED if len(skins) == 1 else GUESSED)


def settled(steps: Sequence[Step], measure: Measure) -> tuple[Step, ...]:
    """Return steps under which lit skin keeps its tone as it is measured."""
    return _within(steps, measure, FEWER, COLORED)


def _within(
    steps: Sequence[Step], measure: Measure, shares: Sequence[float], colored: float
) -> tuple[Step, ...]:
    """Return steps with as much of their color and light as skin bears; else the best tried."""
    best: tuple[float, tuple[Step, ...]] | None = None
    for share in shares:
        for tried, found in _given_back(_scaled(steps, share), measure, colored):
            far = max((_far(each, colored, gray=colorless(steps)) for each in found), default=0.0)
            if best is None or far < best[0]:
                best = far, tried
        if best is not None and best[0] <= AIM:
            break
    return tuple(steps) if best is None else best[1]


def _given_back(
    steps: Sequence[Step], measure: Measure, colored: float
) -> Iterator[tuple[tuple[Step, ...], Sequence[Shift]]]:
    """Try the *Skin hue* that gives skin its color back; return each with what is left then.

    Broyden's method (1965), from the slope that the tool has by itself.
    """
    hue = np.array(_hue_of(steps))
    found = measure(steps)
    yield tuple(steps), found
    if not found or colorless(steps):
        return
    slope, before = np.eye(2), _missing(found)
    for _ in range(LOOKS - 1):
        near = all(_far(each, NEAR * colored, share=NEAR) <= 1 for each in found)
        if near or abs(np.linalg.det(slope)) < 0.1:  # what skin gets does not reach the picture
            return
        step = np.clip(hue - np.linalg.solve(slope, before), -MOST, MOST) - hue
        if not np.abs(step).max() >= 0.1:
            return
        hue = hue + step
        tried = _hued(steps, hue)
        found = measure(tried)
        yield tried, found
        missing = _missing(found)
        slope += np.outer(missing - before - slope @ step, step) / float(step @ step)
        before = missing


def _missing(found: Sequence[Shift]) -> Any:
    """Return how far *Skin hue* is from where skins keep their color: red and yellow."""
    scale = 100 / HUE * LIGHT
    parts = [(each.red, each.yellow) for each in found]
    levels = np.array([[each.level + FAINT] for each in found])
    return (np.array(parts) / levels).mean(axis=0) * scale


def _far(found: Shift, colored: float, *, share: float = 1.0, gray: bool = False) -> float:
    """Return how far lit skin is from what it bears, of its allowance: 1 and less is within."""
    lighter = LIGHTER[0] if found.level > 50 else LIGHTER[1]
    light = max(found.lightness / lighter, -found.lightness / DARKER)
    if gray:
        return light
    turned = 0.0 if colored > COLORED else abs(found.ita) / (share * TURNED)
    return max(found.color / colored, turned, light if share == 1 else 0.0)


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
            changed = {name: round(share * getattr(edit, name), 1) for name in CASTING}
            if not colorless(steps):
                changed["saturation"] = round(share * getattr(edit, "saturation", 0), 1)
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        elif edit.op in KEYED and not colorless(steps):
            # the palest skin is no color that the tools could know: they are taken down, too
            skin = 100 - share * (100 - getattr(edit, "skin", 0))
            end = "highlights" if edit.op == "split_toning" else "amount"
            changed = {"skin": round(skin, 1), end: round(share * getattr(edit, end), 1)}
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        elif edit.op in ("curve", "bloom"):
            changed = {"amount": round(share * getattr(edit, "amount", 0), 1)}
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        elif isinstance(edit, SkinHue):
            changed = {"red": round(share * edit.red, 1), "yellow": round(share * edit.yellow, 1)}
            out.append(step.model_copy(update={"edit": edit.model_copy(update=changed)}))
        else:
            out.append(step)
    return tuple(step for step in out if not step.edit.neutral)


def _spared(step: Step) -> Step:
    edit = step.edit
    changed: dict[str, Any] = {}
    if edit.op == "relight" and getattr(edit, "color", "#ffffff") != "#ffffff":
        changed = {"color": mixed_with_white(getattr(edit, "color", ""), PALER), "skin": 100.0}
    elif edit.op in KEYED:
        changed = {"skin": max(getattr(edit, "skin", 0.0), KEYED[edit.op]), "eyes": EYES}
        changed |= _tinted(edit)
    elif edit.op == "adjust" and getattr(edit, "vibrance", 0.0) > VIVID:
        changed = {"vibrance": VIVID}
    return step.model_copy(update={"edit": edit.model_copy(update=changed)}) if changed else step


def _tinted(edit: Any) -> dict[str, float]:
    """Return the bounds that a toning passes."""
    found = {}
    for end, (warm, blue, other) in TINTED.items():
        hue = getattr(edit, f"{end}_hue", WARM[0])
        most = warm if WARM[0] <= hue <= WARM[1] else blue if BLUE[0] <= hue <= BLUE[1] else other
        if getattr(edit, end, 0.0) > most:
            found[end] = most
    return found


def _hue_of(steps: Sequence[Step]) -> Hue:
    """Return what *Skin hue* does in steps."""
    for step in steps:
        if isinstance(step.edit, SkinHue):
            return step.edit.red, step.edit.yellow
    return 0.0, 0.0


def _hued(steps: Sequence[Step], hue: Floats) -> tuple[Step, ...]:
    """Return steps with a *Skin hue*."""
    rest = [step for step in steps if not isinstance(step.edit, SkinHue)]
    red, yellow = (round(float(each), 1) for each in hue)
    edit = BY_NAME["skin_hue"].params(red=red, yellow=yellow)
    return in_order(tuple(rest) if edit.neutral else (*rest, Step(edit=edit)))


def _srgb(colors: Floats) -> Floats:
    """Return sRGB of CIELAB colors (N × 3)."""
    return np.clip(unlab(np.ascontiguousarray(colors.reshape(-1, 1, 3)))[:, 0], 0, 1)
