"""A style guide: what all pictures of a house have in common, as a folder or one ZIP file.

`guide.json` has the rules; recipes and looks lie beside it as files of their own.
"""

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from freckle.disk import atomic_write
from freckle.errors import RecipeError
from freckle.recipe.recipe import Recipe

NAME: Final = "guide.json"
LARGEST: Final = 4_000_000
"""Bytes of a file in a guide at most."""
MOST: Final = 200
"""Files of a guide at most."""
ALL_OF_IT: Final = 16_000_000
"""Bytes of all of them at most, unpacked."""
ENDINGS: Final = (".json", ".cube", ".txt", ".md", ".png", ".svg")
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""Of files in a ZIP: the same guide is the same bytes."""
Percent = Annotated[float, Field(ge=0, le=100)]
Range = tuple[Percent, Percent]
Hex = Annotated[str, Field(pattern="^#[0-9a-fA-F]{6}$"), AfterValidator(str.lower)]
ColorName = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f]+$")]


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
    background: Hex | None = None
    near: Annotated[float, Field(ge=0, le=50)] = 5.0
    """How far a background's color may be from it (CIELAB)."""
    caps: dict[str, float] = Field(default_factory=dict)
    """The most that sliders may have, as smooth.amount: 40."""
    without: tuple[str, ...] = ()
    """Tools or panels that are not used."""
    colors: Annotated[dict[ColorName, Hex], Field(max_length=24)] = Field(default_factory=dict)
    """The house's own colors by name, in their order; with any, grounds have no others."""
    logo: Annotated[str, Field(pattern=r"^[^/\\\x00-\x1f]{1,120}\.(png|svg)$")] | None = None
    """A file of the guide."""

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
            return _checked(_listed(path))
        data = _bounded(path.name, path.stat().st_size, path.read_bytes)
    except OSError as error:
        raise RecipeError(f"The guide {path.name[:80]!r} cannot be read.", REMEDY) from error
    return files_in(data, beside=path.name == NAME)


def files_in(data: bytes, *, beside: bool = False) -> dict[str, bytes]:
    """Return the files of a guide that is a ZIP's or guide.json's bytes, each checked.

    `beside` tells that its logo may lie beside it. Raises `RecipeError`.
    """
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return _checked({NAME: data}, beside=beside)
    try:
        return _checked(_unpacked(data))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise RecipeError("The guide's ZIP cannot be read.", REMEDY) from error


def packed(found: Mapping[str, bytes]) -> bytes:
    """Return a guide's files as one ZIP; the same guide is the same bytes."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(found.items()):
            archive.writestr(zipfile.ZipInfo(name, LONG_AGO), data, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def pack(folder: Path, out: Path) -> int:
    """Write a guide as one ZIP file; return how many files it has.

    Raises `RecipeError` or `OutputError`.
    """
    found = files_of(folder)
    atomic_write(out, packed(found))
    return len(found)


def _checked(found: dict[str, bytes], *, beside: bool = False) -> dict[str, bytes]:
    if NAME not in found or len(found) > MOST:
        raise RecipeError(f"The guide has no {NAME}, or too many files.", REMEDY)
    rules = Guide.parse(found[NAME])
    if rules.logo is not None and rules.logo not in found and not beside:
        raise RecipeError(f"The guide's logo {rules.logo!r} is not in it.", "Put it beside.")
    for name, data in found.items():
        if name.endswith(".json") and name != NAME:
            Recipe.parse(data)
    return found


def _listed(folder: Path) -> dict[str, bytes]:
    return {
        each.name: _bounded(each.name, each.stat().st_size, each.read_bytes)
        for each in sorted(folder.iterdir())
        if each.is_file() and each.suffix in ENDINGS and not each.name.startswith(".")
    }


def _unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = [
            entry
            for entry in archive.infolist()[: MOST + 1]
            if "/" not in entry.filename and Path(entry.filename).suffix in ENDINGS
        ]
        if sum(entry.file_size for entry in entries) > ALL_OF_IT:
            raise RecipeError("The guide is larger than 16 MB.", REMEDY)
        return {
            entry.filename: _bounded(
                entry.filename, entry.file_size, lambda e=entry: archive.read(e)
            )
            for entry in entries
        }


def _bounded(name: str, size: int, read: Any) -> bytes:
    if size > LARGEST:
        raise RecipeError(f"{name[:80]!r} in the guide is larger than 4 MB.", REMEDY)
    data: bytes = read()
    return data
