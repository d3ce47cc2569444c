"""Light and tone follow the person's skin: color goes with light, and nothing stops at the jaw."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import landmarks as lm
from freckle.analysis.regions import Region
from tests.ops.lit import Case, enlarged, exposed, moved, ratio

SIDE = 0.35
"""Light left on a shaded half."""


@pytest.fixture(scope="module")
def plain(astronaut: Any) -> Case:
    return Case.of(enlarged(astronaut))


@pytest.fixture(scope="module")
def half(plain: Case) -> Case:
    """The person's left half in shade, face and neck alike."""
    return Case.of(exposed(plain.pixels, _shade(plain)))


def _shade(plain: Case) -> Any:
    height, width = plain.pixels.shape[:2]
    x = plain.person.face.landmarks[lm.NOSE_TIP, 0]
    ramp = 1 / (1 + np.exp(-(np.arange(width) - x) / 12))
    return np.broadcast_to(1 - (1 - SIDE) * ramp, (height, width))


def across_the_jaw(case: Case, change: Any) -> tuple[float, float]:
    """How far a change goes on the chin, and on the throat as far below the jaw."""
    scene = case.person.scene
    points, unit = scene.regions.points, scene.frame.unit
    found = []
    for step in (0.06, -0.08):
        x, y = points[lm.CHIN] + step * unit * scene.regions.up
        part = change[int(y) - 4 : int(y) + 5, int(x) - 8 : int(x) + 9]
        found.append(float(np.median(part)))
    return found[0], found[1]


def test_opened_shade_keeps_its_color(half: Case) -> None:
    """Chroma for its light: .73 of it was left, gray (now ≥ .97)."""
    after = half.after("shadows", amount=80)
    deep = (half.mask(Region.SKIN) > 0.8) & (after[..., 0] - half.lab[..., 0] > 3)
    assert deep.sum() > 500
    kept = ratio(after)[deep] / np.maximum(ratio(half.lab)[deep], 0.02)
    assert np.median(kept) == pytest.approx(1, abs=0.03)


def test_shade_is_opened_on_the_neck_too_and_hair_stays(half: Case) -> None:
    after = half.after("shadows", amount=80)
    lift = after[..., 0] - half.lab[..., 0]
    neck = half.mask(Region.NECK) > 0.6
    dark = neck & (half.lab[..., 0] < np.median(half.lab[..., 0][neck]))
    assert np.median(lift[dark]) > 2
    hair = half.person.scene.regions.parsing.hair
    hair = cv2.resize(hair, lift.shape[::-1]) > 0.9
    far = hair & (half.mask(Region.LIT) < 0.02)
    assert far.any()
    assert np.abs(lift[far]).max() < 0.5


def test_no_oval_is_left_around_opened_shade(half: Case) -> None:
    """Where shade begins and ends in a lift, it does so over at least some .02 face widths."""
    after = half.after("shadows", amount=100)
    lift = cv2.GaussianBlur(after[..., 0] - half.lab[..., 0], (0, 0), 1)
    skin = half.mask(Region.FLESH) > 0.9
    inner = cv2.erode(skin.astype(np.uint8), np.ones((9, 9))) > 0
    steep = np.hypot(*np.gradient(lift))[inner] * 0.02 * half.person.scene.frame.unit
    assert np.percentile(steep, 99) < 0.45 * lift.max()


@pytest.mark.parametrize(
    ("op", "channel"), [("warmth", 2), ("face_light", 0), ("skin_lightness", 0)]
)
def test_a_change_of_skin_does_not_stop_at_the_jaw(plain: Case, op: str, channel: int) -> None:
    """On the throat it goes as far, by its light: the step was the whole of it."""
    change = plain.after(op, amount=60)[..., channel] - plain.lab[..., channel]
    chin, throat = across_the_jaw(plain, change)
    assert chin > 1
    assert throat > 0.6 * chin


@pytest.mark.parametrize("op", ["warmth", "face_light", "skin_lightness", "shadows"])
def test_it_fades_before_the_frame_ends(plain: Case, op: str) -> None:
    """The photo goes on below the frame: nothing may end there in a line."""
    tall = cv2.copyMakeBorder(plain.pixels, 0, 500, 0, 0, cv2.BORDER_REPLICATE)
    case = Case.of(tall)
    frame = case.person.scene.frame
    assert frame.box.bottom < case.photo.height
    change = moved(case.lab, case.after(op, amount=100))
    assert change.max() > 1
    assert change[-2:].max() < 0.3


@pytest.mark.parametrize("dark", [1.0, 0.12])
@pytest.mark.parametrize("op", ["face_light", "skin_lightness"])
def test_lighter_skin_is_not_grayer(plain: Case, op: str, dark: float) -> None:
    """Chroma for its light stays: dark skin lost a sixth of it."""
    case = Case.of(exposed(plain.pixels, dark))
    after = case.after(op, amount=80)
    skin = (case.mask(Region.SKIN) > 0.9) & (case.lab[..., 0] < 85)
    assert (after[..., 0] - case.lab[..., 0])[skin].mean() > 2
    assert ratio(after)[skin].mean() == pytest.approx(ratio(case.lab)[skin].mean(), rel=0.03)


def test_lids_get_lighter_with_the_skin_around_them(plain: Case) -> None:
    """A seam ran around eyes and lips."""
    change = plain.after("skin_lightness", amount=60)[..., 0] - plain.lab[..., 0]
    regions = plain.person.scene.regions
    eyes, lids = regions[Region.EYES], cv2.dilate(regions[Region.EYES], np.ones((9, 9)))
    around = (lids > 0.9) & (eyes < 0.05) & (plain.mask(Region.BROWS) == 0)
    around &= plain.lab[..., 0] > 40  # no lashes
    cheek = plain.mask(Region.CHEEKS) > 0.9
    assert np.median(change[around]) > 0.6 * np.median(change[cheek])


def test_warmth_goes_with_light(half: Case) -> None:
    """Shade on the same cheek gets as much warmer as there is light: it glowed."""
    change = half.after("warmth", amount=60)[..., 2] - half.lab[..., 2]
    light = half.lab[..., 0] + 16
    skin = (half.mask(Region.FLESH) > 0.95) & (half.lab[..., 0] < 85)
    share = change[skin] / light[skin]
    assert share.std() < 0.12 * share.mean()


@pytest.mark.parametrize("op", ["contour", "highlights"])
def test_light_from_one_side_is_not_exaggerated(half: Case, op: str) -> None:
    change = np.abs(half.after(op, amount=80)[..., 0] - half.lab[..., 0])
    skin, shade = half.mask(Region.SKIN) > 0.8, half.lab[..., 0]
    middle = np.median(shade[skin])
    lit = change[skin & (shade > middle)]
    dark = change[skin & (shade < middle - 12)]
    assert len(dark) > 500
    assert np.percentile(dark, 90) < 0.5 * np.percentile(lit, 90)
