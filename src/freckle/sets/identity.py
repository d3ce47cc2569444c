"""ID photos: the cut of an official size, without any retouch, and the proof of it."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from freckle.analysis.portrait import Person
from freckle.api.photos import OpenedPhoto
from freckle.codec import SaveOptions, encode, load_bytes
from freckle.errors import OutputError
from freckle.framing import Framing
from freckle.geometry import Box
from freckle.photo import Format, Photo, Pixels
from freckle.render.frame import framed, framed_photo
from freckle.sets.checks import Finding, findings
from freckle.sets.heads import Head, head_of
from freckle.sets.placing import Placing, placed
from freckle.sets.specs import Spec

QUALITY: Final = 97
"""Of a JPEG."""


@dataclass(frozen=True, eq=False)
class IdPhoto:
    """The cut, what it measures, and where its pixels come from."""

    photo: Photo
    spec: Spec
    head: Head
    placing: Placing
    framing: Framing
    dpi: float
    findings: tuple[Finding, ...]

    @property
    def good(self) -> bool:
        """Whether everything is as it is asked for."""
        return all(finding.good for finding in self.findings)

    @property
    def copied(self) -> bool:
        """Whether every pixel is one of the original's, moved by whole pixels alone."""
        return self.framing.plain


def identity(
    photo: OpenedPhoto, spec: Spec, *, straighten: bool = False, dpi: int | None = None
) -> IdPhoto:
    """Cut an ID photo. Nothing is retouched.

    Pixels stay as they are unless the head is to be straightened or `dpi` asks for a scale of
    its own. Raises `OutputError` where there is not one face, or too little around it.
    """
    person = _alone(photo)
    alpha = photo.portrait.matte.alpha
    head = head_of(person.face, alpha, level=straighten)
    size = photo.width, photo.height
    placing = placed(head, spec, size)
    framing = placing.framing(head, size, None if dpi is None else float(dpi))
    cut = framed_photo(photo.content, framing)
    resolution = framing.size[0] / spec.width * 25.4
    cut = replace(cut, metadata=replace(cut.metadata, dpi=(resolution, resolution)))
    people = framed(alpha, framing, Box(0, 0, *size))
    exact = _exact(placing, framing)
    own = min(resolution, placing.dpi)
    found = findings(cut, person.face, head, exact, own, people)
    return IdPhoto(cut, spec, head, exact, framing, resolution, tuple(found))


def _alone(photo: OpenedPhoto) -> Person:
    people = [person for person in photo.portrait.people if person.editable]
    if len(people) != 1:
        raise OutputError(
            f"An ID photo shows one person; {len(people) or 'no'} faces were found.",
            "Take a photo of one person who looks into the camera.",
        )
    return people[0]


def _exact(placing: Placing, framing: Framing) -> Placing:
    """Return the placing after rounding to whole pixels."""
    matrix = framing.to_source.matrix
    if not framing.plain:
        return placing
    scale = framing.size[1] / placing.spec.height
    return replace(placing, left=float(matrix[0, 2]), top=float(matrix[1, 2]), scale=scale)


def written(made: IdPhoto, format: Format) -> bytes:  # noqa: A002 - as everywhere
    """Return the file's bytes."""
    quality = QUALITY if format == "jpeg" else None
    options = SaveOptions(format=format, quality=quality, subsampling="444", strip_gps=True)
    return encode(made.photo, options)


def proof(made: IdPhoto, original: Photo, data: bytes) -> dict[str, Any]:
    """Return where the pixels of a written file come from, read back from the file itself."""
    pixels = load_bytes(data).pixels
    plain: dict[str, Any] = {
        "pixels": int(pixels.shape[0] * pixels.shape[1]),
        "resampled": 0 if made.copied else int(pixels.shape[0] * pixels.shape[1]),
        "file": hashlib.sha256(data).hexdigest(),
        "original": original.source.digest,
    }
    if not made.copied:
        return plain
    box = made.framing.covered()
    source: Pixels = original.pixels[box.slices]
    same = pixels.dtype == source.dtype and np.array_equal(pixels, source)
    far = np.abs(pixels.astype(np.int32) - source.astype(np.int32)) if not same else np.zeros(1)
    return {
        **plain,
        "box": [box.left, box.top, box.width, box.height],
        "pixels_original": hashlib.sha256(np.ascontiguousarray(source).tobytes()).hexdigest(),
        "pixels_file": hashlib.sha256(np.ascontiguousarray(pixels).tobytes()).hexdigest(),
        "identical": bool(same),
        "largest_difference": int(far.max()),
    }


def told(plain: dict[str, Any]) -> str:
    """Say a proof in one sentence."""
    if plain["resampled"]:
        return (
            f"All {plain['pixels']} pixels were resampled, by straightening or by --dpi; "
            "nothing was retouched."
        )
    if plain["identical"]:
        return f"All {plain['pixels']} pixels are the original's, to the bit."
    return (
        f"All {plain['pixels']} pixels are the original's, none resampled; the file's compression "
        f"moved values by {plain['largest_difference']} at most. PNG and TIFF keep them to the bit."
    )
