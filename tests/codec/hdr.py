"""Make Ultra HDR files with libultrahdr, which shares nothing with our reader and writer."""

import io
import struct

import imagecodecs
import numpy as np
import pytest
from PIL import Image

from freckle.codec import gain_map
from freckle.codec.gain_map import MPF, START, URN
from freckle.codec.jpeg_parts import XMP, segment, walk
from freckle.codec.limits import Budget
from freckle.pixels.color import srgb_decode

Array = np.ndarray


def made(pixels: Array, *, quality: int = 95, scale: int | None = None) -> bytes:
    """An Ultra HDR file of 8-bit sRGB: what is light is up to five times as light.

    `scale` is how many times the map is smaller than the picture. Sides are even.
    """
    if not imagecodecs.ULTRAHDR.available:
        pytest.skip("libultrahdr is not part of imagecodecs here")
    light = srgb_decode(pixels.astype(np.float32) / 255)
    mean = light.mean(axis=2, keepdims=True)
    bright = light * (1 + 4 * np.clip((mean - 0.1) / 0.6, 0, 1))
    opaque = np.dstack([bright, np.ones_like(mean)]).astype(np.float16)
    return bytes(
        imagecodecs.ultrahdr_encode(
            opaque, quality, scale=scale, gamut=int(imagecodecs.ULTRAHDR.CG.BT_709)
        )
    )


def read(data: bytes) -> Array:
    """What libultrahdr makes of a file on an HDR screen: linear light, height × width × 3."""
    return np.asarray(imagecodecs.ultrahdr_decode(data), np.float32)[..., :3]


def places(data: bytes) -> list[tuple[int, int]]:
    """Where Pillow's reader of the index finds pictures: offsets and lengths."""
    with Image.open(io.BytesIO(data)) as image:
        index = image._getmp()  # type: ignore[attr-defined]
    at = data.index(MPF) + len(MPF)
    entries = index[0xB002]
    return [(each["DataOffset"] + (at if n else 0), each["Size"]) for n, each in enumerate(entries)]


def halves(data: bytes) -> tuple[bytes, bytes]:
    """The first picture and the map of a file."""
    parts, _ = walk(data, Budget())
    return data[: parts.end], data[data.index(START, parts.end) :]


def told(first: bytes, map_jpeg: bytes, *segments: bytes) -> bytes:
    """A file of two pictures, of which the second says other things of itself."""
    bare = strip(map_jpeg)
    return strip(first) + bare[:2] + b"".join(segments) + bare[2:]


def strip(jpeg: bytes) -> bytes:
    """A JPEG without application segments."""
    kept, place = [jpeg[:2]], 2
    while jpeg[place + 1] != 0xDA:
        (size,) = struct.unpack_from(">H", jpeg, place + 2)
        if not 0xE0 <= jpeg[place + 1] <= 0xEF:
            kept.append(jpeg[place : place + 2 + size])
        place += 2 + size
    return b"".join([*kept, jpeg[place:]])


def in_xmp(words: bytes) -> bytes:
    """The segment of a map's packet, with some attributes of the map's namespace."""
    space = gain_map.SPACE
    return segment(
        0xE1,
        XMP + b'<x xmlns:r="rdf"><r:Description xmlns:hdrgm="%s" %s/></x>' % (space, words),
    )


def in_iso(flags: int, *numbers: int, least: int = 0) -> bytes:
    """The segment of a map's binary form, whose numbers are thousandths."""
    kinds = "".join(f"{kind}I" for kind in "II" + "iiIii" * (len(numbers) // 5))
    pairs = [half for number in numbers for half in (number, 1000)]
    return segment(0xE2, URN + struct.pack(">HHB" + kinds, least, 0, flags, *pairs))
