"""Things drawn before faces: a mask, a ball like a microphone, dark lenses, a finger, strands."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np

from freckle.analysis import landmarks as lm
from freckle.analysis.portrait import analyze
from freckle.photo import Photo
from tests.ops.conftest import photo_of


@dataclass(frozen=True)
class Face:
    """Pixels of a photo, the landmarks of its largest face in them, and the face's width."""

    pixels: Any
    points: Any
    unit: float

    @classmethod
    def of(cls, photo: Photo) -> "Face":
        face = analyze(photo).people[0].face
        return cls(photo.pixels, face.landmarks[:, :2], face.scale)

    def covered(self, shape: Any, color: Any) -> tuple[Photo, Any]:
        """The photo with a color over a shape (0..1), and where nothing else shows."""
        soft = cv2.GaussianBlur(shape.astype(np.float32), (0, 0), max(0.003 * self.unit, 0.6))
        mixed = self.pixels * (1 - soft[..., None]) + color * soft[..., None]
        return photo_of((mixed + 0.5).clip(0, 255).astype(np.uint8)), soft > 0.98

    def mask(self, color: tuple[int, int, int] = (215, 228, 238)) -> tuple[Photo, Any]:
        """A face mask from the nose to below the chin."""
        names = (234, 58, 172, 136, 150, 149, 176, 148, 152, 377, 400, 378, 379, 365, 397, 288, 454)
        outline = self.points[[*names, 346, 195, 117]]
        return self.covered(self._filled(outline), self._grained(color))

    def ball(self, radius: float = 0.2) -> tuple[Photo, Any]:
        """A dark ball before the mouth, lit from above left."""
        middle = self.points[[13, 14]].mean(axis=0)
        x, y = self._around((middle[0], middle[1] + 0.05 * self.unit), radius)
        inside = np.hypot(x, y)
        light = 0.5 + 0.7 * np.sqrt(np.clip(1 - inside**2, 0, 1)) * (1 - 0.3 * (x + y))
        return self.covered(inside < 1, self._grained((42, 42, 45)) * light[..., None])

    def lenses(self) -> tuple[Photo, Any]:
        """Sunglasses: two lenses with a bridge."""
        shape = np.zeros(self.pixels.shape[:2], np.uint8)
        for names in (lm.RIGHT_EYE, lm.LEFT_EYE):
            x, y = self.points[list(names)].mean(axis=0)
            axes = round(0.19 * self.unit), round(0.14 * self.unit)
            cv2.ellipse(shape, (round(x), round(y + 0.03 * self.unit)), axes, 0, 0, 360, 1, -1)
        nose = np.round(self.points[168]).astype(int)
        reach = np.array([round(0.06 * self.unit), 0])
        ends = [tuple(int(v) for v in at) for at in (nose - reach, nose + reach)]
        cv2.line(shape, ends[0], ends[1], 1, round(0.03 * self.unit))
        down = np.linspace(12, 40, shape.shape[0])[:, None, None]
        return self.covered(shape, np.broadcast_to(down, self.pixels.shape))

    def finger(self) -> tuple[Photo, Any]:
        """A finger of the face's own skin upright before the lips."""
        start = self.points[[13, 14]].mean(axis=0) - [0, 0.07 * self.unit]
        x, y = self._around(start, 0.045)
        far = np.hypot(x, np.minimum(y, 0))
        cheek = np.round(self.points[205]).astype(int)
        own = self.pixels[cheek[1] - 4 : cheek[1] + 5, cheek[0] - 4 : cheek[0] + 5].mean((0, 1))
        return self.covered(far < 1, own * (1.03 - 0.45 * np.clip(far, 0, 1) ** 3)[..., None])

    def tongue(self) -> tuple[Photo, Any]:
        """A tongue over the lower lip, pink as lips are."""
        middle = self.points[[13, 14]].mean(axis=0)
        x, y = self._around((middle[0], middle[1] + 0.04 * self.unit), 0.085)
        inside = np.hypot(x, np.where(y > 0, y / 1.4, y / 0.7))
        light = 1 - 0.3 * np.clip(np.abs(x), 0, 1) ** 2 - 0.15 * (np.abs(x) < 0.07)
        return self.covered(inside < 1, self._grained((205, 105, 110)) * light[..., None])

    def strands(self, toward: int) -> tuple[Photo, Any]:
        """Four dark hairs that fall across a landmark."""
        shape = np.zeros(self.pixels.shape[:2], np.uint8)
        down = np.linspace(-0.3, 0.3, 30)
        for k, start in enumerate((-0.06, -0.02, 0.02, 0.07)):
            across = start + 0.06 * (down + 0.3) ** 2 * (-1) ** k
            line = self.points[toward] + self.unit * np.column_stack([across, down])
            width = max(2, round(0.008 * self.unit))
            cv2.polylines(shape, [np.round(line).astype(np.int32)], False, 1, width, cv2.LINE_8)
        mixed = self.pixels.copy()
        mixed[shape > 0] = (34, 25, 20)
        return photo_of(cv2.GaussianBlur(mixed, (0, 0), 0.5)), shape > 0

    def _around(self, place: Any, radius: float) -> tuple[Any, Any]:
        """How far each pixel is from a place, in radii (face widths)."""
        height, width = self.pixels.shape[:2]
        x = (np.arange(width) - place[0])[None] / (radius * self.unit)
        y = (np.arange(height) - place[1])[:, None] / (radius * self.unit)
        return np.broadcast_to(x, (height, width)), np.broadcast_to(y, (height, width))

    def _filled(self, outline: Any) -> Any:
        shape = np.zeros(self.pixels.shape[:2], np.uint8)
        cv2.fillPoly(shape, [np.round(outline).astype(np.int32)], 1)
        return shape

    def _grained(self, color: Any) -> Any:
        grain = np.random.default_rng(3).normal(0, 3, (*self.pixels.shape[:2], 1))
        return np.array(color, float) + grain
