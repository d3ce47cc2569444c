"""Photos from arrays and to arrays, in the form in which they came."""

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from freckle.codec.channels import as_pixels, join, split
from freckle.codec.decoded import Decoded
from freckle.codec.limits import check_size, not_accepted
from freckle.codec.opening import refusing, settled
from freckle.photo import Photo, Pixels

Values = npt.NDArray[Any]
TOP: Final = 65_535
"""What 1.0 becomes: floats are worked on as 16 bits."""
BEYOND: Final = 0.05
"""How far floats may lie outside 0..1, as resampling leaves them."""
FLOATS: Final = "Bring floats to 0..1 (divide by 255 or 65535)."


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """How an array holds a photo, beside its depth."""

    gray: bool
    flat: bool = True
    """A gray picture has no axis for its channel."""
    floats: Values | None = None
    """The floats that a photo was made from, read-only."""


def form_of(photo: Photo) -> Form:
    """Return the form of a photo from a file: one channel if the file has one."""
    return Form(gray=photo.source.gray)


def from_values(given: Any, profile: bytes | None = None) -> tuple[Photo, Form]:
    """Return a photo and its form from an array. Raises Refusal and nothing else.

    Height × width (gray), or × 1 (gray), 2 (gray, alpha), 3 or 4 (RGB, straight alpha); uint8,
    uint16, or floats 0..1. The array is copied.
    """
    values = _array(given)
    if values.ndim not in (2, 3) or (values.ndim == 3 and not 1 <= values.shape[2] <= 4):
        raise not_accepted(
            f"The array has the shape {values.shape}.",
            "Give height × width, or height × width × 1 to 4 channels.",
        )
    check_size(values.shape[1], values.shape[0])
    floats = None
    if values.dtype.kind == "f":
        floats = values.copy()
        floats.flags.writeable = False
    parts = split(_whole(values))
    form = Form(gray=parts.gray, flat=values.ndim == 2, floats=floats)
    found = Decoded("png", parts.pixels.copy(), parts.alpha, profile=profile, gray=parts.gray)
    if parts.alpha is not None:
        found = replace(found, alpha=parts.alpha.copy())
    return refusing(lambda: settled(found, "")), form


def _array(given: Any) -> Values:
    try:
        return np.asarray(given)
    except (TypeError, ValueError) as error:  # rows of different lengths, an array on a GPU
        raise not_accepted("This is no array of numbers.", "Give a NumPy array.") from error


def _whole(values: Values) -> Pixels:
    """Return uint8 as it is, and uint16 in this machine's byte order; floats become that."""
    kind = values.dtype
    if kind.kind == "f":
        low, high = float(values.min()), float(values.max())
        if not (low >= -BEYOND and high <= 1 + BEYOND):  # NaN is neither
            raise not_accepted(f"The array's values run from {low:g} to {high:g}.", FLOATS)
        return np.rint(np.clip(values.astype(np.float64), 0, 1) * TOP).astype(np.uint16)
    if kind.newbyteorder("=") not in (np.uint8, np.uint16):
        raise not_accepted(
            f"The array's values are of type {kind}.", "Give uint8, uint16 or floats from 0 to 1."
        )
    return as_pixels(values.astype(kind.newbyteorder("="), copy=False))


def to_values(photo: Photo, form: Form, before: Photo) -> Values:
    """Return a new array in a form; floats are the ones given wherever nothing changed.

    `before` is the photo as it was opened.
    """
    values = _joined(photo, form)
    if form.floats is None:
        return values.copy()
    earlier = _joined(before, form)
    if earlier.shape != values.shape:  # it became transparent, or another size
        return (values / TOP).astype(form.floats.dtype)
    found = form.floats.copy()
    moved = values != earlier
    found[moved] = values[moved] / TOP
    return found


def _joined(photo: Photo, form: Form) -> Pixels:
    gray = form.gray and photo.source.gray
    values = join(photo.pixels[..., 0] if gray else photo.pixels, photo.alpha)
    return values if form.flat or values.ndim == 3 else as_pixels(values[..., None])
