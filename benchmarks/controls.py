"""Retouching that must not pass: what cheap tools do to skin. A gate that lets all pass is none."""

from collections.abc import Sequence

import cv2
import numpy as np

from benchmarks.harness import Retouch
from benchmarks.measures import Circle, blur, lab
from benchmarks.mesh import RGB8, Bools, Floats, grow

Answer = tuple[RGB8, Sequence[Circle]]


def nothing(photo: RGB8) -> Answer:
    """Give the photo back."""
    return photo.copy(), ()


def gauss(photo: RGB8) -> Answer:
    """Blur with σ = 4 px."""
    return cv2.GaussianBlur(photo, (0, 0), 4.0).astype(np.uint8), ()


def bilateral(photo: RGB8) -> Answer:
    """Blur that keeps edges: the classic beauty filter."""
    return np.asarray(cv2.bilateralFilter(photo, 15, 40, 8), np.uint8), ()


def median(photo: RGB8) -> Answer:
    """Median of 7 × 7."""
    return np.asarray(cv2.medianBlur(photo, 7), np.uint8), ()


def telea(photo: RGB8) -> Answer:
    """Inpaint everything that is redder than its surroundings (Telea 2004)."""
    mask = _red(lab(photo)).astype(np.uint8)
    circles = _components(mask)
    return np.asarray(cv2.inpaint(photo, mask, 3, cv2.INPAINT_TELEA), np.uint8), circles


def blur_and_noise(photo: RGB8) -> Answer:
    """Replace texture by noise of the same strength: fools an energy measure alone."""
    smooth = cv2.GaussianBlur(photo, (0, 0), 4.0).astype(np.float32)
    spread = float((photo.astype(np.float32) - smooth).std())
    noise = np.random.default_rng(0).normal(0, spread, photo.shape[:2]).astype(np.float32)
    return np.clip(smooth + blur(noise, 0.6)[..., None] * 1.6, 0, 255).astype(np.uint8), ()


def whitening(photo: RGB8) -> Answer:
    """Lift everything by 3 L*."""
    lifted = lab(photo) + np.array([3, 0, 0], np.float32)
    return _colored(lifted), ()


def bleacher(photo: RGB8) -> Answer:
    """Even color and leave bumps: what retouching of color instead of light does to people."""
    before = lab(photo)
    wide = max(photo.shape[:2]) / 40
    return _colored(np.dstack([before[..., :1], blur(before, wide / 2)[..., 1:]])), ()


def waxer(photo: RGB8) -> Answer:
    """Take all relief between pores and form, and put the pores back: skin of wax."""
    before = lab(photo)
    size = max(photo.shape[:2])
    light = before[..., 0]
    band = blur(light, size / 900) - blur(light, size / 60)
    return _colored(np.dstack([light - band, before[..., 1:]])), ()


def _colored(picture: Floats) -> RGB8:
    rgb = cv2.cvtColor(picture.astype(np.float32), cv2.COLOR_Lab2RGB)
    return np.clip(np.round(rgb * 255), 0, 255).astype(np.uint8)


def _red(picture: Floats) -> Bools:
    a = picture[..., 1]
    wide = max(picture.shape[:2]) / 60
    contrast = blur(a, wide / 8) - blur(a, wide)
    deviation = 1.4826 * float(np.median(np.abs(contrast - np.median(contrast))))
    return grow(np.asarray(contrast > 4 * max(deviation, 0.2)), 2)


def _components(mask: RGB8) -> list[Circle]:
    count, _, stats, centers = cv2.connectedComponentsWithStats(mask)
    radii = np.sqrt(stats[:, cv2.CC_STAT_AREA] / np.pi)
    return [(float(x), float(y), float(radii[i])) for i, (x, y) in enumerate(centers) if i][:count]


CONTROLS: dict[str, Retouch] = {
    "nothing": nothing,
    "gauss 4": gauss,
    "bilateral": bilateral,
    "median 7": median,
    "telea": telea,
    "blur + noise": blur_and_noise,
    "whitening": whitening,
    "bleacher": bleacher,
    "waxer": waxer,
}
