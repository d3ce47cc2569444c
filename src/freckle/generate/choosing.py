"""Which generator was set up: a small file of the user's own, or what the command line says."""

import json
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from freckle.codec import atomic_write
from freckle.errors import GeneratorError
from freckle.generate.diffusion import Diffusion
from freckle.generate.remote import PATIENCE, Remote
from freckle.generate.wish import Engine


class _Choice(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RemoteChoice(_Choice):
    """A server that speaks OpenAI's images protocol."""

    engine: Literal["http"] = "http"
    url: Annotated[str, Field(max_length=2000, pattern="^https?://")]
    """Its base address."""
    model: Annotated[str, Field(max_length=200)] = ""
    """The model's name there."""
    key: Annotated[str, Field(max_length=2000)] = ""
    """The key; empty for servers that want none."""
    patience: Annotated[float, Field(gt=0, le=3600)] = PATIENCE
    """Seconds that an answer may take."""

    def made(self) -> Engine:
        """Return the engine."""
        return Remote(self.url, self.model, self.key, self.patience)


class DiffusionChoice(_Choice):
    """A diffusion model on this machine."""

    engine: Literal["diffusers"] = "diffusers"
    model: Annotated[str, Field(min_length=1, max_length=2000)]
    """A folder, or the hub's name."""
    hub: bool = False
    """Whether a name may be looked up on the hub."""
    device: Annotated[str, Field(max_length=40, pattern="^[a-z]+(:[0-9]+)?$")] = "cpu"
    """Where it runs: cpu, cuda, mps."""

    def made(self) -> Engine:
        """Return the engine."""
        return Diffusion(self.model, self.hub, self.device)


Choice = RemoteChoice | DiffusionChoice


def read_choice(given: Any) -> Choice:
    """Return a choice from plain data. Raises `GeneratorError`."""
    kinds: dict[Any, type[Choice]] = {"http": RemoteChoice, "diffusers": DiffusionChoice}
    kind = kinds.get(given.get("engine")) if isinstance(given, dict) else None
    if kind is None:
        raise GeneratorError("The generator's engine is not known.", "Use http or diffusers.")
    try:
        return kind.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise GeneratorError(
            f"The generator's {where or 'settings'} cannot be used: {first['msg']}.",
            "Set it up again.",
        ) from error


def load_choice(path: Path) -> Choice | None:
    """Return what was set up; None where nothing was. Raises `GeneratorError`."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        return read_choice(json.loads(text))
    except ValueError as error:
        raise GeneratorError(f"{path.name} is damaged.", "Set the generator up again.") from error


def save_choice(choice: Choice | None, path: Path) -> None:
    """Keep a choice, for its owner's eyes only; None forgets it."""
    if choice is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    atomic_write(path, choice.model_dump_json(indent=1).encode(), 0o600)
