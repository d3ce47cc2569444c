"""The one door out: Photo to bytes and files."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from freckle.codec import carrying, icc
from freckle.codec.channels import as_pixels, narrowed
from freckle.codec.cms import in_space
from freckle.codec.decoded import Page, Prepared
from freckle.codec.formats import BY_ENDING, BY_NAME, not_written
from freckle.codec.jpeg_kept import Original
from freckle.disk import atomic_write
from freckle.errors import OutputError
from freckle.photo import Format, Photo, Pixels, Subsampling
from freckle.pixels.color import to_srgb

Depth = Literal[8, 16]


@dataclass(frozen=True, slots=True)
class SaveOptions:
    """How to write; every None means: as the input was, as far as the format allows."""

    format: Format | None = None
    """None: by the path's suffix if it names a format, else the input's (RAW: TIFF)."""
    quality: int | None = None
    """1..100. None: the input's if it has the same format, else JPEG 92, WebP 90, AVIF 80."""
    subsampling: Subsampling | None = None
    """None: the input's if it has the same format, else 444."""
    depth: Depth | None = None
    """None: the pixels' own; 16 bits become 8 (rounded) in JPEG, WebP and AVIF."""
    strip_gps: bool = False
    """Remove position, address, city and country from all metadata, keep the rest."""
    strip_metadata: bool = False
    """Remove EXIF, XMP, IPTC and texts; the color profile and the resolution stay."""
    disclosure: str | None = None
    """A plain line for the metadata on what was done; it stays where all else goes."""
    enlarged: bool = False
    """Whether that was enlarging, too."""
    keep_blocks: bool = False
    """A retouched JPEG keeps its tables, and its coefficients where no pixel changed."""
    page: Page | None = None
    """Of a PDF; None: the picture's own size by its pixels an inch."""
    original: Original | None = None
    """The file that the blocks are taken from."""


def save(photo: Photo, path: Path, options: SaveOptions = SaveOptions()) -> None:
    """Encode and write, whole or not at all (see `atomic_write`). Raises OutputError."""
    atomic_write(path, encode(photo, replace(options, format=chosen_format(photo, path, options))))


def encode(photo: Photo, options: SaveOptions = SaveOptions()) -> bytes:
    """Turn a photo into a file's bytes: same photo and options, same bytes.

    A gray file stays gray as long as its pixels are. JPEG has no transparency: the photo is laid
    on white. Raises OutputError if the format cannot be written or cannot hold the photo.
    """
    target = options.format or own_format(photo)
    write = BY_NAME[target].write
    if write is None:
        raise not_written(target)
    return write(_prepared(photo, target, options))


def chosen_format(photo: Photo, path: Path, options: SaveOptions = SaveOptions()) -> Format:
    """Name the format that `save` will write."""
    named = BY_ENDING.get(path.suffix.lower())
    return options.format or (named.name if named else own_format(photo))


def notices(photo: Photo, path: Path, options: SaveOptions = SaveOptions()) -> tuple[str, ...]:
    """Say in sentences what writing to this path with these options will lose."""
    target = chosen_format(photo, path, options)
    found: list[str] = list(photo.dropped)
    if photo.pixels.dtype == np.uint16 and _depth(photo, target, options) == 8:
        found.append("The photo has 16 bits a channel; the file will have 8.")
    if BY_NAME[target].srgb_only and not photo.space.is_srgb:
        found.append("JPEG XL files are written in sRGB; colors beyond it are clipped.")
    if photo.alpha is not None and BY_NAME[target].opaque and int(photo.alpha.min()) < photo.peak:
        found.append(f"{BY_NAME[target].label} has no transparency; the photo is laid on white.")
    if photo.gain is not None and target != "jpeg":
        found.append(f"The HDR gain map is not kept: {BY_NAME[target].label} files have none here.")
    return (*found, *carrying.carried(photo, target, options)[1])


def own_format(photo: Photo) -> Format:
    """Name the format of a result that nobody chose one for: the input's, TIFF for RAW."""
    return "tiff" if photo.source.format == "raw" else photo.source.format


def _depth(photo: Photo, target: Format, options: SaveOptions) -> Depth:
    if not BY_NAME[target].deep:
        return 8
    return options.depth or (8 if photo.pixels.dtype == np.uint8 else 16)


def _prepared(photo: Photo, target: Format, options: SaveOptions) -> Prepared:
    pixels, profile = _as_stored(photo, target)
    depth = _depth(photo, target, options)
    alpha = photo.alpha
    if alpha is not None and BY_NAME[target].opaque:
        pixels, alpha = _on_white(pixels, alpha), None
    metadata, _ = carrying.carried(photo, target, options)
    return Prepared(
        pixels=_at_depth(pixels, depth),
        alpha=None if alpha is None else _at_depth(alpha, depth),
        profile=profile,
        metadata=metadata,
        quality=_quality(photo, target, options),
        subsampling=_subsampling(photo, target, options),
        lossless=photo.source.lossless and photo.source.format == target,
        page=options.page,
        original=options.original,
        gain=photo.gain if target == "jpeg" else None,
    )


def _as_stored(photo: Photo, target: Format) -> tuple[Pixels, bytes | None]:
    """Give gray files their one channel back; a gray profile never describes colors."""
    if BY_NAME[target].srgb_only:
        photo = in_space(photo, "srgb")
    pixels = photo.pixels
    if photo.source.gray and not BY_NAME[target].color_only and _is_gray(pixels):
        return pixels[..., 0], photo.profile
    if photo.profile is None or icc.channels(photo.profile) != "gray":
        return pixels, photo.profile
    peak = np.float32(photo.peak)
    values = to_srgb(pixels.astype(np.float32) / peak, photo.space)
    return as_pixels(np.rint(np.clip(values, 0, 1) * peak).astype(pixels.dtype)), None


def _is_gray(pixels: Pixels) -> bool:
    red, green, blue = (pixels[..., channel] for channel in range(3))
    return bool(np.array_equal(red, green) and np.array_equal(green, blue))


def _at_depth(values: Pixels, depth: Depth) -> Pixels:
    if depth == 8:
        return narrowed(values)
    if values.dtype == np.uint16:
        return values
    return values.astype(np.uint16) * np.uint16(257)


def _on_white(pixels: Pixels, alpha: Pixels) -> Pixels:
    """Lay straight-alpha pixels on white in their encoded values, as browsers do."""
    peak = np.float32(np.iinfo(pixels.dtype).max)
    cover = alpha.astype(np.float32) / peak
    if pixels.ndim == 3:
        cover = cover[..., None]
    laid = pixels * cover + peak * (1 - cover)
    return as_pixels(np.rint(laid).astype(pixels.dtype))


def _quality(photo: Photo, target: Format, options: SaveOptions) -> int:
    own = photo.source.quality if photo.source.format == target else None
    quality = options.quality or own or BY_NAME[target].quality or 100
    if not 1 <= quality <= 100:
        raise OutputError(f"There is no quality {quality}.", "Give a number from 1 to 100.")
    return quality


def _subsampling(photo: Photo, target: Format, options: SaveOptions) -> Subsampling:
    """Fall back to full color where the input had none, or was of another format."""
    own = photo.source.subsampling if photo.source.format == target else None
    layout = options.subsampling or own or "444"
    return "444" if layout == "Gray" else layout
