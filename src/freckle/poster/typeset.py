"""The one way to the typesetter: a sheet as JSON in, PNG, PDF or places of type out.

It runs on a folder of its own that holds our program, the sheet's pictures and nothing else,
with no packages and no fonts but ours and the brand's. What people wrote is never its markup.
"""

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from freckle.errors import RecipeError
from freckle.poster.typefaces import Typeface, folders

PROGRAM: Final = Path(__file__).parent / "sheet.typ"
PPI: Final = 72.0
"""Pixels of an inch at scale 1: a point is a pixel."""


@dataclass(frozen=True, slots=True)
class Typesetter:
    """The typesetter with a folder of its own."""

    folder: Path
    fonts: Any
    """The typesetter's own list of typefaces."""

    def put(self, name: str, content: bytes) -> str:
        """Lay a picture into the folder and return its name."""
        (self.folder / name).write_bytes(content)
        return name

    def png(self, sheet: Mapping[str, Any], scale: float, *, bare: bool = False) -> bytes:
        """Draw the sheet with `scale` pixels a point; `bare` leaves the type out."""
        return bytes(self._compiler(sheet, bare=bare).compile(format="png", ppi=PPI * scale))

    def pdf(self, sheet: Mapping[str, Any]) -> bytes:
        """Draw the sheet as a PDF; the same sheet gives the same bytes."""
        return bytes(self._compiler(sheet).compile(format="pdf", timestamp=0, pdf_tags=False))

    def places(self, sheet: Mapping[str, Any]) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """Return where every item of type lies (points), and how each column was fitted."""
        compiler = self._compiler(sheet)
        items = [each["value"] for each in json.loads(compiler.query("<item>"))]
        columns = [each["value"] for each in json.loads(compiler.query("<column>"))]
        return items, {each["layer"]: each for each in columns}

    def compiler(self, program: str, inputs: Mapping[str, str]) -> Any:
        """Return the typesetter on a program that lies in the folder."""
        import typst  # noqa: PLC0415 - a large library that only posters need

        return typst.Compiler(
            str(self.folder / program),
            root=str(self.folder),
            font_paths=self.fonts,
            ignore_system_fonts=True,
            sys_inputs=dict(inputs),
            package_path=str(self.folder / "none"),
            package_cache_path=str(self.folder / "none"),
        )

    def _compiler(self, sheet: Mapping[str, Any], *, bare: bool = False) -> Any:
        inputs = {"sheet": json.dumps(sheet, ensure_ascii=False), "bare": "yes" if bare else "no"}
        return self.compiler(PROGRAM.name, inputs)


@contextmanager
def typesetter(own: Sequence[Typeface] = ()) -> Iterator[Typesetter]:
    """Open a typesetter; its folder goes when it is left. Raises `RecipeError`."""
    with tempfile.TemporaryDirectory(prefix="freckle-poster-") as name:
        folder = Path(name)
        (folder / PROGRAM.name).write_bytes(PROGRAM.read_bytes())
        brand = folder / "brand"
        if own:
            brand.mkdir()
            for number, face in enumerate(own):
                (brand / f"{number}{face.path.suffix.lower()}").write_bytes(face.path.read_bytes())
        try:
            yield Typesetter(folder, _listed((str(brand), *_packaged())) if own else _shared())
        except RuntimeError as error:  # the typesetter's own
            first = (str(error).splitlines() or [""])[0][:200]
            raise RecipeError(
                f"The sheet cannot be typeset ({first}).", "Change the text or the layout."
            ) from error


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
