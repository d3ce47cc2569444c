"""A tiny ONNX model, written byte by byte (protocol buffers): alpha as a mean of channels."""

import struct
from collections.abc import Mapping
from types import MappingProxyType

FLOAT, INT64 = 1, 7


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def varint(value: int) -> bytes:
    out = b""
    while value > 127:
        out += bytes([value & 127 | 128])
        value >>= 7
    return out + bytes([value])


def part(field: int, content: bytes | str) -> bytes:
    data = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(data)) + data


def value(name: str, shape: tuple[int | str, ...], kind: int = FLOAT) -> bytes:
    """Return a ValueInfoProto."""
    dims = b"".join(part(1, part(2, d) if isinstance(d, str) else number(1, d)) for d in shape)
    return part(1, name) + part(2, part(1, number(1, kind) + part(2, dims)))


def tensor(name: str, shape: tuple[int, ...], values: tuple[float, ...]) -> bytes:
    """Return a TensorProto of floats."""
    dims = b"".join(number(1, each) for each in shape)
    return (
        dims + number(2, FLOAT) + part(8, name) + part(9, struct.pack(f"<{len(values)}f", *values))
    )


def node(kind: str, inputs: tuple[str, ...], output: str) -> bytes:
    names = b"".join(part(1, each) for each in inputs)
    return names + part(2, output) + part(4, kind)


def model(
    shape: tuple[int | str, ...] = (1, 3, 64, 64),
    weights: tuple[float, float, float] = (0.5, 0.0, 0.0),
    bias: float = 0.5,
    told: Mapping[str, str] = MappingProxyType({"name": "Tiny", "licence": "CC0"}),
    channels: int = 1,
) -> bytes:
    """Return a model whose alpha is a weighted sum of the (normalized) channels, and a bias."""
    graph = part(1, node("Conv", ("img", "w", "b"), "alpha")) + part(2, "tiny")
    graph += part(5, tensor("w", (channels, 3, 1, 1), weights * channels))
    graph += part(5, tensor("b", (channels,), (bias,) * channels))
    graph += part(11, value("img", shape))
    graph += part(12, value("alpha", (1, channels, "h", "w")))
    metadata = b"".join(part(14, part(1, k) + part(2, v)) for k, v in told.items())
    return number(1, 8) + part(2, "tests") + part(7, graph) + part(8, number(2, 13)) + metadata
