"""The work behind the tools: one photo in, plain data out, a file where one is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from threading import Lock
from typing import Any, Final

from freckle.api.looking import look
from freckle.api.photos import OpenedPhoto, open_photo
from freckle.api.result import Result
from freckle.api.retouching import One, Source, build_recipe, presets, retouch, tools
from freckle.codec.files import read_file
from freckle.disk import atomic_write
from freckle.errors import RecipeError
from freckle.mcp.places import MOST, Places
from freckle.recipe.exports import EXPORTS, export
from freckle.recipe.values import near
from freckle.render.ground import pack

Plain = dict[str, Any]
SIDECAR: Final = ".freckle.json"
NO_TOOLS: Final = {"photo", "recipe", "only", "exclude", "include", "names", "persons"}
"""Arguments of `retouch` that are no tools."""
HIDDEN: Final = {"op", "version"}
LEFT_OUT: Final = {"recipe", "notices"}
"""Of a report: what the answer has already, and what lies beside the picture."""


@dataclass(slots=True)
class Desk:
    """Keeps the photo that was opened last, so that trying settings opens it once."""

    places: Places
    lock: Lock = field(default_factory=Lock)
    """One photo at a time."""
    _last: tuple[Path, int, OpenedPhoto] | None = None

    def photos(self) -> Plain:
        """List photos."""
        found = list(islice(self.places.photos(), MOST + 1))
        return {"photos": [str(each) for each in found[:MOST]], "more": len(found) > MOST}

    def offers(self) -> Plain:
        """List presets, tools with their sliders, and export presets."""
        sliders = {}
        for tool in tools():
            fields = tool["schema"]["properties"]
            sliders[tool["op"]] = {
                name: _slider(rule) for name, rule in fields.items() if name not in HIDDEN
            }
        return {
            "presets": {each.name: each.summary for each in presets()},
            "tools": sliders,
            "exports": {each.name: each.label for each in EXPORTS},
        }

    def inspect(self, photo: str) -> Plain:
        """Say who and what is in a photo."""
        opened = self._open(photo)
        faces = []
        for face in opened.faces:
            plain = face.to_plain()
            del plain["landmarks"]  # 478 pairs of numbers tell nobody anything
            kinds = [mark["kind"] for mark in plain.pop("spots")]
            plain["marks"] = {kind: kinds.count(kind) for kind in sorted(set(kinds))}
            faces.append({"number": face.number, **plain})
        return {
            "width": opened.width,
            "height": opened.height,
            "bits": opened.bits,
            "faces": faces,
            "warnings": list(opened.warnings),
        }

    def retouch(self, photo: str, source: Source, settings: Plain, output: str | None) -> Plain:
        """Retouch; without an output only say what it would do."""
        target = self.places.write(output) if output is not None else None
        sidecar = self.places.write(f"{output}{SIDECAR}") if output is not None else None
        result = retouch(self._open(photo), source, **_tools(settings))
        said = _told(result)
        if target is not None and sidecar is not None:
            said["lost"] = list(result.save(target))
            atomic_write(sidecar, result.recipe.to_json().encode())
            said["written"] = [str(target), str(sidecar)]
        return said

    def look(self, photo: str, words: str, style: str | None, seed: int, output: str) -> Plain:
        """Turn words into a look, and write the picture."""
        target = self.places.write(output)
        made = look(self._open(photo), words, style=style, seed=seed)
        first = made.candidates[0]
        lost = first.result.save(target)
        return {
            "words": [list(pair) for pair in made.words],
            "unknown": list(made.unknown),
            "lost": list(lost),
            "written": [str(target)],
            **_told(first.result),
        }

    def background(self, photo: str, settings: Plain, image: str | None, output: str) -> Plain:
        """Put the people before another background, and write the picture."""
        target = self.places.write(output)
        if image is not None:
            picture = pack(read_file(self.places.read(image)))
            settings = {**settings, "mode": "image", "image": picture}
        result = retouch(self._open(photo), "none", background=settings)
        lost = result.save(target)
        return {**_told(result), "lost": list(lost), "written": [str(target)]}

    def export(self, photo: str, wanted: list[str], source: Source, settings: Plain) -> Plain:
        """Write a photo as export presets want it."""
        stem = Path(photo).stem
        forms = [export(name) for name in wanted]
        opened = self._open(photo)
        result = retouch(opened, source, **_tools(settings))
        targets = []
        for form in forms:
            ending = f".{form.format or Path(photo).suffix.lstrip('.').lower()}"
            ending = ".jpg" if ending == ".jpeg" else ending
            targets.append(self.places.write(f"{stem}-{form.name}{ending}"))
        lost = [
            sentence
            for form, target in zip(forms, targets, strict=True)
            for sentence in result.export(target, form)
        ]
        return {**_told(result), "lost": lost, "written": [str(each) for each in targets]}

    def source(self, preset: str | None, recipe: Any) -> Source:
        """Return what is asked for: a preset, a recipe's plain data or file, Natural else.

        A name stays a preset's: a file is only read where files may be.
        """
        if isinstance(recipe, Mapping):
            base: One = build_recipe(dict(recipe))
        elif recipe is not None:
            base = self.places.read(str(recipe))
        else:
            return build_recipe(named_preset(preset or "natural"))
        return [base, named_preset(preset)] if preset else base

    def _open(self, photo: str) -> OpenedPhoto:
        path = self.places.read(photo)
        age = path.stat().st_mtime_ns
        if self._last is None or self._last[:2] != (path, age):
            self._last = None  # the old one's memory goes first
            self._last = path, age, open_photo(path)
        return self._last[2]


def named_preset(name: str) -> str:
    """Return the name of a preset, or `none`. Raises `RecipeError` for others, files too."""
    known = [each.name for each in presets()] + ["none"]
    if name.lower() not in {*known, *(each.label.lower() for each in presets())}:
        raise RecipeError(f"There is no preset {name[:80]!r}.", near(name[:80], known, "Presets"))
    return name


def _tools(settings: Plain) -> Plain:
    """Let settings of tools pass. Raises `RecipeError` for what Python takes in their place."""
    for name in settings:
        if name in NO_TOOLS:
            raise RecipeError(f"There is no tool {name!r}.", "Ask for the list of tools.")
    return settings


def _slider(rule: Plain) -> Plain:
    kept = ("minimum", "maximum", "default", "enum", "description", "format")
    return {key: rule[key] for key in kept if key in rule}


def _told(result: Result) -> Plain:
    """Say what was done, in words and figures."""
    figures = result.report.to_plain()
    return {
        "summary": result.summary,
        "notices": list(result.notices),
        "report": {key: value for key, value in figures.items() if key not in LEFT_OUT},
    }
