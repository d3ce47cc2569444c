"""What a Lightroom preset asks for, as steps of our own; the rest is named, never dropped silently.

The scales are those of Adobe's present process (2012 and later): exposure in stops, all other
sliders from −100 to 100.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from freckle.errors import RecipeError
from freckle.looks.camera_raw import Settings
from freckle.ops.adjust import Adjust
from freckle.ops.catalogue import CATALOGUE
from freckle.ops.curve import CLOSEST, STRAIGHT, Curve
from freckle.ops.grain import Grain
from freckle.ops.op import Params
from freckle.ops.split_toning import SplitToning
from freckle.ops.vignette import Vignette
from freckle.recipe.recipe import Step

STOP: Final = 20.0
"""Steps of our exposure in a stop."""
MOST_POINTS: Final = 16
ORDER: Final = tuple(op.params for op in CATALOGUE)
"""Tools in the order of work."""
SLIDERS: Final[Mapping[str, tuple[type[Params], str, float]]] = {
    "Exposure2012": (Adjust, "exposure", STOP),
    "Contrast2012": (Adjust, "contrast", 1.0),
    "Highlights2012": (Adjust, "highlights", 1.0),
    "Shadows2012": (Adjust, "shadows", 1.0),
    "Whites2012": (Adjust, "whites", 1.0),
    "Blacks2012": (Adjust, "blacks", 1.0),
    "IncrementalTemperature": (Adjust, "temperature", 1.0),
    "IncrementalTint": (Adjust, "tint", 1.0),
    "Vibrance": (Adjust, "vibrance", 1.0),
    "Saturation": (Adjust, "saturation", 1.0),
    "Clarity2012": (Adjust, "clarity", 1.0),
    "SplitToningHighlightHue": (SplitToning, "highlights_hue", 1.0),
    "SplitToningHighlightSaturation": (SplitToning, "highlights", 1.0),
    "SplitToningShadowHue": (SplitToning, "shadows_hue", 1.0),
    "SplitToningShadowSaturation": (SplitToning, "shadows", 1.0),
    "SplitToningBalance": (SplitToning, "balance", 1.0),
    "GrainAmount": (Grain, "amount", 1.0),
    "GrainSize": (Grain, "size", 1.0),
    "PostCropVignetteAmount": (Vignette, "amount", 1.0),
    "PostCropVignetteMidpoint": (Vignette, "size", 1.0),
}
"""Settings, whose slider they are, and how many of its steps are one of theirs."""
CURVE: Final = "ToneCurvePV2012"
GRAY: Final = "ConvertToGrayscale"
SILENT: Final = frozenset({
    "Version", "ProcessVersion", "PresetType", "Cluster", "UUID", "SortName", "Group", "Name",
    "ShortName", "Description", "Copyright", "ContactInfo", "CameraModelRestriction", "HasSettings",
    "HasCrop", "AlreadyApplied", "RequiresRGBTables", "ShowInPresets", "ShowInQuickActions",
    "RawFileName", "ToneCurveName2012", "ToneCurveName", "WhiteBalance", "CompatibleVersion",
})  # fmt: skip
"""Bookkeeping."""
SUPPORTS: Final = "Supports"
"""How names of bookkeeping begin that say for which photos a preset is."""
REST: Final = {
    "ParametricShadowSplit": 25, "ParametricMidtoneSplit": 50, "ParametricHighlightSplit": 75,
    "ColorGradeBlending": 50, "GrainFrequency": 50, "PostCropVignetteFeather": 50,
    "PostCropVignetteStyle": 1, "SharpenRadius": 1, "SharpenDetail": 25,
    "LuminanceNoiseReductionDetail": 50, "ColorNoiseReductionDetail": 50,
    "ColorNoiseReductionSmoothness": 50, "PerspectiveScale": 100, "CurveRefineSaturation": 100,
    "DefringePurpleHueLo": 30, "DefringePurpleHueHi": 70, "DefringeGreenHueLo": 40,
    "DefringeGreenHueHi": 60,
}  # fmt: skip
"""Where settings rest that do not rest at 0."""


@dataclass(frozen=True, slots=True)
class Developed:
    """Steps, which settings they carry, and those that freckle has nothing for."""

    steps: tuple[Step, ...]
    carried: tuple[str, ...]
    left: tuple[str, ...]
    """Each as Adobe's name and value."""


def developed(settings: Settings) -> Developed:
    """Turn a preset's settings into steps. Raises `RecipeError` for values that are none."""
    values: dict[type[Params], dict[str, object]] = {}
    carried, left = [], []
    for name, text in settings.values.items():
        if name in SLIDERS:
            tool, slider, share = SLIDERS[name]
            asked = _number(name, text) * share
            value = _within(tool, slider, asked)
            values.setdefault(tool, {})[slider] = value
            if asked != value:
                left.append(f"{name} = {text} beyond {value / share:g}")
            carried += [name] if value else []
        elif name == GRAY and text.lower() == "true":
            values.setdefault(Adjust, {})["saturation"] = -100.0
            carried.append(name)
        elif not _silent(name, text):
            left.append(f"{name} = {text}")
    _black_and_white(settings, values)
    points = _points(settings.lists.get(CURVE, ()))
    if points != STRAIGHT:
        values[Curve] = {"points": points}
        carried.append(CURVE)
    left += _lists(settings)
    made = [tool.model_validate(given) for tool, given in values.items()]
    made.sort(key=lambda edit: ORDER.index(type(edit)))
    steps = tuple(Step.model_validate({"edit": each}) for each in made if not each.neutral)
    return Developed(steps, tuple(carried), tuple(left))


def _black_and_white(settings: Settings, values: dict[type[Params], dict[str, object]]) -> None:
    """Let black-and-white win over saturation, whichever comes first in the file."""
    if settings.values.get(GRAY, "").lower() == "true":
        values[Adjust]["saturation"] = -100.0


def _within(tool: type[Params], slider: str, value: float) -> float:
    """Return the nearest value that a slider has."""
    low, high = -math.inf, math.inf
    for rule in tool.model_fields[slider].metadata:
        low, high = getattr(rule, "ge", low), getattr(rule, "le", high)
    return min(max(value, low), high)


def _number(name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise RecipeError(
            f"{name[:60]} of this preset is {text[:40]!r}, which is no number.",
            "Export the preset again from Lightroom.",
        )
    return value


def _silent(name: str, text: str) -> bool:
    """Whether a setting is bookkeeping, or at rest."""
    if name in SILENT or name.startswith(SUPPORTS) or text.lower() in {"", "false", "none"}:
        return True
    try:
        return float(text) == REST.get(name, 0)
    except ValueError:
        return False


def _points(texts: tuple[str, ...]) -> tuple[tuple[float, float], ...]:
    """Return a curve's points, 0..1, from dark to light; what lies too close together is one."""
    points: list[tuple[float, float]] = []
    for text in texts:
        x, _, y = text.partition(",")
        at = (_number(CURVE, x) / 255, _number(CURVE, y) / 255)
        if not all(0 <= value <= 1 for value in at):
            raise RecipeError(
                f"The curve of this preset has the point {text[:40]!r}.",
                "Its numbers go from 0 to 255; export the preset again.",
            )
        if not points or at[0] - points[-1][0] >= CLOSEST:
            points.append(at)
    return tuple(points[:MOST_POINTS]) if len(points) > 1 else STRAIGHT


def _lists(settings: Settings) -> Iterator[str]:
    """Name the lists that nothing is made of: curves of single colors, masks, looks."""
    for name, texts in settings.lists.items():
        if name == CURVE or name in SILENT:
            continue
        if name.startswith(CURVE) and _points(texts) == STRAIGHT:
            continue
        yield f"{name} ({len(texts)} entries)" if texts else name
