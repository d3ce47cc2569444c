"""Thin lines in a picture: dark or light, straight or smoothly bent. All arrays are float32."""

from dataclasses import dataclass
from functools import partial
from typing import Final

import cv2
import numpy as np

from freckle.pixels.color import Floats
from freckle.pixels.threads import together

TURNS: Final = 12
"""Directions that are looked in: every 15°, which a filter twelve times as long as wide needs."""


@dataclass(frozen=True, slots=True, eq=False)
class Ridges:
    """How strongly each pixel lies on a line, in the picture's own units of contrast.

    `dark` and `light` are at least 0; `angle_dark` and `angle_light` the lines' directions in
    radians, 0 along x, growing downward.
    """

    dark: Floats
    light: Floats
    angle_dark: Floats
    angle_light: Floats


def ridges(image: Floats, width: float, length: float) -> Ridges:
    """Find lines `width` (σ across, pixels) thin and straight over `length` (σ along).

    Second derivatives across, averaged along, in all directions (Steger 1998; Freeman & Adelson
    1991). A line of Gaussian profile of that width gives its own contrast.
    """
    angles = [np.pi * k / TURNS for k in range(TURNS)]
    found = together(partial(_response, image, width, length, angle) for angle in angles)
    shape = image.shape[:2]
    dark, light = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    angle_dark, angle_light = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    for angle, response in zip(angles, found, strict=True):
        np.copyto(angle_dark, np.float32(angle), where=response > dark)
        np.maximum(dark, response, out=dark)
        np.copyto(angle_light, np.float32(angle), where=-response > light)
        np.maximum(light, -response, out=light)
    return Ridges(dark, light, angle_dark, angle_light)


def _response(image: Floats, width: float, length: float, angle: float) -> Floats:
    response = cv2.filter2D(image, cv2.CV_32F, _kernel(width, length, angle))
    return np.asarray(response, np.float32)


def _kernel(width: float, length: float, angle: float) -> Floats:
    """Return a filter that answers a dark line along `angle` with its contrast, a plane with 0."""
    reach = int(np.ceil(max(3 * width, 2.5 * length)))
    y, x = np.mgrid[-reach : reach + 1, -reach : reach + 1].astype(np.float32)
    along = x * np.cos(angle) + y * np.sin(angle)
    across = y * np.cos(angle) - x * np.sin(angle)
    bell = np.exp(-(across**2) / (2 * width**2))
    window = np.exp(-(along**2) / (2 * length**2))
    kernel = (across**2 / width**2 - 1) * bell * window
    kernel -= window * bell * (kernel.sum() / (window * bell).sum())
    answer = float((kernel * -bell).sum())
    return np.asarray(kernel / answer, np.float32)
