"""Cut networks into parts, as TFLite's format has them.

MediaPipe's attention mesh holds three custom operators that plain LiteRT refuses; they are simple
samplings, so the graph is cut around them and the sampling is done in `freckle.vision.mesh`.
"""

import copy
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import flatbuffers  # type: ignore[import-untyped]
from ai_edge_litert import schema_py_generated as schema  # type: ignore[import-untyped]
from flatbuffers import flexbuffers

CROPS = {"mesh_lips": 192, "mesh_right_eye": 193, "mesh_left_eye": 194}
"""Operator of the attention mesh that says where a head looks."""


@dataclass(frozen=True)
class Part:
    """A piece of a graph: tensor numbers of the original at which it begins and ends."""

    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


def cut(content: bytes, part: Part) -> bytes:
    """Keep of a network what leads from the part's inputs to its outputs; return a network."""
    model = _model(content)
    graph = model.subgraphs[0]
    operators = [graph.operators[k] for k in _needed(graph, part)]
    ends = {*part.inputs, *part.outputs}
    used = sorted(ends | {int(t) for o in operators for t in (*o.inputs, *o.outputs) if t >= 0})
    # Buffer 0 is the format's empty one and must stay first.
    buffers = sorted({0} | {graph.tensors[t].buffer for t in used})
    tensor_at = {tensor: i for i, tensor in enumerate(used)}
    buffer_at = {buffer: i for i, buffer in enumerate(buffers)}

    kept = schema.SubGraphT()
    kept.tensors = [
        _with(graph.tensors[t], buffer=buffer_at[graph.tensors[t].buffer]) for t in used
    ]
    kept.operators = [
        _with(o, inputs=_renumber(o.inputs, tensor_at), outputs=_renumber(o.outputs, tensor_at))
        for o in operators
    ]
    kept.inputs = _renumber(part.inputs, tensor_at)
    kept.outputs = _renumber(part.outputs, tensor_at)
    new = schema.ModelT()
    new.version, new.operatorCodes = model.version, model.operatorCodes
    new.buffers, new.subgraphs = [model.buffers[b] for b in buffers], [kept]
    builder = flatbuffers.Builder(len(content))
    builder.Finish(new.Pack(builder), b"TFL3")
    return bytes(builder.Output())


def crops(content: bytes) -> dict[str, dict[str, Any]]:
    """Return for each head of the attention mesh the mesh points that say where it looks."""
    operators = _model(content).subgraphs[0].operators
    found = {}
    for name, number in CROPS.items():
        options = flexbuffers.Loads(bytes(operators[number].customOptions))
        found[name] = {
            "subset": [int(k) for k in options["subset_idxs"]],
            "axis": [int(options["left_rotation_idx"]), int(options["right_rotation_idx"])],
        }
    return found


def _needed(graph: Any, part: Part) -> list[int]:
    maker = {int(t): k for k, o in enumerate(graph.operators) for t in o.outputs}
    needed: set[int] = set()
    open_tensors = list(part.outputs)
    while open_tensors:
        tensor = open_tensors.pop()
        made_by = maker.get(tensor)
        if tensor in part.inputs or made_by is None or made_by in needed:
            continue
        needed.add(made_by)
        open_tensors += [int(t) for t in graph.operators[made_by].inputs if t >= 0]
    return sorted(needed)


def _model(content: bytes) -> Any:
    return schema.ModelT.InitFromObj(schema.Model.GetRootAs(content, 0))


def _with(thing: Any, **fields: Any) -> Any:
    changed = copy.copy(thing)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _renumber(tensors: Iterable[int], at: Mapping[int, int]) -> list[int]:
    # A negative number stands for an optional input that is not there.
    return [at[int(t)] if t >= 0 else -1 for t in tensors]
