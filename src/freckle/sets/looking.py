"""What a set must know of each photo before work: whose faces, which color, and what is amiss."""

from collections.abc import Mapping
from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.faces import Face
from freckle.analysis.masks import regions_of
from freckle.analysis.portrait import Person, Portrait, eight_bit
from freckle.api.photos import OpenedPhoto
from freckle.codec import SaveOptions, encode
from freckle.codec.channels import as_pixels
from freckle.jobs.job import Job
from freckle.jobs.kinds import Context
from freckle.jobs.protocol import Message
from freckle.photo import Photo, Source
from freckle.pixels.color import Floats, lab, to_srgb
from freckle.sets.checks import openings
from freckle.sets.meshed import on_mesh
from freckle.sets.opened import opened
from freckle.sets.slates import codes_in
from freckle.vision.people import identifier

FIVE: Final = (lm.RIGHT_PUPIL, lm.LEFT_PUPIL, lm.NOSE_TIP, *lm.MOUTH_CORNERS)
CHEEKS: Final = (50, 280)
"""Points of the mesh in the middle of each cheek."""
CHEEK: Final = 0.05
"""Widths of the face around them."""
THUMB: Final = (200, 200)
"""Pixels of a thumbnail at most."""
EYES_AT: Final = 160.0
"""Width of the face in pixels at which sharpness is measured; smaller ones tell nothing."""


def look(job: Job, context: Context) -> Message:
    """Look at a photo, at its QR codes if they are asked for (`codes`).

    Marks decided by hand (`flips`) are told by their places on meshes.
    """
    photo = opened(job, context)
    people = [person for person in photo.portrait.people if person.editable]
    flips = job.head.get("flips", [])
    faces = [_face(photo, person, flips) for person in people]
    thumb = _thumb(photo.content) if job.head.get("thumb") else b""
    codes = codes_in(photo.content) if job.head.get("codes") else []
    seen = {"faces": faces, "print": fingerprint(photo.content), "codes": codes}
    return Message(seen, thumb)


def glanced(photo: Photo, portrait: Portrait) -> dict[str, Any]:
    """Return what suggestions need of a photo; nothing that tells people apart."""
    people = [person for person in portrait.people if person.editable]
    faces = [{**_measured(photo, each), "skin": _lightness(photo, each.face)} for each in people]
    return {"print": fingerprint(photo), "light": _light(photo), "faces": faces}


def _measured(photo: Photo, person: Person) -> dict[str, Any]:
    """Return how far the eyes are open, how sharp they are, and whether the head is cut."""
    face, box = person.face, person.face.box
    cut = box.left < 0 or box.top < 0 or box.right > photo.width or box.bottom > photo.height
    return {
        "eyes": round(openings(face)[0], 3),
        "sharp": sharpness(photo, person),
        "cut": cut,
    }


def _lightness(photo: Photo, face: Face) -> float:
    """Return the median L* of the cheeks, beards and cheekbones left out as far as a mesh can."""
    radius = max(2, round(CHEEK * face.scale))
    parts = []
    for x, y in face.landmarks[list(CHEEKS), :2]:
        left, top = max(0, round(x) - radius), max(0, round(y) - radius)
        part = photo.pixels[top : round(y) + radius, left : round(x) + radius]
        parts.append(part.reshape(-1, 3))
    pixels = np.concatenate(parts)[None]
    if pixels.size == 0:
        return 50.0  # a cheek outside the picture tells nothing
    return round(float(np.median(_in_lab(pixels, photo)[..., 0])), 1)


def _light(photo: Photo) -> float:
    """Return the mean L* of the whole picture."""
    small = cv2.resize(photo.pixels, (64, 64), interpolation=cv2.INTER_AREA)
    return round(float(_in_lab(small, photo)[..., 0].mean()), 1)


def _in_lab(pixels: Any, photo: Photo) -> Floats:
    return lab(to_srgb(pixels.astype(np.float32) / np.float32(photo.peak), photo.space))


def _face(photo: OpenedPhoto, person: Person, flips: list[Mapping[str, Any]]) -> dict[str, Any]:
    face, identify = person.face, identifier()
    vector: list[float] = []
    if identify is not None:
        found = identify(eight_bit(photo.content), face.landmarks[list(FIVE), :2])
        vector = [round(float(value), 5) for value in found]
    size = photo.width, photo.height
    marks = [(on_mesh(face, flip["x"] * size[0], flip["y"] * size[1]), flip) for flip in flips]
    regions = person.regions if person.large else regions_of(person.photo, face)
    return {
        **_measured(photo.content, person),
        "key": person.key,
        "vector": vector,
        "color": [round(value, 3) for value in regions.skin.lab],
        "scale": round(face.scale, 1),
        "marks": [
            [*place, flip["action"], _in_widths(flip.get("radius"), photo, face)]
            for place, flip in marks
            if place is not None
        ],
    }


def _in_widths(radius: float | None, photo: OpenedPhoto, face: Face) -> float | None:
    """Return the radius of a spot added by hand in widths of its face."""
    return (
        None if radius is None else round(radius * max(photo.width, photo.height) / face.scale, 5)
    )


def sharpness(photo: Photo, person: Person) -> float | None:
    """Return the share of the eyes' contrast that is finer than their lashes; None if too small.

    Measured at one width of all faces, so that sets with different sizes compare.
    """
    face = person.face
    shrink = EYES_AT / face.scale
    if shrink > 1:
        return None
    eyes = face.landmarks[[*lm.RIGHT_EYE, *lm.LEFT_EYE], :2]
    low, high = eyes.min(axis=0), eyes.max(axis=0)
    pad = 0.04 * face.scale
    left, top = np.maximum(low - pad, 0).astype(int)
    right, bottom = (high + pad).astype(int)
    crop = photo.pixels[top:bottom, left:right]
    if min(crop.shape[:2]) < 8:
        return None
    small = cv2.resize(crop, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    gray = small.astype(np.float32).mean(axis=2)
    fine = gray - cv2.GaussianBlur(gray, (0, 0), 1.0)
    return round(float(fine.std() / max(float(gray.std()), 1e-3)), 4)


def fingerprint(photo: Photo) -> str:
    """Return 64 bits that nearly equal pictures share: which of two neighbors is lighter."""
    gray = cv2.resize(eight_bit(photo), (64, 64), interpolation=cv2.INTER_AREA).mean(axis=2)
    small = cv2.resize(gray.astype(np.float32), (9, 8), interpolation=cv2.INTER_AREA)
    return np.packbits(small[:, 1:] > small[:, :-1]).tobytes().hex()


def _thumb(photo: Photo) -> bytes:
    """Return a small JPEG in sRGB."""
    scale = min(THUMB[0] / photo.width, THUMB[1] / photo.height)
    size = max(1, round(scale * photo.width)), max(1, round(scale * photo.height))
    small = cv2.resize(photo.pixels, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    shown = np.clip(to_srgb(small / np.float32(photo.peak), photo.space), 0, 1)
    pixels = as_pixels(np.rint(255 * shown).astype(np.uint8))
    return encode(Photo(pixels, Source("jpeg", "")), SaveOptions(format="jpeg", quality=85))
