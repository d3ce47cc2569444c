"""The catalogue: every op, in the order in which work on a portrait is done.

A tuple written by hand: adding an op is adding its file and one line here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from freckle.ops.blemishes import BLEMISHES
from freckle.ops.even_tone import EVEN_TONE
from freckle.ops.eyes import CATCH_LIGHT, EYE_VEINS, EYE_WHITES, IRIS_CLARITY
from freckle.ops.light import CONTOUR, FACE_LIGHT, HIGHLIGHTS, SHADOWS
from freckle.ops.lines import (
    CROWS_FEET,
    FOREHEAD_LINES,
    FROWN_LINES,
    NECK_LINES,
    SMILE_LINES,
    UNDER_EYE_LINES,
)
from freckle.ops.lipstick import LIPSTICK
from freckle.ops.mouth import LIP_SMOOTHING, TEETH_WHITENING
from freckle.ops.op import AnyOp, Heal
from freckle.ops.pores import PORES
from freckle.ops.redness import REDNESS
from freckle.ops.sharpen import FEATURE_SHARPENING
from freckle.ops.shine import SHINE
from freckle.ops.smooth import SMOOTH
from freckle.ops.stubble import STUBBLE
from freckle.ops.tone import SKIN_LIGHTNESS, WARMTH
from freckle.ops.under_eyes import DARK_CIRCLES, EYE_BAGS

CATALOGUE: Final[tuple[AnyOp, ...]] = (
    BLEMISHES,
    EVEN_TONE,
    REDNESS,
    SMOOTH,
    PORES,
    SHINE,
    STUBBLE,
    FOREHEAD_LINES,
    FROWN_LINES,
    CROWS_FEET,
    UNDER_EYE_LINES,
    SMILE_LINES,
    NECK_LINES,
    DARK_CIRCLES,
    EYE_BAGS,
    EYE_WHITES,
    EYE_VEINS,
    IRIS_CLARITY,
    CATCH_LIGHT,
    TEETH_WHITENING,
    LIP_SMOOTHING,
    CONTOUR,
    HIGHLIGHTS,
    SHADOWS,
    FACE_LIGHT,
    WARMTH,
    SKIN_LIGHTNESS,
    FEATURE_SHARPENING,
    LIPSTICK,
)

BY_NAME: Final[Mapping[str, AnyOp]] = MappingProxyType({op.name: op for op in CATALOGUE})


def describe(op: AnyOp) -> dict[str, Any]:
    """Return an op as plain data: what the editor, scripts and the docs are made from."""
    doc = (op.params.__doc__ or "").strip()
    return {
        "op": op.name,
        "kind": "heal" if isinstance(op, Heal) else "paint",
        "panel": op.panel,
        "group": op.group,
        "label": op.label,
        "summary": doc,
        "areas": list(op.areas),
        "needs": sorted(op.needs),
        "version": op.version,
        "schema": op.params.model_json_schema(mode="serialization"),
    }
