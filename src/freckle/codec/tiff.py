"""TIFF at its own depth: tifffile reads the structure, imagecodecs the strips."""

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.codec import cmyk, exif, iptc, tiff_layout
from freckle.codec.channels import as_pixels, narrowed, split, widened
from freckle.codec.decoded import Decoded
from freckle.codec.exif_build import collect
from freckle.codec.ifd import Block, Directory
from freckle.codec.limits import Budget, damaged, incomplete
from freckle.codec.tiff_layout import JPEG, PHOTOMETRIC
from freckle.photo import Metadata, Pixels

if TYPE_CHECKING:
    import tifffile

XMP, IPTC, RESOURCES, ICC = 700, 33723, 34377, 34675
ASSOCIATED, UNASSOCIATED = 1, 2
BT601: Final = (0.299, 0.587, 0.114)
BAND: Final = 1 << 20
"""Pixels that are calculated with at a time."""
FULL_RANGE: Final = (0.0, 255.0, 128.0, 255.0, 128.0, 255.0)

# What tifffile says about odd files would go to the standard error stream of whoever uses us.
logging.getLogger("tifffile").addHandler(logging.NullHandler())


def read(data: bytes, budget: Budget) -> Decoded:
    """Decode the first page: gray, RGB, palette or CMYK, 1 to 16 bits, with or without alpha."""
    import tifffile  # noqa: PLC0415  # 0.2 s that only TIFF files shall cost

    block = Block.open(data)
    first = block.directory(block.first) if block else None
    if block is None or first is None:
        raise incomplete("The TIFF file has no directory: its end is probably missing.")
    with tifffile.TiffFile(tiff_layout.layout(block, first, budget)) as file:
        page = file.pages.first
        if not isinstance(page, tifffile.TiffPage):
            raise damaged("The TIFF file's first page cannot be read.")
        tiff_layout.check(page, data, budget)
        values = _oriented_axes(page, page.asarray())
        if int(page.photometric) == 6 and int(page.compression) != JPEG:
            values = _from_ycbcr(page, values)
        bits = max(page.bitspersample, 1)
        palette = page.colormap
        photometric, extra = int(page.photometric), tuple(page.extrasamples)
    profile = _raw(block, first, ICC, budget)
    metadata = _metadata(block, first, budget)
    if palette is not None and photometric == 3:
        values, bits = _through_palette(values, palette), 8
    values = widened(values, bits)
    if photometric == 0:
        values = np.invert(values)
    if photometric == 5:
        return _from_ink(values, profile, metadata)
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
        metadata=metadata,
        lossless=True,
        gray=picture.gray,
        warnings=more + _further_pages(block),
    )


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
    done = np.empty_like(pixels)
    for rows in _bands(pixels):
        weight = np.where(alpha[rows] == 0, peak, alpha[rows]).astype(np.float64)[..., None]
        done[rows] = np.minimum(np.rint(pixels[rows] * (peak / weight)), peak)
    return as_pixels(done)


def _from_ycbcr(page: "tifffile.TiffPage", values: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    """Turn luma and color differences into RGB (TIFF 6.0, section 21)."""
    red, green, blue = _numbers(page, 529, BT601)
    black_white = np.array(_numbers(page, 532, FULL_RANGE)).reshape(3, 2)
    black, spread = black_white[:, 0], np.maximum(np.ptp(black_white, axis=1), 1)
    scale = (np.array((255, 127, 127)) / spread).astype(np.float32)
    done = np.empty_like(values)
    for rows in _bands(values):
        luma, cb, cr = cv2.split((values[rows] - black.astype(np.float32)) * scale)
        r = cr * np.float32(2 - 2 * red) + luma
        b = cb * np.float32(2 - 2 * blue) + luma
        g = (luma - np.float32(blue) * b - np.float32(red) * r) / np.float32(green)
        done[rows] = np.rint(np.clip(np.dstack([r, g, b]), 0, 255))
    return done


def _numbers(page: "tifffile.TiffPage", tag: int, usual: tuple[float, ...]) -> tuple[float, ...]:
    """Return a field of ratios, what is usual if it is absent or makes no sense."""
    given = np.array(page.tags.valueof(tag, ()), np.float64).reshape(-1, 2)
    if len(given) != len(usual) or not given[:, 1].all() or (tag == 529 and not given[1, 0]):
        return usual
    return tuple((given[:, 0] / given[:, 1]).tolist())


def _bands(values: npt.NDArray[Any]) -> Iterator[slice]:
    """Yield rows in bands, so that what is calculated in between stays small."""
    step = max(1, BAND // values.shape[1])
    for top in range(0, values.shape[0], step):
        yield slice(top, top + step)


def _from_ink(values: Pixels, profile: bytes | None, metadata: Metadata) -> Decoded:
    notes: tuple[str, ...] = ()
    if values.dtype == np.uint16:
        notes += ("The 16-bit CMYK picture was converted at 8 bits.",)
    ink = narrowed(values[..., :4]).astype(np.uint8, copy=False)
    pixels, more = cmyk.to_srgb(ink, profile)
    return Decoded(
        format="tiff", pixels=pixels, metadata=metadata, lossless=True, warnings=notes + more
    )


def _metadata(block: Block, first: Directory, budget: Budget) -> Metadata:
    described = collect(block, first, budget)
    record = _raw(block, first, IPTC, budget)
    resources = None if record else _raw(block, first, RESOURCES, budget)
    return Metadata(
        exif=described,
        xmp=_raw(block, first, XMP, budget),
        iptc=record or (iptc.unwrap(resources, budget) if resources else None),
        dpi=exif.dpi(described),
    )


def _raw(block: Block, first: Directory, tag: int, budget: Budget) -> bytes | None:
    """Return a field's bytes, None if it is absent or too large."""
    entry = first.entries.get(tag)
    return block.raw(entry) if entry and budget.take(entry.size) else None


def _further_pages(block: Block) -> tuple[str, ...]:
    """Tell of other full pages; reduced copies (NewSubfileType bit 0) are nothing lost."""
    kinds = [block.numbers(page.entries.get(254), limit=1) for page in block.chain()[1:]]
    if all(kind and kind[0] & 1 for kind in kinds):
        return ()
    return ("The file has several pages; only the first is kept.",)
