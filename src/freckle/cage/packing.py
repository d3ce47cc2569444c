"""Take a photo apart, inside the cage, into a header, arrays and blocks."""

import os
from dataclasses import dataclass, fields

import numpy as np

from freckle.cage.header import BLOCKS, LENGTH, Gain, Header, Refused, Sizes
from freckle.errors import Refusal
from freckle.photo import GainMap, GainNumbers, Photo, Pixels


@dataclass(frozen=True, slots=True)
class Packed:
    """What is handed out, in this order."""

    header: Header | Refused
    arrays: tuple[Pixels, ...] = ()
    blocks: tuple[bytes, ...] = ()


def packed(photo: Photo) -> Packed:
    """Take a photo apart."""
    source, metadata, space = photo.source, photo.metadata, photo.space
    curve = None if space.curve is None else np.asarray(space.curve, np.float32).tobytes()
    found = (photo.profile, metadata.exif, metadata.xmp, metadata.iptc, curve)
    sizes = {
        name: None if block is None else len(block)
        for name, block in zip(BLOCKS, found, strict=True)
    }
    header = Header(
        width=photo.width,
        height=photo.height,
        depth=2 if photo.pixels.dtype == np.uint16 else 1,
        transparent=photo.alpha is not None,
        blocks=Sizes(**sizes),
        format=source.format,
        quality=source.quality,
        subsampling=source.subsampling,
        lossless=source.lossless,
        gray=source.gray,
        orientation=source.orientation,
        space=space.name,
        to_srgb=[float(value) for value in space.to_srgb.ravel()],
        dpi=None if metadata.dpi is None else [float(value) for value in metadata.dpi],
        texts=[list(pair) for pair in metadata.texts],
        moved=metadata.moved,
        warnings=list(photo.warnings),
        dropped=list(photo.dropped),
        gain=None if photo.gain is None else _gain(photo.gain),
    )
    mapped = None if photo.gain is None else photo.gain.values
    arrays = tuple(each for each in (photo.pixels, photo.alpha, mapped) if each is not None)
    return Packed(header, arrays, tuple(block for block in found if block is not None))


def _gain(gain: GainMap) -> Gain:
    width, height = gain.size
    numbers = {each.name: getattr(gain, each.name) for each in fields(GainNumbers)}
    return Gain(width=width, height=height, colored=gain.colored, **numbers)


def refused(refusal: Refusal) -> Packed:
    """Take a refusal apart."""
    return Packed(
        Refused(code=refusal.code, message=refusal.message, remedy=refusal.remedy),
    )


def write(stream: int, parts: Packed) -> None:
    """Write everything to whoever waits for it. Raises OSError when nobody does any more."""
    header = parts.header.model_dump_json().encode("utf-8")
    _write(stream, memoryview(LENGTH.pack(len(header)) + header))
    for array in parts.arrays:
        _write(stream, np.ascontiguousarray(array).reshape(-1).view(np.uint8).data)
    for block in parts.blocks:
        _write(stream, memoryview(block))


def _write(stream: int, view: memoryview) -> None:
    while view:
        view = view[os.write(stream, view) :]
