"""Stray hairs over the face are replaced by skin; folds, lashes, brows and pores stay."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis.regions import Region
from freckle.pixels.color import lab as to_lab
from tests.ops.lit import Case, enlarged, exposed, moved


@pytest.fixture(scope="module")
def plain(astronaut: Any) -> Case:
    return Case.of(enlarged(astronaut, 4))


def path(case: Case) -> Any:
    """A smoothly bent line over the forehead's side and the cheek, in photo pixels."""
    mesh = case.person.face.landmarks
    start, middle, end = (mesh[k, :2] for k in (116, 50, 207))
    t = np.linspace(0, 1, 60)[:, None]
    return ((1 - t) ** 2 * start + 2 * t * (1 - t) * middle + t**2 * end).astype(np.float32)


def lined(case: Case, width: float, depth: float) -> tuple[Case, Any]:
    """Draw a line: its σ in face widths, and how much light it takes (minus: adds)."""
    points = path(case)
    fixed = np.round((points - 0.5) * 16).astype(np.int32)
    canvas = np.zeros(case.pixels.shape[:2], np.uint8)
    cv2.polylines(canvas, [fixed[:, None]], False, 255, 1, cv2.LINE_AA, 4)
    soft = cv2.GaussianBlur(canvas.astype(np.float32), (0, 0), width * case.person.face.scale)
    soft = soft / soft.max()
    return Case.of(exposed(case.pixels, 1 - depth * soft)), points


def light(pixels: Any) -> Any:
    return to_lab(np.float32(pixels / 255.0))[..., 0]


def contrast(pixels: Any, plain: Case, points: Any) -> float:
    """How far a line stands out from the picture without it, L*."""
    places = points[8:-8].astype(int)
    away = light(pixels) - light(plain.pixels)
    return float(np.median([away[y - 1 : y + 2, x - 1 : x + 2].mean() for x, y in places]))


@pytest.mark.parametrize("depth", [0.55, -0.5])
def test_a_strand_is_replaced_by_skin(plain: Case, depth: float) -> None:
    case, points = lined(plain, 0.0016, depth)
    after = case.rendered("stray_hairs", amount=80)
    before, left = (contrast(pixels, plain, points) for pixels in (case.pixels, after))
    assert abs(before) > 3
    assert abs(left) < 0.3 * abs(before)


def test_the_skin_in_its_place_has_texture(plain: Case) -> None:
    case, points = lined(plain, 0.0016, 0.55)
    after, whole = light(case.rendered("stray_hairs", amount=80)), light(plain.pixels)
    places = points[8:-8].astype(int)
    fields = [image - cv2.GaussianBlur(image, (0, 0), 3) for image in (after, whole)]
    grain = [np.std([field[y, x] for x, y in places]) for field in fields]
    assert grain[0] > 0.6 * grain[1]


def test_a_fold_is_no_strand(plain: Case) -> None:
    """As deep, but broad: a crease."""
    case, points = lined(plain, 0.007, 0.3)
    after = case.rendered("stray_hairs", amount=80)
    before, left = (contrast(pixels, plain, points) for pixels in (case.pixels, after))
    assert abs(before) > 3
    assert abs(left) > 0.9 * abs(before)


def test_hardly_anything_else_moves(plain: Case) -> None:
    change = moved(plain.lab, plain.after("stray_hairs", amount=80))
    face = plain.mask(Region.HEAD) > 0.9
    assert (change[face] > 1).mean() < 0.006
    for region in (Region.EYES, Region.BROWS, Region.LIPS):
        assert change[plain.mask(region) > 0.5].max() == 0
