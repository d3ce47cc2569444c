"""A diffusion model on this machine, through the `diffusers` library (extra `generate`).

From a folder, or by the hub's name of a model where that is allowed; a folder never asks the
network. PyTorch and diffusers are imported when the first picture is asked for.
"""

import threading
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import cv2
import numpy as np

from freckle.errors import GeneratorError
from freckle.generate.wish import RGB8, Progress, Wish

STYLED: Final = 0.75
"""How far a picture may go from a reference whose style it takes."""
_ONE = threading.Lock()
"""A model works on one wish at a time: two would need twice the memory."""


@dataclass(slots=True)
class Diffusion:
    """A text-to-image model; it paints from words, from a picture, and after a reference."""

    model: str
    """A folder, or the hub's name."""
    hub: bool = False
    """Whether a name may be looked up on the hub."""
    device: str = "cpu"
    _pipe: Any = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """The model's name."""
        return Path(self.model).name

    def make(self, wish: Wish, progress: Progress) -> list[RGB8]:
        """Paint one candidate after the other: candidate k of seed s is that of seed s + k."""
        wish.check()
        with _ONE:
            try:
                return [self._painted(wish, k, progress) for k in range(wish.count)]
            except (MemoryError, RuntimeError) as error:
                if isinstance(error, RuntimeError) and "memory" not in str(error).lower():
                    raise GeneratorError(
                        f"{self.name} cannot paint this ({str(error).splitlines()[0][:160]}).",
                        "Try another size, or another model.",
                    ) from error
                raise GeneratorError(
                    f"{self.name} needs more memory than there is.",
                    "Ask for a smaller size, or use a smaller model.",
                ) from error

    def _painted(self, wish: Wish, number: int, progress: Progress) -> RGB8:
        torch, pipe = self._ready(wish)
        generator = torch.Generator("cpu").manual_seed(wish.seed + number)
        options: dict[str, Any] = {
            "prompt": wish.prompt,
            "generator": generator,
            "output_type": "np",
            "callback_on_step_end": self._watched(wish, number, progress),
        }
        if wish.negative:
            options["negative_prompt"] = wish.negative
        if wish.guidance is not None:
            options["guidance_scale"] = wish.guidance
        if wish.steps is not None:
            options["num_inference_steps"] = wish.steps
        start = wish.image if wish.image is not None else wish.reference
        if start is None:
            options["width"], options["height"] = wish.size
        else:
            options["image"] = _tensor(torch, start, wish.size)
            options["strength"] = wish.strength if wish.image is not None else STYLED
        pipe.set_progress_bar_config(disable=True)
        found = pipe(**options).images[0]
        return np.asarray(np.rint(np.clip(found, 0, 1) * 255), np.uint8)

    def _watched(self, wish: Wish, number: int, progress: Progress) -> Any:
        """Return what diffusers calls after each step; what it raises ends the work."""

        def after(pipe: Any, step: int, _time: Any, values: dict[str, Any]) -> dict[str, Any]:
            steps = max(int(getattr(pipe, "num_timesteps", 0) or 0), 1)
            progress((number + min(1.0, (step + 1) / steps)) / wish.count)
            return values

        return after

    def _ready(self, wish: Wish) -> tuple[Any, Any]:
        """Return PyTorch and the pipeline for a wish. Raises `GeneratorError`."""
        try:
            # late: seconds, and gigabytes that few people have
            torch, diffusers = import_module("torch"), import_module("diffusers")
        except ImportError as error:
            raise GeneratorError(
                "Diffusion models need an extra.", "Install it: pip install 'freckle[generate]'."
            ) from error
        if self._pipe is None:
            self._pipe = self._opened(diffusers)
        if wish.image is None and wish.reference is None:
            return torch, diffusers.AutoPipelineForText2Image.from_pipe(self._pipe)
        return torch, diffusers.AutoPipelineForImage2Image.from_pipe(self._pipe)

    def _opened(self, diffusers: Any) -> Any:
        folder = Path(self.model)
        if not self.hub and not (folder / "model_index.json").is_file():
            raise GeneratorError(
                f"{folder.name} is no folder of a diffusion model.",
                "Choose the folder in which model_index.json lies.",
            )
        try:
            pipe = diffusers.AutoPipelineForText2Image.from_pretrained(
                self.model, local_files_only=not self.hub, use_safetensors=True
            )
        except (OSError, ValueError, KeyError) as error:
            first = str(error).strip().splitlines()[0][:200]
            raise GeneratorError(
                f"{self.name} cannot be opened ({first}).",
                "Look whether the folder is whole; weights are read from .safetensors only.",
            ) from error
        return pipe.to(self.device)


def _tensor(torch: Any, picture: RGB8, size: tuple[int, int]) -> Any:
    """Return a picture cut to a size's shape, as diffusers wants it: 1 × 3 × height × width."""
    height, width = picture.shape[:2]
    scale = max(size[0] / width, size[1] / height)
    large = round(width * scale), round(height * scale)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    sized = cv2.resize(picture, large, interpolation=way)
    left, top = (large[0] - size[0]) // 2, (large[1] - size[1]) // 2
    cut = sized[top : top + size[1], left : left + size[0]].astype(np.float32) / 255
    return torch.from_numpy(np.ascontiguousarray(cut.transpose(2, 0, 1)[None]))
