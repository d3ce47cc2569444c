"""Photographs of any size for timing: a procedural room with real faces in it.

One face whose eyes are 7 % of the long side apart, photo-like grain that costs a JPEG 2.5 to 3.5
bits per pixel at quality 92, EXIF and an ICC profile, as a camera writes them.
"""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
from PIL import Image, ImageCms

from benchmarks.harness import HEAD, Subject
from benchmarks.mesh import EYES, RGB8, Floats

EYES_APART: Final = 0.07
"""Distance of the eyes' centres as a share of the long side."""
QUALITY: Final = 92
BITS: Final = (2.5, 3.5)
"""Bits per pixel that count as photo-like."""


def size_of(megapixels: float) -> tuple[int, int]:
    """Width and height of a 3:2 photo, both multiples of 16."""
    height = round(np.sqrt(megapixels * 1e6 / 1.5) / 16) * 16
    return round(megapixels * 1e6 / height / 16) * 16, height


def scene(subject: Subject, megapixels: float, faces: int = 1, grain: float = 3.5) -> RGB8:
    """Draw a photo of this size with 1 to 3 copies of a subject's head side by side."""
    width, height = size_of(megapixels)
    room = _room(width, height)
    left, right = (subject.landmarks[list(eye), :2].mean(0) for eye in EYES)
    scale = EYES_APART * width / float(np.linalg.norm(right - left))
    head = subject.cut(HEAD).photo
    target = round(head.shape[1] * scale), round(head.shape[0] * scale)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    head = np.asarray(cv2.resize(head, target, interpolation=way), np.uint8)
    for k in range(faces):
        center = width * (k + 1) / (faces + 1)
        _paste(room, head, round(center - target[0] / 2), max(0, (height - target[1]) // 2))
    return _grainy(room, grain)


def _room(width: int, height: int) -> RGB8:
    """Soft light, blurred shapes and some texture, drawn small and enlarged."""
    rng = np.random.default_rng(7)
    small = np.zeros((height // 16, width // 16, 3), np.float32)
    small += np.linspace(90, 150, width // 16, dtype=np.float32)[None, :, None]
    for _ in range(40):
        center = int(rng.integers(width // 16)), int(rng.integers(height // 16))
        shade = tuple(float(v) for v in rng.uniform(40, 200, 3))
        cv2.circle(small, center, int(rng.integers(4, 4 + height // 100)), shade, -1)
    small = cv2.GaussianBlur(small, (0, 0), 3).astype(np.float32)
    large = cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.clip(large, 0, 255).astype(np.uint8)


def _paste(room: RGB8, head: RGB8, x: int, y: int) -> None:
    """Lay a head over the room with a soft border, in place; parts outside are cut off."""
    height, width = min(head.shape[0], room.shape[0] - y), head.shape[1]
    first, last = max(0, -x), min(width, room.shape[1] - x)
    part, cut = room[y : y + height, x + first : x + last], head[:height, first:last]
    border = max(4, width // 12)
    mask = np.zeros((height, last - first), np.float32)
    mask[border // 2 : -border // 2 or None, border // 2 : -border // 2 or None] = 1
    mask = np.asarray(cv2.blur(mask, (border, border)), np.float32)[..., None]
    part[...] = np.round(part * (1 - mask) + cut * mask).astype(np.uint8)


def _grainy(photo: RGB8, strength: float) -> RGB8:
    """Add luminance grain from one tile, strip by strip: 100 megapixels stay affordable."""
    rng = np.random.default_rng(11)
    tile = rng.normal(0, strength, (512, 2048, 1)).astype(np.float32)
    tile = tile + rng.normal(0, strength / 3, (512, 2048, 3)).astype(np.float32)
    across = -(-photo.shape[1] // tile.shape[1])
    wide: Floats = np.tile(tile, (1, across, 1))[:, : photo.shape[1]]
    for top in range(0, photo.shape[0], tile.shape[0]):
        strip = photo[top : top + tile.shape[0]]
        noise = np.roll(wide, int(rng.integers(photo.shape[1])), axis=1)[: len(strip)]
        strip[...] = np.clip(np.round(strip + noise), 0, 255).astype(np.uint8)
    return photo


def write(photo: RGB8, path: Path) -> float:
    """Write a JPEG (4:2:0) with EXIF and ICC; return its bits per pixel."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0112] = "Benchmark", "Procedural", 1
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    image = Image.fromarray(photo)
    image.save(path, quality=QUALITY, subsampling=2, exif=exif, icc_profile=profile)
    return path.stat().st_size * 8 / float(photo.shape[0] * photo.shape[1])


def photo_file(subject: Subject, megapixels: float, folder: Path, faces: int = 1) -> Path:
    """Return the file of a scene, drawn once; grain is raised or lowered until `BITS` holds."""
    path = folder / f"{subject.name[:20]}-{megapixels:g}mp-{faces}.jpg"
    folder.mkdir(parents=True, exist_ok=True)
    grain = 3.5
    while not path.exists():
        draft = path.with_suffix(".draft.jpg")
        bits = write(scene(subject, megapixels, faces, grain), draft)
        if BITS[0] <= bits <= BITS[1]:
            draft.rename(path)
        grain *= float(np.clip(3.0 / bits, 0.6, 1.6))
    return path
