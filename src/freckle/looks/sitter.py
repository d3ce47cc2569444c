"""A portrait a few dozen pixels wide, on which looks are tried before any of them is drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

import numpy as np

from freckle.analysis.portrait import Portrait
from freckle.geometry import Points
from freckle.ops.op import Params
from freckle.photo import Photo
from freckle.pixels.color import SRGB, Floats, hex_values, lab, srgb_decode, srgb_encode, to_srgb
from freckle.pixels.filters import central, layers, smoothstep
from freckle.pixels.lamp import Lamp
from freckle.pixels.place import Place
from freckle.recipe.recipe import Recipe, Step
from freckle.render.grade import grades_of
from freckle.render.pyramid import resize

SIDE: Final = 40
"""Pixels of the longer side."""
HEAD: Final = (0.62, 0.88, -0.12)
"""Half axes of a head with hair and how far its middle lies below the face's, in face widths."""
FACE: Final = (0.48, 0.68)
"""Half axes of what the mesh covers."""
CAST: Final = 0.6
"""Share of the light that is left to itself where a hard lamp grazes: noses and brows throw
shadows that so small a head does not have."""


@dataclass(frozen=True, slots=True, eq=False)
class Sitter:
    """Who sits for a look: colors of a portrait, and a head as round as heads are.

    Relief and outlines are ellipsoids at the places of the faces. That is enough to tell how far
    two looks are apart, in a thousandth of the time that drawing them takes.
    """

    light: Floats
    """Linear light of sRGB (height × width × 3)."""
    person: Floats
    """Where people are (height × width, 0..1)."""
    face: Floats
    """Where their faces are."""
    normals: Floats
    """To the right, upward, to the camera (height × width × 3)."""

    @classmethod
    def of(cls, photo: Photo, portrait: Portrait) -> Self:
        """Return a photo with its people, seen from far away."""
        scale = SIDE / max(photo.width, photo.height)
        size = max(1, round(photo.width * scale)), max(1, round(photo.height * scale))
        small = resize(photo.pixels, size).astype(np.float32) / np.float32(photo.peak)
        heads = [_head(person.face.landmarks, scale) for person in portrait.people]
        return cls(srgb_decode(to_srgb(small, photo.space)), *_shaped(heads, size))

    @classmethod
    def usual(cls) -> Self:
        """Return a usual portrait for where there is no photo."""
        values = np.array([[USUAL[letter] for letter in row] for row in ROWS], np.float32)
        small = values.repeat(SHARP, axis=0).repeat(SHARP, axis=1)
        size = small.shape[1], small.shape[0]
        middle = len(ROWS[0]) * SHARP / 2, 5.4 * SHARP, 5.6 * SHARP
        return cls(srgb_decode(small), *_shaped([middle], size))

    def drawn(self, steps: Sequence[Step]) -> Floats:
        """Return about what a look's light, ground and colors make of it (CIELAB).

        Makeup, finish, grain and rims are too fine to be seen from here.
        """
        light = self.light
        for step in steps:
            if step.edit.op == "relight":
                light = light * layers(self._lit(step.edit))
        size = light.shape[1], light.shape[0]
        place = Place(size, (0, 0, *size), size, SRGB)
        for graded in grades_of(Recipe(steps=tuple(s for s in steps if s.edit.op != "grain"))):
            light = graded(light, graded.gain(light, place), place)
        for step in steps:
            if step.edit.op == "background":  # which no grade colors
                light = self._before(light, step.edit)
        return lab(srgb_encode(np.clip(light, 0, 1)))

    def packed(self) -> tuple[int, int, bytes]:
        """Return width, height and bytes for another process."""
        parts = (self.light, self.person[..., None], self.face[..., None], self.normals)
        height, width = self.person.shape
        return width, height, np.concatenate(parts, axis=2).astype("<f4").tobytes()

    @classmethod
    def unpacked(cls, width: int, height: int, held: bytes) -> Self:
        """Return what was packed."""
        values = np.frombuffer(held, "<f4").reshape(height, width, 8)
        light, person, face, normals = np.split(values, (3, 4, 5), axis=2)
        parts = (light, person[..., 0], face[..., 0], normals)
        return cls(*(np.ascontiguousarray(part, np.float32) for part in parts))

    def _lit(self, edit: Any) -> Floats:
        """Return the ratio of a lamp's light to the light that was there, as *Relight* has it."""
        lamp = Lamp.at(edit.side / 100, edit.height / 100, edit.softness / 100)
        key = lamp.lambert(*(self.normals[..., k] for k in range(3)))
        key = key * (1 - np.float32(CAST * edit.shadow / 100) * smoothstep(0.45, 0.05, key))
        fill = np.float32(0.045 + 0.2 * lamp.softness)
        moved = np.log(fill + (1 - fill) * key)
        sure = moved[self.face > 0.5]
        if sure.size:
            moved = moved - np.float32(max(sure.mean(), central(sure)))
        moved = np.float32(edit.amount / 100) * np.clip(moved, -1.4, 0.6) * self.person
        return np.asarray(np.exp(moved), np.float32)

    def _before(self, light: Floats, edit: Params) -> Floats:
        """Return the people before another ground, if a look has one."""
        mode = getattr(edit, "mode", "")
        if mode not in ("gradient", "color"):
            return light
        ends = [
            srgb_decode(np.array(hex_values(getattr(edit, name)), np.float32))
            for name in ("color", "second")
        ]
        height, width = light.shape[:2]
        down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        across = np.abs(np.linspace(-1, 1, width, dtype=np.float32))[None, :, None]
        share = across if getattr(edit, "shape", "") == "radial" else down
        ground = ends[0] if mode == "color" else ends[0] + share * (ends[1] - ends[0])
        return np.asarray(
            light * layers(self.person) + ground * layers(1 - self.person), np.float32
        )


Head = tuple[float, float, float]
"""A face in small pixels: x and y of its middle, and its width."""


def _head(landmarks: Points, scale: float) -> Head:
    x, y = landmarks[:468, :2].mean(axis=0) * scale
    return float(x), float(y), float(np.ptp(landmarks[:468, 0]) * scale)


def _shaped(heads: Sequence[Head], size: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
    """Return where people and faces are, and which way they look, for heads in small pixels."""
    width, height = size
    person, face = (np.zeros((height, width), np.float32) for _ in range(2))
    normals = np.zeros((height, width, 3), np.float32)
    normals[..., 2] = 1
    for x, y, wide in reversed(heads):  # the largest last: they stand before the others
        across = (np.arange(width, dtype=np.float32) + 0.5 - x)[None, :] / max(wide, 1e-3)
        down = (np.arange(height, dtype=np.float32) + 0.5 - y)[:, None] / max(wide, 1e-3)
        right, under = across / HEAD[0], (down - HEAD[2]) / HEAD[1]
        out = right * right + under * under
        head = out < 1
        bust = (down > 0.5) & (np.abs(across) < 0.35 + 1.1 * np.clip((down - 0.6) / 0.6, 0, 1))
        barrel = np.broadcast_to(np.clip(across / 1.1, -0.8, 0.8), out.shape)
        _set(normals, bust, barrel, np.full_like(out, 0.25))
        _set(normals, head, 0.85 * right + 0 * under, -0.85 * under + 0 * right)
        person[head | bust] = 1
        face[(across / FACE[0]) ** 2 + (down / FACE[1]) ** 2 < 1] = 1
    return person, face, normals


def _set(normals: Floats, where: Any, right: Floats, up: Floats) -> None:
    near = np.sqrt(np.maximum(1 - right * right - up * up, np.float32(0.05)))
    normals[where] = np.stack([right, up, near], axis=2)[where]


SHARP: Final = 2
"""Pixels of a letter's side."""
ROWS: Final = (
    "ggggghhhhggggw",
    "gggghhhhhhgggw",
    "gggghsssshgggw",
    "ggghhsssshhggw",
    "ggghssssssgggg",
    "ggghssssssgggg",
    "gggghssssbgggg",
    "gggggsllsggggb",
    "ggggggssggggbb",
    "gggggsssscgggb",
    "ggccccssccccgg",
    "gcccccccccccck",
    "cccccccccccckk",
    "cccccccccccckk",
)
"""A usual portrait: ground, window, hair, skin, lips, clothes, blue and black things."""
USUAL: Final = {
    "g": (0.52, 0.51, 0.49),
    "w": (0.84, 0.85, 0.86),
    "h": (0.25, 0.18, 0.14),
    "s": (0.74, 0.56, 0.46),
    "l": (0.66, 0.36, 0.34),
    "c": (0.38, 0.38, 0.42),
    "b": (0.3, 0.38, 0.5),
    "k": (0.12, 0.11, 0.11),
}
