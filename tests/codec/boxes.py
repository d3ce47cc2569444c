"""AVIF and HEIC files put together box by box: gain maps, thumbnails and depth beside a picture.

Coded pictures come from libavif and libheif, each in a file of its own; the layout is that of
ISO/IEC 23008-12 (2025), with the tone mapping of ISO 21496-1.
"""

import io
import struct
from dataclasses import dataclass, field

import numpy as np
import pytest
from PIL import Image

from freckle.codec import bmff
from freckle.codec.limits import Budget

APPLE = b"urn:com:apple:photo:2020:aux:hdrgainmap"
DEPTH = b"urn:mpeg:hevc:2015:auxid:2"


@dataclass
class Item:
    """One item of a file: its kind, its content, its properties."""

    kind: bytes
    content: bytes
    properties: list[bytes] = field(default_factory=list)
    hidden: bool = False
    mime: bytes = b""


def box(name: bytes, *parts: bytes) -> bytes:
    """A box."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def full(name: bytes, *parts: bytes, version: int = 0, flags: int = 0) -> bytes:
    """A box with version and flags."""
    return box(name, struct.pack(">I", version << 24 | flags), *parts)


def coded(pixels: np.ndarray, kind: str) -> Item:
    """A picture as libavif (av01) or libheif (hvc1) code it."""
    out = io.BytesIO()
    if kind == "av01":
        Image.fromarray(pixels).save(out, "AVIF", quality=90)
    else:
        heif = pytest.importorskip("pillow_heif")
        mode = "L" if pixels.ndim == 2 else "RGB"
        made = heif.from_bytes(mode, pixels.shape[1::-1], np.ascontiguousarray(pixels).tobytes())
        made.save(out, quality=90)
    data, budget = out.getvalue(), Budget()
    (content,) = bmff.find(data, budget, b"mdat")
    names = (b"av1C", b"hvcC", b"ispe", b"pixi")
    found = [
        box(name, each)
        for name in names
        for each in bmff.find(data, budget, b"meta", b"iprp", b"ipco", name)[:1]
    ]
    return Item(kind.encode(), content, found)


def packed(
    brand: bytes,
    items: list[Item],
    refs: list[tuple[bytes, int, tuple[int, ...]]],
    alternatives: tuple[int, ...] = (),
) -> bytes:
    """A file of items, which are counted from 1; the first one is the picture."""
    mapped = b"tmap" * any(item.kind == b"tmap" for item in items)  # who says so has to have one
    head = box(b"ftyp", brand, struct.pack(">I", 0), b"mif1", brand, b"miaf", mapped)
    size = len(_meta(items, refs, alternatives, 0))
    meta = _meta(items, refs, alternatives, len(head) + size + 8)
    return head + meta + box(b"mdat", *(item.content for item in items))


def _meta(
    items: list[Item],
    refs: list[tuple[bytes, int, tuple[int, ...]]],
    alternatives: tuple[int, ...],
    start: int,
) -> bytes:
    infos, places, shared, links = [], [], [], []
    for number, item in enumerate(items, 1):
        told = struct.pack(">HH4s", number, 0, item.kind) + b"\0" + item.mime
        infos.append(full(b"infe", told, version=2, flags=int(item.hidden)))
        places.append(struct.pack(">HHHII", number, 0, 1, start, len(item.content)))
        start += len(item.content)
        own = [len(shared) + place for place in range(1, len(item.properties) + 1)]
        shared += item.properties
        links.append(struct.pack(f">HB{len(own)}B", number, len(own), *own))
    targets = (
        box(kind, struct.pack(f">HH{len(to)}H", one, len(to), *to)) for kind, one, to in refs
    )
    group = struct.pack(f">II{len(alternatives)}I", 900, len(alternatives), *alternatives)
    return full(
        b"meta",
        full(b"hdlr", struct.pack(">I4s12x", 0, b"pict"), b"\0"),
        full(b"pitm", struct.pack(">H", 1)),
        full(b"iloc", b"\x44\0", struct.pack(">H", len(items)), *places),
        full(b"iinf", struct.pack(">H", len(items)), *infos),
        *([full(b"iref", *targets)] if refs else ()),
        box(
            b"iprp",
            box(b"ipco", *shared),
            full(b"ipma", struct.pack(">I", len(items)), *links),
        ),
        *([box(b"grpl", full(b"altr", group))] if alternatives else ()),
    )


def aux(kind: bytes) -> bytes:
    """The property that says what a companion is for."""
    return full(b"auxC", kind, b"\0")


def tone(width: int, height: int) -> Item:
    """A tone-mapped picture (ISO 21496-1): twice as light at most, one channel."""
    numbers = [(0, 1), (1, 1), (0, 1), (1, 1), (1, 1), (0, 1), (0, 1)]
    kinds = "IIiiIii"
    raw = struct.pack(">BHHB", 0, 0, 0, 0x40)
    raw += b"".join(
        struct.pack(f">{kind}I", *pair) for kind, pair in zip(kinds, numbers, strict=True)
    )
    return Item(b"tmap", raw, [full(b"ispe", struct.pack(">II", width, height))])


def packet(words: bytes) -> Item:
    """An XMP packet."""
    return Item(b"mime", words, mime=b"application/rdf+xml\0")
