"""A style guide: what all pictures of a house have in common, as a folder or one ZIP file.

`guide.json` has the rules; recipes and looks lie beside it as files of their own.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from freckle.disk import atomic_write
from freckle.errors import RecipeError
from freckle.recipe.recipe import Recipe

NAME: Final = "guide.json"
LARGEST: Final = 4_000_000
"""Bytes of a file in a guide at most."""
MOST: Final = 200
"""Files of a guide at most."""
ENDINGS: Final = (".json", ".cube", ".txt", ".md")
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""Of files in a ZIP: the same guide is the same bytes."""
Percent = Annotated[float, Field(ge=0, le=100)]
Range = tuple[Percent, Percent]


class Guide(BaseModel):
    """The rules; what is not said is free."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    format: Annotated[int, Field(ge=1, le=1)] = 1
    name: Annotated[str, Field(min_length=1, max_length=80)]
    version: Annotated[str, Field(max_length=40)] = "1"
    shape: Annotated[str, Field(pattern=r"^\d{1,3}:\d{1,3}$")] | None = None
    """Width to height, as 4:5."""
    least: Annotated[int, Field(ge=1, le=40_000)] | None = None
    """Pixels of the longer side at least."""
    head: Range | None = None
    """From chin to crown, percent of the height: least and most."""
    eyes: Range | None = None
    """From the lower edge to the eyes, percent of the height."""
    level: Annotated[float, Field(ge=0, le=45)] | None = None
    """Degrees by which eyes may lean."""
    background: Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$")] | None = None
    near: Annotated[float, Field(ge=0, le=50)] = 5.0
    """How far a background's color may be from it (CIELAB)."""
    caps: dict[str, float] = Field(default_factory=dict)
    """The most that sliders may have, as smooth.amount: 40."""
    without: tuple[str, ...] = ()
    """Tools or panels that are not used."""

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Read a guide's rules. Raises `RecipeError`."""
        try:
            return cls.model_validate(json.loads(data))
        except ValidationError as error:
            first: Any = error.errors(include_url=False)[0]
            place = ".".join(map(str, first["loc"])) or "its root"
            raise RecipeError(f"The guide is wrong at {place}: {first['msg']}.", REMEDY) from error
        except (ValueError, RecursionError) as error:
            raise RecipeError("The guide is no JSON.", REMEDY) from error


REMEDY: Final = "docs/sets.md lists the rules."


def guide_at(path: Path) -> Guide:
    """Read a guide from its folder, its ZIP file or guide.json itself. Raises `RecipeError`."""
    return Guide.parse(files_of(path)[NAME])


def files_of(path: Path) -> dict[str, bytes]:
    """Return the files of a guide by name, each checked. Raises `RecipeError`."""
    try:
        if path.is_dir():
            found = {
                each.name: _bounded(each.name, each.stat().st_size, each.read_bytes)
                for each in sorted(path.iterdir())
                if each.is_file() and each.suffix in ENDINGS and not each.name.startswith(".")
            }
        elif zipfile.is_zipfile(path):
            found = _unpacked(path)
        else:
            found = {NAME: _bounded(path.name, path.stat().st_size, path.read_bytes)}
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RecipeError(f"The guide {path.name[:80]!r} cannot be read.", REMEDY) from error
    if NAME not in found or len(found) > MOST:
        raise RecipeError(f"{path.name[:80]!r} has no {NAME}, or too many files.", REMEDY)
    Guide.parse(found[NAME])
    for name, data in found.items():
        if name.endswith(".json") and name != NAME:
            Recipe.parse(data)
    return found


def pack(folder: Path, out: Path) -> int:
    """Write a guide as one ZIP file; return how many files it has.

    Raises `RecipeError` or `OutputError`.
    """
    found, whole = files_of(folder), io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in sorted(found.items()):
            packed.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    atomic_write(out, whole.getvalue())
    return len(found)


def _unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        entries = packed.infolist()[: MOST + 1]
        return {
            entry.filename: _bounded(
                entry.filename, entry.file_size, lambda e=entry: packed.read(e)
            )
            for entry in entries
            if "/" not in entry.filename and Path(entry.filename).suffix in ENDINGS
        }


def _bounded(name: str, size: int, read: Any) -> bytes:
    if size > LARGEST:
        raise RecipeError(f"{name[:80]!r} in the guide is larger than 4 MB.", REMEDY)
    data: bytes = read()
    return data
