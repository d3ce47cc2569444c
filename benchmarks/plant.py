"""Draw marks on real skin whose truth is known: pimples, freckles, moles, what acne leaves.

Drawn as absorption: linear light is multiplied by exp(−amplitude · profile · direction), so pores,
shading and noise of the skin show through as they do through a real mark. Directions are those of
haemoglobin and melanin in −ln linear RGB.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

import cv2
import numpy as np
import numpy.typing as npt

from benchmarks.measures import band, blur, lab, measuring_skin
from benchmarks.mesh import RGB8, Bools, Floats, face_width, grow

Kind = Literal["pimple", "freckle", "mole", "post_acne"]


@dataclass(frozen=True, slots=True)
class Nature:
    """What marks of one kind have in common; ranges are low and high ends."""

    direction: tuple[float, float, float]
    radius: tuple[float, float]
    """Share of the face's width."""
    amplitude: tuple[float, float]
    softness: float
    """Half width of the edge in radii."""


NATURES: Final[dict[Kind, Nature]] = {
    "pimple": Nature((0.05, 0.42, 0.38), (0.008, 0.016), (0.8, 1.2), 0.60),
    "freckle": Nature((0.20, 0.32, 0.46), (0.004, 0.008), (0.8, 1.2), 0.45),
    "mole": Nature((0.75, 0.95, 1.05), (0.005, 0.010), (0.8, 1.1), 0.30),
    "post_acne": Nature((0.14, 0.33, 0.40), (0.009, 0.018), (0.8, 1.2), 0.80),
}
REACH: Final = 1.6
"""Radii beyond which no mark has any effect, whatever its outline."""

ONE_WAY: Final = 0.4
"""Coherence of what is fine from which it is no calm skin."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One planted mark, in pixels of the photo."""

    kind: Kind
    x: float
    y: float
    radius: float
    amplitude: float
    stretch: float
    """Long axis / short axis, their geometric mean is `radius`."""
    angle: float
    wobble: tuple[float, float]
    """Phases of the outline's second and third harmonic."""

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Mix:
    """How many marks of which kinds a variant holds."""

    name: str
    counts: tuple[tuple[Kind, int], ...]
    touching: bool = False
    """Whether marks come in pairs that overlap by a third instead of standing apart."""


PIMPLES: Final = Mix("pimples", (("pimple", 36),))
FRECKLES: Final = Mix("freckles", (("freckle", 36),))
MIXED: Final = Mix("mixed", (("pimple", 16), ("freckle", 14), ("mole", 8)))
TOUCHING: Final = Mix("touching", (("pimple", 16), ("freckle", 14), ("mole", 6)), touching=True)
POST_ACNE: Final = Mix("post acne", (("post_acne", 24),))
MIXES: Final = (PIMPLES, FRECKLES, MIXED, TOUCHING, POST_ACNE)


def calm_skin(picture: Floats, landmarks: Floats) -> Bools:
    """Measuring skin (of a Lab picture) of low local energy, away from its borders.

    Energy is the local mean square of G(.003 fw) − G(.025 fw) of Lab. At most the calmer 70 % stay,
    and nothing over three times the calmest quarter's: no beard, no deep fold. Where what is fine
    runs one way there are strands of a fringe, a rim or the crease of a nose's wing, of whatever
    color.
    """
    fw = face_width(landmarks)
    skin = measuring_skin(picture, landmarks)
    # Single outlying pixels (specks, real marks) are no border to keep away from.
    filled = grow(grow(skin, 0.006 * fw), -0.006 * fw)
    inner = grow(filled, -0.022 * fw) & skin
    if not inner.any():
        return inner
    detail, factor = band(picture, 0.003 * fw, 0.025 * fw)
    small = blur((detail**2).sum(axis=-1), 0.012 * fw / factor)
    energy = np.asarray(cv2.resize(small, skin.shape[::-1], interpolation=cv2.INTER_LINEAR))
    quiet, most = np.quantile(energy[inner], [0.25, 0.7])
    calm = inner & (energy <= min(3 * quiet, most))
    strands = _one_way(picture[..., 0], fw) > ONE_WAY
    return np.asarray(calm & ~grow(strands, 0.01 * fw))


def _one_way(light: Floats, fw: float) -> Floats:
    """Return how far fine detail of L* runs one way around each place, 0..1.

    Coherence of the structure tensor (Bigün and Granlund 1987), over σ = .02 fw: pores have
    about .2, hair more than .5.
    """
    fine = blur(light, max(0.7, 0.002 * fw)) - blur(light, 0.012 * fw)
    across, down = (cv2.Sobel(fine, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    tensor = blur(np.dstack([across * across, down * down, across * down]), 0.02 * fw)
    level, upright, both = np.moveaxis(tensor, -1, 0)
    apart = np.hypot(level - upright, 2 * both)
    return np.asarray(apart / np.maximum(level + upright, 1e-6), np.float32)


def choose(picture: Floats, landmarks: Floats, mix: Mix, seed: int) -> list[Mark]:
    """Place a variant's marks on calm skin; the same seed gives the same marks.

    `picture` is the Lab of the unplanted photo. On little calm skin fewer fit, in the mix's
    proportions as far as they go.
    """
    rng = np.random.default_rng(seed)
    fw = face_width(landmarks)
    spots = np.argwhere(calm_skin(picture, landmarks))
    if len(spots) == 0:
        return []
    order: list[Kind] = [kind for kind, count in mix.counts for _ in range(count)]
    marks: list[Mark] = []
    for k, index in enumerate(rng.permutation(len(order))):
        partner = marks[-1] if mix.touching and k % 2 and marks else None
        mark = _place(rng, order[index], fw, spots, marks, partner)
        if mark is not None:
            marks.append(mark)
    return marks


def _place(
    rng: np.random.Generator,
    kind: Kind,
    fw: float,
    spots: npt.NDArray[np.int64],
    marks: list[Mark],
    partner: Mark | None,
) -> Mark | None:
    """Try places until one keeps clear of all other marks (or touches just its partner)."""
    nature = NATURES[kind]
    radius = fw * rng.uniform(*nature.radius)
    others = [m for m in marks if m is not partner]
    for _ in range(400):
        if partner is None:
            row, column = spots[rng.integers(len(spots))]
            x, y = column + rng.uniform(), row + rng.uniform()
        else:
            way, apart = rng.uniform(0, 2 * np.pi), 0.85 * (radius + partner.radius)
            x, y = partner.x + apart * np.cos(way), partner.y + apart * np.sin(way)
        if all(_apart(x, y, radius, other) for other in others):
            amplitude = rng.uniform(*nature.amplitude)
            phases = float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(0, 2 * np.pi))
            stretch, angle = float(rng.uniform(1, 1.35)), float(rng.uniform(0, np.pi))
            place = float(x), float(y), float(radius)
            return Mark(kind, *place, float(amplitude), stretch, angle, phases)
    return None


def _apart(x: float, y: float, radius: float, other: Mark) -> bool:
    """Whether neither mark reaches the other's ring."""
    distance = float(np.hypot(x - other.x, y - other.y))
    small, large = sorted((radius, other.radius))
    return distance >= 2.8 * large + REACH * small


def profile(mark: Mark, shape: tuple[int, int], left: int, top: int) -> Floats:
    """Depth 0..1 of a mark in a box of `shape` whose corner is at (left, top)."""
    height, width = shape
    dx = np.arange(width, dtype=np.float32) + np.float32(left + 0.5 - mark.x)
    dy = np.arange(height, dtype=np.float32)[:, None] + np.float32(top + 0.5 - mark.y)
    cos, sin = np.cos(mark.angle), np.sin(mark.angle)
    long = (dx * cos + dy * sin) / np.sqrt(mark.stretch)
    short = (dy * cos - dx * sin) * np.sqrt(mark.stretch)
    way = np.arctan2(short, long)
    outline = 1 + 0.05 * np.sin(2 * way + mark.wobble[0]) + 0.05 * np.sin(3 * way + mark.wobble[1])
    distance = np.hypot(long, short) / (mark.radius * outline)
    soft = NATURES[mark.kind].softness
    t = np.clip((1 + soft - distance) / (2 * soft), 0, 1)
    return np.asarray(t * t * (3 - 2 * t), np.float32)


def draw(photo: RGB8, marks: list[Mark]) -> RGB8:
    """Return the photo with marks; pixels that no mark reaches stay identical."""
    planted = photo.copy()
    light = _decode(np.arange(256, dtype=np.float32) / np.float32(255))
    for mark in marks:
        reach = int(np.ceil(REACH * 1.2 * mark.radius)) + 1
        top, left = max(0, int(mark.y) - reach), max(0, int(mark.x) - reach)
        part = planted[top : int(mark.y) + reach + 1, left : int(mark.x) + reach + 1]
        depth = mark.amplitude * profile(mark, (part.shape[0], part.shape[1]), left, top)
        direction = np.array(NATURES[mark.kind].direction, np.float32)
        darker = light[part] * np.exp(-depth[..., None] * direction)
        encoded = np.round(255 * _encode(darker)).astype(np.uint8)
        part[...] = np.where(depth[..., None] > 0, encoded, part)
    return planted


def planted(photo: RGB8, landmarks: Floats, mix: Mix, seed: int = 0) -> tuple[RGB8, list[Mark]]:
    """Return a photo with a variant's marks on it, and the marks."""
    marks = choose(lab(photo), landmarks, mix, seed)
    return draw(photo, marks), marks


def _decode(encoded: Floats) -> Floats:
    low = encoded / np.float32(12.92)
    return np.where(encoded <= 0.04045, low, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _encode(light: Floats) -> Floats:
    high = 1.055 * np.maximum(light, 1e-8) ** (1 / 2.4) - 0.055
    return np.where(light <= 0.0031308, 12.92 * light, high).astype(np.float32)
