"""Read an ICC profile far enough to calculate with it (ICC.1:2022, sections 7 to 10)."""

from dataclasses import replace
from typing import Final, Literal

import numpy as np
import numpy.typing as npt

from freckle.pixels.color import SRGB, Floats, RGBSpace, srgb_decode

SAMPLES: Final = 4096
"""Steps of a sampled curve; straight lines between them the error is below 1e-6."""
SRGB_D50: Final = np.array(
    [[0.43607, 0.38515, 0.14307], [0.22249, 0.71687, 0.06061], [0.01392, 0.09708, 0.71410]],
    dtype=np.float64,
)
"""Columns are sRGB's primaries adapted to D50, as the ICC's own sRGB profile has them."""
SAME_MATRIX: Final = 2e-3
SAME_CURVE: Final = 3e-3
"""Below these a profile is sRGB in all but rounding (there are dozens of such files)."""

SAME_WHITE: Final = 0.02
"""Profiles' white is D50 by definition; what differs more is a profile of its own kind."""

Doubles = npt.NDArray[np.float64]
Channels = Literal["rgb", "gray", "cmyk"]
_CHANNELS: Final[dict[bytes, Channels]] = {b"RGB ": "rgb", b"GRAY": "gray", b"CMYK": "cmyk"}
_PARAMETERS: Final = (1, 3, 4, 5, 7)


def channels(profile: bytes) -> Channels | None:
    """Say what a profile describes; None if it is broken or of another kind."""
    if len(profile) < 132 or profile[36:40] != b"acsp":
        return None
    if int.from_bytes(profile[:4], "big") > len(profile):
        return None
    return _CHANNELS.get(profile[16:20])


def read_space(profile: bytes) -> RGBSpace | None:
    """Turn a matrix-and-curve or gray profile into numbers; None for look-up-table profiles.

    Raises ValueError if the profile contradicts itself.
    """
    kind, tags = channels(profile), _tags(profile)
    if kind == "gray" and b"kTRC" in tags:
        return _named(profile, tags, np.eye(3), _curve(tags[b"kTRC"]))
    needed = (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")
    if kind != "rgb" or profile[20:24] != b"XYZ " or any(name not in tags for name in needed):
        return None
    colorants = np.stack([_xyz(tags[name]) for name in needed[:3]], axis=1)
    if abs(np.linalg.det(colorants)) < 1e-4:
        raise ValueError("primaries on one line")
    curves = [_curve(tags[name]) for name in needed[3:]]
    if max(float(np.abs(curve - curves[1]).max()) for curve in curves) > SAME_CURVE:
        return None  # three different curves: a device's own calibration, not a working space
    matrix: Doubles = np.linalg.solve(SRGB_D50, colorants).astype(np.float64)
    white = matrix.sum(axis=1, keepdims=True)
    if np.abs(white - 1).max() < SAME_WHITE:
        matrix = matrix / white  # so that gray stays gray, whatever the profiles' rounding
    return _named(profile, tags, matrix, curves[1])


def _named(profile: bytes, tags: dict[bytes, bytes], matrix: Doubles, curve: Floats) -> RGBSpace:
    """Give the space its name, and sRGB's own numbers where they are as good as the same."""
    name = _description(tags.get(b"desc", b"")) or profile[16:20].decode("ascii").strip()
    grid = np.linspace(0, 1, SAMPLES, dtype=np.float32)
    own = None if float(np.abs(curve - srgb_decode(grid)).max()) < SAME_CURVE else curve
    if float(np.abs(matrix - np.eye(3)).max()) < SAME_MATRIX:
        return replace(SRGB, name=name, curve=own)
    return RGBSpace(name, matrix.astype(np.float32), own)


def _tags(profile: bytes) -> dict[bytes, bytes]:
    count = min(int.from_bytes(profile[128:132], "big"), 256)
    found: dict[bytes, bytes] = {}
    for place in range(132, 132 + 12 * count, 12):
        start = int.from_bytes(profile[place + 4 : place + 8], "big")
        size = int.from_bytes(profile[place + 8 : place + 12], "big")
        found[profile[place : place + 4]] = profile[start : start + size]
    return found


def _fixed(raw: bytes) -> Doubles:
    """Decode s15Fixed16 numbers."""
    return np.frombuffer(raw[: len(raw) // 4 * 4], ">i4") / 65536.0


def _xyz(tag: bytes) -> Doubles:
    if tag[:4] != b"XYZ " or len(tag) < 20:
        raise ValueError("a primary without XYZ values")
    return _fixed(tag[8:20])


def _curve(tag: bytes) -> Floats:
    """Sample a tone curve at equal steps of the encoded value."""
    grid = np.linspace(0, 1, SAMPLES)
    if tag[:4] == b"para" and len(tag) >= 12:
        curve = _parametric(tag, grid)
    elif tag[:4] == b"curv" and len(tag) >= 12:
        curve = _table(tag, grid)
    else:
        raise ValueError("a tone curve of unknown type")
    curve = np.maximum.accumulate(np.clip(curve, 0, 1))
    if not np.isfinite(curve).all() or curve[-1] - curve[0] < 0.1:
        raise ValueError("a tone curve without a slope")
    return curve.astype(np.float32)


def _table(tag: bytes, grid: Doubles) -> Doubles:
    count = int.from_bytes(tag[8:12], "big")
    if count == 0:
        return grid
    values = np.frombuffer(tag[12 : 12 + 2 * count], ">u2").astype(np.float64)
    if len(values) < count:
        raise ValueError("a tone curve that ends early")
    if count == 1:
        gamma: Doubles = np.power(grid, values[0] / 256)
        return gamma
    return np.interp(grid, np.linspace(0, 1, count), values / 65535)


def _parametric(tag: bytes, grid: Doubles) -> Doubles:
    """Evaluate the five function types of ICC.1:2022 table 68."""
    kind = int.from_bytes(tag[8:10], "big")
    if kind >= len(_PARAMETERS) or len(tag) < 12 + 4 * _PARAMETERS[kind]:
        raise ValueError("a tone curve of unknown type")
    g, a, b, c, d, e, f = _full(kind, _fixed(tag[12 : 12 + 4 * _PARAMETERS[kind]]).tolist())
    with np.errstate(all="ignore"):  # what is not finite is refused by the caller
        power = np.power(np.maximum(a * grid + b, 0), g) + e
    return np.where(grid >= d, power, c * grid + f)


def _full(kind: int, given: list[float]) -> tuple[float, ...]:
    """Write any of the types as the last one: (a·x + b)^g + e from d on, c·x + f below."""
    g, a, b, c, d, e, f = [*given, *[0.0] * (7 - len(given))]
    match kind:
        case 0:
            return g, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0
        case 1:
            return g, a, b, 0.0, -b / a if a else 0.0, 0.0, 0.0
        case 2:
            return g, a, b, 0.0, -b / a if a else 0.0, c, c
        case _:
            return g, a, b, c, d, e, f


def _description(tag: bytes) -> str:
    if tag[:4] == b"desc":
        size = int.from_bytes(tag[8:12], "big")
        return tag[12 : 12 + min(size, 256)].split(b"\0")[0].decode("ascii", "replace")
    if tag[:4] == b"mluc" and len(tag) >= 28:
        size, start = (int.from_bytes(tag[place : place + 4], "big") for place in (20, 24))
        return tag[start : start + min(size, 512)].decode("utf-16-be", "replace")
    return ""
