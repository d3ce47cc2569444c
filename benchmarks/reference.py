"""Lend references to portraits and measure what came over, and what was kept.

Run as `python -m benchmarks.reference [--crops FOLDER] [PART …]`: ten pairs of open portraits, by
name, or those whose photo has a PART in its name. For each pair at strength 100:

* **falls**: by how much the sliced Wasserstein distance of colors (CIELAB) to the reference falls
  in hair, clothes and ground, in percent; in brackets the distance before. Places are the
  photo's own, as the parser sees them.
* **skin**: how far lit skin moved: typology angle in degrees, ΔE at its own lightness.
* **lips**: how far lips are from the reference's in a* and b* (ΔE), both beside the bare skin of
  their own face, told on the photo's skin and at one lightness; only where lipstick was lent.
* **fine**: energy of the finest band of L*, after by before: on skin, and on what is behind the
  people, away from their edges and the frame's.
* **steps**: share of neighbors that were no more than 1 of 255 apart, in smooth places, and are
  more than 3 apart afterwards, in millionths: bands. (A step of 1 may become 2 or 3 of a tone
  that got more contrast.) Second, the same near people's edges: where dark hair meets a dark
  ground that turns light, an edge must come.
* **halo**: beside people, ΔE between ground near their edge and ground farther off that had the
  same color before: mean of what the transfer added.
* **moved**: median shift of the landmarks found again, in face widths.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image

import freckle
from benchmarks import measures
from benchmarks.mesh import RGB8, Bools, Floats, face_width
from benchmarks.portraits import folder, photographs
from freckle.analysis.regions import Region
from freckle.api.lending import look_after
from freckle.api.looking import Look
from freckle.looks.drift import shifts
from freckle.looks.reference.transport import distance
from freckle.looks.reference.worn import bare_color, beside
from freckle.looks.reference.zones import ZONES, Zones
from freckle.pixels.color import lab

PAIRS: Final = (
    ("woman_freckles", "woman_hat_scarf"),
    ("woman_hat_scarf", "woman_freckles"),
    ("woman_dark_skin_smile", "fellow_earrings"),
    ("man_glasses_beard", "fellow_warm_light"),
    ("woman_glasses_curly", "synthetic_woman"),
    ("elderly_woman", "woman_mature_makeup"),
    ("woman_mature_makeup", "fellow_dark_pearls"),
    ("fellow_threequarter", "man_lowlight"),
    ("man_lowlight", "fellow_side_light"),
    ("woman_red_curly", "synthetic_woman"),
)
"""Photo, and the reference lent to it."""
LONGEST: Final = 1400
MANY: Final = 2048
NEAR: Final = (2, 9)
"""Pixels from people between which ground is near their edge."""
FAR: Final = (16, 40)
SAME: Final = 3.0
"""ΔE up to which two places of the ground had the same color."""
ENOUGH: Final = 5_000
"""Neighbors in smooth places below which a picture has none to speak of."""
FRAME: Final = 8
"""Pixels of a border that some scans have."""
FINE: Final = 1.2
"""σ of the finest band beside faces, in pixels."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one pair came to."""

    falls: dict[str, tuple[float, float]]
    """Zone → percent by which the distance fell, and the distance before."""
    ita: float
    color: float
    lips: float | None
    fine: tuple[float, float]
    steps: tuple[float, float]
    halo: float
    moved: float

    def __str__(self) -> str:
        """Return one line."""
        falls = "  ".join(f"{z} {f:4.0f} % ({d:4.1f})" for z, (f, d) in self.falls.items())
        lips = "   – " if self.lips is None else f"{self.lips:5.1f}"
        return (
            f"{falls:58}  skin {self.ita:+5.2f}° ΔE {self.color:4.2f}  lips {lips}  fine "
            f"{self.fine[0]:.2f} {self.fine[1]:.2f}  steps {self.steps[0]:3.0f} "
            f"{self.steps[1]:4.0f}  halo "
            f"{self.halo:+5.2f}  moved {self.moved:.4f}"
        )


def opened(root: Path | None, part: str) -> freckle.OpenedPhoto:
    """Open the first portrait whose name has a part in it, reduced."""
    _, picture = next(photographs(root, part))
    scale = min(1.0, LONGEST / max(picture.shape[:2]))
    size = round(picture.shape[1] * scale), round(picture.shape[0] * scale)
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return freckle.from_array(np.ascontiguousarray(small, np.uint8))


def measured(photo: freckle.OpenedPhoto, reference: freckle.OpenedPhoto, look: Look) -> Figures:
    """Measure one pair."""
    before = np.asarray(photo.content.pixels, np.uint8)
    after = np.asarray(look.result.content.pixels, np.uint8)
    person = photo.portrait.people[0]
    (shift,) = shifts(photo.content, look.result.content, [person])
    labs = measures.lab(before), measures.lab(after)
    landmarks = person.face.landmarks.astype(np.float32)
    skin = measures.measuring_skin(labs[0], landmarks)
    again = freckle.from_array(after)
    found = again.portrait.people[0].face.landmarks[:, :2] if again.portrait.people else landmarks
    apart = np.linalg.norm(found[:, :2] - landmarks[:, :2], axis=1)
    people = np.asarray(photo.portrait.matte.alpha, np.float32) / 65535
    edges = outlines(people)
    behind = (people < 0.02) & ~edges
    for side in (0, 1):
        behind = np.swapaxes(behind, 0, side)
        behind[:FRAME] = behind[-FRAME:] = False
        behind = np.swapaxes(behind, 0, side)
    return Figures(
        falls(photo, reference, after),
        shift.ita,
        shift.color,
        lips(photo, reference, again, look),
        (
            measures.texture(*labs, skin, face_width(landmarks))[0],
            _fine(*labs, behind) if behind.mean() > 0.02 else float("nan"),
        ),
        (steps(before, after, ~edges), steps(before, after, edges)),
        halo(*labs, people),
        float(np.median(apart)) / face_width(landmarks),
    )


def falls(
    photo: freckle.OpenedPhoto, reference: freckle.OpenedPhoto, after: RGB8
) -> dict[str, tuple[float, float]]:
    """Return for each zone that both have how far the distance of colors fell, and what it was."""
    own = Zones.of(photo.content, photo.portrait)
    theirs = Zones.of(reference.content, reference.portrait)
    scale = np.sqrt(len(own.colors) / (after.shape[0] * after.shape[1]))
    width = round(after.shape[1] * scale)
    small = cv2.resize(after, (width, len(own.colors) // width), interpolation=cv2.INTER_AREA)
    now = Zones(lab(small.astype(np.float32) / 255).reshape(-1, 3), own.weights)
    found = {}
    for zone, name in enumerate(ZONES):
        if zone and own.has(zone) and theirs.has(zone):
            target = theirs.taken(zone, MANY)
            was, left = (distance(each.taken(zone, MANY), target) for each in (own, now))
            found[name] = 100 * (1 - left / was), was
    return found


def lips(
    photo: freckle.OpenedPhoto,
    reference: freckle.OpenedPhoto,
    again: freckle.OpenedPhoto,
    look: Look,
) -> float | None:
    """Return how far lips are from those of the reference, beside bare skin."""
    if not any(step.edit.op == "lipstick" for step in look.recipe.steps):
        return None
    own = photo.portrait.people[0].regions
    colors = []
    for each in (again, reference):
        against = beside(each.portrait.people[0].regions, Region.LIP_COLOR)
        if against is None:
            return None
        colors.append(lab(bare_color(own.skin, against)[None, None])[0, 0].astype(np.float64))
    (light, *mine), (level, *theirs) = (each.tolist() for each in colors)
    return float(np.hypot(*(np.array(mine) * (level + 16) / (light + 16) - theirs)))


def outlines(people: Floats) -> Bools:
    """Return what is near an edge of people (0..1)."""
    inside = (people > 0.5).astype(np.uint8)
    far = [cv2.distanceTransform(each, cv2.DIST_L2, 5) for each in (inside, 1 - inside)]
    mixed = (people > 0.02) & (people < 0.98)
    return np.asarray(mixed | (np.maximum(*far) < FAR[0]))


def steps(before: RGB8, after: RGB8, where: Bools) -> float:
    """Return how many of a million neighbors in smooth places became a band's edge."""
    old, new = before.astype(np.int16), after.astype(np.int16)
    flat = cv2.blur(np.abs(old - cv2.medianBlur(before, 5)).max(axis=2).astype(np.float32), (7, 7))
    count = bad = 0
    for axis in (0, 1):
        was, now = (np.abs(np.diff(each, axis=axis)).max(axis=2) for each in (old, new))
        here = np.s_[: was.shape[0], : was.shape[1]]
        smooth = (flat[here] < 0.5) & (was <= 1) & where[here]
        count += int(smooth.sum())
        bad += int((smooth & (now > 3)).sum())
    return 1e6 * bad / count if count >= ENOUGH else float("nan")


def halo(before: Floats, after: Floats, people: Floats) -> float:
    """Return by how much ground near people came to differ from ground of the same color."""
    away = cv2.distanceTransform((people < 0.02).astype(np.uint8), cv2.DIST_L2, 5)
    near, far = ((away >= low) & (away <= high) for low, high in (NEAR, FAR))
    side = 2 * FAR[1] + 1
    count = np.maximum(cv2.blur(far.astype(np.float32), (side, side)), 1e-6)[..., None]
    means = [
        cv2.blur(np.ascontiguousarray(each * far[..., None], np.float32), (side, side)) / count
        for each in (before, after)
    ]
    apart = np.linalg.norm(before - means[0], axis=2)
    same: Bools = near & (apart < SAME) & (count[..., 0] > 0.02)
    if same.sum() < 200:
        return float("nan")
    return float((np.linalg.norm(after - means[1], axis=2) - apart)[same].mean())


def _fine(before: Floats, after: Floats, where: Bools) -> float:
    """Return the energy of the finest band of L*, after by before."""
    energy = []
    for each in (before, after):
        level = np.ascontiguousarray(each[..., 0])
        energy.append(float(((level - cv2.GaussianBlur(level, (0, 0), FINE))[where] ** 2).mean()))
    return energy[1] / max(energy[0], 1e-9)


def sheet(photo: freckle.OpenedPhoto, reference: freckle.OpenedPhoto, look: Look) -> RGB8:
    """Return photo, reference and result side by side."""
    shown = []
    for each in (photo.content, reference.content, look.result.content):
        picture = np.asarray(each.pixels, np.uint8)
        scale = 900 / picture.shape[0]
        shown.append(cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    return np.hstack(shown).astype(np.uint8)


def main() -> None:
    """Lend, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", default=[""])
    parser.add_argument("--crops", type=Path, help="where sheets of the pairs are written")
    given = parser.parse_args()
    chosen = [pair for pair in PAIRS if any(part in pair[0] for part in given.parts)]
    everything: list[float] = []
    for name, other in chosen:
        photo, reference = (opened(folder(), part) for part in (name, other))
        look = look_after(photo, reference)
        figures = measured(photo, reference, look)
        everything += [fall for fall, _ in figures.falls.values()]
        print(f"{name[:20]:20} ← {other[:18]:18} {figures}", flush=True)
        if given.crops:
            given.crops.mkdir(parents=True, exist_ok=True)
            Image.fromarray(sheet(photo, reference, look)).save(given.crops / f"{name}.png")
            Image.fromarray(np.asarray(look.result.content.pixels, np.uint8)).save(
                given.crops / f"{name}-result.png"
            )
    reached = sum(fall >= 50 for fall in everything)
    print(f"falls: median {np.median(everything):.0f} %, {reached} of {len(everything)} ≥ 50 %")


if __name__ == "__main__":
    main()
