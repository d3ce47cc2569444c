"""Looks: makeup for one click, each a recipe of the makeup panel only.

Values are for a close look at 100 %: what a makeup artist does for that look, not more. A look's
strength is the panel's Amount.
"""

from collections.abc import Mapping
from typing import Any, Final

from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.recipe.recipe import Recipe, Step

Settings = Mapping[str, Mapping[str, Any]]
"""Values by op: what is left out stays as it opens."""

NATURAL_MAKEUP: Final[Settings] = {
    "foundation": {"amount": 12},
    "concealer": {"amount": 10},
    "bronzer": {"amount": 8},
    "blush": {"amount": 15},
    "highlighter": {"amount": 8},
    "eye_shadow": {"amount": 12},
    "eyeliner": {"amount": 8, "style": "tightline"},
    "lashes": {"amount": 12},
    "brow_fill": {"amount": 15},
    "brow_definition": {"amount": 10},
    "lipstick": {"amount": 20, "color": "#b9606a", "finish": "sheer"},
}


def _over(base: Settings, changes: Settings) -> Settings:
    names = {**base, **changes}
    return {name: {**base.get(name, {}), **changes.get(name, {})} for name in names}


_BARE: Final = _over(
    NATURAL_MAKEUP,
    {
        "bronzer": {"amount": 4},
        "highlighter": {"amount": 18},
        "eye_shadow": {"amount": 6},
        "lipstick": {"amount": 22, "color": "#c4767a", "finish": "gloss"},
    },
)
_SUN: Final = _over(
    NATURAL_MAKEUP,
    {
        "bronzer": {"amount": 26, "color": "#b58560"},
        "blush": {"amount": 28, "color": "#e79a8b", "placement": "sun_kissed", "size": 60},
        "highlighter": {"amount": 22, "color": "#f7d9b0"},
        "eye_shadow": {"amount": 18, "color": "#c9a08c", "crease": "#8f6a58"},
        "lipstick": {"amount": 35, "color": "#c4736a", "finish": "gloss"},
    },
)
_ROSE: Final = _over(
    NATURAL_MAKEUP,
    {
        "blush": {"amount": 32, "color": "#d9777f", "size": 55},
        "eye_shadow": {"amount": 28, "color": "#b07a80", "crease": "#8a5a62"},
        "lashes": {"amount": 25},
        "lipstick": {"amount": 50, "color": "#c05a70", "finish": "satin"},
    },
)
_RED: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 20},
        "blush": {"amount": 12, "color": "#c9606f", "placement": "draped"},
        "eyeliner": {"amount": 55, "style": "wing", "width": 30},
        "lashes": {"amount": 40},
        "brow_fill": {"amount": 22},
        "lipstick": {"amount": 80, "color": "#a51f2c", "finish": "satin", "liner": 30},
    },
)
_SMOKY: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 18},
        "bronzer": {"amount": 18},
        "eye_shadow": {"amount": 70, "style": "smoky", "color": "#8a6a5c", "crease": "#3c3634"},
        "eyeliner": {"amount": 60, "style": "natural", "width": 40},
        "lashes": {"amount": 50},
        "brow_fill": {"amount": 24},
        "lipstick": {"amount": 40, "color": "#b27a70", "finish": "satin"},
    },
)
_BRIDE: Final = _over(
    NATURAL_MAKEUP,
    {
        "foundation": {"amount": 22},
        "concealer": {"amount": 22},
        "blush": {"amount": 26, "placement": "apples"},
        "highlighter": {"amount": 22},
        "eye_shadow": {"amount": 35, "style": "soft_crease", "color": "#c9a08c"},
        "eyeliner": {"amount": 35, "style": "natural", "width": 25},
        "lashes": {"amount": 35},
        "lipstick": {"amount": 45, "color": "#bf6b74", "finish": "satin", "liner": 15},
    },
)
_BERRY: Final = _over(
    NATURAL_MAKEUP,
    {
        "blush": {"amount": 24, "color": "#a24a5a", "placement": "draped"},
        "eye_shadow": {
            "amount": 38,
            "style": "soft_crease",
            "color": "#9a6a86",
            "crease": "#5a4a5e",
        },
        "eyeliner": {"amount": 30, "style": "natural"},
        "lashes": {"amount": 30},
        "lipstick": {"amount": 75, "color": "#7d1f38", "finish": "matte", "liner": 20},
    },
)
_GROOMED: Final[Settings] = {
    "foundation": {"amount": 8},
    "concealer": {"amount": 12},
    "brow_fill": {"amount": 10},
    "brow_definition": {"amount": 15},
}

LOOKS: Final[tuple[tuple[str, str, str, Settings], ...]] = (
    (
        "natural_makeup",
        "Natural makeup",
        "A little of everything, so little that nobody asks.",
        NATURAL_MAKEUP,
    ),
    ("fresh", "Fresh skin", "Glow and glossy lips; hardly any color.", _BARE),
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
