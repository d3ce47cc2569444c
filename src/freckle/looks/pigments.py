"""What a color word becomes where it is put: a lipstick, a ground, a lamp, a palette."""

import colorsys
from typing import Any, Final

import numpy as np

from freckle.looks.concepts import Settings
from freckle.pixels.color import SRGB, hex_values, srgb_decode, srgb_encode
from freckle.pixels.oklab import from_oklab, oklab

Ok = tuple[float, float, float]
"""Lightness 0..1, chroma and hue in radians of Oklab."""
WORN_LIGHTNESS: Final = (0.28, 0.63)
"""Lightness of makeup that is still worn, in Oklab."""
WORN_CHROMA: Final = 0.155
"""Chroma of makeup that is still worn."""
ORANGE: Final = (0.38, 1.4)
"""Hues of Oklab, in radians, between red and yellow."""
FAINTER: Final = 0.02
"""How much less of it orange ones have."""
DEEPER: Final = 1.5
"""How much darker a color gets for the chroma that it loses."""
GRAY: Final = 0.02
"""Chroma below which a color is a gray."""


def ok(color: str) -> Ok:
    """Return a color (#rrggbb) in Oklab."""
    values = np.array([[hex_values(color)]], np.float32)
    lightness, a, b = oklab(srgb_decode(values), SRGB)[0, 0].tolist()
    return lightness, float(np.hypot(a, b)), float(np.arctan2(b, a))


def hexed(color: Ok) -> str:
    """Return #rrggbb of a color in Oklab, brought into sRGB."""
    lightness, chroma, hue = color
    values = [[[lightness, chroma * np.cos(hue), chroma * np.sin(hue)]]]
    light = from_oklab(np.array(values, np.float32), SRGB)
    encoded = srgb_encode(np.clip(light, 0, 1))[0, 0]
    return "#" + "".join(f"{round(float(np.clip(v, 0, 1)) * 255):02x}" for v in encoded)


def gray(color: str) -> bool:
    """Whether a color is a gray, white or black."""
    return ok(color)[1] < GRAY


def hue(color: str) -> float:
    """Return a color's hue on the usual wheel, in degrees."""
    return round(360 * colorsys.rgb_to_hsv(*hex_values(color))[0], 1)


def worn(color: str) -> str:
    """Return a color as makeup of it looks: no lighter and no louder than pigments are."""
    lightness, chroma, angle = ok(color)
    low, high = WORN_LIGHTNESS
    # what is too loud on a screen is deeper as a pigment
    lightness -= DEEPER * max(chroma - WORN_CHROMA, 0)
    most = WORN_CHROMA
    # orange pigments are redder than orange lamps: coral lips are no traffic cone
    if ORANGE[0] < angle < ORANGE[1]:
        most -= FAINTER * min((angle - ORANGE[0]) / (0.25 * (ORANGE[1] - ORANGE[0])), 1)
        angle = ORANGE[0] + (angle - ORANGE[0]) * 0.5
    return hexed((min(max(lightness, low), high), min(chroma, most), angle))


def shaded(color: str, by: float, chroma: float = 1.0) -> str:
    """Return a color at `by` times its lightness and `chroma` times its chroma."""
    lightness, strong, angle = ok(color)
    return hexed((min(lightness * by, 1.0), strong * chroma, angle))


def turned(color: str, degrees: float, chroma: float = 1.0) -> str:
    """Return a color with its hue turned in Oklab."""
    lightness, strong, angle = ok(color)
    return hexed((lightness, strong * chroma, angle + float(np.radians(degrees))))


def put(color: str, target: str) -> Settings:
    """Return the fields that a color sets where it is put: `lipstick.color`, `background.color`."""
    tool, field = target.split(".")
    if tool == "palette":
        return _toned(color)
    made: dict[str, Any] = {field: hue(color) if field.endswith("hue") else worn(color)}
    if tool == "eye_shadow":
        made["crease"] = shaded(worn(color), 0.62)
    if tool == "background":
        made = _ground(color)
    if tool == "relight":
        lightness, chroma, angle = ok(color)
        made = {"color": hexed((max(lightness, 0.82), min(chroma, 0.13), angle))}
    return {tool: made}


def lit(settings: Settings, color: str) -> Settings:
    """Return a lamp's settings with its light in a color."""
    tool = "relight" if "relight" in settings else "rim_light"
    return {**settings, tool: {**settings[tool], **put(color, "relight.color")["relight"]}}


def _ground(color: str) -> dict[str, Any]:
    """Return a backdrop of a color, lit in the middle."""
    lightness, chroma, angle = ok(color)
    middle = hexed((min(max(lightness, 0.16), 1.0), min(chroma, 0.16), angle))
    edge = hexed((max(lightness * (0.9 if lightness > 0.9 else 0.62), 0.05), chroma * 0.75, angle))
    return {"color": middle, "second": edge}


def _toned(color: str) -> Settings:
    if gray(color):
        return {"adjust": {"saturation": -30}}
    near, across = turned(color, 32, 0.7), turned(color, 180, 0.55)
    tones = {"highlights_hue": hue(color), "shadows_hue": hue(near)}
    return {"palette": {"first": color, "second": near, "third": across}, "split_toning": tones}


def mixed_with_white(color: str, share: float) -> str:
    """Return a color with a share of white in it, mixed as light is."""
    values = np.array([[hex_values(color)]], np.float32)
    light = srgb_decode(values) * np.float32(1 - share) + np.float32(share)
    return "#" + "".join(f"{round(float(v) * 255):02x}" for v in srgb_encode(light)[0, 0])
