"""Whether a mesh lies on a human face that can be retouched; if not, why it is left alone.

Detector and mesh also see a face in dogs, owls, cartoons and windows. They are sure of almost every
human one; where they are not, three more witnesses are asked: whether a second mesh, started from
the first one's place, lands on it; whether the network that knows skin from fur and cloth sees a
face all over the mesh; and which way the head is turned.
"""

from enum import StrEnum
from typing import Final, Protocol

from freckle.analysis.faces import SURE, Face
from freckle.analysis.regions import Regions

SMALLEST_RETOUCHED: Final = 40.0
"""Faces narrower than this (pixels) hold no skin detail to work on; they are found, not edited."""
DOUBTED: Final = 0.72
"""Confidence that half of the doubtful ones pass: on 150 animals, toys and drawings it ranged from
.35 to .75, on 260 human faces in unusual pictures from .67 up."""
SKIN: Final = 0.62
"""Share of the oval that the parser takes for a face of doubtful ones: apes and ferrets have bare
skin in the middle of the face only, and reach .2 to .55."""
STEADY: Final = 0.012
"""How far a second mesh moves from the first, in face widths: nine in ten human ones move less,
nine in ten others more."""
WEIGHTS: Final = (10.0, 3.0, 20.0)
"""How much confidence, skin and steadiness count: each about 1 over its usual range."""
MISLED: Final = 0.2
"""Evidence beside the parser's below which it is no human face; above, an old or blurred photo may
have misled the parser."""
HARDLY: Final = 0.3
"""Share of the oval below which the parser sees no face."""
PROFILE: Final = 38.0
"""Yaw in degrees from which detector and mesh, made for faces seen from the front, say little."""
SKIN_IN_PROFILE: Final = 0.45
"""Share of a profile's oval that the parser takes for a face; animals seen so have under .3."""


class Verdict(StrEnum):
    """What was found: a face, or why it is left alone."""

    FACE = "face"
    NOT_HUMAN = "not_human"
    UNCLEAR = "unclear"
    TOO_SMALL = "too_small"
    TURNED = "turned"

    @property
    def reason(self) -> str:
        """Why it is left alone, as the end of a sentence about one face; empty for a face."""
        return REASONS[self][0]

    @property
    def reasons(self) -> str:
        """The same about several."""
        return REASONS[self][1]


REASONS: Final = {
    Verdict.FACE: ("", ""),
    Verdict.NOT_HUMAN: (
        "it does not look like a human face",
        "they do not look like human faces",
    ),
    Verdict.UNCLEAR: (
        "it is not clear that it is a human face",
        "it is not clear that they are human faces",
    ),
    Verdict.TOO_SMALL: ("it is too small", "they are too small"),
    Verdict.TURNED: ("it is turned too far away", "they are turned too far away"),
}


class Seen(Protocol):
    """Somebody to judge; the regions are only asked for where they are needed."""

    @property
    def face(self) -> Face:
        """Where the mesh lies."""

    @property
    def regions(self) -> Regions:
        """What is there."""


def judge(person: Seen) -> Verdict:
    """Return what a mesh lies on.

    Sure faces and tiny ones are judged without a look at the picture; for the others it is parsed,
    as it is for any work on them.
    """
    face = person.face
    if face.scale < SMALLEST_RETOUCHED:
        return Verdict.TOO_SMALL
    if face.confidence >= SURE:
        return Verdict.FACE
    skin = skin_share(person.regions)
    turned = abs(face.pose.yaw) >= PROFILE
    if turned and skin >= SKIN_IN_PROFILE:
        return Verdict.FACE
    if evidence(face, skin) >= 0:
        return Verdict.FACE
    if skin < HARDLY and evidence(face, SKIN) < MISLED:
        return Verdict.NOT_HUMAN
    return Verdict.TURNED if turned else Verdict.UNCLEAR


def evidence(face: Face, skin: float) -> float:
    """Return how much speaks for a human face; 0 where as much speaks against it.

    `skin` is the share of the oval that the parser takes for a face.
    """
    by_confidence, by_skin, by_rest = WEIGHTS
    return (
        by_confidence * (face.confidence - DOUBTED)
        + by_skin * (skin - SKIN)
        + by_rest * (STEADY - face.wander)
    )


def skin_share(regions: Regions) -> float:
    """Return how much of a face's oval the parser takes for a face."""
    oval = regions.fill([regions.oval])
    seen = float((oval * regions.witnessed.face_skin).sum())
    return seen / max(float(oval.sum()), 1.0)
