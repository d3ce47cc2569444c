"""Run one network in LiteRT: loaded once, safe from several threads, the same bytes every time."""

import json
import threading
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter  # type: ignore[import-untyped]

from freckle.errors import FreckleError

Tensor = npt.NDArray[np.float32]

WEIGHTS = files("freckle.vision") / "weights"
SLOW: Final = {"parser": 2, "upscaler": 2, "upscaler_jpeg": 2}
"""Networks that take tenths of a second, and their threads; others take milliseconds."""
_LOADING: Final = defaultdict[str, threading.Lock](threading.Lock)
"""Who asks for a network that another thread is loading waits for it."""
_REMEDY = "Install freckle again with `pip install`: its build brings the weights along."


class WeightsError(FreckleError):
    """The networks' weights are not where the installation should have put them."""


@dataclass(frozen=True, slots=True)
class Crop:
    """Where a head of the face mesh looks, as numbers of mesh points."""

    subset: tuple[int, ...]
    """The points that the crop encloses."""
    axis: tuple[int, int]
    """The two points whose line becomes horizontal."""


class Session:
    """One network and its buffers. Calls from several threads wait for each other.

    The count of threads inside a network is fixed, and each value is added up by one of them: the
    same bytes whatever the machine's count of cores.
    """

    def __init__(self, source: bytes | Path, threads: int = 1) -> None:
        """Load a network from its file, or from the bytes of one.

        A file is mapped, not read: processes share its 20 MB, and a start saves 15 ms.
        """
        self._lock = threading.Lock()
        of = {"model_path": str(source)} if isinstance(source, Path) else {"model_content": source}
        self._interpreter: Any = Interpreter(**of, num_threads=threads)
        self._interpreter.allocate_tensors()
        self._input: Any = self._interpreter.get_input_details()[0]
        self._outputs: Any = self._interpreter.get_output_details()

    def __call__(self, picture: Tensor) -> dict[int, Tensor]:
        """Run on one input (without the batch axis); return flat outputs by their count of values.

        The counts tell the outputs of every network in the table apart; their order in the file
        is an accident of its compiler.
        """
        with self._lock:
            self._interpreter.set_tensor(self._input["index"], picture[None])
            self._interpreter.invoke()
            found = [self._interpreter.get_tensor(o["index"]).ravel() for o in self._outputs]
        return {int(values.size): values for values in found}


def session(name: str) -> Session:
    """Return the network of this name in the weights' table, loaded on first use.

    Raises `WeightsError` when the installation lacks it.
    """
    with _LOADING[name]:
        return _loaded(name)


@cache
def _loaded(name: str) -> Session:
    rows = {row["name"]: row for row in manifest()["weights"]}
    if name not in rows:
        raise WeightsError(f"There is no network called {name!r}.", _REMEDY)
    path = WEIGHTS / str(rows[name]["file"])
    try:
        source = path if isinstance(path, Path) and path.is_file() else path.read_bytes()
        return Session(source, SLOW.get(name, 1))
    except (OSError, ValueError) as error:
        raise WeightsError(f"The network {name!r} cannot be read ({error}).", _REMEDY) from error


@cache
def manifest() -> dict[str, Any]:
    """Return the table that the build wrote beside the weights.

    Raises `WeightsError` when the installation lacks it.
    """
    try:
        table: dict[str, Any] = json.loads((WEIGHTS / "weights.json").read_text(encoding="utf-8"))
    except OSError as error:
        raise WeightsError("The networks' weights are not installed.", _REMEDY) from error
    return table


@cache
def crop(name: str) -> Crop:
    """Return where the head of this name looks."""
    row = manifest()["crops"][name]
    return Crop(tuple(row["subset"]), (row["axis"][0], row["axis"][1]))


def versions() -> dict[str, str]:
    """Return the networks in use: name → SHA-256 of the file, for memo keys and reports."""
    return {row["name"]: row["sha256"] for row in manifest()["weights"]}
