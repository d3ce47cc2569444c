"""A sheet as a file's bytes: PDF, PNG, JPEG, WebP or TIFF by its name's ending."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from freckle.codec.formats import BY_ENDING
from freckle.errors import OutputError
from freckle.poster.laid import Laid
from freckle.poster.pdf import Print, pdf
from freckle.poster.raster import raster, scale_of

PICTURES: Final = ("jpeg", "png", "webp", "tiff", "avif")


@dataclass(frozen=True, slots=True)
class Output:
    """How sheets are written."""

    print: Print = field(default_factory=Print)
    dpi: float | None = None
    """Of pictures; left out: 300 on paper, and the size itself on screens."""
    quality: int = 92


def kind_of(path: Path) -> str:
    """Return `pdf` or a picture's format by the ending of a name. Raises `OutputError`."""
    ending = path.suffix.lower()
    if ending == ".pdf":
        return "pdf"
    named = BY_ENDING.get(ending)
    if named is None or named.name not in PICTURES:
        raise OutputError(
            f"A poster cannot be written as {path.name!r}.", "End it in .pdf, .png or .jpg."
        )
    return named.name


def content_of(laid: Laid, path: Path, how: Output = Output()) -> bytes:
    """Return a sheet as the file of this name holds it. Raises `OutputError`, `RecipeError`."""
    kind = kind_of(path)
    if kind == "pdf":
        return pdf(laid, how.print)
    if how.print.profile is not None:
        raise OutputError("Only PDFs are made in CMYK.", "End the name in .pdf.")
    return raster(laid, kind, scale=scale_of(laid, how.dpi), quality=how.quality)  # type: ignore[arg-type]
