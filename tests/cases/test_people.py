"""Pictures of people that once came out wrong: worn things stay, covered places stay bare."""

from typing import Any

import cv2
import numpy as np
import pytest

from freckle.analysis import landmarks as lm
from freckle.pixels.color import Floats
from tests.cases.conftest import Outcome, Retouch

DOTS = (
    *((832, 481), (804, 483), (543, 485), (574, 485), (607, 486), (774, 486), (854, 488)),
    *((641, 490), (742, 492), (518, 494), (871, 498), (498, 505), (885, 511), (480, 520)),
)
GEMS = ((773, 626), (787, 626), (801, 626))
STARS = ((529, 704), (834, 703))
KEPT = 0.9
"""Share of a worn thing's contrast that must be left."""


def contrast(colors: Floats, at: tuple[int, int], radius: float) -> float:
    """ΔE between a disc and the ring around it."""
    reach = int(3 * radius) + 1
    left, top = max(at[0] - reach, 0), max(at[1] - reach, 0)
    here = colors[top : at[1] + reach + 1, left : at[0] + reach + 1]
    rows, columns = np.mgrid[: here.shape[0], : here.shape[1]]
    away = np.hypot(columns + left - at[0], rows + top - at[1])
    ring = (away > 1.8 * radius) & (away < 3 * radius)
    inside, around = here[away < 0.7 * radius], here[ring]
    return float(np.linalg.norm(inside.mean(axis=0) - np.median(around, axis=0)))


def share_kept(done: Outcome, at: tuple[int, int], radius: float) -> float:
    before, after = done.colors
    return contrast(after, at, radius) / contrast(before, at, radius)


def near(done: Outcome, color: tuple[int, int, int], reach: int) -> Any:
    """Pixels of the picture before within `reach` (of 255) of a color, less their rim."""
    apart = np.abs(done.before.pixels.astype(int) - np.array(color)).max(axis=2)
    return cv2.erode((apart <= reach).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0


@pytest.mark.parametrize(
    ("name", "radius"), [("01a_bindi_red.jpg", 6.0), ("01b_bindi_maroon.png", 11.6)]
)
def test_a_bindi_stays(retouch: Retouch, name: str, radius: float) -> None:
    assert share_kept(retouch(name), (693, 505), radius) >= KEPT


def test_bridal_dots_stay(retouch: Retouch) -> None:
    done = retouch("01d_bridal_dots.jpg")
    assert [at for at in DOTS if share_kept(done, at, 4.5) < KEPT] == []
    assert float(done.moved.max()) <= 20


def test_gems_stay(retouch: Retouch) -> None:
    done = retouch("01e_gems.jpg")
    assert [at for at in GEMS if share_kept(done, at, 4.5) < KEPT] == []


def test_painted_stars_stay_whatever_their_color(retouch: Retouch) -> None:
    done = retouch("01f_stars.jpg")
    assert [at for at in STARS if share_kept(done, at, 8.0) < KEPT] == []


def test_lips_are_not_painted_on_a_mask(retouch: Retouch) -> None:
    done = retouch("02a_face_mask.jpg", "--preset", "classic_red")
    mask = near(done, (208, 231, 245), 12)
    assert mask.sum() > 10_000
    moved = np.abs(done.after.pixels.astype(int) - done.before.pixels.astype(int))
    assert int(moved[mask].max()) <= 12
    assert "lips are covered" in done.said


def test_lids_are_not_painted_on_sunglasses(retouch: Retouch) -> None:
    done = retouch("02c_sunglasses.jpg", "--preset", "smoky_evening")
    lenses = near(done, (15, 15, 17), 8)
    assert lenses.sum() > 3000
    assert (done.after.pixels[lenses] == done.before.pixels[lenses]).all()


def pupils(done: Outcome, colors: Floats) -> list[float]:
    """Mean a* of both pupils, their catch lights left out."""
    (person,) = done.portrait.people
    light = colors_before = done.colors[0][..., 0]
    assert colors_before.shape == colors.shape[:2]
    found = []
    for pupil, rim in ((lm.RIGHT_PUPIL, lm.RIGHT_IRIS), (lm.LEFT_PUPIL, lm.LEFT_IRIS)):
        x, y = person.face.landmarks[pupil, :2]
        radius = np.linalg.norm(person.face.landmarks[list(rim), :2] - [x, y], axis=1).mean()
        rows, columns = np.mgrid[: light.shape[0], : light.shape[1]]
        disc = (np.hypot(columns + 0.5 - x, rows + 0.5 - y) < 0.4 * radius) & (light < 70)
        found.append(float(colors[..., 1][disc].mean()))
    return found


def test_red_pupils_become_dark(retouch: Retouch) -> None:
    done = retouch("05_red_eye.jpg")
    before, after = (pupils(done, colors) for colors in done.colors)
    assert min(before) > 50
    assert max(after) < 15
    assert "red_eye" in [one["op"] for one in done.report["faces"][0]["changed"]]


def test_no_other_tool_makes_red_pupils_redder(retouch: Retouch) -> None:
    done = retouch("05_red_eye.jpg", "--preset", "beauty", "--set", "red_eye.amount=0")
    before, after = (pupils(done, colors) for colors in done.colors)
    assert all(now <= then + 0.2 for then, now in zip(before, after, strict=True))


def test_toned_monochrome_has_no_blemishes(retouch: Retouch) -> None:
    done = retouch("06_blue_toned.png")
    assert len(done.report["faces"][0]["healed"]) == 0
