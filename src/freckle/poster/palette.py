"""Four colors of a poster: of the template, the picture or the brand; and WCAG's contrast.

Contrast is that of WCAG 2.2: relative luminances, lighter plus .05 over darker plus .05.
"""

from dataclasses import dataclass, replace
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import SRGB, Floats, srgb_decode, srgb_encode
from freckle.pixels.oklab import from_oklab, oklab
from freckle.poster.design import Brand

RGB = tuple[int, int, int]
READABLE: Final = 4.5
"""Contrast that all type has at least (WCAG 2.2, 1.4.3)."""
AIM: Final = 4.7
"""What is aimed at, so that rounding never falls below."""
WEIGHTS: Final = np.array([0.2126, 0.7152, 0.0722], np.float32)
DULL: Final = 0.035
"""Oklab chroma below which a picture's color makes no accent."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Dark ink, light paper, one accent, and a soft tint of it for grounds."""

    ink: RGB
    paper: RGB
    accent: RGB
    soft: RGB

    def of(self, paint: str) -> RGB:
        """Return the color of a slot's name or of #rrggbb."""
        if paint.startswith("#"):
            return parsed(paint)
        named: dict[str, RGB] = {
            "ink": self.ink,
            "paper": self.paper,
            "accent": self.accent,
            "soft": self.soft,
        }
        return named.get(paint, self.ink)


def parsed(text: str) -> RGB:
    """Return #rrggbb as three numbers 0..255."""
    red, green, blue = (int(text[k : k + 2], 16) for k in (1, 3, 5))
    return red, green, blue


def palette(ink: str, paper: str, accent: str, soft: str) -> Palette:
    """Return the palette of four #rrggbb."""
    return Palette(parsed(ink), parsed(paper), parsed(accent), parsed(soft))


def luminance(pixels: npt.NDArray[np.uint8]) -> Floats:
    """Return relative luminance, 0..1, of sRGB pixels (… × 3)."""
    light = srgb_decode(np.asarray(pixels, np.float32) / np.float32(255))
    return np.asarray(light @ WEIGHTS, np.float32)


def shine(color: RGB) -> float:
    """Return the relative luminance of one color."""
    return float(luminance(np.array(color, np.uint8)[None])[0])


def ratio(first: float, second: float) -> float:
    """Return the contrast of two luminances, 1..21."""
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)


def contrast(first: RGB, second: RGB) -> float:
    """Return the contrast of two colors, 1..21."""
    return ratio(shine(first), shine(second))


def branded(colors: Palette, brand: Brand) -> Palette:
    """Return a palette with the brand's own colors in it."""
    if brand.ink:
        colors = replace(colors, ink=parsed(brand.ink))
    if brand.paper:
        colors = replace(colors, paper=parsed(brand.paper))
    if brand.accent:
        accent = parsed(brand.accent)
        colors = replace(colors, accent=accent, soft=_toned(accent, 0.86, 0.5))
    if contrast(colors.ink, colors.paper) < AIM:  # a brand's two colors may be too near
        ink, paper = sorted((colors.ink, colors.paper), key=shine)
        colors = replace(colors, ink=_until(ink, paper, darker=True), paper=paper)
    return colors


def pictured(
    pixels: npt.NDArray[np.uint8], spared: npt.NDArray[np.bool_], base: Palette
) -> Palette:
    """Take a palette from a picture (height × width × 3, sRGB), where `spared` is no skin.

    The accent's hue is the one with most chroma in the picture; without one, `base`'s. Ink and
    paper are dark and light of that hue, nearly gray.
    """
    small = cv2.resize(pixels, (96, 96), interpolation=cv2.INTER_AREA)
    keep = cv2.resize(spared.astype(np.uint8), (96, 96), interpolation=cv2.INTER_NEAREST) > 0
    lab = oklab(srgb_decode(small.astype(np.float32) / np.float32(255)), SRGB)
    colors = lab[keep] if keep.any() else lab.reshape(-1, 3)
    chroma = np.hypot(colors[:, 1], colors[:, 2])
    hue = np.arctan2(colors[:, 2], colors[:, 1])
    bins = ((hue + np.pi) / (2 * np.pi) * 24).astype(int) % 24
    weight = np.bincount(bins, np.where(chroma > DULL, chroma, 0), 24)
    if weight.max() < 0.004 * len(chroma):
        return base
    chosen = (bins == int(weight.argmax())) & (chroma > DULL)
    angle = float(np.arctan2(np.sin(hue[chosen]).mean(), np.cos(hue[chosen]).mean()))
    strong = float(np.clip(np.percentile(chroma[chosen], 90) * 1.25, 0.1, 0.17))
    return Palette(
        ink=_polar(0.2, 0.025, angle),
        paper=_polar(0.965, 0.012, angle),
        accent=_polar(0.62, strong, angle),
        soft=_polar(0.88, 0.045, angle),
    )


def readable(wanted: RGB, dark: float, light: float) -> RGB | None:
    """Return a color, its lightness moved until it reads on luminances `dark` to `light`.

    None where no lightness of its hue does.
    """
    for darker in (shine(wanted) < (dark + light) / 2, shine(wanted) >= (dark + light) / 2):
        tone = lab_of(wanted)
        for step in range(26):
            moved = tone.copy()
            moved[0] = tone[0] * (1 - step / 25) if darker else tone[0] + (1 - tone[0]) * step / 25
            moved[1:] *= 1 - 0.5 * step / 25
            color = _rgb(moved)
            if worst(color, dark, light) >= AIM:
                return color
    return None


def worst(color: RGB, dark: float, light: float) -> float:
    """Return the least contrast of a color on grounds from luminance `dark` to `light`."""
    own = shine(color)
    if dark < own < light:
        return 1.0
    return min(ratio(own, dark), ratio(own, light))


def lab_of(color: RGB) -> Floats:
    """Return Oklab of one color (3)."""
    encoded = np.array(color, np.float32)[None, None] / np.float32(255)
    return np.asarray(oklab(srgb_decode(encoded), SRGB)[0, 0], np.float32)


def _rgb(lab: Floats) -> RGB:
    light = from_oklab(np.asarray(lab, np.float32)[None, None], SRGB)
    values = np.rint(srgb_encode(np.clip(light, 0, 1))[0, 0] * 255).astype(int)
    return int(values[0]), int(values[1]), int(values[2])


def _polar(light: float, chroma: float, angle: float) -> RGB:
    return _rgb(np.array([light, chroma * np.cos(angle), chroma * np.sin(angle)], np.float32))


def _toned(color: RGB, light: float, share: float) -> RGB:
    lab = lab_of(color)
    return _rgb(np.array([light, lab[1] * share, lab[2] * share], np.float32))


def _until(color: RGB, ground: RGB, *, darker: bool) -> RGB:
    lab = lab_of(color)
    for step in range(26):
        lab[0] = lab[0] * (1 - step / 25) if darker else lab[0]
        moved = _rgb(lab)
        if contrast(moved, ground) >= AIM:
            return moved
    return (0, 0, 0)
