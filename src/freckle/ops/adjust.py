"""Light and color of the whole picture.

In the order of a darkroom: balance, exposure, light by places, tone, color, and the shoulder.
Everything is worked out in linear light; what is at rest costs nothing and changes nothing.
"""

from typing import Any, Final, Literal

import cv2
import numpy as np

from freckle.ops.op import Balance, Grade, Params, slider
from freckle.pixels.color import Floats
from freckle.pixels.filters import planes, smoothstep, stacked
from freckle.pixels.guided import plain
from freckle.pixels.oklab import from_oklab, like_skin, oklab
from freckle.pixels.place import Place
from freckle.pixels.tone import GAMMA, perceived, physical, rolled, toned
from freckle.pixels.white import adapted, luminance

STOPS: Final = 5.0
"""Exposure at 100."""
MIREDS: Final = 80.0
"""How far temperature at 100 takes the light for hotter: 13,600 K, at −100 for 4,280 K."""
DUV: Final = 0.02
"""How far tint at 100 takes the light for greener, in CIE 1960 u, v."""
LIFT: Final = 1.6
"""Stops that shadows at 100 give where they work whole."""
DAMP: Final = 0.6
"""Stops that highlights at −100 take from white."""
BACK: Final = 0.8
"""Share of what exposure put above white that highlights at −100 bring back."""
DETAIL: Final = 0.012
"""Radius of what clarity calls detail, in widths of the picture."""
FINE: Final = 0.0012
"""Radius of what is too fine for it: pores, hair, noise."""
EDGE: Final = 0.1
"""Contrast (perceived) from which something is an edge and no detail."""
PIVOT: Final = 0.46
"""Mid-gray (18 %), perceived: contrast turns around it."""


class Adjust(Params):
    """Light and color of the whole picture."""

    op: Literal["adjust"] = "adjust"
    version: Literal[1] = 1
    exposure: Balance = slider()
    """More or less light, in twentieths of a stop: 20 is twice the light, −20 half of it."""
    contrast: Balance = slider()
    """Darker darks and lighter lights, around mid-gray."""
    highlights: Balance = slider()
    """Bright places: minus brings back what they show, also after more exposure."""
    shadows: Balance = slider()
    """Dark places: plus opens them, minus closes them."""
    whites: Balance = slider()
    """The bright end of the scale."""
    blacks: Balance = slider()
    """The dark end of the scale."""
    temperature: Balance = slider()
    """Plus is warmer, minus is cooler, along the colors of daylight."""
    tint: Balance = slider()
    """Plus is toward magenta, minus is toward green."""
    vibrance: Balance = slider()
    """Strength of faint colors; skin and what is vivid already change little."""
    saturation: Balance = slider()
    """Strength of all colors; −100 is black-and-white."""
    clarity: Balance = slider()
    """Contrast of forms and textures; edges get no halos."""

    @property
    def neutral(self) -> bool:
        """Whether every slider rests at 0."""
        return not any(getattr(self, name) for name in type(self).model_fields if name not in KEPT)


KEPT: Final = {"op", "version"}


def adjust(light: Floats, params: Adjust, place: Place) -> Floats:
    """Run every stage that has something to do; light by places has been given before."""
    light = _exposed(light, params, place)
    most = 2.0 ** ((STOPS * params.exposure + DAMP * max(params.highlights, 0)) / 100)
    if params.contrast or params.whites or params.blacks:
        light = toned(light, lambda channel: physical(_curve(perceived(channel), params)))
        most = float(_curve(np.float32(most) ** np.float32(1 / GAMMA), params)) ** GAMMA
    if params.vibrance or params.saturation:
        light = _colored(light, params, place)
    return rolled(light, max(most, 1.0 + 1e-6))


def _exposed(light: Floats, params: Adjust, place: Place) -> Floats:
    """Balance light, and scale it."""
    if params.temperature or params.tint:
        light = _balanced(light, params, place)
    if params.exposure:
        light = light * np.float32(2.0 ** (STOPS * params.exposure / 100))
    return light


def _balanced(light: Floats, params: Adjust, place: Place) -> Floats:
    """Take another light for white: CAT16 along the daylight locus, and across it for tint."""
    mired = -MIREDS * params.temperature / 100
    matrix = adapted(mired, DUV * params.tint / 100, place.space)
    return np.asarray(cv2.transform(light, matrix), np.float32)


def by_places(light: Floats, params: Adjust, place: Place) -> Floats:
    """Return the gain of places by how bright they are, and of detail against them.

    Light is a sum, so this may be given before balance and exposure as well as after. Brightness
    is that of the picture without detail, so that detail keeps its contrast, and edges stay. More
    light is scaled back toward white, as in dodging by hand, so that nothing clips.
    """
    light = _exposed(light, params, place)
    tone = perceived(luminance(light, place.space))
    level = plain(tone, _radius(place), EDGE)
    stops = np.float32(LIFT * params.shadows / 100) * (1 - smoothstep(0.05, 0.6, level))
    bright = np.float32(DAMP) * smoothstep(0.45, 1.0, level)
    if params.highlights < 0:
        bright += np.float32(BACK * GAMMA) * np.log2(np.maximum(level, 1))
    gain = np.exp2(stops + np.float32(params.highlights / 100) * bright)
    if params.clarity:
        fine = plain(tone, max(1, round(FINE * place.unit)), EDGE)
        gain *= _detailed(tone, fine - level, level, params.clarity / 100)
    if params.shadows > 0:
        red, green, blue = planes(light)
        most = np.minimum(np.maximum(np.maximum(red, green), blue), 1)
        dark = 1 - smoothstep(0.45, 1.0, level)
        gain = gain / (1 + dark * np.maximum(gain - 1, 0) * most * most)
    return np.asarray(gain, np.float32)


def _detailed(tone: Floats, detail: Floats, level: Floats, share: float) -> Floats:
    """Return the gain that scales detail of perceived tone, most in middle tones."""
    middle = smoothstep(0.0, 0.3, level) * (1 - np.float32(0.6) * smoothstep(0.7, 1.0, level))
    faint = np.float32(0.02)
    more = np.float32(share * (0.8 if share > 0 else 0.5)) * middle * detail
    ratio = np.maximum(tone + more + faint, faint / 2) / (tone + faint)
    return np.asarray(np.clip(physical(ratio), 0.25, 4), np.float32)


def _curve(tone: Any, params: Adjust) -> Any:
    """Return perceived tone (0 upward) after contrast, whites and blacks; it keeps order."""
    bend = np.float32(0.45 * params.contrast / 100)
    inside = np.minimum(tone, 1)
    # a cubic through black, mid-gray and white, and on from white as it arrives there
    over = (tone - inside) * (1 - 4 * bend * np.float32(1 - PIVOT))
    tone = inside + 4 * bend * inside * (1 - inside) * (inside - np.float32(PIVOT)) + over
    white = np.float32(0.2 * params.whites / 100)
    black = np.float32(0.1 * params.blacks / 100)
    end = np.clip(tone, 0, 1)
    return tone + white * end * end * end + black * (1 - end) ** 4


def _colored(light: Floats, params: Adjust, place: Place) -> Floats:
    """Scale chroma in Oklab, at its lightness and hue."""
    lightness, a, b = planes(oklab(light, place.space))
    gain: Any = np.float32(1 + params.saturation / 100)
    if params.vibrance:
        chroma = np.asarray(cv2.magnitude(a, b), np.float32)
        faint = 1 - smoothstep(0.05, 0.3, chroma)
        spared = 1 - np.float32(0.8) * like_skin(a, b, chroma)
        gain = gain * (1 + np.float32(params.vibrance / 100) * faint * spared)
    return from_oklab(stacked(lightness, a * gain, b * gain), place.space)


def _radius(place: Place) -> int:
    return max(1, round(DETAIL * place.unit))


def _reach(params: Adjust) -> float:
    # a guided filter sees twice its radius
    return 2 * DETAIL if params.shadows or params.highlights or params.clarity else 0.0


ADJUST = Grade(
    params=Adjust,
    label="Light and color",
    group="Light and color",
    apply=adjust,
    gain=by_places,
    reach=_reach,
)
