"""Open photos: from files, arrays and Pillow pictures."""

from dataclasses import dataclass, field
from functools import cached_property
from os import PathLike
from pathlib import Path
from threading import RLock
from typing import Any, Protocol

import numpy.typing as npt

from freckle.analysis.portrait import Portrait, analyze
from freckle.api.face import FoundFace
from freckle.codec import load, load_bytes
from freckle.codec.arrays import Form, form_of, from_values, to_values
from freckle.codec.limits import not_accepted
from freckle.codec.pillow import Picture, from_image, to_image
from freckle.photo import Photo


class Readable(Protocol):
    """A file opened for reading bytes."""

    def read(self) -> bytes:
        """Return what is left of it."""


@dataclass(frozen=True, eq=False, repr=False)
class OpenedPhoto:
    """A photo that stays as it was opened, and what was found in it.

    Faces and skin are looked for when first needed, and once: a second retouch of the same
    object is faster. Several threads may use it; their work takes turns.
    """

    content: Photo
    """Pixels, color profile and metadata."""
    form: Form
    """How `to_array` gives the pixels."""
    path: Path | None = None
    """The original, which is never written to; None when the photo came from memory."""
    data: bytes | None = None
    """The file itself, where somebody keeps it: a photo without changes is written as it came."""
    lock: RLock = field(default_factory=RLock)

    def __repr__(self) -> str:
        """Say which photo it is and how large."""
        name = "" if self.path is None else f" {self.path.name!r}"
        return f"<photo{name}, {self.width} × {self.height}, {self.bits} bit>"

    @property
    def width(self) -> int:
        """Width in pixels, upright."""
        return self.content.width

    @property
    def height(self) -> int:
        """Height in pixels, upright."""
        return self.content.height

    @property
    def bits(self) -> int:
        """Bits a channel that are worked on: 8 or 16 (floats, too)."""
        return 8 * self.content.pixels.dtype.itemsize

    @property
    def profile(self) -> bytes | None:
        """The ICC profile that says what the numbers mean; None is sRGB."""
        return self.content.profile

    @property
    def warnings(self) -> tuple[str, ...]:
        """Sentences on what could not be taken over from the file."""
        return self.content.warnings

    @property
    def portrait(self) -> Portrait:
        """Who is in the photo, as the engine knows it."""
        with self.lock:
            return self._portrait

    @cached_property
    def _portrait(self) -> Portrait:
        return analyze(self.content)

    @cached_property
    def faces(self) -> tuple[FoundFace, ...]:
        """The faces that were found, largest first."""
        people = self.portrait.people
        return tuple(FoundFace(number, person) for number, person in enumerate(people, 1))

    def to_array(self) -> npt.NDArray[Any]:
        """Return the pixels as a new array; `Result.to_array` says in which form."""
        return to_values(self.content, self.form, self.content)

    def to_pillow(self) -> Picture:
        """Return the pixels as a Pillow picture; `Result.to_pillow` says in which mode."""
        return to_image(self.content)


def open_photo(source: str | PathLike[str] | bytes | Readable) -> OpenedPhoto:
    """Open a photo: a path, a file's bytes, or a binary file. The original is only read.

    Raises `Refusal` when there is no picture in it, or none that can be worked on.
    """
    if isinstance(source, str | PathLike):
        path = Path(source)
        content = load(path)
        return OpenedPhoto(content, form_of(content), path.absolute())
    data = source.read() if hasattr(source, "read") else source
    if not isinstance(data, bytes | bytearray | memoryview):
        raise not_accepted(
            f"A photo cannot be opened from {type(source).__name__}.",
            "Give a path or a file's bytes; arrays and Pillow pictures have from_array and "
            "from_pillow.",
        )
    content = load_bytes(bytes(data))
    return OpenedPhoto(content, form_of(content))


def from_array(array: npt.ArrayLike, *, profile: bytes | None = None) -> OpenedPhoto:
    """Take an array as a photo, read upright and as sRGB unless an ICC `profile` says otherwise.

    Height × width (gray), or × 1 (gray), 2 (gray, alpha), 3 (RGB) or 4 (RGB, alpha): uint8,
    uint16, or floats from 0 to 1 in the profile's own encoding, not linear light. The array is
    copied. Raises `Refusal`.
    """
    if profile is not None and not isinstance(profile, bytes):
        raise not_accepted("The profile is not bytes.", "Give an ICC profile as bytes.")
    return OpenedPhoto(*from_values(array, profile))


def from_pillow(image: Picture) -> OpenedPhoto:
    """Take a Pillow picture as a photo, turned upright as its EXIF says.

    1, L, LA, P, RGB, RGBA and the like with 8 bits, I;16 with 16; profile, EXIF, XMP and
    resolution come along. The picture is copied. Raises `Refusal`.
    """
    content = from_image(image)
    return OpenedPhoto(content, form_of(content))
