"""Encode a retouched JPEG at its own tables, so that what no tool touched is not coded again.

A minimum coded unit in which no pixel changed keeps its coefficients to the bit; the others are
transformed and quantized as libjpeg does (ITU-T T.81, A.3.3). The coefficients come and go by
`jpeglib`, the extra `blocks`.
"""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from freckle.codec.channels import as_pixels
from freckle.codec.jpeg_parts import SOS, walk
from freckle.codec.limits import Budget
from freckle.errors import OutputError
from freckle.fleeting import scratch
from freckle.photo import Photo, Pixels

Doubles = npt.NDArray[np.float64]
Bits = npt.NDArray[np.bool_]
YCC: Final = np.array([
    [0.299, 0.587, 0.114],
    [-0.299 / 1.772, -0.587 / 1.772, 0.886 / 1.772],
    [0.701 / 1.402, -0.587 / 1.402, -0.114 / 1.402],
])  # fmt: skip
"""RGB to Y, Cb, Cr (JFIF 1.02)."""
LAYOUTS: Final = frozenset({"444", "422", "420", "440", "Gray"})
AT_ONCE: Final = 4096
"""Coded units transformed at a time."""


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """A JPEG file, and its decoded pixels."""

    data: bytes
    photo: Photo


def library() -> Any:  # the package is optional: it has no types to name here
    """Import the library. Raises `OutputError` that names the extra."""
    try:
        return importlib.import_module("jpeglib")
    except ImportError as error:
        raise OutputError(
            "Keeping a JPEG's blocks needs the optional part 'blocks'.",
            "Install it with: pip install 'freckle[blocks]'.",
        ) from error


def reason(original: Original, finished: Photo) -> str | None:
    """Say why the blocks cannot be kept; None where they can."""
    source, before = original.photo.source, original.photo
    if source.format != "jpeg" or source.subsampling not in LAYOUTS:
        return "the original is no JPEG in YCbCr or gray"
    if source.orientation != 1:
        return "the original lies turned in its file"
    if finished.pixels.shape != before.pixels.shape or finished.metadata.moved:
        return "the picture has another frame or size"
    if finished.profile != before.profile or finished.pixels.dtype != before.pixels.dtype:
        return "the picture has another color space"
    return None if _in_ycc(original.data) else "its colors are stored in another way"


def _in_ycc(data: bytes) -> bool:
    """Whether nothing says that the components are red, green and blue (Adobe TN 5116)."""
    parts, _ = walk(data, Budget())
    adobe = next((each for each in parts.payloads(14, b"Adobe") if len(each) >= 7), None)
    return adobe is None or len(parts.frame.sampling if parts.frame else ()) == 1 or adobe[6] == 1


def encode(original: Original, pixels: Pixels) -> bytes:
    """Return a JPEG of the original's tables: its start, tables and scan, without any metadata.

    `pixels` are height × width × 3, or height × width for gray (uint8). Raises `OutputError` for
    a file of a kind whose coefficients are not understood.
    """
    jpeglib = library()
    with scratch() as files:
        path = files.folder / files.put("picture.jpg", original.data)
        try:
            coded = jpeglib.read_dct(str(path))
            if not _understood(jpeglib, coded):
                raise _odd()
            _recode(coded, original.photo.pixels, pixels)
            coded.write_dct(str(path))
        except (OSError, RuntimeError) as error:
            raise _odd() from error
        return _bare(path.read_bytes())


def _odd() -> OutputError:
    return OutputError(
        "The blocks of this JPEG cannot be kept: it is coded in an unusual way.",
        "Save it without keeping them.",
    )


def _understood(jpeglib: Any, coded: Any) -> bool:
    planes = [plane for plane in (coded.Y, coded.Cb, coded.Cr, coded.K) if plane is not None]
    spaces = {3: jpeglib.JCS_YCbCr, 1: jpeglib.JCS_GRAYSCALE}
    known = coded.jpeg_color_space == spaces.get(len(planes))
    chroma = [tuple(pair) for pair in coded.samp_factor[1:]]
    return known and all(pair == (1, 1) for pair in chroma)


def _recode(coded: Any, before: Pixels, after: Pixels) -> None:
    """Write the coefficients of all units in which a pixel changed."""
    now = after if after.ndim == 3 else as_pixels(np.repeat(after[..., None], 3, axis=2))
    planes = [plane for plane in (coded.Y, coded.Cb, coded.Cr) if plane is not None]
    down, across = (int(side) for side in coded.samp_factor[0]) if len(planes) == 3 else (1, 1)
    unit = 8 * down, 8 * across
    rows, columns = np.nonzero(_touched(before, now, unit))
    for first in range(0, len(rows), AT_ONCE):
        part = rows[first : first + AT_ONCE], columns[first : first + AT_ONCE]
        tiles = _tiles(now, part, unit) @ YCC.T
        for number, plane in enumerate(planes):
            table = coded.qt[coded.quant_tbl_no[number]].astype(np.float64)
            values = tiles[..., number] - (128 if number == 0 else 0)
            if number:
                values = values.reshape(-1, 8, down, 8, across).mean(axis=(2, 4))
            _put(plane, part, values, table)


def _touched(before: Pixels, after: Pixels, unit: tuple[int, int]) -> Bits:
    """Return which units hold a pixel that changed."""
    changed = np.asarray(before != after, np.bool_).any(axis=2)
    height, width = changed.shape
    padded = np.pad(changed, ((0, -height % unit[0]), (0, -width % unit[1])))
    down, across = padded.shape[0] // unit[0], padded.shape[1] // unit[1]
    found: Bits = np.asarray(padded.reshape(down, unit[0], across, unit[1]).any(axis=(1, 3)))
    return found


def _tiles(pixels: Pixels, part: tuple[Any, Any], unit: tuple[int, int]) -> Doubles:
    """Return the pixels of units, count × rows × columns × 3; edges are repeated outward."""
    y = np.minimum(part[0][:, None] * unit[0] + np.arange(unit[0]), pixels.shape[0] - 1)
    x = np.minimum(part[1][:, None] * unit[1] + np.arange(unit[1]), pixels.shape[1] - 1)
    found: Doubles = pixels[y[:, :, None], x[:, None, :]].astype(np.float64)
    return found


def _put(plane: Any, part: tuple[Any, Any], values: Doubles, table: Doubles) -> None:
    """Transform and quantize, and write block after block where the plane has one."""
    for row, column, blocks in _blocks(part, values):
        inside = (row < plane.shape[0]) & (column < plane.shape[1])
        found = np.rint((COSINES @ blocks[inside] @ COSINES.T) / table)
        plane[row[inside], column[inside]] = found.astype(np.int16)


def _blocks(part: tuple[Any, Any], values: Doubles) -> Iterator[tuple[Any, Any, Doubles]]:
    """Yield the 8 × 8 blocks of units by their place in the unit: rows, columns, values."""
    down, across = values.shape[1] // 8, values.shape[2] // 8
    for y in range(down):
        for x in range(across):
            block = values[:, 8 * y : 8 * y + 8, 8 * x : 8 * x + 8]
            yield part[0] * down + y, part[1] * across + x, block


def _cosines() -> Doubles:
    frequency, place = np.arange(8)[:, None], np.arange(8)[None, :]
    waves = np.cos((2 * place + 1) * frequency * np.pi / 16) / 2
    waves[0] /= np.sqrt(2)
    return np.asarray(waves, np.float64)


COSINES: Final = _cosines()
"""The discrete cosine transform of 8 values, as a matrix."""


def _bare(data: bytes) -> bytes:
    """Return a JPEG without application segments and comments."""
    kept, place = [data[:2]], 2
    while data[place + 1] != SOS:
        end = place + 2 + int.from_bytes(data[place + 2 : place + 4], "big")
        if not (0xE0 <= data[place + 1] <= 0xEF or data[place + 1] == 0xFE):
            kept.append(data[place:end])
        place = end
    return b"".join([*kept, data[place:]])
