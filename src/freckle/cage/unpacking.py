"""Put a photo together, outside the cage, after checking every number that came out of it."""

import socket
from collections.abc import Callable
from dataclasses import fields
from typing import Final

import numpy as np
from pydantic import TypeAdapter, ValidationError

from freckle.cage.header import BLOCKS, LENGTH, MOST_HEADER, Gain, Header, Refused
from freckle.codec.channels import as_pixels
from freckle.errors import Refusal
from freckle.photo import GainMap, GainNumbers, Metadata, Photo, Pixels, Source
from freckle.pixels.color import RGBSpace

TOLD: Final[TypeAdapter[Header | Refused]] = TypeAdapter(Header | Refused)


def unpacked(stream: socket.socket, digest: Callable[[], str]) -> Photo:
    """Put a photo together as it comes; `digest` says the hash of the file's bytes.

    Raises the `Refusal` that comes instead, ValueError for what is neither, and OSError, which is
    TimeoutError when nothing comes.
    """
    (length,) = LENGTH.unpack(_bytes(stream, LENGTH.size))
    if length > MOST_HEADER:
        raise ValueError("no header is so long")
    header = _header(_bytes(stream, length))
    if isinstance(header, Header):
        return _photo(header, stream, digest)
    _ended(stream)
    raise Refusal(header.code, header.message, header.remedy)


def _bytes(stream: socket.socket, size: int) -> bytes:
    found = bytearray(size)
    _fill(stream, memoryview(found))
    return bytes(found)


def _fill(stream: socket.socket, view: memoryview) -> None:
    while view:
        count = stream.recv_into(view)
        if not count:
            raise ValueError("the picture breaks off")
        view = view[count:]


def _ended(stream: socket.socket) -> None:
    if stream.recv(1):
        raise ValueError("the header speaks of another picture")


def _header(raw: bytes) -> Header | Refused:
    try:
        return TOLD.validate_json(raw)
    except ValidationError as error:
        raise ValueError("the header is none") from error


def _photo(header: Header, stream: socket.socket, digest: Callable[[], str]) -> Photo:
    kind: type[np.uint8] | type[np.uint16] = np.uint16 if header.depth == 2 else np.uint8
    shape = header.height, header.width
    pixels = _array(stream, as_pixels(np.empty((*shape, 3), kind)))
    alpha = _array(stream, as_pixels(np.empty(shape, kind))) if header.transparent else None
    gain = None if header.gain is None else _gain(header.gain, stream)
    blocks: dict[str, bytes | None] = {}
    for name in BLOCKS:
        size = getattr(header.blocks, name)
        blocks[name] = None if size is None else _bytes(stream, size)
    _ended(stream)
    return Photo(
        pixels=pixels,
        alpha=alpha,
        source=Source(
            format=header.format,
            digest=digest(),
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
        gain=gain,
    )


def _gain(told: Gain, stream: socket.socket) -> GainMap:
    shape = told.height, told.width, 3 if told.colored else 1
    values = _array(stream, as_pixels(np.empty(shape, np.uint8)))
    numbers = {each.name: getattr(told, each.name) for each in fields(GainNumbers)}
    gain = GainMap(values, **numbers)
    if not gain.sound:
        raise ValueError("no gain map has such numbers")
    return gain


def _array(stream: socket.socket, room: Pixels) -> Pixels:
    _fill(stream, room.reshape(-1).view(np.uint8).data)
    return room


def _space(header: Header, curve: bytes | None) -> RGBSpace:
    matrix = np.array(header.to_srgb, np.float32).reshape(3, 3)
    values = None if curve is None else np.frombuffer(curve, np.float32)
    if values is not None and not 0 <= values.min() <= values.max() <= 1:
        raise ValueError("the curve is none")
    return RGBSpace(header.space, matrix, values)
