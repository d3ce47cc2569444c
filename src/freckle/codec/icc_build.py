"""Write ICC profiles of our own: primaries and a curve say all (ICC.1:2022)."""

import struct
from typing import Final

Nine = tuple[float, ...]
"""Red, green and blue in XYZ, adapted to D50 (Bradford)."""
SRGB: Final[Nine] = (
    *(0.43607, 0.22249, 0.01392),
    *(0.38515, 0.71687, 0.09708),
    *(0.14307, 0.06061, 0.71410),
)
P3: Final[Nine] = (
    *(0.51512, 0.24120, -0.00105),
    *(0.29198, 0.69225, 0.04189),
    *(0.15710, 0.06657, 0.78407),
)
ADOBE: Final[Nine] = (
    *(0.60974, 0.31111, 0.01947),
    *(0.20528, 0.62567, 0.06087),
    *(0.14919, 0.06322, 0.74457),
)
SRGB_CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""That of sRGB, as screens show video and stills alike."""
ADOBE_CURVE: Final = (563 / 256,)
D50: Final = (0.9642, 1.0, 0.8249)


def built(name: str, colorants: Nine, curve: tuple[float, ...]) -> bytes:
    """Write a version 4 display profile: same name, same bytes.

    `curve` is a gamma, or the five numbers of ICC's parametric curve of type 3.
    """
    kind = 3 if len(curve) > 1 else 0
    tone = b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + _fixed(*curve)
    tags = {b"desc": _text(name), b"cprt": _text("No rights reserved"), b"wtpt": _xyz(D50)}
    for column, letter in enumerate(b"rgb"):
        tags[bytes([letter]) + b"XYZ"] = _xyz(colorants[3 * column : 3 * column + 3])
    tags |= dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), tone)
    table, body, start = b"", b"", 132 + 12 * len(tags)
    for tag, raw in tags.items():
        table += tag + struct.pack(">II", start + len(body), len(raw))
        body += raw + bytes(-len(raw) % 4)
    head = struct.pack(">I4sI", start + len(body), b"", 0x04300000) + b"mntrRGB XYZ "
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(*D50)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def _fixed(*values: float) -> bytes:
    return struct.pack(f">{len(values)}i", *[round(value * 65536) for value in values])


def _xyz(values: tuple[float, ...]) -> bytes:
    return b"XYZ \0\0\0\0" + _fixed(*values)


def _text(words: str) -> bytes:
    raw = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(raw), 28) + raw
