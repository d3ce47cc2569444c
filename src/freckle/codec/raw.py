"""Camera RAW through LibRaw, which comes with the extra `raw`."""

import importlib
import io
from typing import Any

from freckle.codec.decoded import Decoded
from freckle.codec.exif_build import collect
from freckle.codec.ifd import Block, Directory
from freckle.codec.limits import Budget, check_size, damaged, incomplete, not_accepted
from freckle.errors import Refusal
from freckle.photo import Metadata


def library() -> Any:  # the package is optional: it has no types to name here
    """Import the library, or refuse with the way to install it (`type_not_accepted`)."""
    try:
        return importlib.import_module("rawpy")
    except ImportError as error:
        raise not_accepted(
            "Reading camera RAW needs the optional part 'raw'.",
            "Install it with: pip install 'freckle[raw]'. Or export the photo as TIFF.",
        ) from error


def read(data: bytes, budget: Budget) -> Decoded:
    """Develop the sensor's values to 16-bit sRGB, upright.

    White balance is the camera's; exposure is left as it was taken (no automatic brightening, so
    that a series stays a series), with sRGB's curve and no other. The embedded preview is never
    taken for the photo: without sensor values the file is refused (`missing_raw_pixels`).
    """
    library_ = library()
    try:
        with library_.imread(io.BytesIO(data)) as raw:
            check_size(raw.sizes.width, raw.sizes.height)
            pixels = raw.postprocess(
                output_bps=16,
                use_camera_wb=True,
                no_auto_bright=True,
                gamma=(2.4, 12.92),
                output_color=library_.ColorSpace.sRGB,
            )
    except library_.LibRawError as error:
        raise _refusal(library_, error) from error
    return Decoded(
        format="raw", pixels=pixels, metadata=_metadata(data, budget), lossless=True, orientation=1
    )


def _refusal(library_: Any, error: Exception) -> Refusal:
    if isinstance(error, library_.LibRawIOError):
        return incomplete("The RAW file ends early: part of the picture is missing.")
    if isinstance(error, library_.LibRawFileUnsupportedError | library_.NotSupportedError):
        return Refusal(
            "missing_raw_pixels",
            "The RAW file holds no sensor values that LibRaw can read, at most a preview.",
            "Convert it to DNG or TIFF with the camera maker's program.",
        )
    return damaged("The RAW file is damaged: its sensor values cannot be decoded.")


def _metadata(data: bytes, budget: Budget) -> Metadata:
    block = Block.open(data)
    first: Directory | None = block.directory(block.first) if block else None
    if block is None or block.big or first is None:
        return Metadata()
    xmp = first.entries.get(700)
    return Metadata(
        exif=collect(block, first, budget),
        xmp=block.raw(xmp) if xmp and budget.take(xmp.size) else None,
    )
