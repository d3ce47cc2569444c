"""The one way to the typesetter: a sheet as JSON in, PNG, PDF or places of type out.

It sees our program, the sheet's pictures and nothing else of the machine, has no packages, and no
fonts but ours and the brand's. What people wrote is never its markup.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from freckle.errors import RecipeError
from freckle.fleeting import Scratch, scratch
from freckle.poster.typefaces import Typeface, folders

PROGRAM: Final = Path(__file__).parent / "sheet.typ"
PPI: Final = 72.0
"""Pixels of an inch at scale 1: a point is a pixel."""


@dataclass(frozen=True, slots=True)
class Typesetter:
    """The typesetter with pictures of its own."""

    files: Scratch
    fonts: Any
    """The typesetter's own list of typefaces."""

    def put(self, name: str, content: bytes) -> str:
        """Lay a picture there and return its name for the typesetter."""
        return self.files.put(name, content)

    def png(self, sheet: Mapping[str, Any], scale: float, *, bare: bool = False) -> bytes:
        """Draw the sheet with `scale` pixels a point; `bare` leaves the type out."""
        return bytes(self._compiler(sheet, bare=bare).compile(format="png", ppi=PPI * scale))

    def pdf(self, sheet: Mapping[str, Any]) -> bytes:
        """Draw the sheet as a PDF; the same sheet gives the same bytes."""
        return bytes(self._compiler(sheet).compile(format="pdf", timestamp=0, pdf_tags=False))

    def places(self, sheet: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return where every item of type lies (points), and how each column was fitted."""
        found = json.loads(self._compiler(sheet).query("selector(<item>).or(<column>)"))
        items = [each["value"] for each in found if each["label"] == "<item>"]
        columns = [each["value"] for each in found if each["label"] == "<column>"]
        return items, {each["layer"]: each for each in columns}

    def compiler(self, program: Path, inputs: Mapping[str, str]) -> Any:
        """Return the typesetter on a program of ours, good for one sheet."""
        import typst  # noqa: PLC0415 - a large library that only posters need

        return typst.Compiler(
            program.read_bytes(),
            root=str(self.files.folder),
            font_paths=self.fonts,
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            package_path=os.devnull,
            package_cache_path=os.devnull,
        )

    def _compiler(self, sheet: Mapping[str, Any], *, bare: bool = False) -> Any:
        inputs = {"sheet": json.dumps(sheet, ensure_ascii=False), "bare": "yes" if bare else "no"}
        return self.compiler(PROGRAM, inputs)


@contextmanager
def typesetter(own: Sequence[Typeface] = ()) -> Iterator[Typesetter]:
    """Open a typesetter; its pictures go when it is left. Raises `RecipeError`."""
    with scratch() as files, _typefaces(own) as fonts:
        try:
            yield Typesetter(files, fonts)
        except RuntimeError as error:  # the typesetter's own
            first = (str(error).splitlines() or [""])[0][:200]
            raise RecipeError(
                f"The sheet cannot be typeset ({first}).", "Change the text or the layout."
            ) from error


@contextmanager
def _typefaces(own: Sequence[Typeface]) -> Iterator[Any]:
    """List the brand's typefaces, which the typesetter wants in a folder, and ours."""
    if not own:
        yield _shared()
        return
    with tempfile.TemporaryDirectory(prefix="freckle-fonts-") as brand:
        for number, face in enumerate(own):
            name = f"{number}{face.path.suffix.lower()}"
            (Path(brand) / name).write_bytes(face.path.read_bytes())
        yield _listed((brand, *_packaged()))


def _packaged() -> tuple[str, ...]:
    return tuple(str(folder) for folder in folders())


@cache
def _shared() -> Any:
    """Return the packaged typefaces, looked through once."""
    return _listed(_packaged())


def _listed(paths: tuple[str, ...]) -> Any:
    import typst  # noqa: PLC0415 - a large library that only posters need

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(paths)
    )
