"""`freckle inspect`: who and what is in a photo."""

import json
from dataclasses import replace
from typing import Any

import cv2

from freckle.analysis.verdict import Verdict
from freckle.api.face import FoundFace
from freckle.api.photos import OpenedPhoto, open_photo
from freckle.cli.deadline import deadline
from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import Progress, note, quiet_libraries


def run(arguments: Arguments) -> int:
    """Print faces, landmarks, skin and marks. Raises `Refusal`."""
    if arguments.threads is not None:
        cv2.setNumThreads(arguments.threads)
    with Progress([("opening", 0.3), ("finding faces", 0.6)]) as progress:
        progress.step()
        with deadline():
            photo = open_photo(arguments.input)
        progress.step()
        found = inspected(photo)
    print(json.dumps(found, separators=(",", ":")) if arguments.json else readable(found))
    for warning in photo.warnings:
        note(warning)
    return OK


def inspected(photo: OpenedPhoto) -> dict[str, Any]:
    """Return what is in a photo as JSON types, in pixels of the upright photo."""
    with quiet_libraries():
        faces = photo.faces
    # a copy of each person, so that its frame is let go before the next one is cut
    plain = [FoundFace(face.number, replace(face.person)).to_plain() for face in faces]
    return {"width": photo.width, "height": photo.height, "faces": plain}


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
