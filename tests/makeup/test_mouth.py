"""The mouth's opening: teeth and the dark behind lips are found, gloss on lips is neither."""

from typing import Any

import numpy as np

from freckle.analysis.lip_color import between
from freckle.analysis.regions import Region
from tests.makeup.faces import painted, person, scene_of

UNIT = 400.0
LIP, TOOTH, GLOSS, HOLLOW = (45, 25, 12), (85, 2, 8), (85, 14, 8), (8, 4, 2)


def mouth() -> tuple[Any, Any, Any]:
    """Colors, lips and opening of a drawn mouth: a band of lips with teeth in its middle."""
    lab = np.full((80, 120, 3), LIP, np.float32)
    opening = np.zeros((80, 120), np.float32)
    opening[35:45, 20:100] = 1
    lab[35:45, 20:100] = TOOTH
    return lab, 1 - opening, opening


def test_teeth_beyond_the_opening_are_found() -> None:
    lab, lips, opening = mouth()
    lab[45:48, 50:60] = TOOTH
    assert between(lab, lips, opening, UNIT)[45:48, 50:60].min() > 0.9


def test_gloss_beside_the_opening_is_no_tooth() -> None:
    lab, lips, opening = mouth()
    lab[45:50, 50:60] = GLOSS
    found = between(lab, lips, opening, UNIT)
    assert found[48:].max() < 0.05


def test_the_dark_corner_of_an_open_mouth_is_no_lip() -> None:
    lab, lips, opening = mouth()
    lab[35:45, 100:112] = HOLLOW
    lab[60:70, 30:50] = HOLLOW  # a hair or shade on the lip, far from the opening
    found = between(lab, lips, opening, UNIT)
    assert found[37:43, 101:110].min() > 0.9
    assert found[58:].max() < 0.05


def test_lips_round_a_mouth_without_teeth_are_painted() -> None:
    """A baby's: light lips, a tongue, no teeth. The lips' middle is painted above and below."""
    scene = scene_of("baby_01")
    lips, points = scene.regions[Region.LIP_COLOR], person("baby_01").scene.regions.points
    for name, toward in ((0, 17), (17, 0)):
        inside = points[name] + 0.06 * (points[toward] - points[name])
        x, y = inside.astype(int)
        assert lips[y - 1 : y + 2, x - 1 : x + 2].max() > 0.9


def test_bronzer_ends_nowhere_in_a_line() -> None:
    """The mesh ends below a receding hairline; color fades before it."""
    name = "man_glasses_beard_3840px_01"
    scene = scene_of(name)
    moved = painted(scene, ("bronzer", {"amount": 100}))[..., 0] - scene.frame.lab[..., 0]
    brows = scene.regions.points[[70, 300], 1].min() - 0.05 * scene.unit
    top = moved[: int(brows)]
    assert top.min() < -1
    assert np.hypot(*np.gradient(top)).max() < 0.6
