"""Find the faces to judge on: open portraits when there are some, a free photograph otherwise."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageOps

from benchmarks.harness import Subject
from benchmarks.mesh import RGB8

VARIABLE: Final = "FRECKLE_PORTRAITS"
SMALLEST: Final = 250.0
"""Narrower faces have freckles under a pixel: nothing to measure."""
TURNED: Final = (50.0, 32.0)
"""Yaw and pitch beyond which a face shows too little of itself for the definitions."""


def folder(given: str | None = None) -> Path | None:
    """Return the portraits' folder: given, from the environment, or beside the repository."""
    beside = Path(__file__).parents[2] / "shared" / "portraits"
    chosen = Path(given or os.environ.get(VARIABLE) or beside)
    return chosen if chosen.is_dir() else None


def read(path: Path) -> RGB8:
    """Read a picture upright as 8-bit RGB."""
    with Image.open(path) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def subjects(root: Path | None, only: str = "") -> Iterator[Subject]:
    """Yield every usable face: the largest of each photo, wide enough and not in profile.

    Without a folder: scikit-image's astronaut (NASA, public domain), enlarged twice.
    """
    from freckle.analysis.faces import find_faces  # noqa: PLC0415  (heavy: networks)

    for name, photo in _photos(root, only):
        faces = find_faces(photo)
        if not faces or faces[0].width < SMALLEST:
            continue
        pose = faces[0].pose
        if abs(pose.yaw) <= TURNED[0] and abs(pose.pitch) <= TURNED[1]:
            yield Subject(name, photo, faces[0].landmarks.astype(np.float32))


def photographs(root: Path | None, only: str = "") -> Iterator[tuple[str, RGB8]]:
    """Yield every photo with its file's name; the astronaut without a folder."""
    if root is None:
        yield from _photos(root, only)
        return
    for path in _files(root, only):
        yield path.name, read(path)


def _files(root: Path, only: str) -> list[Path]:
    paths = sorted([*root.iterdir(), *root.glob("more/*")])
    endings = {".jpg", ".jpeg", ".png"}
    return [path for path in paths if path.suffix.lower() in endings and only in path.name]


def _photos(root: Path | None, only: str) -> Iterator[tuple[str, RGB8]]:
    if root is None:
        from skimage import data  # noqa: PLC0415

        small = Image.fromarray(data.astronaut())  # type: ignore[no-untyped-call]
        large = small.resize((1536, 1536), Image.Resampling.LANCZOS)
        yield "astronaut", np.asarray(large)
        return
    for path in _files(root, only):
        yield path.stem, read(path)
