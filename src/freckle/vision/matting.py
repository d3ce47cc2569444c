"""A matting network of the user's own (ONNX): who is in a picture, pixel by pixel.

Most portrait-matting networks take one picture and give one alpha; they differ in size, layout and
how colors are normalized. Layout and size are read from the model; what a model does not say comes
from its metadata or a JSON file of its name beside it (`Sheet`). The network is named by the
setting `FRECKLE_MATTING_MODEL`, which `--matting-model` sets for one command.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal, Self

import cv2
import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from freckle.errors import RecipeError
from freckle.vision.onnx import runtime

SETTING: Final = "FRECKLE_MATTING_MODEL"
"""Names the model's file."""
FREE: Final = 512
"""Pixels of a side where a model takes any."""
THREADS: Final = 2
"""Threads within the network: a fixed count, for the same bytes everywhere."""
KINDS: Final = {"tensor(float)": np.float32, "tensor(float16)": np.float16}
Floats = npt.NDArray[np.float32]
Three = tuple[float, float, float]


class Sheet(BaseModel):
    """What a model may say of itself, in its metadata or in NAME.json beside NAME.onnx."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    name: str = ""
    licence: str = ""
    """Under which licence it comes, as people read it."""
    input: str | None = None
    """Which input takes the picture; None: the only one."""
    output: str | None = None
    """Which output is alpha; None: the first."""
    size: int = Field(default=FREE, ge=32, le=4096)
    """Side of the picture that it wants, where the model takes any."""
    mean: Three = (0.5, 0.5, 0.5)
    std: Three = (0.5, 0.5, 0.5)
    """Values 0..1 become (value − mean) / std."""
    channels: Literal["rgb", "bgr"] = "rgb"
    sigmoid: bool = False
    """Whether alpha is yet to be squashed into 0..1."""


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """A model at hand."""

    file: Path
    sheet: Sheet
    session: Any
    input: str
    output: str
    kind: Any
    size: tuple[int, int]
    """Height and width."""
    last: bool
    """Whether channels come last."""

    @classmethod
    def open(cls, file: Path) -> Self:
        """Load a model. Raises `RecipeError`, which says what is wrong with it."""
        session = _session(file)
        sheet = _sheet(file, session.get_modelmeta())
        inputs = {each.name: each for each in session.get_inputs()}
        outputs = [each.name for each in session.get_outputs()]
        name = sheet.input or (next(iter(inputs)) if len(inputs) == 1 else None)
        if name is None or name not in inputs:
            raise _unfit(file, f"it has the inputs {', '.join(inputs)}, and which is not told")
        if sheet.output is not None and sheet.output not in outputs:
            raise _unfit(file, f"it has no output {sheet.output}, only {', '.join(outputs)}")
        taken = inputs[name]
        if taken.type not in KINDS:
            raise _unfit(file, f"it takes {taken.type}, not floats")
        size, last = _layout(file, list(taken.shape), sheet.size)
        output = sheet.output or outputs[0]
        return cls(file, sheet, session, name, output, KINDS[taken.type], size, last)

    @property
    def told(self) -> str:
        """The model's name and licence in one line."""
        licence = self.sheet.licence or "its licence is not told"
        return f"{self.sheet.name or self.file.stem} ({licence})"

    def alpha(self, picture: Floats) -> Floats:
        """Return how much of each pixel is people's, 0..1 (height × width).

        `picture` is height × width × 3 sRGB, 0..1. Raises `RecipeError` where the model fails.
        """
        height, width = self.size
        small: Any = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
        if self.sheet.channels == "bgr":
            small = small[..., ::-1]
        mean, std = (np.array(each, np.float32) for each in (self.sheet.mean, self.sheet.std))
        values = (small - mean) / std
        fed = np.ascontiguousarray(values if self.last else values.transpose(2, 0, 1))[None]
        try:
            (found,) = self.session.run([self.output], {self.input: fed.astype(self.kind)})
        except Exception as error:
            raise _unfit(self.file, "it fails on a picture") from error
        flat = np.squeeze(np.asarray(found, np.float32))
        if flat.ndim != 2 or not np.isfinite(flat).all():
            raise _unfit(self.file, f"its answer is no alpha but {list(np.shape(found))}")
        if self.sheet.sigmoid:
            flat = np.asarray(1 / (1 + np.exp(-np.clip(flat, -30, 30))), np.float32)
        size = picture.shape[1], picture.shape[0]
        large = cv2.resize(flat, size, interpolation=cv2.INTER_LINEAR)
        return np.asarray(np.clip(large, 0, 1), np.float32)


def chosen() -> Network | None:
    """Return the network that the setting names, if it names one. Raises `RecipeError`."""
    name = os.environ.get(SETTING)
    return opened(Path(name)) if name else None


@cache
def opened(file: Path) -> Network:
    """Return a model, loaded once. Raises `RecipeError`."""
    return Network.open(file)


def _session(file: Path) -> Any:
    if not file.is_file():
        raise RecipeError(f"There is no matting model {file}.", "Give the path of an ONNX file.")
    try:
        found = runtime()
    except ImportError as error:
        raise RecipeError(
            "A matting model needs the ONNX runtime.", "Run `pip install 'freckle[matting]'`."
        ) from error
    options = found.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = THREADS, 1
    options.log_severity_level = 4
    try:
        return found.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise _unfit(file, "it is no ONNX model that can be run") from error


def _sheet(file: Path, meta: Any) -> Sheet:
    """Read what is told of a model: its own metadata, and over it the file beside it."""
    beside = file.with_suffix(".json")
    told: dict[str, Any] = {"name": str(getattr(meta, "graph_name", ""))}
    told |= _plain(meta.custom_metadata_map)
    try:
        if beside.is_file():
            told |= json.loads(beside.read_text("utf-8"))
        told.setdefault("licence", told.get("license", ""))
        return Sheet.model_validate(told)
    except (ValueError, TypeError, OSError) as error:
        where = ""
        if isinstance(error, ValidationError):
            where = f" at {error.errors(include_url=False)[0]['loc'][0]}"
        raise RecipeError(
            f"What is told of the matting model in {beside.name} or its metadata is wrong{where}.",
            'Write it as {"licence": "MIT", "size": 512, "mean": [0.5, 0.5, 0.5]}.',
        ) from error


def _plain(metadata: Mapping[str, str]) -> dict[str, Any]:
    """Return metadata, which is text, as JSON where it is that."""
    found: dict[str, Any] = {}
    for name, text in metadata.items():
        try:
            value = json.loads(text)
        except ValueError:
            value = text
        found[name] = text if name in ("name", "licence", "license") else value
    return found


def _layout(file: Path, shape: list[Any], side: int) -> tuple[tuple[int, int], bool]:
    """Return height and width that a model takes, and whether channels come last."""
    if len(shape) != 4 or 3 not in (shape[1], shape[3]):
        raise _unfit(file, f"it takes {shape}, not one picture of three channels")
    last = shape[1] != 3
    height, width = (shape[1], shape[2]) if last else (shape[2], shape[3])
    size = tuple(each if isinstance(each, int) and each > 0 else side for each in (height, width))
    return (size[0], size[1]), last


def _unfit(file: Path, why: str) -> RecipeError:
    return RecipeError(
        f"The matting model {file.name} cannot be used: {why}.",
        "Give a portrait-matting network as ONNX, with what it does not say in a JSON file beside "
        "it (docs/matting.md).",
    )
