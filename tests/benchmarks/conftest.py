"""A drawn face whose truth is known, for benchmarks that need no network and no photograph."""

import cv2
import numpy as np
import pytest
from benchmarks.harness import Subject

from benchmarks import mesh

WIDTH = 400.0
SIZE = 640


def _ring(center: tuple[float, float], half: tuple[float, float], count: int) -> mesh.Floats:
    turn = 2 * np.pi * np.arange(count) / count
    points = [center[0] + half[0] * np.sin(turn), center[1] - half[1] * np.cos(turn)]
    return np.stack(points, axis=1).astype(np.float32)


def landmarks() -> mesh.Floats:
    points = np.full((478, 3), [SIZE / 2, SIZE / 2, 0], np.float32)
    middle = SIZE / 2
    places = [
        (mesh.OVAL, (middle, middle), (WIDTH / 2, WIDTH * 0.66)),
        (mesh.LIPS, (middle, middle + 130), (70, 25)),
        *((eye, (middle + side * 85, middle - 60), (35, 12))
          for eye, side in zip(mesh.EYES, (-1, 1), strict=True)),
        *((brow, (middle + side * 85, middle - 105), (45, 8))
          for brow, side in zip(mesh.BROWS, (-1, 1), strict=True)),
        *((cheek, (middle + side * 95, middle + 40), (18, 18))
          for cheek, side in zip(mesh.CHEEKS, (-1, 1), strict=True)),
    ]  # fmt: skip
    for indices, center, half in places:
        points[list(indices), :2] = _ring(center, half, len(indices))
    return points


def skin_picture(seed: int = 0) -> mesh.RGB8:
    """A gray background and an oval of skin with shading, blotches and grain."""
    rng = np.random.default_rng(seed)
    lab = np.empty((SIZE, SIZE, 3), np.float32)
    lab[:] = 60, 0, 0
    oval = mesh.polygon(landmarks(), mesh.OVAL, (SIZE, SIZE))
    noise = rng.normal(size=(SIZE, SIZE, 3)).astype(np.float32)
    blotch = cv2.GaussianBlur(noise, (0, 0), 8) * 8 * 2 * np.sqrt(np.pi)
    grain = cv2.GaussianBlur(noise, (0, 0), 0.8)
    lab[oval] = [65, 14, 18]
    lab[oval] += (blotch * [0.9, 0.8, 0.8] + grain * [2.5, 0, 0])[oval].astype(np.float32)
    rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    return np.clip(np.round(rgb * 255), 0, 255).astype(np.uint8)


@pytest.fixture(scope="session")
def face() -> Subject:
    return Subject("drawn", skin_picture(), landmarks())
