"""TIFF at its own depth: tifffile reads the structure, imagecodecs the strips."""

import io
import logging
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from freckle.codec import cmyk, exif, iptc
from freckle.codec.channels import as_pixels, narrowed, split, widened
from freckle.codec.decoded import Decoded
from freckle.codec.exif_build import collect
from freckle.codec.ifd import Block, Directory
from freckle.codec.limits import (
    MAX_METADATA,
    MAX_SIDE,
    check_size,
    damaged,
    incomplete,
    not_accepted,
)
from freckle.photo import Metadata, Pixels

if TYPE_CHECKING:
    import tifffile

PHOTOMETRIC: Final = {0: 1, 1: 1, 2: 3, 3: 1, 5: 4, 6: 3}
"""White is zero, black is zero, RGB, palette, CMYK, YCbCr: how many channels each has."""
COMPRESSIONS: Final = frozenset({1, 5, 7, 8, 32773, 32946, 50000})
"""None, LZW, JPEG, Deflate, PackBits, Deflate (old number), Zstandard."""
MAX_VALUES: Final = 1 << 23
"""Values of one field: enough for 200 megapixels in tiles of 16 × 16, and for metadata."""
XMP, IPTC, RESOURCES, ICC = 700, 33723, 34377, 34675
ASSOCIATED, UNASSOCIATED = 1, 2

# What tifffile says about odd files would go to the standard error stream of whoever uses us.
logging.getLogger("tifffile").addHandler(logging.NullHandler())


def read(data: bytes) -> Decoded:
    """Decode the first page: gray, RGB, palette or CMYK, 1 to 16 bits, with or without alpha."""
    import tifffile  # noqa: PLC0415  # 0.2 s that only TIFF files shall cost

    block = Block.open(data)
    first = block.directory(block.first) if block else None
    if block is None or first is None:
        raise incomplete("The TIFF file has no directory: its end is probably missing.")
    if any(entry.count > MAX_VALUES for entry in first.entries.values() if entry.kind != 7):
        raise damaged("The TIFF file falls into too many parts.")
    with tifffile.TiffFile(io.BytesIO(data)) as file:
        page = file.pages.first
        if not isinstance(page, tifffile.TiffPage):
            raise damaged("The TIFF file's first page cannot be read.")
        _check(page, len(data))
        values = _oriented_axes(page, page.asarray())
        bits = max(page.bitspersample, 1)
        palette = page.colormap
        photometric, extra = int(page.photometric), tuple(page.extrasamples)
    profile = block.raw(first.entries[ICC]) if ICC in first.entries else None
    if palette is not None and photometric == 3:
        values, bits = _through_palette(values, palette), 8
    values = widened(values, bits)
    if photometric == 0:
        values = np.invert(values)
    if photometric == 5:
        return _from_ink(values, profile, _metadata(block, first))
    values, more = _without_extra(
        values, extra, 3 if photometric == 3 else PHOTOMETRIC[photometric]
    )
    picture = split(values)
    pixels = picture.pixels
    if ASSOCIATED in extra[:1] and picture.alpha is not None:
        pixels = _unmultiplied(pixels, picture.alpha)
    return Decoded(
        format="tiff",
        pixels=pixels,
        alpha=picture.alpha,
        profile=profile,
        metadata=_metadata(block, first),
        lossless=True,
        gray=picture.gray,
        warnings=more + _further_pages(block),
    )


def _check(page: "tifffile.TiffPage", size: int) -> None:
    check_size(page.imagewidth, page.imagelength)
    if page.imagedepth != 1 or page.sampleformat != 1 or page.bitspersample > 16:
        raise not_accepted(
            "The TIFF file holds measurements (floating point, 32 bits or volumes), not a photo.",
            "Convert it to 8 or 16 bits first.",
        )
    if int(page.photometric) not in PHOTOMETRIC:
        raise not_accepted(
            "The TIFF file's colors are of a kind that freckle does not read.",
            "Convert it to RGB first.",
        )
    if int(page.compression) not in COMPRESSIONS:
        raise not_accepted(
            "The TIFF file's compression is of a kind that freckle does not read.",
            "Save it with LZW or ZIP compression, or with none.",
        )
    if page.tilewidth > MAX_SIDE or page.tilelength > MAX_SIDE:
        raise damaged("The TIFF file has impossibly large tiles.")
    if page.samplesperpixel > 16 or page.samplesperpixel < PHOTOMETRIC[int(page.photometric)]:
        raise damaged(f"The TIFF file says it has {page.samplesperpixel} channels.")
    _check_segments(page, size)


def _check_segments(page: "tifffile.TiffPage", size: int) -> None:
    """Refuse a file in which a strip or tile is absent or reaches over the end."""
    expected = int(np.prod(page.chunked))
    segments = list(zip(page.dataoffsets, page.databytecounts, strict=False))
    if len(segments) < expected or any(count < 1 or start < 8 for start, count in segments):
        raise incomplete("Part of the TIFF picture is missing.")
    if any(start + count > size for start, count in segments):
        raise incomplete("The TIFF file is shorter than it says: part of the picture is missing.")


def _oriented_axes(page: "tifffile.TiffPage", values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Bring the channels to the end, wherever the file keeps them."""
    values = values.reshape(page.shaped)[:, 0]
    joined: npt.NDArray[Any] = values[0] if len(values) == 1 else values[..., 0].transpose(1, 2, 0)
    return joined


def _through_palette(values: npt.NDArray[Any], palette: npt.NDArray[Any]) -> npt.NDArray[Any]:
    colors: npt.NDArray[np.uint8] = (np.asarray(palette) >> 8).astype(np.uint8).T
    picked: npt.NDArray[np.uint8] = colors[np.minimum(values[..., 0], len(colors) - 1)]
    return picked


def _without_extra(
    values: Pixels, extra: tuple[int, ...], base: int
) -> tuple[Pixels, tuple[str, ...]]:
    """Keep the first extra channel if it is transparency; masks and the rest go."""
    transparent = bool(extra) and extra[0] in (ASSOCIATED, UNASSOCIATED)
    keep = base + int(transparent)
    if values.shape[2] <= keep:
        return values, ()
    return as_pixels(values[..., :keep]), (
        "Extra channels (such as saved selections) are not kept.",
    )


def _unmultiplied(pixels: Pixels, alpha: Pixels) -> Pixels:
    """Divide by the alpha channel; where it is 0 the pixels stay as they are."""
    peak = np.iinfo(pixels.dtype).max
    weight = np.where(alpha == 0, peak, alpha).astype(np.float64)[..., None]
    return as_pixels(np.minimum(np.rint(pixels * (peak / weight)), peak).astype(pixels.dtype))


def _from_ink(values: Pixels, profile: bytes | None, metadata: Metadata) -> Decoded:
    notes: tuple[str, ...] = ()
    if values.dtype == np.uint16:
        notes += ("The 16-bit CMYK picture was converted at 8 bits.",)
    ink = narrowed(values[..., :4]).astype(np.uint8, copy=False)
    pixels, more = cmyk.to_srgb(ink, profile)
    return Decoded(
        format="tiff", pixels=pixels, metadata=metadata, lossless=True, warnings=notes + more
    )


def _metadata(block: Block, first: Directory) -> Metadata:
    blocks = {
        tag: block.raw(entry)
        for tag in (XMP, IPTC, RESOURCES)
        if (entry := first.entries.get(tag)) and entry.size <= MAX_METADATA
    }
    described = collect(block, first)
    return Metadata(
        exif=described,
        xmp=blocks.get(XMP),
        iptc=blocks.get(IPTC) or iptc.unwrap(blocks.get(RESOURCES, b"")),
        dpi=exif.dpi(described),
    )


def _further_pages(block: Block) -> tuple[str, ...]:
    """Tell of other full pages; reduced copies (NewSubfileType bit 0) are nothing lost."""
    kinds = [block.numbers(page.entries.get(254), limit=1) for page in block.chain()[1:]]
    if all(kind and kind[0] & 1 for kind in kinds):
        return ()
    return ("The file has several pages; only the first is kept.",)
