"""A face that was found in a photo."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from freckle.analysis.masks import regions_of
from freckle.analysis.portrait import Person
from freckle.analysis.pose import Pose
from freckle.analysis.skin import Skin
from freckle.analysis.verdict import Verdict
from freckle.geometry import Points
from freckle.report.figures import Mark


@dataclass(frozen=True, eq=False, repr=False)
class FoundFace:
    """One face, in pixels of the upright photo; what takes time is worked out when asked for."""

    number: int
    """1 is the largest face."""
    person: Person

    def __repr__(self) -> str:
        """Say which face it is and where it lies."""
        left, top, width, height = self.box
        return f"<face {self.number} ({self.key}), {width} × {height} at {left}, {top}>"

    @property
    def key(self) -> str:
        """The name of this face in recipes; the same whenever this photo is opened."""
        return self.person.key

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, width and height, inside the photo."""
        photo = self.person.photo
        box = self.person.face.box.clip(photo.width, photo.height)
        return box.left, box.top, box.width, box.height

    @property
    def confidence(self) -> float:
        """How sure detector and mesh are, 0..1."""
        return self.person.face.confidence

    @property
    def landmarks(self) -> Points:
        """A copy of the 478 points of the mesh, x and y (float32), numbered as MediaPipe does."""
        return self.person.face.landmarks[:, :2].copy()

    @property
    def pose(self) -> Pose:
        """Yaw, pitch and roll of the head in degrees."""
        return self.person.face.pose

    @property
    def verdict(self) -> Verdict:
        """Face, or why it is left alone: not_human, unclear, too_small, turned."""
        return self.person.verdict

    @property
    def retouched(self) -> bool:
        """Whether the face is retouched without being included by name."""
        return self.person.editable

    @cached_property
    def skin(self) -> Skin:
        """This person's skin: its median `lab` (CIELAB) and its `ita` in degrees, among others."""
        if self.person.large:
            return self.person.scene.regions.skin
        return regions_of(self.person.photo, self.person.face).skin

    @cached_property
    def marks(self) -> tuple[Mark, ...]:
        """Blemishes, freckles, moles and scars, strongest first; none on too small a face."""
        if not self.person.large:
            return ()  # looking where none can be told apart would take most of the time
        from freckle.report.measure import marks_of  # noqa: PLC0415 - only when asked for

        return marks_of(self.person.scene)

    def to_plain(self) -> dict[str, Any]:
        """Return the face as JSON types, as `freckle inspect --json` prints it."""
        return {
            "key": self.key,
            "box": list(self.box),
            "confidence": round(self.confidence, 4),
            "verdict": self.verdict.value,
            "landmarks": [[round(float(x), 2), round(float(y), 2)] for x, y in self.landmarks],
            "pose": {
                "yaw": round(self.pose.yaw, 2),
                "pitch": round(self.pose.pitch, 2),
                "roll": round(self.pose.roll, 2),
            },
            "skin": {
                "lab": [round(value, 2) for value in self.skin.lab],
                "ita": round(self.skin.ita, 2),
            },
            "spots": [
                {
                    "x": mark.x,
                    "y": mark.y,
                    "radius": mark.radius,
                    "kind": mark.kind,
                    "confidence": mark.confidence,
                }
                for mark in self.marks
            ],
        }
