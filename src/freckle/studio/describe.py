"""What was found in a photo and what was changed, for people to look at."""

import time
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.grown import spot_at
from freckle.analysis.matte import PEAK
from freckle.analysis.portrait import Person, Portrait
from freckle.photo import Photo, Pixels
from freckle.pixels.filters import gaussian, smoothstep
from freckle.render.frame import head_of
from freckle.render.painting import GivenUp, Stopped
from freckle.report.figures import Report
from freckle.report.heatmap import SEEN, TOP, difference
from freckle.report.pictures import fitting, reduced, to_bytes
from freckle.studio.screen import Screen

PART_S: Final = 0.8
"""Seconds after which a part of a crowd is told."""
DIMMED: Final = 0.5
"""Brightness of the gray photo under the heat."""
UNSURE: Final = (255, 0, 170)
"""The tint of unsure edges: a color that neither skin nor hair has."""
MIXED: Final = 0.002
"""σ over which mixing counts, in widths of the picture."""


def describe(
    portrait: Portrait,
    given_up: GivenUp = lambda: False,
    *,
    quick: bool = False,
    known: int | None = None,
) -> dict[str, Any]:
    """Return faces, heads and marks as JSON, in pixels of the upright photo; `quick` without marks.

    The largest faces come first. With `known`, so many are left out, and of the others come as many
    as are ready in `PART_S`, one at least. `to_face` (2 × 3) maps pixels to the units of strokes
    that lie on a face. Raises `Stopped` between two people; what was found until then is kept.
    """
    faces: list[dict[str, Any]] = []
    started = time.monotonic()
    for person in portrait.people[known or 0 :]:
        if faces and known is not None and time.monotonic() - started > PART_S:
            break
        if given_up():
            raise Stopped
        faces.append(_face(person, quick=quick))
    return {"faces": faces, "people": len(portrait.people)}


def _face(person: Person, *, quick: bool) -> dict[str, Any]:
    face = person.face
    box, head = face.box, head_of(person)
    found: dict[str, Any] = {
        "key": person.key,
        "box": [box.left, box.top, box.width, box.height],
        "head": [head.left, head.top, head.width, head.height],
        "confidence": round(face.confidence, 4),
        "pose": {"yaw": face.pose.yaw, "pitch": face.pose.pitch, "roll": face.pose.roll},
        "editable": person.editable,
        "verdict": person.verdict.value,
        "to_face": face.to_units.matrix.tolist(),
        "landmarks": [[round(float(x), 1), round(float(y), 1)] for x, y, *_ in face.landmarks],
        "skin": None,
        "colorless": False,
        "spots": [],
    }
    if person.large and not quick:
        lightness, a, b = person.scene.regions.skin.lab
        found["skin"] = {"lightness": lightness, "a": a, "b": b}
        found["colorless"] = person.scene.regions.colorless
        found["spots"] = _spots(person)
    return found


def _spots(person: Person) -> list[dict[str, Any]]:
    scene = person.scene
    to_photo = scene.frame.to_photo
    places = np.array([[spot.x, spot.y] for spot in scene.spots], np.float32).reshape(-1, 2)
    return [
        {
            "id": f"{person.key}/{number}",
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "radius": round(float(spot.radius * to_photo.scale), 1),
            "kind": spot.kind,
            "confidence": round(spot.confidence, 3),
            "doubt": spot.doubt if spot.suggested else None,
            "post_acne": spot.post_acne,
        }
        for number, (spot, (x, y)) in enumerate(zip(scene.spots, to_photo(places), strict=True))
    ]


def spot_in(portrait: Portrait, x: float, y: float) -> dict[str, Any] | None:
    """Return place and radius of the spot at a place of the photo, in its pixels; None off skin."""
    for person in portrait.people:
        box = person.scene.frame.box if person.large else None
        if box is None or not (box.left <= x < box.right and box.top <= y < box.bottom):
            continue
        to_photo = person.scene.frame.to_photo
        place = to_photo.inverse()(np.array([[x, y]], np.float32))[0]
        found = spot_at(person.regions, float(place[0]), float(place[1]))
        if found is not None:
            middle = to_photo(np.array([found[:2]], np.float32))[0]
            return {
                "x": round(float(middle[0]), 1),
                "y": round(float(middle[1]), 1),
                "radius": round(found[2] * to_photo.scale, 2),
            }
    return None


def heat(before: Photo, after: Photo, size: int) -> Screen:
    """Draw the change of every place in the report's colors, longer side at `size`."""
    fitted = fitting(before, (size, size))
    share = np.clip(difference(before, after, fitted) / np.float32(TOP), 0, 1)
    steps = np.asarray(np.rint(255 * np.sqrt(share)), np.uint8)
    colors = cv2.applyColorMap(steps, cv2.COLORMAP_INFERNO)[..., ::-1]
    gray = to_bytes(reduced(before, fitted)).mean(axis=2, keepdims=True) * np.float32(DIMMED)
    cover = smoothstep(*SEEN, share * np.float32(TOP))[..., None]
    return np.asarray(np.rint(gray + cover * (colors - gray)), np.uint8)


def mixing(alpha: Pixels) -> Screen:
    """Return where an alpha (height × width, 0..65535) is neither, as a tint with transparency.

    A sharp edge is hardly seen; hair, fur and what is out of focus are.
    """
    own = alpha.astype(np.float32) / np.float32(PEAK)
    mixed = gaussian(4 * own * (1 - own), MIXED * max(alpha.shape))
    cover = np.clip(np.float32(2 * 255) * mixed, 0, 230)
    tint = np.empty((*alpha.shape, 4), np.uint8)
    tint[..., :3], tint[..., 3] = UNSURE, np.rint(cover)
    return tint


def summary(report: Report) -> dict[str, Any]:
    """Return a report as JSON, with one figure each for the whole photo in front.

    `texture_kept` is a share 0..1, `tone_shift` in L* of the face that moved most; both are None
    where no face was retouched.
    """
    faces = [face for face in report.faces if face.retouched]
    kept = [face.texture.kept for face in faces if face.texture.kept is not None]
    shifts = [face.tone.lightness for face in faces if face.tone.lightness is not None]
    counts = [count for face in report.faces for count in face.counts.values()]
    return {
        "texture_kept": round(sum(kept) / len(kept) / 100, 4) if kept else None,
        "tone_shift": max(shifts, key=abs) if shifts else None,
        "healed": sum(count.healed for count in counts),
        "kept": sum(count.kept for count in counts),
        **report.to_plain(),
    }
