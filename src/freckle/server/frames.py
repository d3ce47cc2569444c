"""The binary frames of the live preview: a header of 32 bytes, then a JPEG."""

import struct
from collections.abc import Mapping
from typing import Any, Final, Literal

from freckle.jobs.protocol import Message

Kind = Literal["drag", "final", "original"]
HEADER: Final = struct.Struct("<IHHIffffHH")
"""Magic, version, kind, id, region x y w h (full-size pixels), render ms, encode ms."""
MAGIC: Final = 0x4C4B5246
EDITED: Final = 0
ORIGINAL: Final = 1
PATCH: Final = 2


def rendering_ms(head: Mapping[str, Any]) -> float:
    """Return how long a frame took before it was encoded."""
    return float(head["work_ms"] + head["base_ms"] + head["draw_ms"])


def pack(number: int, kind: Kind, frame: Message) -> bytes:
    """Return a binary frame: the header of 32 bytes and the JPEG."""
    head = frame.head
    x, y, w, h = head["region"]
    render = min(round(rendering_ms(head)), 65535)
    encode = min(round(head["encode_ms"]), 65535)
    code = ORIGINAL if kind == "original" else PATCH if head["patch"] else EDITED
    return HEADER.pack(MAGIC, 1, code, number, x, y, w, h, render, encode) + frame.body
