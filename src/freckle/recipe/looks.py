"""Looks: makeup for one click, each a recipe of the makeup panel only.

Each reads as its name at the size of a phone's screen, and is still paint on skin at 100 %. A
look's strength is the panel's Amount.
"""

from collections.abc import Mapping
from typing import Any, Final

from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.recipe.recipe import Recipe, Step

Settings = Mapping[str, Mapping[str, Any]]
"""Values by op: what is left out stays as it opens."""

NATURAL_MAKEUP: Final[Settings] = {
    "foundation": {"amount": 30},
    "concealer": {"amount": 35},
    "bronzer": {"amount": 22},
    "blush": {"amount": 32},
    "highlighter": {"amount": 26},
    "eye_shadow": {"amount": 38, "style": "soft_crease"},
    "eyeliner": {"amount": 40, "style": "tightline"},
    "lashes": {"amount": 38},
    "brow_fill": {"amount": 38},
    "brow_definition": {"amount": 16},
    "lipstick": {"amount": 62, "color": "#b9606a", "finish": "sheer"},
}


def _over(base: Settings, changes: Settings) -> Settings:
    names = {**base, **changes}
    return {name: {**base.get(name, {}), **changes.get(name, {})} for name in names}


_FRESH: Final[Settings] = {
    "foundation": {"amount": 20},
    "concealer": {"amount": 40},
    "blush": {"amount": 26, "color": "#e79a8b"},
    "highlighter": {"amount": 70},
    "lashes": {"amount": 28},
    "brow_fill": {"amount": 20},
    "brow_definition": {"amount": 20},
    "lipstick": {"amount": 58, "color": "#cf7f84", "finish": "gloss"},
}
_SUN: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 22},
        "bronzer": {"amount": 75, "color": "#b58560"},
        "blush": {"amount": 42, "color": "#e08a70", "placement": "sun_kissed", "size": 60},
        "highlighter": {"amount": 45, "color": "#f7d9b0"},
        "eye_shadow": {"amount": 50, "style": "wash", "color": "#b08a6c", "crease": "#8f6a50"},
        "eyeliner": {"amount": 20},
        "lipstick": {"amount": 52, "color": "#c07462", "finish": "gloss"},
    },
)
_ROSE: Final = _over(
    NATURAL_MAKEUP,
    {
        "bronzer": {"amount": 10},
        "blush": {"amount": 50, "color": "#d9777f", "size": 55},
        "eye_shadow": {"amount": 68, "color": "#b07478", "crease": "#844c58"},
        "lashes": {"amount": 50},
        "lipstick": {"amount": 78, "color": "#b85068", "finish": "satin"},
    },
)
_RED: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 45},
        "blush": {"amount": 20, "color": "#c9606f", "placement": "draped"},
        "bronzer": {"amount": 15},
        "eye_shadow": {"amount": 28, "style": "wash", "color": "#c9a08c", "crease": "#8f6a58"},
        "eyeliner": {"amount": 80, "style": "wing", "width": 32},
        "lashes": {"amount": 60},
        "brow_fill": {"amount": 45},
        "lipstick": {"amount": 92, "color": "#a51f2c", "finish": "satin", "liner": 30},
    },
)
_SMOKY: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 42},
        "bronzer": {"amount": 38},
        "blush": {"amount": 18, "color": "#c9606f", "placement": "draped"},
        "eye_shadow": {"amount": 85, "style": "smoky", "color": "#7a5c50", "crease": "#332d2c"},
        "eyeliner": {"amount": 80, "style": "natural", "width": 40},
        "lashes": {"amount": 75},
        "brow_fill": {"amount": 45},
        "lipstick": {"amount": 58, "color": "#b3706c", "finish": "satin"},
    },
)
_BRIDE: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 52},
        "concealer": {"amount": 55},
        "bronzer": {"amount": 15},
        "blush": {"amount": 45, "color": "#e0858a"},
        "highlighter": {"amount": 62},
        "eye_shadow": {"amount": 60, "color": "#cda898", "crease": "#85604e"},
        "eyeliner": {"amount": 60, "style": "natural", "width": 25},
        "lashes": {"amount": 62},
        "lipstick": {"amount": 66, "color": "#c0687a", "finish": "satin", "liner": 18},
    },
)
_BERRY: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 40},
        "blush": {"amount": 42, "color": "#a24a5a", "placement": "draped"},
        "eye_shadow": {"amount": 70, "color": "#7c4a5e", "crease": "#46303e"},
        "eyeliner": {"amount": 60, "style": "natural"},
        "lashes": {"amount": 55},
        "lipstick": {"amount": 90, "color": "#7d1f38", "finish": "matte", "liner": 20},
    },
)
_GROOMED: Final[Settings] = {
    "foundation": {"amount": 25},
    "concealer": {"amount": 40},
    "brow_fill": {"amount": 32},
    "brow_definition": {"amount": 30},
}

LOOKS: Final[tuple[tuple[str, str, str, Settings], ...]] = (
    (
        "natural_makeup",
        "Natural makeup",
        "A little of everything: the same face, well rested.",
        NATURAL_MAKEUP,
    ),
    ("fresh", "Fresh skin", "Glow and glossy lips; hardly any color.", _FRESH),
    ("sun_kissed", "Sun-kissed", "Warm cheeks and nose, bronze and peach.", _SUN),
    ("soft_rose", "Soft rose", "Rose on lids, cheeks and lips.", _ROSE),
    ("classic_red", "Classic red", "Red lips, a fine wing, quiet cheeks.", _RED),
    ("smoky_evening", "Smoky evening", "Dark, soft eyes and nude lips.", _SMOKY),
    ("bridal", "Bridal", "Even, bright and lasting; soft eyes and rose lips.", _BRIDE),
    ("berry", "Berry", "Plum lids and deep, matte lips.", _BERRY),
    ("groomed", "Groomed", "Tidy brows and rested eyes; no color at all.", _GROOMED),
)
"""Name, label, purpose and settings of each look, quiet ones first."""


def recipe_of(settings: Settings) -> Recipe:
    """Build the recipe of a look, in the order in which the catalogue works."""
    edits = {name: BY_NAME[name].params(**values) for name, values in settings.items()}
    return Recipe(steps=tuple(Step(edit=edits[op.name]) for op in CATALOGUE if op.name in edits))
