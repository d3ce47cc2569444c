"""Contact sheets: every template with one portrait, small.

`python -m tests.poster.contact` draws them anew.

Six portraits that are hard in six ways. Their pictures lie in FRECKLE_PORTRAITS; what is kept here
are sheets of thumbnails (tests/poster/contact/README.md says whose they are).
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from freckle.codec import load, load_bytes
from freckle.poster.catalogue import TEMPLATES
from freckle.poster.design import Poster
from freckle.poster.making import lay
from freckle.poster.raster import drawn
from freckle.poster.sizes import size
from freckle.poster.subject import Subject
from freckle.poster.templates.template import Template

HERE: Final = Path(__file__).parent / "contact"
PORTRAITS: Final = {
    "dark": "man_dark_skin_frontal_01.jpg",
    "pale": "woman_red_curly_hair_frontal_01.jpg",
    "glasses": "elderly_woman_wrinkles_hat_glasses_01.jpg",
    "group": "group_six_faces_01.jpg",
    "landscape": "exif6_bw_couple_lab_01.jpg",
    "no-face": "cat_no_face_01.jpg",
}
CELL: Final = 112
"""Pixels of a thumbnail's longer side."""
ACROSS: Final = 6
LONGEST: Final = 1200
"""Portraits are reduced to this first: what is looked at is the layout."""

RGB8 = npt.NDArray[np.uint8]


def folder() -> Path | None:
    """Return where the portraits lie."""
    found = Path(os.environ.get("FRECKLE_PORTRAITS", ""))
    return found if all((found / name).is_file() for name in PORTRAITS.values()) else None


def subject(path: Path) -> Subject:
    photo = load(path)
    longer = max(photo.width, photo.height)
    if longer > LONGEST:
        wide, high = (round(side * LONGEST / longer) for side in (photo.width, photo.height))
        small = cv2.resize(photo.pixels, (wide, high), interpolation=cv2.INTER_AREA)
        photo = photo.with_pixels(np.asarray(small, np.uint8))
    return Subject.of(photo)


def thumbnail(each: Template, portrait: Subject) -> RGB8:
    """Draw a template with its sample words in a square cell."""
    laid = lay(Poster(template=each.name, content=each.sample), [portrait], size(each.size))
    page = laid.board.page
    # drawn at twice the size, so that thin lines do not depend on where a pixel begins
    pixels = load_bytes(drawn(laid, 2 * CELL / max(page.w, page.h))).pixels
    wide, high = max(1, pixels.shape[1] // 2), max(1, pixels.shape[0] // 2)
    small = cv2.resize(pixels, (wide, high), interpolation=cv2.INTER_AREA)
    cell = np.full((CELL, CELL, 3), 128, np.uint8)
    top, left = (CELL - small.shape[0]) // 2, (CELL - small.shape[1]) // 2
    cell[top : top + small.shape[0], left : left + small.shape[1]] = small
    return cell


def places() -> Iterator[tuple[Template, slice, slice]]:
    for number, each in enumerate(TEMPLATES):
        row, column = divmod(number, ACROSS)
        yield (
            each,
            slice(row * CELL, (row + 1) * CELL),
            slice(column * CELL, (column + 1) * CELL),
        )


def contact(portrait: Subject) -> RGB8:
    """Draw all templates with one portrait."""
    rows = -(-len(TEMPLATES) // ACROSS)
    sheet = np.full((rows * CELL, ACROSS * CELL, 3), 128, np.uint8)
    for each, y, x in places():
        sheet[y, x] = thumbnail(each, portrait)
    return sheet


def accept() -> None:
    """Draw every sheet anew: look at them before they are committed."""
    where = folder()
    if where is None:
        raise SystemExit("Set FRECKLE_PORTRAITS to the folder of portraits.")
    HERE.mkdir(exist_ok=True)
    for name, file in PORTRAITS.items():
        Image.fromarray(contact(subject(where / file))).save(HERE / f"{name}.png", optimize=True)


if __name__ == "__main__":
    accept()
