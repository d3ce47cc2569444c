"""AVIF through libavif (AV1 Image File Format 1.1)."""

import io
import warnings
from typing import Final

import imagecodecs
import numpy as np
from PIL import AvifImagePlugin, Image

from freckle.codec import bmff, cicp, exif
from freckle.codec.channels import join, split, widened
from freckle.codec.decoded import Decoded, Prepared
from freckle.codec.limits import Budget, check_ratio, check_size
from freckle.photo import Metadata, Subsampling

SPEED: Final = 6
SMALL: Final = 32_000_000
"""Pixels up to which Pillow decodes 8 bits; it takes twice the memory that imagecodecs does."""
CHROMA: Final[dict[int, Subsampling]] = {0x00: "444", 0x08: "422", 0x0C: "420"}
LAYOUTS: Final = {"444": "4:4:4", "422": "4:2:2", "420": "4:2:0"}


def read(data: bytes, budget: Budget) -> Decoded:
    """Decode the first picture; 10 and 12 bits become 16 (full range), none is lost."""
    bmff.check_complete(data)
    with warnings.catch_warnings(), AvifImagePlugin.AvifImageFile(_quiet(data)) as image:
        check_size(*image.size)
        check_ratio(len(data), 3 * image.width * image.height)
        info, frames = image.info, image.n_frames
        bits, subsampling = _coding(data, budget)
        plain = bits == 8 and image.width * image.height <= SMALL
        values = np.array(image) if plain else imagecodecs.avif_decode(data, index=0)
    picture = split(widened(values, bits))
    profile, more = _profile(info.get("icc_profile"), data, budget)
    notes = ("The file has several pictures; only the first is kept.",) if frames > 1 else ()
    block = info.get("exif")
    return Decoded(
        format="avif",
        pixels=picture.pixels,
        alpha=picture.alpha,
        profile=profile,
        metadata=Metadata(
            exif=block.removeprefix(b"Exif\0\0") if block else None, xmp=info.get("xmp")
        ),
        subsampling=subsampling,
        gray=subsampling == "Gray",
        warnings=notes + more,
        dropped=bmff.dropped(data, budget),
    )


def _quiet(data: bytes) -> io.BytesIO:
    """Return the file for Pillow, whose remarks on odd EXIF blocks would go to people's screens."""
    warnings.simplefilter("ignore")
    return io.BytesIO(data)


def _coding(data: bytes, budget: Budget) -> tuple[int, Subsampling | None]:
    """Bits per value and chroma layout by the AV1 configuration (AV1-ISOBMFF 2.3.3).

    An alpha plane has a configuration of its own, without chroma: it says nothing about color.
    """
    boxes = bmff.find(data, budget, b"meta", b"iprp", b"ipco", b"av1C")
    flags = [box[2] for box in boxes if len(box) > 2]
    bits = max(((12 if flag & 0x20 else 10) if flag & 0x40 else 8 for flag in flags), default=8)
    colors = [flag for flag in flags if not flag & 0x10]
    if not colors:
        return bits, "Gray" if flags else None
    return bits, CHROMA.get(colors[0] & 0x0C)


def _profile(
    icc: bytes | None, data: bytes, budget: Budget
) -> tuple[bytes | None, tuple[str, ...]]:
    """Prefer the profile to the code points, as the format's standard does."""
    if icc is not None:
        return icc, ()
    for box in bmff.find(data, budget, b"meta", b"iprp", b"ipco", b"colr"):
        if box[:4] == b"nclx" and len(box) >= 8:
            return cicp.profile_for(box[5], box[7])
    return None, ()


def write(sheet: Prepared) -> bytes:
    """Encode 8-bit pixels."""
    out = io.BytesIO()
    Image.fromarray(join(sheet.pixels, sheet.alpha)).save(
        out,
        "AVIF",
        quality=sheet.quality,
        subsampling="4:0:0" if sheet.pixels.ndim == 2 else LAYOUTS.get(sheet.subsampling, "4:4:4"),
        speed=SPEED,
        icc_profile=sheet.profile or b"",
        exif=exif.without_orientation(sheet.metadata.exif or b""),
        xmp=sheet.metadata.xmp or b"",
    )
    return out.getvalue()
