"""Make posters: photos and words laid out by a template, as a sheet that can be saved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from freckle.api.photos import OpenedPhoto
from freckle.api.result import Result
from freckle.api.saving import target_of
from freckle.codec import atomic_write, check_target, load_bytes
from freckle.codec.files import read_file
from freckle.poster.design import Poster
from freckle.poster.laid import Laid
from freckle.poster.legibility import Legibility, legibility, sentences
from freckle.poster.making import boards, lay
from freckle.poster.output import Output, content_of
from freckle.poster.pdf import Print
from freckle.poster.raster import drawn, scale_of
from freckle.poster.rows import FIELDS, with_words
from freckle.poster.sizes import size as board_of
from freckle.poster.subject import Subject

Pictured = OpenedPhoto | Result


@dataclass(frozen=True, eq=False, repr=False)
class Sheet:
    """A poster laid out for one size."""

    poster: Poster
    """The design as data; `model_dump_json()` is what `freckle poster` reads."""
    laid: Laid

    def __repr__(self) -> str:
        """Say which poster it is."""
        return f"<sheet {self.laid.board.name} of {self.poster.template or 'own layers'}>"

    @cached_property
    def legibility(self) -> Legibility:
        """Contrast, size and place of every line, in numbers."""
        return legibility(self.laid)

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences on what is hard to read; none where all is well."""
        return tuple(sentences(self.laid))

    def to_array(self, scale: float | None = None) -> npt.NDArray[np.uint8]:
        """Return the trimmed sheet (height × width × 3, sRGB), `scale` pixels a point."""
        made = load_bytes(drawn(self.laid, scale or scale_of(self.laid)))
        return np.array(made.pixels, np.uint8)

    def save(
        self,
        path: str | PathLike[str],
        *,
        cmyk: str | PathLike[str] | None = None,
        dpi: float | None = None,
        marks: bool = True,
    ) -> None:
        """Write a PDF, PNG, JPEG, WebP or TIFF by the name's ending, whole or not at all.

        `cmyk` is the printer's ICC file, for PDFs. Raises `OutputError` or `RecipeError`.
        """
        target = target_of(path)
        check_target(target)
        profile = None if cmyk is None else read_file(Path(cmyk))
        how = Output(Print(profile, marks=marks), dpi=dpi)
        atomic_write(target, content_of(self.laid, target, how))


def make_poster(
    design: str | Poster | Mapping[str, Any],
    photos: Pictured | Sequence[Pictured] = (),
    *,
    size: str | None = None,
    **words: str,
) -> Sheet:
    """Lay photos, retouched or not, and words out by a template's name or a poster's data.

    `words` are what it says (`headline`, `date`, …), and `colors` or `ground`. `size` is a name
    such as `a3` or `story`; left out, the design's own. Raises `RecipeError`.
    """
    poster = _poster(design)
    said = {name: text for name, text in words.items() if name in FIELDS}
    chosen = {name: text for name, text in words.items() if name in ("colors", "ground")}
    wrong = {name: text for name, text in words.items() if name not in (*said, *chosen)}
    content = with_words(poster.content, {**said, **wrong})
    poster = Poster.read({**poster.model_dump(), **chosen, "content": content})
    board = boards(poster)[0] if size is None else board_of(size)
    given = [photos] if isinstance(photos, Pictured) else photos
    return Sheet(poster, lay(poster, [_subject(each) for each in given], board))


def _poster(design: str | Poster | Mapping[str, Any]) -> Poster:
    if isinstance(design, Poster):
        return design
    return Poster(template=design) if isinstance(design, str) else Poster.read(design)


def _subject(photo: Pictured) -> Subject:
    if isinstance(photo, Result):
        source = photo.photo
        return Subject.made(source.content, source.portrait, photo.recipe, photo.content)
    return Subject(photo.content, photo.portrait)
