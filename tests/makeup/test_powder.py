"""Bronzer, highlighter and blush: seen on all skin, only on bare skin, fading round the head."""

import cv2
import numpy as np
import pytest

from freckle.analysis.regions import Region
from freckle.pixels.filters import shrink
from tests.makeup.faces import painted, scene_of
from tests.ops.lit import Case, enlarged, exposed, moved, ratio

SKINS = {"pale": 1.15, "medium": 0.5, "dark": 0.16, "very dark": 0.08}
"""Linear light that makes the astronaut's L* of 78 one of 82, 59, 36 and 25."""


@pytest.fixture(scope="module")
def faces() -> dict[str, Case]:
    data = pytest.importorskip("skimage.data")
    picture = enlarged(np.ascontiguousarray(data.astronaut()[:300, 90:370]))
    return {name: Case.of(exposed(picture, light)) for name, light in SKINS.items()}


@pytest.mark.parametrize("skin", SKINS)
@pytest.mark.parametrize("op", ["bronzer", "highlighter"])
def test_powder_at_30_is_seen_and_believed(faces: dict[str, Case], op: str, skin: str) -> None:
    """ΔE of the clearest twentieth of what changes."""
    case = faces[skin]
    change = moved(case.lab, case.after(op, amount=30))
    clear = np.percentile(change[change > 0.3], 95)
    assert 1.9 < clear < 6


def test_bronzer_is_a_three_and_not_two_spots() -> None:
    """At the hairline, temple, under the cheekbone and on the jaw: ΔE .0 to .1, now ≥ .8."""
    scene = scene_of("woman_dark_skin_smile_teeth_01")
    regions = scene.regions
    change = moved(scene.frame.lab, painted(scene, ("bronzer", {"amount": 60})))
    change = shrink(change, regions.factor)
    chart = regions.chart

    def at(u: float, v: float) -> float:
        near = (np.hypot(np.abs(chart.u) - u, chart.v - v) < 35) & (chart.facing > 0.02)
        return float(np.median(change[near]))

    assert min(at(200, -600), at(560, -420), at(600, 90), at(560, 400)) > 0.8
    assert max(at(330, -60), at(120, 380), at(90, -450)) < 0.3


def test_highlighter_is_no_chalk_on_dark_skin(faces: dict[str, Case]) -> None:
    case = faces["very dark"]
    after = case.after("highlighter", amount=80)
    lit = after[..., 0] - case.lab[..., 0] > 1.5
    assert lit.sum() > 200
    assert ratio(after)[lit].mean() > 0.9 * ratio(case.lab)[lit].mean()


def test_blush_on_bright_skin_is_powder_and_not_neon(faces: dict[str, Case]) -> None:
    """It took no light at all from skin of L* 82: now a third of L* for each a* it gives."""
    case = faces["pale"]
    change = case.after("blush", amount=60) - case.lab
    clear = change[..., 1] > np.percentile(change[..., 1], 97)
    assert change[..., 1][clear].mean() > 3
    taken = -change[..., 0][clear].mean() / change[..., 1][clear].mean()
    assert 0.2 < taken < 0.5


def test_warm_and_cool_bronzers_differ(faces: dict[str, Case]) -> None:
    case = faces["pale"]
    warm, cool = (case.after("bronzer", amount=60, color=c) for c in ("#9a6a4a", "#8a6f60"))
    change = moved(case.lab, warm)
    clear = change > np.percentile(change[change > 0.3], 80)
    assert (warm - cool)[..., 2][clear].mean() > 1


@pytest.mark.parametrize("op", ["bronzer", "highlighter", "blush"])
def test_hands_hair_and_glasses_stay_clean(op: str) -> None:
    """By the network's own map, where it is sure."""
    for name in ("woman_acne_hand_on_cheek_01", "man_glasses_beard_3840px_01"):
        scene = scene_of(name)
        regions = scene.regions
        change = moved(scene.frame.lab, painted(scene, (op, {"amount": 100})))
        hand = regions.parsing.body_skin * (regions.outside < -0.02)
        before = np.maximum(np.maximum(hand, regions.parsing.hair), regions.parsing.others)
        covered = cv2.resize(before, change.shape[::-1]) > 0.8
        assert change.max() > 3
        assert np.percentile(change[covered], 99) < 0.5


@pytest.mark.parametrize("op", ["bronzer", "blush"])
def test_powder_fades_on_the_far_side(op: str) -> None:
    scene = scene_of("woman_acne_hand_on_cheek_01")
    change = moved(scene.frame.lab, painted(scene, (op, {"amount": 100})))
    facing = cv2.resize(scene.regions.chart.facing, change.shape[::-1])
    away = (facing > 0) & (facing < 0.05) & (scene.regions[Region.HEAD] > 0.9)
    assert np.percentile(change[away], 95) < 0.35 * change.max()
