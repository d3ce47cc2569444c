"""Makeup that a reference wears, told as the tools' values for somebody else's face.

All is compared with the bare skin of the same face, so that makeup is carried over and the tone of
the skin is not (Guo and Sim 2009; Tong 2007 for ratios).
"""

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from freckle.analysis.cast import cast
from freckle.analysis.regions import Region, Regions
from freckle.analysis.skin import Skin
from freckle.pixels.color import Floats, lab, log_light, srgb_encode, unlab

Settings = Mapping[str, Mapping[str, Any]]
SURE: Final = 0.7
"""Mask from which a place counts."""
FEWEST: Final = 40
"""Places (of the coarse grid) below which a part is not seen well enough."""
BARE: Final = {"lipstick": 9.0, "eye_shadow": 7.0, "blush": 4.0}
"""Differences (ΔE) below which what there is passes for bare: lips and cheeks have own colors."""
WHOLE: Final = {"lipstick": 18.0, "eye_shadow": 26.0, "blush": 14.0}
"""Differences from which a tool works at its most."""
MOST: Final = {"lipstick": 92, "eye_shadow": 75, "blush": 60}
LIGHTER: Final = 3.0
"""L* above the skin's from which a part is no makeup."""
PARTS: Final = {
    "lipstick": Region.LIP_COLOR,
    "eye_shadow": Region.LIDS,
    "blush": Region.CHEEKS,
}


def worn(own: Regions, reference: Regions) -> Settings:
    """Return the makeup tools' values that give a face what the reference wears."""
    if own.colorless or reference.colorless:
        return {}
    found: dict[str, dict[str, Any]] = {}
    for tool, region in PARTS.items():
        here, there = beside(own, region), beside(reference, region)
        if here is None or there is None:
            continue
        color, bare = bare_color(own.skin, there), bare_color(own.skin, here)
        if _lab(color)[0] > own.skin.lab[0] + LIGHTER:
            continue  # lips and lids paler than the skin around are bare ones on dark skin
        apart = float(np.linalg.norm((_lab(color) - _lab(bare))[1:]))
        if tool == "blush" and there[0] - there[1] <= here[0] - here[1]:
            continue  # paler cheeks are no blush
        if apart > BARE[tool]:
            share = min(1.0, apart / WHOLE[tool])
            found[tool] = {"amount": round(MOST[tool] * share), "color": _hex(color)}
    return found


def beside(regions: Regions, region: Region) -> Floats | None:
    """Return ln of a part's light minus the bare skin's, by channel; None where it is not seen."""
    mask = regions.small(region) > SURE
    skin = regions.small(Region.SURE) > SURE
    skin &= regions.small(Region.CHEEKS) < 1 - SURE
    if int(mask.sum()) < FEWEST or int(skin.sum()) < FEWEST:
        return None
    return np.asarray(
        np.median(regions.log_rgb[mask], axis=0) - np.median(regions.log_rgb[skin], axis=0),
        np.float32,
    )


def bare_color(skin: Skin, against: Floats) -> Floats:
    """Return the sRGB color (3, 0..1) in neutral light of what stands out so against a skin.

    The tools lay the light's own color on makeup themselves.
    """
    light, red, yellow = skin.lab - np.array([0, *cast(skin)], np.float32)
    bare = log_light(unlab(np.array([[[light, red, yellow]]], np.float32)))
    return np.asarray(np.clip(srgb_encode(np.exp(bare + against)), 0, 1)[0, 0], np.float32)


def _lab(srgb: Floats) -> Floats:
    return np.asarray(lab(srgb[None, None])[0, 0])


def _hex(srgb: Floats) -> str:
    return "#" + "".join(f"{round(float(v) * 255):02x}" for v in srgb)
