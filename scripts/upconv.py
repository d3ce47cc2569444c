"""Bring waifu2x's network for photos from ncnn's file into TFLite's.

Seven layers without branches (Nagadomi 2015): six 3 × 3 convolutions with a leaky ramp after each,
and a transposed one of 4 × 4 that doubles the size. The last is written as a plain one that answers
with the four pixels of each place, three channels each: runtimes are much faster at those.
"""

import struct
from typing import Any, Final

import flatbuffers  # type: ignore[import-untyped]
import numpy as np
import numpy.typing as npt
from ai_edge_litert import schema_py_generated as schema  # type: ignore[import-untyped]

CHANNELS: Final = (3, 16, 32, 64, 128, 128, 256)
HALF: Final = 0x01306B47
"""ncnn's mark of half precision."""
SLOPE: Final = 0.1
TILE: Final = 142
"""Side of the picture that the network reads at a time; it answers with 128 × 128 × 12."""
TAPS: Final = {0: {0: 3, 1: 1}, 1: {1: 2, 2: 0}}
"""For the first and the second pixel of a place: which places it is made of, by which taps."""
Layer = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32]]


def converted(content: bytes) -> bytes:
    """Return a TFLite network from ncnn's weights; `RuntimeError` when they are not as expected."""
    return _Graph().built(_layers(content))


def _layers(content: bytes) -> list[Layer]:
    """Read kernels (out × height × width × in) and biases of all layers."""
    at, layers = 0, []
    for number in range(7):
        (mark,) = struct.unpack_from("<I", content, at)
        at += 4
        last = number == 6
        into, side = (3, 4) if last else (CHANNELS[number + 1], 3)
        count = into * CHANNELS[number] * side * side
        if mark == HALF:
            kernel = np.frombuffer(content, np.float16, count, at).astype(np.float32)
            at += (2 * count + 3) // 4 * 4
        elif mark == 0:
            kernel = np.frombuffer(content, np.float32, count, at)
            at += 4 * count
        else:
            raise RuntimeError(f"The upscaler's weights have an unknown mark: {mark:#x}.")
        bias = np.frombuffer(content, np.float32, into, at)
        at += 4 * into
        kernel = kernel.reshape(into, CHANNELS[number], side, side).transpose(0, 2, 3, 1)
        layers.append((_apart(kernel), np.tile(bias, 4)) if last else (kernel, bias))
    if at != len(content):
        raise RuntimeError("The upscaler's weights are longer than their layers.")
    return layers


def _apart(kernel: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Return a transposed convolution of stride 2 as a plain one for each of four pixels."""
    phases = np.zeros((12, 3, 3, kernel.shape[3]), np.float32)
    for row, downs in TAPS.items():
        for column, acrosses in TAPS.items():
            first = 3 * (2 * row + column)
            for down, v in downs.items():
                for across, h in acrosses.items():
                    phases[first : first + 3, down, across] = kernel[:, v, h]
    return phases


class _Graph:
    """A network in the making."""

    def __init__(self) -> None:
        self.model, self.graph = schema.ModelT(), schema.SubGraphT()
        self.graph.tensors, self.graph.operators = [], []
        self.model.version, self.model.description = 3, b"upscaler"
        self.model.buffers, self.model.operatorCodes = [schema.BufferT()], []
        self.model.subgraphs = [self.graph]

    def built(self, layers: list[Layer]) -> bytes:
        side = TILE
        now = first = self._tensor("picture", (1, side, side, 3))
        for number, (kernel, bias) in enumerate(layers):
            side -= 2
            now = self._summed(now, number, (1, side, side, kernel.shape[0]), (kernel, bias))
            if number < 6:
                now = self._bent(now, number, (1, side, side, kernel.shape[0]))
        self.graph.inputs = np.array([first], np.int32)
        self.graph.outputs = np.array([now], np.int32)
        builder = flatbuffers.Builder(1 << 20)
        builder.Finish(self.model.Pack(builder), b"TFL3")
        return bytes(builder.Output())

    def _summed(self, now: int, number: int, shape: tuple[int, ...], layer: Layer) -> int:
        how = schema.Conv2DOptionsT()
        how.padding = schema.Padding.VALID
        how.strideW = how.strideH = how.dilationWFactor = how.dilationHFactor = 1
        summed = self._tensor(f"sum{number}", shape)
        held = [self._tensor(f"{k}{number}", v.shape, v) for k, v in zip("wb", layer, strict=True)]
        self._operator("CONV_2D", [now, *held], summed, ("Conv2DOptions", how))
        return summed

    def _bent(self, now: int, number: int, shape: tuple[int, ...]) -> int:
        how = schema.LeakyReluOptionsT()
        how.alpha = SLOPE
        bent = self._tensor(f"ramp{number}", shape)
        self._operator("LEAKY_RELU", [now], bent, ("LeakyReluOptions", how))
        return bent

    def _tensor(self, name: str, shape: tuple[int, ...], values: Any = None) -> int:
        tensor = schema.TensorT()
        tensor.name, tensor.shape, tensor.buffer = name.encode(), np.array(shape, np.int32), 0
        tensor.type = schema.TensorType.FLOAT32
        if values is not None:
            buffer = schema.BufferT()
            buffer.data = np.frombuffer(np.ascontiguousarray(values).tobytes(), np.uint8)
            self.model.buffers.append(buffer)
            tensor.buffer = len(self.model.buffers) - 1
        self.graph.tensors.append(tensor)
        return len(self.graph.tensors) - 1

    def _operator(self, name: str, inputs: list[int], output: int, how: tuple[str, Any]) -> None:
        code = getattr(schema.BuiltinOperator, name)
        codes = [known.builtinCode for known in self.model.operatorCodes]
        if code not in codes:
            made = schema.OperatorCodeT()
            made.builtinCode, made.deprecatedBuiltinCode, made.version = code, min(code, 127), 1
            self.model.operatorCodes.append(made)
            codes.append(code)
        operator = schema.OperatorT()
        operator.opcodeIndex = codes.index(code)
        operator.inputs = np.array(inputs, np.int32)
        operator.outputs = np.array([output], np.int32)
        operator.builtinOptionsType = getattr(schema.BuiltinOptions, how[0])
        operator.builtinOptions = how[1]
        self.graph.operators.append(operator)
