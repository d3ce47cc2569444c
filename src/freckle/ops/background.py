"""The people before another ground, or before their own, blurred or cleaned."""

from typing import Annotated, Any, Final, Literal

import numpy as np
from pydantic import Field

from freckle.ops.op import Amount, Balance, Color, Edge, Finish, Params, Shadow, slider, swatches
from freckle.pixels.color import Floats, hex_values, srgb_decode
from freckle.pixels.place import Place

BLUR: Final = 0.025
"""Radius of the blur at 100, in widths of the picture."""
SOFTNESS: Final = 0.004
"""How far the edge is blurred at 100, in widths of the picture."""
SHIFT: Final = 0.004
"""How far the edge moves at 100, in widths of the picture."""
FAR: Final = 0.08
"""How far from people their shadow falls at 100, in widths of the picture."""
SPREAD: Final = 0.05
"""σ of the softest shadow, in widths of the picture."""
NEW: Final = frozenset({"color", "gradient", "image"})
"""Grounds that are not the photo's own, on which shadows fall."""
MOST_PICTURE: Final = 1_500_000
"""Characters of a picture that a recipe holds."""

Picture = Annotated[
    str,
    Field(
        max_length=MOST_PICTURE,
        pattern="^([A-Za-z0-9+/]+={0,2})?$",
        json_schema_extra={"format": "picture"},
    ),
]


class Background(Params):
    """Ground that the people stand before."""

    op: Literal["background"] = "background"
    version: Literal[1] = 1
    mode: Literal["keep", "remove", "color", "gradient", "blur", "image", "clean"] = "keep"
    """What becomes of the ground; `remove` leaves it transparent, which JPEG cannot hold, `clean`
    keeps it and takes creases and uneven light away."""
    color: Color = swatches("#ffffff", "#f2f2f2", "#1f2937", "#000000", "#00b140")
    """The new ground; of a gradient, where it begins."""
    second: Color = swatches("#c9d3df", "#8fa3b8", "#4b5563", "#e7d7c9", "#101418")
    """Where a gradient ends."""
    shape: Literal["linear", "radial"] = "linear"
    """Whether a gradient runs along a line or outward from the middle."""
    angle: Annotated[float, Field(ge=0, le=360)] = slider(90, cap=360, floor=0)
    """Where a gradient runs: 0 to the right, 90 downward."""
    blur: Amount = slider(40)
    """How far the old ground is out of focus."""
    marks: Amount = slider(80)
    """How far creases, stains and dust are taken out of the ground that is there."""
    even: Amount = slider(50)
    """How far the light on it is evened."""
    softness: Amount = slider()
    """How soft the people's edge is made."""
    shift: Balance = slider()
    """Moves the edge outward, or inward (minus)."""
    decontaminate: Amount = slider(100)
    """How far the old ground's color is taken out of hair and edges."""
    wrap: Amount = slider()
    """How much of the new ground's light falls on the edge."""
    shadow: Amount = slider()
    """How dark a shadow the people throw on a new ground."""
    distance: Amount = slider(30)
    """How far from them it falls."""
    fall: Annotated[float, Field(ge=0, le=360)] = slider(45, cap=360, floor=0)
    """Where it falls: 0 to the right, 90 downward."""
    spread: Amount = slider(50)
    """How soft it is."""
    contact: Amount = slider()
    """How dark it is right where people meet what is below them: feet on a floor, or the sides of
    a bust toward the lower edge."""
    image: Picture = ""
    """The picture for `image`: a JPEG, PNG or WebP file in base64."""

    @property
    def neutral(self) -> bool:
        """Whether the ground stays as it is."""
        idle = {
            "keep": True,
            "blur": self.blur == 0,
            "image": not self.image,
            "clean": self.marks == self.even == 0,
        }
        return idle.get(self.mode, False)


def ground(params: Background, place: Place) -> Floats | None:
    """Return a color or a gradient of two, mixed as their sRGB values are."""
    if params.mode == "color":
        rows = np.zeros((place.size[1], place.size[0], 1), np.float32)
        return rows + _light(_values(params.color), place)
    if params.mode != "gradient":
        return None
    along = _along(params, place)
    first, last = _values(params.color), _values(params.second)
    mixed = np.asarray(first + along[..., None] * (last - first), np.float32)
    return _light(mixed, place)


def _along(params: Background, place: Place) -> Floats:
    """Return how far along the gradient each pixel lies, 0..1 (height × width)."""
    width, height = (np.float32(side / max(place.picture)) for side in place.picture)
    x, y = place.axes()
    right, down = x[None, :] - width / 2, y[:, None] - height / 2
    if params.shape == "radial":
        away = np.hypot(right, down) / np.hypot(width / 2, height / 2)
        return np.asarray(np.clip(away, 0, 1), np.float32)
    turn = np.deg2rad(params.angle)
    cos, sin = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    # from corner to corner, as style sheets have it
    reach = abs(cos) * width + abs(sin) * height
    return np.asarray(np.clip((right * cos + down * sin) / reach + 0.5, 0, 1), np.float32)


def _values(color: str) -> Floats:
    """Return a color's sRGB values, 0..1."""
    return np.array(hex_values(color), np.float32)


def _light(values: Floats, place: Place) -> Floats:
    """Return sRGB values as linear light of the file's own primaries."""
    light: Any = srgb_decode(values)
    if not place.space.is_srgb:
        light = light @ np.linalg.inv(place.space.to_srgb).astype(np.float32).T
    return np.asarray(np.clip(light, 0, 1), np.float32)


def _edge(params: Background) -> Edge:
    return Edge(
        shift=SHIFT * params.shift / 100,
        softness=SOFTNESS * params.softness / 100,
        clean=params.decontaminate / 100,
        wrap=params.wrap / 100,
    )


def _shadow(params: Background) -> Shadow:
    if params.mode not in NEW:
        return Shadow()
    return Shadow(
        opacity=params.shadow / 100,
        distance=FAR * params.distance / 100,
        angle=params.fall,
        softness=SPREAD * params.spread / 100,
        contact=params.contact / 100,
    )


BACKGROUND = Finish(
    params=Background,
    label="Background",
    group="Background",
    edge=_edge,
    ground=ground,
    clear=lambda params: params.mode == "remove",
    blur=lambda params: BLUR * params.blur / 100 if params.mode == "blur" else 0.0,
    image=lambda params: params.image if params.mode == "image" else None,
    shadow=_shadow,
    clean=lambda params: (
        (params.even / 100, params.marks / 100) if params.mode == "clean" else (0.0, 0.0)
    ),
)
