"""Draw the pictures of the README and of Home from scikit-image's astronaut (NASA, public domain).

`pictures.py` writes into `docs/images/` and the editor's sources. What stands there was made by the
engine, by nothing else.
"""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from skimage import data

from freckle.analysis.portrait import analyze
from freckle.codec import load_bytes
from freckle.photo import Photo
from freckle.recipe.presets import preset
from freckle.render.render import render

ROOT: Final = Path(__file__).resolve().parent.parent
FOLDER: Final = ROOT / "docs" / "images"
HOME: Final = ROOT / "web" / "src" / "pages" / "home"
HEAD: Final = (slice(0, 260), slice(110, 340))
SAMPLE: Final = (slice(24, 224), slice(128, 328))
FACE: Final = (slice(62, 172), slice(172, 282))
GAP: Final = 8

RGB8 = npt.NDArray[np.uint8]


def astronaut() -> Photo:
    """Open the sample portrait."""
    picture = data.astronaut()  # type: ignore[no-untyped-call]
    buffer = cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))[1]
    return load_bytes(buffer.tobytes())


def row(*pictures: RGB8) -> RGB8:
    """Put pictures of one height side by side, with white between."""
    gap = np.full((pictures[0].shape[0], GAP, 3), 255, np.uint8)
    parts = [part for picture in pictures for part in (picture, gap)]
    return np.hstack(parts[:-1])


def enlarged(picture: RGB8, factor: int, interpolation: int) -> RGB8:
    """Enlarge a picture by a whole factor."""
    size = (picture.shape[1] * factor, picture.shape[0] * factor)
    return np.asarray(cv2.resize(picture, size, interpolation=interpolation), np.uint8)


def main() -> None:
    """Render, cut and write."""
    photo = astronaut()
    recipe = preset("natural").recipe
    after = np.asarray(render(photo, analyze(photo), recipe).photo.pixels, np.uint8)
    before = np.asarray(photo.pixels, np.uint8)
    FOLDER.mkdir(parents=True, exist_ok=True)
    whole = [enlarged(each[HEAD], 2, cv2.INTER_LANCZOS4) for each in (before, after)]
    Image.fromarray(row(*whole)).save(FOLDER / "natural.jpg", quality=90, optimize=True)
    sample = [enlarged(each[SAMPLE], 3, cv2.INTER_LANCZOS4) for each in (before, after)]
    for name, each in zip(("before", "after"), sample, strict=True):
        Image.fromarray(each).save(HOME / f"sample-{name}.webp", quality=86, method=6)
    close = [enlarged(each[FACE], 4, cv2.INTER_NEAREST) for each in (before, after)]
    Image.fromarray(row(*close)).save(FOLDER / "natural-pixels.jpg", quality=90, optimize=True)


if __name__ == "__main__":
    main()
