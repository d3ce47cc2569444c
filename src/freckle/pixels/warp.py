"""Fields of displacement: smooth ramps, their limits, their inverse, and resampling by them.

A field is height × width × 2 float32: (x, y) of the way that each node of a grid goes, measured
in nodes along the grid. All fields are forward: what is at p goes to p + field(p). `backward`
turns one round into what resampling needs.
"""

from typing import Any, Final

import cv2
import numpy as np
import numpy.typing as npt

from freckle.pixels.color import Floats

SOFT: Final = 0.2
"""Share of a ramp that bends at either end; the middle is straight, so that it is never steep."""
STEEPEST: Final = 1 / (1 - SOFT)
"""Slope of a ramp of width 1 where it is straight."""
AREAS: Final = (0.45, 1.9)
"""How much any place may shrink and grow: the factor of its area."""
SOFTENED: Final = 12
WIDER: Final = 1.15
"""How often a field is damped where it is too steep, and how much wider every time."""
ROUNDS: Final = 14
"""Most steps of the inverse; each halves the rest where a field is at its steepest."""
FINENESS: Final = np.float32(1024)
"""Steps of a pixel in which places are told."""
SETTLED: Final = 0.01
"""Nodes: no further step is taken when the last one moved nothing as far. OpenCV reads a field at
32nds of a node, so that most steps end in swinging by about half as much."""
Line = tuple[float, float, float, float]
"""A straight segment: x, y of one end, x, y of the other."""
Samples = npt.NDArray[np.uint8] | npt.NDArray[np.uint16]


def rise(low: float, high: float, values: npt.ArrayLike) -> Floats:
    """Rise from 0 at `low` to 1 at `high`: straight with rounded ends, slope 1.25 / width."""
    t = np.clip((np.asarray(values, np.float32) - np.float32(low)) / np.float32(high - low), 0, 1)
    fold = np.minimum(t, 1 - t)  # the ramp is odd around its middle
    bent = np.where(
        fold < SOFT,
        np.float32(STEEPEST / (2 * SOFT)) * fold * fold,
        np.float32(STEEPEST) * (fold - np.float32(SOFT / 2)),
    )
    return np.asarray(np.where(t <= 0.5, bent, 1 - bent), np.float32)


def bell(inner: float, outer: float, distance: npt.ArrayLike) -> Floats:
    """Return 1 up to `inner` on both sides of 0, falling to 0 at `outer`."""
    return np.asarray(1 - rise(inner, outer, np.abs(distance)), np.float32)


def at_nodes(field: Floats, places: Floats) -> Floats:
    """Read a field (or a plane) at places in node coordinates, … × 2; bilinear, 0 outside."""
    flat = np.ascontiguousarray(places.reshape(1, -1, 2), np.float32)
    found = _remapped(field, flat, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
    return np.asarray(found, np.float32).reshape(*places.shape[:-1], *field.shape[2:])


def areas(field: Floats) -> Floats:
    """Return by how much each node's surroundings grow: the determinant of the Jacobian."""
    by_y, by_x = (np.gradient(field, axis=axis) for axis in (0, 1))
    grown = (1 + by_x[..., 0]) * (1 + by_y[..., 1]) - by_x[..., 1] * by_y[..., 0]
    return np.asarray(grown, np.float32)


def knee(field: Floats, limit: float, start: float = 0.8) -> Floats:
    """Let no node go further than `limit`: lengths bend from `start` of it and never reach it.

    The map of lengths is increasing with a slope of at most 1, so that a field is nowhere steeper
    afterwards.
    """
    length = np.asarray(cv2.magnitude(field[..., 0], field[..., 1]), np.float32)
    if float(length.max(initial=0)) <= start * limit:
        return field
    bend, room = np.float32(start * limit), np.float32((1 - start) * limit)
    held = bend + room * np.tanh((length - bend) / room)
    share = np.where(length > bend, held / np.maximum(length, np.float32(1e-9)), np.float32(1))
    return np.asarray(field * share[..., None], np.float32)


def unfolded(field: Floats, reach: float) -> Floats:
    """Damp a field where a place would shrink or grow beyond `AREAS`, so that nothing can fold.

    First softly within `reach` nodes of the places that need it, then ever wider around those
    that still do; what then remains, as a whole.
    """
    for _ in range(SOFTENED):
        side = 2 * max(1, round(reach)) + 1
        excess = _excess(field)
        if float(excess.max(initial=0)) <= 0:
            return field
        need = cv2.dilate(excess, np.ones((side, side), np.uint8))
        soft = cv2.GaussianBlur(need, (0, 0), reach / 2, borderType=cv2.BORDER_REPLICATE)
        field = np.asarray(field * (1 - soft)[..., None], np.float32)
        reach *= WIDER
    low, high = 0.0, 1.0
    for _ in range(12):
        middle = (low + high) / 2
        fits = float(_excess(field * np.float32(middle)).max(initial=0)) <= 0
        low, high = (middle, high) if fits else (low, middle)
    return np.asarray(field * np.float32(low), np.float32)


def fitting(field: Floats, share: float) -> float:
    """Return what of `share` × a field fits into `AREAS` everywhere; all of it when it can."""
    if float(_excess(field * np.float32(share)).max(initial=0)) <= 0:
        return share
    # the area's factor is 1 + s · spread + s² · turn at every node: no need to differentiate again
    by_y, by_x = (np.gradient(field, axis=axis) for axis in (0, 1))
    spread = by_x[..., 0] + by_y[..., 1]
    turn = by_x[..., 0] * by_y[..., 1] - by_x[..., 1] * by_y[..., 0]
    low, high = 0.0, share
    for _ in range(10):
        middle = (low + high) / 2
        grown = 1 + np.float32(middle) * spread + np.float32(middle * middle) * turn
        fits = AREAS[0] <= float(grown.min()) and float(grown.max()) <= AREAS[1]
        low, high = (middle, high) if fits else (low, middle)
    return low


def _excess(field: Floats) -> Floats:
    """Return the share of the field that has to go at each node, 0 where none has."""
    grown = areas(field)
    least, most = AREAS
    over = np.maximum((least - grown) / (1 - least), (grown - most) / (most - 1))
    return np.asarray(np.maximum(over, 0) / (1 + np.maximum(over, 0)), np.float32)


def backward(field: Floats) -> Floats:
    """Return the inverse of a field: what ends at p was at p + the inverse there.

    It is the fixed point of b(p) = −field(p + b(p)), and its limits make a field converge to it.
    """
    height, width = field.shape[:2]
    nodes = np.dstack(np.meshgrid(np.arange(width), np.arange(height))).astype(np.float32)
    back = -field
    for _ in range(ROUNDS):
        places = np.ascontiguousarray(nodes + back)
        before, moved = back, _remapped(field, places, cv2.INTER_LINEAR, cv2.BORDER_CONSTANT)
        back = -np.asarray(moved, np.float32)
        if cv2.norm(back, before, cv2.NORM_INF) < SETTLED:
            break
    return back


def enlarged(nodes: Floats, step: int) -> Floats:
    """Return a field (rows + 2 × columns + 2 × 2, one node around it) for each pixel.

    A node covers `step` × `step` pixels; the answer is rows · step × columns · step × 2. Enlarging
    is bilinear, which keeps straight what is straight; OpenCV's cubic one ripples by a twentieth
    of a node.
    """
    large = cv2.resize(nodes, None, fx=step, fy=step, interpolation=cv2.INTER_LINEAR)
    return np.asarray(large[step:-step, step:-step], np.float32)


def told(places: Any) -> Any:
    """Round places to steps that float32 adds to whole pixels without error.

    So a part of a picture is read as the same part of the whole is.
    """
    return np.rint(places * FINENESS) / FINENESS


def resampled(pixels: Samples, places: Floats) -> Any:
    """Read pixels at places (height × width × 2, pixel indices) with a cubic kernel."""
    return _remapped(pixels, places, cv2.INTER_CUBIC, cv2.BORDER_REPLICATE)


def _remapped(pixels: Any, places: Floats, kernel: int, border: int) -> Any:
    # OpenCV takes None for a second map, its type stubs do not know that
    return cv2.remap(pixels, places, None, kernel, borderMode=border)  # type: ignore[call-overload]
