"""What an editing tool is: sliders, one pure function, and the regions it works in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, Generic, Literal, TypeVar

from pydantic import ConfigDict, Field

from freckle.analysis.regions import Region
from freckle.analysis.scene import Scene
from freckle.analysis.shape import Shape
from freckle.framing import Framing, Size
from freckle.geometry import Box
from freckle.ops.described import Described
from freckle.pixels.color import Floats
from freckle.pixels.place import Place

Panel = Literal["face", "makeup", "reshape", "adjust", "background", "crop", "upscale", "brush"]
Area = Literal["face", "neck", "body"]
Upgrade = Callable[[dict[str, Any]], dict[str, Any]]

Amount = Annotated[float, Field(ge=0, le=100)]
"""A one-way slider; 0 changes nothing."""
Balance = Annotated[float, Field(ge=-100, le=100)]
"""A two-way slider; 0 changes nothing."""

Color = Annotated[str, Field(pattern="^#[0-9a-f]{6}$", json_schema_extra={"format": "color"})]
"""A color as #rrggbb in sRGB."""


def swatches(default: str, *swatches: str) -> Any:
    """Describe a color: its value at opening, and those offered beside it."""
    shown: dict[str, Any] = {"format": "color", "swatches": [default, *swatches]}
    return Field(default=default, json_schema_extra=shown)


def slider(default: float = 0, *, natural: float = 0, cap: float = 100, floor: float = -100) -> Any:
    """Describe a slider: value at opening, in the Natural preset, and where the lock stops it."""
    return Field(
        default=default,
        json_schema_extra={"natural": natural, "cap": cap, "floor": floor},
    )


class Params(Described):
    """The sliders of one op; frozen, and as strict as a file from a stranger needs it."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        allow_inf_nan=False,
        json_schema_serialization_defaults_required=True,
        defer_build=True,
    )

    op: str
    version: int

    @property
    def neutral(self) -> bool:
        """Whether every main slider rests at 0, so that the op changes nothing."""
        return getattr(self, "amount", 0) == 0

    @property
    def fitted(self) -> bool:
        """Whether the sliders belong to one photo alone and mean nothing on another."""
        return False


P = TypeVar("P", bound=Params)


@dataclass(frozen=True, slots=True, kw_only=True)
class Op(Generic[P]):
    """One tool of the catalogue: data that the editor, the command line and the docs read."""

    params: type[P]
    label: str
    panel: Panel = "face"
    group: str
    needs: frozenset[Region] = frozenset()
    areas: tuple[Area, ...] = ("face",)
    deliberate: bool = False
    """Meant to move the skin's mean tone: the skin-tone lock lets it."""
    upgrades: Mapping[int, Upgrade] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The stored identifier."""
        return str(self.params.model_fields["op"].default)

    @property
    def version(self) -> int:
        """The version of the parameters and the look."""
        return int(self.params.model_fields["version"].default)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint(Op[P]):
    """Changes the colors of the frame, at full strength; the renderer mixes by mask × opacity.

    `broad` works on the coarse grid (height × width × 3 CIELAB in, the same out): for everything
    wider than a pore, at a quarter of the cost. `fine` works on the frame itself. Both are given
    just the box of the op's mask, broad ones with `reach` around it, and may not write on it.
    """

    reach: float = 0.12
    """How far around its mask a broad op must see, in face widths."""
    marks_ride: bool = True
    """Whether marks that stay move with the skin around them; else the op minds them itself."""
    broad: Callable[[Floats, P, Scene], Floats] | None = None
    fine: Callable[[Floats, P, Scene], Floats] | None = None
    begin: Callable[[Scene], None] | None = None
    """Works out what `broad` asks of the face whatever its colors are by then, and keeps it in
    the scene's memo: the renderer lets it run beside the tools before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heal(Op[P]):
    """Chooses which marks are replaced by skin from around them, at full size."""

    choose: Callable[[P, Scene], tuple[int, ...]]
    """Returns indices into `scene.spots`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand(Op[P]):
    """Works only where somebody painted, on faces and beside them, at the photo's own size."""

    work: Literal["heal", "light", "restore", "matte"]
    """Replaces by texture from beside, scales the light, brings the original back, or says who is
    cut out."""
    stops: Callable[[P], float] | None = None
    """For light: how many stops more (minus: less) where the mask is whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshape(Op[P]):
    """Moves parts of the face; the renderer composes all moves and resamples the photo once."""

    panel: Panel = "reshape"
    move: Callable[[P, Shape], Floats]
    """Returns where every node of the face's grid goes at an amount of +100, in face units."""
    frontal: bool = False
    """Makes no sense on a face seen from the side: fades as the head turns."""
    shade: Paint[P] | None = None
    """Paints the same change in light and shade before anything moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade(Op[P]):
    """Changes light and color of the whole picture, with or without a face in it.

    All functions are pure: linear light of the file's own primaries (height × width × 3, 0..1)
    and where the view lies in, and nothing written on the input. `apply` looks at each pixel
    alone and returns light, 0..1. What looks around a pixel is `gain`: by how much (height ×
    width) the renderer multiplies the light before; or what (height × width × 3) it adds.
    """

    panel: Panel = "adjust"
    apply: Callable[[Floats, P, Place], Floats]
    gain: Callable[[Floats, P, Place], Floats] | None = None
    reach: Callable[[P], float] = lambda _: 0.0
    """How far around a pixel `gain` looks, in widths of the picture (its longer side); 0: it
    is not asked."""
    spares: Callable[[P], float] = lambda _: 0.0
    """How much of their color eyes and teeth keep (0..1), to which the renderer sees."""
    parted: Callable[[P], bool] = lambda _: False
    """Whether `apply` asks for `Place.parts`."""


@dataclass(frozen=True, slots=True)
class Edge:
    """How people are taken off their ground; lengths in widths of the picture."""

    shift: float = 0.0
    """By how much the edge moves outward (minus: inward)."""
    softness: float = 0.0
    """By how much it is blurred."""
    clean: float = 1.0
    """How far the old ground's color is taken out of what mixes with it, 0..1."""
    wrap: float = 0.0
    """How much of the new ground's light falls on the edge, 0..1."""


@dataclass(frozen=True, slots=True)
class Shadow:
    """What people throw on a new ground; lengths in widths of the picture."""

    opacity: float = 0.0
    """How dark the shadow of their outline is, 0..1, of encoded values."""
    distance: float = 0.0
    angle: float = 0.0
    """Where it falls, in degrees: 0 to the right, 90 downward."""
    softness: float = 0.0
    """σ of its blur."""
    contact: float = 0.0
    """How dark it is where they meet what is below them, 0..1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finish(Op[P]):
    """Gives the people another ground, after all other work on the picture's pixels.

    The renderer cuts them out and mixes in linear light; where nothing of the ground is seen the
    pixels are not written.
    """

    panel: Panel = "background"
    edge: Callable[[P], Edge]
    ground: Callable[[P, Place], Floats | None]
    """Returns the new ground's linear light (height × width × 3, 0..1) in the file's primaries;
    None where it is no picture that the op draws."""
    clear: Callable[[P], bool] = lambda _: False
    """Whether there is no ground at all: the picture becomes transparent."""
    blur: Callable[[P], float] = lambda _: 0.0
    """For the old ground out of focus: the radius, in widths of the picture."""
    image: Callable[[P], str | None] = lambda _: None
    """For another picture as ground: its file in base64."""
    shadow: Callable[[P], Shadow] = lambda _: Shadow()
    """What people throw on a ground that is not their own."""
    clean: Callable[[P], tuple[float, float]] = lambda _: (0.0, 0.0)
    """For the real ground, which stays: how far its light is evened, and its marks are taken out,
    0..1. That comes before all work on the whole picture's light."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas(Op[P]):
    """Decides the frame of the finished picture: its size, and where it lies on the photo."""

    panel: Panel = "crop"
    frame: Callable[[P, Size, Sequence[Box]], Framing]
    """Given the picture's size and the boxes of the heads in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery(Op[P]):
    """Decides how large the finished photo is written; the screen shows it as it was."""

    panel: Panel = "upscale"
    size: Callable[[P, Size], tuple[Size, float | None]]
    """Given the size, returns the one wanted, and pixels an inch where that is said."""
    texture: Callable[[P], float]
    """How much of a network's texture is kept where pixels must be made up, 0..1."""


WHOLE: Final = (Grade, Finish, Canvas, Delivery)
"""Kinds of tools for the whole picture: they know no person and no mask."""
AnyOp = (
    Paint[Any]
    | Heal[Any]
    | Hand[Any]
    | Reshape[Any]
    | Grade[Any]
    | Finish[Any]
    | Canvas[Any]
    | Delivery[Any]
)


def painting(op: AnyOp) -> Paint[Any] | None:
    """Return what an op paints, if it does: itself, or the shade of what it moves."""
    if isinstance(op, Reshape):
        return op.shade
    return op if isinstance(op, Paint) else None
