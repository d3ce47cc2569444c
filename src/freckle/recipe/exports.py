"""Export presets: what places on the web and on paper ask of a picture.

Sizes are those that the services name in their help pages in 2026; they scale what they get.
"""

from dataclasses import dataclass
from typing import Final, Literal

from freckle.codec.cms import Intent, Space
from freckle.errors import OutputError
from freckle.photo import Format
from freckle.recipe.values import near

Sharpening = Literal["none", "screen", "print"]
INCH: Final = 25.4
"""Millimeters."""


@dataclass(frozen=True, slots=True)
class Export:
    """One way in which a finished photo is delivered."""

    name: str
    label: str
    width: int = 0
    """Pixels; with `height` the exact size, alone (0) the most on either side."""
    height: int = 0
    longest: int = 0
    """Pixels of the longer side at most, where the shape stays."""
    dpi: float | None = None
    """Pixels an inch; paper turns with the picture."""
    paper: tuple[float, float] = (0.0, 0.0)
    """Width and height on paper in millimeters, exactly; 0: as the pixels say."""
    bleed: float = 0.0
    """Millimeters of the picture beyond the paper, of a PDF."""
    marks: bool = False
    """Whether a PDF has crop marks."""
    head: float = 0.0
    """Share of the height that a head takes, in percent; 0 leaves as much as there is."""
    format: Format | None = "jpeg"
    """None: as the photo's own."""
    quality: int | None = 90
    space: Space = "srgb"
    """Every screen shows sRGB; `keep` is the photo's own."""
    intent: Intent = "relative"
    black_point: bool = True
    """Whether the darkest that one space has becomes the darkest of the other."""
    sharpen: Sharpening = "none"
    """Sharpening of what was reduced, for the screen; or of a print, whose ink spreads."""
    location: bool = False
    """Whether the place where it was taken stays in the metadata."""
    metadata: bool = True
    """Whether anything of the metadata stays."""


def _screen(name: str, label: str, width: int, height: int, head: float = 0.0) -> Export:
    return Export(name, label, width, height, head=head, sharpen="screen")


def _paper(name: str, label: str, wide: float, tall: float, head: float = 0.0) -> Export:
    """Return a print of so many millimeters at 300 pixels an inch."""
    width, height = (round(side / INCH * 300) for side in (wide, tall))
    return Export(
        name,
        label,
        width,
        height,
        dpi=300.0,
        paper=(wide, tall),
        head=head,
        quality=95,
        space="keep",
        sharpen="print",
        location=True,
    )


EXPORTS: Final = (
    Export("web", "Web, 1600 pixels", longest=1600, sharpen="screen"),
    Export("web-large", "Web, 2560 pixels", longest=2560, sharpen="screen"),
    Export("email", "E-mail, 1024 pixels", longest=1024, quality=85, sharpen="screen"),
    _screen("linkedin", "LinkedIn profile", 400, 400, 60),
    _screen("linkedin-post", "LinkedIn post", 1200, 627),
    _screen("linkedin-banner", "LinkedIn banner", 1584, 396),
    _screen("instagram", "Instagram square", 1080, 1080),
    _screen("instagram-portrait", "Instagram portrait, 4:5", 1080, 1350),
    _screen("story", "Story, 9:16", 1080, 1920),
    _screen("facebook", "Facebook post", 1200, 630),
    _screen("facebook-profile", "Facebook profile", 720, 720, 60),
    _screen("x", "X post", 1600, 900),
    _screen("x-profile", "X profile", 400, 400, 60),
    _screen("youtube", "YouTube thumbnail", 1280, 720),
    _screen("avatar", "Avatar", 512, 512, 65),
    _paper("id", "ID photo, 35 × 45 mm", 35, 45, 72),
    _paper("id-us", "ID photo, 2 × 2 inches", 50.8, 50.8, 60),
    _paper("10x15", "Print, 10 × 15 cm", 100, 150),
    _paper("13x18", "Print, 13 × 18 cm", 130, 180),
    _paper("20x30", "Print, 20 × 30 cm", 200, 300),
    _paper("30x40", "Print, 30 × 40 cm", 300, 400),
    _paper("a4", "Print, A4", 210, 297),
    Export("original", "As the photo", format=None, quality=None, space="keep", location=True),
    Export("master", "Master, TIFF", format="tiff", quality=None, space="keep", location=True),
)
BY_NAME: Final = {export.name: export for export in EXPORTS}


def export(name: str) -> Export:
    """Return an export preset. Raises `OutputError` when there is none of that name."""
    if name not in BY_NAME:
        raise OutputError(
            f"There is no export preset {name!r}.", near(name, BY_NAME, "Export presets")
        )
    return BY_NAME[name]
