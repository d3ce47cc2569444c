"""Recipes without a photo, named as a retoucher would."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property, partial
from typing import Any, Final

from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.ops.op import Params
from freckle.recipe.looks import LOOKS, recipe_of
from freckle.recipe.recipe import Recipe, Step


@dataclass(frozen=True)
class Preset:
    """A named recipe."""

    name: str
    label: str
    summary: str
    _made: Callable[[], Recipe] = field(repr=False)
    """Makes the recipe: a start needs one of all presets, if any."""

    @cached_property
    def recipe(self) -> Recipe:
        """What it does to a portrait."""
        return self._made()


def natural_values(params: type[Params]) -> dict[str, float]:
    """Return the Natural value of each slider of an op."""
    found = {}
    for name, known in params.model_fields.items():
        extra = known.json_schema_extra
        if isinstance(extra, dict) and "natural" in extra:
            found[name] = float(str(extra["natural"]))
    return found


@cache
def _natural() -> Recipe:
    steps = []
    for op in CATALOGUE:
        values = natural_values(op.params)
        if op.panel == "face" and values.get("amount", 0) != 0:
            steps.append(Step(edit=op.params(**values)))
    return Recipe(steps=tuple(steps))


Settings = tuple[str, Mapping[str, Any]]


def _set(*settings: Settings) -> Callable[[], Recipe]:
    """Return what builds a recipe from op names and values."""
    return partial(_over, None, settings)


def _over_natural(*settings: Settings) -> Callable[[], Recipe]:
    return partial(_over, _natural, settings)


def _over(base: Callable[[], Recipe] | None, settings: tuple[Settings, ...]) -> Recipe:
    """Build a recipe from op names and values, over another recipe."""
    edits: dict[str, Params] = {s.edit.op: s.edit for s in base().steps} if base else {}
    for name, values in settings:
        before = edits[name].model_dump() if name in edits else {}
        edits[name] = BY_NAME[name].params(**{**before, **values})
    ordered = [edits[op.name] for op in CATALOGUE if op.name in edits]
    return Recipe(steps=tuple(Step(edit=edit) for edit in ordered if not edit.neutral))


_RETOUCHES: Final = (
    Preset("natural", "Natural", "A better photograph of the same person.", _natural),
    Preset(
        "clean",
        "Clean up",
        "Blemishes, the marks they leave and redness only; light, lines and texture as they are.",
        _set(
            ("blemishes", {"amount": 80, "keep_post_acne": False}),
            ("redness", {"amount": 60}),
            ("even_tone", {"amount": 20}),
        ),
    ),
    Preset(
        "headshot",
        "Corporate headshot",
        "Natural, with little shine, rested eyes and tidy teeth in even light.",
        _over_natural(
            ("shine", {"amount": -60}),
            ("shadows", {"amount": 20}),
            ("contour", {"amount": 0}),
            ("highlights", {"amount": 0}),
            ("dark_circles", {"amount": 60}),
            ("eye_bags", {"amount": 45}),
            ("glare", {"amount": 40}),
            ("teeth_whitening", {"amount": 45}),
            ("feature_sharpening", {"amount": 15}),
        ),
    ),
    Preset(
        "beauty",
        "Beauty",
        "Even bumps and more shape, pores still there.",
        _over_natural(
            ("blemishes", {"amount": 80}),
            ("even_bumps", {"amount": 70}),
            ("smooth", {"amount": 75, "texture": 90}),
            ("even_tone", {"amount": 30}),
            ("redness", {"amount": 45}),
            ("dark_circles", {"amount": 60}),
            ("eye_whites", {"amount": 22}),
            ("iris_clarity", {"amount": 30}),
            ("contour", {"amount": 35}),
            ("highlights", {"amount": 35}),
            ("lip_smoothing", {"amount": 25}),
        ),
    ),
    Preset(
        "mature",
        "Mature skin",
        "Softer lines and rested eyes; every fold stays where it is.",
        _over_natural(
            ("even_tone", {"amount": 20}),
            ("forehead_lines", {"amount": 48}),
            ("frown_lines", {"amount": 48}),
            ("crows_feet", {"amount": 40}),
            ("under_eye_lines", {"amount": 48}),
            ("smile_lines", {"amount": 45}),
            ("neck_lines", {"amount": 48}),
            ("dark_circles", {"amount": 60}),
            ("eye_bags", {"amount": 45}),
        ),
    ),
    Preset(
        "teen",
        "Teen skin",
        "Heals more blemishes and what they leave, calms redness and shine, nothing else.",
        _set(
            ("blemishes", {"amount": 80, "keep_post_acne": False}),
            ("even_bumps", {"amount": 50}),
            ("redness", {"amount": 55}),
            ("even_tone", {"amount": 15}),
            ("shine", {"amount": -60}),
            ("smooth", {"amount": 30, "texture": 98}),
        ),
    ),
    Preset(
        "outdoor",
        "Outdoor portrait",
        "Opens hard shade, tames glare, keeps freckles and grain.",
        _over_natural(
            ("shine", {"amount": -60}),
            ("shadows", {"amount": 50}),
            ("even_bumps", {"amount": 20}),
            ("smooth", {"amount": 20, "texture": 98}),
            ("contour", {"amount": 0}),
            ("highlights", {"amount": 0}),
        ),
    ),
)
PRESETS: Final = _RETOUCHES + tuple(
    Preset(name, label, summary, partial(recipe_of, settings))
    for name, label, summary, settings in LOOKS
)
"""Retouches first, then looks, which have steps of the makeup panel only."""


def preset(name: str) -> Preset:
    """Return a preset by its name or label, whatever the case; RecipeError when there is none."""
    wanted = name.strip().lower()
    for each in PRESETS:
        if wanted in (each.name, each.label.lower()):
            return each
    names = ", ".join(each.name for each in PRESETS)
    raise RecipeError(f"There is no preset named {name!r}.", f"Presets: {names}.")
