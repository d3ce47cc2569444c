"""Recipes without a photo, named as a retoucher would."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.op import Params
from freckle.recipe.looks import LOOKS, recipe_of
from freckle.recipe.recipe import Recipe, Step


@dataclass(frozen=True, slots=True)
class Preset:
    """A named recipe."""

    name: str
    label: str
    summary: str
    recipe: Recipe


def natural_values(params: type[Params]) -> dict[str, float]:
    """Return the Natural value of each slider of an op."""
    found = {}
    for name, field in params.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and "natural" in extra:
            found[name] = float(str(extra["natural"]))
    return found


def _natural(panel: str) -> Recipe:
    steps = []
    for op in CATALOGUE:
        values = natural_values(op.params)
        if op.panel == panel and values.get("amount", 0) != 0:
            steps.append(Step(edit=op.params(**values)))
    return Recipe(steps=tuple(steps))


def _set(*settings: tuple[str, Mapping[str, Any]], base: Recipe | None = None) -> Recipe:
    """Build a recipe from op names and values, over another recipe."""
    edits: dict[str, Params] = {s.edit.op: s.edit for s in base.steps} if base else {}
    for name, values in settings:
        before = edits[name].model_dump() if name in edits else {}
        edits[name] = BY_NAME[name].params(**{**before, **values})
    ordered = [edits[op.name] for op in CATALOGUE if op.name in edits]
    return Recipe(steps=tuple(Step(edit=edit) for edit in ordered if not edit.neutral))


_NATURAL: Final = _natural("face")

_RETOUCHES: Final = (
    Preset("natural", "Natural", "A better photograph of the same person.", _NATURAL),
    Preset(
        "clean",
        "Clean up",
        "Blemishes and redness only; light, lines and texture as they are.",
        _set(
            ("blemishes", {"amount": 60}),
            ("redness", {"amount": 30}),
            ("even_tone", {"amount": 15}),
        ),
    ),
    Preset(
        "headshot",
        "Corporate headshot",
        "Natural, with less shine, rested eyes and tidy teeth for even studio light.",
        _set(
            ("shine", {"amount": -40}),
            ("dark_circles", {"amount": 40}),
            ("eye_bags", {"amount": 25}),
            ("teeth_whitening", {"amount": 28}),
            ("feature_sharpening", {"amount": 15}),
            base=_NATURAL,
        ),
    ),
    Preset(
        "beauty",
        "Beauty",
        "More evenness and shape, pores still there.",
        _set(
            ("smooth", {"amount": 45, "texture": 88}),
            ("blemishes", {"amount": 65}),
            ("even_tone", {"amount": 38}),
            ("iris_clarity", {"amount": 25}),
            ("contour", {"amount": 18}),
            ("highlights", {"amount": 20}),
            ("lip_smoothing", {"amount": 20}),
            base=_NATURAL,
        ),
    ),
    Preset(
        "mature",
        "Mature skin",
        "Softer lines and rested eyes; every fold stays where it is.",
        _set(
            ("smooth", {"amount": 24, "texture": 96}),
            ("forehead_lines", {"amount": 28}),
            ("frown_lines", {"amount": 28}),
            ("crows_feet", {"amount": 22}),
            ("under_eye_lines", {"amount": 28}),
            ("smile_lines", {"amount": 26}),
            ("neck_lines", {"amount": 26}),
            ("dark_circles", {"amount": 38}),
            ("eye_bags", {"amount": 28}),
            base=_NATURAL,
        ),
    ),
    Preset(
        "teen",
        "Teen skin",
        "Heals more blemishes, calms redness, leaves everything else alone.",
        _set(
            ("blemishes", {"amount": 75}),
            ("redness", {"amount": 40}),
            ("even_tone", {"amount": 30}),
            ("shine", {"amount": -25}),
            ("smooth", {"amount": 15}),
        ),
    ),
    Preset(
        "outdoor",
        "Outdoor portrait",
        "Opens hard shade, tames glare, keeps freckles and grain.",
        _set(
            ("shine", {"amount": -35}),
            ("shadows", {"amount": 18}),
            ("smooth", {"amount": 20, "texture": 96}),
            ("contour", {"amount": 0}),
            base=_NATURAL,
        ),
    ),
)
PRESETS: Final = _RETOUCHES + tuple(
    Preset(name, label, summary, recipe_of(settings)) for name, label, summary, settings in LOOKS
)
"""Retouches first, then looks, which have steps of the makeup panel only."""
BY_NAME_PRESET: Final[Mapping[str, Preset]] = MappingProxyType({p.name: p for p in PRESETS})


def preset(name: str) -> Preset:
    """Return a preset by its name or label, whatever the case; RecipeError when there is none."""
    wanted = name.strip().lower()
    for each in PRESETS:
        if wanted in (each.name, each.label.lower()):
            return each
    names = ", ".join(each.name for each in PRESETS)
    raise RecipeError(f"There is no preset named {name!r}.", f"Presets: {names}.")
