"""Draw the picture of docs/look.md: words and styles on scikit-image's astronaut (NASA).

`look_pictures.py` writes `docs/images/look.jpg`. What stands there was made by `freckle.look`, by
nothing else; what is written below each tile is what was asked for, and how far lit skin moved.
"""

from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

import freckle
from freckle.api.looking import stand_in

TARGET: Final = Path(__file__).resolve().parent.parent / "docs" / "images" / "look.jpg"
ROWS: Final = (
    ("the photo", "soft golden hour, dewy skin, coral lips", "low key, rembrandt light", "neon"),
    ("window light, nude lips", "film noir", "Kerzenlicht, warm", "pastel, airy"),
)
HEAD: Final = (slice(0, 400), slice(60, 400))
SIDE: Final = 250
"""Width of a tile."""
LINE: Final = 22

RGB8 = npt.NDArray[np.uint8]


def tile(photo: freckle.OpenedPhoto, words: str) -> RGB8:
    """Return one look with its words below."""
    picture, said = np.asarray(photo.content.pixels, np.uint8), ""
    if words != ROWS[0][0]:
        (look,) = freckle.look(photo, words).candidates
        picture = np.asarray(look.result.content.pixels, np.uint8)
        (moved,) = (one.ita for one in look.drift)
        said = "no hue" if moved is None else f"skin {moved:+.1f}"
    part = picture[HEAD]
    height = round(part.shape[0] * SIDE / part.shape[1])
    small = cv2.resize(part, (SIDE, height), interpolation=cv2.INTER_AREA)
    below = np.full((2 * LINE, SIDE, 3), 255, np.uint8)
    for number, text in enumerate((words, said)):
        place, font = (4, 15 + LINE * number), cv2.FONT_HERSHEY_SIMPLEX
        cv2.putText(below, text, place, font, 0.38, (60, 60, 60), 1, cv2.LINE_AA)
    return np.vstack([small, below]).astype(np.uint8)


def main() -> None:
    """Draw and write."""
    photo = stand_in()
    rows = [np.hstack([tile(photo, words) for words in row]) for row in ROWS]
    Image.fromarray(np.vstack(rows)).save(TARGET, quality=86, optimize=True)


if __name__ == "__main__":
    main()
