"""The catalogue: every op, in the order in which work on a portrait is done.

A tuple written by hand: adding an op is adding its file and one line here.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from freckle.ops.adjust import ADJUST
from freckle.ops.background import BACKGROUND
from freckle.ops.blemishes import BLEMISHES
from freckle.ops.bloom import BLOOM
from freckle.ops.brow_shape import BROW_HEIGHT, BROW_THICKNESS
from freckle.ops.brows import BROW_DEFINITION, BROW_FILL
from freckle.ops.cheeks import BLUSH, BRONZER, HIGHLIGHTER
from freckle.ops.complexion import CONCEALER, FOUNDATION
from freckle.ops.crop import CROP
from freckle.ops.curve import CURVE
from freckle.ops.cutout import CUTOUT
from freckle.ops.dodge_burn import BURN, DODGE
from freckle.ops.even_bumps import EVEN_BUMPS
from freckle.ops.even_tone import EVEN_TONE
from freckle.ops.eye_makeup import EYE_SHADOW, EYELINER, LASHES
from freckle.ops.eye_shape import EYE_DISTANCE, EYE_HEIGHT, EYE_SIZE, EYE_TILT, EYE_WIDTH
from freckle.ops.eyes import CATCH_LIGHT, EYE_VEINS, EYE_WHITES, IRIS_CLARITY
from freckle.ops.face_shape import (
    CHEEKBONES,
    CHIN_HEIGHT,
    DOUBLE_CHIN,
    FACE_WIDTH,
    FOREHEAD,
    HEAD_SIZE,
    JAWLINE,
)
from freckle.ops.glare import GLARE
from freckle.ops.grain import GRAIN
from freckle.ops.heal_brush import HEAL_BRUSH
from freckle.ops.iris_color import IRIS_COLOR
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
from freckle.ops.mouth_shape import LOWER_LIP, MOUTH_WIDTH, SMILE, UPPER_LIP
from freckle.ops.nose_shape import NOSE_BRIDGE, NOSE_LENGTH, NOSE_TIP, NOSE_WIDTH
from freckle.ops.op import AnyOp
from freckle.ops.palette import PALETTE
from freckle.ops.pores import PORES
from freckle.ops.red_eye import RED_EYE
from freckle.ops.redness import REDNESS
from freckle.ops.reference import REFERENCE
from freckle.ops.relight import RELIGHT
from freckle.ops.restore import RESTORE
from freckle.ops.rim_light import RIM_LIGHT
from freckle.ops.sharpen import FEATURE_SHARPENING
from freckle.ops.shine import SHINE
from freckle.ops.skin_finish import SKIN_FINISH
from freckle.ops.smooth import SMOOTH
from freckle.ops.split_toning import SPLIT_TONING
from freckle.ops.stray_hairs import STRAY_HAIRS
from freckle.ops.stubble import STUBBLE
from freckle.ops.tone import SKIN_HUE, SKIN_LIGHTNESS, WARMTH
from freckle.ops.under_eyes import DARK_CIRCLES, EYE_BAGS
from freckle.ops.upscale import UPSCALE
from freckle.ops.vignette import VIGNETTE

CATALOGUE: Final[tuple[AnyOp, ...]] = (
    BLEMISHES,
    HEAL_BRUSH,
    STRAY_HAIRS,
    EVEN_TONE,
    REDNESS,
    EVEN_BUMPS,
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
    GLARE,
    RED_EYE,
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
    FOUNDATION,
    CONCEALER,
    BRONZER,
    BLUSH,
    HIGHLIGHTER,
    EYE_SHADOW,
    EYELINER,
    LASHES,
    BROW_FILL,
    BROW_DEFINITION,
    IRIS_COLOR,
    LIPSTICK,
    SKIN_FINISH,
    RELIGHT,
    RIM_LIGHT,
    SKIN_HUE,
    DODGE,
    BURN,
    RESTORE,
    FACE_WIDTH,
    JAWLINE,
    CHEEKBONES,
    CHIN_HEIGHT,
    FOREHEAD,
    HEAD_SIZE,
    DOUBLE_CHIN,
    EYE_SIZE,
    EYE_HEIGHT,
    EYE_WIDTH,
    EYE_DISTANCE,
    EYE_TILT,
    BROW_HEIGHT,
    BROW_THICKNESS,
    NOSE_WIDTH,
    NOSE_LENGTH,
    NOSE_BRIDGE,
    NOSE_TIP,
    SMILE,
    MOUTH_WIDTH,
    UPPER_LIP,
    LOWER_LIP,
    ADJUST,
    CURVE,
    SPLIT_TONING,
    REFERENCE,
    PALETTE,
    BLOOM,
    VIGNETTE,
    GRAIN,
    CUTOUT,
    BACKGROUND,
    CROP,
    UPSCALE,
)

BY_NAME: Final[Mapping[str, AnyOp]] = MappingProxyType({op.name: op for op in CATALOGUE})


def describe(op: AnyOp) -> dict[str, Any]:
    """Return an op as plain data: what the editor, scripts and the docs are made from."""
    doc = (op.params.__doc__ or "").strip()
    return {
        "op": op.name,
        "kind": type(op).__name__.lower(),
        "panel": op.panel,
        "group": op.group,
        "label": op.label,
        "summary": doc,
        "areas": list(op.areas),
        "needs": sorted(op.needs),
        "version": op.version,
        "schema": op.params.model_json_schema(mode="serialization"),
    }
