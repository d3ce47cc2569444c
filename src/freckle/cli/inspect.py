"""`freckle inspect`: who and what is in a photo."""

import json
from dataclasses import replace
from typing import Any

import cv2

from freckle.analysis.masks import regions_of
from freckle.analysis.portrait import Person, analyze
from freckle.analysis.verdict import Verdict
from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import Progress, note, quiet_libraries
from freckle.codec import load
from freckle.photo import Photo
from freckle.report.measure import marks_of


def run(arguments: Arguments) -> int:
    """Print faces, landmarks, skin and marks. Raises `Refusal`."""
    if arguments.threads is not None:
        cv2.setNumThreads(arguments.threads)
    with Progress([("opening", 0.3), ("finding faces", 0.6)]) as progress:
        progress.step()
        photo = load(arguments.input)
        progress.step()
        found = inspected(photo)
    print(json.dumps(found, separators=(",", ":")) if arguments.json else readable(found))
    for warning in photo.warnings:
        note(warning)
    return OK


def inspected(photo: Photo) -> dict[str, Any]:
    """Return what is in a photo as JSON types, in pixels of the upright photo."""
    with quiet_libraries():
        people = analyze(photo).people
    # a copy of each person, so that its frame is let go before the next one is cut
    faces = [face(replace(person), photo) for person in people]
    return {"width": photo.width, "height": photo.height, "faces": faces}


def face(person: Person, photo: Photo) -> dict[str, Any]:
    """Return one face as JSON types; `spots` is empty for faces too small to hold skin detail."""
    seen = person.face
    box = seen.box.clip(photo.width, photo.height)
    if person.large:
        skin, spots = person.scene.regions.skin, marks_of(person.scene)
    else:  # looking for marks where none can be told apart would take most of the time
        skin, spots = regions_of(photo, seen).skin, ()
    return {
        "key": person.key,
        "box": [box.left, box.top, box.width, box.height],
        "confidence": round(seen.confidence, 4),
        "verdict": person.verdict.value,
        "landmarks": [[round(float(x), 2), round(float(y), 2)] for x, y in seen.landmarks[:, :2]],
        "pose": {
            "yaw": round(seen.pose.yaw, 2),
            "pitch": round(seen.pose.pitch, 2),
            "roll": round(seen.pose.roll, 2),
        },
        "skin": {"lab": [round(value, 2) for value in skin.lab], "ita": round(skin.ita, 2)},
        "spots": [
            {
                "x": spot.x,
                "y": spot.y,
                "radius": spot.radius,
                "kind": spot.kind,
                "confidence": spot.confidence,
            }
            for spot in spots
        ],
    }


def _left_alone(verdict: str) -> str:
    reason = Verdict(verdict).reason
    return f"; left alone: {reason}" if reason else ""


def readable(found: dict[str, Any]) -> str:
    """Return the same for people, one line a face."""
    lines = [f"{found['width']} × {found['height']} pixels, {len(found['faces'])} face(s)"]
    for number, each in enumerate(found["faces"], 1):
        x, y, width, height = each["box"]
        pose, skin = each["pose"], each["skin"]
        kinds = [spot["kind"] for spot in each["spots"]]
        marks = ", ".join(f"{kinds.count(kind)} {kind}" for kind in dict.fromkeys(kinds))
        lines.append(
            f"Face {number} ({each['key']}): {width} × {height} px at {x}, {y}; "
            f"confidence {each['confidence']:.2f}; "
            f"yaw {pose['yaw']:.0f}°, pitch {pose['pitch']:.0f}°, roll {pose['roll']:.0f}°; "
            f"skin L* {skin['lab'][0]:.0f}, ITA {skin['ita']:.0f}°; marks: {marks or 'none'}"
            f"{_left_alone(each['verdict'])}"
        )
    return "\n".join(lines)
