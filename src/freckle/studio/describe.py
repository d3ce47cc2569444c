"""What was found in a photo and what was changed, for people to look at."""

from typing import Any, Final

import cv2
import numpy as np

from freckle.analysis.portrait import Person, Portrait
from freckle.codec.channels import as_pixels
from freckle.photo import Photo, Pixels
from freckle.studio.pyramid import Pyramid, View
from freckle.studio.screen import Screen

FULL_HEAT: Final = 16.0
"""Change (in 8-bit steps, mean of the channels) that is shown as hottest."""


def describe(portrait: Portrait) -> dict[str, Any]:
    """Return faces and marks as JSON, in pixels of the upright photo."""
    return {"faces": [_face(person) for person in portrait.people]}


def _face(person: Person) -> dict[str, Any]:
    face = person.face
    box = face.box
    found: dict[str, Any] = {
        "key": person.key,
        "box": [box.left, box.top, box.width, box.height],
        "confidence": round(face.confidence, 4),
        "pose": {"yaw": face.pose.yaw, "pitch": face.pose.pitch, "roll": face.pose.roll},
        "editable": person.editable,
        "landmarks": [[round(float(x), 1), round(float(y), 1)] for x, y, *_ in face.landmarks],
        "skin": None,
        "spots": [],
    }
    if person.editable:
        lightness, a, b = person.scene.regions.skin.lab
        found["skin"] = {"lightness": lightness, "a": a, "b": b}
        found["spots"] = _spots(person)
    return found


def _spots(person: Person) -> list[dict[str, Any]]:
    scene = person.scene
    to_photo = scene.frame.to_photo
    places = np.array([[spot.x, spot.y] for spot in scene.spots], np.float32).reshape(-1, 2)
    return [
        {
            "id": number,
            "x": round(float(x), 1),
            "y": round(float(y), 1),
            "radius": round(float(spot.radius * to_photo.scale), 1),
            "kind": spot.kind,
            "confidence": round(spot.confidence, 3),
        }
        for number, (spot, (x, y)) in enumerate(zip(scene.spots, to_photo(places), strict=True))
    ]


def heat(before: Photo, after: Photo, size: int) -> Screen:
    """Draw the change of every place: dark gray picture, warm where it changed."""
    scale = min(1.0, size / max(before.width, before.height))
    width, height = max(1, round(before.width * scale)), max(1, round(before.height * scale))
    view = View(0, 0, before.width, before.height, width, height)
    pyramid = Pyramid(before.pixels)
    cut = pyramid.cut(view, exact=False)
    small = pyramid.picture(cut).astype(np.float32) * np.float32(255 / before.peak)
    changed = Pyramid(_difference(before, after)).picture(cut).astype(np.float32)
    strength = np.clip(changed * np.float32(255 / before.peak / FULL_HEAT), 0, 1)
    steps = np.asarray(np.rint(255 * strength), np.uint8)
    colors = cv2.applyColorMap(steps, cv2.COLORMAP_INFERNO)[..., ::-1]
    gray = small.mean(axis=2, keepdims=True) * np.float32(0.45)
    mix = np.minimum(2 * strength, 1)[..., None]
    return np.asarray(np.rint(gray + mix * (colors - gray)), np.uint8)


def _difference(before: Photo, after: Photo) -> Pixels:
    """Mean absolute change of the channels, height × width, in the photo's dtype."""
    changed = cv2.absdiff(before.pixels, after.pixels)
    third = np.full((1, 3), 1 / 3, np.float32)
    return as_pixels(cv2.transform(changed, third))
