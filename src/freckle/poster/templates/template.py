"""What a template is."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from freckle.poster.design import Content
from freckle.poster.palette import Palette, palette
from freckle.poster.stage import Pairing, Stage

MIDNIGHT: Final = palette("#10131a", "#f6f3ec", "#ff5a36", "#e9e2d6")
MOSS: Final = palette("#14211b", "#f4f1e6", "#2f6b4f", "#d5dfcc")
COBALT: Final = palette("#0d1330", "#f5f4f0", "#2b4bff", "#d6dcf8")
CLAY: Final = palette("#2a1712", "#faf3ea", "#c4512d", "#efd9c6")
LEMON: Final = palette("#17150f", "#fbfaf4", "#ffd23f", "#f4ecc8")
PLUM: Final = palette("#221326", "#f8f2f5", "#b03a78", "#ecd7e3")
SIGNAL: Final = palette("#111111", "#ffffff", "#e10600", "#ececec")
TEAL: Final = palette("#0c2226", "#f2f5f2", "#0f7f81", "#cfe4e2")
ROSE: Final = palette("#2b1b1b", "#fbf4f0", "#e58a7b", "#f6ddd4")
SAND: Final = palette("#211d18", "#f7f3ec", "#a8763e", "#e8dcc8")

LOUD: Final = Pairing("Anton", "Inter")
BLOCK: Final = Pairing("Archivo", "Inter")
NARROW: Final = Pairing("Sofia Sans", "Inter", 800)
MODERN: Final = Pairing("Space Grotesk", "Inter", 700)
PLAIN: Final = Pairing("Inter", "Inter", 800)
EDITORIAL: Final = Pairing("Playfair Display", "Inter", 700)
FINE: Final = Pairing("Instrument Serif", "Inter")
BOOK: Final = Pairing("Source Serif 4", "Source Serif 4", 600)


@dataclass(frozen=True, slots=True)
class Template:
    """One layout: what it is for, which sizes suit it, and the function that lays it out."""

    name: str
    label: str
    family: str
    summary: str
    size: str
    """What it is drawn at unless another size is asked for."""
    colors: Palette
    type: Pairing
    sample: Content
    lay: Callable[[Stage], None]
    cutout: bool = False
    """Whether the portrait's background is removed where that looks good."""
