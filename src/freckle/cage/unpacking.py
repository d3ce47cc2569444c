"""Put a photo together, outside the cage, after checking every number that came out of it."""

import mmap
import os

import numpy as np
from pydantic import ValidationError

from freckle.cage.header import BLOCKS, END, LARGEST, MOST_HEADER, Header, Refused
from freckle.codec.channels import as_pixels
from freckle.errors import Refusal
from freckle.photo import Metadata, Photo, Pixels, Source
from freckle.pixels.color import RGBSpace


def unpacked(handle: int, digest: str) -> Photo:
    """Put a photo together from shared memory that nobody can shorten any more.

    `handle` stays the caller's. Raises the `Refusal` that lies there, and ValueError or OSError
    for what is neither.
    """
    size = os.fstat(handle).st_size
    if not END.size <= size <= LARGEST:
        raise ValueError("nothing, or more than there can be")
    (length,) = END.unpack(os.pread(handle, END.size, size - END.size))
    start = size - END.size - length
    if length > MOST_HEADER or start < 0:
        raise ValueError("no header")
    header = _header(os.pread(handle, length, start), photo=start > 0)
    if header.size != start:
        raise ValueError("the header speaks of another picture")
    return _photo(header, mmap.mmap(handle, start, access=mmap.ACCESS_READ), digest)


def _header(raw: bytes, *, photo: bool) -> Header:
    try:
        if photo:
            return Header.model_validate_json(raw)
        found = Refused.model_validate_json(raw)
    except ValidationError as error:
        raise ValueError("the header is none") from error
    raise Refusal(found.code, found.message, found.remedy)


def _photo(header: Header, memory: mmap.mmap, digest: str) -> Photo:
    kind: type[np.uint8] | type[np.uint16] = np.uint16 if header.depth == 2 else np.uint8
    shape = header.height, header.width
    pixels = _array(memory, kind, 3 * header.places, 0).reshape(*shape, 3)
    place, alpha = pixels.nbytes, None
    if header.transparent:
        alpha = _array(memory, kind, header.places, place).reshape(shape)
        place += alpha.nbytes
    blocks: dict[str, bytes | None] = {}
    for name in BLOCKS:
        size = getattr(header.blocks, name)
        blocks[name] = None if size is None else memory[place : place + size]
        place += size or 0
    return Photo(
        pixels=pixels,
        alpha=alpha,
        source=Source(
            format=header.format,
            digest=digest,
            quality=header.quality,
            subsampling=header.subsampling,
            lossless=header.lossless,
            gray=header.gray,
            orientation=header.orientation,
        ),
        profile=blocks["profile"],
        space=_space(header, blocks["curve"]),
        metadata=Metadata(
            exif=blocks["exif"],
            xmp=blocks["xmp"],
            iptc=blocks["iptc"],
            dpi=None if header.dpi is None else (header.dpi[0], header.dpi[1]),
            texts=tuple((pair[0], pair[1]) for pair in header.texts),
            moved=header.moved,
        ),
        warnings=tuple(header.warnings),
        dropped=tuple(header.dropped),
    )


def _array(
    memory: mmap.mmap, kind: type[np.uint8] | type[np.uint16], count: int, place: int
) -> Pixels:
    return as_pixels(np.frombuffer(memory, kind, count, place))


def _space(header: Header, curve: bytes | None) -> RGBSpace:
    matrix = np.array(header.to_srgb, np.float32).reshape(3, 3)
    values = None if curve is None else np.frombuffer(curve, np.float32)
    if values is not None and not 0 <= values.min() <= values.max() <= 1:
        raise ValueError("the curve is none")
    return RGBSpace(header.space, matrix, values)
