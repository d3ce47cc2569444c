"""Colors told by code points (ITU-T H.273) instead of a profile: PNG cICP, AVIF and HEIC nclx."""

import struct
from typing import Final

P3: Final = (0.51512, 0.24120, -0.00105, 0.29198, 0.69225, 0.04189, 0.15710, 0.06657, 0.78407)
BT2020: Final = (0.67346, 0.27903, -0.00193, 0.16566, 0.67534, 0.02998, 0.12510, 0.04563, 0.79686)
"""Red, green and blue in XYZ, adapted to D50 (Bradford)."""
WIDE: Final = {12: ("Display P3", P3), 9: ("BT.2020", BT2020)}
HDR: Final = frozenset({16, 18})
"""PQ and HLG."""
CURVE: Final = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""That of sRGB, as screens show video and stills alike."""
D50: Final = (0.9642, 1.0, 0.8249)


def profile_for(primaries: int, transfer: int) -> tuple[bytes | None, tuple[str, ...]]:
    """Return an ICC profile that says the same (None: sRGB), and what could not be honored."""
    notes: tuple[str, ...] = ()
    if transfer in HDR:
        notes = ("The picture is HDR (PQ or HLG), which freckle does not edit: it will look flat.",)
    if primaries not in WIDE:
        return None, notes
    return _profile(*WIDE[primaries]), notes


def _profile(name: str, colorants: tuple[float, ...]) -> bytes:
    """Write a version 4 display profile (ICC.1:2022): same name, same bytes."""
    tone = b"para\0\0\0\0" + struct.pack(">HH", 3, 0) + _fixed(*CURVE)
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
