"""What a report says. The field names are stable: scripts read them as JSON."""

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from freckle.analysis.spot import Kind
from freckle.analysis.verdict import Verdict
from freckle.ops.op import Panel
from freckle.render.clean import Cleaned

WorkKind = Literal["skin", "light", "makeup", "shape", "hand", "picture"]
"""What a tool changes; "picture" is light and color of the whole picture."""
FORMAT: Final = 1
"""Rises when a field changes its name or meaning."""


@dataclass(frozen=True, slots=True)
class Band:
    """Energy of L* on the skin after / before, between two sizes of detail."""

    sigma: float
    """The finer size, in face widths; the coarser one is its double."""
    energy: float | None
    """1 is unchanged, below 1 is lost, above 1 is added; None where nothing can be measured."""


@dataclass(frozen=True, slots=True)
class Texture:
    """What is left of pores, fine lines and grain on skin outside healed marks."""

    kept: float | None
    """Percent of the original's own fine contrast that is still there; noise does not count."""
    least: float | None
    """The same in the patch that lost most."""
    least_where: str | None
    honesty: float | None
    """Correlation of fine contrast before and after: 1 is the same pores, 0 others."""
    bands: tuple[Band, ...]


@dataclass(frozen=True, slots=True)
class Tone:
    """How the mean skin color moved; angles in degrees. None for hue and ITA without color."""

    lightness: float | None
    hue: float | None
    ita: float | None


@dataclass(frozen=True, slots=True)
class Blotch:
    """Deviation of a* and b* in patches of .01 to .055 face widths, after / before."""

    a: float | None
    b: float | None
    reduction: float | None
    """Percent of the patchiness of both that is gone; negative if there is more."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark, in pixels of the upright photo."""

    kind: Kind
    x: float
    y: float
    radius: float
    confidence: float
    healed: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many marks of a kind went and stayed."""

    healed: int
    kept: int


@dataclass(frozen=True, slots=True)
class Strongest:
    """The place of the largest change, in pixels of the upright photo."""

    x: float
    y: float
    delta_e: float
    """CIE 1976; 2.3 is just noticeable (Mahy 1994)."""
    where: str


@dataclass(frozen=True, slots=True)
class Changed:
    """One tool that changed a face or the whole picture, and how far."""

    op: str
    label: str
    panel: Panel
    kind: WorkKind
    delta_e: float | None
    """Mean ΔE (CIE 1976) over the places that it changed; None for what moves or restores."""
    moved: float | None
    """Largest movement of a landmark in percent of the face's width; None for what only paints."""


@dataclass(frozen=True, slots=True)
class Unpainted:
    """Makeup that was asked for and is not on features that something covers."""

    op: str
    label: str
    covered: tuple[str, ...]
    """"lips", "left eye", "right eye"."""
    whole: bool
    """Whether nothing of it is on the face; else it is on the other eye."""


@dataclass(frozen=True, slots=True)
class FaceFigures:
    """What happened to one face."""

    key: str
    box: tuple[int, int, int, int]
    """Left, top, width and height in the upright photo."""
    retouched: bool
    """False: too small, not chosen, or nothing to do; all figures are then those of no change."""
    texture: Texture
    tone: Tone
    blotch: Blotch
    counts: dict[Kind, Count]
    healed: tuple[Mark, ...]
    kept: tuple[Mark, ...]
    strongest: Strongest | None
    changed: tuple[Changed, ...] = ()
    """The tools that worked on the face, in their order."""
    verdict: Verdict = Verdict.FACE
    """"face", or why it is left alone unless it is asked for by name."""
    unpainted: tuple[Unpainted, ...] = ()


@dataclass(frozen=True, slots=True)
class Stop:
    """A slider that the natural lock holds at another value than was asked for."""

    op: str
    param: str
    label: str
    asked: float
    held: float


@dataclass(frozen=True, slots=True)
class Report:
    """What happened to a photo."""

    width: int
    height: int
    digest: str
    """SHA-256 of the original file."""
    natural_lock: bool
    skin_tone_lock: bool
    stopped: tuple[Stop, ...]
    faces: tuple[FaceFigures, ...]
    recipe: dict[str, Any]
    notices: tuple[str, ...] = ()
    """Sentences that people should read: who was left alone and why, what was not painted."""
    changed: tuple[Changed, ...] = ()
    """The tools that worked on the whole picture, after the faces: these are measured before."""
    cleaned: Cleaned | None = None
    """What cleaning the real ground did, and that it did nothing to people; None: it was not."""
    disclosure: str = ""
    """What was done, in one plain line."""
    format: int = FORMAT

    def to_plain(self) -> dict[str, Any]:
        """Return the report as JSON types."""
        return asdict(self)
