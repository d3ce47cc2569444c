"""HEIC through libheif, which comes with the extra `heic`."""

import importlib
import io
from typing import Any, Final

import numpy as np

from freckle.codec import bmff, cicp
from freckle.codec.channels import join, split, widened
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import Budget, check_ratio, check_size, not_accepted
from freckle.errors import OutputError, Refusal
from freckle.photo import Metadata

SEVERAL: Final = "The file has several pictures; only the main one is kept."


def library() -> Any:  # the package is optional: it has no types to name here
    """Import the library, or refuse with the way to install it (`type_not_accepted`)."""
    try:
        return importlib.import_module("pillow_heif")
    except ImportError as error:
        raise not_accepted(
            "Reading HEIC needs the optional part 'heic'.",
            "Install it with: pip install 'freckle[heic]'. Or export the photo as JPEG.",
        ) from error


def read(data: bytes, budget: Budget) -> Decoded:
    """Decode the primary picture; 10 and 12 bits become 16 (full range), none is lost."""
    heif = library()
    bmff.check_complete(data)
    file = heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=False, hdr_to_16bit=False)
    image = file[file.primary_index]
    check_size(*image.size)
    check_ratio(len(data), 3 * image.size[0] * image.size[1])
    info = image.info
    values = np.asarray(image)
    picture = split(widened(values, 8 if values.dtype == np.uint8 else int(info["bit_depth"])))
    profile: bytes | None = info.get("icc_profile")
    notes: tuple[str, ...] = ()
    if profile is None and (points := info.get("nclx_profile")):
        profile, notes = cicp.profile_for(
            int(points["color_primaries"]), int(points["transfer_characteristics"])
        )
    exif, xmp = info.get("exif"), info.get("xmp")
    kept = budget.take(len(exif or b"") + len(xmp or b""))
    return Decoded(
        format="heic",
        pixels=picture.pixels,
        alpha=picture.alpha,
        profile=profile,
        metadata=Metadata(
            exif=exif.removeprefix(b"Exif\0\0") if exif and kept else None,
            xmp=xmp if kept else None,
        ),
        gray=picture.gray,
        orientation=1,  # libheif has applied the container's rotation; EXIF's is a copy of it
        warnings=notes,
        dropped=(SEVERAL,) * (len(file) > 1) + bmff.dropped(data, budget),
    )


def write(sheet: Prepared) -> bytes:
    """Encode 8-bit pixels with x265. Raises `OutputError` where the extra is missing."""
    try:
        heif = library()
    except Refusal as error:
        raise OutputError(
            "Writing HEIC needs the optional part 'heic'.",
            "Install it with: pip install 'freckle[heic]'. Or choose AVIF or JPEG.",
        ) from error
    pixels = np.ascontiguousarray(join(sheet.pixels, sheet.alpha))
    height, width, channels = pixels.shape
    out = io.BytesIO()
    heif.encode(
        "RGBA" if channels == 4 else "RGB",
        (width, height),
        pixels.tobytes(),
        out,
        quality=sheet.quality,
        chroma=444,
        exif=b"Exif\0\0" + sheet.metadata.exif if sheet.metadata.exif else None,
        xmp=sheet.metadata.xmp,
        icc_profile=sheet.profile,
    )
    return out.getvalue()
