"""Shine, shaved beards and the base: the skin's own color comes back, nothing turns gray."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region
from tests.ops.lit import Case, added, blob, enlarged, exposed, ratio


@pytest.fixture(scope="module")
def plain(astronaut: Any) -> Case:
    return Case.of(enlarged(astronaut))


def place(case: Case, name: int) -> Any:
    """A landmark in photo pixels."""
    return case.person.face.landmarks[name, :2]


def spot(case: Case, at: Any, lab: Any, size: int = 5) -> Any:
    """The mean color of the frame around a place of the photo."""
    x, y = case.person.scene.frame.to_photo.inverse()(np.array([at], np.float32))[0]
    return lab[int(y) - size : int(y) + size + 1, int(x) - size : int(x) + size + 1].mean((0, 1))


CHEEK = 50


@pytest.mark.parametrize("dark", [1.0, 0.15])
@pytest.mark.parametrize("glare", [0.3, 1.2])
def test_matte_skin_is_skin_and_not_a_gray_hole(plain: Case, glare: float, dark: float) -> None:
    """A planted glare, burnt out at 1.2: of its lack of color .66 to .95 stayed, now < .65."""
    bare = exposed(plain.pixels, dark)
    at = place(plain, CHEEK)
    light = glare * blob(bare.shape, at, 0.07 * plain.person.face.scale)[..., None]
    shiny = Case.of(added(bare, light))
    was = spot(plain, at, Case.of(bare).lab)
    before, after = (spot(shiny, at, lab) for lab in (shiny.lab, shiny.after("shine", amount=-100)))
    gray = [float(ratio(c)) / float(ratio(was)) for c in (before, after)]
    assert 1 - gray[1] < 0.65 * (1 - gray[0])
    assert was[0] - 1 < after[0] < before[0] - 0.25 * (before[0] - was[0])


def test_matte_keeps_the_pores_in_the_glare(plain: Case) -> None:
    at = place(plain, CHEEK)
    light = 0.3 * blob(plain.pixels.shape, at, 0.08 * plain.person.face.scale)[..., None]
    shiny = Case.of(added(plain.pixels, light))
    fine = [
        lab[..., 0] - cv2.GaussianBlur(lab[..., 0], (0, 0), 2)
        for lab in (shiny.lab, shiny.after("shine", amount=-100))
    ]
    x, y = shiny.person.scene.frame.to_photo.inverse()(np.array([at], np.float32))[0]
    box = slice(int(y) - 15, int(y) + 16), slice(int(x) - 15, int(x) + 16)
    assert fine[1][box].std() > 0.6 * fine[0][box].std()


def test_dewy_skin_is_not_chalk(plain: Case) -> None:
    dark = exposed(plain.pixels, 0.15)
    at = place(plain, CHEEK)
    light = 0.06 * blob(dark.shape, at, 0.08 * plain.person.face.scale)[..., None]
    shiny = Case.of(added(dark, light))
    before, after = (spot(shiny, at, lab) for lab in (shiny.lab, shiny.after("shine", amount=100)))
    assert after[0] > before[0] + 2
    assert ratio(after) > 0.9 * ratio(before)


def shaved(case: Case, light: Any) -> Case:
    """The same face with hair under the skin of its lower half, which takes light and color."""
    mesh = case.person.face.landmarks[:, :2]
    zone = np.zeros(case.pixels.shape[:2], np.float32)
    hull = cv2.convexHull(mesh[list(lm.BEARD)].astype(np.int32))
    cv2.fillConvexPoly(zone, hull, 1.0)
    soft = cv2.GaussianBlur(zone, (0, 0), 0.02 * case.person.face.scale)[..., None]
    return Case.of(exposed(case.pixels, 1 - soft * (1 - np.array(light))))


def test_shaved_skin_loses_its_gray_cast(plain: Case) -> None:
    """Of a planted cast 1.02 was left, now .67."""
    gray = shaved(plain, (0.62, 0.72, 0.85))
    at = 0.5 * (place(plain, 214) + place(plain, 192))  # beside the mouth, on the jaw
    own = spot(plain, at, plain.lab, 8)
    before, after = (
        spot(gray, at, lab, 8) for lab in (gray.lab, gray.after("stubble", amount=100))
    )
    cast = [
        np.array(c[1:]) / (c[0] + 16) - np.array(own[1:]) / (own[0] + 16) for c in (before, after)
    ]
    assert np.linalg.norm(cast[1]) < 0.7 * np.linalg.norm(cast[0])
    assert before[0] + 0.5 < after[0] < own[0]


def test_grown_beards_are_left_alone(plain: Case) -> None:
    beard = shaved(plain, (0.10, 0.10, 0.11))
    assert beard.mask(Region.SHAVED).max() < 0.2


def red(case: Case) -> Case:
    """The same face, ruddy all over and more so in patches."""
    points = [place(case, name) for name in (50, 280, 151, 199)]
    patches = sum(blob(case.pixels.shape, p, 0.12 * case.person.face.scale) for p in points)
    absorbed = np.minimum(0.35 + 0.65 * np.asarray(patches), 1)[..., None]
    return Case.of(exposed(case.pixels, np.exp(-absorbed * np.array([0.02, 0.28, 0.24]))))


@pytest.mark.parametrize("kind", ["plain", "dark", "red"])
def test_foundation_keeps_color_and_shape(plain: Case, kind: str) -> None:
    """Chroma for its light was .93 to .98 and the face's shape .6; now ≥ .985 and ≥ .85."""
    case = {"plain": plain, "red": red(plain)}.get(kind) or Case.of(exposed(plain.pixels, 0.15))
    after = case.after("foundation", amount=80)
    skin = case.mask(Region.SKIN) > 0.9
    assert ratio(after)[skin].mean() > 0.985 * ratio(case.lab)[skin].mean()
    unit = case.person.scene.frame.unit
    shape = [
        cv2.GaussianBlur(lab[..., 0], (0, 0), 0.03 * unit)
        - cv2.GaussianBlur(lab[..., 0], (0, 0), 0.12 * unit)
        for lab in (case.lab, after)
    ]
    assert shape[1][skin].std() > 0.85 * shape[0][skin].std()
    assert after[..., 0][skin].mean() < case.lab[..., 0][skin].mean() + 0.05


def test_foundation_covers_patches_and_can_be_seen(plain: Case) -> None:
    case = red(plain)
    after = case.after("foundation", amount=45)
    skin, unit = case.mask(Region.SKIN) > 0.9, case.person.scene.frame.unit
    red_share = [
        cv2.GaussianBlur(lab[..., 1] / (lab[..., 0] + 16), (0, 0), 0.02 * unit)
        for lab in (case.lab, after)
    ]
    assert red_share[1][skin].std() < 0.75 * red_share[0][skin].std()
    assert 0.8 < np.linalg.norm(after - case.lab, axis=2)[skin].mean() < 5
