"""Blood or melanin: of which kind a mark is, told by the light that it takes.

Red marks (inflamed: pimples, fresh scars) differ from brown ones (freckles, moles) in how they
absorb light: hemoglobin takes green and blue and leaves red, melanin takes all three. The share of
a mark's erythema index, Δln(R/G), against its darkness in red, Δln(1/R), tells the kind on every
skin tone (Tsumura 1999; Diffey 1984); how red it is tells the more, the less blue light there is.
"""

from typing import Final

import numpy as np

from freckle.analysis.spot import Kind, Spot

BLOOD: Final = (0.62, 0.74)
"""Blood against melanin (`Spot.blood`) above which a mark is red, on very dark and on other skin:
planted pimples have .99, a twentieth less than .78; planted brown ones .64 at most."""
DARKEST: Final = (32.0, 55.0)
"""L* of skin that is very dark, and from which it is other skin."""
REDDER: Final = (0.24, 4.0)
"""Δln(R/G) that leaves that as it is, and by how much less blood each more is red. In warm light
and on dark skin blue is dim, and what is lost of it says little; how red a mark is says more."""
SHIFT: Final = (-0.16, 0.3)
"""How far that goes: on all skin what is redder needs less, on dark skin what is paler more. On
twelve dark and warmly lit portraits 8 of 16 missed pimples of 611 are red, and 11 of 23 brown marks
of acne, of 257, are brown; no planted freckle or mole is red."""
DARK: Final = (45.0, 60.0)
"""L* of skin up to which it counts as dark for that, and from which not at all."""
SORE: Final = 8.0
"""Robust deviations from which a red mark is an open sore, whatever light falls on it."""
INFLAMED: Final = (0.5, 0.3)
"""Blood, and the least Δln(R/G), from which a sore is red: pink light shifts both."""
MOLE: Final = (0.42, 0.8)
"""Darkness in red and in green light above which a brown mark is a mole."""


def kind_of(spot: Spot, lightness: float, *, blown: bool = False) -> Kind:
    """Return whether a mark is red, brown or a mole, on skin of this L*.

    Where red light is `blown` out, the sensor has none of it to tell by: nothing is red there.
    """
    least, red = INFLAMED
    sore = spot.strength >= SORE and spot.erythema >= red and spot.blood > least
    if not blown and (sore or spot.blood > _bloody(spot.erythema, lightness)):
        return "red"
    dark, darker = MOLE
    return "mole" if spot.contrast[0] > dark or spot.contrast[1] > darker else "brown"


def _bloody(erythema: float, lightness: float) -> float:
    """Return the blood from which a mark so red is red, on skin of this L*."""
    (usual, slope), (less, more) = REDDER, SHIFT
    paler = more * float(np.interp(lightness, DARK, (1, 0)))
    shift = float(np.clip(slope * (usual - erythema), less, paler))
    return float(np.interp(lightness, DARKEST, BLOOD)) + shift
