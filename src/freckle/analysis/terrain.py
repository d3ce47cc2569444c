"""Masks that need the face's map, by name: the whole skin, powder, lenses, strands."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from freckle.analysis.flesh import bust, flesh, lit, shaved, sheen, throat
from freckle.analysis.lenses import lenses
from freckle.analysis.powder import powder
from freckle.analysis.regions import Region, Regions
from freckle.analysis.strands import folds, fuzz, near_hair, strands
from freckle.pixels.color import Floats

TERRAIN: Final[Mapping[Region, Callable[[Regions], Floats]]] = MappingProxyType(
    {
        Region.FLESH: flesh,
        Region.LIT: lit,
        Region.BUST: bust,
        Region.SHEEN: sheen,
        Region.SHAVED: shaved,
        Region.THROAT: throat,
        Region.POWDER: powder,
        Region.LENSES: lenses,
        Region.STRANDS: strands,
        Region.FUZZ: fuzz,
        Region.FOLDS: folds,
        Region.NEAR_HAIR: near_hair,
    }
)
"""All on the coarse grid."""
