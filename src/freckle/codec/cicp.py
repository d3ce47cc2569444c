"""Colors told by code points (ITU-T H.273) instead of a profile: PNG cICP, AVIF and HEIC nclx."""

from typing import Final

from freckle.codec.icc_build import P3, SRGB_CURVE, built

BT2020: Final = (0.67346, 0.27903, -0.00193, 0.16566, 0.67534, 0.02998, 0.12510, 0.04563, 0.79686)
"""Red, green and blue in XYZ, adapted to D50 (Bradford)."""
WIDE: Final = {12: ("Display P3", P3), 9: ("BT.2020", BT2020)}
HDR: Final = frozenset({16, 18})
"""PQ and HLG."""


def profile_for(primaries: int, transfer: int) -> tuple[bytes | None, tuple[str, ...]]:
    """Return an ICC profile that says the same (None: sRGB), and what could not be honored."""
    notes: tuple[str, ...] = ()
    if transfer in HDR:
        notes = ("The picture is HDR (PQ or HLG), which freckle does not edit: it will look flat.",)
    if primaries not in WIDE:
        return None, notes
    return built(*WIDE[primaries], SRGB_CURVE), notes
