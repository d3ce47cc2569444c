"""Makeup in the light of a lamp: what is worn there looks as it would if the lamp shone on it."""

import numpy as np
import pytest

from freckle.analysis.cast import lit
from freckle.analysis.skin import Skin
from freckle.pixels.color import lab, srgb_decode, srgb_encode, unlab
from freckle.pixels.pigment import Pigment

WARM, LAMP = (1.12, 1.0, 0.72), (1.25, 1.0, 0.5)
"""Light of late afternoon and of a lamp: what it scales red, green and blue by."""
SKINS = ((66, 16, 14), (62, 17, 10), (59, 11, 16), (64, 12, 24), (41, 12, 16))
"""Bare skins in neutral light, pale and rosy to dark (CIELAB)."""
ROSES = ("#c4767a", "#b85068", "#c0687a", "#d0526a")


def under(color, light):
    linear = srgb_decode(unlab(np.array([[color]], np.float32))) * np.array(light, np.float32)
    return lab(srgb_encode(np.clip(0.8 * linear, 1e-4, 1)))[0, 0]


def skin(color):
    return Skin((0.5, 0.3), (0.03, 0.04), tuple(float(value) for value in color), 5, 1)


def hue(a, b):
    return float(np.degrees(np.arctan2(b, a)))


def turned(bare, rose, light):
    """How far (degrees) a rose worn in a light is from the rose that the light shines on."""
    own = Pigment.of(rose)
    found = lit(own, skin(under(bare, light)))
    aim = under((own.lightness, own.a, own.b), light)
    return hue(found.a, found.b) - hue(aim[1], aim[2])


@pytest.mark.parametrize("light", [WARM, LAMP])
def test_rose_stays_rose_in_warm_light(light) -> None:
    """Lilac is 15 to 25 degrees away: bluer than what the light leaves of rose."""
    found = [turned(bare, rose, light) for bare in SKINS for rose in ROSES]
    assert abs(np.mean(found)) < 6
    assert min(found) > -14


def test_in_neutral_light_a_color_is_what_it_is() -> None:
    for bare in SKINS:
        for rose in ROSES:
            own, found = Pigment.of(rose), lit(Pigment.of(rose), skin(bare))
            assert abs(hue(found.a, found.b) - hue(own.a, own.b)) < 7
            assert found.lightness == own.lightness


def test_black_stays_black() -> None:
    found = lit(Pigment.of("#000000"), skin(under(SKINS[0], LAMP)))
    assert np.hypot(found.a, found.b) < 4
